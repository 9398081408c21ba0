"""Messages that come in pieces, and files: hashed as they come, signed or verified by their digest."""

from __future__ import annotations

from pqhybrid._ffi import ffi
from pqhybrid._key import copied_sized
from pqhybrid._library import copied, fail, lib, readable
from pqhybrid.errors import Finished, LengthError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn, Optional, Union

    from pqhybrid._signature import SignaturePublicKey, SignatureSecretKey, SignatureSuite
    from pqhybrid._types import Buffer, Path, Progress, Readable

PIECE_BYTES = 1 << 20


class _Prehash:
    """What signer and verifier share. One object is for one message, and for one thread at a time."""

    __slots__ = ("_suite", "_context", "_state", "_update")

    def __init__(self, suite: SignatureSuite, context: Buffer) -> None:
        # A copy, so that what is asked for now is what is signed later.
        self._context = copied("context", context)
        if len(self._context) > suite.context_max_bytes:
            raise LengthError(f"context: expected at most {suite.context_max_bytes} bytes, got {len(self._context)}")
        self._suite = suite
        self._state: Any = ffi.new(f"pqh_{suite.name}_prehash *")
        self._update: Any = suite._function("prehash_update")
        self._done(suite._function("prehash_init")(self._state))

    def update(self, data: Buffer) -> None:
        """Takes in the next piece, of any length.

        Raises:
            Finished: the answer was given already.
            TypeError: data is no bytes-like object.
        """
        data = readable("data", data)
        self._done(self._update(self._state, data, len(data)))

    def _digest(self) -> bytes:
        digest = ffi.new("uint8_t[]", self._suite.digest_bytes)
        self._done(self._suite._function("prehash_final")(self._state, digest))
        return bytes(ffi.buffer(digest))

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a message that is being taken in is not pickled or copied: a copy would share its state")

    @staticmethod
    def _done(status: int) -> None:
        if status == lib.PQH_ERR_STATE:
            raise Finished("this message is finished, or another thread works on it: a new one needs a new signer or verifier")
        if status:
            fail(status)


class Signer(_Prehash):
    """Signs a message that comes in pieces. From SignatureSecretKey.signer()."""

    __slots__ = ("_key",)

    def __init__(self, key: SignatureSecretKey, context: Buffer = b"") -> None:
        key._secret._use()
        super().__init__(key.suite, context)
        self._key = key

    def sign(self) -> bytes:
        """The signature of all pieces, suite.signature_bytes long; once.

        Raises:
            Finished: it was given already.
            Wiped: the key is gone.
            RandomSourceError: the operating system gave no random bytes.
        """
        return self._key.sign_prehashed(self._digest(), self._context)


class Verifier(_Prehash):
    """Verifies a signature of a message that comes in pieces. From SignaturePublicKey.verifier()."""

    __slots__ = ("_key", "_signature")

    def __init__(self, key: SignaturePublicKey, signature: Buffer, context: Buffer = b"") -> None:
        super().__init__(key.suite, context)
        self._key = key
        self._signature = copied_sized(key.suite, "signature", signature, key.suite.signature_bytes)

    def verify(self) -> None:
        """Returns if the signature is valid for all pieces; once. What came before is not to be trusted until then.

        Raises:
            InvalidSignature: it is not.
            Finished: the answer was given already.
            InvalidPublicKey: the key's EdDSA half is no canonical point, or has small order.
        """
        self._key.verify_prehashed(self._signature, self._digest(), self._context)


def feed(prehash: _Prehash, file: Union[Path, Readable], progress: Optional[Progress] = None) -> None:
    """Takes in a whole file."""
    opened: Any = file
    if isinstance(file, str) or hasattr(file, "__fspath__"):
        with open(opened, "rb", buffering=0) as opened:
            _feed_opened(prehash, opened, progress)
    elif hasattr(file, "read"):
        _feed_opened(prehash, opened, progress)
    else:
        raise TypeError(f"file: expected a path, or a file opened for reading bytes, got {type(file).__name__}")


def _feed_opened(prehash: _Prehash, file: Readable, progress: Optional[Progress]) -> None:
    done = 0
    while (piece := file.read(PIECE_BYTES)) is not None:
        prehash.update(piece)
        size = memoryview(piece).nbytes
        if not size:
            return
        done += size
        if progress is not None:
            progress(done)
    # Nothing yet is not the end: what came so far must not be taken for the whole file.
    raise BlockingIOError("the file is not ready: give one that waits for data, not one that is non-blocking")
