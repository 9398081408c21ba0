"""Where the file of a ring cannot be had: missing, unwritable, locked, or without what encrypts it."""

import errno
import os
import subprocess
import sys

import pytest

import pqhybrid
from pqhybrid import keys
from pqhybrid.keys import KeyRing, _seal
from test_keys import KEM, SIGN, no_sync  # noqa: F401
from test_keys_store import KEY, cheap, path  # noqa: F401


def test_files_that_are_not_there(path, tmp_path, cases):  # noqa: F811
    folder, pipe = tmp_path / "folder", tmp_path / "pipe"
    folder.mkdir()
    os.mkfifo(pipe)
    wrong = [
        (keys.StoreError, errno.ENOENT, "create=True", path, False),
        (keys.StoreError, errno.ENOENT, "lock", tmp_path / "none" / "keys", True),
        (keys.StoreError, errno.ENOENT, "create=True", tmp_path / "none" / "keys", False),
        (keys.StoreCorrupted, None, "no file", pipe, False),
        (keys.StoreError, errno.EISDIR, "directory", folder, True),
    ]
    for error, number, match, file, create in wrong:
        with pytest.raises(error, match=match) as raised:
            KeyRing.open(file, key=KEY, create=create)
        assert number is None or raised.value.errno == number
    assert sorted(os.listdir(tmp_path)) == ["folder", "pipe"] and os.listdir(folder) == []
    with KeyRing.open(path, key=KEY, create=True) as ring:
        ring.create("box", KEM)
        path.unlink()
        for what in (lambda: ring.encaps("box"), lambda: ring.rotate("box")):
            with pytest.raises(keys.StoreError, match="no key store"):
                what()
    cases("missing", len(wrong) + 2)


IN_A_CHILD = """
import os, resource, signal, sys
import pqhybrid
from pqhybrid.keys import KeyRing, StoreError
path, how = sys.argv[1:]
ring = KeyRing.open(path, key=bytes(range(32)))
KeyRing().create("box", pqhybrid.MLKEM768_X25519)  # Imports what root alone may be able to read.
if how == "folder" and os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
before, old = ring.keys("box"), open(path, "rb").read()
if how == "full":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
new = pqhybrid.MLKEM768_X25519
for change in (lambda: ring.rotate("box"), lambda: ring.create("new", new), lambda: ring.remove("box")):
    try:
        change()
    except StoreError as error:
        assert "nothing was changed" in str(error) and error.errno, error
        print(error.errno)
    else:
        sys.exit("nothing was refused")
    assert ring.keys("box") == before and ring.names() == ["box"] and open(path, "rb").read() == old
ring.encaps("box")
"""


@pytest.mark.parametrize("how", ["folder", "full"])
def test_unwritable(tmp_path, how, cases):
    """A folder without permission, and a disk that is full: refused, nothing half-written, and the ring works on."""
    home = tmp_path / "home"
    home.mkdir()
    path = home / "ring.keys"
    with KeyRing.open(path, key=KEY, create=True) as ring:
        ring.create("box", KEM)
    for folder in [home, *list(home.parents)[:3]]:
        os.chmod(folder, 0o755)
    for file in home.iterdir():
        os.chmod(file, 0o666)
    if how == "folder":
        os.chmod(home, 0o555)
    env = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path), PYTHONDONTWRITEBYTECODE="1")
    done = subprocess.run([sys.executable, "-c", IN_A_CHILD, str(path), how], env=env, capture_output=True, text=True)
    os.chmod(home, 0o755)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(errno.EACCES if how == "folder" else errno.EFBIG)] * 3
    assert sorted(os.listdir(home)) == ["ring.keys", "ring.keys.lock"]
    cases("unwritable", 3)


def test_another_holder_of_the_lock(path, monkeypatch, cases):  # noqa: F811
    import fcntl

    monkeypatch.setattr("pqhybrid.keys._lock.WAIT_SECONDS", 0.05)
    with KeyRing.open(path, key=KEY, create=True) as ring:
        ring.create("box", KEM)
        with open(f"{path}.lock") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            with pytest.raises(keys.StoreError, match="another process"):
                ring.rotate("box")
            ring.encaps("box")
        ring.rotate("box")
    cases("lock", 3)


def test_without_cryptography(path, monkeypatch, cases):  # noqa: F811
    """A ring in memory needs nothing else; one in a file says what to install, and makes no file."""
    for name in [each for each in sys.modules if each.startswith("cryptography.hazmat.primitives")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with pytest.raises(pqhybrid.MissingDependency, match=r"pip install 'pqhybrid\[keys\]'"):
        KeyRing.open(path, key=KEY, create=True)
    assert os.listdir(path.parent) == []
    with KeyRing() as ring:
        ring.create("login", SIGN)
        ring.sign("login", b"msg")
    cases("dependency", 2)


def test_older_cryptography(path, monkeypatch, cheap, cases):  # noqa: F811
    """Its versions before 47 have no functions that write into memory of ours, and take bytes alone."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    class Old:
        def __init__(self, key):
            self.cipher = ChaCha20Poly1305(key.view())

        def encrypt(self, nonce, data, header):
            assert type(data) is type(nonce) is type(header) is bytes
            return self.cipher.encrypt(nonce, data, header)

        def decrypt(self, nonce, data, header):
            assert type(data) is type(nonce) is type(header) is bytes
            return self.cipher.decrypt(nonce, data, header)

    class OldKdf:
        def __init__(self, kdf):
            self.derive = kdf.derive

    cipher, derived = _seal._cipher, _seal._derived
    with KeyRing.open(path, passphrase=b"old and new", create=True) as ring:
        key_id = ring.create("box", KEM).key_id
    monkeypatch.setattr(_seal, "_cipher", Old)
    monkeypatch.setattr(_seal, "_derived", lambda kdf, material: derived(OldKdf(kdf), material))
    with KeyRing.open(path, passphrase=b"old and new") as ring:
        assert ring.active("box").key_id == key_id
        key_id = ring.rotate("box").key_id
    with pytest.raises(keys.StoreNotOpened):
        KeyRing.open(path, passphrase=b"neither")
    monkeypatch.setattr(_seal, "_cipher", cipher)
    monkeypatch.setattr(_seal, "_derived", derived)
    with KeyRing.open(path, passphrase=b"old and new") as ring:
        assert ring.active("box").key_id == key_id
    cases("older cryptography", 4)
