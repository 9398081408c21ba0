"""Keys as PEM and DER: what is written, what is read, what is refused and how that is said."""

from __future__ import annotations

import base64
import platform
import sys
import traceback

import pytest

import pqhybrid
from pqhybrid import _der, encoding
from pqhybrid.errors import EncodingError, WrongPassphrase, WrongSuite

# What stands before the key, from the drafts' own examples; for X-Wing by hand, from X.690.
PUBLIC_HEADERS = {
    "mlkem768_x25519": "308204d4300d060b2b0601040183e62d81c87a038204c100",
    "mlkem1024_x448": "30820669300a06082b060105050706410382065900",
    "mldsa65_ed25519": "308207d1300a06082b06010505070630038207c100",
    "mldsa87_ed448": "30820a6a300a06082b0601050507063303820a5a00",
}
SECRET_HEADERS = {
    "mlkem768_x25519": "3034020100300d060b2b0601040183e62d81c87a0420",
    "mlkem1024_x448": "308189020100300a06082b060105050706410478",
    "mldsa65_ed25519": "3051020100300a06082b060105050706300440",
    "mldsa87_ed448": "306a020100300a06082b060105050706330459",
}
LAMPS_PUBLIC_HEADER = "308204d1300a06082b0601050507063a038204c100"
LAMPS_SECRET_HEADER = "3071020100300a06082b0601050507063a0460"

scrubbed = pytest.mark.skipif(
    platform.python_implementation() != "CPython", reason="elsewhere Python moves bytes, so they cannot be scrubbed"
)


def secret_keys():
    """A key of each suite, and one of the second form of X-Wing's."""
    keys = [suite.keygen() for suite in pqhybrid.SUITES]
    with pqhybrid.SecretBytes.random(96) as lamps:
        return [*keys, pqhybrid.MLKEM768_X25519.secret_key(lamps.view())]


KEYS = secret_keys()
NAMES = [f"{key.suite.name}_{len(key.to_secret_bytes())}" for key in KEYS]
each_key = pytest.mark.parametrize("key", KEYS, ids=NAMES)


def same(read, key):
    return type(read) is type(key) and read == key and read.public_key == key.public_key


def refused(read, data, exception=EncodingError):
    """The text of what reading data raises, which has no second exception behind it."""
    with pytest.raises(exception) as caught:
        read(data)
    assert type(caught.value) is exception
    assert caught.value.__cause__ is None and (caught.value.__context__ is None or caught.value.__suppress_context__)
    return str(caught.value)


@each_key
def test_round_trips(key, cases):
    secret, public = pqhybrid.SecretKey, pqhybrid.PublicKey
    der, pem = key.to_der(), key.to_pem()
    assert type(der) is type(pem) is pqhybrid.SecretBytes
    for text in (pem, bytes(pem), bytearray(bytes(pem)), memoryview(bytes(pem)), bytes(pem).decode()):
        assert same(secret.from_pem(text), key)
        assert same(secret.from_pem(text, suite=key.suite), key)
        cases("PEM of secret keys")
    for data in (der, bytes(der), bytearray(bytes(der)), memoryview(bytes(der))):
        assert same(secret.from_der(data), key)
        cases("DER of secret keys")
    for lamps in (False, True):
        der, pem = key.public_key.to_der(lamps=lamps), key.public_key.to_pem(lamps=lamps)
        for text in (pem, bytearray(pem), pem.decode()):
            assert public.from_pem(text, suite=key.suite) == public.from_pem(text) == key.public_key
        for data in (der, bytearray(der), memoryview(der)):
            assert public.from_der(data, suite=key.suite) == public.from_der(data) == key.public_key
        cases("public keys", 6)


