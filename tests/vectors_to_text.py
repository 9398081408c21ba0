#!/usr/bin/env python3
"""Turns the published JSON vectors into text that a C program reads without a JSON parser.

Usage: vectors_to_text.py OUTPUT

One record a line, `suite operation hex hex ...`, the fields in the order of the C function's arguments, inputs before
the expected outputs; an empty string is `-`.

    public_key     sk pk              lamps_public_key  dk pk
    decaps         ct sk ss           lamps_decaps      ct dk ss
    encaps_derand  coins pk ct ss
    verify         sig msg ctx pk     refuse            sig msg ctx pk      (must be PQH_ERR_SIGNATURE)
    sign_eddsa     msg ctx sk half    the EdDSA half of every signature that sk makes
"""

import base64
import hashlib
import json
import os
import sys
from pathlib import Path

KEMS = {"id-MLKEM768-X25519-SHA3-256": "mlkem768_x25519", "id-MLKEM1024-X448-SHA3-256": "mlkem1024_x448"}
SIGNATURES = {  # and where the EdDSA half begins
    "id-MLDSA65-Ed25519-SHA512": ("mldsa65_ed25519", 3309),
    "id-MLDSA87-Ed448-SHAKE256": ("mldsa87_ed448", 4627),
}


def folder():
    """Where the vectors are; a relative path starts at the repository's root."""
    root = Path(__file__).resolve().parents[1]
    return Path(os.path.normpath(root / (os.environ.get("PQHYBRID_VECTORS") or "../shared/vectors")))


def der_items(data):
    """The elements of a DER sequence's content: whole, and their content."""
    at = 0
    while at < len(data):
        length, content = data[at + 1], at + 2
        if length & 0x80:
            content += length & 0x7F
            length = int.from_bytes(data[at + 2 : content], "big")
        yield data[at : content + length], data[content : content + length]
        at = content + length


def signed_part(certificate):
    """What a certificate's issuer signed, and the signature."""
    ((_, content),) = der_items(certificate)
    (tbs, _), _, (_, bits) = der_items(content)
    return tbs, bits[1:]


def xwing(path):
    for case in json.loads(path.read_text()):
        sk, pk, ct, ss, eseed = (bytes.fromhex(case[name]) for name in ("sk", "pk", "ct", "ss", "eseed"))
        lamps = hashlib.shake_256(sk).digest(96)
        yield "mlkem768_x25519", "public_key", sk, pk
        yield "mlkem768_x25519", "encaps_derand", eseed, pk, ct, ss
        yield "mlkem768_x25519", "decaps", ct, sk, ss
        yield "mlkem768_x25519", "lamps_public_key", lamps, pk
        yield "mlkem768_x25519", "lamps_decaps", ct, lamps, ss


def composite_kem(path):
    for case in json.loads(path.read_text())["tests"]:
        suite = KEMS.get(case["tcId"])
        if suite:
            dk, ek, c, k = (base64.b64decode(case[name]) for name in ("dk", "ek", "c", "k"))
            # The other suite's secret key is its LAMPS form.
            form = "lamps_" if suite == "mlkem768_x25519" else ""
            yield suite, form + "public_key", dk, ek
            yield suite, form + "decaps", c, dk, k


def composite_sigs(path):
    document = json.loads(path.read_text())
    msg, ctx = base64.b64decode(document["m"]), base64.b64decode(document["ctx"])
    for case in document["tests"]:
        if case["tcId"] in SIGNATURES:
            suite, half = SIGNATURES[case["tcId"]]
            names = ("sk", "pk", "s", "sWithContext", "x5c")
            sk, pk, plain, with_context, certificate = (base64.b64decode(case[name]) for name in names)
            tbs, self_signed = signed_part(certificate)
            yield suite, "public_key", sk, pk
            for sig, message, context in ((plain, msg, b""), (with_context, msg, ctx), (self_signed, tbs, b"")):
                yield suite, "verify", sig, message, context, pk
                yield suite, "sign_eddsa", message, context, sk, sig[half:]
                yield suite, "refuse", sig, message + b"!", context, pk
            yield suite, "refuse", plain, msg, ctx, pk
            yield suite, "refuse", with_context, msg, b"", pk


def records(vectors):
    yield from xwing(vectors / "xwing" / "test-vectors.json")
    yield from composite_kem(vectors / "lamps-composite-kem" / "testvectors.json")
    yield from composite_sigs(vectors / "lamps-composite-sigs" / "testvectors.json")


def main(output):
    vectors = folder()
    if not vectors.is_dir():
        # So that nobody takes an older file for the answer.
        output.unlink(missing_ok=True)
        missing = f"c/vectors: no vectors at {vectors} (set PQHYBRID_VECTORS)"
        if os.environ.get("CI") == "true":
            sys.exit(missing)
        print(f"skipped {missing}")
        return
    try:
        lines = [" ".join([suite, operation, *(field.hex() or "-" for field in fields)])
                 for suite, operation, *fields in records(vectors)]
    except OSError as error:
        output.unlink(missing_ok=True)
        sys.exit(f"vectors: {error.filename} cannot be read ({error.strerror}): the folder of vectors is incomplete")
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("".join(line + "\n" for line in lines))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: vectors_to_text.py OUTPUT")
    main(Path(sys.argv[1]))
