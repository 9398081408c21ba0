"""What type checkers must understand of the package, seen by a program that uses it. Checked by mypy and pyright, never run."""

from __future__ import annotations

from typing import Union

from typing_extensions import assert_type

import pqhybrid
from pqhybrid import aio, lowlevel
from pqhybrid import KemPublicKey, KemSecretKey, SecretBytes, SignaturePublicKey, SignatureSecretKey


def signatures(pem: bytes) -> None:
    key = pqhybrid.STANDARD.signature.keygen()
    assert_type(key, SignatureSecretKey)
    assert_type(key.public_key, SignaturePublicKey)
    assert_type(key.sign(bytearray(b"hello"), context=memoryview(b"context")), bytes)
    assert_type(key.to_pem(), SecretBytes)
    assert_type(key.to_pem(b"passphrase"), bytes)
    assert_type(pqhybrid.SecretKey.from_pem(pem, suite=pqhybrid.MLDSA65_ED25519), SignatureSecretKey)
    assert_type(pqhybrid.PublicKey.from_bytes(pqhybrid.MLDSA87_ED448, pem), SignaturePublicKey)


def key_exchange(pem: str) -> None:
    key = pqhybrid.MLKEM768_X25519.keygen()
    assert_type(key, KemSecretKey)
    assert_type(key.public_key, KemPublicKey)
    ciphertext, secret = key.public_key.encaps()
    assert_type(ciphertext, bytes)
    assert_type(secret, SecretBytes)
    assert_type(key.decaps(ciphertext), SecretBytes)
    assert_type(pqhybrid.SecretKey.from_pem(pem, b"passphrase", suite=pqhybrid.MLKEM1024_X448), KemSecretKey)


def either(pem: bytes) -> None:
    key = pqhybrid.SecretKey.from_pem(pem)
    assert_type(key, Union[KemSecretKey, SignatureSecretKey])
    if isinstance(key, SignatureSecretKey):
        key.sign(b"hello")


async def coroutines() -> None:
    key = await aio.keygen(pqhybrid.HIGH_STRENGTH.signature)
    assert_type(key, SignatureSecretKey)
    assert_type(await aio.keygen(pqhybrid.HIGH_STRENGTH.kem), KemSecretKey)
    assert_type(await aio.sign(key, b"hello"), bytes)


def c() -> int:
    return lowlevel.pqh_random_bytes(bytearray(32))
