"""The command and encrypted keys: where passphrases come from, which are refused, and that they are wiped."""

import fcntl
import os
import select
import subprocess
import sys
import termios
import time

import pytest
from command import COMMAND, Here, environment, left, needs_cryptography, process

import pqhybrid
from pqhybrid import _cli_keys

pytestmark = needs_cryptography("cli_passphrases")

PASSPHRASE = "corréct horse"


@pytest.fixture
def here(capfd, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Here(capfd)


@pytest.fixture
def files(here, tmp_path):
    """A passphrase in pw, a file f, and a key pair k, p encrypted with it."""
    write(tmp_path / "pw", PASSPHRASE + "\n")
    write(tmp_path / "wrong", "wrong\n")
    (tmp_path / "f").write_bytes(b"hello")
    here.works("keygen", "--passphrase-file", "pw", "k", "p")
    return tmp_path


def write(path, text):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(0o600)


@pytest.mark.parametrize("form", ["pem", "der"])
def test_files(here, cases, files, form):
    # One of each kind is enough for the second form: deriving a key from a passphrase is slow on purpose.
    for suite in pqhybrid.SUITES if form == "pem" else (pqhybrid.MLKEM1024_X448, pqhybrid.MLDSA87_ED448):
        options = ("--suite", suite.name, "--format", form, "--passphrase-file", "pw")
        made = here.works("keygen", *options, suite.name, f"{suite.name}.pub")
        assert made.startswith(f"{suite.name}: new {suite.name} secret key, to be kept secret\n")
        text = (files / suite.name).read_bytes()
        read = pqhybrid.SecretKey.from_pem if form == "pem" else pqhybrid.SecretKey.from_der
        assert read(text, PASSPHRASE.encode()).suite is suite
        assert os.stat(suite.name).st_mode & 0o777 == 0o600
        told = f"{suite.name}: encrypted secret key, {form.upper()}"
        assert here.works("info", suite.name) == f"{told}; with its passphrase, more is told\n"
        more = here.works("info", "--passphrase-file", "pw", suite.name, f"{suite.name}.pub")
        assert more.startswith(f"{suite.name}: encrypted secret key of {suite.name}, {form.upper()}\n    {suite.title}")
        key = read(text, PASSPHRASE.encode()).public_key
        assert more.count(f"fingerprint of the public key: {key.fingerprint}\n") == 2
        # What is encrypted may be read by others.
        (files / suite.name).chmod(0o644)
        if hasattr(suite, "signature_bytes"):
            here.works("sign", "--passphrase-file", "pw", suite.name, "f")
            here.works("verify", f"{suite.name}.pub", "f")
        else:
            here.works("encaps", f"{suite.name}.pub", f"{suite.name}.ct", f"{suite.name}.one")
            here.works("decaps", "--passphrase-file", "pw", suite.name, f"{suite.name}.ct", f"{suite.name}.two")
            assert (files / f"{suite.name}.one").read_bytes() == (files / f"{suite.name}.two").read_bytes()
        cases(f"{form}", 3)


def test_what_is_a_passphrase(here, cases, files):
    for text in (PASSPHRASE, f"{PASSPHRASE}\r\n", f"{PASSPHRASE}\nsomething else\n", f"{PASSPHRASE}\n" + "x" * 100_000):
        write(files / "same", text)
        here.works("sign", "--passphrase-file", "same", "k", "f")
        cases("the same")
    other = (f" {PASSPHRASE}\n", f"{PASSPHRASE} \n", f"\n{PASSPHRASE}\n", PASSPHRASE.encode("latin-1"))
    for text in (*other, "x" * 1024, b"\xff\0"):
        write(files / "other", text)
        said = here.fails(3, "sign", "--passphrase-file", "other", "k", "f", "new")
        assert PASSPHRASE not in said and not (files / "new").exists()
        cases("another")
    write(files / "empty", "")
    said = "empty: the passphrase is empty: its first line should be one"
    for arguments in (("sign", "k", "f"), ("keygen", "k2", "p2"), ("info", "k")):
        assert here.fails(3, arguments[0], "--passphrase-file", "empty", *arguments[1:]) == said
        cases("refused")
    write(files / "long", "x" * 1024 + "\n")
    said = "long: the passphrase is longer than 1023 bytes"
    assert here.fails(3, "sign", "--passphrase-file", "long", "k", "f") == said
    write(files / "longest", "x" * 1023 + "\n")
    here.works("keygen", "--passphrase-file", "longest", "k3", "p3")
    here.works("sign", "--passphrase-file", "longest", "k3", "f")
    cases("refused", 2)


def test_refusals(here, cases, files):
    before = left(files)
    wrong = here.fails(3, "sign", "--passphrase-file", "wrong", "k", "f")
    assert wrong.startswith("k: ") and "passphrase" in wrong
    assert here.fails(3, "info", "--passphrase-file", "wrong", "k") == wrong
    assert here.fails(3, "sign", "--passphrase-file", "no", "k", "f").startswith("no: No such file or directory")
    assert here.fails(3, "sign", "--passphrase-fd", "77", "k", "f") == "file descriptor 77: Bad file descriptor"
    assert here.fails(3, "verify", "k", "f") == (
        "k: not a public key: this is an encrypted secret key, give the other file of the pair"
    )
    cases("refused", 5)
    here.works("keygen", "open", "open.pub")
    said = here.fails(3, "sign", "--passphrase-file", "pw", "open", "f")
    assert said == "open: is not encrypted: leave the passphrase out"
    (files / "cut").write_bytes((files / "k").read_bytes()[:-40])
    assert "cut off" in here.fails(3, "sign", "--passphrase-file", "pw", "cut", "f")
    (files / "pw").chmod(0o644)
    warning = "pqhybrid: pw: warning: group or others have access to this passphrase: chmod 600 it\n"
    assert here("sign", "--quiet", "--passphrase-file", "pw", "k", "f") == (0, "", warning)
    cases("refused", 3)
    assert left(files) == sorted([*before, "open", "open.pub", "cut", "f.sig"])


def test_without_a_terminal(cases, files):
    for arguments, name in (
        (("sign", "k", "f"), "k"), (("decaps", "k", "f", "s"), "k"),
        (("keygen", "--passphrase-prompt", "k2", "p2"), "k2"),
    ):  # fmt: skip
        status, out, err = process(*arguments, cwd=files, start_new_session=True)
        said = "needs a passphrase, and there is no terminal to ask on: use --passphrase-file or --passphrase-fd"
        assert (status, out, err) == (3, b"", f"pqhybrid: {name}: {said}\n".encode())
        cases("no terminal")
    assert left(files) == ["f", "k", "p", "pw", "wrong"]


def test_descriptors_and_standard_input(cases, files):
    reading, writing = os.pipe()
    # The end of the line is enough: the pipe stays open.
    os.write(writing, PASSPHRASE.encode() + b"\n")
    assert process("sign", "--passphrase-fd", str(reading), "k", "f", cwd=files, pass_fds=(reading,))[0] == 0
    os.close(reading)
    os.close(writing)
    given = PASSPHRASE.encode() + b"\n"
    assert process("sign", "--passphrase-file", "-", "k", "f", cwd=files, input=given)[0] == 0
    assert process("sign", "--passphrase-fd", "0", "k", "f", cwd=files, input=given)[0] == 0
    assert process("keygen", "--passphrase-file", "-", "k2", "p2", cwd=files, input=b"x")[0] == 0
    assert process("sign", "--passphrase-file", "-", "k2", "f", cwd=files, input=b"x")[0] == 0
    cases("descriptors", 5)


def test_standard_input_is_not_shared(cases, files):
    """A passphrase and a message that come the same way: the message that is signed would be what is left of it."""
    both = PASSPHRASE.encode() + b"\nTHE MESSAGE\n"
    write(files / "both", both)
    before = left(files)
    once = b"pqhybrid: standard input: is there once: only one file, or the passphrase, can come from it; see pqhybrid "
    os.mkfifo(files / "fifo")
    for option, value in (
        ("--passphrase-fd", "0"), ("--passphrase-fd", "3"), ("--passphrase-file", "-"),
        ("--passphrase-file", "/dev/stdin"), ("--passphrase-file", "/dev/fd/3"), ("--passphrase-file", "link"),
    ):  # fmt: skip
        for source in ("cat both |", "exec <both;", "cat both >fifo & exec <fifo;"):
            script = f'ln -sf /proc/self/fd/0 link; {source} {{ exec 3<&0; "$@"; }}'
            command = ("sh", "-c", script, "sh", *COMMAND, "sign", option, value, "k", "-", "new")
            done = subprocess.run(command, cwd=files, env=environment(), capture_output=True, check=False)
            assert (done.returncode, done.stdout, done.stderr) == (2, b"", once + b"--help\n"), (option, value, source)
            cases("shared")
    (files / "link").unlink()
    (files / "fifo").unlink()
    assert left(files) == before
    # Different pipes, and a file that is named and redirected, are no harm.
    command = ("sh", "-c", 'cat pw | { exec 3<&0; cat f | "$@"; }', "sh", *COMMAND)
    run = {"cwd": files, "env": environment(), "check": False}
    assert subprocess.run([*command, "sign", "--quiet", "--passphrase-fd", "3", "k", "-", "s"], **run).returncode == 0
    assert process("verify", "p", "f", "s", cwd=files)[0] == 0
    with open(files / "p", "rb") as file:
        assert process("info", "p", "p", cwd=files, stdin=file)[0] == 0
    cases("not shared", 2)


def test_no_more_than_the_passphrase_is_read(cases, files):
    """What follows the first line of a pipe is there for whoever reads it next."""
    reading, writing = os.pipe()
    os.write(writing, PASSPHRASE.encode() + b"\nwhat follows")
    assert process("sign", "--passphrase-fd", str(reading), "k", "f", cwd=files, pass_fds=(reading,))[0] == 0
    assert os.read(reading, 100) == b"what follows"
    os.write(writing, PASSPHRASE.encode() + b"\nTHE MESSAGE")
    named = f"/dev/fd/{reading}"
    os.close(writing)
    arguments = ("--passphrase-fd", str(reading), "k", named, "new")
    assert process("sign", *arguments, cwd=files, pass_fds=(reading,))[0] == 0
    os.close(reading)
    (files / "m").write_bytes(b"THE MESSAGE")
    assert process("verify", "p", "m", "new", cwd=files)[0] == 0
    cases("descriptors", 2)


class Terminal:
    """The command on a terminal of its own."""

    def __init__(self, folder, *arguments):
        self._master, slave = os.openpty()
        self.seen = b""
        self._process = subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=folder,
            env=environment(),
            stdin=slave,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)

    def answers(self, prompt, text):
        """Types text, once it is asked for."""
        end = time.monotonic() + 20
        while not self.seen.endswith(prompt):
            assert select.select([self._master], [], [], end - time.monotonic())[0], f"no prompt: {self.seen!r}"
            self.seen += os.read(self._master, 1000)
        os.write(self._master, text)

    def ends(self):
        """The exit status, and standard output and error."""
        out, err = self._process.communicate(timeout=20)
        os.close(self._master)
        assert b"Traceback" not in err and b"Warning" not in err, err
        return self._process.returncode, out, err


