#!/usr/bin/env python3
"""The published vectors through the raw ABI, in Wasmtime.

usage: vectors.py VECTORS MODULE      VECTORS is what tests/vectors_to_text.py writes; its operations are explained there
"""

import os
import sys
from pathlib import Path

from raw import Failed, Module, title

ERR_SIGNATURE = -7
PIECE = 7  # bytes that the streaming prehash is given at a time


class Suite:
    def __init__(self, module, name):
        self.module, self.name = module, name

    def size(self, what):
        return self.module.raw(f"pqh_{self.name}_{what}_bytes")

    def call(self, operation, *arguments):
        return self.module.call(f"{self.name}_{operation}", *arguments)

    def digest(self, message):
        """By the streaming prehash, whose state stays where it is."""
        raw, stem = self.module.raw, f"pqh_{self.name}_prehash"
        state, piece, digest = (raw("pqh_alloc", size) for size in (self.size("prehash"), PIECE, self.size("digest")))
        assert raw(f"{stem}_init", state) == 0
        for at in range(0, len(message), PIECE):
            data = message[at : at + PIECE]
            self.module.memory.write(self.module.store, data, piece)
            assert raw(f"{stem}_update", state, piece, len(data)) == 0
        assert raw(f"{stem}_final", state, digest) == 0
        found = bytes(self.module.memory.read(self.module.store, digest, digest + self.size("digest")))
        for pointer in (state, piece, digest):
            raw("pqh_free", pointer)
        return found


def verifies(suite, sig, msg, ctx, pk):
    answers = set()
    for operation, what in (("verify", (msg,)), ("verify_prehashed", suite.digest(msg))):
        try:
            suite.call(operation, sig, what, (ctx,), pk)
            answers.add(True)
        except Failed as failed:
            assert failed.status == ERR_SIGNATURE, failed
            answers.add(False)
    (answer,) = answers
    return answer


def sign_eddsa(suite, msg, ctx, sk, half):
    size = suite.size("signature")
    plain = suite.call("sign_derand", size, (msg,), (ctx,), bytes(32), sk)
    hashed = suite.call("sign_prehashed", size, suite.digest(msg), (ctx,), sk)
    return plain.endswith(half) and hashed.endswith(half)


OPERATIONS = {
    "public_key": lambda s, sk, pk: s.call("public_key", s.size("public_key"), sk) == pk,
    "lamps_public_key": lambda s, dk, pk: s.call("lamps_public_key", s.size("public_key"), dk) == pk,
    "decaps": lambda s, ct, sk, ss: s.call("decaps", s.size("shared_secret"), ct, sk) == ss,
    "lamps_decaps": lambda s, ct, dk, ss: s.call("lamps_decaps", s.size("shared_secret"), ct, dk) == ss,
    "encaps_derand": lambda s, coins, pk, ct, ss: s.call(
        "encaps_derand", s.size("ciphertext"), s.size("shared_secret"), coins, pk) == [ct, ss],
    "verify": lambda *record: verifies(*record) is True,
    "refuse": lambda *record: verifies(*record) is False,
    "sign_eddsa": sign_eddsa,
}


def main(vectors, path):
    module = Module(path, os.urandom)
    cases = 0
    for line in Path(vectors).read_text().splitlines():
        suite, operation, *fields = line.split(" ")
        cases += 1
        fields = [bytes.fromhex(field.strip("-")) for field in fields]
        if not OPERATIONS[operation](Suite(module, suite), *fields):
            sys.exit(f"{path}: case {cases}, {suite} {operation}, fails")
    if not cases:
        sys.exit(f"{vectors} holds no case")
    print(f"wasm/vectors in Wasmtime {title(path)}: {cases} cases")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
