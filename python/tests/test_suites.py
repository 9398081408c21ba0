"""The suites, keys and tiers as programs use them: what they are, what they take, how they compare."""

from __future__ import annotations

import array
import copy
import hashlib
import mmap
import pickle

import pytest
from interpreters import cpython_only
from samples import EVERY, KEM, KEMS, SIGNATURE, SIGNATURES, kinds, mapped

import pqhybrid
from pqhybrid import errors
from pqhybrid._ffi import ffi
from pqhybrid._library import readable


# ---- what is there -------------------------------------------------------------------------------


def test_names_and_tiers(cases):
    sizes = {
        "mlkem768_x25519": ("X-Wing", 3, 1216, 32, 1120, 32),
        "mlkem1024_x448": ("id-MLKEM1024-X448-SHA3-256", 5, 1624, 120, 1624, 32),
        "mldsa65_ed25519": ("id-MLDSA65-Ed25519-SHA512", 3, 1984, 64, 3373),
        "mldsa87_ed448": ("id-MLDSA87-Ed448-SHAKE256", 5, 2649, 89, 4741),
    }
    assert [each.name for each in pqhybrid.SUITES] == list(sizes)
    for suite in pqhybrid.SUITES:
        last = (suite.ciphertext_bytes, suite.shared_secret_bytes) if suite in KEMS else (suite.signature_bytes,)
        found = suite.title, suite.security_level, suite.public_key_bytes, suite.secret_key_bytes, *last
        assert found == sizes[suite.name]
        assert pqhybrid.suite(suite.name) is pqhybrid.suite(suite.name.upper().replace("_", "-")) is suite
        assert repr(suite) == f"<{suite.name}: {suite.title}>"
        assert pickle.loads(pickle.dumps(suite)) is copy.copy(suite) is copy.deepcopy(suite) is suite
        cases("suites")
    with pytest.raises(ValueError, match="'mlkem512'; there are: mlkem768_x25519, .*mldsa87_ed448"):
        pqhybrid.suite("mlkem512")
    assert (pqhybrid.STANDARD.kem, pqhybrid.STANDARD.signature) == (KEMS[0], SIGNATURES[0])
    assert (pqhybrid.HIGH_STRENGTH.kem, pqhybrid.HIGH_STRENGTH.signature) == (KEMS[1], SIGNATURES[1])
    assert pqhybrid.KEY_EXCHANGE.kem is KEMS[0]
    with pytest.raises(AttributeError, match="KEY_EXCHANGE is for key exchange alone: sign with STANDARD.signature"):
        _ = pqhybrid.KEY_EXCHANGE.signature
    assert repr(pqhybrid.STANDARD) == "<STANDARD: mldsa65_ed25519, mlkem768_x25519>"
    assert repr(pqhybrid.KEY_EXCHANGE) == "<KEY_EXCHANGE: mlkem768_x25519>"
    cases("tiers", 3)


def test_exceptions(cases):
    for name, each in vars(errors).items():
        if isinstance(each, type):
            assert issubclass(each, pqhybrid.PqhybridError) and each.__doc__
            assert getattr(pqhybrid, name) is each and name in pqhybrid.__all__
            cases("exceptions")
    for name in pqhybrid.__all__:
        assert hasattr(pqhybrid, name)


@EVERY
def test_keys_come_from_suites(suite, cases):
    key = suite.keygen()
    for kind in (type(key), type(key.public_key), pqhybrid.SecretKey, pqhybrid.PublicKey):
        with pytest.raises(TypeError, match="keys come from a"):
            kind()
        cases("constructors")
    assert isinstance(key, pqhybrid.SecretKey) and isinstance(key.public_key, pqhybrid.PublicKey)
    assert key.suite is key.public_key.suite is suite
    assert key.public_key is key.public_key
    seed = bytes(key.to_secret_bytes())
    assert len(seed) == suite.secret_key_bytes and len(bytes(key.public_key)) == suite.public_key_bytes
    again = pqhybrid.SecretKey.from_bytes(suite, seed)
    assert again == key and again.public_key == key.public_key
    assert pqhybrid.PublicKey.from_bytes(suite, bytes(key.public_key)) == key.public_key
    assert suite.keygen() != key
    cases("keys", 2)


# ---- what is taken -------------------------------------------------------------------------------