def test_prompts(cases, files):
    typed = PASSPHRASE.encode() + b"\n"
    terminal = Terminal(files, "sign", "k", "f")
    terminal.answers(b"passphrase for k: ", typed)
    assert terminal.ends()[::2] == (0, b"") and PASSPHRASE.encode() not in terminal.seen
    terminal = Terminal(files, "sign", "--passphrase-prompt", "k", "f")
    terminal.answers(b"passphrase for k: ", b"wrong\n")
    assert terminal.ends()[0] == 3
    terminal = Terminal(files, "sign", "k", "f")
    terminal.answers(b"passphrase for k: ", b"\n")
    assert terminal.ends() == (3, b"", b"pqhybrid: k: the passphrase is empty: its first line should be one\n")
    terminal = Terminal(files, "sign", "k", "f")
    terminal.answers(b"passphrase for k: ", b"\x04")
    assert terminal.ends() == (3, b"", b"pqhybrid: k: no passphrase was given\n")
    terminal = Terminal(files, "sign", "k", "f")
    terminal.answers(b"passphrase for k: ", b"\x03")
    assert terminal.ends() == (130, b"", b"pqhybrid: interrupted\n")
    cases("prompts", 5)
    terminal = Terminal(files, "keygen", "--passphrase-prompt", "k2", "p2")
    terminal.answers(b"new passphrase for k2: ", typed)
    terminal.answers(b"the same again: ", b"another\n")
    assert terminal.ends() == (3, b"", b"pqhybrid: k2: the two passphrases differ: try again\n")
    assert left(files) == ["f", "f.sig", "k", "p", "pw", "wrong"]
    terminal = Terminal(files, "keygen", "--passphrase-prompt", "k2", "p2")
    terminal.answers(b"new passphrase for k2: ", typed)
    terminal.answers(b"the same again: ", typed)
    assert terminal.ends()[0] == 0
    # What was typed is what the file with the passphrase has.
    assert process("sign", "--passphrase-file", "pw", "k2", "f", cwd=files)[0] == 0
    cases("prompts", 3)


