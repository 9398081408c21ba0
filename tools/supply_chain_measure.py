"""Which crates there are, and what can be measured of them: for tools/supply_chain.py."""

import collections
import json
import os
import pathlib
import re
import subprocess

import rust_source

ROOT = pathlib.Path(__file__).resolve().parent.parent
CARGO = os.environ.get("CARGO", "cargo")
RUSTC = os.environ.get("RUSTC", "rustc")

TARGETS = [
    "x86_64-unknown-linux-gnu",
    "x86_64-unknown-linux-musl",
    "aarch64-unknown-linux-gnu",
    "aarch64-unknown-linux-musl",
    "thumbv8m.main-none-eabi",
    "thumbv8m.main-none-eabihf",
    "wasm32-unknown-unknown",
    "wasm32-wasip1",
]

# What build scripts decide in the builds that are shipped, for a target's settings. Of others, every choice counts.
DECIDED = {
    "curve25519-dalek": lambda cfg: {
        ("curve25519_dalek_bits", "64" if ("target_pointer_width", "64") in cfg else "32"),
        ("curve25519_dalek_backend", "simd" if ("target_arch", "x86_64") in cfg else "serial"),
    },
    "getrandom": lambda cfg: set(),
}
for crate in ("libcrux-intrinsics", "libcrux-ml-kem", "libcrux-ml-dsa"):
    DECIDED[crate] = lambda cfg: {
        ("feature", simd)
        for simd, machine in (("simd128", "aarch64"), ("simd256", "x86_64"))
        if ("target_arch", machine) in cfg
    }


def run(*command, **options):
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, **options).stdout


def checksums(folder="."):
    """(name, version) -> SHA-256 of the crate, from the Cargo.lock of a folder."""
    text = (ROOT / folder / "Cargo.lock").read_text(encoding="utf-8")
    pattern = r'name = "(.+)"\nversion = "(.+)"\nsource = "registry\+.+"\nchecksum = "([0-9a-f]{64})"'
    return {(name, version): checksum for name, version, checksum in re.findall(pattern, text)}


def settings(target):
    """What the compiler sets for a target, as (name, value)."""
    lines = run(RUSTC, "--print", "cfg", "--target", target).splitlines()
    # Cargo's configuration of this project adds one; debugging is off in what is shipped.
    if any(line == 'target_os="linux"' for line in lines):
        lines.append('getrandom_backend="linux_raw"')
    found = set()
    for line in lines:
        name, _, value = line.partition("=")
        if name not in ("debug_assertions", "panic"):
            found.add((name, value.strip('"') if value else None))
    return found | {("panic", "abort")}


def used(edges, target):
    """(name, version) -> features, of what a target needs."""
    found = {}
    options = ["--locked", "--all-features", "--prefix", "none", "-f", "{p}|{f}"]
    for line in run(CARGO, "tree", *options, "-e", edges, "--target", target).splitlines():
        if line.strip():
            package, _, features = line.partition("|")
            name, version = package.split()[:2]
            found.setdefault((name, version[1:]), set()).update(features.replace(" (*)", "").split(","))
    return found


def crates():
    """(name, version) -> what is measured, of every crate that the library is made from or made with."""
    metadata = json.loads(run(CARGO, "metadata", "--all-features", "--locked", "--format-version", "1"))
    packages = {(package["name"], package["version"]): package for package in metadata["packages"]}
    # What runs while the library is built is counted as on an ordinary machine, whichever this is.
    host = TARGETS[0]
    sums, wanted = checksums(), {}
    for target in TARGETS:
        linked, everything = used("normal,no-proc-macro", target), used("normal,build", target)
        for crate, features in everything.items():
            at_build_time = crate not in linked
            wanted.setdefault(crate, []).append((host if at_build_time else target, features, at_build_time))
    compiled_for = {target: settings(target) for target in TARGETS}
    result = {}
    for crate, uses in wanted.items():
        if crate in sums:
            result[crate] = of_a_crate(packages[crate], sums[crate], uses, compiled_for)
    return result


