"""Secrets are gone when they should be: their buffers are zero, and what was wiped in use is not used."""

from __future__ import annotations

import gc
import threading

import pytest
from interpreters import cpython_only
from samples import EVERY, KEM, KEMS, SIGNATURE, SIGNATURES

import pqhybrid
from pqhybrid import SecretBytes
from pqhybrid._ffi import ffi


class Memory:
    """The memory of a secret, which this keeps from being given back, so that it can be looked at afterwards."""

    def __init__(self, secret):
        self.owner = secret._memory
        self.before = bytes(ffi.buffer(self.owner))
        assert any(self.before)

    def is_zero(self):
        return not any(ffi.buffer(self.owner)[:])

    def is_as_before(self):
        return ffi.buffer(self.owner)[:] == self.before


def collect():
    # PyPy finalises what the first one found.
    for _ in range(3):
        gc.collect()


# ---- SecretBytes ---------------------------------------------------------------------------------

SIZES = pytest.mark.parametrize("size", [1, 31, 32, 33, 64, 4096])


@SIZES
def test_wipe(size, cases):
    secret = SecretBytes(b"x" * size)
    memory = Memory(secret)
    assert memory.is_as_before()
    secret.wipe()
    assert memory.is_zero() and secret.wiped
    secret.wipe()
    for use in (secret.view, lambda: bytes(secret), lambda: secret == b"x", lambda: b"x" == secret):
        with pytest.raises(pqhybrid.Wiped):
            use()
    assert len(secret) == size
    cases("sizes")


@SIZES
def test_with_block(size, cases):
    with SecretBytes.random(size) as secret:
        memory = Memory(secret) if size > 1 else None
    assert secret.wiped and (memory is None or memory.is_zero())
    with pytest.raises(ZeroDivisionError), SecretBytes(b"x" * size) as secret:
        memory = Memory(secret)
        _ = 1 / 0
    assert memory.is_zero()
    cases("sizes")


@SIZES
def test_nothing_refers_to_it_any_more(size, cases):
    secret = SecretBytes(b"x" * size)
    memory = Memory(secret)
    del secret
    collect()
    assert memory.is_zero()

    class Holder:
        pass

    holder = Holder()
    holder.itself, holder.secret = holder, SecretBytes(b"x" * size)
    memory = Memory(holder.secret)
    del holder
    collect()
    assert memory.is_zero()
    cases("sizes")


@cpython_only("only reference counts finalise at once")
def test_it_is_wiped_at_once(cases):
    gc.disable()
    try:
        secret = SecretBytes(b"x" * 32)
        memory = Memory(secret)
        del secret
        assert memory.is_zero()
        view = SecretBytes(b"x" * 32).view()
        assert view == b"x" * 32
        view.release()
    finally:
        gc.enable()
    cases("secrets", 2)


def test_wipe_source(cases):
    for made in (
        SecretBytes,
        lambda data, wipe_source: pqhybrid.MLKEM768_X25519.secret_key(data, wipe_source=wipe_source),
    ):
        source = bytearray(range(32))
        made(source, wipe_source=True)
        assert source == bytes(32)
        part = bytearray(range(40))
        made(memoryview(part)[4:36], wipe_source=True)
        assert part == bytes([0, 1, 2, 3, *bytes(32), 36, 37, 38, 39])
        kept = bytearray(range(32))
        made(kept, wipe_source=False)
        assert kept == bytes(range(32))
        for unwritable in (bytes(range(32)), memoryview(bytes(range(32)))):
            with pytest.raises(TypeError, match="can be wiped"):
                made(unwritable, wipe_source=True)
            assert bytes(unwritable) == bytes(range(32))
        cases("sources", 5)
    # What was not taken is not wiped: the caller still needs it.
    for suite in pqhybrid.SUITES:
        source = bytearray(b"x" * (suite.secret_key_bytes - 1))
        with pytest.raises(pqhybrid.LengthError):
            suite.secret_key(source, wipe_source=True)
        assert source == b"x" * len(source)
        cases("not taken")


def test_wipe_function(cases):
    data = bytearray(b"secret")
    pqhybrid.wipe(memoryview(data)[1:3])
    assert data == b"s\0\0ret"
    pqhybrid.wipe(data)
    assert data == bytes(6)
    for unwritable in (b"secret", memoryview(b"secret"), "secret", memoryview(bytearray(8))[::2]):
        with pytest.raises(TypeError, match="can be wiped"):
            pqhybrid.wipe(unwritable)
    cases("calls", 6)


# ---- views ---------------------------------------------------------------------------------------


