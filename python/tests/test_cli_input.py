"""The command and the files it reads: what is said of bad ones, of which it warns, and that secrets are wiped."""

import os

import pytest
from command import files, here, left, process  # noqa: F401

import pqhybrid
from pqhybrid import _cli_files, cli

SIGNERS = "mldsa65_ed25519 or mldsa87_ed448"


def test_non_blocking_input(cases, files):
    """What is not there yet must not be taken for the end of the file."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.write(writing, b"hel")
    status, _, err = process("sign", "k", "-", "new", cwd=files, stdin=reading)
    assert status == 3 and err.startswith(b"pqhybrid: standard input: ") and err.count(b"\n") == 1
    assert b"non-blocking" in err
    os.write(writing, b"hel")
    status, _, err = process("info", "-", cwd=files, stdin=reading)
    assert status == 3 and b"non-blocking" in err
    os.close(reading)
    os.close(writing)
    assert not (files / "new").exists()
    cases("non-blocking", 2)


def test_a_file_that_shrinks(here, cases, files, monkeypatch):
    (files / "big").write_bytes(bytes(3 << 20))
    draw = cli.Message._draw

    def shrink(text):
        os.truncate("big", 1 << 20)
        draw(text)

    monkeypatch.setattr(cli.Message, "_draw", staticmethod(shrink))
    status, out, err = here("sign", "--progress", "k", "big")
    assert (status, out) == (3, "") and not (files / "big.sig").exists()
    assert err.endswith("pqhybrid: big: became shorter while it was read: try again when nobody writes to it\n")
    cases("shrinks")


def test_bad_files(here, cases, files):
    """Each file is something else than it should be; said is what the one line on standard error has."""
    (files / "folder").mkdir()
    (files / "empty").write_bytes(b"")
    (files / "long").write_bytes(bytes(1 << 17))
    (files / "text").write_bytes(b"not a key")
    (files / "cut").write_bytes((files / "k").read_bytes()[:-30])
    (files / "cutp").write_bytes((files / "p").read_bytes()[:300])
    (files / "damaged").write_bytes((files / "k").read_bytes().replace(b"\nM", b"\n!", 1))
    (files / "cert").write_bytes(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    key = pqhybrid.MLDSA65_ED25519.keygen()
    (files / "cut.der").write_bytes(bytes(key.to_der())[:-1])
    (files / "cutp.der").write_bytes(key.public_key.to_der()[:-1])
    (files / "s87").write_bytes(pqhybrid.MLDSA87_ED448.keygen().sign(b"hello"))
    (files / "ct1024").write_bytes(pqhybrid.MLKEM1024_X448.keygen().public_key.encaps()[0])
    weak = pqhybrid.MLDSA65_ED25519.public_key(bytes(1952) + b"\1" + bytes(31))
    (files / "weak").write_bytes(weak.to_pem())
    (files / "weak.kem").write_bytes(pqhybrid.MLKEM768_X25519.public_key(b"\xff" * 1216).to_pem())
    (files / "weak.ct").write_bytes((files / "ct").read_bytes()[:1088] + bytes(32))
    for path in files.iterdir():
        if path.is_file():
            path.chmod(0o600)
    before = left(files)
    for arguments, path, said in (
        (("sign", "no", "f"), "no", "No such file or directory: check the name and the folder"),
        (("sign", "folder", "f"), "folder", "Is a directory: give a file"),
        (("sign", "k", "folder"), "folder", "Is a directory: give a file"),
        (("sign", "k", "no"), "no", "No such file or directory"),
        (("verify", "p", "f", "folder"), "folder", "Is a directory: give a file"),
        (("verify", "p", "f", "no"), "no", "No such file or directory"),
        (("info", "folder"), "folder", "Is a directory: give a file"),
        (("sign", "empty", "f"), "empty", "0 bytes, where a raw secret key has 32 or 120 or 64 or 89"),
        (("verify", "empty", "f"), "empty", "0 bytes, where a raw public key has 1216 or 1624 or 1984 or 2649"),
        (("sign", "text", "f"), "text", "not a secret key: it is text, but no PEM"),
        (("sign", "long", "f"), "long", "not a key, a signature or a ciphertext: it has more than 65536 bytes"),
        (("info", "long"), "long", "not a key, a signature or a ciphertext: it has more than 65536 bytes"),
        (("info", "empty"), "empty", "not a key, a signature or a ciphertext: it is no PEM or DER, and has 0 bytes"),
        (("sign", "p", "f"), "p", "not a secret key: this is a public key, give the other file of the pair"),
        (("verify", "k", "f"), "k", "not a public key: this is a secret key, give the other file of the pair"),
        (("decaps", "y", "ct", "new"), "y", "not a secret key: this is a public key, give the other file of the pair"),
        (("encaps", "x", "new", "new2"), "x", "not a public key: this is a secret key, give the other file of the"),
        (("sign", "x", "f"), "x", f"key of mlkem768_x25519 is for key exchange: sign needs one of {SIGNERS}"),
        (("verify", "y", "f"), "y", f"key of mlkem768_x25519 is for key exchange: verify needs one of {SIGNERS}"),
        (("encaps", "p", "new", "new2"), "p", "key of mldsa65_ed25519 is for signatures: encaps needs one of mlkem"),
        (("decaps", "k", "ct", "new"), "k", "this key of mldsa65_ed25519 is for signatures: decaps needs one of mlkem"),
        (("verify", "p", "f", "s87"), "s87", "a signature of mldsa87_ed448, but the key is one of mldsa65_ed25519:"),
        (("verify", "p", "f", "f"), "f", "not a signature: it has 5 bytes, where one of mldsa65_ed25519 has 3373"),
        (("decaps", "x", "ct1024", "new"), "ct1024", "a ciphertext of mlkem1024_x448, but the key is one of"),
        (("decaps", "x", "f", "new"), "f", "not a ciphertext: it has 5 bytes, where one of mlkem768_x25519 has 1120"),
        (("sign", "cut", "f"), "cut", "cut off"),
        (("info", "cut"), "cut", "cut off"),
        (("verify", "cutp", "f"), "cutp", "cut off"),
        (("sign", "damaged", "f"), "damaged", "not base64"),
        (("sign", "cert", "f"), "cert", "certificate"),
        (("verify", "cert", "f"), "cert", "certificate"),
        (("info", "cert"), "cert", "certificate"),
        (("sign", "cut.der", "f"), "cut.der", "a part is missing"),
        (("verify", "cutp.der", "f"), "cutp.der", "a part is missing"),
        (("verify", "weak", "f"), "weak", "public key"),
        (("encaps", "weak.kem", "new", "new2"), "weak.kem", "get the public key again"),
        (("decaps", "x", "weak.ct", "new"), "weak.ct", "ask for a new one"),
    ):  # fmt: skip
        text = here.fails(3, *arguments)
        assert text.startswith(f"{path}: ") and said in text, (arguments, text)
        cases("bad files")
    assert left(files) == before


def test_warnings(here, cases, files):
    said = "warning: group or others have access to this secret key: chmod 600 it\n"
    for bits in (0o640, 0o604, 0o602, 0o610):
        (files / "k").chmod(bits)
        (files / "x").chmod(bits)
        assert here("sign", "--quiet", "k", "f") == (0, "", f"pqhybrid: k: {said}")
        (files / "again").unlink(missing_ok=True)
        assert here("decaps", "--quiet", "x", "ct", "again") == (0, "", f"pqhybrid: x: {said}")
        cases("warnings", 2)
    # A public key may be read by everybody, and so may what is no file, whose mode says nothing.
    (files / "p").chmod(0o666)
    here.works("verify", "p", "f")
    assert process("sign", "-", "f", "s", input=(files / "k").read_bytes(), cwd=files)[2] == b""
    cases("warnings", 2)


def test_read_secrets_are_wiped(here, cases, files, monkeypatch):
    """Whatever ends the command, the memory that a file was read into holds nothing any more."""
    read = []
    original = _cli_files.Contents.__init__

    def watched(self, *arguments, **options):
        read.append(self)
        original(self, *arguments, **options)
        assert any(self.buffer), "the watch sees what was read"

    monkeypatch.setattr(_cli_files.Contents, "__init__", watched)
    (files / "long").write_bytes(b"x" * (1 << 17))
    (files / "cut").write_bytes((files / "k").read_bytes()[:-30])
    (files / "cut").chmod(0o600)
    for status, *arguments in (
        (0, "sign", "k", "f"), (0, "verify", "p", "f"), (0, "decaps", "x", "ct", "new"), (0, "info", "k", "x"),
        (3, "sign", "k", "no"), (3, "sign", "x", "f"), (3, "sign", "cut", "f"), (3, "info", "cut"),
        (3, "verify", "k", "f"), (3, "decaps", "k", "ct", "new2"), (3, "sign", "long", "f"),
    ):  # fmt: skip
        read.clear()
        assert here(*arguments)[0] == status
        assert read and not any(any(each.buffer) for each in read), arguments
        cases("wiped", len(read))


def test_failing_library(here, cases, files, monkeypatch):
    for error in (pqhybrid.RandomSourceError("no random bytes"), pqhybrid.InternalError("status 99"), MemoryError()):

        def failing(*_, error=error):
            raise error

        monkeypatch.setattr(pqhybrid.SignatureSuite, "keygen", failing)
        assert here.fails(4, "keygen", "new", "new2") == (str(error) or "there is not enough memory")
        cases("library")


@pytest.mark.parametrize(
    "text",
    [b"ab" * 32, b"ab" * 15 + b"\r\n", b"ssh-ed25519 " + b"A" * 68 + b" a@b.org\n", b"0" * 120, b"x" * 1984],
    ids=lambda text: str(len(text)),
)
def test_text_is_no_raw_key(here, files, text, cases):  # noqa: F811
    """It may have the size of one."""
    assert len(text) in (32, 64, 89, 120, 1984)
    (files / "text").write_bytes(text)
    (files / "text").chmod(0o600)
    for arguments in (("sign", "text", "f", "new.sig"), ("decaps", "text", "f", "new"), ("verify", "text", "f", "s")):
        assert here.fails(3, *arguments).startswith("text: not a")
    if len(text) != 32:
        assert here.fails(3, "info", "text").startswith("text: not a key")
    assert not (files / "new.sig").exists()
    cases("texts", 4)


def test_a_link_stays_a_link(here, files, cases):  # noqa: F811
    """What a link points to is replaced by a new signature."""
    assert here("sign", "--quiet", "k", "f", "real.sig")[0] == 0
    before = (files / "real.sig").read_bytes()
    (files / "link.sig").symlink_to("real.sig")
    assert here("sign", "--quiet", "k", "f", "link.sig")[0] == 0
    assert (files / "link.sig").is_symlink() and (files / "real.sig").read_bytes() != before
    assert here("verify", "--quiet", "p", "f", "real.sig")[0] == 0
    cases("links", 2)
