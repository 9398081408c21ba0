"""Files and standard input for the command, which are read whole; what its messages say, and its exit statuses.

Secrets are read into a bytearray that is wiped, past the buffers of Python's files, which would keep copies of them.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import sys
from typing import Optional, Union

import pqhybrid

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

    def __init__(self, path: str, *, fd: Optional[int] = None, first_line: Optional[int] = None) -> None:
        """Reads the file, or what is open as fd and called path; first_line reads one line of up to so many bytes.

        Raises:
            CommandError: it cannot be read, or is longer than MAX_BYTES.
        """
        self.path = path
        # Of its final size from the start: growing would leave copies behind.
        self.buffer = bytearray(MAX_BYTES + 1 if first_line is None else first_line)
        # A line is read byte by byte, since what follows it in a pipe is for whoever reads that next.
        step = len(self.buffer) if first_line is None else 1
        self.size = 0
        try:
            with open_input(path, fd) as file, memoryview(self.buffer) as view:
                self.mode = os.fstat(file.fileno()).st_mode
                while self.size < len(view) and not (first_line is not None and self.has(b"\n")):
                    count = file.readinto(view[self.size : self.size + step])
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
        if self.size > MAX_BYTES:
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


_STANDARD_INPUT_NAMES = (STANDARD_INPUT_OR_OUTPUT, "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0")


def one_standard_input(*paths: str, passphrase: Optional[str] = None, fd: Optional[int] = None) -> None:
    """That no two of these files, and a passphrase's file or descriptor, are standard input.

    The first would leave nothing, or a part, to the second.

    Raises:
        UsageError: two are.
    """
    standard: Optional[os.stat_result] = None
    if sys.stdin is not None:
        with contextlib.suppress(OSError):
            standard = os.fstat(0)

    def same(other: Union[str, int]) -> bool:
        try:
            return standard is not None and os.path.samestat(os.stat(other), standard)
        except (OSError, ValueError):
            return False

    # A file that is redirected has other names as well, and is read from its beginning under each of them.
    shared = standard is not None and not stat.S_ISREG(standard.st_mode)
    readers = sum(path in _STANDARD_INPUT_NAMES or (shared and same(path)) for path in paths)
    # A passphrase is no part of anything else, so here a redirected file counts under any name.
    if fd is not None:
        readers += fd == 0 or same(fd)
    elif passphrase is not None:
        readers += passphrase in _STANDARD_INPUT_NAMES or same(passphrase)
    if readers > 1:
        raise UsageError("standard input", "is there once: only one file, or the passphrase, can come from it")


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
