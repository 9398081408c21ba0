"""Files, standard input and standard output for the command: read whole, created or not at all, replaced at once.

Secrets are read into a bytearray and written from memory that is wiped, past the buffers of Python's files, which would
keep copies of them.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import sys
from typing import TYPE_CHECKING, Optional

import pqhybrid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pqhybrid._types import Buffer

DONE, NOT_VALID, WRONG_USAGE, BAD_FILE, LIBRARY_FAILED, INTERRUPTED = 0, 1, 2, 3, 4, 130

STANDARD_INPUT_OR_OUTPUT = "-"

# More than any key, signature or ciphertext takes in any form, and text around it.
MAX_BYTES = 1 << 16

SIGNATURE_SUITES = (pqhybrid.MLDSA65_ED25519, pqhybrid.MLDSA87_ED448)
KEM_SUITES = (pqhybrid.MLKEM768_X25519, pqhybrid.MLKEM1024_X448)
SIGNATURE_SIZES = tuple(suite.signature_bytes for suite in SIGNATURE_SUITES)


class CommandError(Exception):
    """What ends the command: the exit status, and one line about what is wrong with what."""

    def __init__(self, status: int, what: str, why: str) -> None:
        super().__init__(f"{printable(what)}: {why}")
        self.status, self.why = status, why


class UsageError(CommandError):
    """The arguments make no sense."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(WRONG_USAGE, what, f"{why}; see pqhybrid --help")


class Unread(CommandError):
    """Whoever was to read standard output is gone, as in `pqhybrid info | head -n 1`: the exit status says enough."""

    def __init__(self) -> None:
        super().__init__(BAD_FILE, "standard output", "Broken pipe")


def bad_file(path: str, why: str) -> CommandError:
    """A file cannot be read or written, or is not what it should be."""
    return CommandError(BAD_FILE, name_of(path), why)


def name_of(path: str, standard: str = "standard input") -> str:
    """What messages call a file."""
    return standard if path == STANDARD_INPUT_OR_OUTPUT else path


def printable(text: str) -> str:
    """text with whatever could confuse a terminal, or be no text at all, as escapes."""
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in text)


def strerror(error: OSError) -> str:
    """What the operating system said, and what to do about it where that is known."""
    said = os.strerror(error.errno) if error.errno else str(error)
    hints = {
        errno.ENOENT: "check the name and the folder",
        errno.ENOTDIR: "a part of the path is a file",
        errno.EACCES: "give your user the permission, or choose another place",
        errno.EISDIR: "give a file",
        errno.ENOSPC: "make room there, or choose another place",
        errno.EFBIG: "a limit of the system is reached, see ulimit -f",
        errno.EROFS: "choose another place",
        errno.EAGAIN: "give a file that waits for data, not one that is non-blocking",
    }
    return f"{said}: {hints[error.errno]}" if error.errno in hints else said


# ---- reading -------------------------------------------------------------------------------------


class Contents:
    """What a file holds, in memory that is wiped at the end of a `with` block."""

    def __init__(self, path: str, *, fd: Optional[int] = None, first_line: bool = False) -> None:
        """Reads the file, or what is open as fd and called path; first_line reads no further than needed for that.

        Raises:
            CommandError: it cannot be read, or is longer than MAX_BYTES.
        """
        self.path = path
        # Of its final size from the start: growing would leave copies behind.
        self.buffer = bytearray(MAX_BYTES + 1)
        self.size = 0
        try:
            with open_input(path, fd) as file, memoryview(self.buffer) as view:
                self.mode = os.fstat(file.fileno()).st_mode
                while self.size < len(view) and not (first_line and self.has(b"\n")):
                    count = file.readinto(view[self.size :])
                    if count is None:
                        raise BlockingIOError(errno.EAGAIN, "")
                    if count == 0:
                        break
                    self.size += count
        except OSError as error:
            self.wipe()
            raise bad_file(path, strerror(error)) from None
        except BaseException:
            self.wipe()
            raise
        if self.size > MAX_BYTES and not first_line:
            self.wipe()
            raise bad_file(path, f"not a key, a signature or a ciphertext: it has more than {MAX_BYTES} bytes")

    @property
    def data(self) -> memoryview:
        """The bytes, without a copy."""
        return memoryview(self.buffer)[: self.size]

    def has(self, text: bytes) -> bool:
        """Whether text is in there somewhere."""
        return self.buffer.find(text, 0, self.size) >= 0

    def wipe(self) -> None:
        """Overwrites them with zeros."""
        pqhybrid.wipe(self.buffer)

    def __enter__(self) -> Contents:
        return self

    def __exit__(self, *_: object) -> None:
        self.wipe()


def open_input(path: str, fd: Optional[int] = None) -> io.FileIO:
    """A file for reading; or standard input or fd, which stay open.

    Raises:
        OSError: it cannot be opened.
    """
    if fd is not None:
        return io.FileIO(fd, closefd=False)
    if path != STANDARD_INPUT_OR_OUTPUT:
        return io.FileIO(path)
    if sys.stdin is None:
        raise OSError(errno.EBADF, "")
    return io.FileIO(sys.stdin.fileno(), closefd=False)


