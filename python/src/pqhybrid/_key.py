"""What the keys of both kinds share: bytes in and out, PEM, equality, wiping."""

from __future__ import annotations

from pqhybrid._ffi import ffi
from pqhybrid._library import copied, fail, readable
from pqhybrid._secret import SecretBytes
from pqhybrid._suite import known
from pqhybrid.errors import LengthError, Wiped, WrongSuite

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn, Optional, TypeVar, Union, overload

    from pqhybrid._kem import KemPublicKey, KemSecretKey, KemSuite
    from pqhybrid._signature import SignaturePublicKey, SignatureSecretKey, SignatureSuite
    from pqhybrid._types import Buffer

    AnySuite = Union[KemSuite, SignatureSuite]
    AnySecretKey = Union[KemSecretKey, SignatureSecretKey]
    AnyPublicKey = Union[KemPublicKey, SignaturePublicKey]
    _Secret = TypeVar("_Secret", bound="SecretKey")
    _Public = TypeVar("_Public", bound="PublicKey")
else:

    def overload(function):
        return function


class SecretKey:
    """A secret key: the seed of its suite, in memory that is wiped, and the public key that belongs to it.

    Made by a suite's keygen(), or by from_bytes, from_pem and from_der. What it does depends on its suite: see
    KemSecretKey and SignatureSecretKey. Its bytes are wiped by wipe(), at the end of a `with` block, or at the latest when
    nothing refers to it any more; do not wipe a key while another thread works with it: that operation then raises Wiped.
    """

    __slots__ = ("_suite", "_secret", "_public", "_prepared")

    _suite: Any
    _secret: SecretBytes
    _public: Optional[Any]
    _prepared: Optional[tuple[SecretBytes, Any]]
    """What follows from the seed, from the first use on, and a pointer to it, as C takes it."""

    def __init__(self) -> None:
        raise TypeError("secret keys come from a suite's keygen() or secret_key(), or from SecretKey.from_pem()")

    @classmethod
    def _made(cls: type[_Secret], suite: Any, secret: SecretBytes, public: Any = None) -> _Secret:
        key = cls.__new__(cls)
        key._suite, key._secret, key._public = suite, secret, public
        key._prepared = None
        return key

    def _ready(self) -> tuple[SecretBytes, Any]:
        """The prepared key; it is prepared now if it is not yet. Whoever uses the pointer keeps the tuple meanwhile."""
        secret, ready = self._secret, self._prepared
        if ready is not None:
            secret._use()
            return ready
        kind, size, inits = self._suite._secret_prepared
        prepared = SecretBytes._of_size(size)
        ready = prepared, ffi.cast(kind, prepared._memory)
        status = inits[secret._size](ready[1], secret._use())
        # Another thread may do the same: either key serves. If one wipes this key, it finds the prepared one, or is found.
        if not status:
            self._prepared = ready
        if secret._wiped:
            prepared.wipe()
            raise Wiped("this secret key was wiped while it was used")
        if status:
            fail(status)
        return ready

    @property
    def suite(self) -> AnySuite:
        """Its suite."""
        suite: AnySuite = self._suite
        return suite

    @overload
    @staticmethod
    def from_bytes(suite: KemSuite, data: Buffer, *, wipe_source: bool = False) -> KemSecretKey: ...
    @overload
    @staticmethod
    def from_bytes(suite: SignatureSuite, data: Buffer, *, wipe_source: bool = False) -> SignatureSecretKey: ...
    @staticmethod
    def from_bytes(suite: Any, data: Buffer, *, wipe_source: bool = False) -> Any:
        """The secret key with these bytes: the seed, suite.secret_key_bytes long.

        For MLKEM768_X25519 that is X-Wing's 32 bytes, or the 96 bytes of id-MLKEM768-X25519-SHA3-256 that other software wrote.
        wipe_source wipes data, a bytearray for example, once the key has its own copy.

        Raises:
            LengthError: data has another length.
            TypeError: data is no bytes-like object; or it is to be wiped and cannot be.
        """
        return known(suite).secret_key(data, wipe_source=wipe_source)

    @overload
    @staticmethod
    def from_pem(data: Union[Buffer, str], passphrase: Optional[Buffer] = None, *, suite: KemSuite) -> KemSecretKey: ...
    @overload
    @staticmethod
    def from_pem(
        data: Union[Buffer, str], passphrase: Optional[Buffer] = None, *, suite: SignatureSuite
    ) -> SignatureSecretKey: ...
    @overload
    @staticmethod
    def from_pem(data: Union[Buffer, str], passphrase: Optional[Buffer] = None, *, suite: None = None) -> AnySecretKey: ...
    @staticmethod
    def from_pem(data: Union[Buffer, str], passphrase: Optional[Buffer] = None, *, suite: Any = None) -> Any:
        """The secret key in a PEM file: PKCS#8 (RFC 5958), encrypted if a passphrase is given.

        suite insists on that suite; without it, whichever the file names. An encrypted one needs PyPI's `cryptography`.

        Raises:
            EncodingError: data is no PEM of a secret key of a suite here, or only a part of one.
            WrongSuite: it is a key of another suite than suite.
            WrongPassphrase: the passphrase does not open it, is missing, or is not needed.
            MissingDependency: it is encrypted, and `cryptography` is not installed.
        """
        from pqhybrid import encoding

        return expect(encoding.secret_key_from_pem(data, passphrase), suite)

    @overload
    @staticmethod
    def from_der(data: Buffer, passphrase: Optional[Buffer] = None, *, suite: KemSuite) -> KemSecretKey: ...
    @overload
    @staticmethod
    def from_der(data: Buffer, passphrase: Optional[Buffer] = None, *, suite: SignatureSuite) -> SignatureSecretKey: ...
    @overload
    @staticmethod
    def from_der(data: Buffer, passphrase: Optional[Buffer] = None, *, suite: None = None) -> AnySecretKey: ...
    @staticmethod
    def from_der(data: Buffer, passphrase: Optional[Buffer] = None, *, suite: Any = None) -> Any:
        """The secret key in DER: PKCS#8. As from_pem, which is the same in text."""
        from pqhybrid import encoding

        return expect(encoding.secret_key_from_der(data, passphrase), suite)

    @overload
    def to_pem(self, passphrase: None = None) -> SecretBytes: ...
    @overload
    def to_pem(self, passphrase: Buffer) -> bytes: ...
    def to_pem(self, passphrase: Optional[Buffer] = None) -> Union[bytes, SecretBytes]:
        """The key as PEM, PKCS#8: encrypted with the passphrase, or else in memory that is wiped.

        Raises:
            Wiped: the key is gone.
            MissingDependency: there is a passphrase, and PyPI's `cryptography` is not installed.
        """
        from pqhybrid import encoding

        return encoding.secret_key_to_pem(self, passphrase)

    @overload
    def to_der(self, passphrase: None = None) -> SecretBytes: ...
    @overload
    def to_der(self, passphrase: Buffer) -> bytes: ...
    def to_der(self, passphrase: Optional[Buffer] = None) -> Union[bytes, SecretBytes]:
        """The key as DER, PKCS#8; as to_pem."""
        from pqhybrid import encoding

        return encoding.secret_key_to_der(self, passphrase)

    @property
    def public_key(self) -> AnyPublicKey:
        """The public key that belongs to it.

        Raises:
            Wiped: the key is gone, and its public key was never asked for.
        """
        if self._public is None:
            self._public = self._suite._public_of(self)
        return self._public  # type: ignore[no-any-return]

    def to_secret_bytes(self) -> SecretBytes:
        """A copy of the seed, to store it, in memory of its own that is wiped.

        Raises:
            Wiped: the key is gone.
        """
        return self._secret._copy()

    def wipe(self) -> None:
        """Overwrites the seed, and what was derived from it, with zeros. The public key stays."""
        # First, so that an operation on another thread, which may have read zeros, finds it wiped.
        self._secret.wipe()
        ready = self._prepared
        if ready is not None:
            ready[0].wipe()

    @property
    def wiped(self) -> bool:
        """Whether it was wiped."""
        return self._secret.wiped

    def __enter__(self: _Secret) -> _Secret:
        return self

    def __exit__(self, *_: object) -> None:
        self.wipe()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SecretKey):
            return NotImplemented
        return self.suite is other.suite and self._secret == other._secret

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<SecretKey of {self.suite.name}{', wiped' if self.wiped else ''}>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("secret keys are not pickled or copied: store to_pem(passphrase), or pqhybrid.keys")