@KEM
def test_kem_takes_any_bytes_like_object(suite, cases):
    key = suite.keygen()
    ciphertext, secret = key.public_key.encaps()
    assert type(ciphertext) is bytes and len(ciphertext) == suite.ciphertext_bytes
    assert len(secret) == suite.shared_secret_bytes
    for each in kinds(ciphertext):
        assert key.decaps(each) == secret
        cases("ciphertexts")
    for each in kinds(bytes(key.to_secret_bytes())):
        assert suite.secret_key(each).decaps(ciphertext) == secret
        cases("secret keys")
    for each in kinds(bytes(key.public_key)):
        assert suite.public_key(each) == key.public_key
        cases("public keys")


@SIGNATURE
def test_signatures_take_any_bytes_like_object(suite, cases):
    key, msg, context = suite.keygen(), b"a message..", b"a context"
    signature = key.sign(msg, context)
    digest = {"mldsa65_ed25519": hashlib.sha512(msg).digest(), "mldsa87_ed448": hashlib.shake_256(msg).digest(64)}[
        suite.name
    ]
    assert type(signature) is bytes and len(signature) == suite.signature_bytes and len(digest) == suite.digest_bytes
    for each, sig, ctx in zip(kinds(msg), kinds(signature), kinds(context)):
        key.public_key.verify(key.sign(each, ctx), msg, context)
        key.public_key.verify(sig, each, ctx)
        signer, verifier = key.signer(ctx), key.public_key.verifier(sig, ctx)
        signer.update(each)
        key.public_key.verify(signer.sign(), msg, context)
        verifier.update(each)
        verifier.verify()
        cases("messages, signatures, contexts")
    for each in kinds(digest):
        key.public_key.verify(key.sign_prehashed(each, context), msg, context)
        key.public_key.verify_prehashed(signature, each, context)
        cases("digests")
    for each in kinds(b""):
        key.public_key.verify(key.sign(each, each), b"", b"")
        cases("empty")


@SIGNATURE
def test_contexts_of_every_length(suite, cases):
    key = suite.keygen()
    for length in range(256):
        context = bytes([length]) * length
        signature = key.sign(b"msg", context)
        key.public_key.verify(signature, b"msg", context)
        with pytest.raises(pqhybrid.InvalidSignature):
            key.public_key.verify(signature, b"msg", context[1:] if context else b"x")
        cases("lengths")
    long, signature = bytes(256), key.sign(b"")
    for call in (
        lambda: key.sign(b"", long),
        lambda: key.sign_prehashed(bytes(64), long),
        lambda: key.public_key.verify(signature, b"", long),
        lambda: key.public_key.verify_prehashed(signature, bytes(64), long),
        lambda: key.signer(long),
        lambda: key.public_key.verifier(signature, long),
    ):
        with pytest.raises(pqhybrid.LengthError, match="255"):
            call()
        cases("too long")


def address(pointer):
    return int(ffi.cast("uintptr_t", pointer))


def test_the_library_reads_where_the_caller_wrote(cases):
    """Whatever is not bytes goes to C by its own address; bytes go to CFFI, which passes their own too."""
    for each in (mapped(b"abc"), bytearray(b"abc"), array.array("B", b"abc"), memoryview(bytearray(b"xabc"))[1:]):
        given = readable("data", each)
        assert address(given) == address(ffi.from_buffer("uint8_t[]", each)) and len(given) == 3
        # The same memory: what changes later is seen.
        each[0:1] = each[2:3]
        assert bytes(ffi.buffer(given)) == b"cbc"
        cases("kinds")
    data = b"abc"
    assert readable("data", data) is data
    cases("kinds")


@cpython_only("tracemalloc, which sees every copy, is CPython's")
@SIGNATURE
def test_large_messages_are_not_copied(suite, cases):
    import tracemalloc

    key, size = suite.keygen(), 32 << 20
    big = bytes(size)
    signature = key.sign(big)
    kinds_of_big = [big, bytearray(big), memoryview(big), mmap.mmap(-1, size), array.array("B", big)]
    for each in kinds_of_big:
        tracemalloc.start()
        try:
            key.public_key.verify(signature, each)
            in_pieces = key.public_key.verifier(signature)
            in_pieces.update(each)
            in_pieces.verify()
            peak = tracemalloc.get_traced_memory()[1]
            # The test of the test: a copy would be seen.
            copied = bytes(memoryview(big)[:-1])
            seen = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 1 << 20 < len(copied) <= seen
        cases("kinds")