@each_key
def test_what_is_written(key, cases):
    lamps = len(key.to_secret_bytes()) == 96 and key.suite is pqhybrid.MLKEM768_X25519
    header = bytes.fromhex(LAMPS_SECRET_HEADER if lamps else SECRET_HEADERS[key.suite.name])
    assert bytes(key.to_der()) == header + bytes(key.to_secret_bytes())
    public = key.public_key
    assert public.to_der() == bytes.fromhex(PUBLIC_HEADERS[key.suite.name]) + bytes(public)
    if key.suite is pqhybrid.MLKEM768_X25519:
        assert public.to_der(lamps=True) == bytes.fromhex(LAMPS_PUBLIC_HEADER) + bytes(public)
    else:
        assert public.to_der(lamps=True) == public.to_der()
    for label, pem, der in (("PRIVATE", key.to_pem(), key.to_der()), ("PUBLIC", public.to_pem(), public.to_der())):
        first, *lines, last, nothing = bytes(pem).decode("ascii").split("\n")
        assert (first, last, nothing) == (f"-----BEGIN {label} KEY-----", f"-----END {label} KEY-----", "")
        assert {len(line) for line in lines[:-1]} <= {64} and 0 < len(lines[-1]) <= 64
        assert base64.b64decode("".join(lines), validate=True) == bytes(der)
        cases("written")


@each_key
def test_every_truncation(key, cases):
    for read, whole in (
        (encoding.secret_key_from_der, bytes(key.to_der())),
        (encoding.public_key_from_der, key.public_key.to_der()),
    ):
        for length in range(len(whole)):
            refused(read, whole[:length])
        for more in (b"\0", b"\n", whole):
            assert "follow where it should end" in refused(read, whole + more)
        cases("truncated or extended DER", len(whole) + 3)


@each_key
def test_every_byte_of_the_header(key, cases):
    for read, original, whole, size in (
        (encoding.secret_key_from_der, key, bytes(key.to_der()), len(key.to_secret_bytes())),
        (encoding.public_key_from_der, key.public_key, key.public_key.to_der(), len(bytes(key.public_key))),
    ):
        for at in range(len(whole) - size):
            for value in range(256):
                if value != whole[at]:
                    refused(read, whole[:at] + bytes((value,)) + whole[at + 1 :])
        cases("changed bytes in headers", 255 * (len(whole) - size))
        for at in range(len(whole) - size, len(whole)):
            changed = bytearray(whole)
            changed[at] ^= 0x10
            read_back = read(changed)
            assert read_back.suite is original.suite and read_back != original
            cases("changed bytes in keys")


def pkcs8(key, version=0, after=b"", algorithm=None, secret=None):
    algorithm = algorithm or encoding._format_of(key, len(key.to_secret_bytes()) == 96).algorithm
    secret = bytes(key.to_secret_bytes()) if secret is None else secret
    number = version if isinstance(version, bytes) else _der.encoded_integer(version)
    return _der.encoded(_der.SEQUENCE, number, algorithm, _der.encoded(_der.OCTET_STRING, secret), after)


@each_key
def test_optional_parts_of_pkcs8(key, cases):
    public = _der.encoded(0x81, b"\0", bytes(key.public_key))
    attribute = _der.encoded(_der.SEQUENCE, _der.encoded_object_identifier("1.2.3"), _der.encoded(0x31))
    attributes = _der.encoded(0xA0, attribute, attribute)
    for good in (pkcs8(key, 1, public), pkcs8(key, 0, attributes), pkcs8(key, 1, attributes + public)):
        assert same(encoding.secret_key_from_der(good), key)
        cases("optional parts")
    other = _der.encoded(0x81, b"\0", bytes(key.suite.keygen().public_key))
    assert "not that of the secret key" in refused(encoding.secret_key_from_der, pkcs8(key, 1, other))
    for bad in (
        pkcs8(key, 1),
        pkcs8(key, 0, public),
        pkcs8(key, 2, public),
        pkcs8(key, 1, public + attributes),
        pkcs8(key, 1, public + public),
        pkcs8(key, 1, public[:-1]),
        pkcs8(key, 1, _der.encoded(0x81, b"\1", bytes(key.public_key))),
        pkcs8(key, 1, _der.encoded(0x81)),
        pkcs8(key, 1, _der.encoded(0xA1, b"\0", bytes(key.public_key))),
        pkcs8(key, 0, _der.encoded(0xA0, b"\5\0")),
        pkcs8(key, 0, attributes + attributes),
        pkcs8(key, b"\2\2\0\0"),
        pkcs8(key, b"\2\1\x80"),
        pkcs8(key, b"\2\0"),
        pkcs8(key, secret=bytes(key.to_secret_bytes())[:-1]),
        pkcs8(key, secret=bytes(key.to_secret_bytes()) + b"\0"),
        pkcs8(key, secret=b""),
        pkcs8(key, secret=_der.encoded(_der.OCTET_STRING, bytes(key.to_secret_bytes()))),
    ):
        refused(encoding.secret_key_from_der, bad)
        cases("malformed parts")