class PublicKey:
    """A public key. What it does depends on its suite: see KemPublicKey and SignaturePublicKey.

    `bytes(key)` are its bytes, as in the standard. Public keys compare, hash and pickle.
    """

    __slots__ = ("_suite", "_bytes", "_prepared")

    _suite: Any
    _bytes: bytes
    _prepared: Any
    """What follows from the bytes, from the first use on."""

    def __init__(self) -> None:
        raise TypeError("public keys come from a secret key, a suite's public_key(), or PublicKey.from_pem()")

    @classmethod
    def _made(cls: type[_Public], suite: Any, data: bytes) -> _Public:
        key = cls.__new__(cls)
        key._suite, key._bytes, key._prepared = suite, data, None
        return key

    def _ready(self) -> Any:
        """The prepared key, as C takes it; it is prepared now if it is not yet."""
        prepared = self._prepared
        if prepared is None:
            kind, init = self._suite._public_prepared
            prepared = ffi.new(kind)
            status = init(prepared, self._bytes)
            if status:
                fail(status)
            self._prepared = prepared
        return prepared

    @property
    def suite(self) -> AnySuite:
        """Its suite."""
        suite: AnySuite = self._suite
        return suite

    @overload
    @staticmethod
    def from_bytes(suite: KemSuite, data: Buffer) -> KemPublicKey: ...
    @overload
    @staticmethod
    def from_bytes(suite: SignatureSuite, data: Buffer) -> SignaturePublicKey: ...
    @staticmethod
    def from_bytes(suite: Any, data: Buffer) -> Any:
        """The public key with these bytes, suite.public_key_bytes long.

        Whether they make sense is found when the key is used, or by check().

        Raises:
            LengthError: data has another length.
            TypeError: data is no bytes-like object.
        """
        return known(suite).public_key(data)

    @overload
    @staticmethod
    def from_pem(data: Union[Buffer, str], *, suite: KemSuite) -> KemPublicKey: ...
    @overload
    @staticmethod
    def from_pem(data: Union[Buffer, str], *, suite: SignatureSuite) -> SignaturePublicKey: ...
    @overload
    @staticmethod
    def from_pem(data: Union[Buffer, str], *, suite: None = None) -> AnyPublicKey: ...
    @staticmethod
    def from_pem(data: Union[Buffer, str], *, suite: Any = None) -> Any:
        """The public key in a PEM file: SubjectPublicKeyInfo (RFC 5280).

        Raises:
            EncodingError: data is no PEM of a public key of a suite here, or only a part of one.
            WrongSuite: it is a key of another suite than suite.
        """
        from pqhybrid import encoding

        return expect(encoding.public_key_from_pem(data), suite)

    @overload
    @staticmethod
    def from_der(data: Buffer, *, suite: KemSuite) -> KemPublicKey: ...
    @overload
    @staticmethod
    def from_der(data: Buffer, *, suite: SignatureSuite) -> SignaturePublicKey: ...
    @overload
    @staticmethod
    def from_der(data: Buffer, *, suite: None = None) -> AnyPublicKey: ...
    @staticmethod
    def from_der(data: Buffer, *, suite: Any = None) -> Any:
        """The public key in DER: SubjectPublicKeyInfo. As from_pem, which is the same in text."""
        from pqhybrid import encoding

        return expect(encoding.public_key_from_der(data), suite)

    def to_pem(self, *, lamps: bool = False) -> bytes:
        """The key as PEM, SubjectPublicKeyInfo.

        lamps writes id-MLKEM768-X25519-SHA3-256 instead of X-Wing's object identifier: the key's bytes are the same.
        """
        from pqhybrid import encoding

        return encoding.public_key_to_pem(self, lamps=lamps)

    def to_der(self, *, lamps: bool = False) -> bytes:
        """The key as DER, SubjectPublicKeyInfo; as to_pem."""
        from pqhybrid import encoding

        return encoding.public_key_to_der(self, lamps=lamps)

    def check(self) -> None:
        """Finds out now, rather than at first use, whether the bytes are a public key.

        Raises:
            InvalidPublicKey: they are not.
        """
        self._suite._check(self._bytes)

    @property
    def fingerprint(self) -> str:
        """64 hexadecimal digits that name this key: SHA-256 of its DER, as X.509 tools compute it."""
        import hashlib

        return hashlib.sha256(self.to_der()).hexdigest()

    def __bytes__(self) -> bytes:
        return self._bytes

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PublicKey):
            return NotImplemented
        return self.suite is other.suite and self._bytes == other._bytes

    def __hash__(self) -> int:
        return hash((self.suite.name, self._bytes))

    def __repr__(self) -> str:
        return f"<PublicKey of {self.suite.name}: {self.fingerprint[:16]}>"

    def __reduce__(self) -> Any:
        return PublicKey.from_bytes, (self.suite, self._bytes)


