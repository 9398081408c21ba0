"""Nothing of a secret is found in the process's memory once it was wiped.

What is looked for is what CPython promises: secrets that were never in an object that Python itself copies. A scanner
in another process looks for them, so that what it looks for is not in the memory it looks at.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from interpreters import cpython_only
from samples import EVERY

import pqhybrid

CHILD = """
import os, sys
sys.path[:0] = sys.argv[1].split(os.pathsep)
import pqhybrid, gc
SecretBytes = pqhybrid.SecretBytes

def tell(secret):
    "Lets the scanner know what to look for, without a copy."
    view = secret.view()
    os.write(1, view)

def scanned():
    "Has the scanner look at this process's memory now."
    gc.collect()
    os.write(2, b"?")
    assert os.read(0, 1) == b"!"

def receive(size):
    "size secret bytes that the scanner made up."
    data, at = bytearray(size), 0
    while at < size:
        at += os.readv(0, [memoryview(data)[at:]])
    return data

suite = pqhybrid.suite(sys.argv[2])
kem = hasattr(suite, "ciphertext_bytes")

def use(key):
    public = key.public_key
    key.public_key.check()
    repr(key), key == key
    if not kem:
        public.verify(key.sign(b"msg", b"ctx"), b"msg", b"ctx")
        signer = key.signer()
        signer.update(b"msg")
        public.verify(signer.sign(), b"msg")
        return []
    ciphertext, theirs = public.encaps()
    ours = key.decaps(ciphertext)
    assert ours == theirs
    return [ours, theirs]
"""
SCENARIOS = {
    "keygen": """
key = suite.keygen()
tell(key._secret)
scanned()
use(key)
key.wipe()
scanned()
""",
    "with": """
with suite.keygen() as key:
    tell(key._secret)
    use(key)
    scanned()
scanned()
""",
    "del": """
key = suite.keygen()
tell(key._secret)
use(key)
scanned()
del key
scanned()
""",
    "shared secrets": """
key = suite.keygen()
found = use(key) or [key.to_secret_bytes()]
tell(found[0])
scanned()
for each in [key, *found]:
    each.wipe()
scanned()
""",
    "wipe_source": """
data = receive(suite.secret_key_bytes)
scanned()
key = suite.secret_key(data, wipe_source=True)
use(key)
key.wipe()
scanned()
""",
    "copies": """
key = suite.keygen()
tell(key._secret)
copy = key.to_secret_bytes()
again = suite.secret_key(copy.view())
use(again)
scanned()
for each in (key, copy, again):
    each.wipe()
scanned()
""",
    "failures": """
data = receive(suite.secret_key_bytes)
scanned()
texts = []
for wrong in (memoryview(data)[1:], memoryview(data)[::-1]):
    try:
        suite.secret_key(wrong)
    except (ValueError, TypeError) as error:
        texts.append(str(error))
assert len(texts) == 2
pqhybrid.wipe(data)
del wrong, data
scanned()
""",
    "exception": """
key = suite.keygen()
tell(key._secret)
scanned()
try:
    with key:
        __import__("pickle").dumps(key)
except TypeError as error:
    kept = error
scanned()
""",
    "der": """
key = suite.keygen()
tell(key._secret)
with key.to_der() as der:
    again = pqhybrid.SecretKey.from_der(der.view())
assert again == key
scanned()
key.wipe()
again.wipe()
scanned()
""",
    "pem": """
key = suite.keygen()
tell(key._secret)
with key.to_pem() as pem:
    again = pqhybrid.SecretKey.from_pem(pem.view())
assert again == key
scanned()
key.wipe()
again.wipe()
scanned()
""",
}


def writable_memory(process):
    """Everything that the process can have written to, region by region."""
    with open(f"/proc/{process}/maps") as maps, open(f"/proc/{process}/mem", "rb", 0) as memory:
        for line in maps:
            where, rights = line.split()[:2]
            if rights.startswith("rw") and "[v" not in line:
                start, end = (int(each, 16) for each in where.split("-"))
                memory.seek(start)
                try:
                    yield memory.read(end - start)
                except OSError:
                    # A guard page or a device: nothing that Python could have written to.
                    continue


def occurrences(process, secret):
    """How often a part of the secret lies in the process's memory: 12 bytes at any place of it are found."""
    parts = [secret[at : at + 12] for at in range(0, len(secret) - 11, 4)]
    return sum(region.count(part) for region in writable_memory(process) for part in parts)


def child(code, suite):
    """A process that runs this. Functions are bound when it starts: to bind one at its first use, the system's loader
    saves the vector registers on the stack, and in them may be what was copied last: registers are out of all reach.
    """
    path = os.pathsep.join([str(Path(pqhybrid.__file__).parents[1]), *(each for each in sys.path if each)])
    command, pipe = [sys.executable, "-S", "-E", "-c", CHILD + code, path, suite], subprocess.PIPE
    return subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0, env={**os.environ, "LD_BIND_NOW": "1"}
    )


def asks(process):
    """Waits until it asks for a scan."""
    assert process.stderr.read(1) == b"?", process.stderr.read().decode()


@cpython_only("moving garbage collectors copy")
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")
@pytest.mark.parametrize("scenario", SCENARIOS)
@EVERY
def test_nothing_is_found_in_memory(suite, scenario, cases):
    with child(SCENARIOS[scenario], suite.name) as process:
        if "receive" in SCENARIOS[scenario]:
            secret = os.urandom(suite.secret_key_bytes)
            process.stdin.write(secret)
            asks(process)
        else:
            asks(process)
            secret = process.stdout.read(1000)
        assert len(secret) >= 32
        # Before: it is there, so the scanner finds what is there.
        assert occurrences(process.pid, secret) >= len(secret) // 4 - 2
        process.stdin.write(b"!")
        asks(process)
        assert occurrences(process.pid, secret) == 0, scenario
        process.stdin.write(b"!")
        assert process.wait() == 0, process.stderr.read()
    cases("scenarios")


@cpython_only("moving garbage collectors copy")
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")
def test_the_scanner_finds_what_is_left(cases):
    """bytes(secret) is what the documentation warns of: nobody can wipe it, and it is found."""
    code = "key = suite.keygen(); tell(key._secret); scanned(); copy = bytes(key._secret); key.wipe(); scanned()"
    with child(code, "mldsa65_ed25519") as process:
        asks(process)
        secret = process.stdout.read(1000)
        process.stdin.write(b"!")
        asks(process)
        assert occurrences(process.pid, secret) >= len(secret) // 4 - 2
        process.stdin.write(b"!")
        assert process.wait() == 0
    cases("scenarios")
