"""Keys as PEM and DER, and out of certificates.

Public keys are SubjectPublicKeyInfo (RFC 5280), secret keys PKCS#8 (OneAsymmetricKey, RFC 5958), encrypted ones PBES2
(RFC 8018), the text RFC 7468. The object identifiers are those of draft-ietf-lamps-pq-composite-kem-17,
draft-ietf-lamps-pq-composite-sigs-19 and draft-connolly-cfrg-xwing-kem-10. DER is read strictly: what differs from what
would be written is refused, but for the optional parts of PKCS#8.

The methods of keys (to_pem, from_pem, ...) are these functions, with hints that know the suite.
"""

from __future__ import annotations

from pqhybrid import _pem
from pqhybrid._der import BIT_STRING, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, Reader
from pqhybrid._der import encoded, encoded_integer, encoded_object_identifier, header
from pqhybrid._ffi import ffi
from pqhybrid._kem import MLKEM768_X25519, MLKEM1024_X448
from pqhybrid._key import PublicKey, SecretKey
from pqhybrid._secret import SecretBytes
from pqhybrid._signature import MLDSA65_ED25519, MLDSA87_ED448, SignaturePublicKey
from pqhybrid.errors import EncodingError, InvalidPublicKey, InvalidSignature, LengthError, Wiped, WrongPassphrase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Optional, TypeVar, Union

    from pqhybrid._key import AnyPublicKey, AnySecretKey, AnySuite
    from pqhybrid._types import Buffer

    Data = Union[Buffer, SecretBytes]
    Text = Union[Buffer, str, SecretBytes]
    _Result = TypeVar("_Result")

__all__ = [
    "public_key_from_certificate",
    "public_key_from_der",
    "public_key_from_pem",
    "public_key_to_der",
    "public_key_to_pem",
    "secret_key_from_der",
    "secret_key_from_pem",
    "secret_key_to_der",
    "secret_key_to_pem",
    "verify_self_signed",
]

_SECRET, _PUBLIC, _CERTIFICATE, _CERTIFIED = "secret key", "public key", "certificate", "certificate's public key"


class _Format:
    """One object identifier: the suite, and how long its secret keys are under that name."""

    __slots__ = ("dotted", "title", "suite", "secret_bytes", "algorithm")

    def __init__(self, dotted: str, title: str, suite: AnySuite, secret_bytes: int) -> None:
        self.dotted, self.title, self.suite, self.secret_bytes = dotted, title, suite, secret_bytes
        # AlgorithmIdentifier without parameters, as all of them have it.
        self.algorithm = encoded(SEQUENCE, encoded_object_identifier(dotted))


_XWING = _Format("1.3.6.1.4.1.62253.25722", "X-Wing", MLKEM768_X25519, MLKEM768_X25519.secret_key_bytes)
_LAMPS = _Format("1.3.6.1.5.5.7.6.58", "id-MLKEM768-X25519-SHA3-256", MLKEM768_X25519, MLKEM768_X25519._lamps_bytes)
_FORMATS = (
    _XWING,
    _LAMPS,
    _Format("1.3.6.1.5.5.7.6.65", MLKEM1024_X448.title, MLKEM1024_X448, MLKEM1024_X448.secret_key_bytes),
    _Format("1.3.6.1.5.5.7.6.48", MLDSA65_ED25519.title, MLDSA65_ED25519, MLDSA65_ED25519.secret_key_bytes),
    _Format("1.3.6.1.5.5.7.6.51", MLDSA87_ED448.title, MLDSA87_ED448, MLDSA87_ED448.secret_key_bytes),
)
_BY_IDENTIFIER = {each.dotted: each for each in _FORMATS}
_BY_SUITE = {each.suite: each for each in reversed(_FORMATS)}

