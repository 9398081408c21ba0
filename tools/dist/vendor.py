#!/usr/bin/env python3
"""Puts the crates that the library is built from into SOURCE/vendor, and what tells cargo to look there.

tools/cargo-for-target.sh hands that to cargo, except where core is built from source: what this needs depends on Rust's
version, so cargo fetches it, and the tests' crates as well.

Cargo wants to see every crate of Cargo.lock before it builds anything. Of those that only tests, or targets that the
library is not made for, would compile, it gets the manifest and a file that says so: that saves nine tenths of the size.

usage: tools/dist/vendor.py SOURCE
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys

CARGO = os.environ.get("CARGO", "cargo")

CONFIG = """# The crates that the library is built from come with this tarball.
[source.crates-io]
replace-with = "vendored-sources"

[source.vendored-sources]
directory = "vendor"
"""

ABSENT = 'compile_error!("this crate is for tests and is not part of the source tarball");\n'


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    source = pathlib.Path(sys.argv[1]).resolve()
    sys.path.insert(0, str(source / "tools"))
    sys.dont_write_bytecode = True
    import notices  # the targets

    def cargo(*arguments):
        return subprocess.run([CARGO, *arguments], cwd=source, check=True, stdout=subprocess.PIPE, text=True).stdout

    cargo("vendor", "-q", "--locked", "--versioned-dirs", "vendor")
    needed = set()
    for target in [*notices.TARGETS, "x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl"]:
        tree = cargo("tree", "--locked", "--all-features", "-e", "normal,build", "--target", target, "--prefix", "none", "-f", "{p}")
        # A line is: NAME vVERSION, and perhaps remarks.
        needed |= {"{0}-{1}".format(*line.replace(" v", " ", 1).split()[:2]) for line in tree.splitlines() if line}

    kept = 0
    crates = sorted((source / "vendor").iterdir())
    for crate in crates:
        if crate.name in needed:
            kept += 1
        else:
            reduce(crate)
    if not kept or kept == len(crates):
        sys.exit(f"vendor: {kept} of {len(crates)} crates are needed, which cannot be")
    (source / "vendor/config.toml").write_text(CONFIG, encoding="utf-8")
    print(f"vendored {kept} crates whole, of {len(crates) - kept} the manifest alone")


def reduce(crate):
    """Leaves of a crate what cargo reads to choose versions."""
    manifest = (crate / "Cargo.toml").read_bytes()
    package = json.loads((crate / ".cargo-checksum.json").read_text(encoding="utf-8"))["package"]
    shutil.rmtree(crate)
    (crate / "src").mkdir(parents=True)
    (crate / "Cargo.toml").write_bytes(manifest)
    (crate / "src/lib.rs").write_text(ABSENT, encoding="utf-8")
    (crate / ".cargo-checksum.json").write_text(json.dumps({"files": {}, "package": package}), encoding="utf-8")


if __name__ == "__main__":
    main()
