"""Key encapsulation: the suites MLKEM768_X25519 (X-Wing) and MLKEM1024_X448."""

from __future__ import annotations

from pqhybrid._ffi import ffi
from pqhybrid._key import PublicKey, SecretKey, copied_sized, secret_bytes, sized
from pqhybrid._library import fail
from pqhybrid._secret import SecretBytes
from pqhybrid._suite import Suite
from pqhybrid.errors import Wiped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pqhybrid._types import Buffer

_new = ffi.new
_buffer = ffi.buffer


class KemSuite(Suite):
    """A hybrid for key exchange: ML-KEM (FIPS 203) and X25519 or X448 (RFC 7748)."""

    __slots__ = (
        "ciphertext_bytes", "shared_secret_bytes", "_lamps_bytes", "_ciphertext_out", "_encaps_derand", "_encaps_with",
        "_decaps_with", "_public_key_by_size", "_secret_prepared", "_public_prepared",
    )  # fmt: skip

    ciphertext_bytes: int
    shared_secret_bytes: int

    def __init__(self, name: str, title: str, security_level: int, *, lamps: bool = False) -> None:
        super().__init__(name, title, security_level)
        self._set(ciphertext_bytes=self._size("ciphertext"), shared_secret_bytes=self._size("shared_secret"))
        self._ciphertext_out = self._out(self.ciphertext_bytes)
        self._encaps_derand = self._function("encaps_derand")
        self._encaps_with, self._decaps_with = self._function("encaps_with"), self._function("decaps_with")
        # X-Wing's secret keys have a second form, which the length tells apart.
        self._lamps_bytes = self._size("lamps_secret_key") if lamps else 0
        inits = {self.secret_key_bytes: self._function("decaps_key_init")}
        self._public_key_by_size = {self.secret_key_bytes: self._function("public_key")}
        if lamps:
            inits[self._lamps_bytes] = self._function("lamps_decaps_key_init")
            self._public_key_by_size[self._lamps_bytes] = self._function("lamps_public_key")
        self._secret_prepared = self._type("decaps_key"), self._size("decaps_key"), inits
        self._public_prepared = self._type("encaps_key"), self._function("encaps_key_init")

    def keygen(self) -> KemSecretKey:
        """A new secret key, with its public key.

        Raises:
            RandomSourceError: the operating system gave no random bytes.
        """
        public, secret = self._pair()
        return KemSecretKey._made(self, secret, KemPublicKey._made(self, public))

    def secret_key(self, data: Buffer, *, wipe_source: bool = False) -> KemSecretKey:
        """The secret key with these bytes: see SecretKey.from_bytes."""
        return KemSecretKey._made(self, secret_bytes(self, data, tuple(self._public_key_by_size), wipe_source))

    def public_key(self, data: Buffer) -> KemPublicKey:
        """The public key with these bytes: see PublicKey.from_bytes."""
        return KemPublicKey._made(self, copied_sized(self, "public key", data, self.public_key_bytes))

    def _public_of(self, key: SecretKey) -> KemPublicKey:
        return KemPublicKey._made(self, self._computed(self._public_key_by_size[len(key._secret)], key._secret))

    def _check(self, public: bytes) -> None:
        # Encapsulation refuses bad keys; its result, from coins that are all zero, is of no use to anybody.
        coins = _new("uint8_t[]", self._size("encaps_coins"))
        secret = _new("uint8_t[]", self.shared_secret_bytes)
        status = self._encaps_derand(_new(self._ciphertext_out), secret, coins, public)
        if status:
            fail(status)


class KemPublicKey(PublicKey):
    """The public key of somebody to agree on a secret with."""

    __slots__ = ()

    _suite: KemSuite

    if TYPE_CHECKING:

        @property
        def suite(self) -> KemSuite: ...

    def encaps(self) -> tuple[bytes, SecretBytes]:
        """Makes a fresh shared secret, and the ciphertext that brings it to the holder of the secret key.

        Returns the ciphertext, suite.ciphertext_bytes long, and the shared secret, 32 uniformly random bytes. X-Wing
        (draft-connolly-cfrg-xwing-kem-10 section 5.4) or Composite ML-KEM (draft-ietf-lamps-pq-composite-kem-17).

        Raises:
            InvalidPublicKey: this key fails the check of FIPS 203, or its curve point is of small order.
            RandomSourceError: the operating system gave no random bytes.
        """
        suite = self._suite
        ciphertext, secret = _new(suite._ciphertext_out), SecretBytes._of_size(suite.shared_secret_bytes)
        status = suite._encaps_with(ciphertext, secret._memory, self._prepared or self._ready())
        if status:
            fail(status)
        return _buffer(ciphertext)[:], secret


class KemSecretKey(SecretKey):
    """The secret key of key encapsulation."""

    __slots__ = ()

    _suite: KemSuite

    if TYPE_CHECKING:

        @property
        def suite(self) -> KemSuite: ...

        @property
        def public_key(self) -> KemPublicKey: ...

    @property
    def is_lamps(self) -> bool:
        """Whether this is the 96-byte form that id-MLKEM768-X25519-SHA3-256 has, rather than X-Wing's seed."""
        return len(self._secret) == self._suite._lamps_bytes

    def decaps(self, ciphertext: Buffer) -> SecretBytes:
        """The shared secret, 32 bytes, that a ciphertext brings.

        A ciphertext that was forged, or made for another key, is no error: the secret is then one that nobody else has
        (implicit rejection), so what is encrypted with it does not open.

        Raises:
            LengthError: the ciphertext is not suite.ciphertext_bytes long.
            InvalidCiphertext: its classical half has small order.
            Wiped: this key is gone.
            TypeError: the ciphertext is no bytes-like object.
        """
        suite, key = self._suite, self._secret
        if type(ciphertext) is not bytes or len(ciphertext) != suite.ciphertext_bytes:
            ciphertext = sized(suite, "ciphertext", ciphertext, suite.ciphertext_bytes)
        secret, ready = SecretBytes._of_size(suite.shared_secret_bytes), self._ready()
        status = suite._decaps_with(secret._memory, ciphertext, ready[1])
        if key._wiped:
            secret.wipe()
            raise Wiped("this secret key was wiped while it was used")
        if status:
            fail(status)
        return secret


MLKEM768_X25519 = KemSuite("mlkem768_x25519", "X-Wing", 3, lamps=True)
MLKEM1024_X448 = KemSuite("mlkem1024_x448", "id-MLKEM1024-X448-SHA3-256", 5)