# ---- writing -------------------------------------------------------------------------------------


class Created:
    """New files, which none of stays if the `with` block fails."""

    def __init__(self) -> None:
        self._paths: list[str] = []

    def file(self, path: str, mode: int, data: Buffer) -> None:
        """Writes a file that must not exist: all of it, or nothing stays.

        Raises:
            CommandError: it exists, or cannot be written.
        """
        try:
            # The umask may take more away from the mode, never add to it.
            fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
        except FileExistsError:
            raise bad_file(path, "exists already, and is not overwritten: choose another name") from None
        except OSError as error:
            raise bad_file(path, strerror(error)) from None
        self._paths.append(path)
        try:
            try:
                _write(fd, data)
                _to_disk(fd)
            finally:
                os.close(fd)
        except OSError as error:
            raise bad_file(path, strerror(error)) from None

    def __enter__(self) -> Created:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            for path in self._paths:
                with contextlib.suppress(OSError):
                    os.unlink(path)


def create(*outputs: tuple[str, int, Buffer]) -> None:
    """Writes new files, each with its mode: all of them, or none stays. One of them may be standard output.

    Raises:
        CommandError: one exists, or cannot be written.
    """
    with Created() as created:
        for path, mode, data in outputs:
            if path != STANDARD_INPUT_OR_OUTPUT:
                created.file(path, mode, data)
        # Last, because what went there cannot be taken back.
        for path, _, data in outputs:
            if path == STANDARD_INPUT_OR_OUTPUT:
                write_standard_output(data)


def replace_signature(path: str, message: str, signature: bytes) -> None:
    """Writes a signature: next to its place first, so that there is an old one or a new one at any time, never a part.

    Raises:
        CommandError: there is something else than an older signature, or it cannot be written.
    """
    if path == STANDARD_INPUT_OR_OUTPUT:
        write_standard_output(signature)
        return
    # The arguments in a wrong order must not cost somebody a file.
    with contextlib.suppress(FileNotFoundError), _as_bad_file(path):
        there = os.stat(path)
        if not (stat.S_ISREG(there.st_mode) and there.st_size in SIGNATURE_SIZES) or _is_message(there, message):
            raise bad_file(path, "exists and is not an older signature, and is not overwritten: choose another name")
    temporary = f"{path}.{os.urandom(4).hex()}.tmp"
    with Created() as created:
        try:
            created.file(temporary, 0o666, signature)
        except CommandError as error:
            # The name that the user knows.
            raise CommandError(error.status, path, error.why) from None
        with _as_bad_file(path):
            os.replace(temporary, path)


def _is_message(there: os.stat_result, message: str) -> bool:
    try:
        return message != STANDARD_INPUT_OR_OUTPUT and os.path.samestat(there, os.stat(message))
    except OSError:
        return False


def write_standard_output(data: Buffer) -> None:
    """Writes bytes, not text, to standard output.

    Raises:
        CommandError: it is a terminal, or cannot be written.
    """
    if sys.stdout is None:
        raise CommandError(BAD_FILE, "standard output", "is closed")
    try:
        sys.stdout.flush()
        fd = sys.stdout.fileno()
        if os.isatty(fd) and bytes(memoryview(data)[:5]) != b"-----":
            why = "is a terminal, which bytes are not for: redirect it to a file"
            raise CommandError(BAD_FILE, "standard output", why)
        _write(fd, data)
    except OSError as error:
        raise CommandError(BAD_FILE, "standard output", strerror(error)) from None


def _write(fd: int, data: Buffer) -> None:
    with memoryview(data) as view:
        done = 0
        while done < len(view):
            done += os.write(fd, view[done:])


def _to_disk(fd: int) -> None:
    try:
        os.fsync(fd)
    except OSError as error:
        # Not everything that can be written is on a disk.
        if error.errno != errno.EINVAL:
            raise


@contextlib.contextmanager
def _as_bad_file(path: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise bad_file(path, strerror(error)) from None


# ---- messages ------------------------------------------------------------------------------------


def say(text: str, *, on_error: bool = False) -> None:
    """Prints a line on standard output; or on standard error, where nobody minds if it cannot be read.

    Raises:
        CommandError: standard output is closed, or its disk is full.
        Unread: nobody reads standard output any more.
    """
    stream = sys.stderr if on_error else sys.stdout
    if stream is None:
        if on_error:
            return
        raise CommandError(BAD_FILE, "standard output", "is closed")
    encoding = stream.encoding or "utf-8"
    line = text.encode(encoding, "backslashreplace").decode(encoding)
    try:
        stream.write(line + "\n")
        stream.flush()
    except OSError as error:
        # What is left in its buffer would be tried again, and complained about, when Python ends.
        with contextlib.suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
        if on_error:
            return
        if isinstance(error, BrokenPipeError):
            raise Unread() from None
        raise CommandError(BAD_FILE, "standard output", strerror(error)) from None


def warn(path: str, why: str) -> None:
    """Prints a warning on standard error."""
    say(f"pqhybrid: {printable(name_of(path))}: warning: {why}", on_error=True)
