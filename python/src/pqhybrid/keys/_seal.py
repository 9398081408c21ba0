"""Encryption of the stored ring, by PyPI's `cryptography`.

scrypt (RFC 7914), HKDF (RFC 5869) with SHA-256, ChaCha20-Poly1305 (RFC 8439).

Every write has a fresh random salt of 32 bytes, hence a key of its own that encrypts once: a nonce cannot repeat.
"""

from __future__ import annotations

from typing import Any

from pqhybrid._ffi import ffi
from pqhybrid._secret import SecretBytes, scrub_copy
from pqhybrid.errors import MissingDependency

KEY_BYTES = 32
TAG_BYTES = 16
_NONCE = bytes(12)
_INFO = b"pqhybrid.keys store version 1"


def require() -> None:
    """Finds out whether `cryptography` is there before anything is done.

    Raises:
        MissingDependency: it is not.
    """
    try:
        import cryptography.hazmat.primitives.ciphers.aead
        import cryptography.hazmat.primitives.kdf.hkdf
        import cryptography.hazmat.primitives.kdf.scrypt  # noqa: F401
    except ImportError as error:
        raise MissingDependency(
            f"a stored key ring needs the package 'cryptography' ({error}): pip install 'pqhybrid[keys]'"
        ) from None


def from_passphrase(passphrase: memoryview, salt: bytes, log_n: int, r: int, p: int) -> SecretBytes:
    """The root key, 32 bytes: scrypt with N = 2 ** log_n, which takes 128 * r * N bytes of memory."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return _derived(Scrypt(salt, KEY_BYTES, 1 << log_n, r, p), passphrase)


def seal(root: SecretBytes, salt: bytes, header: bytes, plain: SecretBytes) -> bytes:
    """plain encrypted and, with the header, authenticated: as long as plain and TAG_BYTES more."""
    with _write_key(root, salt) as key:
        cipher = _cipher(key)
        if hasattr(cipher, "encrypt_into"):
            sealed = bytearray(len(plain) + TAG_BYTES)
            cipher.encrypt_into(_NONCE, plain.view(), header, sealed)
            return bytes(sealed)
        # Versions of `cryptography` before 47 take nothing but bytes here; the copy lives for this one call.
        copy = bytes(plain)
        try:
            return bytes(cipher.encrypt(_NONCE, copy, header))
        finally:
            scrub_copy(copy)


def unseal(root: SecretBytes, salt: bytes, header: bytes, sealed: bytes) -> SecretBytes:
    """What seal took.

    Raises:
        ValueError: the root key is another one, or header or sealed were changed.
    """
    from cryptography.exceptions import InvalidTag

    if len(sealed) < TAG_BYTES:
        raise ValueError("too short for a tag")
    with _write_key(root, salt) as key:
        cipher = _cipher(key)
        try:
            if not hasattr(cipher, "decrypt_into"):
                return _taken(cipher.decrypt(_NONCE, sealed, header))
            plain = SecretBytes._of_size(len(sealed) - TAG_BYTES)
            cipher.decrypt_into(_NONCE, sealed, header, _writable(plain))
            return plain
        except InvalidTag:
            raise ValueError("the tag does not fit") from None


def _write_key(root: SecretBytes, salt: bytes) -> SecretBytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return _derived(HKDF(SHA256(), KEY_BYTES, salt, _INFO), root.view())


def _cipher(key: SecretBytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    # OpenSSL keeps a copy of the key for as long as this object lives, and wipes it itself.
    return ChaCha20Poly1305(key.view())


def _derived(kdf: Any, material: memoryview) -> SecretBytes:
    if hasattr(kdf, "derive_into"):
        made = SecretBytes._of_size(KEY_BYTES)
        kdf.derive_into(material, _writable(made))
        return made
    return _taken(kdf.derive(material))


def _writable(secret: SecretBytes) -> memoryview:
    return memoryview(ffi.buffer(secret._use(), len(secret))).cast("B")


def _taken(data: bytes) -> SecretBytes:
    """Versions of `cryptography` before 47 return secrets as bytes alone; this copy is wiped at once."""
    secret = SecretBytes(data)
    scrub_copy(data)
    return secret
