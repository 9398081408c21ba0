#!/usr/bin/env python3
"""Prepares the shipped archive for the constant-time test.

The code that is shipped has no line numbers. They are in unstripped.a, which must be the very same code: every section
that is loaded, byte for byte, and every relocation. Of that archive a copy is made in which

- each `syscall` of getrandom is `ud2` (two bytes both), so that the test's own signal handler can play the kernel and
  hand out random bytes that valgrind takes for undefined;
- the variables in which the library remembers what the CPU can do have global names, so that the test can choose the path.

Divisions are looked for on the way, because valgrind says nothing about their operands: only the functions that
declassified.toml names may divide.

usage: instrument.py libpqhybrid.a unstripped.a OUT.o
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import elf

HERE = Path(__file__).resolve().parent

GETRANDOM = 318
SYSCALL, UD2 = b"\x0f\x05", b"\x0f\x0b"
# Where the library remembers what the CPU can do.
CPU = {
    # The level that runs, from tools/trampolines.sh: 0 is not chosen yet, 1 is the lowest.
    "pqh_test_level": r"pqhybrid_level",
    # From src/primitives/cpu.rs: which registers there are to clear when a call ends (0 is those without AVX, 1 is all, 255
    # is not known yet).
    "pqh_test_registers_avx": r"_ZN8pqhybrid10primitives3cpu9cpuid_avx7STORAGE17h[0-9a-f]{16}E.*",
}


def fail(sentence: str) -> None:
    sys.exit(f"constant-time: {sentence}")


def same_code(shipped: elf.Object, with_lines: elf.Object) -> int:
    """How many sections there are; fails unless both objects load the same bytes with the same relocations."""
    ours, theirs = shipped.loaded(), with_lines.loaded()
    if ours.keys() != theirs.keys():
        odd = sorted(ours.keys() ^ theirs.keys())[0]
        fail(f"section {odd} is not in both libpqhybrid.a and unstripped.a: build the library again")
    for name, section in ours.items():
        if section != theirs[name]:
            fail(f"section {name} of libpqhybrid.a is not that of unstripped.a: build the library again")
    return len(ours)


def check_divisions(listing: str) -> int:
    """How many instructions divide; fails if a function that is not listed has one."""
    names = {entry["function"] for entry in tomllib.loads((HERE / "declassified.toml").read_text())["divides"]}
    function, count, seen = "", 0, set()
    for line in listing.splitlines():
        if match := re.match(r"[0-9a-f]+ <(.*)>:", line):
            function = match[1]
        elif match := re.search(r"\t(i?div[bwlq]?|v?(?:div|sqrt)[ps][sd]|fi?(?:div|sqrt)\w*)\b", line):
            known = [name for name in names if f"{len(name)}{name}" in function]
            if not known:
                fail(f"{function} divides ({match[1]}), and the time that takes may depend on what: {line.strip()}")
            seen.update(known)
            count += 1
    if unused := names - seen:
        fail(f"declassified.toml lists {sorted(unused)[0]} as a function that divides, and it does not")
    return count


def system_calls(listing: str, data: bytearray, objects: elf.Object) -> int:
    """Turns each getrandom into ud2, and says how many there were."""
    section, number, count = "", None, 0
    for line in listing.splitlines():
        if match := re.match(r"Disassembly of section (\S+):", line):
            section = match[1]
        elif match := re.match(r"\s+[0-9a-f]+:\t[0-9a-f ]+\tmov +\$0x([0-9a-f]+),%eax", line):
            number = int(match[1], 16)
        elif match := re.match(r"\s+([0-9a-f]+):\t0f 05 +\tsyscall", line):
            if number != GETRANDOM:
                fail(f"a system call in {section} that is not getrandom: {line.strip()}")
            start = objects.offset(section) + int(match[1], 16)
            if data[start : start + 2] != SYSCALL:
                fail(f"no syscall instruction where objdump sees one in {section}")
            data[start : start + 2] = UD2
            count += 1
    return count


def cpu_symbols(objects: elf.Object) -> dict[str, str]:
    """What the variables that hold the CPU's abilities are called in this object."""
    chosen: dict[str, str] = {}
    for name, size in objects.symbols():
        if size not in (1, 4):
            continue
        known = [new for new, pattern in CPU.items() if re.fullmatch(pattern, name)]
        if known:
            if known[0] in chosen.values():
                fail(f"two variables of the library could be {known[0]}: {name} is one")
            chosen[name] = known[0]
        elif "STORAGE" in name:
            fail(f"{name} holds something about the CPU that this test does not know: add it to instrument.py")
    if missing := CPU.keys() - chosen.values():
        fail(f"the library has no variable like {sorted(missing)[0]}: see instrument.py for where it looks")
    return chosen


def main() -> None:
    shipped, with_lines, out = (Path(argument) for argument in sys.argv[1:4])
    for path in (shipped, with_lines):
        if not path.is_file():
            fail(f"{path} is missing: `make build build/size/libpqhybrid.a` makes both profiles")
    sections = same_code(elf.Object(elf.only_member(shipped)), elf.Object(elf.only_member(with_lines)))
    data = bytearray(elf.only_member(with_lines))
    objects = elf.Object(bytes(data))
    out.write_bytes(data)
    listing = subprocess.run(["objdump", "-d", "-w", str(out)], capture_output=True, text=True, check=True).stdout
    divisions = check_divisions(listing)
    calls = system_calls(listing, data, objects)
    if calls == 0:
        fail("the library makes no getrandom call that this test could answer")
    out.write_bytes(data)
    arguments = []
    for old, new in cpu_symbols(objects).items():
        arguments += ["--globalize-symbol", new, "--redefine-sym", f"{old}={new}"]
    subprocess.run(["objcopy", *arguments, str(out)], check=True)
    print(
        f"{shipped} and {with_lines}: the same {sections} loaded sections; {divisions} divisions, each reviewed; "
        f"{calls} getrandom calls answered by the test"
    )


if __name__ == "__main__":
    main()
