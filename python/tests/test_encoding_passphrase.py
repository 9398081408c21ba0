"""Secret keys with a passphrase: what is written, what is read of other software's, and what is refused and how."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from test_encoding import KEYS, Watch, each_key, parts_of, pkcs8, refused, same, scrubbed

import pqhybrid
from pqhybrid import _der, _pbes2, encoding
from pqhybrid._der import encoded, encoded_integer, encoded_object_identifier
from pqhybrid.errors import EncodingError, MissingDependency, WrongPassphrase

PASSPHRASE = b"correct horse battery staple"
NULL = b"\x05\x00"
SCRYPT, PBKDF2, PBES2 = "1.3.6.1.4.1.11591.4.11", "1.2.840.113549.1.5.12", "1.2.840.113549.1.5.13"
AES = {16: "2.16.840.1.101.3.4.1.2", 24: "2.16.840.1.101.3.4.1.22", 32: "2.16.840.1.101.3.4.1.42"}
HASHES = {
    "sha1": "1.2.840.113549.2.7",
    "sha256": "1.2.840.113549.2.9",
    "sha384": "1.2.840.113549.2.10",
    "sha512": "1.2.840.113549.2.11",
}


def algorithm(dotted, *parameters):
    return encoded(_der.SEQUENCE, encoded_object_identifier(dotted), *parameters)


def opened(data, passphrase=PASSPHRASE):
    return encoding.secret_key_from_der(data, passphrase)


def padded(plain):
    fill = 16 - len(plain) % 16
    return plain + bytes((fill,)) * fill


def container(plain, kdf, key, scheme=None, iv=bytes(range(16))):
    """EncryptedPrivateKeyInfo with a key derivation and the key that it gives. plain is padded already."""
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    scheme = scheme or algorithm(AES[len(key)], encoded(_der.OCTET_STRING, iv))
    whole = algorithm(PBES2, encoded(_der.SEQUENCE, kdf, scheme))
    return encoded(_der.SEQUENCE, whole, encoded(_der.OCTET_STRING, encryptor.update(plain)))


def scrypt(salt, n, r, p, size):
    if hasattr(hashlib, "scrypt"):
        return hashlib.scrypt(PASSPHRASE, salt=salt, n=n, r=r, p=p, dklen=size, maxmem=1 << 27)
    # PyPy has none of its own.
    return Scrypt(salt=salt, length=size, n=n, r=r, p=p).derive(PASSPHRASE)


def scrypt_kdf(n, r, p, *more, salt=b"salt"):
    numbers = (encoded_integer(each) for each in (n, r, p))
    return algorithm(SCRYPT, encoded(_der.SEQUENCE, encoded(_der.OCTET_STRING, salt), *numbers, *more))


def pbkdf2_kdf(iterations, *more, salt=b"salt"):
    salt = encoded(_der.OCTET_STRING, salt)
    return algorithm(PBKDF2, encoded(_der.SEQUENCE, salt, encoded_integer(iterations), *more))


def cheap(plain, passphrase=PASSPHRASE, pad=padded):
    """A file of other software, by Python's own hashlib, that is read quickly."""
    return container(pad(plain), pbkdf2_kdf(1), hashlib.pbkdf2_hmac("sha1", passphrase, b"salt", 1, 32))


@each_key
def test_round_trips(key, cases):
    der, pem = key.to_der(PASSPHRASE), key.to_pem(PASSPHRASE)
    assert type(der) is type(pem) is bytes
    assert pem.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n")
    for given in (PASSPHRASE, bytearray(PASSPHRASE), pqhybrid.SecretBytes(PASSPHRASE)):
        assert same(pqhybrid.SecretKey.from_der(der, given, suite=key.suite), key)
        cases("DER")
    assert same(pqhybrid.SecretKey.from_pem(pem.decode(), memoryview(PASSPHRASE), suite=key.suite), key)
    cases("PEM")
    for passphrase in ("pa\u00dfwort \u2713".encode(), b"\0x", b"x" * 5000):
        assert same(pqhybrid.SecretKey.from_der(key.to_der(bytearray(passphrase)), passphrase), key)
        cases("DER")


def test_what_is_written(cases):
    key = KEYS[2]
    first, second = key.to_der(PASSPHRASE), key.to_der(PASSPHRASE)
    # Salt, initialization vector and so all of the ciphertext are fresh; the rest is as it was.
    assert first[:35] == second[:35] and first[35:51] != second[35:51] and first[-96:] != second[-96:]
    kdf = scrypt_kdf(16384, 8, 5, salt=first[35:51])
    derived = scrypt(first[35:51], 16384, 8, 5, 32)
    iv = first[76:92]
    assert first == container(padded(bytes(key.to_der())), kdf, derived, iv=iv)
    cases("written")


