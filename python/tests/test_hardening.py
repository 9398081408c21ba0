"""What a careless or hostile caller tries: sizes that change between check and use, keys and suites that are changed, secrets
that are wiped while they are copied, fork and signals in the middle, functions that lie."""

import copy
import hashlib
import os
import pickle
import signal
import sys
import threading

import pytest

import pqhybrid
from interpreters import cpython_only
from pqhybrid import _secret, aio, encoding, lowlevel
from pqhybrid._der import BIT_STRING, SEQUENCE, encoded

SUITES = pytest.mark.parametrize("suite", pqhybrid.SUITES, ids=lambda suite: suite.name)


@SUITES
def test_keys_and_suites_do_not_change(suite, cases):
    """C reads as many bytes as a suite's sizes say."""
    key = suite.keygen()
    other = next(each for each in pqhybrid.SUITES if each is not suite)
    for thing, name in [(key, "suite"), (key.public_key, "suite"), (key, "public_key"), (pqhybrid.STANDARD, "kem")]:
        with pytest.raises(AttributeError):
            setattr(thing, name, other)
    names = [name for name in dir(suite) if name.endswith("_bytes") and name[0] != "_"] + ["name", "title", "security_level"]
    for name in names:
        before = getattr(suite, name)
        with pytest.raises(AttributeError, match="cannot be changed"):
            setattr(suite, name, 3)
        with pytest.raises(AttributeError, match="cannot be changed"):
            delattr(suite, name)
        assert getattr(suite, name) == before
    with pytest.raises(TypeError, match="made already"):
        type(suite)(suite.name, "another", 1)
    assert pqhybrid.suite(suite.name) is suite
    cases("attributes", 4 + 2 * len(names))


@SUITES
def test_lengths_that_change(suite, cases):
    """A buffer that another thread resizes is copied whole or refused: no key of another length comes of it."""
    lengths = [suite.public_key_bytes, 10]
    data, stop, made = bytearray(lengths[0]), threading.Event(), 0

    def resize():
        while not stop.is_set():
            for length in lengths:
                try:
                    data[:] = bytes(length)
                except BufferError:
                    pass  # It is being copied.

    thread = threading.Thread(target=resize)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    thread.start()
    try:
        for _ in range(3000):
            try:
                assert len(bytes(suite.public_key(data))) == suite.public_key_bytes
                made += 1
            except pqhybrid.LengthError:
                pass
    finally:
        stop.set()
        thread.join()
        sys.setswitchinterval(interval)
    cases("tries", 3000)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="classes have no buffers before Python 3.12")
@SUITES
def test_buffers_that_lie(suite, cases):
    class Lying:
        """Has the right length the first time, and is shorter ever after."""

        def __init__(self, size):
            self.sizes = [size]

        def __buffer__(self, flags):
            return memoryview(bytes(self.sizes.pop() if self.sizes else 3))

    with pytest.raises(pqhybrid.LengthError):
        suite.secret_key(Lying(suite.secret_key_bytes))
    assert len(bytes(suite.public_key(Lying(suite.public_key_bytes)))) == suite.public_key_bytes
    if isinstance(suite, pqhybrid.SignatureSuite):
        verifier = suite.keygen().public_key.verifier(Lying(suite.signature_bytes))
        assert len(verifier._signature) == suite.signature_bytes
    cases("objects", 3)


def wiped_by(monkeypatch, secret, function):
    """Has function of _secret wipe the secret right after it has done its work, as another thread might."""
    original = getattr(_secret, function)

    def wiping(*arguments):
        result = original(*arguments)
        if not secret.wiped:
            secret.wipe()
        return result

    monkeypatch.setattr(_secret, function, wiping)


@pytest.mark.parametrize("what", ["to_secret_bytes", "SecretBytes", "bytes", "==", "to_pem", "to_der"])
def test_wiped_while_copied(what, monkeypatch, cases):
    key = pqhybrid.MLDSA65_ED25519.keygen()
    secret = key._secret
    work = {
        "to_secret_bytes": key.to_secret_bytes,
        "SecretBytes": lambda: pqhybrid.SecretBytes(secret),
        "bytes": lambda: bytes(secret),
        "==": lambda: secret == bytes(64),
        "to_pem": key.to_pem,
        "to_der": key.to_der,
    }[what]
    if what == "bytes":
        wiped_by(monkeypatch, secret, "_buffer")
    elif what == "==":

        class Lib:
            @staticmethod
            def pqh_ct_equal(*arguments):
                secret.wipe()
                return 1

        monkeypatch.setattr(_secret, "lib", Lib)
    else:
        original = pqhybrid.SecretBytes.view

        def view(self):
            # As if another thread wiped it between this and the copy.
            lent = original(self)
            if self is secret:
                self.wipe()
            return lent

        monkeypatch.setattr(pqhybrid.SecretBytes, "view", view)
    with pytest.raises(pqhybrid.Wiped):
        work()
    cases("operations")


