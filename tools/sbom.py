#!/usr/bin/env python3
"""Prints the bill of materials, CycloneDX 1.5: the crates that are linked into the library, and Rust's core library.

The same commit gives the same bytes: the time is SOURCE_DATE_EPOCH, the serial number follows from the contents.

usage: tools/sbom.py
"""

import datetime
import json
import os
import re
import sys
import uuid

import notices


def checksums():
    """(name, version) -> SHA-256 of the crate, from Cargo.lock."""
    lock = (notices.ROOT / "Cargo.lock").read_text(encoding="utf-8")
    pattern = r'name = "(.+)"\nversion = "(.+)"\nsource = "registry\+.+"\nchecksum = "([0-9a-f]{64})"'
    return {(name, version): checksum for name, version, checksum in re.findall(pattern, lock)}


def reference(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


def licences(expression):
    # Some crates still write a slash where the standard says OR.
    return [{"expression": expression.replace("/", " OR ")}]


def component(package, checksum):
    entry = {
        "type": "library",
        "bom-ref": reference(package),
        "name": package["name"],
        "version": package["version"],
        "scope": "required",
        "hashes": [{"alg": "SHA-256", "content": checksum}],
        "licenses": licences(package["license"]),
        "purl": reference(package),
    }
    if package["repository"]:
        entry["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return entry


def main():
    if sys.argv[1:]:
        sys.exit(__doc__)
    metadata = json.loads(notices.cargo("metadata", "--all-features", "--locked", "--format-version", "1"))
    packages = {package["id"]: package for package in metadata["packages"]}
    root = packages[metadata["resolve"]["root"]]
    linked = notices.linked_crates()
    sums = checksums()
    ours = {package["id"] for package in linked} | {root["id"]}
    core = {
        "type": "library",
        "bom-ref": "core",
        "name": "core",
        "description": "Rust's core library, of the compiler that each binary tarball names in BUILT-WITH",
        "scope": "required",
        "licenses": licences("MIT OR Apache-2.0"),
        "externalReferences": [{"type": "vcs", "url": "https://github.com/rust-lang/rust"}],
    }

    depends = []
    for node in metadata["resolve"]["nodes"]:
        if node["id"] in ours:
            on = {
                reference(packages[dependency["pkg"]])
                for dependency in node["deps"]
                if dependency["pkg"] in ours and any(kind["kind"] is None for kind in dependency["dep_kinds"])
            }
            depends.append({"ref": reference(packages[node["id"]]), "dependsOn": sorted(on | {"core"})})
    depends.append({"ref": "core"})

    epoch = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    time = datetime.datetime.fromtimestamp(epoch, datetime.timezone.utc)
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "library",
                "bom-ref": reference(root),
                "name": root["name"],
                "version": root["version"],
                "description": root["description"],
                "licenses": licences(root["license"]),
            },
        },
        "components": [core] + [component(package, sums[package["name"], package["version"]]) for package in linked],
        "dependencies": sorted(depends, key=lambda entry: entry["ref"]),
    }
    contents = json.dumps(bill, sort_keys=True)
    bill["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_URL, "pqhybrid bill of materials " + contents).urn
    print(json.dumps(bill, indent=2, sort_keys=True))


if __name__ == "__main__":
    main()
