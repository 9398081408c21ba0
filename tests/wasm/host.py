#!/usr/bin/env python3
"""A host without JavaScript, in Wasmtime: every operation, a random source that fails, and pointers that are wrong.

usage: host.py MODULE
"""

import os
import sys

from interop import KEMS, SIGNATURES, Direct, Wasmtime
from raw import Failed, Module, title

checks = 0


def check(holds, what):
    global checks
    if not holds:
        sys.exit(f"host: it does not hold: {what}")
    checks += 1


def status(module, name, *arguments):
    try:
        module.call(name, *arguments)
    except Failed as failed:
        return failed.status
    return 0


def operations(path):
    host = Wasmtime(path)
    direct = Direct(host)
    for suite in KEMS:
        pk, sk = direct.keygen(suite)
        ct, ss = direct.encaps(suite, pk)
        check(direct.decaps(suite, ct, sk) == ss, f"{suite}: one secret")
        check(direct.decaps(suite, ct[:-200] + bytes(80) + ct[-120:], sk) != ss, f"{suite}: a forged ciphertext")
        check(host.call(f"{suite}_public_key", len(pk), sk) == pk, f"{suite}: public_key")
    for suite in SIGNATURES:
        pk, sk = direct.keygen(suite)
        sig = direct.sign(suite, b"message", b"context", sk)
        check(direct.verify(suite, sig, b"message", b"context", pk), f"{suite}: verify")
        check(not direct.verify(suite, sig, b"message", b"", pk), f"{suite}: another context")
        for at in range(0, len(sig), 499):
            flipped = sig[:at] + bytes([sig[at] ^ 1]) + sig[at + 1 :]
            check(not direct.verify(suite, flipped, b"message", b"context", pk), f"{suite}: byte {at} matters")
        check(status(host, f"{suite}_sign", len(sig), (b"",), (bytes(256),), sk) == -3, f"{suite}: a context of 256 bytes")


def pointers(path):
    module = Module(path, os.urandom)
    end = module.memory.data_len(module.store)
    keygen = "pqh_mlkem768_x25519_keygen"
    check(module.raw(keygen, 0, 0) == -1, "NULL")
    check(module.raw(keygen, 400000, 400001) == -2, "overlap")
    check(module.raw("pqh_random_bytes", -8, 100) == -1, "past the end of the address space")
    check(module.raw("pqh_ct_equal", 8, 8, -1) == 0, "an impossible length")
    check(module.string("pqh_status_string", -7) == "the signature does not verify", "a sentence")
    check(module.string("pqh_version") == "0.1.0", "the version")
    try:
        module.raw(keygen, end, end + 4096)
        check(False, "a pointer outside the module's memory traps")
    except Exception as trap:  # wasmtime.Trap or WasmtimeError, by version
        check("out of bounds" in str(trap), "a pointer outside the module's memory traps")


def frees(path):
    """NULL, and a buffer that was just freed, are left alone; pointers to no buffer are the host's mistake, but do not trap."""
    module = Module(path, os.urandom)
    end = module.memory.data_len(module.store)
    at = module.raw("pqh_alloc", 64)
    for pointer in (at, at, 0, 1, 8, 12, end - 8, end, end + 8, 0x7FFFFFF8, -0x80000000, -16, -8, -4, -1):
        module.raw("pqh_free", pointer)
    check(module.raw("pqh_alloc", 64) != module.raw("pqh_alloc", 64), "pqh_free leaves alone what is no buffer")
    check(len(module.call("mlkem768_x25519_keygen", 1216, 32)[0]) == 1216, "and the instance goes on")


def random(path):
    failing = Module(path, lambda length: None)
    if failing.imports[0][0] != "env":
        return
    for name, sizes in (("mlkem768_x25519_keygen", (1216, 32)), ("mldsa87_ed448_keygen", (2649, 89))):
        check(status(failing, name, *sizes) == -8, f"{name}: the random source fails")
    check(status(failing, "mldsa65_ed25519_sign", 3373, (b"",), (b"",), bytes(64)) == -8, "sign: the random source fails")
    fixed = Module(path, lambda length: b"\7" * length)
    check(fixed.call("mlkem768_x25519_keygen", 1216, 32)[1] == b"\7" * 32, "the random source is the import, and it alone")


def main(path):
    operations(path)
    pointers(path)
    frees(path)
    random(path)
    print(f"wasm/host in Wasmtime {title(path)}: {checks} checks")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
