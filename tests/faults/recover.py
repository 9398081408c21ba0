#!/usr/bin/env python3
"""Computes an Ed25519 secret key from one good signature and bad ones of the same message, as an attacker would.

Ed25519 is deterministic: S = r + H(R, A, M) a. A fault in the computation of R leaves r as it is, and gives
S' = r + H(R', A, M) a; from the two, a follows. Prints of how many bad signatures it did.

usage: recover.py FILE      what tests/faults/inject.c wrote for MLDSA65-Ed25519
"""

import hashlib
import sys

ORDER = 2**252 + 27742317777372353535851937790883648493
PREFIX = b"CompositeAlgorithmSignatures2025"
LABEL = b"COMPSIG-MLDSA65-Ed25519-SHA512"


def number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def main() -> None:
    known: dict[str, bytes] = {}
    bad: list[bytes] = []
    with open(sys.argv[1], encoding="ascii") as lines:
        for line in lines:
            name, value = line.rstrip("\n").split(" ")
            if name == "bad":
                bad.append(bytes.fromhex(value)[-64:])
            else:
                known[name] = bytes.fromhex(value)
    message = PREFIX + LABEL + bytes([len(known["ctx"])]) + known["ctx"] + known["digest"]
    public_key, good = known["pk"][-32:], known["good"][-64:]

    def challenge(signature: bytes) -> int:
        return number(hashlib.sha512(signature[:32] + public_key + message).digest()) % ORDER

    scalar = bytearray(hashlib.sha512(known["sk"][-32:]).digest()[:32])
    scalar[0] &= 248
    scalar[31] = scalar[31] & 63 | 64
    secret = number(scalar) % ORDER

    found = 0
    for signature in bad:
        difference = (challenge(good) - challenge(signature)) % ORDER
        if difference:
            guess = (number(good[32:]) - number(signature[32:])) * pow(difference, -1, ORDER) % ORDER
            found += guess == secret
    print(found)


if __name__ == "__main__":
    main()
