"""Certificates that are made here, part by part: what is read out of them, verified and refused."""

from __future__ import annotations

import pytest
from test_encoding import KEYS, refused

import pqhybrid
from pqhybrid import _der, encoding
from pqhybrid._der import encoded, encoded_integer, encoded_object_identifier
from pqhybrid.errors import EncodingError, InvalidSignature

SIGNERS = [key for key in KEYS if isinstance(key, pqhybrid.SignatureSecretKey)]
each_signer = pytest.mark.parametrize("key", SIGNERS, ids=[key.suite.name for key in SIGNERS])


def name(text):
    attribute = encoded(_der.SEQUENCE, encoded_object_identifier("2.5.4.3"), encoded(0x0C, text))
    return encoded(_der.SEQUENCE, encoded(0x31, attribute))


def certificate(
    key,
    signed_by=None,
    issuer=name(b"me"),
    subject=name(b"me"),
    public=None,
    inner=None,
    outer=None,
    version=encoded(0xA0, encoded_integer(2)),
    context=b"",
    unused=b"\0",
    after=b"",
    change=lambda signature: signature,
):
    signed_by = signed_by or key
    algorithm = encoding._format_of(signed_by, False).algorithm
    times = encoded(_der.SEQUENCE, encoded(0x17, b"260101000000Z"), encoded(0x17, b"360101000000Z"))
    public = public or key.public_key.to_der()
    extensions = encoded(0xA3, encoded(_der.SEQUENCE))
    parts = (version, encoded_integer(4711), inner or algorithm, issuer, times, subject, public, extensions)
    tbs = encoded(_der.SEQUENCE, *parts)
    signature = signed_by.sign(tbs, context) if isinstance(signed_by, pqhybrid.SignatureSecretKey) else bytes(64)
    bits = encoded(_der.BIT_STRING, unused, change(signature))
    return encoded(_der.SEQUENCE, tbs, outer or inner or algorithm, bits, after)


def as_pem(der):
    return pqhybrid.encoding._pem.encode("CERTIFICATE", der)


@each_signer
def test_self_signed(key, cases):
    for good in (certificate(key), certificate(key, version=b"")):
        pem = as_pem(good)
        for data in (good, bytearray(good), memoryview(good), pem, pem.decode(), b"0 text\n" + pem):
            assert encoding.verify_self_signed(data) == key.public_key
            assert encoding.public_key_from_certificate(data) == key.public_key
            cases("self-signed", 2)


@each_signer
def test_not_self_signed(key, cases):
    other = key.suite.keygen()
    another_suite = next(each for each in SIGNERS if each is not key)
    form = encoding._format_of(another_suite, False)
    for bad, said in (
        (certificate(key, other), "not valid"),
        (certificate(key, subject=name(b"you")), "its issuer is not its subject"),
        (certificate(key, another_suite), "not of its key's algorithm"),
        (certificate(key, inner=form.algorithm), "not of its key's algorithm"),
        (certificate(KEYS[0]), "not of its key's algorithm"),
        (certificate(key, context=b"certificate"), "not valid"),
        (certificate(key, change=lambda signature: signature[:-1]), "not valid"),
        (certificate(key, change=lambda signature: signature + b"\0"), "not valid"),
        (certificate(key, change=lambda signature: b""), "not valid"),
        (certificate(key, change=lambda signature: signature[:-1] + bytes((signature[-1] ^ 1,))), "not valid"),
    ):
        assert said in refused(encoding.verify_self_signed, bad, InvalidSignature)
        encoding.public_key_from_certificate(bad)
        cases("not self-signed")


@each_signer
def test_a_key_that_is_none(key, cases):
    """The neutral element signs for everybody, so it signs for nobody."""
    half = 32 if key.suite is pqhybrid.MLDSA65_ED25519 else 57
    public = key.suite.public_key(bytes(key.public_key)[:-half] + b"\1" + bytes(half - 1))
    bad = certificate(key, public=public.to_der())
    assert "not valid" in refused(encoding.verify_self_signed, bad, InvalidSignature)
    cases("small order")


@each_signer
def test_malformed(key, cases):
    form = encoding._format_of(next(each for each in SIGNERS if each is not key), False)
    identifier = encoding._format_of(key, False).algorithm
    with_null = encoded(_der.SEQUENCE, identifier[2:], encoded(_der.NULL))
    wrong_key = encoded(_der.SEQUENCE, with_null, encoded(_der.BIT_STRING, b"\0", bytes(key.public_key)))
    for bad, said in (
        (certificate(key, outer=form.algorithm), "two signature algorithms"),
        (certificate(key, outer=with_null), "two signature algorithms"),
        (certificate(key, unused=b"\1"), "not a whole number of bytes"),
        (certificate(key, after=b"\5\0"), "follow where it should end"),
        (certificate(key) + b"\0", "follow where it should end"),
        (certificate(key)[:-1], "a part is missing"),
        (certificate(key, public=wrong_key), "must be absent"),
        (certificate(key, public=encoded(_der.SEQUENCE)), "a part is missing"),
        (certificate(key, public=key.public_key.to_der()[:-1]), "cannot be read"),
        (certificate(key, version=encoded(0xA1, encoded_integer(2))), "something else"),
        (as_pem(certificate(key)) * 2, "there are 2 PEM blocks"),
        (as_pem(certificate(key))[:-40], "cut off"),
        (key.public_key.to_pem(), "PEM of a public key"),
        (key.public_key.to_der(), "cannot be read"),
        (b"", "there is nothing"),
        ("", "there is nothing"),
        (b"0", "this is no PEM"),
    ):
        for read in (encoding.verify_self_signed, encoding.public_key_from_certificate):
            assert said in refused(read, bad)
            cases("malformed")
    # Here the signature names parameters in both places, and is one of its key.
    bad = certificate(key, inner=with_null)
    assert "not of its key's algorithm" in refused(encoding.verify_self_signed, bad, InvalidSignature)
    assert "certificate" in refused(pqhybrid.PublicKey.from_der, certificate(key))
    assert "public_key_from_certificate" in refused(pqhybrid.PublicKey.from_pem, as_pem(certificate(key)))
    for wrong in (None, 5, object()):
        refused(encoding.verify_self_signed, wrong, TypeError)
    cases("malformed", 6)


@each_signer
def test_every_byte(key, cases):
    good = certificate(key)
    for at in [*range(200), *range(200, len(good), 11)]:
        changed = bytearray(good)
        changed[at] ^= 0x20
        with pytest.raises((EncodingError, InvalidSignature)):
            encoding.verify_self_signed(changed)
        cases("changed bytes")
