"""What an installed pqhybrid is put through: the same on every Python and machine, so that the answers are the same.

usage: python exercise.py FOLDER       FOLDER is where pqhybrid must have been installed; prints what it runs on, and
                                       how many cases
"""

from __future__ import annotations

import array
import hashlib
import importlib
import importlib.metadata
import os
import pkgutil
import platform
import subprocess
import sys
import threading

import pqhybrid
from pqhybrid import lowlevel

# SHA-256 of what transcript() gives, and exercise.c as well.
KNOWN = "fbff8815a89275f57c921a40f029072bdf23bc0d613aaef48fa153f3194587d3"
# The first of the vectors that draft-connolly-cfrg-xwing-kem-10 publishes.
XWING_SEED = "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26"
XWING_COINS = (
    "3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e2"
    "35b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2"
)
XWING_SECRET = "d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384"

KEMS = (pqhybrid.MLKEM768_X25519, pqhybrid.MLKEM1024_X448)
SIGNATURES = (pqhybrid.MLDSA65_ED25519, pqhybrid.MLDSA87_ED448)

cases = 0


def case(holds, what):
    global cases
    cases += 1
    if not holds:
        sys.exit(f"exercise: {what}")


def raises(exception, function, *arguments, **named):
    """The text of the exception that a call must raise."""
    try:
        function(*arguments, **named)
    except exception as error:
        case(len(str(error)) > 15, f"{exception.__name__} says no more than {error!s}")
        return str(error)
    return case(False, f"{function.__qualname__} raises no {exception.__name__}")


def pattern(size, which):
    return bytes((7 * i + which) & 255 for i in range(size))


def number(name, what):
    return getattr(lowlevel, f"PQH_{name}_{what}_BYTES".upper())


def call(name, *arguments):
    status = getattr(lowlevel, f"pqh_{name}")(*arguments)
    case(status == lowlevel.PQH_OK, f"{name} returns {status}")


def transcript():
    """What every function that draws no random bytes makes of fixed input."""
    for name in ("mlkem768_x25519", "mlkem1024_x448"):
        secret_key, coins = pattern(number(name, "secret_key"), 1), pattern(number(name, "encaps_coins"), 2)
        pk, ct = bytearray(number(name, "public_key")), bytearray(number(name, "ciphertext"))
        ss, again = bytearray(32), bytearray(32)
        call(f"{name}_public_key", pk, secret_key)
        call(f"{name}_encaps_derand", ct, ss, coins, pk)
        call(f"{name}_decaps", again, ct, secret_key)
        case(ss == again, f"{name}: decaps gives another secret than encaps")
        yield from (pk, ct, ss)
    pk = bytearray(number("mlkem768_x25519", "public_key"))
    call("mlkem768_x25519_lamps_public_key", pk, pattern(96, 7))
    yield pk
    for name in ("mldsa65_ed25519", "mldsa87_ed448"):
        secret_key, rnd = pattern(number(name, "secret_key"), 3), pattern(number(name, "sign_rnd"), 6)
        msg, context = pattern(1000, 4), pattern(lowlevel.PQH_CONTEXT_MAX_BYTES, 5)
        pk, sig = bytearray(number(name, "public_key")), bytearray(number(name, "signature"))
        call(f"{name}_public_key", pk, secret_key)
        call(f"{name}_sign_derand", sig, msg, context, rnd, secret_key)
        call(f"{name}_verify", sig, msg, context, pk)
        yield from (pk, sig)


def known_answers():
    found = hashlib.sha256(b"".join(transcript())).hexdigest()
    case(found == KNOWN, f"the transcript has the hash {found}")
    pk, ct, ss = bytearray(1216), bytearray(1120), bytearray(32)
    call("mlkem768_x25519_public_key", pk, bytes.fromhex(XWING_SEED))
    call("mlkem768_x25519_encaps_derand", ct, ss, bytes.fromhex(XWING_COINS), pk)
    case(ss.hex() == XWING_SECRET, "X-Wing's published shared secret")
    secret = pqhybrid.SecretKey.from_bytes(pqhybrid.MLKEM768_X25519, bytes.fromhex(XWING_SEED)).decaps(ct)
    case(bytes(secret).hex() == XWING_SECRET, "X-Wing's published shared secret, decapsulated")


def where(folder):
    """What was imported is what was installed, whole, with its licences."""
    own = os.path.realpath(pqhybrid.__file__)
    case(own.startswith(os.path.realpath(folder) + os.sep), f"{own} is not in {folder}")
    case(importlib.metadata.version("pqhybrid") == pqhybrid.__version__, "package and library differ in their version")
    for name in ("py.typed", "libpqhybrid.so", "_ffi.pyi"):
        case(os.path.isfile(os.path.join(os.path.dirname(own), name)), f"{name} is missing")
    for file in importlib.metadata.files("pqhybrid"):
        # Where commands go to with 'pip install --target', RECORD does not know.
        case(file.locate().is_file() or file.parts[-2] == "bin", f"{file} is in RECORD alone")
    case("cryptography" not in sys.modules, "importing the package imports cryptography")


