"""The command and the files it writes: how they are created, and that nothing half-written stays."""

import errno
import os
import resource
import stat
import subprocess

import pytest
from command import COMMAND, environment, files, here, left, process  # noqa: F401

from pqhybrid import _cli_files, _cli_write


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


def test_what_has_the_size_of_a_signature(here, cases, files):
    """Two sizes are too little to tell an older signature by: the name must say so, too."""
    for size in _cli_files.SIGNATURE_SIZES:
        photo = os.urandom(size)
        for name in ("photo.bin", "photo", "sig", "photo.sig.bin", "photo.SIG"):
            (files / name).write_bytes(photo)
            why = "exists, and an older signature is replaced only if its name ends in .sig: choose another name"
            said = f"{name}: {why}"
            assert here.fails(3, "sign", "k", "f", name) == said
            assert (files / name).read_bytes() == photo
            (files / name).unlink()
            # A new file may have any name.
            here.works("sign", "k", "f", name)
            here.works("verify", "p", "f", name)
            assert here.fails(3, "sign", "k", "f", name) == said
            (files / name).unlink()
            cases("not a signature", 3)
        (files / "f.sig").write_bytes(photo)
        here.works("sign", "k", "f")
        here.works("verify", "p", "f")
        cases("a signature")


def test_without_hard_links(here, cases, files, monkeypatch):
    """On a file system that has none, files are created all the same, and never overwritten."""
    before = left(files)

    def refused(*_, **__):
        raise PermissionError(errno.EPERM, "")

    monkeypatch.setattr(os, "link", refused)
    here.works("keygen", "new", "new2")
    assert mode("new") == 0o600 and left(files) == sorted([*before, "new", "new2"])
    here.works("sign", "new", "f", "new.sig")
    here.works("verify", "new2", "f", "new.sig")
    assert here.fails(3, "keygen", "newer", "p") == "p: exists already, and is not overwritten: choose another name"
    (files / "new.sig").unlink()
    cases("without links", 3)

    # Somebody takes the name in the last moment, or the disk is full then.
    def taken(*_, **__):
        (files / "late").write_bytes(b"precious")
        raise PermissionError(errno.EPERM, "")

    monkeypatch.setattr(os, "link", taken)
    said = "late: exists already, and is not overwritten: choose another name"
    assert here.fails(3, "keygen", "late", "late2") == said
    assert (files / "late").read_bytes() == b"precious"
    (files / "late").unlink()
    monkeypatch.setattr(os, "link", refused)
    monkeypatch.setattr(os, "replace", refused)
    said = "late2: Operation not permitted"
    assert here.fails(3, "keygen", "late", "late2") == said
    assert left(files) == sorted([*before, "new", "new2"])
    cases("without links", 2)


def test_a_name_that_is_taken_meanwhile(here, cases, files, monkeypatch):
    link = os.link
    for name, other in (("late", "late2"), ("late2", "late")):

        def taken(source, target, name=name):
            if target == name:
                (files / name).write_bytes(b"precious")
            link(source, target)

        monkeypatch.setattr(os, "link", taken)
        said = f"{name}: exists already, and is not overwritten: choose another name"
        assert here.fails(3, "keygen", "late", "late2") == said
        assert (files / name).read_bytes() == b"precious" and not (files / other).exists()
        (files / name).unlink()
        cases("taken")
    assert not any(name.endswith(".tmp") for name in left(files))


def test_names_are_on_the_disk(here, cases, files, monkeypatch):
    """The folder of every new file is synchronised after the file got its name there."""
    (files / "folder").mkdir()
    sync, synced = os.fsync, []

    def watched(fd):
        if stat.S_ISDIR(os.fstat(fd).st_mode):
            synced.append((os.fstat(fd).st_ino, left(fd)))
        sync(fd)

    monkeypatch.setattr(os, "fsync", watched)
    top, below = os.stat(".").st_ino, os.stat("folder").st_ino
    for arguments, expected in (
        (("keygen", "new", "new2"), [(top, {"new", "new2"})]),
        (("keygen", "new3", "folder/new3"), [(top, {"new3"}), (below, {"new3"})]),
        (("sign", "k", "f", "folder/f.sig"), [(below, {"f.sig"})]),
        (("encaps", "y", "folder/ct", "folder/ss"), [(below, {"ct", "ss"})]),
        (("decaps", "x", "ct", "./new4"), [(top, {"new4"})]),
    ):  # fmt: skip
        synced.clear()
        here.works(*arguments)
        assert [inode for inode, _ in synced] == [inode for inode, _ in expected]
        for (_, names), (_, new) in zip(synced, expected):
            assert new <= set(names) and not any(name.endswith(".tmp") for name in names)
        cases("folders")
    before = left(files)

    def failing(fd):
        if stat.S_ISDIR(os.fstat(fd).st_mode):
            raise OSError(errno.EIO, "")

    monkeypatch.setattr(os, "fsync", failing)
    assert here.fails(3, "keygen", "new5", "new6") == "new6: Input/output error"
    assert left(files) == before
    cases("folders")


def test_long_names(here, cases, files):
    longest = "é" * 127
    here.works("keygen", longest, "x" * 255)
    here.works("sign", longest, "f", "s" * 251 + ".sig")
    here.works("sign", longest, "f", "s" * 251 + ".sig")
    before = left(files)
    assert here.fails(3, "keygen", "x" * 256, "new") == "x" * 256 + ": File name too long"
    assert left(files) == before
    cases("long names", 4)


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

            patch.setattr(_cli_write, "_to_disk", ended)
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
            # What was whole before the line about it could not be printed stays, and is told of.
            there = b"; whole and pair were written nevertheless\n"
            assert (status, err) == (3, full[:-1] + there if "whole" in arguments else full), arguments
            cases("/dev/full")
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
    # Files that are there are told of.
    for arguments, said in (
        (("keygen", "new", "new2"), b"new and new2 were"), (("sign", "k", "f", "new.sig"), b"new.sig was"),
        (("encaps", "y", "new3", "new4"), b"new3 and new4 were"), (("decaps", "x", "ct", "new5"), b"new5 was"),
    ):  # fmt: skip
        reading, writing = os.pipe()
        os.close(reading)
        status, _, err = process(*arguments, cwd=files, stdout=writing)
        os.close(writing)
        assert (status, err) == (3, b"pqhybrid: standard output: Broken pipe; %s written nevertheless\n" % said)
        cases("pipe")
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