def test_views_see_the_memory_itself(cases):
    secret = SecretBytes(b"x" * 32)
    views = [secret.view(), secret.view()[4:8], memoryview(secret.view())]
    assert [bytes(each) for each in views] == [b"x" * 32, b"xxxx", b"x" * 32]
    for each in views:
        assert each.readonly
        with pytest.raises(TypeError):
            each[0] = 0
        cases("read-only")
    secret.wipe()
    assert [bytes(each) for each in views] == [bytes(32), bytes(4), bytes(32)]
    cases("zero after wipe", 3)


@pytest.mark.parametrize("kept", [lambda view: view, lambda view: view[3:5], lambda view: memoryview(view)[::2]])
def test_a_view_keeps_the_memory_alive(kept, cases):
    secret = SecretBytes(b"x" * 32)
    memory, view = Memory(secret), kept(secret.view())
    shown = view.tobytes()
    assert set(shown) == {ord("x")}
    del secret
    collect()
    # Other secrets are made and die: they must not come to lie there.
    assert all(SecretBytes.random(32) for _ in range(1000))
    assert memory.is_as_before() and view.tobytes() == shown
    del view
    collect()
    assert memory.is_zero()
    cases("views")


def test_a_view_of_something_that_has_no_name(cases):
    view = SecretBytes(b"x" * 32).view()
    collect()
    assert view == b"x" * 32
    view = pqhybrid.MLDSA65_ED25519.keygen().to_secret_bytes().view()
    collect()
    assert any(view) and len(view) == 64
    cases("views", 2)


def test_the_last_of_several_views(cases):
    secret = SecretBytes(b"x" * 32)
    memory, first, second = Memory(secret), secret.view(), secret.view()
    del secret, first
    collect()
    assert memory.is_as_before() and second == b"x" * 32
    del second
    collect()
    assert memory.is_zero()
    secret = SecretBytes(b"x" * 32)
    memory = Memory(secret)
    del_me = secret.view()
    del del_me
    collect()
    assert memory.is_as_before() and secret == b"x" * 32
    del secret
    collect()
    assert memory.is_zero()
    cases("orders", 2)


# ---- keys ----------------------------------------------------------------------------------------


@EVERY
def test_secret_keys(suite, cases):
    for made in (suite.keygen, lambda: suite.secret_key(b"x" * suite.secret_key_bytes)):
        key = made()
        memory = Memory(key._secret)
        key.wipe()
        assert memory.is_zero() and key.wiped
        with made() as key:
            memory = Memory(key._secret)
        assert memory.is_zero()
        key = made()
        memory, copied = Memory(key._secret), key.to_secret_bytes()
        assert copied == memory.before and copied._memory != key._secret._memory
        copy = Memory(copied)
        public = key.public_key
        del key
        collect()
        assert memory.is_zero() and copy.is_as_before() and public.suite is suite
        del copied
        collect()
        assert copy.is_zero()
        cases("keys", 3)


@KEM
def test_shared_secrets(suite, cases):
    with suite.keygen() as key:
        ciphertext, theirs = key.public_key.encaps()
        ours = key.decaps(ciphertext)
    for each in (ours, theirs):
        memory = Memory(each)
        with each:
            assert memory.is_as_before()
        assert memory.is_zero()
        cases("secrets")


class Watched:
    """Sees every secret that is made, to look at what became of those that were never returned."""

    def __init__(self, monkeypatch):
        self.memories, original = [], SecretBytes._of_size.__func__

        def watched(cls, size):
            made = original(cls, size)
            self.memories.append(made._memory)
            return made

        monkeypatch.setattr(SecretBytes, "_of_size", classmethod(watched))

    def are_zero(self):
        collect()
        return self.memories and not any(any(ffi.buffer(each)[:]) for each in self.memories)


def in_between(monkeypatch, suite, name, action):
    """Replaces a C function of the suite by itself, followed by action."""
    real = getattr(suite, name)

    def function(*arguments):
        status = real(*arguments)
        return action(status)

    monkeypatch.setattr(suite, name, function)


