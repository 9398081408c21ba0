"""Encryption of PKCS#8 with a passphrase: PBES2 (RFC 8018), by the primitives of PyPI's `cryptography`.

Written is scrypt (RFC 7914) with AES-256-CBC; read are scrypt and PBKDF2 with AES-128, -192 and -256 in CBC mode.

As all of PBES2, this keeps a secret and does not guard it against change: who can write to a file can make it another
key, or none. The storage of pqhybrid.keys guards against that as well.
"""

from __future__ import annotations

import os

from pqhybrid import _der
from pqhybrid._der import Reader, encoded, encoded_integer, encoded_object_identifier
from pqhybrid._secret import SecretBytes, scrub_copy, wipe
from pqhybrid.errors import EncodingError, MissingDependency, WrongPassphrase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn, Optional

_WHAT = "encrypted secret key"
_PBES2, _PBKDF2, _SCRYPT = "1.2.840.113549.1.5.13", "1.2.840.113549.1.5.12", "1.3.6.1.4.1.11591.4.11"
_AES = {"2.16.840.1.101.3.4.1.2": 16, "2.16.840.1.101.3.4.1.22": 24, "2.16.840.1.101.3.4.1.42": 32}
_AES_256 = "2.16.840.1.101.3.4.1.42"
_SHA1 = "1.2.840.113549.2.7"
_HASHES = {
    _SHA1: "SHA1",
    "1.2.840.113549.2.9": "SHA256",
    "1.2.840.113549.2.10": "SHA384",
    "1.2.840.113549.2.11": "SHA512",
}
_BLOCK, _SALT = 16, 16

# 16 MiB, five times over. OpenSSL refuses to read what takes it 32 MiB or more.
_COST, _BLOCK_SIZE, _PARALLEL = 1 << 14, 8, 5

# What a file may cost before its author counts as hostile: 256 MiB, and some seconds.
_MEMORY_MAX, _WORK_MAX, _ITERATIONS_MAX = 1 << 28, 1 << 30, 10_000_000


def encrypt(secret: SecretBytes, passphrase: memoryview) -> bytes:
    """EncryptedPrivateKeyInfo, in DER, of a PKCS#8 secret key.

    Raises:
        WrongPassphrase: the passphrase is empty, or zeros.
        MissingDependency: `cryptography` is not installed.
    """
    # Zeros at the end of a passphrase make no difference to HMAC, so such a one is as good as none.
    if not any(passphrase):
        raise WrongPassphrase("an empty passphrase protects nothing: give one, or None to write the key unencrypted")
    primitives = _Primitives()
    salt, iv = os.urandom(_SALT), os.urandom(_BLOCK)
    fill = _BLOCK - len(secret) % _BLOCK
    padded = bytearray(len(secret) + fill)
    key = primitives.scrypt(passphrase, salt, _COST, _BLOCK_SIZE, _PARALLEL, 32)
    try:
        padded[: len(secret)] = secret.view()
        padded[len(secret) :] = bytes((fill,)) * fill
        ciphertext = primitives.aes_cbc(key, iv).encryptor().update(padded)
    finally:
        wipe(padded)
        wipe(key)
    cost = (encoded_integer(each) for each in (_COST, _BLOCK_SIZE, _PARALLEL))
    derivation = _algorithm(_SCRYPT, encoded(_der.SEQUENCE, encoded(_der.OCTET_STRING, salt), *cost))
    scheme = _algorithm(_AES_256, encoded(_der.OCTET_STRING, iv))
    algorithm = _algorithm(_PBES2, encoded(_der.SEQUENCE, derivation, scheme))
    return encoded(_der.SEQUENCE, algorithm, encoded(_der.OCTET_STRING, ciphertext))


def decrypt(view: memoryview, passphrase: Optional[memoryview]) -> SecretBytes:
    """What EncryptedPrivateKeyInfo holds: a PKCS#8 secret key of whatever algorithm.

    Raises:
        EncodingError: it is malformed, encrypted in another way, or asks for too much work or memory.
        WrongPassphrase: the passphrase does not open it, or is missing.
        MissingDependency: `cryptography` is not installed.
    """
    outer = Reader(view, _WHAT)
    reader = outer.enter(_der.SEQUENCE, "outermost element")
    outer.end()
    algorithm = reader.enter(_der.SEQUENCE, "encryption algorithm")
    dotted = algorithm.object_identifier("encryption algorithm")
    if reader.tag() == _der.BIT_STRING:
        raise EncodingError("this is the DER of a public key, where that of a secret key was expected")
    if dotted != _PBES2:
        _unknown(f"the scheme {dotted}, not PBES2")
    parameters = algorithm.enter(_der.SEQUENCE, "parameters of PBES2")
    algorithm.end()
    ciphertext = reader.take(_der.OCTET_STRING, "ciphertext")
    reader.end()

    derivation = parameters.enter(_der.SEQUENCE, "key derivation")
    scheme = parameters.enter(_der.SEQUENCE, "cipher")
    parameters.end()
    dotted = scheme.object_identifier("cipher")
    if dotted not in _AES:
        _unknown(f"the cipher {dotted}, not AES in CBC mode")
    size, iv = _AES[dotted], bytes(scheme.take(_der.OCTET_STRING, "initialization vector"))
    scheme.end()
    if len(iv) != _BLOCK or not len(ciphertext) or len(ciphertext) % _BLOCK:
        reader.fail("its ciphertext or initialization vector is not made of whole blocks")

    if passphrase is None:
        raise WrongPassphrase("the secret key is encrypted: give its passphrase")
    key = _derive(derivation, passphrase, size)
    # Older versions of `cryptography` want room for one block more.
    padded = bytearray(len(ciphertext) + _BLOCK)
    try:
        written = _Primitives().aes_cbc(key, iv).decryptor().update_into(ciphertext, padded)
        fill = padded[written - 1]
        if not 1 <= fill <= _BLOCK or padded[written - fill : written] != bytes((fill,)) * fill:
            _does_not_open()
        secret = SecretBytes(memoryview(padded)[: written - fill])
    finally:
        wipe(padded)
        wipe(key)
    if not _like_pkcs8(secret.view()):
        secret.wipe()
        _does_not_open()
    return secret


