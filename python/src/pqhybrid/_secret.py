"""Memory for secrets: wiped when told, at the end of a with block, and when nothing refers to it any more."""

from __future__ import annotations

import sys

from pqhybrid._ffi import ffi
from pqhybrid._library import BYTES, Lendable, fail, from_buffer, lib, readable
from pqhybrid.errors import Wiped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn, Union

    from pqhybrid._types import Buffer, WritableBuffer

_new = ffi.new
_buffer = ffi.buffer
_wipe = lib.pqh_secure_wipe
_object = object.__new__

_new_32 = ffi.typeof("uint8_t[32]")


def wipe(data: Union[WritableBuffer, SecretBytes]) -> None:
    """Overwrites a bytearray, another writable buffer, or a SecretBytes with zeros.

    Raises:
        TypeError: it is not writable, such as bytes, which Python may have copied anywhere.
    """
    if isinstance(data, SecretBytes):
        return data.wipe()
    memory = _writable(data)
    _wipe(memory, len(memory))


def _writable(data: Any) -> Any:
    try:
        return from_buffer(BYTES, data, require_writable=True)
    except (TypeError, ValueError, BufferError):
        kind = type(data).__name__
        raise TypeError(f"only a bytearray or another writable buffer can be wiped, not {kind}") from None


class SecretBytes(Lendable):
    """Secret bytes, in memory of the library's that Python never copies or moves.

    They are wiped by wipe(), at the end of a `with` block, or at the latest when nothing refers to them or a view of them
    any more. They do not show in repr, cannot be pickled, copied or hashed, and compare in a time that depends on their
    length alone; comparing wiped ones raises Wiped.

    `view()` lends them to functions that take bytes-like objects; `bytes(secret)` makes a copy that nobody can wipe.
    """

    __slots__ = ("_memory", "_size", "_wiped", "__weakref__")

    _memory: Any
    _size: int
    _wiped: bool

    def __init__(self, data: Buffer, *, wipe_source: bool = False) -> None:
        """Takes a copy of data, of any length; wipe_source wipes what it came from, which must then be writable.

        Raises:
            TypeError: data is no bytes-like object; or it is to be wiped and cannot be.
            Wiped: data is a SecretBytes that was wiped.
        """
        if hasattr(self, "_memory"):
            raise TypeError("a SecretBytes is made once: make another one")
        lent = isinstance(data, SecretBytes)
        source = _writable(data) if wipe_source and not lent else readable("data", data)
        self._size = len(source)
        self._wiped = False
        self._memory = _new(BYTES, self._size)
        ffi.memmove(self._memory, source, self._size)
        if isinstance(data, SecretBytes):
            if data._wiped:
                self.wipe()
                raise Wiped("this secret was wiped while it was copied")
            if wipe_source:
                data.wipe()
        elif wipe_source:
            _wipe(source, self._size)

    @classmethod
    def _of_size(cls, size: int) -> SecretBytes:
        """Zeros that the library is about to write a secret over."""
        made = _object(cls)
        # Written out, for this is most of what an operation costs over C.
        made._memory = _new(_new_32) if size == 32 else _new(BYTES, size)
        made._size = size
        made._wiped = False
        return made

    @classmethod
    def random(cls, size: int) -> SecretBytes:
        """size random bytes from the operating system.

        Raises:
            RandomSourceError: it gave none.
            TypeError, ValueError: size is no int, or negative.
        """
        if not isinstance(size, int) or isinstance(size, bool):
            raise TypeError(f"size: expected an int, got {type(size).__name__}")
        if size < 0:
            raise ValueError(f"size: expected 0 or more bytes, got {size}")
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
        """The bytes without a copy, to be read. After wipe() a view shows zeros: do not wipe what is still in use.

        Raises:
            Wiped: they are gone.
        """
        # cffi keeps this method for as long as a view refers to the memory, and the method keeps the secret. It is one of C,
        # so that no signal handler runs where its exception would be lost.
        lent = ffi.gc(self._use(), [self].append)
        return memoryview(_buffer(lent, self._size)).toreadonly()

    def _use(self) -> Any:
        if self._wiped:
            raise Wiped("this secret was wiped")
        return self._memory

    def __len__(self) -> int:
        return self._size

    def __bytes__(self) -> bytes:
        copy = bytes(_buffer(self._use(), self._size))
        self._use()
        return copy

    def _copy(self) -> SecretBytes:
        """Another one with the same bytes; raises Wiped also if this one is wiped meanwhile."""
        return SecretBytes(self)

    if sys.version_info >= (3, 12):

        def __buffer__(self, flags: int, /) -> memoryview:
            """Lets Python take a secret itself where a bytes-like object is expected; older ones want view()."""
            return self.view()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return NotImplemented
        try:
            theirs = readable("other", other)  # type: ignore[arg-type]
        except TypeError:
            return NotImplemented
        equal = len(theirs) == self._size and lib.pqh_ct_equal(self._use(), theirs, self._size) == 1
        self._use()
        if isinstance(other, SecretBytes):
            other._use()
        return equal

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        return self._size > 0

    def __enter__(self) -> SecretBytes:
        return self

    def __exit__(self, *_: object) -> None:
        self.wipe()

    def __del__(self, _wipe: Any = _wipe, _library: Any = lib) -> None:
        try:
            _wipe(self._memory, self._size)
        except AttributeError:
            pass  # It failed before it had any memory.

    def __repr__(self) -> str:
        return f"<SecretBytes: {'wiped' if self._wiped else f'{self._size} bytes'}>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("secrets are not pickled or copied: use bytes(secret) if you must")


def ct_equal(a: Buffer, b: Buffer) -> bool:
    """Whether two byte strings are equal, in a time that depends on their lengths alone. SecretBytes compare so by ==.

    Raises:
        TypeError: one of them is no bytes-like object.
        Wiped: one of them is a SecretBytes that was wiped.
    """
    ours, theirs = readable("a", a), readable("b", b)
    equal = len(ours) == len(theirs) and lib.pqh_ct_equal(ours, theirs, len(ours)) == 1
    for each in (a, b):
        if isinstance(each, SecretBytes):
            each._use()
    return equal


def scrub_copy(data: bytes) -> None:
    """Wipes a bytes object that this package has just been given by a function that returns nothing else, such as base64.

    bytes are immutable for everybody who shares them, so this is only for one that nobody else has seen: never, on PyPy,
    for what str.encode() gives, which shares the text's memory there. Where Python moves objects it may reach a copy alone.
    """
    memory = ffi.from_buffer(BYTES, data)
    _wipe(memory, len(memory))
