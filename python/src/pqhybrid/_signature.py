"""Signatures: the suites MLDSA65_ED25519 and MLDSA87_ED448."""

from __future__ import annotations

from pqhybrid._ffi import ffi
from pqhybrid._key import PublicKey, SecretKey, copied_sized, secret_bytes, sized
from pqhybrid._library import fail, lib, readable
from pqhybrid._secret import SecretBytes
from pqhybrid._stream import Signer, Verifier, feed
from pqhybrid._suite import Suite
from pqhybrid.errors import InvalidSignature, Wiped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Optional, Union

    from pqhybrid._types import Buffer, Path, Progress, Readable

_new = ffi.new
_buffer = ffi.buffer


class SignatureSuite(Suite):
    """A hybrid for signatures: ML-DSA (FIPS 204) and Ed25519 or Ed448 (RFC 8032)."""

    __slots__ = (
        "signature_bytes", "digest_bytes", "context_max_bytes", "_signature_out", "_public_key", "_verify", "_sign_with",
        "_verify_with", "_sign_prehashed_with", "_verify_prehashed_with", "_secret_prepared", "_public_prepared",
    )  # fmt: skip

    signature_bytes: int
    digest_bytes: int
    context_max_bytes: int

    def __init__(self, name: str, title: str, security_level: int) -> None:
        super().__init__(name, title, security_level)
        self._set(signature_bytes=self._size("signature"), digest_bytes=self._size("digest"))
        self._set(context_max_bytes=int(lib.PQH_CONTEXT_MAX_BYTES))
        self._signature_out, self._public_key = self._out(self.signature_bytes), self._function("public_key")
        self._verify = self._function("verify")
        self._sign_with, self._verify_with = self._function("sign_with"), self._function("verify_with")
        self._sign_prehashed_with = self._function("sign_prehashed_with")
        self._verify_prehashed_with = self._function("verify_prehashed_with")
        inits = {self.secret_key_bytes: self._function("sign_key_init")}
        self._secret_prepared = self._type("sign_key"), self._size("sign_key"), inits
        self._public_prepared = self._type("verify_key"), self._function("verify_key_init")

    def keygen(self) -> SignatureSecretKey:
        """A new secret key, with its public key.

        Raises:
            RandomSourceError: the operating system gave no random bytes.
        """
        public, secret = self._pair()
        return SignatureSecretKey._made(self, secret, SignaturePublicKey._made(self, public))

    def secret_key(self, data: Buffer, *, wipe_source: bool = False) -> SignatureSecretKey:
        """The secret key with these bytes: see SecretKey.from_bytes."""
        return SignatureSecretKey._made(self, secret_bytes(self, data, (self.secret_key_bytes,), wipe_source))

    def public_key(self, data: Buffer) -> SignaturePublicKey:
        """The public key with these bytes: see PublicKey.from_bytes."""
        return SignaturePublicKey._made(self, copied_sized(self, "public key", data, self.public_key_bytes))

    def _public_of(self, key: SecretKey) -> SignaturePublicKey:
        return SignaturePublicKey._made(self, self._computed(self._public_key, key._secret))

    def _check(self, public: bytes) -> None:
        # Verification tells a bad key from a bad signature, and this is one.
        status = self._verify(_new(self._signature_out), ffi.NULL, 0, ffi.NULL, 0, public)
        if status != lib.PQH_ERR_SIGNATURE:
            fail(status)