def test_the_library_compares_and_draws(monkeypatch, cases):
    """ct_equal, and comparisons of secrets, are the library's; its status decides what random() gives."""
    asked = []

    class Lib:
        @staticmethod
        def pqh_ct_equal(a, b, size):
            asked.append(size)
            return 1

        @staticmethod
        def pqh_random_bytes(memory, size):
            return lowlevel.PQH_ERR_RANDOM

    secret = pqhybrid.SecretBytes(b"x" * 32)
    monkeypatch.setattr(_secret, "lib", Lib)
    assert pqhybrid.ct_equal(b"a" * 5, b"b" * 5) and secret == b"y" * 32
    assert asked == [5, 32]
    with pytest.raises(pqhybrid.RandomSourceError):
        pqhybrid.SecretBytes.random(32)
    cases("calls", 3)


def test_secrets_are_bytes_like(cases):
    """On every Python, wherever this package takes bytes."""
    secret = pqhybrid.SecretBytes(b"x" * 64)
    key = pqhybrid.MLDSA65_ED25519.secret_key(secret)
    assert pqhybrid.ct_equal(secret, b"x" * 64) and pqhybrid.ct_equal(b"x" * 64, secret)
    assert pqhybrid.SecretBytes(secret) == secret
    assert key.to_secret_bytes() == secret
    key.public_key.verify(key.sign(secret, secret), b"x" * 64, b"x" * 64)
    assert lowlevel.pqh_ct_equal(secret, secret) == 1
    pqhybrid.wipe(secret)
    assert secret.wiped
    with pytest.raises(pqhybrid.Wiped):
        pqhybrid.ct_equal(secret, secret)
    cases("functions", 8)


def test_secrets_are_made_once(cases):
    secret = pqhybrid.SecretBytes(b"x" * 32)
    with pytest.raises(TypeError, match="made once"):
        secret.__init__(b"y" * 32)
    assert bytes(secret) == b"x" * 32
    for size, expected in [(b"abc", TypeError), ([1], TypeError), (True, TypeError), (None, TypeError), (-1, ValueError)]:
        with pytest.raises(expected, match="^size: expected"):
            pqhybrid.SecretBytes.random(size)
    cases("calls", 6)


@cpython_only("PyPy runs signal handlers between other instructions")
def test_signals_in_the_middle(cases):
    """A handler that lends the same secret while the main program is lending it must not wait for it."""
    secret, seen = pqhybrid.SecretBytes(b"x" * 32), 0

    def handler(*_):
        nonlocal seen
        seen += secret.view()[0] == ord("x")

    before = signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
    try:
        for _ in range(30000):
            assert secret.view()[31] == ord("x")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert seen
    cases("handlers", seen)