def modules():
    """Every module is one for this Python, or says which package it needs."""
    found = 0
    for module in pkgutil.walk_packages(pqhybrid.__path__, "pqhybrid.", onerror=lambda name: None):
        # The library's name is one that an extension module could have.
        if module.name in ("pqhybrid.__main__", "pqhybrid.libpqhybrid"):
            continue
        try:
            importlib.import_module(module.name)
        except pqhybrid.MissingDependency as error:
            case("pip install" in str(error), f"{module.name} does not say how to get what it needs: {error}")
        found += 1
    case(found > 10, f"only {found} modules")


def key_exchange(suite):
    key = suite.keygen()
    ciphertext, secret = key.public_key.encaps()
    case(key.decaps(ciphertext) == secret and len(secret) == 32, f"{suite.name}: another secret")
    for kind in (bytearray, memoryview, lambda data: array.array("B", data)):
        case(key.decaps(kind(ciphertext)) == secret, f"{suite.name}: {kind} as ciphertext")
    forged = bytes([ciphertext[0] ^ 1]) + ciphertext[1:]
    case(key.decaps(forged) != secret, f"{suite.name}: a forged ciphertext gives the same secret")
    raises(pqhybrid.LengthError, key.decaps, ciphertext[:-1])
    raises(TypeError, key.decaps, "text")
    raises(pqhybrid.InvalidPublicKey, suite.public_key(b"\xff" * suite.public_key_bytes).encaps)
    wiped(suite, key, lambda: key.decaps(ciphertext))


def signing(suite):
    key = suite.keygen()
    message = pattern(100_000, 1)
    signature = key.sign(message, context=b"test")
    public = pqhybrid.PublicKey.from_bytes(suite, bytes(key.public_key))
    public.verify(signature, message, context=b"test")
    flipped = signature[:-1] + bytes([signature[-1] ^ 1])
    for wrong in ((signature, message, b""), (signature, message[1:], b"test"), (flipped, message, b"test")):
        raises(pqhybrid.InvalidSignature, public.verify, *wrong)
    raises(pqhybrid.LengthError, public.verify, signature[1:], message)
    raises(pqhybrid.LengthError, key.sign, message, bytes(256))
    raises(TypeError, key.sign, "text")
    signer, verifier = key.signer(), None
    for at in range(0, len(message), 30_000):
        signer.update(message[at : at + 30_000])
    signature = signer.sign()
    public.verify(signature, message)
    verifier = public.verifier(signature)
    verifier.update(message)
    verifier.verify()
    raises(pqhybrid.Finished, verifier.update, b"more")
    wiped(suite, key, lambda: key.sign(b""))


def wiped(suite, key, use):
    """Secrets do not show, are not pickled, and are gone when told."""
    seed = bytes(key.to_secret_bytes())
    case(len(seed) == suite.secret_key_bytes and seed.hex() not in repr(key), f"{suite.name}: repr shows the key")
    raises(TypeError, key.__reduce_ex__, 2)
    case(pqhybrid.SecretKey.from_bytes(suite, bytearray(seed), wipe_source=True) == key, f"{suite.name}: another key")
    with key:
        pass
    case(key.wiped, f"{suite.name}: the key is still there")
    raises(pqhybrid.Wiped, use)


def pem(suite):
    key = suite.keygen()
    text = key.to_pem()
    with pqhybrid.SecretKey.from_pem(text.view() if hasattr(text, "view") else text) as again:
        case(again == key, f"{suite.name}: another key from PEM")
    text = key.public_key.to_pem()
    case(pqhybrid.PublicKey.from_pem(text) == key.public_key, f"{suite.name}: another public key from PEM")
    raises(pqhybrid.EncodingError, pqhybrid.PublicKey.from_pem, text[:-40])
    other = next(each for each in KEMS + SIGNATURES if each is not suite)
    raises(pqhybrid.WrongSuite, pqhybrid.PublicKey.from_pem, text, suite=other)
    # Nothing but what the wheel needs is installed here.
    said = raises(pqhybrid.MissingDependency, key.to_pem, b"passphrase")
    case("pip install" in said, f"what is missing for a passphrase is not said: {said}")


def threads():
    """One key, many threads: the library holds no lock and no state."""
    key, failed = pqhybrid.MLDSA65_ED25519.keygen(), []

    def work(i):
        try:
            for j in range(4):
                key.public_key.verify(key.sign(pattern(1000, i + j)), pattern(1000, i + j))
        except BaseException as error:
            failed.append(error)

    workers = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    case(not failed, f"on threads: {failed}")


def command_line():
    environment = {name: value for name, value in os.environ.items() if name != "PQHYBRID_RUN"}
    run = os.environ.get("PQHYBRID_RUN", "").split() + [sys.executable, "-m", "pqhybrid"]
    done = subprocess.run([*run, "--version"], stdout=subprocess.PIPE, text=True, env=environment)
    case(done.returncode == 0 and pqhybrid.__version__ in done.stdout, f"python -m pqhybrid --version: {done}")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    where(sys.argv[1])
    known_answers()
    modules()
    for suite in KEMS:
        key_exchange(suite)
    for suite in SIGNATURES:
        signing(suite)
    for suite in KEMS + SIGNATURES:
        pem(suite)
    threads()
    command_line()
    machine = f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}"
    print(f"{machine}, {lowlevel.pqh_backend()}: {cases}")


if __name__ == "__main__":
    main()
