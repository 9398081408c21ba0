"""The command when it is killed, wherever it is: there are all of its new files or none, and never a part of one."""

import contextlib
import os
import signal
import stat
import subprocess
import threading
import time
import traceback

import pytest
from command import COMMAND, environment, files, here, left  # noqa: F401

import pqhybrid
from pqhybrid import _cli_write
from pqhybrid.cli import main

# Every function of the operating system that writing a file calls; tests that the kills reach them are below.
PLACES = [(os, name) for name in "open write fsync close link unlink replace stat lstat fstat".split()]
PLACES.append((signal, "pthread_sigmask"))

STOPPED = {signal.SIGTERM: b"terminated", signal.SIGHUP: b"hung up", signal.SIGINT: b"interrupted"}


def kill_at(step, number):
    """Sends a signal at a step: before, within or after the first call of the operating system, then the second, …"""
    count = [0]

    def at():
        count[0] += 1
        if count[0] == step:
            os.kill(os.getpid(), number)

    def wrap(module, name):
        real = getattr(module, name)

        def wrapped(*arguments, **options):
            at()
            if name == "write":
                half = real(arguments[0], arguments[1][: (len(arguments[1]) + 1) // 2])
                at()
                return half
            result = real(*arguments, **options)
            at()
            return result

        setattr(module, name, wrapped)

    for module, name in PLACES:
        wrap(module, name)


def killed(arguments, step, number, prepare=None):
    """The command in a child that is killed at a step: its exit status, minus the signal's number if that ended it."""
    child = os.fork()
    if not child:
        try:
            for each in STOPPED:
                signal.signal(each, signal.default_int_handler if each == signal.SIGINT else signal.SIG_DFL)
            if prepare:
                prepare()
            kill_at(step, number)
            os._exit(main(list(arguments)))
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(99)
    status = os.waitpid(child, 0)[1]
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def whole(name):
    """Whether a file is there; fails if it is there in part."""
    try:
        with open(name, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        return False
    if name in ("k2", "x2"):
        pqhybrid.SecretKey.from_pem(data).wipe()
        assert stat.S_IMODE(os.stat(name).st_mode) == 0o600
    elif name in ("p2", "y2"):
        pqhybrid.PublicKey.from_pem(data)
    else:
        assert len(data) == {"ct2": 1120, "ss2": 32, "ss3": 32, "new.sig": 3373}[name], name
    return True


# What each command makes; if there are two, the first must not be there without the second.
MAKING = {
    ("keygen", "--quiet", "k2", "p2"): ("k2", "p2"),
    ("keygen", "--quiet", "--suite", "mlkem768_x25519", "x2", "y2"): ("x2", "y2"),
    ("encaps", "--quiet", "y", "ct2", "ss2"): ("ss2", "ct2"),
    ("decaps", "--quiet", "x", "ct", "ss3"): ("ss3",),
    ("sign", "--quiet", "k", "f", "new.sig"): ("new.sig",),
}


@pytest.mark.parametrize("number", [signal.SIGKILL, *STOPPED])
@pytest.mark.parametrize("arguments", MAKING)
def test_killed_at_every_step(cases, files, arguments, number):  # noqa: F811
    before, made = left(files), MAKING[arguments]
    step, outcomes, temporary = 0, set(), 0
    while True:
        step += 1
        status = killed(arguments, step, number)
        there = [name for name in made if whole(name)]
        leftovers = [name for name in left(files) if name.endswith(".tmp")]
        assert left(files) == sorted([*before, *there, *leftovers])
        if number == signal.SIGKILL:
            assert status in (0, -number)
            # One alone is the public key or the ciphertext, which are of no use and do no harm.
            assert there in ([], list(made), list(made[1:]))
            for name in leftovers:
                secret = name.startswith(("k2", "x2", "ss"))
                assert not secret or stat.S_IMODE(os.stat(name).st_mode) == 0o600
            temporary += len(leftovers)
        else:
            assert status in (0, 128 + number) and not leftovers
            assert there in ([], list(made))
        outcomes.add(len(there))
        for name in (*there, *leftovers):
            os.unlink(name)
        cases(f"{arguments[0]} {signal.Signals(number).name}")
        if status == 0:
            break
    assert {0, len(made)} <= outcomes and step > 30
    # Kills that leave nothing to see would show nothing.
    assert (temporary > 0) == (number == signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_an_older_signature(cases, files, number):  # noqa: F811
    before, step, outcomes = left(files), 0, set()
    key = pqhybrid.PublicKey.from_pem((files / "p").read_bytes())
    while True:
        step += 1
        old = (files / "f.sig").read_bytes()
        status = killed(("sign", "--quiet", "k", "f"), step, number)
        key.verify((files / "f.sig").read_bytes(), b"hello")
        outcomes.add((files / "f.sig").read_bytes() == old)
        for name in set(left(files)) - set(before):
            assert name.endswith(".tmp") and number == signal.SIGKILL
            os.unlink(name)
        cases(f"older signature {signal.Signals(number).name}")
        if status == 0:
            break
    assert outcomes == {True, False} and step > 30


def test_the_kills_are_felt(cases, files):  # noqa: F811
    """The test of the tests: a command that writes in place does not survive them."""

    def in_place(self, *new):
        for path, mode, data in new:
            fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
            _cli_write._write(fd, data)
            os.close(fd)

    def prepare():
        _cli_write._Placed.place = in_place

    for number in (signal.SIGKILL, signal.SIGTERM):
        partial, step = 0, 0
        while True:
            step += 1
            status = killed(("keygen", "--quiet", "k2", "p2"), step, number, prepare)
            try:
                partial += not whole("k2") and whole("p2") or whole("k2") != whole("p2")
            except pqhybrid.EncodingError:
                partial += 1
            for name in ("k2", "p2"):
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(name)
            if status == 0:
                break
        assert partial >= 3
        cases("test of the test", step)


@pytest.mark.parametrize("number", STOPPED)
def test_stopped_while_it_reads(cases, files, number):  # noqa: F811
    """The command as a process, which a signal meets while it waits for its input."""
    before = left(files)
    pipes = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE}
    arguments = ("sign", "--progress", "k", "-", "new")
    running = subprocess.Popen([*COMMAND, *arguments], cwd=files, env=environment(), **pipes)
    running.stdin.write(bytes(1 << 21))
    running.stdin.flush()
    # Until it has read something, so that it is past its start.
    assert b"read" in running.stderr.read(8)
    time.sleep(0.05)
    running.send_signal(number)
    err = running.stderr.read()
    assert running.wait(10) == 128 + number
    assert err.endswith(b"\rpqhybrid: %s\n" % STOPPED[number]) and b"Traceback" not in err
    running.stdin.close()
    running.stderr.close()
    assert left(files) == before
    cases("stopped")


def test_what_was_set_stays(here, cases, files):  # noqa: F811
    """nohup's choice is respected, a calling program's handler as well, and nothing is left set."""
    arguments = ("sign", "--quiet", "k", "f", "new.sig")
    ignoring = lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)  # noqa: E731
    for step in range(1, 30):
        assert killed(arguments, step, signal.SIGHUP, ignoring) == 0
        os.unlink("new.sig")
        cases("ignored")
    for handler in (signal.SIG_DFL, signal.SIG_IGN, lambda *_: None):
        before = [signal.signal(each, handler) for each in (signal.SIGTERM, signal.SIGHUP)]
        try:
            here.works("sign", "k", "f")
            here.fails(3, "sign", "k", "no")
            assert signal.getsignal(signal.SIGTERM) is signal.getsignal(signal.SIGHUP) is handler
            assert not signal.pthread_sigmask(signal.SIG_BLOCK, ()) & set(STOPPED)
        finally:
            for each, old in zip((signal.SIGTERM, signal.SIGHUP), before):
                signal.signal(each, old)
        cases("set")
    # Another thread cannot set handlers, and needs none.
    statuses = []
    thread = threading.Thread(target=lambda: statuses.append(main(["sign", "--quiet", "k", "f"])))
    thread.start()
    thread.join()
    assert statuses == [0]
    cases("thread")
