#!/usr/bin/env python3
"""Makes the dictionary, and for each fuzz target the inputs that a session begins with.

usage: fuzz/seeds.py [--check]

What it makes depends on nothing but this file. --check writes nothing and fails if something that is committed differs.
The inputs are read by src/input.rs: bytes from front to back, those that are missing are zero.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

# ---- the dictionary: values that mean something to one of the suites ---------------------------------------------

P25519 = 2**255 - 19
L25519 = 2**252 + 27742317777372353535851937790883648493
P448 = 2**448 - 2**224 - 1
L448 = 2**446 - 13818066809895115352007386748515426880336692474882178609894547503885


def little(value, size):
    return value.to_bytes(size, "little")


def dictionary():
    order_8 = [
        325606250916557431795983626356110631294008115727848805560023387167927233504,
        39382357235489614581723060781553021112529911719440698176882885853963445705823,
    ]
    for value in [0, 1, P25519 - 1, P25519, P25519 + 1, *order_8]:
        yield "x25519_low_order", little(value, 32)
    for value in [0, 1, P448 - 1, P448, P448 + 1]:
        yield "x448_low_order", little(value, 56)
    # The y of order 8 on Ed25519, and of orders 1, 2, 4; with either sign; and what is no canonical y.
    edwards_8 = [
        0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD83D3D706A17C7,
        0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
    ]
    for value in [0, 1, P25519 - 1, P25519, P25519 + 1, *edwards_8]:
        for sign in [0, 1 << 255]:
            yield "ed25519_y", little(value | sign, 32)
    for value in [0, 1, P448 - 1, P448, P448 + 1]:
        for sign in [0, 1 << 455]:
            yield "ed448_y", little(value | sign, 57)
    for value in [0, 1, L25519 - 1, L25519, L25519 + 1]:
        yield "ed25519_s", little(value, 32)
    for value in [0, 1, L448 - 1, L448, L448 + 1]:
        yield "ed448_s", little(value, 57)
    yield "ed25519_identity_and_zero", little(1, 32) + little(0, 32)
    yield "ed448_identity_and_zero", little(1, 57) + little(0, 57)
    yield "base_point_25519", little(9, 32)
    yield "base_point_448", little(5, 56)
    for low, high in [(3329, 3329), (3328, 3328), (4095, 4095), (3329, 0), (0, 3329)]:
        yield "mlkem_coefficients", little(low | high << 12, 3)
    for count in [32, 64, 96]:
        yield "zeros", bytes(count)
        yield "ones", bytes([255] * count)
    for label in [rb"\.//^" + b"\\", b"MLKEM1024-X448", b"COMPSIG-MLDSA65-Ed25519-SHA512",
                  b"COMPSIG-MLDSA87-Ed448-SHAKE256", b"CompositeAlgorithmSignatures2025", b"SigEd448\0\0",
                  b"SHA-512 ", b"SHAKE256"]:
        yield "label", label
    for value in [-1, 2**31 - 1, -(2**31), -10, -11, 1]:
        yield "status", value.to_bytes(4, "little", signed=True)


def dictionary_text():
    lines = ["# Made by seeds.py: points of small order, scalars, coefficients and labels that mean something."]
    for number, (name, value) in enumerate(dictionary()):
        # libFuzzer leaves out what is over 64 bytes; src/mutate.rs does not.
        lines.append(f'{name}_{number}="' + "".join(f"\\x{byte:02x}" for byte in value) + '"')
    return "\n".join(lines) + "\n"


NAMES = [name for name, _ in dictionary()]


def known(prefix):
    """The numbers of the dictionary's entries of a name, as src/known.rs counts them."""
    return [number for number, name in enumerate(NAMES) if name.startswith(prefix)]


# ---- the inputs --------------------------------------------------------------------------------------------------


def u16(value):
    return little(value, 2)


def made(seed):
    """A key or coins, made from one byte."""
    return bytes([seed])