# So that a refusal can say what it is that was refused.
_OTHERS = {
    "1.2.840.10045.2.1": "an elliptic-curve key",
    "1.2.840.113549.1.1.1": "RSA",
    "1.2.840.113549.1.1.10": "RSA-PSS",
    "1.3.101.110": "X25519 alone",
    "1.3.101.111": "X448 alone",
    "1.3.101.112": "Ed25519 alone",
    "1.3.101.113": "Ed448 alone",
    "2.16.840.1.101.3.4.3.17": "ML-DSA-44 alone",
    "2.16.840.1.101.3.4.3.18": "ML-DSA-65 alone",
    "2.16.840.1.101.3.4.3.19": "ML-DSA-87 alone",
    "2.16.840.1.101.3.4.4.1": "ML-KEM-512 alone",
    "2.16.840.1.101.3.4.4.2": "ML-KEM-768 alone",
    "2.16.840.1.101.3.4.4.3": "ML-KEM-1024 alone",
}


def secret_key_from_pem(data: Text, passphrase: Optional[Data] = None) -> AnySecretKey:
    """See SecretKey.from_pem."""
    label, der = _pem.decode(data, (_pem.SECRET, _pem.ENCRYPTED), _SECRET)
    with der:
        return _secret_key(der.view(), passphrase, label == _pem.ENCRYPTED)


def secret_key_from_der(data: Data, passphrase: Optional[Data] = None) -> AnySecretKey:
    """See SecretKey.from_der."""
    view = _der(data, _SECRET)
    # PKCS#8 begins with a number, what encrypts it with an algorithm.
    encrypted = Reader(view, _SECRET).enter(SEQUENCE, "outermost element").tag() == SEQUENCE
    return _secret_key(view, passphrase, encrypted)


def secret_key_to_pem(key: SecretKey, passphrase: Optional[Data] = None) -> Union[bytes, SecretBytes]:
    """See SecretKey.to_pem."""
    if passphrase is None:
        with _secret_der(key) as der:
            return _pem.encode_secret(_pem.SECRET, der)
    return _pem.encode(_pem.ENCRYPTED, _encrypted(key, passphrase))


def secret_key_to_der(key: SecretKey, passphrase: Optional[Data] = None) -> Union[bytes, SecretBytes]:
    """See SecretKey.to_der."""
    return _secret_der(key) if passphrase is None else _encrypted(key, passphrase)


def public_key_from_pem(data: Text) -> AnyPublicKey:
    """See PublicKey.from_pem."""
    _, der = _pem.decode(data, (_pem.PUBLIC,), _PUBLIC)
    return _public_key(der.view(), _PUBLIC)


def public_key_from_der(data: Data) -> AnyPublicKey:
    """See PublicKey.from_der."""
    return _public_key(_der(data, _PUBLIC), _PUBLIC)


def public_key_to_pem(key: PublicKey, *, lamps: bool = False) -> bytes:
    """See PublicKey.to_pem."""
    return _pem.encode(_pem.PUBLIC, public_key_to_der(key, lamps=lamps))


def public_key_to_der(key: PublicKey, *, lamps: bool = False) -> bytes:
    """See PublicKey.to_der."""
    _expect(key, PublicKey)
    form = _format_of(key, lamps)
    return encoded(SEQUENCE, form.algorithm, encoded(BIT_STRING, b"\0", bytes(key)))


def _expect(key: object, kind: type) -> None:
    if not isinstance(key, kind):
        raise TypeError(f"key: expected a {kind.__name__}, got {type(key).__name__}")


def _format_of(key: Union[SecretKey, PublicKey], lamps: bool) -> _Format:
    return _LAMPS if lamps and key.suite is MLKEM768_X25519 else _BY_SUITE[key.suite]


def _der(data: Data, what: str) -> memoryview:
    view = _pem.view_of("data", data)
    if bytes(view[:5]) == b"-----":
        raise EncodingError(f"this looks like PEM, where the DER of a {what} was expected: read it with from_pem")
    if not len(view):
        raise EncodingError(f"there is nothing, where the DER of a {what} was expected")
    return view


def _algorithm(reader: Reader, what: str) -> _Format:
    """The format that an AlgorithmIdentifier names."""
    inner = reader.enter(SEQUENCE, "algorithm")
    dotted = inner.object_identifier("algorithm")
    found = _BY_IDENTIFIER.get(dotted)
    if found is None:
        raise EncodingError(
            f"this is a {what} of {_named(dotted)}, which pqhybrid does not read: it reads keys of "
            + ", ".join(f"{each.title} ({each.dotted})" for each in _FORMATS)
        )
    if inner.tag() >= 0:
        inner.fail(f"the algorithm {found.title} has parameters, which must be absent")
    return found


