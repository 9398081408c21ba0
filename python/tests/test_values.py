"""How keys and secrets compare, hash, show and pickle: public ones as values do, secret ones not at all."""

from __future__ import annotations

import copy
import pickle

import pytest
from samples import EVERY, KEMS, NOT_BYTES

import pqhybrid


@EVERY
def test_public_keys_are_values(suite, cases):
    key = suite.keygen()
    public, other = key.public_key, suite.keygen().public_key
    same = suite.public_key(bytearray(bytes(public)))
    assert same == public and hash(same) == hash(public) and len({same, public, other}) == 2
    assert public != other and public != bytes(public) and public != key
    for again in (pickle.loads(pickle.dumps(public)), copy.copy(public), copy.deepcopy(public)):
        assert again == public and again.suite is suite and type(again) is type(public)
        cases("copies")
    fingerprint = public.fingerprint
    assert len(fingerprint) == 64 and int(fingerprint, 16) and fingerprint != other.fingerprint
    assert repr(public) == f"<PublicKey of {suite.name}: {fingerprint[:16]}>"
    cases("keys")


def shown(value):
    return " ".join([repr(value), str(value), f"{value}", "%r %s" % (value, value), ascii(value)])


@EVERY
def test_secrets_do_not_show_and_do_not_leave(suite, cases):
    key = suite.keygen()
    seed = key.to_secret_bytes()
    raw = bytes(seed)
    objects = [key, seed]
    if suite in KEMS:
        objects.append(key.public_key.encaps()[1])
    else:
        objects.append(key.signer())
    for each in objects:
        text = shown(each)
        for spelled in (raw.hex(), raw[:8].hex(), repr(raw)[2:-1], repr(raw[:8])[2:-1]):
            assert spelled not in text
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            with pytest.raises(TypeError):
                pickle.dumps(each, protocol)
        for copied in (copy.copy, copy.deepcopy):
            with pytest.raises(TypeError):
                copied(each)
        if each not in objects[2:] or suite in KEMS:
            with pytest.raises(TypeError, match="unhashable"):
                hash(each)
            assert not hasattr(each, "__dict__")
        cases("objects")
    assert repr(key) == f"<SecretKey of {suite.name}>" and repr(seed) == f"<SecretBytes: {len(raw)} bytes>"
    key.wipe(), seed.wipe()
    assert repr(key) == f"<SecretKey of {suite.name}, wiped>" and repr(seed) == "<SecretBytes: wiped>"
    # Exceptions speak of lengths and types alone.
    for wrong in (raw[:-1], raw + b"x", raw.decode("latin-1")):
        with pytest.raises((pqhybrid.LengthError, TypeError)) as refused:
            suite.secret_key(wrong)
        assert raw[:8].hex() not in shown(refused.value) and repr(raw[:8])[2:-1] not in shown(refused.value)
        assert refused.value.__suppress_context__ or refused.value.__context__ is None
    cases("texts", 5)


@EVERY
def test_secret_keys_compare(suite, cases):
    key = suite.keygen()
    raw = bytes(key.to_secret_bytes())
    assert key == suite.secret_key(raw) and not key != suite.secret_key(raw)
    for at in (0, len(raw) - 1):
        changed = bytearray(raw)
        changed[at] ^= 1
        assert key != suite.secret_key(changed)
    assert key != raw and key != key.public_key
    cases("comparisons", 6)


def test_secret_bytes_compare(cases):
    secret = pqhybrid.SecretBytes(b"secret")
    for same in (b"secret", bytearray(b"secret"), memoryview(b"secret"), pqhybrid.SecretBytes(b"secret"), secret):
        assert secret == same and not secret != same and same == secret
        cases("equal")
    for other in (b"secres", b"secret!", b"", bytearray(6), pqhybrid.SecretBytes(b"secreT"), "secret", None, 6):
        assert secret != other and not secret == other
        cases("not equal")
    assert len(secret) == 6 and secret and not pqhybrid.SecretBytes(b"") and bytes(secret) == secret.view() == b"secret"
    assert pqhybrid.SecretBytes(b"") == b""
    assert pqhybrid.SecretBytes.random(40) != pqhybrid.SecretBytes.random(40)
    assert len(pqhybrid.SecretBytes.random(40)) == 40
    assert pqhybrid.ct_equal(b"ab", bytearray(b"ab")) is True and pqhybrid.ct_equal(b"ab", b"ac") is False
    assert pqhybrid.ct_equal(b"ab", b"abc") is False and pqhybrid.ct_equal(b"", b"") is True
    for wrong in NOT_BYTES:
        for call in (
            pqhybrid.SecretBytes,
            pqhybrid.wipe,
            lambda each: pqhybrid.ct_equal(each, b""),
            lambda each: pqhybrid.ct_equal(b"", each),
        ):
            with pytest.raises(TypeError):
                call(wrong)
            cases("refused")
