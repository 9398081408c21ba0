"""Loads the shared library that comes with the package, and turns its statuses into exceptions."""

from __future__ import annotations

import os
import sys

from pqhybrid import errors
from pqhybrid._ffi import ffi

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from pqhybrid._types import Buffer

FILE = "libpqhybrid.so"


def load(path: str) -> Any:
    """The library at path, if it is the one that the declarations were made from.

    Raises:
        LibraryError: it is missing, for another kind of machine, of another version, or something else altogether.
    """
    hint = "install pqhybrid again, with 'pip install --force-reinstall', or, in its source tree, run 'make python'"
    if not os.path.exists(path):
        raise errors.LibraryError(f"the shared library of pqhybrid is missing ({path}): {hint}")
    try:
        _check_whole(path)
        found = ffi.dlopen(path)
    except OSError as error:
        raise errors.LibraryError(
            f"the shared library of pqhybrid cannot be loaded, perhaps it is for another kind of machine ({error}): {hint}"
        ) from None
    expected, name = version_of(found), "pqh_version"
    try:
        actual = ffi.string(found.pqh_version()).decode("ascii", "replace")
        if actual == expected:
            # One that was built with fewer suites has the same version.
            for name in dir(found):
                getattr(found, name)
    except (AttributeError, ffi.error):
        raise errors.LibraryError(f"{path} is not the library of pqhybrid, for it has no {name}: {hint}") from None
    if actual != expected:
        raise errors.LibraryError(f"{path} is pqhybrid {actual}, but this package is for {expected}: {hint}")
    return found


def _check_whole(path: str) -> None:
    """OSError if the file ends before what its ELF header says is to be loaded: loading that would crash the process."""
    with open(path, "rb", buffering=0) as file:
        size, _ = file.seek(0, 2), file.seek(0)
        header = file.read(64)
        # 64-bit, little-endian; the system's loader tells what anything else is.
        if header[:6] != b"\x7fELF\x02\x01":
            return
        start, each, count = _number(header, 32, 8), _number(header, 54, 2), _number(header, 56, 2)
        end = start + each * count
        if end <= size:
            file.seek(start)
            segments = file.read(each * count)
            for at in range(0, len(segments), each or 1):
                if _number(segments, at, 4) == 1:  # PT_LOAD
                    end = max(end, _number(segments, at + 8, 8) + _number(segments, at + 32, 8))
    if max(end, 64) > size:
        raise OSError(f"{path}: the file is cut off")


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "little")


def version_of(declared: Any) -> str:
    """The version of the header that the declarations were made from."""
    return f"{declared.PQH_VERSION_MAJOR}.{declared.PQH_VERSION_MINOR}.{declared.PQH_VERSION_PATCH}"


lib = load(os.path.join(os.path.dirname(os.path.abspath(__file__)), FILE))
__version__ = version_of(lib)

BYTES = ffi.typeof("uint8_t[]")
from_buffer = ffi.from_buffer
if sys.implementation.name == "pypy":

    def from_buffer(kind: Any, data: Any, require_writable: bool = False) -> Any:
        """As CFFI's, which on PyPy takes a copy of what is not in one piece: an output or a wipe would miss its aim."""
        if not memoryview(data).c_contiguous:
            raise BufferError("not in one piece")
        return ffi.from_buffer(kind, data, require_writable)


_EXCEPTIONS = {
    lib.PQH_ERR_CONTEXT_LENGTH: errors.LengthError,
    lib.PQH_ERR_PUBLIC_KEY: errors.InvalidPublicKey,
    lib.PQH_ERR_CIPHERTEXT: errors.InvalidCiphertext,
    lib.PQH_ERR_SIGNATURE: errors.InvalidSignature,
    lib.PQH_ERR_RANDOM: errors.RandomSourceError,
    lib.PQH_ERR_STATE: errors.Finished,
}


def fail(status: int) -> NoReturn:
    """Raises what a status that is not PQH_OK means."""
    sentence = ffi.string(lib.pqh_status_string(status)).decode("ascii")
    raise _EXCEPTIONS.get(status, errors.InternalError)(sentence)


class Lendable:
    """What is read through view(): SecretBytes, which only Python 3.12 and newer know as bytes-like."""

    __slots__ = ()

    def view(self) -> memoryview:
        raise NotImplementedError


def copied(name: str, data: Buffer) -> bytes:
    """data as bytes that nobody else can change, so that their length stays as it is checked; TypeError as readable."""
    return data if type(data) is bytes else bytes(ffi.buffer(readable(name, data)))


def readable(name: str, data: Buffer) -> Any:
    """data as what C reads, without a copy. len() of it is its length in bytes.

    Raises:
        TypeError: it is no bytes-like object, or not in one piece.
    """
    if type(data) is bytes:
        return data
    try:
        return from_buffer(BYTES, data.view() if isinstance(data, Lendable) else data)
    except errors.Wiped:
        raise
    except (TypeError, ValueError, BufferError):
        hint = ": encode it, with .encode() or bytes.fromhex()" if isinstance(data, str) else ""
        raise TypeError(f"{name}: expected a bytes-like object in one piece, got {type(data).__name__}{hint}") from None
