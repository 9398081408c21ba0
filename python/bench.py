#!/usr/bin/env python3
"""What the Python package costs over C, and how it stands beside what else there is. Prints Markdown tables.

usage: python/bench.py [--rounds N] [--json FILE]      after `make build`; 'make bench-python' calls it

Needs a C compiler, and in the interpreter's environment what python/requirements-bench.txt lists.
liboqs-python is measured if it is installed and OQS_INSTALL_PATH says where a liboqs with shared libraries is.

How: overhead is the time of a Python call in which the C function does nothing, a stub that returns at once, so that it
does not drown in the time that cryptography takes. All else is measured in turns, C and Python and the others one after
the other in each round, and the median of the rounds is told. Time is the processor's, not the clock's, so that other
programs on the machine disturb it little.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import gc
import json
import os
import platform
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "python" / "src"), str(ROOT / "tests" / "python")]

PIECE_NS = 4_000_000
MESSAGE = bytes(64)

# Reads "operation iterations", tells nanoseconds for each iteration.
C_PROGRAM = r"""
#include <pqhybrid.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static uint8_t pk[4096], sk[256], new_pk[4096], new_sk[256], ct[2048], ss[32], sig[8192], new_sig[8192];
static const uint8_t msg[64];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

#define RUN(name, prepare, call)                                            \
    if (!strcmp(operation, name)) {                                         \
        pqh_status status = (prepare);                                      \
        double start = now();                                               \
        for (long i = 0; i < n; i++) status |= (call);                      \
        double took = now() - start;                                        \
        if (status != PQH_OK) return 1;                                     \
        printf("%f\n", took / n);                                           \
        fflush(stdout);                                                     \
        continue;                                                           \
    }