def _named(dotted: str) -> str:
    if dotted.startswith("2.16.840.1.114027.80."):
        return f"an earlier draft of a composite ({dotted}), with other formats than today's"
    if dotted.startswith("1.3.6.1.5.5.7.6."):
        return f"another composite of LAMPS ({dotted})"
    return f"{_OTHERS[dotted]} ({dotted})" if dotted in _OTHERS else f"the unknown algorithm {dotted}"


def _public_key(view: memoryview, what: str) -> AnyPublicKey:
    outer = Reader(view, what)
    reader = outer.enter(SEQUENCE, "outermost element")
    outer.end()
    if reader.tag() == INTEGER:
        raise EncodingError(f"this is the DER of a secret key, where that of a {what} was expected")
    if Reader(view, what).enter(SEQUENCE, "outermost element").enter(SEQUENCE, "algorithm").tag() in (0xA0, INTEGER):
        # What is signed of a certificate begins with its version, or else with its serial number.
        raise EncodingError(
            f"this looks like the DER of a certificate, where that of a {what} was expected: "
            "read it with pqhybrid.encoding.public_key_from_certificate"
        )
    found = _algorithm(reader, what)
    bits = reader.bits("key")
    reader.end()
    if len(bits) != found.suite.public_key_bytes:
        outer.fail(f"one of {found.title} has {found.suite.public_key_bytes} bytes, and here are {len(bits)}")
    return found.suite.public_key(bits)


def _secret_key(view: memoryview, passphrase: Optional[Data], encrypted: bool) -> AnySecretKey:
    if not encrypted:
        if passphrase is not None:
            raise WrongPassphrase("a passphrase was given, but the secret key is not encrypted: read it without one")
        return _plain_secret_key(view)
    from pqhybrid import _pbes2

    if passphrase is None:
        return _decrypted(_pbes2.decrypt(view, None))
    with _passphrase(passphrase) as copy:
        return _decrypted(_pbes2.decrypt(view, copy.view()))


def _decrypted(plain: SecretBytes) -> AnySecretKey:
    with plain:
        return _plain_secret_key(plain.view())


def _passphrase(passphrase: Data) -> SecretBytes:
    """A copy, which nobody else wipes while scrypt is at work."""
    if isinstance(passphrase, str):
        raise TypeError("passphrase: expected a bytes-like object, got str: encode it, such as with .encode()")
    if isinstance(passphrase, SecretBytes):
        return SecretBytes(passphrase)
    return SecretBytes(_pem.view_of("passphrase", passphrase))


def _plain_secret_key(view: memoryview) -> AnySecretKey:
    outer = Reader(view, _SECRET)
    reader = outer.enter(SEQUENCE, "outermost element")
    outer.end()
    version = reader.integer("version")
    if version > 1:
        reader.fail("its version is unknown")
    found = _algorithm(reader, _SECRET)
    secret = reader.take(OCTET_STRING, "key")
    if reader.tag() == 0xA0:
        attributes = reader.enter(0xA0, "attributes")
        while attributes.tag() >= 0:
            attributes.take(SEQUENCE, "attribute")
    # Version 1 means that the public key is there as well.
    public = reader.bits("public key", 0x81) if version else None
    reader.end()
    if len(secret) != found.secret_bytes:
        reader.fail(f"one of {found.title} has {found.secret_bytes} bytes, and here are {len(secret)}")
    key = found.suite.secret_key(secret)
    if public is not None and public != bytes(key.public_key):
        key.wipe()
        reader.fail("the public key in it is not that of the secret key")
    return key


def _secret_der(key: SecretKey) -> SecretBytes:
    _expect(key, SecretKey)
    secret = key._secret
    form = _format_of(key, len(secret) != key.suite.secret_key_bytes)
    size = len(secret)
    inner = encoded_integer(0) + form.algorithm + header(OCTET_STRING, size)
    start = header(SEQUENCE, len(inner) + size) + inner
    made = SecretBytes._of_size(len(start) + size)
    out = ffi.buffer(made._memory)
    out[: len(start)] = start
    out[len(start) :] = secret.view()
    if secret.wiped:
        made.wipe()
        raise Wiped("this secret key was wiped while it was written")
    return made


