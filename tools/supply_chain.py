#!/usr/bin/env python3
"""Holds the record of the crates in supply-chain/ against what Cargo.lock and the crates' sources say.

usage: tools/supply_chain.py            write docs/dependencies.md again from the record
       tools/supply_chain.py --check    fail if the record or that page is not what is used
       tools/supply_chain.py --measure [CRATE ...]   print what a record of a crate has to say, to be completed by hand
       tools/supply_chain.py --compare  compare the files that are counted with those that rustc read, in target/
       tools/supply_chain.py --accept   write supply-chain/not-shipped.toml again, after its difference was looked at
"""

import json
import subprocess
import sys
import tomllib

import supply_chain_measure as measure
import supply_chain_page

ROOT = measure.ROOT
RECORD = ROOT / "supply-chain"
PAGE = ROOT / "docs" / "dependencies.md"
# Of a crate, what is measured and must be as recorded.
MEASURED = ("checksum", "kind", "licence", "build_script", "proc_macro", "unsafe", "outside", "lines")
# Of a crate, what somebody wrote.
WRITTEN = ("purpose", "criteria", "date", "notes")
OF_A_FAMILY = ("title", "maintainer", "verified", "audited", "abandoned")
CRITERIA = ("read", "unsafe read", "listed")


def record():
    """The families in their order, and the lists of what is not shipped."""
    families, others = [], {}
    for path in sorted(RECORD.glob("*.toml")):
        contents = tomllib.loads(path.read_text(encoding="utf-8"))
        if path.stem == "not-shipped":
            others = contents
        else:
            families.append({"file": f"supply-chain/{path.name}", **contents})
    return families, others


def differences(families, others):
    """Every way in which the record is not what is used, as sentences; and how many comparisons there were."""
    wrong, checks, seen = [], 0, {}
    crates = measure.crates()
    for family in families:
        file = family["file"]
        checks += 1
        for field in OF_A_FAMILY:
            if not family.get(field, "").strip():
                wrong.append(f"{file} does not say '{field}'")
        for entry in family.get("crate", []):
            name = entry.get("name", "?")
            label = f"{name} {entry.get('version')}"
            if (name, entry.get("version")) in seen:
                wrong.append(f"{label} is recorded twice, in {seen[name, entry.get('version')]} and {file}")
            seen[name, entry.get("version")] = file
            for field in WRITTEN:
                if not str(entry.get(field, "")).strip():
                    wrong.append(f"{file}: {label} does not say '{field}'")
            if entry.get("criteria") not in CRITERIA:
                wrong.append(f"{file}: the criteria of {label} are none of: {', '.join(CRITERIA)}")
            found = crates.get((name, entry.get("version")))
            if found is None:
                others_of_it = sorted(version for other, version in crates if other == name)
                what = f"version {', '.join(others_of_it)} is used now" if others_of_it else "it is not used any more"
                wrong.append(f"{file}: the record of {label} is stale: {what}")
                continue
            for field in MEASURED:
                checks += 1
                if entry.get(field) != found[field]:
                    then, now = entry.get(field), found[field]
                    wrong.append(f"{file}: {field} of {label} is recorded as {then!r}, but is {now!r}")
    for (name, version), found in sorted(crates.items()):
        checks += 1
        if (name, version) not in seen:
            label = f"{name} {version} ({found['kind']})"
            wrong.append(f"{label} is in Cargo.lock, but no record says that it was looked at")
    used = measure.not_shipped(crates)
    for group in sorted(set(used) | set(others)):
        now, then = used.get(group, {}), others.get(group, {})
        for crate in sorted(set(now) | set(then)):
            checks += 1
            if crate not in then:
                wrong.append(f"{crate} ({group}) is used, but not in supply-chain/not-shipped.toml")
            elif crate not in now:
                wrong.append(f"supply-chain/not-shipped.toml is stale: {crate} ({group}) is not used any more")
            elif now[crate] != then[crate]:
                wrong.append(f"{crate} ({group}): its checksum is recorded as {then[crate]}, but is {now[crate]}")
    return wrong, checks


def as_toml(value):
    if isinstance(value, dict):
        pairs = ", ".join(f"{json.dumps(key)} = {count}" for key, count in value.items())
        return f"{{ {pairs} }}" if value else "{}"
    return json.dumps(value, ensure_ascii=False)


def accept():
    lines = [
        "# Crates that are not part of the library, with their checksums. Written by `tools/supply_chain.py --accept`,",
        "# after the difference was looked at.",
        "",
    ]
    for group, crates in measure.not_shipped(measure.crates()).items():
        lines += [f"[{group}]"] + [f'"{crate}" = "{checksum}"' for crate, checksum in sorted(crates.items())] + [""]
    (RECORD / "not-shipped.toml").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def compare():
    compared = list(measure.compared())
    if not compared:
        sys.exit("supply-chain: nothing is built in target/: run `make targets`")
    for target, name, missed, extra in compared:
        for file in missed | extra:
            print(
                f"{target}: {name}: {file.name} is {'not counted' if file in missed else 'counted, but not compiled'}"
            )
    same = sum(not missed and not extra for _, _, missed, extra in compared)
    print(f"the same files for {same} of {len(compared)} crates, each on each target that was built")


def main():
    arguments = sys.argv[1:]
    if arguments[:1] == ["--measure"]:
        for (name, version), found in sorted(measure.crates().items()):
            if name in arguments[1:] or not arguments[1:]:
                print("[[crate]]")
                for field, value in {"name": name, "version": version, **found}.items():
                    print(f"{field} = {as_toml(value)}")
                print()
        return
    if arguments == ["--compare"]:
        return compare()
    if arguments == ["--accept"]:
        return accept()
    if arguments not in ([], ["--check"]):
        sys.exit(__doc__)
    families, others = record()
    if not arguments:
        PAGE.write_text(supply_chain_page.write(families, others), encoding="utf-8")
        print("docs/dependencies.md written")
        return
    wrong, checks = differences(families, others)
    checks += 1
    # A record that lacks something cannot be made into a page.
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else None
    if not wrong and page != supply_chain_page.write(families, others):
        wrong.append(
            "docs/dependencies.md is not what supply-chain/ says: run tools/supply_chain.py, commit the result"
        )
    for sentence in wrong:
        print(f"supply-chain: {sentence}", file=sys.stderr)
    if wrong:
        sys.exit(f"supply-chain: {len(wrong)} of {checks} checks FAILED")
    entries = [entry for family in families for entry in family["crate"]]
    linked = [entry for entry in entries if entry["kind"] == "linked"]
    unsafe = sum(sum(entry["unsafe"].values()) for entry in linked)
    running = sum(entry["kind"] != "linked" or entry["build_script"] for entry in entries)
    print(f"supply-chain: {checks} checks")
    safe = sum(not entry["unsafe"] for entry in linked)
    print(
        "report: supply chain | crates that are linked into the library or run while it is built: checksum, unsafe "
        f"code, build script and licence as recorded | {len(linked)} linked, {len(entries) - len(linked)} at build, "
        f"{sum(map(len, others.values()))} for tests and tools | none unrecorded, none changed; {unsafe} uses of "
        f"unsafe in linked crates, none in {safe} of them; {running} crates run code at build time"
    )


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"supply-chain: {' '.join(error.cmd[:2])} failed: {error.stderr.strip()}")
