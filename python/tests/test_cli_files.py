"""The command and its files: how they are created, that nothing half-written stays, what is said of bad ones."""

import errno
import os
import resource
import signal
import stat
import subprocess
import time

import pytest
from command import COMMAND, Here, environment, left, process

import pqhybrid
from pqhybrid import _cli_files, cli

SIGNERS = "mldsa65_ed25519 or mldsa87_ed448"


@pytest.fixture
def here(capfd, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Here(capfd)


@pytest.fixture
def files(here, tmp_path):
    """A key pair k, p for signatures and one x, y for key exchange, a file f, its signature f.sig, a ciphertext ct."""
    here.works("keygen", "k", "p")
    here.works("keygen", "--tier", "key-exchange", "x", "y")
    (tmp_path / "f").write_bytes(b"hello")
    here.works("sign", "k", "f")
    here.works("encaps", "y", "ct", "ss")
    return tmp_path


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o177, 0o277, 0o777])
def test_modes(here, cases, umask, files):
    before = os.umask(umask)
    try:
        for form in ("pem", "der", "raw"):
            here.works("keygen", "--format", form, f"{form}.key", f"{form}.pub")
            assert mode(f"{form}.key") == 0o600 & ~umask
            assert mode(f"{form}.pub") == 0o644 & ~umask
            cases(f"umask {umask:03o}", 2)
        here.works("encaps", "y", "ct2", "ss2")
        here.works("decaps", "x", "ct", "ss3")
        here.works("sign", "k", "f", "new.sig")
    finally:
        os.umask(before)
    assert mode("ss2") == mode("ss3") == 0o600 & ~umask
    assert mode("ct2") == 0o644 & ~umask and mode("new.sig") == 0o666 & ~umask
    cases(f"umask {umask:03o}", 4)


def test_nothing_is_overwritten(here, cases, files):
    (files / "link").symlink_to("nowhere")
    (files / "folder").mkdir()
    before = {path.name: path.read_bytes() for path in files.iterdir() if path.is_file()}
    for taken in ("k", "p", "f", "link", "folder"):
        for arguments in (
            ("keygen", taken, "new"), ("keygen", "new", taken), ("encaps", "y", taken, "new"),
            ("encaps", "y", "new", taken), ("decaps", "x", "ct", taken),
        ):  # fmt: skip
            assert here.fails(3, *arguments) == f"{taken}: exists already, and is not overwritten: choose another name"
            cases("new files")
    refused = "exists and is not an older signature, and is not overwritten: choose another name"
    for taken in ("k", "p", "f", "folder", "ct"):
        assert here.fails(3, "sign", "k", "f", taken) == f"{taken}: {refused}"
        cases("signatures")
    # A file that happens to be as long as a signature is not replaced by its own.
    assert here.fails(3, "sign", "k", "f.sig", "f.sig") == f"f.sig: {refused}"
    os.link("f.sig", "same")
    assert here.fails(3, "sign", "k", "same", "f.sig") == f"f.sig: {refused}"
    (files / "same").unlink()
    cases("signatures", 2)
    assert {path.name: path.read_bytes() for path in files.iterdir() if path.is_file()} == before


def test_signatures_are_replaced(here, cases, files, monkeypatch):
    old = (files / "f.sig").read_bytes()
    here.works("sign", "k", "f")
    new = (files / "f.sig").read_bytes()
    assert new != old and here.works("verify", "p", "f")
    here.works("keygen", "--tier", "high", "high.key", "high.pub")
    here.works("sign", "high.key", "f")
    assert here.works("verify", "high.pub", "f")
    cases("replaced", 2)
    # The old one stays until there is all of the new one.
    old = (files / "f.sig").read_bytes()
    before = left(files)

    def failing(*_):
        raise OSError(errno.EIO, "")

    for name in ("fsync", "write", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(os, name, failing)
            assert here.fails(3, "sign", "k", "f") == "f.sig: Input/output error"
        assert left(files) == before and (files / "f.sig").read_bytes() == old
        cases("not replaced")
    # What is not on a disk cannot be brought there.
    with monkeypatch.context() as patch:

        def invalid(_):
            raise OSError(errno.EINVAL, "")

        patch.setattr(os, "fsync", invalid)
        here.works("sign", "k", "f")
    cases("replaced")


def test_both_or_none(here, cases, files, monkeypatch):
    before = left(files)
    nowhere = os.path.join("f", "below")
    said = f"{nowhere}: Not a directory: a part of the path is a file"
    for arguments in (
        ("keygen", nowhere, "new"), ("keygen", "new", nowhere), ("encaps", "y", nowhere, "new"),
        ("encaps", "y", "new", nowhere), ("decaps", "x", "ct", nowhere), ("sign", "k", "f", nowhere),
    ):  # fmt: skip
        assert here.fails(3, *arguments) == said
        assert left(files) == before
        cases("below a file")
    assert here.fails(3, "keygen", "no/k", "new") == "no/k: No such file or directory: check the name and the folder"
    cases("no folder")
    # Also if it is not an error of the file that ends it.
    for ending, status in ((KeyboardInterrupt, 130), (MemoryError, 4)):
        with monkeypatch.context() as patch:

            def ended(*_, ending=ending):
                raise ending

            patch.setattr(_cli_files, "_to_disk", ended)
            for arguments in (("keygen", "new", "new2"), ("sign", "k", "f", "new"), ("decaps", "x", "ct", "new")):
                here.fails(status, *arguments)
                assert left(files) == before
                cases("interrupted")


def test_full_disk(cases, files):
    """Standard output that is full, and a limit that cuts files short; in processes of their own."""
    before = left(files)
    full = b"pqhybrid: standard output: No space left on device: make room there, or choose another place\n"
    with open("/dev/full", "wb") as device:
        for arguments in (
            ("keygen", "new", "-"), ("keygen", "-", "new"), ("encaps", "y", "new", "-"), ("decaps", "x", "ct", "-"),
            ("sign", "k", "f", "-"), ("--help",), ("info",), ("verify", "p", "f"), ("keygen", "whole", "pair"),
        ):  # fmt: skip
            status, _, err = process(*arguments, cwd=files, stdout=device)
            assert (status, err) == (3, full), arguments
            cases("/dev/full")
    # What was whole before the line about it could not be printed stays.
    assert left(files) == sorted([*before, "whole", "pair"])
    before = left(files)

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))

    for arguments, name in (
        (("keygen", "new", "new2"), b"new2"), (("sign", "k", "f"), b"f.sig"), (("encaps", "y", "new", "new2"), b"new"),
    ):  # fmt: skip
        status, out, err = process(*arguments, cwd=files, preexec_fn=limited)
        said = b"pqhybrid: %s: File too large: a limit of the system is reached, see ulimit -f\n" % name
        assert (status, out, err) == (3, b"", said)
        assert left(files) == before
        cases("cut short")