def _encrypted(key: SecretKey, passphrase: Data) -> bytes:
    from pqhybrid import _pbes2

    with _passphrase(passphrase) as copy, _secret_der(key) as der:
        return _pbes2.encrypt(der, copy.view())


class _Certificate:
    """What is needed of an X.509 certificate (RFC 5280)."""

    __slots__ = ("signed", "signature", "signed_with", "issuer", "subject", "key")

    def __init__(self, view: memoryview) -> None:
        outer = Reader(view, _CERTIFICATE)
        reader = outer.enter(SEQUENCE, "outermost element")
        outer.end()
        if reader.tag() != SEQUENCE:
            outer.fail("it does not begin as one")
        self.signed = reader.element("signed part")[1]
        self.signed_with = reader.element("signature algorithm")[1]
        self.signature = reader.bits("signature")
        reader.end()
        inner = Reader(self.signed, _CERTIFICATE).enter(SEQUENCE, "signed part")
        if inner.tag() == 0xA0:
            inner.take(0xA0, "version")
        inner.integer("serial number")
        if inner.element("signature algorithm")[1] != self.signed_with:
            outer.fail("it names two signature algorithms")
        _, self.issuer, _ = inner.element("issuer")
        inner.take(SEQUENCE, "validity")
        _, self.subject, _ = inner.element("subject")
        _, self.key, _ = inner.element("public key")
        # Two unique identifiers, and the extensions.
        for tag in (0x81, 0x82, 0xA3):
            if inner.tag() == tag:
                inner.element("last part")
        inner.end()


def _certificate(data: Text, read: Callable[[_Certificate], _Result]) -> _Result:
    """What read makes of a certificate in PEM or DER: a second byte that is no text tells DER."""
    view = None if isinstance(data, str) else _pem.view_of("data", data)
    if view is not None and len(view) > 1 and view[0] == 0x30 and view[1] & 0x80:
        return read(_Certificate(view))
    _, der = _pem.decode(data, (_pem.CERTIFICATE,), _CERTIFICATE)
    with der:
        return read(_Certificate(der.view()))


def public_key_from_certificate(data: Text) -> AnyPublicKey:
    """The public key that an X.509 certificate (RFC 5280) is about, in PEM or DER.

    Nothing else in the certificate is looked at: who signed it, until when it is valid, what it may be used for and
    whether to trust it is the caller's to find out. It is no path validation.

    Raises:
        EncodingError: data is no certificate, only a part of one, or about a key of no suite here.
        TypeError: data is neither text nor a bytes-like object.
    """

    def read(certificate: _Certificate) -> AnyPublicKey:
        return _public_key(certificate.key, _CERTIFIED)

    return _certificate(data, read)


def verify_self_signed(data: Text) -> SignaturePublicKey:
    """Returns the public key of an X.509 certificate (RFC 5280), in PEM or DER, that was signed with that very key.

    This says that whoever made the certificate had the secret key, and that nothing was changed since: not whether to
    trust it, nor until when it is valid, nor what for. It is no path validation.

    Raises:
        InvalidSignature: the signature is not one of this certificate by its own key.
        EncodingError: data is no certificate, only a part of one, or about a key of no suite here.
        TypeError: data is neither text nor a bytes-like object.
    """

    def read(certificate: _Certificate) -> SignaturePublicKey:
        key = _public_key(certificate.key, _CERTIFIED)
        if certificate.issuer != certificate.subject:
            raise InvalidSignature("the certificate is not self-signed: its issuer is not its subject")
        if not isinstance(key, SignaturePublicKey) or certificate.signed_with != _format_of(key, False).algorithm:
            raise InvalidSignature("the certificate is not self-signed: its signature is not of its key's algorithm")
        try:
            key.verify(certificate.signature, certificate.signed)
        except (InvalidSignature, InvalidPublicKey, LengthError):
            raise InvalidSignature("the certificate's signature is not valid: it was changed, or is forged") from None
        return key

    return _certificate(data, read)