@EVERY
def test_failures_leave_nothing(suite, monkeypatch, cases):
    watched = Watched(monkeypatch)
    if suite in KEMS:
        with pytest.raises(pqhybrid.InvalidPublicKey):
            suite.public_key(b"\xff" * suite.public_key_bytes).encaps()
        curve = 32 if suite is KEMS[0] else 56
        key = suite.secret_key(b"x" * suite.secret_key_bytes)
        with pytest.raises(pqhybrid.InvalidCiphertext):
            key.decaps(key.public_key.encaps()[0][:-curve] + bytes(curve))
        cases("failures", 2)
        # A failure that C does not see, after the secret was written.
        in_between(monkeypatch, suite, "_encaps_with", lambda status: -10)
        with pytest.raises(pqhybrid.InternalError):
            key.public_key.encaps()
        # What was prepared stays for as long as the key.
        key.wipe()
        cases("failures")
    in_between(monkeypatch, suite, "_keygen", lambda status: -8)
    with pytest.raises(pqhybrid.RandomSourceError):
        suite.keygen()
    cases("failures")
    assert watched.are_zero()


@EVERY
@pytest.mark.parametrize("how", ["wiped", "block", "forgotten"])
def test_prepared_keys_are_wiped(suite, how, monkeypatch, cases):
    """With the key: by wipe(), at the end of a block, and when nothing refers to it any more."""
    key = suite.keygen()
    ciphertext = key.public_key.encaps()[0] if suite in KEMS else b""
    watched = Watched(monkeypatch)
    with key.decaps(ciphertext) if suite in KEMS else SecretBytes.random(32):
        if suite not in KEMS:
            key.sign(b"msg")
    size = suite._secret_prepared[1]
    assert [ffi.sizeof(each) for each in watched.memories].count(size) == 1 and not watched.are_zero()
    if how == "wiped":
        key.wipe()
    elif how == "block":
        with key:
            pass
    else:
        del key
    assert watched.are_zero()
    cases("prepared keys")


# ---- wiping what is in use -----------------------------------------------------------------------


def operations(suite, key):
    """What a key does, as (the C function's attribute, the call)."""
    if suite in KEMS:
        ciphertext = key.public_key.encaps()[0]
        return [("_decaps_with", lambda: key.decaps(ciphertext))]
    signer = key.signer()
    return [
        ("_sign_with", lambda: key.sign(b"msg")),
        ("_sign_prehashed_with", lambda: key.sign_prehashed(bytes(64))),
        ("_sign_prehashed_with", signer.sign),
    ]


@EVERY
def test_wiped_during_the_operation(suite, monkeypatch, cases):
    """The moment is made: the key is wiped right after C has read it, or right before, as another thread could."""
    for number in range(len(operations(suite, suite.keygen()))):
        for when in ("before", "after"):
            key = suite.keygen()
            attribute, call = operations(suite, key)[number]
            watched = Watched(monkeypatch)

            def interrupted(real, key=key, when=when):
                def function(*arguments):
                    if when == "before":
                        key.wipe()
                    status = real(*arguments)
                    key.wipe()
                    return status

                return function

            real = getattr(suite, attribute)
            changed = (
                {size: interrupted(each) for size, each in real.items()}
                if isinstance(real, dict)
                else interrupted(real)
            )
            with monkeypatch.context() as patch:
                patch.setattr(suite, attribute, changed)
                with pytest.raises(pqhybrid.Wiped, match="wiped while it was used"):
                    call()
            assert suite in SIGNATURES or watched.are_zero()
            cases("moments")
    key = suite.secret_key(b"x" * suite.secret_key_bytes)
    name = "_public_key_by_size" if suite in KEMS else "_public_key"
    real = getattr(suite, name)

    def wiping(*arguments):
        key.wipe()
        return (real[suite.secret_key_bytes] if suite in KEMS else real)(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(suite, name, {suite.secret_key_bytes: wiping} if suite in KEMS else wiping)
        with pytest.raises(pqhybrid.Wiped, match="while its public key was computed"):
            _ = key.public_key
    cases("moments")


@SIGNATURE
def test_wiped_by_another_thread(suite, cases):
    """Whatever the moment: a signature that is given out was made with the key, and not with zeros."""
    msg, finished = bytes(1 << 20), {"signed": 0, "refused": 0}
    for turn in range(20):
        key = suite.keygen()
        public, ready = key.public_key, threading.Event()
        results = []

        def work(key=key, ready=ready, results=results):
            ready.set()
            try:
                for _ in range(50):
                    results.append(key.sign(msg))
            except pqhybrid.Wiped:
                results.append(None)

        thread = threading.Thread(target=work)
        thread.start()
        ready.wait()
        if turn % 2:
            while not results and thread.is_alive():
                threading.Event().wait(0.0005)
        key.wipe()
        thread.join()
        for signature in results:
            if signature is None:
                finished["refused"] += 1
            else:
                public.verify(signature, msg)
                finished["signed"] += 1
    assert finished["refused"] >= 1
    cases("signatures that are valid, threads that were told", sum(finished.values()))