def uses_as_settings(name, uses, compiled_for):
    """Every different way in which a crate is compiled: what is set, and its features."""
    ways = []
    for target, features, _ in uses:
        more = {None, ("target_feature", "simd128")} if target == "wasm32-unknown-unknown" else {None}
        for setting in more:
            cfg = compiled_for[target] | DECIDED.get(name, lambda _: set())(compiled_for[target])
            cfg |= {setting} if setting else set()
            if (cfg, features) not in ways:
                ways.append((cfg, features))
    return ways


def of_a_crate(package, checksum, uses, compiled_for):
    targets = {kind: target for target in package["targets"] for kind in target["kind"]}
    script = targets.get("custom-build", {}).get("src_path")
    library = next(targets[kind] for kind in ("proc-macro", "lib", "rlib") if kind in targets)
    found, lines = set(), set()
    for cfg, features in uses_as_settings(package["name"], uses, compiled_for):
        undecided = set() if package["name"] in DECIDED else rust_source.undecided_by(script)
        reader = rust_source.read_crate(library["src_path"], rust_source.Cfg(cfg, features, undecided))
        found |= reader.found
        lines |= reader.lines
    counts = collections.Counter(what for _, _, what in found)
    if script:
        reader = rust_source.read_crate(script, rust_source.Cfg(set(), set(), {("feature", "*")}))
        counts.update(f"build script: {what}" for _, _, what in reader.found)
    return {
        "checksum": checksum,
        "kind": "linked" if not all(at_build_time for _, _, at_build_time in uses) else "build time",
        "licence": package["license"],
        "build_script": script is not None,
        "proc_macro": "proc-macro" in targets,
        "unsafe": {what[7:]: count for what, count in sorted(counts.items()) if what.startswith("unsafe ")},
        "outside": {what: count for what, count in sorted(counts.items()) if not what.startswith("unsafe ")},
        "lines": len(lines),
    }


def compared():
    """For each target that was built here: (target, crate, files that rustc read and we do not, and the reverse)."""
    metadata = json.loads(run(CARGO, "metadata", "--all-features", "--locked", "--format-version", "1"))
    packages = {(package["name"], package["version"]): package for package in metadata["packages"]}
    for target in TARGETS:
        settings_of_target = settings(target)
        for (name, version), features in used("normal,no-proc-macro", target).items():
            folder = pathlib.Path(packages[name, version]["manifest_path"]).parent
            read = set()
            for listing in (ROOT / "target" / target / "release" / "deps").glob(f"{name.replace('-', '_')}-*.d"):
                files = {pathlib.Path(word) for word in listing.read_text().split() if word.endswith(".rs")}
                read |= {file.resolve() for file in files if file.is_relative_to(folder)}
            if read:
                package = packages[name, version]
                library = next(entry["src_path"] for entry in package["targets"] if "lib" in entry["kind"])
                cfg = settings_of_target | DECIDED.get(name, lambda _: set())(settings_of_target)
                script = [entry["src_path"] for entry in package["targets"] if "custom-build" in entry["kind"]]
                undecided = rust_source.undecided_by(script[0]) if script and name not in DECIDED else set()
                ours = {
                    file.resolve()
                    for file in rust_source.read_crate(library, rust_source.Cfg(cfg, features, undecided)).files
                }
                yield target, name, read - ours, ours - read


def not_shipped(shipped):
    """For the tests, the generator of the header and the fuzz targets: group -> {'name version': checksum}."""
    groups = {}
    for group, folder in (("tests", "."), ("header", "tools/header"), ("fuzz", "fuzz")):
        if (ROOT / folder / "Cargo.lock").exists():
            groups[group] = {
                f"{name} {version}": checksum
                for (name, version), checksum in checksums(folder).items()
                if (name, version) not in shipped
            }
    return groups
