"""libpqhybrid through its C ABI, for the tests: CFFI in ABI mode, with the header's own declarations.

Fixed lengths are checked here, because C cannot see them. What C can see, such as the length of a context, is left to
the library. A status that is not PQH_OK is raised as PqhError.
"""

import os
import re
import shlex
import subprocess
from pathlib import Path

import cffi

ROOT = Path(__file__).resolve().parents[2]
HEADER = ROOT / "include" / "pqhybrid.h"
LIBRARY = Path(os.environ.get("PQHYBRID_LIBRARY", ROOT / "libpqhybrid.so"))


def preprocess(*options):
    """The header after the C preprocessor, as text."""
    compiler = shlex.split(os.environ.get("CC", "cc"))
    return subprocess.run([*compiler, "-E", "-DPQH_MUST_USE=", *options, HEADER], check=True, capture_output=True, text=True).stdout


def declarations():
    """What the header itself declares. The standard headers, which CFFI cannot parse and need not, are left out."""
    kept, ours = [], False
    for line in preprocess().splitlines():
        marker = re.match(r'# (?:line )?\d+ "(.*)"', line)
        if marker:
            ours = Path(marker[1]).name == HEADER.name
        elif ours:
            kept.append(line)
    return "\n".join(kept)


def macros():
    """The header's PQH_ macros that are whole numbers, by name."""
    found = re.findall(r"^#define (PQH_\w+) \(?(-?\d+)\)?$", preprocess("-dM"), re.MULTILINE)
    return {name: int(value) for name, value in found}


ffi = cffi.FFI()
ffi.cdef(declarations())
lib = ffi.dlopen(str(LIBRARY))
MACROS = macros()


def text(pointer):
    return ffi.string(pointer).decode("ascii")


class PqhError(Exception):
    """A call that did not return PQH_OK."""

    def __init__(self, status):
        super().__init__(f"{text(lib.pqh_status_string(status))} ({status})")
        self.status = status


def check(status):
    if status != MACROS["PQH_OK"]:
        raise PqhError(status)


def exactly(name, data, size):
    """data as a C array, if it has the size that C takes for granted."""
    if len(data) != size:
        raise ValueError(f"{name}: expected {size} bytes, got {len(data)}")
    return ffi.from_buffer("uint8_t[]", data)


class Suite:
    """What key encapsulation and signatures share: names, sizes and keys."""

    def __init__(self, stem):
        self.stem = stem

    def __repr__(self):
        return self.stem

    def size(self, what):
        return MACROS[f"PQH_{self.stem}_{what}_BYTES".upper()]

    def function(self, name):
        return getattr(lib, f"pqh_{self.stem}_{name}")

    def call(self, name, *arguments):
        check(self.function(name)(*arguments))

    def output(self, what):
        return ffi.new("uint8_t[]", self.size(what))

    def input(self, name, data, what):
        return exactly(name, data, self.size(what))

    def keygen(self):
        pk, sk = self.output("public_key"), self.output("secret_key")
        self.call("keygen", pk, sk)
        return bytes(pk), bytes(sk)

    def public_key(self, sk):
        pk = self.output("public_key")
        self.call("public_key", pk, self.input("sk", sk, "secret_key"))
        return bytes(pk)


class Kem(Suite):
    def encaps(self, pk):
        ct, ss = self.output("ciphertext"), self.output("shared_secret")
        self.call("encaps", ct, ss, self.input("pk", pk, "public_key"))
        return bytes(ct), bytes(ss)

    def encaps_derand(self, coins, pk):
        ct, ss = self.output("ciphertext"), self.output("shared_secret")
        coins, pk = self.input("coins", coins, "encaps_coins"), self.input("pk", pk, "public_key")
        self.call("encaps_derand", ct, ss, coins, pk)
        return bytes(ct), bytes(ss)

    def decaps(self, ct, sk):
        ss = self.output("shared_secret")
        self.call("decaps", ss, self.input("ct", ct, "ciphertext"), self.input("sk", sk, "secret_key"))
        return bytes(ss)


class KemWithLampsKeys(Kem):
    def lamps_public_key(self, dk):
        pk = self.output("public_key")
        self.call("lamps_public_key", pk, self.input("dk", dk, "lamps_secret_key"))
        return bytes(pk)

    def lamps_decaps(self, ct, dk):
        ss = self.output("shared_secret")
        self.call("lamps_decaps", ss, self.input("ct", ct, "ciphertext"), self.input("dk", dk, "lamps_secret_key"))
        return bytes(ss)


class Prehash:
    """A message that comes in pieces."""

    def __init__(self, suite):
        self.suite = suite
        self.state = ffi.new(f"pqh_{suite.stem}_prehash *")
        suite.call("prehash_init", self.state)

    def update(self, data):
        self.suite.call("prehash_update", self.state, ffi.from_buffer("uint8_t[]", data), len(data))

    def final(self):
        digest = self.suite.output("digest")
        self.suite.call("prehash_final", self.state, digest)
        return bytes(digest)


class Signature(Suite):
    def sign(self, msg, ctx, sk):
        sig = self.output("signature")
        sk = self.input("sk", sk, "secret_key")
        self.call("sign", sig, *self.sized(msg), *self.sized(ctx), sk)
        return bytes(sig)

    def sign_derand(self, msg, ctx, rnd, sk):
        sig = self.output("signature")
        rnd, sk = self.input("rnd", rnd, "sign_rnd"), self.input("sk", sk, "secret_key")
        self.call("sign_derand", sig, *self.sized(msg), *self.sized(ctx), rnd, sk)
        return bytes(sig)

    def verify(self, sig, msg, ctx, pk):
        sig, pk = self.input("sig", sig, "signature"), self.input("pk", pk, "public_key")
        self.call("verify", sig, *self.sized(msg), *self.sized(ctx), pk)

    def prehash(self):
        return Prehash(self)

    def sign_prehashed(self, digest, ctx, sk):
        sig = self.output("signature")
        digest, sk = self.input("digest", digest, "digest"), self.input("sk", sk, "secret_key")
        self.call("sign_prehashed", sig, digest, *self.sized(ctx), sk)
        return bytes(sig)

    def verify_prehashed(self, sig, digest, ctx, pk):
        sig, digest = self.input("sig", sig, "signature"), self.input("digest", digest, "digest")
        self.call("verify_prehashed", sig, digest, *self.sized(ctx), self.input("pk", pk, "public_key"))

    @staticmethod
    def sized(data):
        return ffi.from_buffer("uint8_t[]", data), len(data)


KEMS = [KemWithLampsKeys("mlkem768_x25519"), Kem("mlkem1024_x448")]
SIGNATURES = [Signature("mldsa65_ed25519"), Signature("mldsa87_ed448")]
SUITES = {suite.stem: suite for suite in [*KEMS, *SIGNATURES]}
