"""The command: every subcommand with every suite and form of keys, what it prints, and what it says of wrong usage."""

import os
import platform
import subprocess

import pytest
from command import COMMAND, KEM_SUITES, SIGNATURE_SUITES, Here, environment, left, process

import pqhybrid

FORMATS = ("pem", "der", "raw")
ONCE = "standard input: is there once: only one file, or the passphrase, can come from it"


@pytest.fixture
def here(capfd, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Here(capfd)


def pair(here, suite, *more, secret="k", public="p"):
    """A key pair of a suite in the files k and p."""
    here.works("keygen", "--quiet", "--suite", suite.name, *more, secret, public)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("suite", SIGNATURE_SUITES)
def test_signatures(here, cases, suite, form, tmp_path):
    out = here.works("keygen", "--suite", suite.name.upper().replace("_", "-"), "--format", form, "k", "p")
    assert out == f"k: new {suite.name} secret key, to be kept secret\np: its public key\n"
    for size, context in ((0, ""), (1, "login"), (100_000, "x" * 255), (3 << 20, "é")):
        (tmp_path / "f").write_bytes(os.urandom(size))
        options = ("--context", context) if context else ()
        assert here.works("sign", *options, "k", "f") == f"f: signed by {suite.name}, signature in f.sig\n"
        # A signature by the command is one by the package.
        key = {"pem": pqhybrid.PublicKey.from_pem, "der": pqhybrid.PublicKey.from_der, "raw": suite.public_key}[form]
        signature = (tmp_path / "f.sig").read_bytes()
        key((tmp_path / "p").read_bytes()).verify(signature, (tmp_path / "f").read_bytes(), context.encode())
        assert here.works("verify", "p", "f", *options) == f"f: the signature is valid ({suite.name})\n"
        assert here.works("verify", "p", "--quiet", "f", "f.sig", *options) == ""
        not_valid = "f: the signature is NOT valid for this file, key and context"
        assert here.fails(1, "verify", "--context", "other", "p", "f") == not_valid
        (tmp_path / "g").write_bytes((tmp_path / "f").read_bytes() + b"x")
        assert here.fails(1, "verify", "p", "g", "f.sig", *options) == not_valid.replace("f:", "g:", 1)
        cases(f"{suite.name} {form}", 5)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("suite", KEM_SUITES)
def test_key_exchange(here, cases, suite, form, tmp_path):
    pair(here, suite, "--format", form)
    out = here.works("encaps", "p", "ct", "one")
    assert out == f"ct: ciphertext by {suite.name}, to be sent\none: the shared secret, to be kept secret\n"
    assert here.works("decaps", "k", "ct", "two") == f"two: the shared secret of {suite.name}, to be kept secret\n"
    one = (tmp_path / "one").read_bytes()
    assert len(one) == 32 and one == (tmp_path / "two").read_bytes()
    assert len((tmp_path / "ct").read_bytes()) == suite.ciphertext_bytes
    forged = bytearray((tmp_path / "ct").read_bytes())
    forged[0] ^= 1
    (tmp_path / "ct2").write_bytes(forged)
    here.works("decaps", "--quiet", "k", "ct2", "three")
    assert (tmp_path / "three").read_bytes() != one
    cases(f"{suite.name} {form}", 3)


def test_lamps_key(here, cases, tmp_path):
    suite = pqhybrid.MLKEM768_X25519
    secret = os.urandom(96)
    (tmp_path / "k").write_bytes(secret)
    (tmp_path / "k").chmod(0o600)
    (tmp_path / "p").write_bytes(suite.secret_key(secret).public_key.to_pem(lamps=True))
    here.works("encaps", "p", "ct", "one")
    here.works("decaps", "k", "ct", "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert "raw, not encrypted, in the form of id-MLKEM768-X25519-SHA3-256" in here.works("info", "k")
    (tmp_path / "k.pem").write_bytes(bytes(suite.secret_key(secret).to_pem()))
    assert "PEM, not encrypted, in the form of id-MLKEM768-X25519-SHA3-256" in here.works("info", "k.pem")
    cases("LAMPS", 3)


def test_tiers(here, cases):
    suites = (pqhybrid.MLDSA65_ED25519, pqhybrid.MLDSA87_ED448, pqhybrid.MLKEM768_X25519)
    for tier, suite in zip(("standard", "high", "key-exchange"), suites):
        here.works("keygen", f"--tier={tier}", f"{tier}.key", f"{tier}.pub")
        assert f"public key of {suite.name}, PEM" in here.works("info", f"{tier}.pub")
        cases("tiers")
    here.works("keygen", "k", "p")
    assert f"public key of {pqhybrid.STANDARD.signature.name}, PEM" in here.works("info", "p")
    cases("tiers")


def test_info_of_files(here, cases, tmp_path):
    for suite in pqhybrid.SUITES:
        key = suite.keygen()
        texts = {"pem": bytes(key.to_pem()), "der": bytes(key.to_der()), "raw": bytes(key.to_secret_bytes())}
        publics = {"pem": key.public_key.to_pem(), "der": key.public_key.to_der(), "raw": bytes(key.public_key)}
        for form in FORMATS:
            (tmp_path / "k").write_bytes(texts[form])
            (tmp_path / "p").write_bytes(publics[form])
            called = form if form == "raw" else form.upper()
            out = here.works("info", "k", "p")
            assert out.startswith(f"k: secret key of {suite.name}, {called}, not encrypted\n    {suite.title}, NIST")
            assert f"\np: public key of {suite.name}, {called}\n" in out
            assert out.count(f"fingerprint of the public key: {key.public_key.fingerprint}\n") == 2
            assert out.count(f"public key {suite.public_key_bytes}, secret key {suite.secret_key_bytes}") == 2
            # The other things that have the size of a raw key are told as well.
            others = {"mlkem768_x25519": "\nk: or, by its size, a shared secret\n"}
            others["mlkem1024_x448"] = "\np: or, by its size, a ciphertext of mlkem1024_x448\n"
            assert (others.get(suite.name, "or, by") in out) == (form == "raw" and suite.name in others)
            cases("info", 2)
    for suite in pqhybrid.SUITES:
        what = "signature" if suite in SIGNATURE_SUITES else "ciphertext"
        (tmp_path / "x").write_bytes(bytes(getattr(suite, f"{what}_bytes")))
        assert f"by its size, a {what} of {suite.name}\n" in here.works("info", "x")
        cases("info")
    (tmp_path / "x").write_bytes(b"0123456789")
    status, out, err = here("info", "p", "x", "k")
    assert status == 3 and "p: public key" in out and "k: secret key" in out
    assert err == "pqhybrid: x: not a key, a signature or a ciphertext: it is no PEM or DER, and has 10 bytes\n"
    cases("info")


def test_info_of_the_library(here, cases):
    out = here.works("info")
    for expected in (pqhybrid.__version__, pqhybrid.backend(), platform.python_version(), "CFFI "):
        assert expected in out
        cases("info")
    for suite in pqhybrid.SUITES:
        assert f"{suite.name}:\n    {suite.title}, NIST security level {suite.security_level}\n    bytes: " in out
        cases("info")


def test_help_and_version(cases, here):
    assert here.works("--version") == here.works("sign", "--version") == f"pqhybrid {pqhybrid.__version__}\n"
    text = here.works("--help")
    assert text == here.works("-h") == here.works("keygen", "--help", "a") and "examples:" in text
    assert max(map(len, text.splitlines())) <= 90
    for suite in pqhybrid.SUITES:
        assert suite.name in text
    # In a process of its own, once.
    assert process("--help") == (0, text.encode(), b"")
    cases("help", 6)


@pytest.mark.parametrize(
    "arguments, said",
    [
        ((), "no command: keygen, sign, verify, encaps, decaps, info"),
        (("frobnicate",), "frobnicate: not a command: keygen, sign, verify, encaps, decaps, info"),
        (("keygen", "k"), "keygen: needs two files"),
        (("keygen", "k", "p", "x"), "keygen: needs two files"),
        (("sign", "k"), "sign: needs two or three files"),
        (("verify", "k", "f", "s", "x"), "verify: needs two or three files"),
        (("encaps", "k", "ct"), "encaps: needs three files"),
        (("decaps", "k", "ct"), "decaps: needs three files"),
        (("sign", "k", ""), "sign: a file has an empty name"),
        (("keygen", "k", "k"), "k: is given twice, for two different files"),
        (("keygen", "-", "-"), "standard output: is there once: only one file can be -"),
        (("encaps", "p", "-", "-"), "standard output: is there once: only one file can be -"),
        (("sign", "-", "-", "s"), ONCE),
        (("verify", "p", "-", "-"), ONCE),
        (("sign", "k", "-", "s", "--passphrase-file", "-"), ONCE),
        (("sign", "k", "-", "s", "--passphrase-file", "/dev/stdin"), ONCE),
        (("sign", "k", "-", "s", "--passphrase-file", "/proc/self/fd/0"), ONCE),
        (("sign", "k", "-", "s", "--passphrase-fd", "0"), ONCE),
        (("sign", "k", "/dev/stdin", "s", "--passphrase-fd", "0"), ONCE),
        (("sign", "/dev/fd/0", "-", "s"), ONCE),
        (("sign", "-", "f", "--passphrase-fd", "0"), ONCE),
        (("decaps", "k", "-", "s", "--passphrase-fd", "0"), ONCE),
        (("info", "p", "-", "--passphrase-fd", "0"), ONCE),
        (("verify", "p", "/dev/stdin", "-"), ONCE),
        (("sign", "k", "-"), "standard input: needs a SIGNATURE"),
        (("keygen", "--context", "x", "k", "p"), "--context: not for keygen"),
        (("verify", "--suite", "mldsa65_ed25519", "p", "f"), "--suite: not for verify"),
        (("verify", "--passphrase-prompt", "p", "f"), "--passphrase-prompt: not for verify"),
        (("sign", "--context"), "--context: needs a value"),
        (("sign", "--context", "x" * 256, "k", "f"), "--context: longer than 255 bytes"),
        (("sign", "--context", "é" * 128, "k", "f"), "--context: longer than 255 bytes"),
        (("sign", "--context", "a", "--context", "b", "k", "f"), "--context: is given twice"),
        (("sign", "--context=a", "k", "f", "--context=a"), "--context: is given twice"),
        (("keygen", "--tier", "high", "--tier", "high", "k", "p"), "--tier: is given twice"),
        (("keygen", "--format", "pem", "--format", "raw", "k", "p"), "--format: is given twice"),
        (("keygen", "--suite", "mldsa87_ed448", "--suite", "mldsa65_ed25519", "k", "p"), "--suite: is given twice"),
        (("sign", "--passphrase-fd", "3", "--passphrase-fd", "4", "k", "f"), "--passphrase-fd: is given twice"),
        (("sign", "--passphrase-file", "a", "--passphrase-file", "b", "k", "f"), "--passphrase-file: is given twice"),
        (("sign", "--quiet=yes", "k", "f"), "--quiet: takes no value"),
        (("keygen", "--format", "pkcs12", "k", "p"), "pkcs12: not a format: pem, der, raw"),
        (("keygen", "--tier", "low", "k", "p"), "low: not a tier: standard, high, key-exchange"),
        (("keygen", "--tier", "high", "--suite", "mldsa65_ed25519", "k", "p"), "--suite and --tier: give one of them"),
        (("keygen", "--suite", "high", "k", "p"),
         "high: not a suite: mlkem768_x25519, mlkem1024_x448, mldsa65_ed25519, mldsa87_ed448, or --tier high"),
        (("keygen", "--format", "raw", "--passphrase-file", "x", "k", "p"),
         "--format raw: cannot be encrypted: use pem or der with a passphrase"),
        (("keygen", "--passphrase-fd", "x", "k", "p"), "--passphrase-fd: needs the number of an open file descriptor"),
        (("keygen", "--passphrase-fd", "5", "--passphrase-prompt", "k", "p"),
         "passphrase: comes from one place: --passphrase-file, --passphrase-fd, --passphrase-prompt"),
        # A passphrase is no argument, and what was meant as one is not repeated.
        (("keygen", "--passphrase", "swordfish", "k", "p"), "--passphrase: unknown option"),
        (("keygen", "--passphrase=swordfish", "k", "p"), "--passphrase: unknown option"),
        (("keygen", "-x", "k", "p"), "-x: unknown option"),
    ],
)  # fmt: skip
def test_wrong_usage(here, cases, arguments, said, tmp_path):
    assert here.fails(2, *arguments) == f"{said}; see pqhybrid --help"
    assert left(tmp_path) == []
    cases("wrong usage")


def test_files_that_look_like_options(here, cases, tmp_path):
    (tmp_path / "-f").write_bytes(b"x")
    here.works("keygen", "--", "--k", "-p")
    here.works("sign", "--context", "-c", "--", "--k", "-f")
    here.works("verify", "--context=-c", "--", "-p", "-f", "-f.sig")
    assert left(tmp_path) == ["--k", "-f", "-f.sig", "-p"]
    cases("names", 3)


def test_names_that_are_no_text(cases, tmp_path):
    (tmp_path / os.fsdecode(b"\xff\n\x1b[1m")).write_bytes(b"x")
    run = {"cwd": tmp_path, "env": environment(PYTHONIOENCODING="ascii:strict")}
    assert process("keygen", "--quiet", "k", "p", **run)[0] == 0
    # The context is what the shell gave, byte for byte.
    status, out, err = process("sign", "--context", b"\xfe", "k", b"\xff\n\x1b[1m", b"\xc3\xa9.sig", **run)
    assert (status, err) == (0, b"") and out.count(b"\n") == 1 and b"\x1b" not in out
    status, out, err = process("verify", "--context", b"\xfe", "p", b"\xff\n\x1b[1m", b"\xc3\xa9.sig", **run)
    assert (status, err) == (0, b"") and out.count(b"\n") == 1
    signature = (tmp_path / "é.sig").read_bytes()
    pqhybrid.PublicKey.from_pem((tmp_path / "p").read_bytes()).verify(signature, b"x", b"\xfe")
    status, out, err = process("sign", "k", b"no\xff\x1b", **run)
    assert (status, out) == (3, b"") and err.startswith(b"pqhybrid: no\\udcff\\x1b: No such file")
    cases("names", 4)


def test_standard_input_and_output(cases, tmp_path):
    run = {"cwd": tmp_path}
    status, secret, err = process("keygen", "-", "p", **run)
    assert status == 0 and secret.startswith(b"-----BEGIN PRIVATE KEY-----")
    assert err == b"standard output: new mldsa65_ed25519 secret key, to be kept secret\np: its public key\n"
    status, signature, err = process("sign", "--context", "x", "-", "p", "-", input=secret, **run)
    assert (status, err) == (0, b"p: signed by mldsa65_ed25519, signature in standard output\n")
    assert process("verify", "--context", "x", "p", "p", "-", input=signature, **run)[0] == 0
    assert process("verify", "--context", "x", "-", "p", "-", input=signature, **run)[0] == 2
    (tmp_path / "s").write_bytes(signature)
    public = (tmp_path / "p").read_bytes()
    valid = b"standard input: the signature is valid (mldsa65_ed25519)\n"
    assert process("verify", "--context", "x", "p", "-", "s", input=public, **run) == (0, valid, b"")
    assert process("verify", "--context", "x", "-", "p", "s", input=public, **run)[0] == 0
    assert process("verify", "--context", "x", "p", "-", "s", input=b"", **run)[0] == 1
    cases("signatures", 7)
    key = pqhybrid.MLKEM1024_X448.keygen()
    (tmp_path / "k").write_bytes(bytes(key.to_der()))
    (tmp_path / "k").chmod(0o600)
    status, ciphertext, err = process("encaps", "-", "-", "one", input=key.public_key.to_der(), **run)
    assert status == 0 and err.count(b"\n") == 2 and len(ciphertext) == 1624
    status, shared, err = process("decaps", "k", "-", "-", input=ciphertext, **run)
    assert status == 0 and shared == (tmp_path / "one").read_bytes() and b"standard output: the shared secret" in err
    status, shared, _ = process("encaps", "--quiet", "-", "ct", "-", input=key.public_key.to_der(), **run)
    assert status == 0 and key.decaps((tmp_path / "ct").read_bytes()) == shared
    cases("key exchange", 3)
    told = process("info", "-", input=public, **run)[1]
    assert told.startswith(b"standard input: public key of mldsa65_ed25519, PEM")
    cases("info")


def test_a_pipe_of_several_megabytes(cases, tmp_path):
    message = os.urandom(5 << 20)
    run = {"cwd": tmp_path, "input": message}
    process("keygen", "k", "p", cwd=tmp_path)
    status, signature, err = process("sign", "--progress", "k", "-", "-", **run)
    assert status == 0 and b"\rread 5 MiB" in err and b"\r" + b" " * 40 + b"\r" in err
    (tmp_path / "s").write_bytes(signature)
    assert process("verify", "--quiet", "p", "-", "s", **run) == (0, b"", b"")
    (tmp_path / "f").write_bytes(message)
    status, _, err = process("verify", "--progress", "p", "f", "s", cwd=tmp_path)
    assert status == 0 and b"\rread  20%" in err and b"\rread 100%" in err
    cases("pipe", 3)


def test_console_script(cases):
    # What pip makes of [project.scripts] calls this without arguments, and exits with what it returns.
    code = "import sys; sys.argv = ['pqhybrid', '--version']; from pqhybrid.cli import main; sys.exit(main())"
    done = subprocess.run([COMMAND[0], "-c", code], env=environment(), stdout=subprocess.PIPE, check=True)
    assert done.stdout == f"pqhybrid {pqhybrid.__version__}\n".encode()
    cases("console script")
