"""Memory for secrets: wiped when told, at the end of a with block, and when nothing refers to it any more."""

from __future__ import annotations

import _thread

from pqhybrid._ffi import ffi
from pqhybrid._library import BYTES, fail, from_buffer, lib, readable
from pqhybrid.errors import Wiped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from pqhybrid._types import Buffer, WritableBuffer

_new = ffi.new
_buffer = ffi.buffer
_wipe = lib.pqh_secure_wipe
_object = object.__new__


# Two threads that each attached the last wipe would wipe what the other still uses.
_lending = _thread.allocate_lock()

_new_32 = ffi.typeof("uint8_t[32]")


def _zeros(size: int) -> Any:
    return _new(_new_32) if size == 32 else _new(BYTES, size)


def wipe(data: WritableBuffer) -> None:
    """Overwrites a bytearray, or another writable buffer, with zeros.

    Raises:
        TypeError: it is not writable, such as bytes, which Python may have copied anywhere.
    """
    try:
        memory = from_buffer(BYTES, data, require_writable=True)
    except (TypeError, ValueError, BufferError):
        raise TypeError(f"only a bytearray or another writable buffer can be wiped, not {type(data).__name__}") from None
    _wipe(memory, len(memory))


class SecretBytes:
    """Secret bytes, in memory of the library's that Python never copies or moves.

    They are wiped by wipe(), at the end of a `with` block, or at the latest when nothing refers to them or a view of them any more. They
    do not show in repr, cannot be pickled, copied or hashed, and compare in a time that depends on their length alone.

    `view()` lends them to functions that take bytes-like objects; `bytes(secret)` makes a copy that nobody can wipe.
    """

    __slots__ = ("_memory", "_size", "_wiped", "_lent", "__weakref__")

    _memory: Any
    _size: int
    _wiped: bool
    _lent: Any

    def __init__(self, data: Buffer, *, wipe_source: bool = False) -> None:
        """Takes a copy of data, of any length; wipe_source wipes what it came from, which must then be writable.

        Raises:
            TypeError: data is no bytes-like object; or it is to be wiped and cannot be.
        """
        source = readable("data", data)
        if wipe_source and memoryview(data).readonly:
            raise TypeError(f"only a bytearray or another writable buffer can be wiped, not {type(data).__name__}")
        self._size = len(source)
        self._memory = _zeros(self._size)
        self._wiped, self._lent = False, None
        ffi.memmove(self._memory, source, len(source))
        if wipe_source:
            _wipe(source, len(source))

    @classmethod
    def _of_size(cls, size: int) -> SecretBytes:
        """Zeros that the library is about to write a secret over."""
        made = _object(cls)
        # Written out, for this is most of what an operation costs over C.
        made._memory = _new(_new_32) if size == 32 else _new(BYTES, size)
        made._size = size
        made._wiped = False
        made._lent = None
        return made

    @classmethod
    def random(cls, size: int) -> SecretBytes:
        """size random bytes from the operating system.

        Raises:
            RandomSourceError: it gave none.
        """
        made = cls._of_size(size)
        status = lib.pqh_random_bytes(made._memory, size)
        if status:
            fail(status)
        return made

    def wipe(self) -> None:
        """Overwrites the bytes with zeros. Views of them show zeros from now on. Doing it twice does no harm."""
        # First, so that an operation on another thread that may have read zeros finds it set.
        self._wiped = True
        _wipe(self._memory, self._size)

    @property
    def wiped(self) -> bool:
        """Whether it was wiped."""
        return self._wiped

    def view(self) -> memoryview:
        """The bytes without a copy, read-only.

        Raises:
            Wiped: they are gone.
        """
        memory = self._use()
        with _lending:
            if self._lent is None:
                # From now on the memory outlives this object for as long as a view of it does, and is wiped with the last.
                self._lent = ffi.gc(memory, lambda memory, size=self._size: _wipe(memory, size))
        return memoryview(_buffer(self._lent, self._size)).toreadonly()

    def _use(self) -> Any:
        if self._wiped:
            raise Wiped("this secret was wiped")
        return self._memory

    def __len__(self) -> int:
        return self._size

    def __bytes__(self) -> bytes:
        return bytes(_buffer(self._use(), self._size))

    def __buffer__(self, flags: int, /) -> memoryview:
        """Lets Python 3.12 and newer take a secret itself where a bytes-like object is expected."""
        return self.view()

    def __eq__(self, other: object) -> bool:
        theirs: Any
        if isinstance(other, SecretBytes):
            theirs = other._use()
        elif isinstance(other, (bytes, bytearray, memoryview)):
            theirs = readable("other", other)
        else:
            return NotImplemented
        ours, size = self._use(), self._size
        length = other._size if isinstance(other, SecretBytes) else len(theirs)
        return length == size and lib.pqh_ct_equal(ours, theirs, size) == 1

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        return self._size > 0

    def __enter__(self) -> SecretBytes:
        return self

    def __exit__(self, *_: object) -> None:
        self.wipe()

    def __del__(self, _wipe: Any = _wipe) -> None:
        try:
            lent = self._lent
        except AttributeError:
            # It failed before it had any memory.
            return
        if lent is None:
            _wipe(self._memory, self._size)

    def __repr__(self) -> str:
        return f"<SecretBytes: {'wiped' if self._wiped else f'{self._size} bytes'}>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("secrets are not pickled or copied: use bytes(secret) if you must")


def ct_equal(a: Buffer, b: Buffer) -> bool:
    """Whether two byte strings are equal, in a time that depends on their lengths alone. SecretBytes compare so by ==.

    Raises:
        TypeError: one of them is no bytes-like object.
    """
    ours, theirs = readable("a", a), readable("b", b)
    return len(ours) == len(theirs) and lib.pqh_ct_equal(ours, theirs, len(ours)) == 1


def scrub_copy(data: bytes) -> None:
    """Wipes a bytes object that this package has just been given by a function that returns nothing else, such as base64.

    bytes are immutable for everybody who shares them, so this is only for one that nobody else has seen: never, on PyPy, for
    what str.encode() gives, which shares the text's memory there. Where Python moves objects it may reach a copy alone.
    """
    memory = ffi.from_buffer(BYTES, data)
    _wipe(memory, len(memory))