def expect(key: Any, suite: Any) -> Any:
    """key, if it is of suite; None is any suite."""
    if suite is not None and key.suite is not known(suite):
        raise WrongSuite(f"expected a key of {suite.name}, got one of {key.suite.name}")
    return key


def sized(suite: AnySuite, what: str, data: Buffer, size: int) -> Any:
    """data as what C reads, if it is as long as C takes for granted."""
    found = readable(what, data)
    if len(found) != size:
        _wrong_length(suite, what, size, len(found))
    return found


def copied_sized(suite: AnySuite, what: str, data: Buffer, size: int) -> bytes:
    """A copy of data, if that is as long as C takes for granted."""
    copy = copied(what, data)
    if len(copy) != size:
        _wrong_length(suite, what, size, len(copy))
    return copy


def secret_bytes(suite: AnySuite, data: Buffer, sizes: tuple[int, ...], wipe_source: bool) -> SecretBytes:
    """A copy of data, if that has one of these lengths; data is wiped in no other case."""
    if (length := len(readable("secret key", data))) not in sizes:
        _wrong_length(suite, "secret key", sizes[0], length)
    # Another thread may have changed its length since.
    secret = SecretBytes(data, wipe_source=wipe_source)
    if len(secret) not in sizes:
        _wrong_length(suite, "secret key", sizes[0], len(secret))
    return secret


def _wrong_length(suite: AnySuite, what: str, expected: int, got: int) -> NoReturn:
    raise LengthError(f"{what}: expected {expected} bytes for {suite.name}, got {got}{suite._hint(what, got)}")