def test_lengths_are_minimal_and_definite(cases):
    key = pqhybrid.MLDSA65_ED25519.keygen()
    secret, good = bytes(key.to_secret_bytes()), bytes(key.to_der())
    inner = good[2:]
    assert good[:2] == b"\x30\x51" and good[-66:-64] == b"\x04\x40"
    for bad, why in (
        (b"\x30\x81\x51" + inner, "shortest"),
        (b"\x30\x82\x00\x51" + inner, "shortest"),
        (b"\x30\x84\x00\x00\x00\x51" + inner, "shortest"),
        (b"\x30\x85\x00\x00\x00\x00\x51" + inner, "absurd"),
        (b"\x30\x80" + inner + b"\0\0", "indefinite"),
        (b"\x30\x52" + inner[:-66] + b"\x04\x81\x40" + secret, "shortest"),
        (b"\x30\xff" + inner, "absurd"),
        (b"\x30\x84\xff\xff\xff\xff" + inner, "a part is missing"),
        (b"\x3f\x51" + inner, "something else"),
        (b"\x1f\x51" + inner, "something else"),
    ):
        assert why in refused(encoding.secret_key_from_der, bad)
        cases("lengths that are not DER")
    public = key.public_key.to_der()
    assert public[:4] == b"\x30\x82\x07\xd1" and public[16:21] == b"\x03\x82\x07\xc1\0"
    long = b"\x30\x82\x07\xd2" + public[4:16] + b"\x03\x83\0\x07\xc1" + public[20:]
    assert "shortest" in refused(encoding.public_key_from_der, long)
    cases("lengths that are not DER")


OTHERS = (
    ("2.16.840.1.114027.80.8.1.30", "earlier draft"),
    ("2.16.840.1.114027.80.5.2.57", "earlier draft"),
    ("1.3.6.1.5.5.7.6.39", "another composite"),
    ("1.3.6.1.5.5.7.6.66", "another composite"),
    ("2.16.840.1.101.3.4.3.18", "ML-DSA-65 alone"),
    ("2.16.840.1.101.3.4.4.2", "ML-KEM-768 alone"),
    ("1.3.101.112", "Ed25519 alone"),
    ("1.3.101.111", "X448 alone"),
    ("1.2.840.113549.1.1.1", "RSA"),
    ("1.2.840.10045.2.1", "elliptic-curve"),
    ("2.5.4.3", "unknown algorithm"),
    ("2.999.4711", "unknown algorithm"),
    ("0.0", "unknown algorithm"),
)


@pytest.mark.parametrize(("dotted", "named"), OTHERS)
def test_other_algorithms_are_named(dotted, named, cases):
    key = pqhybrid.MLDSA65_ED25519.keygen()
    for parameters in (b"", _der.encoded(_der.NULL)):
        algorithm = _der.encoded(_der.SEQUENCE, _der.encoded_object_identifier(dotted), parameters)
        bits = _der.encoded(_der.BIT_STRING, b"\0", bytes(key.public_key))
        for read, data in (
            (encoding.secret_key_from_der, pkcs8(key, algorithm=algorithm)),
            (encoding.public_key_from_der, _der.encoded(_der.SEQUENCE, algorithm, bits)),
        ):
            text = refused(read, data)
            assert named in text and dotted in text and "X-Wing" in text and "id-MLDSA65-Ed25519-SHA512" in text
            cases("other algorithms")