@each_key
def test_files_of_others(key, cases):
    plain = bytes(key.to_der())
    for size in AES:
        for n, r, p in ((2, 1, 1), (1024, 8, 2), (32768, 8, 1), (16, 3, 7)):
            derived = scrypt(b"salt", n, r, p, size)
            for more in ((), (encoded_integer(size),)):
                data = container(padded(plain), scrypt_kdf(n, r, p, *more), derived)
                assert same(opened(data), key)
                cases("scrypt")
        for name, dotted in HASHES.items():
            derived = hashlib.pbkdf2_hmac(name, PASSPHRASE, b"salt", 2048, size)
            for prf in (algorithm(dotted, NULL), algorithm(dotted)) + ((b"",) if name == "sha1" else ()):
                for more in (b"", encoded_integer(size)):
                    data = container(padded(plain), pbkdf2_kdf(2048, more, prf), derived)
                    assert same(opened(data), key)
                    cases("PBKDF2")


def test_with_cryptography(cases):
    """What PyPI's cryptography writes opens here, and the reverse: with Ed25519, as it knows no composites."""
    for _ in range(4):
        theirs = ed25519.Ed25519PrivateKey.generate()
        form = (serialization.Encoding.DER, serialization.PrivateFormat.PKCS8)
        plain = theirs.private_bytes(*form, serialization.NoEncryption())
        data = theirs.private_bytes(*form, serialization.BestAvailableEncryption(PASSPHRASE))
        with _pbes2.decrypt(memoryview(data), memoryview(PASSPHRASE)) as found:
            assert found == plain
        assert "Ed25519 alone (1.3.101.112)" in refused(opened, data)
        ours = _pbes2.encrypt(pqhybrid.SecretBytes(plain), memoryview(PASSPHRASE))
        read = serialization.load_der_private_key(ours, PASSPHRASE)
        assert read.private_bytes(*form, serialization.NoEncryption()) == plain
        cases("with cryptography", 2)


def openssl(*arguments, data):
    run = subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout


def test_with_openssl(cases):
    """What the openssl command writes opens here, and the reverse."""
    plain = openssl("genpkey", "-algorithm", "ED25519", "-outform", "DER", data=b"")
    ours = _pbes2.encrypt(pqhybrid.SecretBytes(plain), memoryview(PASSPHRASE))
    read = openssl("pkey", "-inform", "DER", "-passin", f"pass:{PASSPHRASE.decode()}", "-outform", "DER", data=ours)
    assert read == plain
    cases("with openssl")
    for options in (
        *(
            ("-v2", f"aes-{bits}-cbc", "-v2prf", f"hmacWithSHA{prf}")
            for bits in (128, 192, 256)
            for prf in (1, 256, 384, 512)
        ),
        ("-v2", "aes-256-cbc", "-iter", "100000"),
        ("-scrypt",),
        ("-scrypt", "-v2", "aes-128-cbc", "-scrypt_N", "1024", "-scrypt_r", "4", "-scrypt_p", "3"),
    ):
        common = ("-topk8", "-inform", "DER", "-outform", "DER", "-passout", f"pass:{PASSPHRASE.decode()}")
        data = openssl("pkcs8", *common, *options, data=plain)
        with _pbes2.decrypt(memoryview(data), memoryview(PASSPHRASE)) as found:
            assert found == plain
        refused(lambda each: encoding.secret_key_from_der(each, b"another"), data, WrongPassphrase)
        cases("with openssl")


def test_a_wrong_passphrase(rng, cases):
    """Also when what it decrypts to ends like padding, as one in 256 does."""
    key = KEYS[0]
    data = cheap(bytes(key.to_der()))
    for _ in range(3000):
        wrong = rng.randbytes(8)
        assert "does not open" in refused(lambda each: opened(each, wrong), data, WrongPassphrase)
        cases("wrong passphrases")
    for key in KEYS:
        data = key.to_pem(PASSPHRASE)
        for wrong in (b"", PASSPHRASE[:-1], PASSPHRASE + b"1", PASSPHRASE.upper()):
            refused(lambda each: encoding.secret_key_from_pem(each, wrong), data, WrongPassphrase)
        assert "give its passphrase" in refused(encoding.secret_key_from_pem, data, WrongPassphrase)
        assert "give its passphrase" in refused(encoding.secret_key_from_der, key.to_der(PASSPHRASE), WrongPassphrase)
        cases("wrong passphrases", 6)


