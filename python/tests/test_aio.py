"""The coroutines give what the methods give, raise what they raise, and leave the event loop free."""

import asyncio
import threading

import pytest

import pqhybrid
from pqhybrid import aio


@pytest.mark.parametrize("suite", [s for s in pqhybrid.SUITES if isinstance(s, pqhybrid.KemSuite)], ids=lambda s: s.name)
def test_kem(suite, cases):
    async def main():
        key = await aio.keygen(suite)
        ciphertext, secret = await aio.encaps(key.public_key)
        assert await aio.decaps(key, ciphertext) == secret
        with pytest.raises(pqhybrid.LengthError):
            await aio.decaps(key, ciphertext[1:])

    asyncio.run(main())
    cases(suite.name, 2)


@pytest.mark.parametrize(
    "suite", [s for s in pqhybrid.SUITES if isinstance(s, pqhybrid.SignatureSuite)], ids=lambda s: s.name
)
def test_signature(suite, cases, tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"hello" * 1000)
    told = []

    async def main():
        key = await aio.keygen(suite)
        signature = await aio.sign(key, b"hello", b"context")
        await aio.verify(key.public_key, signature, b"hello", b"context")
        with pytest.raises(pqhybrid.InvalidSignature):
            await aio.verify(key.public_key, signature, b"hello")
        signature = await aio.sign_file(key, file, b"context", told.append)
        await aio.verify_file(key.public_key, signature, file, b"context", told.append)
        key.public_key.verify(signature, b"hello" * 1000, b"context")
        with pytest.raises(pqhybrid.InvalidSignature):
            await aio.verify_file(key.public_key, signature, file)

    asyncio.run(main())
    assert told == [5000, 5000]
    cases(suite.name, 5)


def test_the_loop_goes_on(cases):
    """A file whose read() waits for the event loop would never end if the loop waited for it."""
    released = threading.Event()
    key = pqhybrid.STANDARD.signature.keygen()

    class Slow:
        pieces = [b"end", b""]

        def read(self, size):
            assert released.wait(60)
            return self.pieces.pop(0)

    async def main():
        signing = asyncio.create_task(aio.sign_file(key, Slow()))
        await asyncio.sleep(0)
        released.set()
        return await signing

    key.public_key.verify(asyncio.run(main()), b"end")
    cases("event loop")