def given(value):
    """A key or coins as they are."""
    return b"\xff" + value


def text(value):
    return u16(len(value)) + value[:32]


def steps(*list_of_steps):
    """Steps for src/mutate.rs."""
    return bytes([len(list_of_steps)]) + b"".join(list_of_steps)


CLASSICAL = 1  # an odd offset counts from where the classical half begins


def at(offset, half=0):
    return u16(offset << 1 | half)


FLIP_FIRST = b"\0" + at(0) + b"\0"
FLIP_CLASSICAL = b"\0" + at(0, CLASSICAL) + b"\3"
SET = b"\1" + at(40) + b"\x7f"
SPLICE = b"\2" + at(8) + b"\4abcd"
FILL_ALL = b"\3" + at(0) + u16(65535) + b"\xff"
ZERO_CLASSICAL = b"\3" + at(0, CLASSICAL) + u16(57) + b"\0"
COEFFICIENTS = [b"\5" + u16(index) + u16(4000) + bytes([which]) for index in (0, 1, 767, 1535) for which in range(6)]
MIX_LATTICE, MIX_CLASSICAL, ROTATE = b"\6", b"\7", b"\x08" + at(1)


def value(number, offset=0, half=CLASSICAL):
    return b"\4" + at(offset, half) + bytes([number])


ORDINARY = {"none": [], "flip": [FLIP_FIRST], "flip-classical": [FLIP_CLASSICAL], "set": [SET], "splice": [SPLICE],
            "fill": [FILL_ALL], "zero-classical": [ZERO_CLASSICAL], "mix-lattice": [MIX_LATTICE],
            "mix-classical": [MIX_CLASSICAL], "rotate": [ROTATE], "twice": [FLIP_FIRST, FLIP_FIRST]}


def kem():
    for suite in range(3):
        curve = "x448_low" if suite == 2 else "x25519_low"
        head = bytes([suite, 16 * suite + 3]) + made(suite) + made(suite + 10)
        yield f"{suite}-random-fails", head + bytes([0]) + little(5, 4) + b"\x09"
        for kind, action in {"pk": 1, "sk": 2, "ct": 3}.items():
            for name, list_of_steps in ORDINARY.items():
                if kind == "ct" or name in ("none", "flip", "flip-classical", "mix-classical"):
                    yield f"{suite}-{kind}-{name}", head + bytes([action]) + steps(*list_of_steps)
        for number in known(curve):
            for kind, action in {"pk": 1, "ct": 3}.items():
                yield f"{suite}-{kind}-known-{number}", head + bytes([action]) + steps(value(number))
        yield f"{suite}-pk-coefficient", head + bytes([1]) + steps(COEFFICIENTS[0])
    yield "0-secret-key-as-it-is", bytes([0, 0]) + given(bytes(range(32))) + given(bytes(64)) + bytes([3, 0])


def kem_differential():
    for suite in range(3):
        head = bytes([suite, 16 * suite + 3]) + made(suite) + made(suite + 10)
        for name, list_of_steps in ORDINARY.items():
            yield f"{suite}-ct-{name}", head + b"\0" + steps(*list_of_steps)
        for number in known("x448_low" if suite == 2 else "x25519_low"):
            yield f"{suite}-ct-known-{number}", head + b"\0" + steps(value(number))
            yield f"{suite}-pk-known-{number}", head + b"\1" + steps(value(number)) + steps()
        for number, step in enumerate(COEFFICIENTS[::5]):
            yield f"{suite}-pk-coefficient-{number}", head + b"\1" + steps(step) + steps()