def test_garbage_with_good_padding(rng, cases):
    for size in [*range(64), 83, 2000]:
        for garbage in (rng.randbytes(size), bytes(size), b"\x30" + bytes((min(size, 127),)) + rng.randbytes(size)):
            refused(opened, cheap(garbage), WrongPassphrase)
            cases("garbage")
    plain = bytes(KEYS[2].to_der())
    for pad in (b"\0" * 13, b"\x11" * 13, b"\x0d" * 12 + b"\x0e", b"\x0c" + b"\x0d" * 12, b"\xff" * 13):
        data = cheap(plain, pad=lambda each, pad=pad: each + pad)
        refused(opened, data, WrongPassphrase)
        cases("bad padding")


def test_what_is_inside_is_read_strictly(cases):
    key = KEYS[2]
    for plain in (pkcs8(key, 1), pkcs8(key, 5), pkcs8(key, secret=b"short"), pkcs8(key, 0, b"\5\0")):
        refused(opened, cheap(plain))
        cases("malformed inside")


@pytest.mark.parametrize("kdf", ["scrypt", "pbkdf2"])
def test_every_byte_of_the_header(kdf, cases):
    key = KEYS[2]
    plain = padded(bytes(key.to_der()))
    if kdf == "scrypt":
        derived = scrypt(b"salt", 4, 2, 1, 16)
        data = container(plain, scrypt_kdf(4, 2, 1, encoded_integer(16)), derived)
    else:
        derived = hashlib.pbkdf2_hmac("sha256", PASSPHRASE, b"salt", 3, 16)
        data = container(plain, pbkdf2_kdf(3, encoded_integer(16), algorithm(HASHES["sha256"], NULL)), derived)
    assert same(opened(data), key)
    for at in range(len(data) - len(plain)):
        for value in range(256):
            if value != data[at]:
                changed = data[:at] + bytes((value,)) + data[at + 1 :]
                with pytest.raises((EncodingError, WrongPassphrase)):
                    opened(changed)
                cases("changed bytes in headers")
    for length in range(len(data)):
        refused(opened, data[:length])
    refused(opened, data + b"\0")
    cases("truncated", len(data) + 1)


def test_a_changed_ciphertext_never_gives_the_key(cases):
    key = KEYS[3]
    data = cheap(bytes(key.to_der()))
    for at in range(len(data) - 112, len(data)):
        changed = bytearray(data)
        changed[at] ^= 1
        try:
            assert opened(changed) != key
        except (EncodingError, WrongPassphrase):
            pass
        cases("changed ciphertexts")


def test_hostile_costs_are_refused_at_once(cases):
    derived, plain = bytes(32), padded(bytes(KEYS[0].to_der()))
    huge = 1 << 40_000
    for kdf, said in (
        (scrypt_kdf(1 << 20, 8, 1), "256 MiB"),
        (scrypt_kdf(1 << 62, 1, 1), "256 MiB"),
        (scrypt_kdf(2, 1 << 21, 1), "256 MiB"),
        (scrypt_kdf(2, 1, 1 << 21), "256 MiB"),
        (scrypt_kdf(1 << 14, 8, 65), "1 GiB"),
        (scrypt_kdf(huge, 8, 1), "256 MiB"),
        (scrypt_kdf(2, huge, 1), "256 MiB"),
        (scrypt_kdf(2, 1, huge), "256 MiB"),
        (pbkdf2_kdf(10_000_001), "10 million"),
        (pbkdf2_kdf((1 << 31) - 1), "10 million"),
        (pbkdf2_kdf(huge), "10 million"),
        (scrypt_kdf(0, 8, 1), "make no sense"),
        (scrypt_kdf(1, 8, 1), "make no sense"),
        (scrypt_kdf(3, 8, 1), "make no sense"),
        (scrypt_kdf(1 << 16, 1, 1), "make no sense"),
        (scrypt_kdf(2, 0, 1), "make no sense"),
        (scrypt_kdf(2, 8, 0), "make no sense"),
        (pbkdf2_kdf(0), "no iterations"),
        (scrypt_kdf(2, 8, 1, encoded_integer(16)), "not that of its cipher"),
        (scrypt_kdf(2, 8, 1, encoded_integer(huge)), "not that of its cipher"),
        (pbkdf2_kdf(1, encoded_integer(33)), "not that of its cipher"),
        (scrypt_kdf(2, 8, 1, encoded_integer(32), NULL), "follow where it should end"),
        (pbkdf2_kdf(1, algorithm(HASHES["sha1"], NULL), NULL), "follow where it should end"),
        (pbkdf2_kdf(1, algorithm("1.2.840.113549.2.5", NULL)), "the hash 1.2.840.113549.2.5"),
        (algorithm("1.2.840.113549.1.5.14", NULL), "the key derivation 1.2.840.113549.1.5.14"),
    ):
        data, start = container(plain, kdf, derived), time.monotonic()
        text = refused(opened, data)
        assert said in text and len(text) < 400
        assert time.monotonic() - start < 0.5
        cases("costs and parameters")
    # What is just within the limits is computed, and so found to be a wrong passphrase.
    for kdf in (scrypt_kdf(1 << 15, 1, 1), scrypt_kdf(1 << 17, 8, 1), pbkdf2_kdf(100_000)) if sys.maxsize >> 32 else ():
        refused(opened, container(plain, kdf, derived), WrongPassphrase)
        cases("costs and parameters")


