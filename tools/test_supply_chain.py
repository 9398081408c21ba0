#!/usr/bin/env python3
"""Tests tools/supply_chain.py: a record or a Cargo.lock that is wrong in one place must be found, with its name.

usage: tools/test_supply_chain.py
"""

import functools
import pathlib
import shutil
import sys
import tempfile

import rust_source
import supply_chain
import supply_chain_measure as measure

ROOT = pathlib.Path(__file__).resolve().parent.parent

# What is changed, in which file, into what, and a part of the sentence that has to come.
WRONG = [
    (
        "the version of a crate",
        "20-dalek.toml",
        'version = "5.0.0"',
        'version = "5.0.1"',
        "the record of curve25519-dalek 5.0.1 is stale",
    ),
    (
        "a checksum",
        "40-hashes.toml",
        'checksum = "47d7069b',
        'checksum = "47d7069c',
        "checksum of sha2 0.11.1 is recorded as",
    ),
    (
        "a count of unsafe blocks",
        "10-libcrux.toml",
        "blocks = 188",
        "blocks = 187",
        "unsafe of libcrux-intrinsics 0.0.9 is recorded as",
    ),
    (
        "a build script",
        "50-system.toml",
        "build_script = true",
        "build_script = false",
        "build_script of getrandom 0.4.3",
    ),
    (
        "a licence",
        "30-ed448.toml",
        'licence = "MIT/Apache-2.0"',
        'licence = "MIT"',
        "licence of ff 0.14.0",
    ),
    (
        "what reaches outside",
        "60-build.toml",
        "process = 9",
        "process = 8",
        "outside of autocfg 1.5.1",
    ),
    (
        "a note",
        "20-dalek.toml",
        'notes = "No unsafe (forbid). Our Ed25519',
        'notes = ""  # "',
        "ed25519-dalek 3.0.0 does not say 'notes'",
    ),
    (
        "a crate of the tests",
        "not-shipped.toml",
        '"crrl 0.9.0"',
        '"crrl 0.9.1"',
        "crrl 0.9.0 (tests) is used, but not in",
    ),
    (
        "a record left out",
        "40-hashes.toml",
        'name = "keccak"',
        'name = "kekkac"',
        "keccak 0.2.2 (linked) is in Cargo.lock, but no record",
    ),
]

# Rust that is easily miscounted: one block, one function, one impl and one piece of assembly are compiled.
SOURCE = r"""
// unsafe { } and /* unsafe fn */ in comments
/* unsafe { /* nested */ unsafe impl */
const TEXT: &str = "unsafe { }"; const RAW: &str = r#"unsafe fn "x" "#; const CHAR: char = '"';
type Pointer = unsafe fn(u8) -> u8;
fn lifetime<'a>(x: &'a str) -> &'a str { unsafe { core::arch::asm!("nop") }; x }
unsafe fn one() {}
unsafe impl Send for X {}
#[cfg(test)]
mod tests { fn f() { unsafe { } } }
#[cfg(all(target_arch = "x86_64", feature = "left-out"))]
unsafe fn two() {}
#[cfg(not(feature = "used"))]
use a::{b, c};
cfg_if! {
    if #[cfg(feature = "left-out")] { unsafe fn three() {} } else if #[cfg(feature = "used")] { }
    else { unsafe fn four() {} }
}
"""
COUNTED = {"unsafe blocks": 1, "unsafe functions": 1, "unsafe impls": 1, "asm": 1}


def check(record):
    supply_chain.RECORD = record
    return supply_chain.differences(*supply_chain.record())[0]


def main():
    checks = 0
    # Measured once; every check below is of this.
    measure.crates = functools.cache(measure.crates)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "lib.rs").write_text(SOURCE, encoding="utf-8")
        settings = rust_source.Cfg({("target_arch", "x86_64")}, {"used"}, set())
        found = rust_source.read_crate(folder / "lib.rs", settings).found
        counts = {}
        for _, _, what in found:
            counts[what] = counts.get(what, 0) + 1
        if counts != COUNTED:
            sys.exit(f"test_supply_chain: {counts} was counted, not {COUNTED}")
        checks += 1
        record = folder / "record"
        for what, file, old, new, sentence in WRONG:
            shutil.rmtree(record, ignore_errors=True)
            shutil.copytree(ROOT / "supply-chain", record)
            text = (record / file).read_text(encoding="utf-8")
            if old not in text:
                sys.exit(f"test_supply_chain: {file} does not hold {old}: this test has to follow the record")
            (record / file).write_text(text.replace(old, new, 1), encoding="utf-8")
            said = check(record)
            if not any(sentence in line for line in said):
                sys.exit(f"test_supply_chain: {what} was changed in {file}, and the check said: {said or 'nothing'}")
            checks += 1
        # The same from the other side: what Cargo.lock and the sources say changes, the record does not.
        crates = measure.crates()
        newer = crates | {("sha2", "0.11.2"): crates["sha2", "0.11.1"]}
        del newer["sha2", "0.11.1"]
        other = crates | {("sha3", "0.12.0"): {**crates["sha3", "0.12.0"], "checksum": "0" * 64}}
        sides = [(newer, "sha2 0.11.2 (linked) is in Cargo.lock, but no record"), (other, "checksum of sha3")]
        for used, sentence in sides:
            measure.crates = lambda used=used: used
            said = check(ROOT / "supply-chain")
            if not any(sentence in line for line in said):
                sys.exit(f"test_supply_chain: Cargo.lock changed, and the check said: {said or 'nothing'}")
            checks += 1
    print(f"supply-chain-test: {checks} checks")


if __name__ == "__main__":
    main()
