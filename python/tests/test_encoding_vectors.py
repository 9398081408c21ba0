"""The drafts' own keys, certificates, ciphertexts and signatures, read from the files that they published."""

from __future__ import annotations

import base64
import json
from importlib.util import find_spec

import pytest
from conftest import vectors_folder
from cryptography import x509
from vectors_to_text import KEMS, SIGNATURES, signed_part

import pqhybrid
from pqhybrid import encoding
from pqhybrid.errors import EncodingError, InvalidSignature

MLDSA = "cryptography.hazmat.primitives.asymmetric.mldsa"

# What the drafts publish for comparison beside their composites.
ALONE = {"id-alg-ml-kem-768", "id-alg-ml-kem-1024", "id-ML-DSA-44", "id-ML-DSA-65", "id-ML-DSA-87"}


def decoded(case):
    return {name: value if name == "tcId" else base64.b64decode(value) for name, value in case.items()}


@pytest.fixture(scope="module")
def kem():
    document = json.loads((vectors_folder() / "lamps-composite-kem" / "testvectors.json").read_text())
    return base64.b64decode(document["cacert"]), [decoded(case) for case in document["tests"]]


@pytest.fixture(scope="module")
def signatures():
    document = json.loads((vectors_folder() / "lamps-composite-sigs" / "testvectors.json").read_text())
    plain, context = base64.b64decode(document["m"]), base64.b64decode(document["ctx"])
    return plain, context, [decoded(case) for case in document["tests"]]


def as_pem(label, der):
    lines = base64.encodebytes(der).replace(b"\n", b"")
    return b"-----BEGIN %s-----\n%s\n-----END %s-----\n" % (label, lines, label)


def read_in_both_forms(case, private, raw, suite):
    """The secret key in a case, which is written again to the same bytes."""
    der = case[private]
    key = pqhybrid.SecretKey.from_der(der, suite=suite)
    assert key == pqhybrid.SecretKey.from_pem(as_pem(b"PRIVATE KEY", der), suite=suite)
    assert bytes(key.to_secret_bytes()) == case[raw]
    assert bytes(key.to_der()) == der
    assert bytes(pqhybrid.SecretKey.from_pem(key.to_pem()).to_der()) == der
    return key


def certified(case, public, suite):
    """The public key in a case's certificate, whose SubjectPublicKeyInfo is what is written here."""
    certificate = case["x5c"]
    key = encoding.public_key_from_certificate(certificate)
    assert key == encoding.public_key_from_certificate(as_pem(b"CERTIFICATE", certificate))
    assert key.suite is suite and bytes(key) == public
    assert certificate.count(key.to_der(lamps=True)) == 1
    theirs = x509.load_der_x509_certificate(certificate)
    assert theirs.public_key_algorithm_oid.dotted_string in {form.dotted for form in encoding._FORMATS}
    return key, theirs


def test_composite_kem(kem, cases):
    for case in kem[1]:
        if case["tcId"] in KEMS:
            suite = pqhybrid.suite(KEMS[case["tcId"]])
            key = read_in_both_forms(case, "dk_pkcs8", "dk", suite)
            assert key.decaps(case["c"]) == case["k"]
            public, _ = certified(case, case["ek"], suite)
            assert key.public_key == public
            with pytest.raises(InvalidSignature, match="its issuer is not its subject"):
                encoding.verify_self_signed(case["x5c"])
            cases("composite KEM")


@pytest.mark.skipif(find_spec(MLDSA) is None, reason="this cryptography is too old for ML-DSA")
def test_issuer_of_composite_kem(kem, cases):
    """ML-DSA-65 alone signed these certificates, which PyPI's cryptography verifies."""
    issuer = x509.load_der_x509_certificate(kem[0])
    for case in kem[1]:
        if case["tcId"] in KEMS:
            certificate = x509.load_der_x509_certificate(case["x5c"])
            certificate.verify_directly_issued_by(issuer)
            # What it verified is what the key is read out of.
            assert signed_part(case["x5c"]) == (certificate.tbs_certificate_bytes, certificate.signature)
            cases("issuer of composite KEM")


def test_composite_signatures(signatures, cases):
    message, context, tests = signatures
    for case in tests:
        if case["tcId"] in SIGNATURES:
            suite = pqhybrid.suite(SIGNATURES[case["tcId"]][0])
            key = read_in_both_forms(case, "sk_pkcs8", "sk", suite)
            public, theirs = certified(case, case["pk"], suite)
            assert key.public_key == public
            public.verify(case["s"], message)
            public.verify(case["sWithContext"], message, context)
            assert encoding.verify_self_signed(case["x5c"]) == public
            assert encoding.verify_self_signed(as_pem(b"CERTIFICATE", case["x5c"]).decode()) == public
            assert signed_part(case["x5c"]) == (theirs.tbs_certificate_bytes, theirs.signature)
            cases("composite signatures")


def test_changed_certificates(signatures, rng, cases):
    for case in signatures[2]:
        if case["tcId"] in SIGNATURES:
            certificate = case["x5c"]
            signed, _ = signed_part(certificate)
            headers = range(24)
            for at in [*headers, *(rng.randrange(len(certificate)) for _ in range(300))]:
                changed = bytearray(certificate)
                changed[at] ^= 1 << rng.randrange(8)
                with pytest.raises((EncodingError, InvalidSignature)):
                    encoding.verify_self_signed(changed)
                cases("changed certificates")
            for length in [*range(64), *(rng.randrange(len(certificate)) for _ in range(100))]:
                for read in (encoding.verify_self_signed, encoding.public_key_from_certificate):
                    with pytest.raises(EncodingError):
                        read(certificate[:length])
                cases("truncated certificates", 2)


def test_what_is_not_supported_is_named(kem, signatures, cases):
    for case in kem[1] + signatures[2]:
        name = case["tcId"]
        if name not in KEMS and name not in SIGNATURES:
            private = case["dk_pkcs8"] if "dk_pkcs8" in case else case["sk_pkcs8"]
            said = "alone" if name in ALONE else "another composite of LAMPS"
            for read, data in (
                (pqhybrid.SecretKey.from_der, private),
                (encoding.public_key_from_certificate, case["x5c"]),
                (encoding.verify_self_signed, case["x5c"]),
            ):
                with pytest.raises(EncodingError, match=said):
                    read(data)
                cases("other algorithms")
