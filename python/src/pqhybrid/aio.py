"""For asyncio: every operation as a coroutine, which runs in a thread while the event loop goes on.

The library lets go of Python's lock (the GIL) while it computes, so operations of one server run on all processors. A single
operation takes about a millisecond at most: what is gained is that many of them, or a large file, do not hold up the loop.

    from pqhybrid import aio

    signature = await aio.sign(secret_key, b"hello")
    await aio.verify(public_key, signature, b"hello")

Arguments, results and exceptions are those of the methods with the same name. To cancel the task does not stop the thread:
the operation runs to its end, and its result is dropped, which wipes it if it is secret.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Optional, Union, overload

if TYPE_CHECKING:
    from pqhybrid._kem import KemPublicKey, KemSecretKey, KemSuite
    from pqhybrid._secret import SecretBytes
    from pqhybrid._signature import SignaturePublicKey, SignatureSecretKey, SignatureSuite
    from pqhybrid._types import Buffer, Path, Progress, Readable


@overload
async def keygen(suite: KemSuite) -> KemSecretKey: ...
@overload
async def keygen(suite: SignatureSuite) -> SignatureSecretKey: ...
async def keygen(suite: Union[KemSuite, SignatureSuite]) -> Union[KemSecretKey, SignatureSecretKey]:
    """A new secret key of a suite: KemSuite.keygen, SignatureSuite.keygen."""
    return await asyncio.to_thread(suite.keygen)


async def encaps(key: KemPublicKey) -> tuple[bytes, SecretBytes]:
    """The ciphertext and the shared secret: KemPublicKey.encaps."""
    return await asyncio.to_thread(key.encaps)


async def decaps(key: KemSecretKey, ciphertext: Buffer) -> SecretBytes:
    """The shared secret: KemSecretKey.decaps."""
    return await asyncio.to_thread(key.decaps, ciphertext)


async def sign(key: SignatureSecretKey, msg: Buffer, context: Buffer = b"") -> bytes:
    """The signature: SignatureSecretKey.sign."""
    return await asyncio.to_thread(key.sign, msg, context)


async def verify(key: SignaturePublicKey, signature: Buffer, msg: Buffer, context: Buffer = b"") -> None:
    """Returns if the signature is valid, else raises InvalidSignature: SignaturePublicKey.verify."""
    await asyncio.to_thread(key.verify, signature, msg, context)


async def sign_file(
    key: SignatureSecretKey, file: Union[Path, Readable], context: Buffer = b"", progress: Optional[Progress] = None
) -> bytes:
    """The signature of a file: SignatureSecretKey.sign_file. progress is called in the thread."""
    return await asyncio.to_thread(key.sign_file, file, context, progress)


async def verify_file(
    key: SignaturePublicKey,
    signature: Buffer,
    file: Union[Path, Readable],
    context: Buffer = b"",
    progress: Optional[Progress] = None,
) -> None:
    """Returns if the signature of a file is valid: SignaturePublicKey.verify_file. progress is called in the thread."""
    await asyncio.to_thread(key.verify_file, signature, file, context, progress)


__all__ = ["decaps", "encaps", "keygen", "sign", "sign_file", "verify", "verify_file"]
