"""Text around keys: what RFC 7468 lets a file look like, and what is said of files that are damaged."""

from __future__ import annotations

import base64

import pytest
from conftest import SEED
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

import pqhybrid
from pqhybrid.errors import EncodingError, PqhybridError

SECRETS = [suite.keygen() for suite in pqhybrid.SUITES]
PEMS = [bytes(key.to_pem()) for key in SECRETS]
SECRET, PEM = SECRETS[2], PEMS[2]
LINES = PEM.split(b"\n")
BODY = b"".join(LINES[1:-2])
BEGIN, END = LINES[0], LINES[-2]
CERTIFICATE = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"

many = settings(
    max_examples=300, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize(
    "text",
    [
        PEM.rstrip(b"\n"),
        PEM.replace(b"\n", b"\r\n"),
        PEM.replace(b"\n", b"\r"),
        b"\xef\xbb\xbf" + PEM,
        b"My key:\n\n" + PEM + b"\nEnd of my key -----\n",
        "Schl\u00fcssel \u2713\n".encode() + PEM,
        b"\xff\xfe\x00 not text\n" + PEM,
        b"    " + PEM.replace(b"\n", b"\n    "),
        PEM.replace(b"\n", b" \t\n"),
        PEM.replace(b"\n", b"\n\n"),
        BEGIN + b"\n" + BODY + b"\n" + END,
        BEGIN + BODY + END,
        BEGIN + b"\n" + b"\n".join(BODY[at : at + 1] for at in range(len(BODY))) + b"\n" + END,
        CERTIFICATE + PEM + CERTIFICATE,
        SECRET.public_key.to_pem() + PEM,
        b"not at the start of a line: -----BEGIN PRIVATE KEY-----\n" + PEM,
    ],
    ids=lambda _: "",
)
def test_what_is_tolerated(text, cases):
    assert pqhybrid.SecretKey.from_pem(text) == SECRET
    assert pqhybrid.SecretKey.from_pem(text.decode("utf-8", "surrogateescape")) == SECRET
    cases("tolerated", 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "there is nothing"),
        (b"hello", "not its name"),
        (b"\n\n", "this is no PEM"),
        (PEM[:20], "cut off or damaged in its first line"),
        (BEGIN, "last line is missing"),
        (BEGIN + b"\n", "last line is missing"),
        (PEM[: len(PEM) // 2], "last line is missing"),
        (PEM[:-30], "last line is missing"),
        (PEM[:-6], "damaged in its last line"),
        (PEM[:-12], "damaged in its last line"),
        (PEM[: len(PEM) // 2] + b"\n" + PEM, "last line is missing"),
        (BEGIN + b"\n" + END, "lacks some of its base64"),
        (PEM.replace(END, b"-----END PUBLIC KEY-----"), "ends with another"),
        (PEM.replace(BEGIN, b"-----BEGIN ENCRYPTED PRIVATE KEY-----"), "ends with another"),
        (PEM.replace(BEGIN, b"-----BEGIN private key-----"), "damaged in its first line"),
        (PEM.replace(BEGIN, b"-----BEGIN -----"), "damaged in its first line"),
        (PEM.replace(BEGIN, b"-----BEGIN " + b"A" * 100 + b"-----"), "damaged in its first line"),
        (PEM + PEM, "there are 2 PEM blocks"),
        (b"".join(PEMS), "there are 4 PEM blocks"),
        (PEM + bytes(SECRET.to_pem(b"secret")), "there are 2 PEM blocks"),
        (SECRET.public_key.to_pem(), "PEM of a public key"),
        (CERTIFICATE, "public_key_from_certificate"),
        (PEM.replace(b"PRIVATE", b"RSA PRIVATE"), "'RSA PRIVATE KEY', a format that pqhybrid does not read"),
        (PEM.replace(b"PRIVATE", b"EC PRIVATE"), "'EC PRIVATE KEY', a format that pqhybrid does not read"),
        (PEM.replace(b"PRIVATE", b"OPENSSH PRIVATE"), "'OPENSSH PRIVATE KEY', a format"),
        (PEM.replace(b"PRIVATE KEY", b"MESSAGE"), "PEM of 'MESSAGE'"),
        (BEGIN + b"\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n" + BODY + b"\n" + END, "header lines"),
        (BEGIN + BODY[:-1] + END, "lacks some of its base64"),
        (BEGIN + BODY[:-4] + b"A===" + END, "not base64"),
        (BEGIN + BODY[:8] + b"=" + BODY[9:] + END, "not base64"),
        (BEGIN + BODY[:8] + b"-" + BODY[9:] + END, "not base64"),
        (BEGIN + BODY[:8] + b"\\n" + BODY[8:] + END, "not base64"),
        (BEGIN + BODY[:8] + b"\0" + BODY[8:] + END, "not base64"),
        (BEGIN + b"====" + END, "not base64"),
        (BEGIN + b"AAAA" + END, "cannot be read"),
        (BEGIN + b"AA==" + END, "cannot be read"),
        (BEGIN + b"AB==" + END, "impossible base64"),
        (BEGIN + b"AAB=" + END, "impossible base64"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_is_refused(text, said, cases):
    for each in (text, bytearray(text), text.decode()):
        with pytest.raises(EncodingError) as caught:
            pqhybrid.SecretKey.from_pem(each)
        assert said in str(caught.value) and len(str(caught.value)) < 600
        assert "\n" not in str(caught.value)
        cases("refused")


@pytest.mark.parametrize("pem", PEMS + [SECRET.public_key.to_pem()], ids=lambda _: "")
def test_every_truncation(pem, cases):
    read = pqhybrid.PublicKey.from_pem if b"PUBLIC" in pem else pqhybrid.SecretKey.from_pem
    # Without its last newline it is still whole.
    for length in range(len(pem) - 1):
        with pytest.raises(EncodingError):
            read(pem[:length])
    read(pem[:-1])
    cases("truncated", len(pem) - 1)


def unchanged_or_refused(read, key, text):
    """Whether text is refused with an exception of the package; else it holds a key."""
    try:
        found = read(text)
    except PqhybridError as error:
        assert isinstance(error, (EncodingError, pqhybrid.WrongPassphrase))
        return True
    assert type(found) is type(key)
    return False


edits = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 3), st.binary(max_size=4)), min_size=1, max_size=4
)

anything = st.one_of(st.binary(), st.binary().map(lambda some: b"\x30\x82" + some))


@seed(SEED)
@many
@given(which=st.integers(0, 3), public=st.booleans(), changes=edits)
def test_any_edit(which, public, changes, cases):
    key = SECRETS[which].public_key if public else SECRETS[which]
    text = bytearray(key.to_pem() if public else PEMS[which])
    for where, cut, put in changes:
        at = int(where * len(text))
        text[at : at + cut] = put
    read = pqhybrid.PublicKey.from_pem if public else pqhybrid.SecretKey.from_pem
    unchanged_or_refused(read, key, text)
    cases("edits")


@seed(SEED)
@many
@given(
    text=st.one_of(
        st.text(),
        st.binary(),
        st.lists(
            st.sampled_from(
                [BEGIN, END, b"-----BEGIN ", b"-----END ", b"-----", b"\n", b" ", b"=", b"AAAA", BODY, b"\xff", b"KEY"]
            ),
            max_size=12,
        ).map(b"".join),
    )
)
def test_any_text(text, cases):
    refused = unchanged_or_refused(pqhybrid.SecretKey.from_pem, SECRET, text)
    assert refused or (BODY if isinstance(text, bytes) else BODY.decode()) in text
    cases("texts")


@seed(SEED)
@many
@given(which=st.integers(0, 3), data=anything, changes=edits)
def test_any_der(which, data, changes, cases):
    key = SECRETS[which]
    mutated = bytearray(bytes(key.to_der()))
    for where, cut, put in changes:
        at = int(where * len(mutated))
        mutated[at : at + cut] = put
    for each in (data, mutated):
        unchanged_or_refused(pqhybrid.SecretKey.from_der, key, each)
        assert unchanged_or_refused(pqhybrid.PublicKey.from_der, key.public_key, each)
        for read in (pqhybrid.encoding.public_key_from_certificate, pqhybrid.encoding.verify_self_signed):
            assert unchanged_or_refused(read, key.public_key, each)
        cases("DER", 4)
    # Around any DER, the text is what base64 makes of it.
    text = b"-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n" % base64.b64encode(mutated)
    unchanged_or_refused(pqhybrid.SecretKey.from_pem, key, text)


def test_long_files_take_no_longer_than_they_are(cases):
    for noise in (b"-----BEGIN ", b" \t" * 10, b"x-----BEGIN PRIVATE KEY-----", b"-----END A-----\n", b"\n", b"="):
        text = noise * (1_000_000 // len(noise)) + b"\n" + PEM
        unchanged_or_refused(pqhybrid.SecretKey.from_pem, SECRET, text)
        cases("megabytes")