def test_other_schemes_are_named(cases):
    derived, plain = bytes(32), padded(bytes(KEYS[0].to_der()))
    iv = encoded(_der.OCTET_STRING, bytes(16))
    for scheme, said in (
        (algorithm("1.2.840.113549.3.7", encoded(_der.OCTET_STRING, bytes(8))), "the cipher 1.2.840.113549.3.7"),
        (algorithm("2.16.840.1.101.3.4.1.46", NULL), "the cipher 2.16.840.1.101.3.4.1.46"),
        (algorithm(AES[32], encoded(_der.OCTET_STRING, bytes(15))), "whole blocks"),
        (algorithm(AES[32]), "a part is missing"),
        (algorithm(AES[32], iv, iv), "follow where it should end"),
        (algorithm(AES[32], NULL), "something else"),
    ):
        data = container(plain, pbkdf2_kdf(1), derived, scheme)
        assert said in refused(opened, data)
        cases("other schemes")
    for size in (0, 1, 15, 17, 31):
        whole = algorithm(PBES2, encoded(_der.SEQUENCE, pbkdf2_kdf(1), algorithm(AES[32], iv)))
        data = encoded(_der.SEQUENCE, whole, encoded(_der.OCTET_STRING, bytes(size)))
        assert "whole blocks" in refused(opened, data)
        cases("other schemes")
    # PBES1, and what PKCS#12 files use.
    for dotted in ("1.2.840.113549.1.5.3", "1.2.840.113549.1.12.1.3"):
        parameters = encoded(_der.SEQUENCE, encoded(_der.OCTET_STRING, bytes(8)), encoded_integer(2048))
        data = encoded(_der.SEQUENCE, algorithm(dotted, parameters), encoded(_der.OCTET_STRING, bytes(16)))
        text = refused(opened, data)
        assert f"the scheme {dotted}, not PBES2" in text
        cases("other schemes")


@each_key
def test_wrong_use(key, cases):
    for passphrase in ("text", 5, [1]):
        for use in (key.to_pem, key.to_der, lambda each: encoding.secret_key_from_der(cheap(b""), each)):
            with pytest.raises(TypeError):
                use(passphrase)
            cases("no bytes")
    for write in (key.to_pem, key.to_der):
        for empty in (b"", b"\0", bytearray(100)):
            assert "empty passphrase" in refused(write, empty, WrongPassphrase)
            cases("empty passphrases")


def test_without_cryptography(monkeypatch, cases):
    key = KEYS[2]
    pem, plain = key.to_pem(PASSPHRASE), key.to_pem()
    for name in list(sys.modules):
        if name.split(".")[0] == "cryptography":
            monkeypatch.setitem(sys.modules, name, None)
    for use in (lambda: key.to_pem(PASSPHRASE), lambda: encoding.secret_key_from_pem(pem, PASSPHRASE)):
        with pytest.raises(MissingDependency, match=r"pip install 'pqhybrid\[pem\]'"):
            use()
        cases("without cryptography")
    assert same(encoding.secret_key_from_pem(plain), key)
    assert "give its passphrase" in refused(encoding.secret_key_from_pem, pem, WrongPassphrase)
    cases("without cryptography", 2)


@scrubbed
@each_key
def test_temporaries_are_wiped(key, cases):
    der = key.to_der(PASSPHRASE)
    parts = parts_of(key, bytes(key.to_pem()))
    for run in (
        lambda: key.to_der(PASSPHRASE),
        lambda: encoding.secret_key_from_der(der, PASSPHRASE),
        lambda: refused(lambda each: encoding.secret_key_from_der(each, b"wrong"), der, WrongPassphrase),
    ):
        with Watch() as watch:
            made = run()
        assert watch.kept
        assert not watch.leaks(parts, key._secret, getattr(made, "_secret", None))
        # Keys of the cipher, and what was encrypted or decrypted with them: at least one of each.
        arrays = [each for each in watch.kept if isinstance(each, bytearray) and len(each) >= 16]
        assert len(arrays) >= 2 and not any(map(any, arrays))
        cases("variables after encrypting and decrypting", len(watch.kept))
