"""Messages that come in pieces, and files, with the keys of a ring."""

import io
from datetime import timedelta

import pytest

import pqhybrid
from pqhybrid import keys
from pqhybrid.keys import KeyRing
from test_keys import DAY, KEM, SIGN, STRONG_SIGN, clock, no_sync, ring  # noqa: F401

MESSAGE = bytes(range(256)) * 9000
SIGNERS = [SIGN, STRONG_SIGN]


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "message"
    made.write_bytes(MESSAGE)
    return made


class Reads:
    """A file that does something after its first piece, and counts how often it is read."""

    def __init__(self, then=lambda: None):
        self.inner, self.then, self.reads = io.BytesIO(MESSAGE), then, 0

    def read(self, size):
        self.reads += 1
        if self.reads == 2:
            self.then()
        return self.inner.read(size)


@pytest.mark.parametrize("suite", SIGNERS, ids=lambda s: s.name)
def test_files(ring, file, suite, cases):  # noqa: F811
    """What they give is what the other operations give, with a path, its text and an open file."""
    key_id = ring.create("login", suite).key_id
    told = []
    with file.open("rb") as opened:
        for given in (file, str(file), opened, io.BytesIO(MESSAGE)):
            signature = ring.sign_file("login", given, b"context", told.append)
            assert ring.verify("login", signature, MESSAGE, b"context") == key_id
            if hasattr(given, "seek"):
                given.seek(0)
            assert ring.verify_file("login", signature, given, b"context", told.append) == key_id
            ring.public_key("login").verify(signature, MESSAGE, b"context")
    assert told == [1 << 20, 2 << 20, len(MESSAGE)] * 8
    signature = ring.sign("login", MESSAGE)
    assert ring.verify_file("login", signature, file) == key_id
    for wrong in ((signature, file, b"context"), (signature, io.BytesIO(MESSAGE[1:])), (bytes(len(signature)), file)):
        with pytest.raises(pqhybrid.InvalidSignature, match="any key of 'login'"):
            ring.verify_file("login", *wrong)
    counted = ring.metrics()
    assert counted.operations["sign_file", suite.name] == 4 and counted.operations["verify_file", suite.name] == 8
    assert counted.failures == {("verify_file", suite.name, "InvalidSignature"): 3}
    cases("files", 12)


@pytest.mark.parametrize("suite", SIGNERS, ids=lambda s: s.name)
def test_pieces(ring, suite, cases):  # noqa: F811
    key_id = ring.create("login", suite).key_id
    signer = ring.signer("login", b"context")
    assert isinstance(signer, pqhybrid.Signer)
    for at in range(0, len(MESSAGE), 700_001):
        signer.update(MESSAGE[at : at + 700_001])
    signature = signer.sign()
    assert ring.verify("login", signature, MESSAGE, b"context") == key_id
    verifier = ring.verifier("login", signature, b"context")
    other = ring.verifier("login", signature)
    for at in range(0, len(MESSAGE), 500_009):
        verifier.update(MESSAGE[at : at + 500_009])
        other.update(MESSAGE[at : at + 500_009])
    assert verifier.verify() == key_id
    with pytest.raises(pqhybrid.InvalidSignature):
        other.verify()
    for finished in (signer.sign, verifier.verify, lambda: signer.update(b"")):
        with pytest.raises(pqhybrid.Finished):
            finished()
    assert ring.metrics().operations == {
        ("create", suite.name): 1,
        ("signer", suite.name): 1,
        ("sign", suite.name): 2,
        ("verifier", suite.name): 2,
        ("verify", suite.name): 4,
    }
    assert ring.metrics().failures == {
        ("sign", suite.name, "Finished"): 1,
        ("verify", suite.name, "InvalidSignature"): 1,
        ("verify", suite.name, "Finished"): 1,
    }
    cases("pieces", 6)


def test_verifying_through_rotations(ring, clock, file, cases):  # noqa: F811
    """The file is read once, however many keys there are, and the length tells the suite."""
    ids, signatures = [], []
    for suite in (SIGN, SIGN, STRONG_SIGN, STRONG_SIGN):
        made = ring.rotate("login", suite=suite, overlap=DAY) if ids else ring.create("login", suite)
        ids.append(made.key_id)
        signatures.append(ring.sign_file("login", file))
    for key_id, signature in zip(ids, signatures):
        source = Reads()
        assert ring.verify_file("login", signature, source) == key_id
        assert source.reads == 4
        verifier = ring.verifier("login", signature)
        verifier.update(MESSAGE)
        assert verifier.verify() == key_id
    clock.forward(DAY)
    for signature, error in zip(signatures, [pqhybrid.LengthError] * 2 + [pqhybrid.InvalidSignature]):
        with pytest.raises(error):
            ring.verify_file("login", signature, file)
    assert ring.verify_file("login", signatures[3], file) == ids[3]
    cases("rotations", 12)


