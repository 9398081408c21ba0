"""Hybrid post-quantum cryptography: key exchange and signatures that are safe as long as either half holds.

    import pqhybrid

    alice = pqhybrid.STANDARD.signature.keygen()
    signature = alice.sign(b"hello", context=b"greeting")
    alice.public_key.verify(signature, b"hello", context=b"greeting")    # raises InvalidSignature

    bob = pqhybrid.KEY_EXCHANGE.kem.keygen()
    ciphertext, secret = bob.public_key.encaps()
    assert bob.decaps(ciphertext) == secret

The suites are MLKEM768_X25519 (X-Wing) and MLKEM1024_X448 for key exchange, MLDSA65_ED25519 and MLDSA87_ED448 for
signatures; the tiers STANDARD, HIGH_STRENGTH and KEY_EXCHANGE choose among them. Further: `pqhybrid.keys` (stored and
rotated keys), `pqhybrid.aio` (for asyncio), `pqhybrid.lowlevel` (the C ABI), and the command `python -m pqhybrid`.
"""

from __future__ import annotations

from pqhybrid._ffi import ffi
from pqhybrid._kem import MLKEM768_X25519, MLKEM1024_X448, KemPublicKey, KemSecretKey, KemSuite
from pqhybrid._key import PublicKey, SecretKey
from pqhybrid._library import __version__, lib
from pqhybrid._secret import SecretBytes, ct_equal, wipe
from pqhybrid._signature import (
    MLDSA65_ED25519,
    MLDSA87_ED448,
    SignaturePublicKey,
    SignatureSecretKey,
    SignatureSuite,
)
from pqhybrid._stream import Signer, Verifier
from pqhybrid._suite import Suite, suite
from pqhybrid._tier import HIGH_STRENGTH, KEY_EXCHANGE, STANDARD, Tier
from pqhybrid.errors import (
    EncodingError,
    Finished,
    InternalError,
    InvalidCiphertext,
    InvalidPublicKey,
    InvalidSignature,
    LengthError,
    LibraryError,
    MissingDependency,
    PqhybridError,
    RandomSourceError,
    Wiped,
    WrongPassphrase,
    WrongSuite,
)

SUITES = (MLKEM768_X25519, MLKEM1024_X448, MLDSA65_ED25519, MLDSA87_ED448)


def backend() -> str:
    """Which code runs on this CPU, such as "x86-64-v3" or "aarch64-neon"."""
    return str(ffi.string(lib.pqh_backend()).decode("ascii"))


__all__ = [
    "HIGH_STRENGTH",
    "KEY_EXCHANGE",
    "MLDSA65_ED25519",
    "MLDSA87_ED448",
    "MLKEM1024_X448",
    "MLKEM768_X25519",
    "STANDARD",
    "SUITES",
    "EncodingError",
    "Finished",
    "InternalError",
    "InvalidCiphertext",
    "InvalidPublicKey",
    "InvalidSignature",
    "KemPublicKey",
    "KemSecretKey",
    "KemSuite",
    "LengthError",
    "LibraryError",
    "MissingDependency",
    "PqhybridError",
    "PublicKey",
    "RandomSourceError",
    "SecretBytes",
    "SecretKey",
    "SignaturePublicKey",
    "SignatureSecretKey",
    "SignatureSuite",
    "Signer",
    "Suite",
    "Tier",
    "Verifier",
    "Wiped",
    "WrongPassphrase",
    "WrongSuite",
    "__version__",
    "backend",
    "ct_equal",
    "suite",
    "wipe",
]