def test_fork_in_the_middle(cases):
    """Children that are forked while other threads lend secrets can lend them, too."""
    secret, stop = pqhybrid.SecretBytes(b"x" * 32), threading.Event()

    def lend():
        while not stop.is_set():
            assert pqhybrid.SecretBytes(b"y").view()[0] == ord("y") and secret.view()[0] == ord("x")

    threads = [threading.Thread(target=lend) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(60):
            child = os.fork()
            if not child:
                signal.alarm(20)
                os._exit(0 if secret.view()[0] == ord("x") and bytes(pqhybrid.SecretBytes(b"z").view()) == b"z" else 1)
            assert os.waitpid(child, 0)[1] == 0
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    cases("children", 60)


def test_aio_leaves_the_thread(cases):
    """Each coroutine works in another thread than the event loop's."""
    import asyncio

    class Fake:
        def __getattr__(self, name):
            return lambda *arguments: threading.get_ident()

    async def main():
        calls = [aio.keygen(Fake()), aio.encaps(Fake()), aio.decaps(Fake(), b""), aio.sign(Fake(), b"")]
        calls.append(aio.sign_file(Fake(), "file"))
        for call in calls:
            assert await call != threading.get_ident()

        class Verifying:
            def verify(self, *arguments):
                self.thread = threading.get_ident()

            verify_file = verify

        for operation, arguments in ((aio.verify, (b"", b"")), (aio.verify_file, (b"", "file"))):
            key = Verifying()
            await operation(key, *arguments)
            assert key.thread != threading.get_ident()

    asyncio.run(main())
    cases("coroutines", 7)


@SUITES
def test_fingerprint(suite, cases):
    """SHA-256 of the SubjectPublicKeyInfo, whose beginnings are the standards' own."""
    beginnings = {
        "mlkem768_x25519": "308204d4300d060b2b0601040183e62d81c87a038204c100",
        "mlkem1024_x448": "30820669300a06082b060105050706410382065900",
        "mldsa65_ed25519": "308207d1300a06082b06010505070630038207c100",
        "mldsa87_ed448": "30820a6a300a06082b0601050507063303820a5a00",
    }
    key = suite.keygen().public_key
    assert key.fingerprint == hashlib.sha256(bytes.fromhex(beginnings[suite.name]) + bytes(key)).hexdigest()
    cases("suites")


@SUITES
def test_elements_after_the_key(suite, cases):
    """A SubjectPublicKeyInfo has two elements, not three."""
    key = suite.keygen().public_key
    algorithm = encoding._format_of(key, False).algorithm
    bits = encoded(BIT_STRING, b"\0", bytes(key))
    assert pqhybrid.PublicKey.from_der(encoded(SEQUENCE, algorithm, bits)) == key
    for extra in (b"\5\0", bits):
        with pytest.raises(pqhybrid.EncodingError):
            pqhybrid.PublicKey.from_der(encoded(SEQUENCE, algorithm, bits, extra))
    cases("suites", 3)


def test_wrong_types_are_told(cases):
    key = pqhybrid.MLDSA65_ED25519.keygen()
    pem = key.public_key.to_pem()
    calls = {
        "expected the name of a suite": lambda: pqhybrid.suite(None),
        "expected a suite such as": lambda: pqhybrid.SecretKey.from_bytes("mldsa65_ed25519", bytes(64)),
        "expected a suite such as ": lambda: pqhybrid.PublicKey.from_bytes(bytes(1984), pqhybrid.MLDSA65_ED25519),
        "expected a suite such as  ": lambda: pqhybrid.PublicKey.from_pem(pem, suite="mldsa65_ed25519"),
        "file: expected a path": lambda: key.sign_file(b"path"),
        "file: expected a path ": lambda: key.sign_file(0),
        "key: expected a PublicKey": lambda: encoding.public_key_to_der(None),
        "key: expected a SecretKey": lambda: encoding.secret_key_to_der(key.public_key),
        "state: expected a Prehash": lambda: lowlevel.pqh_mldsa65_ed25519_prehash_update("x", b""),
        "out: expected a writable buffer": lambda: lowlevel.pqh_random_bytes(b"read-only"),
        "not pickled or copied": lambda: copy.copy(lowlevel.Prehash("mldsa65_ed25519")),
        "not pickled or copied ": lambda: pickle.dumps(lowlevel.Prehash("mldsa65_ed25519")),
    }
    for expected, call in calls.items():
        with pytest.raises(TypeError, match=expected.strip()):
            call()
    with pytest.raises(pqhybrid.WrongSuite, match="there are: mlkem768_x25519"):
        pqhybrid.suite("ed25519")
    with pytest.raises(pqhybrid.EncodingError, match="not its name"):
        pqhybrid.PublicKey.from_pem("alice.pub")
    cases("calls", len(calls) + 2)


def test_progress_counts_bytes(cases):
    """Also of files whose pieces are not bytes."""
    import array

    class File:
        pieces = [array.array("I", [1, 2, 3, 4]), b""]

        def read(self, size):
            return self.pieces.pop(0)

    told = []
    pqhybrid.MLDSA65_ED25519.keygen().sign_file(File(), progress=told.append)
    assert told == [4 * array.array("I").itemsize]
    cases("files")


def test_a_passphrase_that_is_wiped_meanwhile(monkeypatch, cases):
    """The key is encrypted with the passphrase that was given, whatever happens to it while scrypt is at work."""
    pytest.importorskip("cryptography")
    from pqhybrid import _pbes2

    key, passphrase = pqhybrid.MLDSA65_ED25519.keygen(), pqhybrid.SecretBytes(b"passphrase")
    original = _pbes2.encrypt

    def encrypt(secret, view):
        passphrase.wipe()
        return original(secret, view)

    monkeypatch.setattr(_pbes2, "encrypt", encrypt)
    pem = key.to_pem(passphrase)
    assert pqhybrid.SecretKey.from_pem(pem, b"passphrase") == key
    with pytest.raises(pqhybrid.Wiped):
        key.to_pem(passphrase)
    cases("passphrases", 2)


def test_compared_while_wiped(monkeypatch, cases):
    secret = pqhybrid.SecretBytes(b"x" * 32)

    class Lib:
        @staticmethod
        def pqh_ct_equal(a, b, size):
            secret.wipe()
            return 1

    monkeypatch.setattr(_secret, "lib", Lib)
    with pytest.raises(pqhybrid.Wiped):
        pqhybrid.ct_equal(secret, bytes(32))
    cases("ct_equal")


def test_wipe_source_of_a_secret(cases):
    source = pqhybrid.SecretBytes(b"x" * 64)
    key = pqhybrid.MLDSA65_ED25519.secret_key(source, wipe_source=True)
    assert source.wiped and key.to_secret_bytes() == b"x" * 64
    cases("sources")
