"""docs/embedded.md, made of the record in docs/embedded.csv and of nothing else."""

import measure
import rooms
import stack

# What a firmware needs besides, for its own variables, tasks and interrupts.
RESERVE = 32 * 1024
SRAM = (128, 256, 512)

TITLES = {"mlkem768_x25519": "mlkem768_x25519 (X-Wing)"}
OPERATIONS = {
    **{suite: ["keygen", "public_key", "encaps", "decaps", "encaps_with", "decaps_with"] for suite in measure.KEMS},
    **{suite: ["keygen", "public_key", "sign", "verify", "sign_with", "verify_with", "prehash_update"]
       for suite in measure.SIGNATURES},
}
OPERATIONS["mlkem768_x25519"] += ["lamps_public_key", "lamps_decaps"]

# Bytes of the buffers that an operation needs at once: public key, secret key, and ciphertext and secret or signature.
SIZES = {"mlkem768_x25519": (1216, 32, 1120 + 32), "mlkem1024_x448": (1624, 120, 1624 + 32),
         "mldsa65_ed25519": (1984, 64, 3373), "mldsa87_ed448": (2649, 89, 4741)}
BUFFERS = {"keygen": (1, 1, 0), "encaps": (1, 0, 1), "decaps": (0, 1, 1), "sign": (0, 1, 1), "verify": (1, 0, 1)}

OTHERS = """\
| part | library | instructions, in millions | stack, KiB | flash, KiB |
|---|---|---|---|---|
| ML-KEM-768: keygen / encaps / decaps | libcrux 0.0.11, which is inside here, -O3 | 1.06 / 1.21 / 1.33 | 29.7 | 140 |
| | libcrux, -Os | 2.25 / 2.47 / 2.64 | 33.7 | 51 |
| | mlkem-native, C, -Os | 0.89 / 1.01 / 1.22 | 18.1 | 10 |
| | pqm4, assembler, for little stack | 0.58 / 0.60 / 0.64 | 2.9 | 23 |
| ML-KEM-1024: keygen / encaps / decaps | libcrux, -O3 | 1.57 / 1.75 / 1.90 | 41.4 | 131 |
| | mlkem-native, -Os | 1.29 / 1.44 / 1.71 | 24.5 | 10 |
| | pqm4, for little stack | 0.91 / 0.92 / 0.97 | 3.4 | 23 |
| ML-DSA-65: keygen / first / attempt / verify | libcrux, -O3 | 3.79 / 4.52 / 1.21 / 3.67 | 76 / 125 / 68 | 244 |
| | mldsa-native, C, -Os | 3.25 / 4.18 / 1.10 / 3.22 | 49 / 74 / 45 | 13.6 |
| | mldsa-native, -Os, the matrix not kept | 3.32 / 4.58 / 3.82 / 3.28 | 16.3 / 18.6 / 12.2 | 12.7 |
| | pqm4, assembler | 2.26 / 2.57 / 0.66 / 2.15 | 61 / 69 / 9.9 | 28 |
| ML-DSA-87: keygen / first / attempt / verify | libcrux, -O3 | 6.24 / 7.25 / 1.71 / 6.08 | 114 / 181 / 103 | 250 |
| | mldsa-native, -Os | 5.56 / 6.89 / 1.58 / 5.50 | 80 / 113 / 74 | 13.4 |
| | mldsa-native, -Os, the matrix not kept | 5.70 / 7.42 / 6.40 / 5.63 | 20.4 / 22.7 / 14.6 | 13.0 |
| | pqm4, assembler | 3.89 / 4.33 / 0.93 / 3.75 | 98 / 108 / 11.9 | 28 |
| X25519 | curve25519-dalek, which is inside here, -O3 | 1.19 | | 18.7 |
| | Lenngren's assembler | 0.37 | | 2.1 |
| X448 | ed448-goldilocks, which is inside here, -O3 | 14.3 | | 27 |
| | libdecaf, C, -O3 | 4.10 | | 14 |
| Ed25519: sign / verify | curve25519-dalek with tables, -O3 | 0.51 / 1.34 | | 106 |
| | wolfSSL, assembler | 0.20 / 0.50 | | 84 |
| Ed448: sign / verify | ed448-goldilocks, -O3 | 14.5 / 36.6 | | 73 |
| | libdecaf, C, -O3 | 1.58 / 4.46 | | 53 |
"""


def thousands(number):
    return f"{number:,}".replace(",", " ")


def million(number):
    return f"{number / 1e6:.2f}"


def kib(number):
    return f"{number / 1024:.1f}"


def table(headings, rows):
    lines = ["| " + " | ".join(headings) + " |", "|---" * len(headings) + "|"]
    return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in rows)]) + "\n"


