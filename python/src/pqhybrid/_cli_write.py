"""What the command writes: files that are created whole or not at all, signatures that are replaced at once, and bytes
on standard output.

Everything is written from memory that is wiped where it holds secrets, past the buffers of Python's files.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from typing import TYPE_CHECKING, Optional

from pqhybrid._cli_files import (
    BAD_FILE,
    SIGNATURE_SIZES,
    STANDARD_INPUT_OR_OUTPUT,
    CommandError,
    bad_file,
    strerror,
)
from pqhybrid._cli_signals import held

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Union

    Data = Union[bytes, bytearray, memoryview]

_EXISTS = "exists already, and is not overwritten: choose another name"
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


class _Placed:
    """New files under their names, which none of stays if the `with` block fails."""

    def __init__(self) -> None:
        self._names: list[tuple[str, os.stat_result]] = []

    def __enter__(self) -> _Placed:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            with held():
                self._take_back()

    def place(self, *files: tuple[str, int, Data]) -> None:
        """Writes files that must not exist, each with its mode: all of them, or none.

        They are written under temporary names and get their own when they are whole and on the disk. SIGKILL, or a loss
        of power, can leave temporary files, and of two files the last one alone under its name; never a part of one.

        Raises:
            CommandError: one exists, or cannot be written.
        """
        temporary: list[tuple[str, str, os.stat_result]] = []
        with held():
            try:
                for path, mode, data in files:
                    if os.path.lexists(path):
                        raise bad_file(path, _EXISTS)
                    temporary.append((path, *_written(path, mode, data)))
                # Backwards: a kill between the two leaves the whole public key, or ciphertext, without its secret.
                for path, name, status in reversed(temporary):
                    self._place(path, name, status)
            except BaseException:
                self._take_back()
                raise
            finally:
                for _, name, _ in temporary:
                    _remove(name)
            for path in {os.path.dirname(path): path for path, _, _ in files}.values():
                with _as_bad_file(path):
                    _folder_to_disk(path)

    def _place(self, path: str, name: str, status: os.stat_result) -> None:
        try:
            # Fails if path exists, where renaming would overwrite it.
            os.link(name, path)
        except FileExistsError:
            raise bad_file(path, _EXISTS) from None
        except OSError:
            self._place_without_link(path, name)
        self._names.append((path, status))

    @staticmethod
    def _place_without_link(path: str, name: str) -> None:
        """For file systems without hard links, such as FAT: an empty file takes the name, and is replaced at once."""
        try:
            os.close(os.open(path, _NEW_FILE, 0o600))
            try:
                os.replace(name, path)
            except BaseException:
                _remove(path)
                raise
        except FileExistsError:
            raise bad_file(path, _EXISTS) from None
        except OSError as error:
            raise bad_file(path, strerror(error)) from None

    def _take_back(self) -> None:
        for path, status in self._names:
            with contextlib.suppress(OSError):
                if os.path.samestat(os.lstat(path), status):
                    os.unlink(path)
        self._names.clear()


def create(*outputs: tuple[str, int, Data]) -> None:
    """Writes new files, each with its mode: all of them, or none stays. One of them may be standard output.

    Raises:
        CommandError: one exists, or cannot be written.
    """
    with _Placed() as placed:
        placed.place(*(output for output in outputs if output[0] != STANDARD_INPUT_OR_OUTPUT))
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
    # A link stays a link: what it points to is replaced.
    link = path
    if os.path.islink(path):
        path = os.path.realpath(path)
    # The arguments in a wrong order must not cost somebody a file.
    there = _status(path)
    if there is not None:
        if not (stat.S_ISREG(there.st_mode) and there.st_size in SIGNATURE_SIZES) or _is_message(there, message):
            raise bad_file(path, "exists and is not an older signature, and is not overwritten: choose another name")
        # Other files may have that size by chance.
        if not link.endswith(".sig"):
            why = "exists, and an older signature is replaced only if its name ends in .sig: choose another name"
            raise bad_file(path, why)
    with held():
        name, _ = _written(path, 0o666, signature)
        try:
            with _as_bad_file(path):
                os.replace(name, path)
        finally:
            _remove(name)
        with _as_bad_file(path):
            _folder_to_disk(path)


def _status(path: str) -> Optional[os.stat_result]:
    """Which file is there, or None."""
    with _as_bad_file(path):
        try:
            return os.stat(path)
        except FileNotFoundError:
            return None


def _is_message(there: os.stat_result, message: str) -> bool:
    try:
        return message != STANDARD_INPUT_OR_OUTPUT and os.path.samestat(there, os.stat(message))
    except OSError:
        return False


def write_standard_output(data: Data) -> None:
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


# ---- bytes on the disk ---------------------------------------------------------------------------


def _written(path: str, mode: int, data: Data) -> tuple[str, os.stat_result]:
    """A new file next to path, on the disk; returns its name, and which file that is.

    Raises:
        CommandError: it cannot be written; nothing of it is left then.
    """
    folder, last = os.path.split(path)
    # Tells whose it is, and is no longer than names may be.
    name = os.path.join(folder, f"{last[:40]}.{os.urandom(4).hex()}.tmp")
    try:
        # The umask may take more away from the mode, never add to it.
        fd = os.open(name, _NEW_FILE, mode)
        try:
            try:
                _write(fd, data)
                _to_disk(fd)
                return name, os.fstat(fd)
            finally:
                os.close(fd)
        except BaseException:
            _remove(name)
            raise
    except OSError as error:
        # The name that the user knows.
        raise bad_file(path, strerror(error)) from None


def _write(fd: int, data: Data) -> None:
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


def _folder_to_disk(path: str) -> None:
    """Brings the names in the folder that path is in to the disk, as fsync of a file does not."""
    try:
        fd = os.open(os.path.dirname(path) or ".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        # A folder may be one that can be written, but not read: the system brings it to the disk in its own time.
        return
    try:
        _to_disk(fd)
    finally:
        os.close(fd)


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)


@contextlib.contextmanager
def _as_bad_file(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise bad_file(path, strerror(error)) from None