def test_without_permission(here, cases, files):
    """A folder that cannot be written, keys that cannot be read; as root, by becoming somebody else for a moment."""
    (files / "locked").mkdir(mode=0o555)
    before = left(files)
    user = os.geteuid()
    if user == 0:
        # The folders above must be passable for whoever that is, and everything must have been imported.
        os.chmod(".", 0o755)
        os.chown("f", 65534, 65534)
        os.seteuid(65534)
    else:
        os.chmod("k", 0)
    try:
        denied = "Permission denied: give your user the permission, or choose another place"
        assert here.fails(3, "keygen", "locked/k", "locked/p") == f"locked/k: {denied}"
        assert here.fails(3, "sign", "k", "f") == f"k: {denied}"
        assert here.fails(3, "encaps", "y", "locked/ct", "locked/ss") == f"locked/ss: {denied}"
    finally:
        os.seteuid(user)
    assert left(files) == before and left(files / "locked") == []
    cases("permissions", 3)


def test_closed_pipe(cases, files):
    """Somebody who does not read to the end, as in `pqhybrid info | true`."""
    for arguments in (("info",), ("--help",), ("verify", "p", "f"), ("keygen", "new", "-")):
        reading, writing = os.pipe()
        os.close(reading)
        status, _, err = process(*arguments, cwd=files, stdout=writing)
        os.close(writing)
        # That nobody reads a line is no news; that nobody reads a key is.
        said = b"pqhybrid: standard output: Broken pipe\n" if "-" in arguments else b""
        assert (status, err) == (3, said), arguments
        cases("pipe")
    assert not (files / "new").exists()
    # Nobody reads the errors: the status tells.
    reading, writing = os.pipe()
    os.close(reading)
    assert process("verify", "p", "k", "f.sig", cwd=files, stderr=writing)[:2] == (1, b"")
    os.close(writing)
    cases("pipe")


def test_closed_standard_files(cases, files):
    run = {"cwd": files, "env": environment(), "stderr": subprocess.PIPE, "check": False}

    def shell(redirected, *arguments):
        done = subprocess.run(["sh", "-c", f'exec "$@" {redirected}', "sh", *COMMAND, *arguments], **run)
        assert b"Traceback" not in done.stderr
        return done.returncode, done.stderr

    closed = b"pqhybrid: standard output: is closed\n"
    assert shell(">&-", "info") == shell(">&-", "keygen", "new", "-") == (3, closed)
    assert shell(">&-", "verify", "--quiet", "p", "f") == (0, b"")
    assert shell("<&-", "sign", "k", "-", "s") == (3, b"pqhybrid: standard input: Bad file descriptor\n")
    assert shell("2>&- >&- <&-", "sign", "--progress", "--quiet", "k", "f") == (0, b"")
    assert shell("", "verify", "--quiet", "p", "f") == (0, b"")
    assert not (files / "new").exists() and not (files / "s").exists()
    cases("closed", 6)


def test_interrupt(cases, files):
    before = left(files)
    pipes = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE}
    arguments = ("sign", "--progress", "k", "-", "new")
    running = subprocess.Popen([*COMMAND, *arguments], cwd=files, env=environment(), **pipes)
    running.stdin.write(bytes(1 << 21))
    running.stdin.flush()
    # Until it has read something, so that it is past its start.
    assert b"read" in running.stderr.read(8)
    time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    err = running.stderr.read()
    assert running.wait(10) == 130 and err.endswith(b"\rpqhybrid: interrupted\n") and b"Traceback" not in err
    running.stdin.close()
    running.stderr.close()
    assert left(files) == before
    cases("interrupt")


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
        (("sign", "text", "f"), "text", "not a secret key: it is no PEM or DER, and has 9 bytes"),
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