def sig():
    for suite in range(2):
        head = bytes([suite, 5]) + made(suite) + made(20)
        body = head + text(b"message") + text(b"context")
        actions = {"all-ways": [0], "random-fails": [1, 5, 0, 0, 0, 9], "cut": [2, 0], "cut-back": [2, 1]}
        for name, action in actions.items():
            yield f"{suite}-{name}", body + bytes(action)
        yield f"{suite}-empty", head + text(b"") + text(b"") + bytes([0])
        yield f"{suite}-long", head + u16(4096) + bytes(32) + u16(255) + bytes(32) + bytes([0])
        yield f"{suite}-context-256", head + text(b"message") + u16(256) + bytes(32)
        yield f"{suite}-context-grows-to-256", head + text(b"message") + u16(255) + bytes(32) + bytes([2, 0])
        for kind, which in {"pk": 0, "msg": 1, "ctx": 2, "sig": 3}.items():
            for name in ("none", "flip", "flip-classical", "zero-classical", "mix-lattice", "mix-classical", "rotate"):
                yield f"{suite}-{kind}-{name}", body + bytes([3, which]) + steps(*ORDINARY[name])


def sig_differential():
    for suite in range(2):
        curve = ["ed25519", "ed448"][suite]
        body = bytes([suite, 5]) + made(suite) + made(20) + text(b"message") + text(b"context")
        yield f"{suite}-deterministic", bytes([suite, 0]) + made(1) + given(bytes(32)) + text(b"") + text(b"")
        for name, list_of_steps in ORDINARY.items():
            yield f"{suite}-sig-{name}", body + b"\0" + steps(*list_of_steps)
        for number in known(f"{curve}_y"):
            yield f"{suite}-pk-known-{number}", body + b"\1" + steps(value(number)) + steps()
        # R and s.
        for number in known(f"{curve}_y")[:4]:
            yield f"{suite}-r-known-{number}", body + b"\0" + steps(value(number))
        for number in known(f"{curve}_s"):
            yield f"{suite}-s-known-{number}", body + b"\0" + steps(value(number, [32, 57][suite]))
        forged = steps(value(known(f"{curve}_y")[2])) + steps(value(known(f"{curve}_identity")[0]))
        yield f"{suite}-forged-for-the-identity", body + b"\1" + forged
        # The hints of ML-DSA stand at the end of its half.
        yield f"{suite}-hints", body + b"\0" + steps(b"\1" + at([3308, 4626][suite]) + b"\xff")


def prehash():
    for suite in range(2):
        s = suite << 7
        init, finish = bytes([s]), bytes([s | 3])

        def long(length, slot=0):
            return bytes([s | slot << 6 | 4]) + u16(length)

        def short(data):
            return bytes([s | 5, len(data)]) + data

        head = bytes([suite])
        block = [128, 136][suite]
        yield f"{suite}-empty", head + init + finish
        yield f"{suite}-short", head + init + short(b"abc") + finish
        for length in (block - 17, block - 1, block, block + 1, 2 * block, 5000):
            yield f"{suite}-of-{length}", head + init + long(length) + finish
            pieces = short(b"a") + long(length) + short(b"") + long(1)
            yield f"{suite}-of-{length}-in-pieces", head + init + pieces + finish
        yield f"{suite}-never-begun", head + short(b"abc") + finish
        yield f"{suite}-finished-twice", head + init + finish + finish + short(b"abc")
        yield f"{suite}-of-the-other-suite", head + init + bytes([(s ^ 128) | 5, 1, 65, (s ^ 128) | 3])
        both = b"\1" + long(300) + bytes([s | 64 | 5, 1, 66, s | 64 | 3])
        yield f"{suite}-copied", head + init + long(200) + both + finish
        for name, step in {"name": b"\0" + at(0) + b"\0", "last": b"\1" + at(255) + b"\xff", "fill": FILL_ALL,
                           "count": b"\3" + at(8) + u16(80) + b"\xff", "other-name": MIX_LATTICE,
                           "filled-135": b"\1" + at(255) + b"\x87", "filled-136": b"\1" + at(255) + b"\x88"}.items():
            yield f"{suite}-made-{name}", head + init + long(100) + b"\2" + steps(step) + long(300) + finish