def _derive(reader: Reader, passphrase: memoryview, size: int) -> bytearray:
    """The key that the parameters of a key derivation and a passphrase give."""
    dotted = reader.object_identifier("key derivation")
    if dotted not in (_PBKDF2, _SCRYPT):
        _unknown(f"the key derivation {dotted}, neither scrypt nor PBKDF2")
    parameters = reader.enter(_der.SEQUENCE, "parameters of the key derivation")
    reader.end()
    salt = bytes(parameters.take(_der.OCTET_STRING, "salt"))
    cost = parameters.integer("cost")
    block_size = parameters.integer("block size") if dotted == _SCRYPT else 0
    parallel = parameters.integer("parallelism") if dotted == _SCRYPT else 0
    if parameters.tag() == _der.INTEGER and parameters.integer("key length") != size:
        parameters.fail("its key length is not that of its cipher")
    if dotted == _SCRYPT:
        parameters.end()
        row = 128 * block_size
        if row * (cost + parallel) > _MEMORY_MAX or row * cost * parallel > _WORK_MAX:
            _costly("256 MiB of memory, or 1 GiB of work, for scrypt")
        # RFC 7914 section 6: a power of two, below 2 to the 16 times block size.
        if cost < 2 or cost & (cost - 1) or not block_size or not parallel or cost.bit_length() > 16 * block_size:
            parameters.fail("its parameters of scrypt make no sense")
        return _Primitives().scrypt(passphrase, salt, cost, block_size, parallel, size)
    prf = _SHA1
    if parameters.tag() >= 0:
        algorithm = parameters.enter(_der.SEQUENCE, "hash")
        prf = algorithm.object_identifier("hash")
        if algorithm.tag() >= 0 and len(algorithm.take(_der.NULL, "parameters of the hash")):
            algorithm.fail("its hash has parameters")
        algorithm.end()
    parameters.end()
    if prf not in _HASHES:
        _unknown(f"the hash {prf} in PBKDF2")
    if cost > _ITERATIONS_MAX:
        _costly("10 million iterations of PBKDF2")
    if not cost:
        parameters.fail("it has no iterations")
    return _Primitives().pbkdf2(passphrase, salt, cost, _HASHES[prf], size)


def _like_pkcs8(view: memoryview) -> bool:
    """Whether this looks like a secret key, of any algorithm: what a wrong passphrase decrypts to does not."""
    try:
        outer = Reader(view, _WHAT)
        reader = outer.enter(_der.SEQUENCE, "outermost element")
        outer.end()
        reader.integer("version")
        reader.enter(_der.SEQUENCE, "algorithm").object_identifier("algorithm")
        return reader.tag() == _der.OCTET_STRING
    except EncodingError:
        return False


class _Primitives:
    """What is used of `cryptography`."""

    def __init__(self) -> None:
        try:
            from cryptography.hazmat.primitives import ciphers, hashes
            from cryptography.hazmat.primitives.ciphers import algorithms, modes
            from cryptography.hazmat.primitives.kdf import pbkdf2, scrypt
        except ImportError as error:
            raise MissingDependency(
                f"secret keys with a passphrase need the package 'cryptography' ({error}): pip install 'pqhybrid[pem]'"
            ) from None
        self._ciphers, self._hashes, self._algorithms, self._modes = ciphers, hashes, algorithms, modes
        self._pbkdf2, self._scrypt = pbkdf2, scrypt

    def scrypt(self, passphrase: memoryview, salt: bytes, n: int, r: int, p: int, size: int) -> bytearray:
        return _derived(self._scrypt.Scrypt(salt=salt, length=size, n=n, r=r, p=p), passphrase, size)

    def pbkdf2(self, passphrase: memoryview, salt: bytes, iterations: int, hash_name: str, size: int) -> bytearray:
        algorithm = getattr(self._hashes, hash_name)()
        return _derived(self._pbkdf2.PBKDF2HMAC(algorithm, size, salt, iterations), passphrase, size)

    def aes_cbc(self, key: bytearray, iv: bytes) -> Any:
        return self._ciphers.Cipher(self._algorithms.AES(key), self._modes.CBC(iv))


def _derived(kdf: Any, passphrase: memoryview, size: int) -> bytearray:
    key = bytearray(size)
    if hasattr(kdf, "derive_into"):
        kdf.derive_into(passphrase, key)
    else:
        # Older versions of `cryptography` return bytes, and keep no reference to them.
        copy = kdf.derive(passphrase)
        key[:] = copy
        scrub_copy(copy)
    return key


def _algorithm(dotted: str, parameters: bytes) -> bytes:
    return encoded(_der.SEQUENCE, encoded_object_identifier(dotted), parameters)


def _unknown(which: str) -> NoReturn:
    raise EncodingError(
        f"the secret key is encrypted with {which}: pqhybrid reads PBES2 with scrypt or PBKDF2 and AES-CBC, "
        "so have it written that way"
    )


def _costly(limit: str) -> NoReturn:
    raise EncodingError(
        f"the encrypted secret key asks for more than {limit}, so reading it is refused: "
        "if you trust where it comes from, have it written again with a smaller cost"
    )


def _does_not_open() -> NoReturn:
    raise WrongPassphrase("the passphrase does not open the secret key, or the file is damaged: try it again")