def test_parameters_must_be_absent(cases):
    for key in KEYS:
        form = encoding._format_of(key, False)
        for parameters in (_der.encoded(_der.NULL), _der.encoded(_der.SEQUENCE), b"\0"):
            algorithm = _der.encoded(_der.SEQUENCE, form.algorithm[2:], parameters)
            assert "must be absent" in refused(encoding.secret_key_from_der, pkcs8(key, algorithm=algorithm))
            bits = _der.encoded(_der.BIT_STRING, b"\0", bytes(key.public_key))
            data = _der.encoded(_der.SEQUENCE, algorithm, bits)
            assert "must be absent" in refused(encoding.public_key_from_der, data)
            cases("parameters", 2)


def test_each_identifier_has_its_own_length(cases):
    xwing, lamps = KEYS[0], KEYS[-1]
    for key, form in ((xwing, encoding._LAMPS), (lamps, encoding._XWING)):
        text = refused(encoding.secret_key_from_der, pkcs8(key, algorithm=form.algorithm))
        assert f"{form.title} has {form.secret_bytes} bytes, and here are {len(key.to_secret_bytes())}" in text
        cases("lengths of another form")
    short = _der.encoded(_der.SEQUENCE, encoding._XWING.algorithm, _der.encoded(_der.BIT_STRING, b"\0", bytes(1184)))
    assert "has 1216 bytes, and here are 1184" in refused(encoding.public_key_from_der, short)
    cases("lengths of another form")


@each_key
def test_wrong_suite(key, cases):
    for other in pqhybrid.SUITES:
        if other is not key.suite:
            for read, data in (
                (pqhybrid.SecretKey.from_pem, key.to_pem()),
                (pqhybrid.SecretKey.from_der, key.to_der()),
                (pqhybrid.PublicKey.from_pem, key.public_key.to_pem()),
                (pqhybrid.PublicKey.from_der, key.public_key.to_der()),
            ):
                text = refused(lambda each, read=read, other=other: read(each, suite=other), data, WrongSuite)
                assert other.name in text and key.suite.name in text
                cases("of another suite")


@each_key
def test_the_other_kind_of_file(key, cases):
    secret, public = pqhybrid.SecretKey, pqhybrid.PublicKey
    for read, data, said in (
        (secret.from_pem, key.public_key.to_pem(), "PEM of a public key"),
        (public.from_pem, key.to_pem(), "PEM of a secret key"),
        (secret.from_der, key.public_key.to_der(), "DER of a public key"),
        (public.from_der, key.to_der(), "DER of a secret key"),
        (secret.from_pem, key.to_der(), "from_der"),
        (public.from_pem, key.public_key.to_der(), "from_der"),
        (secret.from_der, key.to_pem(), "from_pem"),
        (public.from_der, key.public_key.to_pem(), "from_pem"),
    ):
        assert said in refused(read, data)
        cases("of another kind")
    for passphrase in (b"secret", b""):
        for read, data in ((secret.from_pem, key.to_pem()), (secret.from_der, key.to_der())):
            text = refused(lambda each, read=read, given=passphrase: read(each, given), data, WrongPassphrase)
            assert "not encrypted" in text
            cases("needless passphrases")
    for read in (secret.from_pem, public.from_pem, secret.from_der, public.from_der):
        assert "there is nothing" in refused(read, b"")
        for wrong in (None, 5, [1], object()):
            refused(read, wrong, TypeError)
        cases("nothing, and no data", 5)
    for read in (secret.from_der, public.from_der):
        refused(read, "text", TypeError)
        cases("nothing, and no data")