def memory_and_status():
    for status in (0, -1, -10, -11, 1, 2**31 - 1, -(2**31)):
        yield f"status-{status}", b"\0" + status.to_bytes(4, "little", signed=True)
    for length in (0, 1, 16, 4096):
        body = u16(length) + b"x" * min(length, 32)
        yield f"wipe-{length}", b"\1" + body + b"\5" + u16(length // 3) + u16(length // 2)
        yield f"draw-{length}", b"\3" + body + b"\7" + u16(3)
        for name in ("none", "flip", "twice"):
            yield f"compare-{length}-{name}", b"\2" + body + steps(*ORDINARY[name]) + b"\3\4" + u16(9)
    yield "sizes", b"\4"


# The arguments of each function, in the order of src/functions.rs: f of a fixed size, s of a size that is given.
KEM_SHAPES = ["ff", "ff", "fff", "ffff", "fff"]
SIG_SHAPES = ["ff", "ff", "fssf", "fssff", "fssf", "ffsf", "ffsf", "f", "fs", "ff"]
# With prepared keys.
KEM_KEY_SHAPES = ["ff", "fff", "ffff", "ff", "fff"]
SIG_KEY_SHAPES = ["ff", "fssf", "fssff", "ffsf", "ff", "fssf", "ffsf"]
SHAPES = [*KEM_SHAPES, "ff", "fff", *KEM_SHAPES, *SIG_SHAPES, *SIG_SHAPES, "s",
          *KEM_KEY_SHAPES, "ff", *KEM_KEY_SHAPES, *SIG_KEY_SHAPES, *SIG_KEY_SHAPES]

LAWFUL = b"\x0b\x05"  # behind the one before, five bytes on
NULL = b"\0\0"


def fence():
    for number, shape in enumerate(SHAPES):
        def call(places, length=9, number=number, shape=shape):
            arguments = zip(shape, places)
            return bytes([number, 1, 3]) + b"".join(
                (bytes([length]) if kind == "s" else b"") + b"\0" + place for kind, place in arguments)

        count = len(shape)
        yield f"{number:02}-lawful", call([LAWFUL] * count)
        yield f"{number:02}-random-fails", call([LAWFUL] * count) + b"\1"
        yield f"{number:02}-null", call([LAWFUL] * (count - 1) + [NULL])
        if count > 1:
            # The last byte of one is the first of the other; and next to it, which is lawful.
            yield f"{number:02}-overlap", call([LAWFUL] * (count - 1) + [b"\3\1\0"])
            yield f"{number:02}-beside", call([LAWFUL] * (count - 1) + [b"\3\0\0"])
        if number in (16, 22 + 4, 22 + 8, 32):
            for length in (0, 250, 251, 252, 255):
                yield f"{number:02}-length-{length}", call([LAWFUL] * count, length)


TARGETS = [kem, kem_differential, sig, sig_differential, prehash, memory_and_status, fence]


def files():
    yield HERE / "dictionary", dictionary_text().encode()
    for target in TARGETS:
        for name, content in target():
            yield HERE / "seeds" / target.__name__ / name, content


def main():
    check = sys.argv[1:] == ["--check"]
    expected = dict(files())
    present = {path for path in (HERE / "seeds").rglob("*") if path.is_file()}
    if check:
        wrong = [path for path, content in expected.items() if not path.is_file() or path.read_bytes() != content]
        wrong += present - expected.keys()
        if wrong:
            sys.exit(f"seeds: {wrong[0].relative_to(HERE.parent)} is not what seeds.py makes: run fuzz/seeds.py")
        return
    for path in present - expected.keys():
        path.unlink()
    for path, content in expected.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    size = sum(len(content) for content in expected.values())
    print(f"seeds: {len(expected) - 1} inputs and a dictionary, {size} bytes")


if __name__ == "__main__":
    main()