def both(record, kind, suite, name, form):
    return [form(record[kind, suite, name, profile]) for profile in measure.PROFILES]


def operations(record):
    rows = []
    for suite, names in OPERATIONS.items():
        for name in names:
            title = {"sign": "sign, in one attempt", "prehash_update": "prehash_update, 1 KiB"}.get(name, name)
            stacks = both(record, "reach" if name not in stack.NOT_SCRUBBED else "stack", suite, name, thousands)
            rows.append([suite, title, *both(record, "instructions", suite, name, million), *stacks,
                         thousands(stack.needs(record, suite, name))])
            if name == "sign":
                rows.append([suite, "sign, each further attempt",
                             *both(record, "instructions", suite, "sign_attempt", million), "", "", ""])
                rows.append([suite, f"sign, expected ({measure.EXPECTED_ATTEMPTS[suite]} attempts)",
                             *both(record, "instructions", suite, "sign_expected", million), "", "", ""])
    return table(["suite", "operation", "instructions, -O3", "size", "stack reached, -O3", "size", "stack to reserve"], rows)


def microcontrollers(record):
    rows = []
    for suite in measure.SUITES:
        for name in OPERATIONS[suite]:
            if name not in BUFFERS:
                continue
            buffers = sum(size for size, used in zip(SIZES[suite], BUFFERS[name]) if used)
            need = stack.needs(record, suite, name) + buffers + RESERVE
            rows.append([suite, name, thousands(buffers), kib(need),
                         *("yes" if need <= sram * 1024 else "no" for sram in SRAM)])
    return table(["suite", "operation", "buffers", "needs, KiB", *(f"{sram} KiB of SRAM" for sram in SRAM)], rows)


def flash(record):
    rows = [[suite, what, *both(record, "flash", suite, what, kib)] for suite, what, _ in measure.PROGRAMS]
    return table(["suite", "program", "KiB, -O3", "KiB, size"], rows)


def space(record):
    parts = list(dict.fromkeys(suite for kind, suite, _, _ in record if kind == "room"))
    rows = [[part, profile, *(kib(record["room", part, room, profile]) for room in rooms.NAMES)]
            for part in parts for profile in measure.PROFILES]
    return table(["program", "profile", *rooms.NAMES], rows)


def of(record):
    tool = {name: value for (kind, _, name, _), value in record.items() if kind == "tool"}
    return f"""\
# On a microcontroller

What the library takes on a Cortex-M33, built for `{measure.TARGET}`. `make embedded` measures it again and writes this page
and [embedded.csv](embedded.csv); `make test-embedded` fails if a number has become more than 3 % worse.

Instructions are counted on an emulator: they are not cycles, of which a chip takes some 10 % more, or much more where its
flash is slow. Stack is painted and read back; flash is that of a linked program with `--gc-sections`, code, constants and
initialised data, less that of the same program without the library. Inputs are fixed, so the numbers are exact and
repeatable. The library uses no heap and no variables in RAM. -O3 is `make PROFILE=release`, the default; size is
`make PROFILE=size`.

Measured with Rust {tool["rustc"]}, arm-none-eabi-gcc {tool["gcc"]} and QEMU {tool["qemu"]}, board mps2-an505, soft float.

## Instructions and stack

Instructions are in millions, stack is in bytes, all of it below the caller's frame. What an operation on secrets reached, the
library overwrites before it returns, with some 5 % to spare, as deep in one profile as in the other: *stack to reserve*
includes that. It is what the header calls `PQH_<SUITE>_<OPERATION>_STACK_BYTES`, and the test has the processor's stack limit
stop any operation that takes more. Give a task that much besides its own frames. A `pqh_platform_random_bytes` of up
to 1 KiB of stack is included; interrupts on the same stack are not.

{operations(record)}
A signature takes as many attempts as FIPS 204's rejection sampling wants, whatever the library. The forms with `_derand` and
`_prehashed` take what those without do, or less.

## Which microcontroller

An operation fits if stack to reserve, its own buffers (keys, ciphertext or signature, shared secret) and {RESERVE // 1024} KiB for
the rest of the firmware are within the SRAM. Operations that run one after another share the stack: the largest one counts.

{microcontrollers(record)}
## Flash

Each row is a program that calls these functions alone; the linker drops the rest. Suites that are used together share parts.

{flash(record)}
## What takes the space

KiB of flash by where the source of an instruction is, inlined or not, start-up code of the program included, as
`python3 tools/embedded.py --size` prints it.

{space(record)}
## What others reach

The same emulator, the same way of counting, the primitives alone: a hybrid is the sum of its two halves and a little hashing.
Three numbers for stack are keygen, sign and verify. *First* is a signature that takes one attempt.

{OTHERS}"""
