"""What the type hints of the package share. Imported by type checkers alone, so that importing pqhybrid stays quick."""

from __future__ import annotations

import array
import mmap
import os
from typing import Any, Protocol, Union

from pqhybrid._secret import SecretBytes

Buffer = Union[bytes, bytearray, memoryview, "array.array[Any]", mmap.mmap, SecretBytes]
"""What may be read: any object with the buffer protocol; these are the ones that type checkers of all versions know."""

WritableBuffer = Union[bytearray, memoryview, "array.array[Any]", mmap.mmap]

Path = Union[str, "os.PathLike[str]"]


class Readable(Protocol):
    """A binary file that is read piece by piece."""

    def read(self, size: int, /) -> Any: ...


class Progress(Protocol):
    """Is told how many bytes have been taken in so far."""

    def __call__(self, done: int, /) -> object: ...
