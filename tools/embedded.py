#!/usr/bin/env python3
"""What the library takes on a Cortex-M33, measured in the emulator: instructions, stack and flash.

usage: tools/embedded.py           measures, and writes docs/embedded.md and docs/embedded.csv
       tools/embedded.py --check   measures, and fails if a number is over 3 % off docs/embedded.csv, a STACK_BYTES macro of
                                   the header does not hold, or docs/embedded.md is not what the record says. With other
                                   compilers than those of the record, numbers that are off are told and no failure.
       tools/embedded.py --size    prints what takes the space, in bytes, for each suite

To be run in the root of the source tree. FIRMWARE_FOLDER is where the archives are built, by default build/firmware;
tools/library.sh, tools/toolchain.sh and tools/qemu-arm.sh say what they read from the environment.
"""

import csv
import pathlib
import subprocess
import sys

sys.path.insert(0, "tests/embedded")
sys.dont_write_bytecode = True
import measure  # noqa: E402
import page  # noqa: E402
import rooms  # noqa: E402
import stack  # noqa: E402

RECORD = pathlib.Path("docs/embedded.csv")
PAGE = pathlib.Path("docs/embedded.md")
HEADINGS = ("kind", "suite", "name", "profile", "value")
WORSE = 1.03
# The counter counts 50 instructions at a time; and a word more on a small stack is no bloat.
SLACK = {"instructions": 100, "stack": 32, "reach": 32, "flash": 0, "room": 256}
UNIT = {"room": "bytes of flash", "instructions": "instructions", "stack": "bytes of stack", "reach": "bytes of stack before overwriting it",
        "flash": "bytes of flash"}


def measured(lab):
    """{(kind, suite, name, profile): value}"""
    record = {("tool", "", name, ""): version for name, version in lab.tools().items()}
    for profile in measure.PROFILES:
        rows = lab.operations(profile)
        for (suite, operation), numbers in rows.items():
            for kind in ("instructions", "stack", "reach", "scrub"):
                if (kind, operation) != ("instructions", "sign_more"):
                    record[kind, suite, operation, profile] = numbers[kind]
        for suite, attempts in measure.ATTEMPTS.items():
            first = rows[suite, "sign"]["instructions"]
            per = (rows[suite, "sign_more"]["instructions"] - first) // (attempts - 1)
            record["instructions", suite, "sign_attempt", profile] = per
            record["instructions", suite, "sign_expected", profile] = first + round(
                (measure.EXPECTED_ATTEMPTS[suite] - 1) * per)
        for (suite, what), size in lab.flash(profile).items():
            record["flash", suite, what, profile] = size
        for (suite, what), sizes in lab.rooms(profile).items():
            for room in rooms.NAMES:
                record["room", f"{suite}, {what}", room, profile] = sizes[room]
    for name, value in lab.macros().items():
        record["macro", "", name, ""] = value
    return record


def read_record():
    with RECORD.open(newline="") as file:
        rows = csv.reader(file)
        if tuple(next(rows)) != HEADINGS:
            raise measure.Failure(f"{RECORD} does not begin with {','.join(HEADINGS)}: run 'make embedded'")
        return {tuple(row[:4]): row[4] if row[0] == "tool" else int(row[4]) for row in rows}


def write_record(record):
    with RECORD.open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(HEADINGS)
        rows.writerows([*key, value] for key, value in record.items())


def compare(old, new):
    """(sentences on what is worse, sentences on what is better, how many were compared)"""
    worse, better, count = [], [], 0
    for key in sorted(set(old) | set(new)):
        kind, suite, name, profile = key
        if kind not in SLACK:
            continue
        title = f"{suite} {name}, {profile}:"
        if key not in new or key not in old:
            worse.append(f"{title} {UNIT[kind]} are {'only in' if key in old else 'not in'} {RECORD}: run 'make embedded'")
            continue
        count += 1
        limit = max(int(old[key] * WORSE), old[key] + SLACK[kind])
        change = f"{title} {new[key]} {UNIT[kind]}, and {RECORD} says {old[key]}"
        if new[key] > limit:
            worse.append(f"{change}: the limit is {limit}")
        elif new[key] * WORSE < old[key] and new[key] + SLACK[kind] < old[key]:
            better.append(change)
    return worse, better, count


def check(lab):
    old, new = read_record(), measured(lab)
    off, better, count = compare(old, new)
    # A limit that is not moved along would let the number grow again.
    off += [f"{sentence}, over 3 % better: 'make embedded' holds it there" for sentence in better]
    worse, held = stack.check(new)
    for profile in measure.PROFILES:
        stopped = lab.limits_hold(profile)
        worse += [stopped] if stopped else []
    if PAGE.read_text() != page.of(old):
        worse.append(f"{PAGE} is not what {RECORD} says: run 'make embedded'")
    macros = {key: value for key, value in old.items() if key[0] == "macro"}
    if macros != {key: value for key, value in new.items() if key[0] == "macro"}:
        worse.append(f"the header's STACK_BYTES are not those of {RECORD}: run 'make embedded'")
    tools = [f"{name} {new[key]}, not {old[key]}" for key in old if key[0] == "tool" for name in [key[2]] if new[key] != old[key]]
    if tools:
        print(f"embedded: measured with {', '.join(tools)} as {RECORD} was: {len(off)} of {count} numbers are over 3 % off")
    else:
        worse += off
    for sentence in worse:
        print(f"embedded: {sentence}", file=sys.stderr)
    if worse:
        return 1
    print(f"embedded: {count + held + len(measure.PROFILES) + 2} checks")
    return 0


def accept(lab):
    record = measured(lab)
    write_record(record)
    PAGE.write_text(page.of(record))
    wrong, _ = stack.check(record)
    wrong += [stopped for stopped in map(lab.limits_hold, measure.PROFILES) if stopped]
    for sentence in wrong:
        print(f"embedded: {sentence}", file=sys.stderr)
    print(f"{RECORD} and {PAGE} written")
    return 1 if wrong else 0


def size(lab):
    for profile in measure.PROFILES:
        print(f"Cortex-M33, {profile}: bytes of flash by room")
        for (suite, what), sizes in lab.rooms(profile).items():
            print(f"{sum(sizes.values()):10d}  {suite}, {what}")
            for room in rooms.NAMES:
                if sizes[room]:
                    print(f"{sizes[room]:14d}  {room}")
    return 0


def main(arguments):
    actions = {(): accept, ("--check",): check, ("--size",): size}
    if tuple(arguments) not in actions:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        return actions[tuple(arguments)](measure.Lab())
    except (measure.Failure, OSError, subprocess.TimeoutExpired) as failure:
        print(f"embedded: {failure}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