#define KEM(s)                                                                                                       \
    RUN(#s " keygen", PQH_OK, pqh_##s##_keygen(new_pk, new_sk))                                                      \
    static pqh_##s##_encaps_key s##_public;                                                                          \
    static pqh_##s##_decaps_key s##_secret;                                                                          \
    RUN(#s " encaps", pqh_##s##_keygen(pk, sk) | pqh_##s##_encaps_key_init(&s##_public, pk),                         \
        pqh_##s##_encaps_with(ct, ss, &s##_public))                                                                  \
    RUN(#s " decaps", pqh_##s##_keygen(pk, sk) | pqh_##s##_encaps(ct, ss, pk) |                                      \
        pqh_##s##_decaps_key_init(&s##_secret, sk), pqh_##s##_decaps_with(ss, ct, &s##_secret))
#define SIG(s)                                                                                                       \
    RUN(#s " keygen", PQH_OK, pqh_##s##_keygen(new_pk, new_sk))                                                      \
    static pqh_##s##_sign_key s##_secret;                                                                            \
    static pqh_##s##_verify_key s##_public;                                                                          \
    RUN(#s " sign", pqh_##s##_keygen(pk, sk) | pqh_##s##_sign_key_init(&s##_secret, sk),                             \
        pqh_##s##_sign_with(new_sig, msg, 64, 0, 0, &s##_secret))                                                    \
    RUN(#s " verify", pqh_##s##_keygen(pk, sk) | pqh_##s##_sign(sig, msg, 64, 0, 0, sk) |                            \
        pqh_##s##_verify_key_init(&s##_public, pk), pqh_##s##_verify_with(sig, msg, 64, 0, 0, &s##_public))

int main(void) {
    char suite[64], name[64], operation[160];
    long n;
    while (scanf("%63s %63s %ld", suite, name, &n) == 3) {
        snprintf(operation, sizeof operation, "%s %s", suite, name);
        KEM(mlkem768_x25519)
        KEM(mlkem1024_x448)
        SIG(mldsa65_ed25519)
        SIG(mldsa87_ed448)
        return 2;
    }
    return 0;
}
"""


def fail(sentence):
    sys.exit(f"bench: {sentence}")


try:
    import _cffi_backend
    import cryptography
    import xwing_kem
    from composition import COMPOSITIONS
    from cryptography.hazmat.backends.openssl import backend as openssl

    import pqhybrid
    from pqhybrid._ffi import ffi
except ImportError as error:
    fail(f"{error}: pip install -r python/requirements-bench.txt, and 'make build' for the library")


# ---- what is compiled on the spot ----------------------------------------------------------------


def compiled(folder, name, source, *options):
    path, compiler = Path(folder) / name, shlex.split(os.environ.get("CC", "cc"))
    path.with_suffix(".c").write_text(source, encoding="ascii")
    command = [*compiler, "-O2", "-w", str(path.with_suffix(".c")), *options, "-o", str(path)]
    try:
        subprocess.run(command, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        fail(f"the C compiler failed ({error}): install one, or name it in CC")
    return path


class C:
    """The C program, one process for all rounds."""

    def __init__(self, folder):
        archive = ROOT / "libpqhybrid.a"
        if not archive.is_file():
            fail("libpqhybrid.a is missing: call 'make build'")
        path = compiled(folder, "c-loop", C_PROGRAM, f"-I{ROOT / 'include'}", str(archive))
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, universal_newlines=True)

    def time(self, operation, iterations):
        self.process.stdin.write(f"{operation} {iterations}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


def stubs(folder, names):
    """A library whose functions of these names return 0 at once."""
    return compiled(
        folder, "stubs.so", "".join(f"int {name}(void) {{ return 0; }}\n" for name in names), "-shared", "-fPIC"
    )


# ---- time ----------------------------------------------------------------------------------------


def batch(function, iterations):
    """Nanoseconds for each iteration, without the loop and the collector."""
    turns = [None] * iterations
    gc.collect()
    gc.disable()
    try:
        start = time.thread_time_ns()
        for _ in turns:
            function()
        took = time.thread_time_ns() - start
        start = time.thread_time_ns()
        for _ in turns:
            pass
        return max(0, took - (time.thread_time_ns() - start)) / iterations
    finally:
        gc.enable()


def iterations_for(function):
    """As many as take a few milliseconds; this also warms up."""
    for _ in range(5):
        function()
    return max(10, int(PIECE_NS / max(batch(function, 20), 20)))


def in_turns(functions, rounds):
    """The median nanoseconds of each function, all of them measured in each round. One in a tuple is given how often it
    is to run, and tells the time itself.
    """
    turns = {name: iterations_for(each) for name, each in functions.items() if not isinstance(each, tuple)}
    most = max(turns.values())
    found = {name: [] for name in functions}
    for number in range(rounds):
        names = list(functions)
        # Nobody is always the first after a pause.
        for name in names[number % len(names) :] + names[: number % len(names)]:
            each = functions[name]
            found[name].append(each[0](most) if isinstance(each, tuple) else batch(each, turns[name]))
    return {name: statistics.median(each) for name, each in found.items()}


# ---- overhead ------------------------------------------------------------------------------------


def operations(suite):
    """The operations of a suite in Python, as programs call them."""
    key = suite.keygen()
    public = key.public_key
    if isinstance(suite, pqhybrid.KemSuite):
        ciphertext, _ = public.encaps()
        return {"keygen": suite.keygen, "encaps": public.encaps, "decaps": lambda: key.decaps(ciphertext)}
    signature = key.sign(MESSAGE)
    return {
        "keygen": suite.keygen,
        "sign": lambda: key.sign(MESSAGE),
        "verify": lambda: public.verify(signature, MESSAGE),
    }


def raw(suite, library):
    """The same by bare CFFI, into buffers that are there already: the least that a call can cost."""
    made = {what: ffi.new("uint8_t[]", 8192) for what in ("pk", "sk", "ct", "ss", "sig")}
    pk, sk, ct, ss, sig = made.values()
    function = {name: getattr(library, f"pqh_{suite.name}_{called(name)}") for name in operations(suite)}
    key = {name: ffi.new(f"pqh_{suite.name}_{name}_key *") for name in function if name != "keygen"}
    if isinstance(suite, pqhybrid.KemSuite):
        arguments = {"keygen": (pk, sk), "encaps": (ct, ss, key["encaps"]), "decaps": (ss, ct, key["decaps"])}
    else:
        arguments = {
            "keygen": (pk, sk),
            "sign": (sig, MESSAGE, 64, b"", 0, key["sign"]),
            "verify": (sig, MESSAGE, 64, b"", 0, key["verify"]),
        }
    return {name: (lambda f=each, a=arguments[name]: f(*a)) for name, each in function.items()}


def called(name):
    """The C function that an operation in Python calls: the package prepares keys."""
    return name if name == "keygen" else f"{name}_with"


@contextlib.contextmanager
def stubbed(suite, library):
    """The suite with stubs in place of its C functions."""
    names = [called(name) for name in operations(suite)]
    kept = {f"_{name}": getattr(suite, f"_{name}") for name in names}
    for name in names:
        setattr(suite, f"_{name}", getattr(library, f"pqh_{suite.name}_{name}"))
    try:
        yield
    finally:
        for name, each in kept.items():
            setattr(suite, name, each)


def measure_overhead(folder, rounds):
    """Microseconds that Python adds: {operation: (bare CFFI, the package)}."""
    names = [f"pqh_{suite.name}_{called(name)}" for suite in pqhybrid.SUITES for name in operations(suite)]
    library, result = ffi.dlopen(str(stubs(folder, names))), {}
    for suite in pqhybrid.SUITES:
        ours, bare = operations(suite), raw(suite, library)
        with stubbed(suite, library):
            for name, each in ours.items():
                empty = batch(lambda: None, 200_000)
                found = {"bare": [], "package": []}
                for _ in range(rounds):
                    found["bare"].append(batch(bare[name], 20_000))
                    found["package"].append(batch(each, 20_000))
                # A lambda around the call is the benchmark's; methods that need none have none.
                lambdas = {"bare": empty, "package": empty if each.__name__ == "<lambda>" else 0}
                result[f"{suite.name} {name}"] = tuple(
                    (min(found[kind]) - lambdas[kind]) / 1000 for kind in ("bare", "package")
                )
    return result


def measure_totals(folder, rounds):
    """Microseconds of each operation: {operation: (C, Python)}."""
    c, result = C(folder), {}
    for suite in pqhybrid.SUITES:
        for name, each in operations(suite).items():
            operation = f"{suite.name} {name}"
            found = in_turns({"C": (lambda n, o=operation: c.time(o, n),), "Python": each}, rounds)
            result[operation] = (found["C"] / 1000, found["Python"] / 1000)
    return result


# ---- the others ----------------------------------------------------------------------------------


def prepared(composition, seed, encoded):
    """A composition on `cryptography` whose key objects are made beforehand, as a careful program would."""
    pq, dh = composition.private_halves(seed)
    dh_pk = dh.public_key().public_bytes_raw()
    pq_public = composition.pq_public.from_public_bytes(encoded[: composition.ek_bytes])
    dh_public = composition.dh_public.from_public_bytes(dh_pk)

    def encaps():
        ephemeral = composition.dh_private.generate()
        dh_ct = ephemeral.public_key().public_bytes_raw()
        pq_ss, pq_ct = pq_public.encapsulate()
        return pq_ct + dh_ct, composition.combine(pq_ss, ephemeral.exchange(dh_public), dh_ct, dh_pk)

    ciphertext, _ = encaps()

    def decaps(ct=ciphertext):
        pq_ct, dh_ct = ct[: composition.ct_bytes], ct[composition.ct_bytes :]
        return composition.combine(
            pq.decapsulate(pq_ct), dh.exchange(composition.dh_public.from_public_bytes(dh_ct)), dh_ct, dh_pk
        )

    return {"encaps": encaps, "decaps": decaps}


def prepared_signature(composition, seed, encoded):
    pq, ed = composition.private_halves(seed)
    pq_public = composition.pq_public.from_public_bytes(encoded[: composition.pq_pk_bytes])
    ed_public = composition.ed_public.from_public_bytes(encoded[composition.pq_pk_bytes :])

    def sign():
        representative = composition.representative(MESSAGE, b"")
        return pq.sign(representative, composition.label) + ed.sign(representative)

    signature = sign()

    def verify():
        representative = composition.representative(MESSAGE, b"")
        pq_public.verify(signature[: composition.pq_sig_bytes], representative, composition.label)
        ed_public.verify(signature[composition.pq_sig_bytes :], representative)

    return {"sign": sign, "verify": verify}


def peers(suite):
    """Who else does this: {operation: {who: function}}."""
    composition, key = COMPOSITIONS[suite.name], suite.keygen()
    seed, encoded = bytes(key.to_secret_bytes()), bytes(key.public_key)
    ours = operations(suite)
    found = {name: {"pqhybrid": each} for name, each in ours.items() if name != "keygen"}
    if isinstance(suite, pqhybrid.KemSuite):
        ct, _ = composition.encaps(encoded)
        found["encaps"]["composition"] = lambda: composition.encaps(encoded)
        found["decaps"]["composition"] = lambda: composition.decaps(ct, seed)
        ready = prepared(composition, seed, encoded)
    else:
        signature = composition.sign(MESSAGE, b"", seed)
        found["sign"]["composition"] = lambda: composition.sign(MESSAGE, b"", seed)
        found["verify"]["composition"] = lambda: composition.verify_halves(signature, MESSAGE, b"", encoded)
        ready = prepared_signature(composition, seed, encoded)
    for name, each in ready.items():
        found[name]["composition, prepared"] = each
    if suite is pqhybrid.MLKEM768_X25519:
        pair = xwing_kem.generate_keypair()
        _, theirs = xwing_kem.encapsulate(pair.public_key)
        found["encaps"]["xwing-kem"] = lambda: xwing_kem.encapsulate(pair.public_key)
        found["decaps"]["xwing-kem"] = lambda: xwing_kem.decapsulate(theirs, pair.secret_key)
        found["keygen"] = {"pqhybrid": ours["keygen"], "xwing-kem": xwing_kem.generate_keypair}
    return found


def measure_peers(rounds):
    """Microseconds: {operation: {who: time}}."""
    return {
        f"{suite.name} {name}": {who: took / 1000 for who, took in in_turns(functions, rounds).items()}
        for suite in pqhybrid.SUITES
        for name, functions in peers(suite).items()
    }


def measure_liboqs(folder, rounds):
    """Microseconds that liboqs-python adds, with stubs in place of liboqs's functions; None if it is not here."""
    if not os.environ.get("OQS_INSTALL_PATH"):
        return None
    try:
        import ctypes

        # It writes to standard output when imported.
        with contextlib.redirect_stdout(sys.stderr):
            import oqs
    except ImportError:
        return None
    kem, signature = oqs.KeyEncapsulation("ML-KEM-768"), oqs.Signature("ML-DSA-65")
    public, verifying = kem.generate_keypair(), signature.generate_keypair()
    ct, _ = kem.encap_secret(public)
    signed = signature.sign(MESSAGE)
    calls = {
        "ML-KEM-768 encaps": ("OQS_KEM_encaps", lambda: kem.encap_secret(public)),
        "ML-KEM-768 decaps": ("OQS_KEM_decaps", lambda: kem.decap_secret(ct)),
        "ML-DSA-65 sign": ("OQS_SIG_sign", lambda: signature.sign(MESSAGE)),
        "ML-DSA-65 verify": ("OQS_SIG_verify", lambda: signature.verify(MESSAGE, signed, verifying)),
    }
    library = ctypes.CDLL(str(stubs(folder, [name for name, _ in calls.values()])))
    for name, _ in calls.values():
        setattr(oqs.native(), name, getattr(library, name))
    empty = batch(lambda: None, 200_000)
    return {
        operation: (min(batch(call, 20_000) for _ in range(rounds)) - empty) / 1000
        for operation, (_, call) in calls.items()
    }


# ---- what is printed -----------------------------------------------------------------------------


def machine():
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        "",
    )
    return {
        "date": datetime.date.today().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} CPUs {model}".strip(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "cffi": _cffi_backend.__version__,
        "pqhybrid": f"{pqhybrid.__version__}, {pqhybrid.backend()}",
        "cryptography": f"{cryptography.__version__}, {openssl.openssl_version_text()}",
        "xwing-kem": xwing_kem.__version__,
    }


def row(*cells):
    print("| " + " | ".join(cells) + " |")


def table(*heads):
    print()
    row(*heads)
    row(*["---"] + ["---:"] * (len(heads) - 1))


def show(result):
    print(", ".join(f"{name} {value}" for name, value in result["machine"].items()))
    table("µs", "C", "Python", "Python / C", "overhead of bare CFFI", "overhead of pqhybrid")
    for operation, (c, python) in result["totals"].items():
        bare, package = result["overhead"][operation]
        row(operation, f"{c:.1f}", f"{python:.1f}", f"{python / c:.2f}", f"{bare:.2f}", f"{package:.2f}")
    table("µs, and how many times pqhybrid's", "pqhybrid", "xwing-kem", "composition, prepared", "composition")
    for operation, who in result["peers"].items():
        ours = who["pqhybrid"]
        others = [
            f"{who[each]:.1f} ({who[each] / ours:.2f})" if each in who else "–"
            for each in ("xwing-kem", "composition, prepared", "composition")
        ]
        row(operation, f"{ours:.1f}", *others)
    table("µs", "overhead of liboqs-python")
    for operation, took in (result["liboqs"] or {"not here: set OQS_INSTALL_PATH": None}).items():
        row(operation, "–" if took is None else f"{took:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--json", metavar="FILE", help="also write the numbers there, in microseconds")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as another:
        result = {
            "machine": machine(),
            "overhead": measure_overhead(folder, arguments.rounds),
            "totals": measure_totals(folder, arguments.rounds),
            "peers": measure_peers(arguments.rounds),
            "liboqs": measure_liboqs(another, arguments.rounds),
        }
    show(result)
    if arguments.json:
        Path(arguments.json).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