class SignatureSecretKey(SecretKey):
    """The secret key of somebody who signs."""

    __slots__ = ()

    _suite: SignatureSuite

    if TYPE_CHECKING:

        @property
        def suite(self) -> SignatureSuite: ...

        @property
        def public_key(self) -> SignaturePublicKey: ...

    def sign(self, msg: Buffer, context: Buffer = b"") -> bytes:
        """Signs a message of any length. Two signatures of one message differ.

        context, up to 255 bytes, names what the signature is for, such as b"login"; verify needs the same. Composite-ML-DSA.Sign,
        draft-ietf-lamps-pq-composite-sigs-19. Returns suite.signature_bytes bytes.

        Raises:
            LengthError: the context is over 255 bytes.
            Wiped: this key is gone.
            RandomSourceError: the operating system gave no random bytes.
            TypeError: msg or context is no bytes-like object.
        """
        suite = self._suite
        msg, context = readable("msg", msg), readable("context", context)
        signature, ready = _new(suite._signature_out), self._ready()
        return self._signed(suite._sign_with(signature, msg, len(msg), context, len(context), ready[1]), signature)

    def sign_prehashed(self, digest: Buffer, context: Buffer = b"") -> bytes:
        """Signs a message by its digest, suite.digest_bytes long: SHA-512 (MLDSA65_ED25519), or SHAKE256 with 64 bytes of
        output (MLDSA87_ED448), of the message. As good as a signature by sign, which it cannot be told from.

        Raises:
            LengthError: the digest has another length, or the context is over 255 bytes.
            Wiped, RandomSourceError, TypeError: as sign.
        """
        suite = self._suite
        digest, context = sized(suite, "digest", digest, suite.digest_bytes), readable("context", context)
        signature, ready = _new(suite._signature_out), self._ready()
        status = suite._sign_prehashed_with(signature, digest, context, len(context), ready[1])
        return self._signed(status, signature)

    def _signed(self, status: int, signature: Any) -> bytes:
        if self._secret._wiped:
            raise Wiped("this secret key was wiped while it was used")
        if status:
            fail(status)
        made: bytes = _buffer(signature)[:]
        return made

    def signer(self, context: Buffer = b"") -> Signer:
        """Signs a message that comes in pieces: update() each, then sign()."""
        return Signer(self, context)

    def sign_file(self, file: Union[Path, Readable], context: Buffer = b"", progress: Optional[Progress] = None) -> bytes:
        """Signs a file of any size: a path, or something with read(). progress is told the bytes read so far.

        Raises:
            OSError: the file cannot be read.
            LengthError, Wiped, RandomSourceError: as sign.
        """
        signer = self.signer(context)
        feed(signer, file, progress)
        return signer.sign()


class SignaturePublicKey(PublicKey):
    """The public key that signatures of its holder are verified with."""

    __slots__ = ()

    _suite: SignatureSuite

    if TYPE_CHECKING:

        @property
        def suite(self) -> SignatureSuite: ...

    def verify(self, signature: Buffer, msg: Buffer, context: Buffer = b"") -> None:
        """Returns if the signature is valid, both halves of it, for this message and context.

        Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19. The signature is suite.signature_bytes long.

        Raises:
            InvalidSignature: it is not.
            LengthError: the signature has another length, or the context is over 255 bytes.
            InvalidPublicKey: this key's EdDSA half is no canonical point, or has small order.
            TypeError: an argument is no bytes-like object.
        """
        suite = self._suite
        if type(signature) is not bytes or len(signature) != suite.signature_bytes:
            signature = sized(suite, "signature", signature, suite.signature_bytes)
        msg, context = readable("msg", msg), readable("context", context)
        status = suite._verify_with(signature, msg, len(msg), context, len(context), self._prepared or self._ready())
        if status:
            self._refuse(status)

    def verify_prehashed(self, signature: Buffer, digest: Buffer, context: Buffer = b"") -> None:
        """As verify, of a message by its digest: see SignatureSecretKey.sign_prehashed."""
        suite = self._suite
        signature = sized(suite, "signature", signature, suite.signature_bytes)
        digest, context = sized(suite, "digest", digest, suite.digest_bytes), readable("context", context)
        key = self._prepared or self._ready()
        status = suite._verify_prehashed_with(signature, digest, context, len(context), key)
        if status:
            self._refuse(status)

    def _refuse(self, status: int) -> None:
        if status == lib.PQH_ERR_SIGNATURE:
            raise InvalidSignature("the signature is not valid for this message, context and public key")
        fail(status)

    def verifier(self, signature: Buffer, context: Buffer = b"") -> Verifier:
        """Verifies a signature of a message that comes in pieces: update() each, then verify()."""
        return Verifier(self, signature, context)

    def verify_file(
        self,
        signature: Buffer,
        file: Union[Path, Readable],
        context: Buffer = b"",
        progress: Optional[Progress] = None,
    ) -> None:
        """As verify, of a file of any size: a path, or something with read(). progress is told the bytes read so far.

        Raises:
            OSError: the file cannot be read.
            InvalidSignature, LengthError, InvalidPublicKey: as verify.
        """
        verifier = self.verifier(signature, context)
        feed(verifier, file, progress)
        verifier.verify()


MLDSA65_ED25519 = SignatureSuite("mldsa65_ed25519", "id-MLDSA65-Ed25519-SHA512", 3)
MLDSA87_ED448 = SignatureSuite("mldsa87_ed448", "id-MLDSA87-Ed448-SHAKE256", 5)