@each_key
def test_wiped_keys_are_not_written(key, cases):
    copy = key.suite.secret_key(key.to_secret_bytes().view())
    copy.wipe()
    for write in (copy.to_pem, copy.to_der, lambda: copy.to_pem(b"secret")):
        with pytest.raises(pqhybrid.Wiped):
            write()
        cases("wiped keys")


class Watch:
    """Keeps whatever the functions of the package had in their variables when they returned."""

    def __enter__(self):
        self.kept = []
        sys.setprofile(self.look)
        return self

    def __exit__(self, *_):
        sys.setprofile(None)

    def look(self, frame, event, _):
        if event == "return" and frame.f_globals.get("__package__") == "pqhybrid":
            self.kept += frame.f_locals.values()

    def leaks(self, parts, *known):
        """Which variables hold one of these parts now, other than known objects and views of them."""
        found = []
        for value in self.kept:
            owner = value.obj if isinstance(value, memoryview) else value
            if isinstance(value, pqhybrid.SecretBytes):
                value = b"" if value.wiped else bytes(value)
            if not any(owner is each for each in known) and isinstance(value, (bytes, bytearray, memoryview, str)):
                content = value.encode() if isinstance(value, str) else bytes(value)
                found += [content for part in parts if part in content]
        return found


def parts_of(key, pem):
    """Pieces of a secret key, as itself and as the lines of a PEM file have it."""
    secret = bytes(key.to_secret_bytes())
    return [secret[:16], secret[-16:], *(line[-24:] for line in bytes(pem).split(b"\n")[1:-2])]


@scrubbed
@each_key
def test_temporaries_are_wiped(key, cases):
    pem, der = bytes(key.to_pem()), bytes(key.to_der())
    parts = parts_of(key, pem)
    for known, run in (
        (pem, lambda: encoding.secret_key_from_pem(pem)),
        (None, lambda: encoding.secret_key_from_pem(pem_text)),
        (der, lambda: encoding.secret_key_from_der(der)),
        (None, lambda: key.to_pem().wipe()),
        (None, lambda: key.to_der().wipe()),
    ):
        pem_text = pem.decode()
        with Watch() as watch:
            made = run()
        assert watch.kept
        assert not watch.leaks(parts, known, pem_text, key._secret, getattr(made, "_secret", None))
        cases("variables after reading and writing", len(watch.kept))
    # What the test looks for is found where it was not wiped.
    with Watch() as watch:
        kept = encoding.secret_key_to_pem(key)
        watch.kept.append(kept.view())
    assert watch.leaks(parts)


@each_key
def test_refusals_hold_no_secret(key, rng, cases):
    pem = bytes(key.to_pem())
    parts = parts_of(key, pem)
    lines = pem.split(b"\n")
    for bad in (
        b"\n".join(lines[:-2]),
        pem.replace(b"PRIVATE", b"PUBLIC"),
        pem.replace(b"PRIVATE", b"RSA PRIVATE"),
        pem.replace(lines[1][:1], b"?"),
        pem[:60] + b"=" + pem[60:],
        pem[:60] + pem[61:],
        pem + pem,
        b"-----BEGIN PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n" + b"\n".join(lines[1:]),
        *(pem[:at] + bytes((rng.randrange(256),)) + pem[at + 1 :] for at in range(28, len(pem))),
    ):
        try:
            encoding.secret_key_from_pem(bad)
        except EncodingError as error:
            for shown in (str(error), repr(error), "".join(traceback.format_exception(type(error), error, None))):
                assert not any(part.decode("latin-1") in shown for part in parts)
            watch, frame = Watch(), error.__traceback__
            watch.kept = []
            while frame:
                if frame.tb_frame.f_globals.get("__package__") == "pqhybrid":
                    watch.kept += frame.tb_frame.f_locals.values()
                frame = frame.tb_next
            if platform.python_implementation() == "CPython":
                assert not watch.leaks(parts, bad)
            cases("exceptions")