def test_bytes_are_not_for_terminals(cases, files):
    terminal = os.openpty()
    for arguments in (("keygen", "--format", "raw", "-", "new"), ("sign", "--passphrase-file", "pw", "k", "f", "-")):
        status, _, err = process(*arguments, cwd=files, stdout=terminal[1])
        said = b"pqhybrid: standard output: is a terminal, which bytes are not for: redirect it to a file\n"
        assert (status, err) == (3, said) and not (files / "new").exists()
        cases("terminal")
    # PEM is text.
    assert process("keygen", "new", "-", cwd=files, stdout=terminal[1])[0] == 0
    assert b"BEGIN PUBLIC KEY" in os.read(terminal[0], 10_000)
    cases("terminal")
    for each in terminal:
        os.close(each)


def test_passphrases_are_wiped(here, cases, files, monkeypatch):
    taken = []
    original = _cli_keys.Passphrase.__enter__

    def watched(self):
        taken.append(original(self))
        assert any(taken[-1]), "the watch sees a passphrase"
        return taken[-1]

    monkeypatch.setattr(_cli_keys.Passphrase, "__enter__", watched)
    for status, source, *arguments in (
        (0, "pw", "sign", "k", "f"), (0, "pw", "info", "k"), (0, "pw", "keygen", "k2", "p2"),
        (3, "wrong", "sign", "k", "f"), (3, "pw", "keygen", "k2", "p3"), (3, "wrong", "info", "k"),
        (3, "pw", "decaps", "k", "f", "s"),
    ):  # fmt: skip
        taken.clear()
        assert here(*arguments, "--passphrase-file", source)[0] == status, arguments
        assert taken and not any(map(any, taken))
        cases("wiped", len(taken))


def test_without_cryptography(here, cases, files, monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "cryptography"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    for arguments in (("sign", "k", "f"), ("keygen", "k2", "p2"), ("info", "k")):
        assert "cryptography" in here.fails(4, *arguments, "--passphrase-file", "pw")
        cases("no cryptography")
    assert here.works("info", "k")
    assert left(files) == ["f", "k", "p", "pw", "wrong"]