def test_a_rotation_while_the_message_comes(ring, file, cases):  # noqa: F811
    """The key that is active at the end signs, and one whose overlap ends meanwhile does not verify."""
    ring.create("login", SIGN)
    at_once = lambda: ring.rotate("login", overlap=timedelta(0))  # noqa: E731
    signature = ring.sign_file("login", Reads(at_once))
    assert ring.verify("login", signature, MESSAGE) == ring.active("login").key_id
    signer = ring.signer("login")
    signer.update(MESSAGE)
    at_once()
    old = signature
    signature = signer.sign()
    assert ring.verify("login", signature, MESSAGE) == ring.active("login").key_id
    with pytest.raises(pqhybrid.InvalidSignature):
        ring.verify_file("login", old, file)
    with pytest.raises(pqhybrid.InvalidSignature):
        ring.verify_file("login", signature, Reads(at_once))
    # Another suite hashes the message in another way, so it cannot go on.
    with pytest.raises(pqhybrid.WrongSuite, match="from its beginning"):
        ring.sign_file("login", Reads(lambda: ring.rotate("login", suite=STRONG_SIGN)))
    ring.verify_file("login", ring.sign_file("login", file), file)
    with pytest.raises(keys.KeyRetired):
        ring.sign_file("login", Reads(lambda: ring.retire("login")))
    cases("meanwhile", 6)


def test_expiry_while_the_message_comes(ring, clock, file, cases):  # noqa: F811
    ring.create("login", SIGN, lifetime=DAY)
    signature = ring.sign_file("login", file)
    with pytest.raises(keys.KeyExpired):
        ring.sign_file("login", Reads(lambda: clock.forward(DAY)))
    ring.verify_file("login", signature, file)
    cases("expiry", 2)


def test_nothing_is_read_in_vain(ring, clock, cases):  # noqa: F811
    """A name that cannot sign or verify says so before a long file is read."""
    ring.create("box", KEM)
    ring.create("old", SIGN, lifetime=DAY)
    ring.create("gone", SIGN)
    ring.retire("gone")
    signature = ring.sign("old", b"")
    clock.forward(DAY)
    source = Reads()
    wrong = [
        (pqhybrid.WrongSuite, "sign_file", ("box", source)),
        (pqhybrid.WrongSuite, "verify_file", ("box", signature, source)),
        (keys.KeyExpired, "sign_file", ("old", source)),
        (keys.KeyRetired, "sign_file", ("gone", source)),
        (keys.KeyRetired, "verify_file", ("gone", signature, source)),
        (keys.KeyNotFound, "sign_file", ("nobody", source)),
        (keys.KeyNotFound, "verify_file", ("nobody", signature, source)),
        (pqhybrid.LengthError, "verify_file", ("old", signature[1:], source)),
        (pqhybrid.LengthError, "verify_file", ("old", signature, source, bytes(256))),
        (TypeError, "verify_file", ("old", "signature", source)),
        (TypeError, "sign_file", (["old"], source)),
        (pqhybrid.WrongSuite, "signer", ("box",)),
        (keys.KeyExpired, "signer", ("old",)),
        (pqhybrid.WrongSuite, "verifier", ("box", signature)),
        (pqhybrid.LengthError, "verifier", ("old", b"")),
        (pqhybrid.LengthError, "verifier", ("old", signature, bytes(256))),
        (keys.KeyNotFound, "verifier", ("nobody", signature)),
    ]
    for error, operation, arguments in wrong:
        with pytest.raises(error):
            getattr(ring, operation)(*arguments)
    assert source.reads == 0 and sum(ring.metrics().failures.values()) == len(wrong)
    cases("in vain", len(wrong))


def test_files_that_cannot_be_read(ring, tmp_path, cases):  # noqa: F811
    ring.create("login", SIGN)
    signature = ring.sign("login", b"")
    for operation, arguments in (("sign_file", ()), ("verify_file", (signature,))):
        with pytest.raises(FileNotFoundError):
            getattr(ring, operation)("login", *arguments, tmp_path / "none")
        assert ring.metrics().failures[operation, SIGN.name, "FileNotFoundError"] == 1
    with pytest.raises(BlockingIOError):

        class Later:
            def read(self, size):
                return None

        ring.sign_file("login", Later())
    cases("unreadable", 3)


def test_types_of_what_is_public(cases):
    """Type checkers see the unions of suites and of public keys, not Any; typing_examples_keys.py has what follows."""
    seen = {
        "KeyRing.public_key": (KeyRing.public_key.__annotations__["return"], "AnyPublicKey"),
        "KeyRing.public_keys": (KeyRing.public_keys.__annotations__["return"], "dict[str, AnyPublicKey]"),
        "KeyInfo.suite": (keys.KeyInfo.__annotations__["suite"], "AnySuite"),
        "KeyInfo.public_key": (keys.KeyInfo.__annotations__["public_key"], "AnyPublicKey"),
    }
    for what, (hint, wanted) in seen.items():
        assert hint == wanted, what
        cases("types")
