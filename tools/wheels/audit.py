#!/usr/bin/env python3
"""Audits wheels and source distributions of pqhybrid: what is in them, what the library in them needs, and what is not.

usage: tools/wheels/audit.py FILE ...       in the root of the source tree, with the Python of build/venv-wheels
"""

from __future__ import annotations

import base64
import csv
import email
import hashlib
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import zipfile

MOST_BYTES = 1_500_000
PACKAGE = pathlib.Path("python/src/pqhybrid")
LICENCES = {"LICENSE-APACHE", "LICENSE-MIT", "THIRD-PARTY-NOTICES.md"}
# All that the library asks of a C library. musl 1.1 and glibc 2.17 have them.
FUNCTIONS = {"memcpy", "memmove", "memset", "memcmp", "bcmp", "getauxval", "getenv"}
# What a platform tag promises: the C library's name, the newest symbol version, what auditwheel calls it. Of musl's
# platforms it knows the newest alone.
PLATFORMS = {
    "manylinux_2_17_x86_64.manylinux2014_x86_64": ("X86-64", "libc.so.6", (2, 14), "manylinux_2_17_x86_64"),
    "manylinux_2_17_aarch64.manylinux2014_aarch64": ("AArch64", "libc.so.6", (2, 17), "manylinux_2_17_aarch64"),
    "musllinux_1_1_x86_64": ("X86-64", "libc.musl-x86_64.so.1", None, "musllinux_1_2_x86_64"),
    "musllinux_1_1_aarch64": ("AArch64", "libc.musl-aarch64.so.1", None, "musllinux_1_2_aarch64"),
}

checks = 0


def check(holds: object, sentence: str) -> None:
    """Counts a check, or ends with the sentence."""
    global checks
    checks += 1
    if not holds:
        sys.exit(f"audit: {sentence}")


def same(what: str, found: object, expected: object) -> None:
    check(found == expected, f"{what}: {found}, but expected {expected}")


def version() -> str:
    manifest = pathlib.Path("Cargo.toml").read_text(encoding="utf-8")
    return re.search(r'^version = "(.*)"$', manifest, re.MULTILINE)[1]  # type: ignore[index]


def package_files() -> dict[str, bytes]:
    """The package as it lies in the source tree, without what Python or a test leaves there."""
    return {
        f"pqhybrid/{path.relative_to(PACKAGE).as_posix()}": path.read_bytes()
        for path in PACKAGE.rglob("*")
        if path.is_file() and (path.suffix in (".py", ".pyi") or path.name == "py.typed")
    }


def no_folder_of_this_machine(name: str, files: dict[str, bytes]) -> None:
    home = os.path.expanduser("~")
    cargo = os.environ.get("CARGO_HOME", f"{home}/.cargo")
    folders = {os.getcwd(), f"{home}/", cargo, f"{tempfile.gettempdir()}/pqhybrid-"}
    for folder in sorted(folders - {"/"}):
        found = [file for file, content in files.items() if folder.encode() in content]
        check(not found, f"{name}: {found} name a folder of this machine, {folder}")


def readelf(*arguments: str) -> str:
    return subprocess.run(["readelf", "-W", *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


# ---- wheels --------------------------------------------------------------------------------------


def wheel(path: pathlib.Path) -> str:
    named = re.fullmatch(rf"pqhybrid-{re.escape(version())}-py3-none-(.*)\.whl", path.name)
    check(named and named[1] in PLATFORMS, f"{path.name}: not what a wheel of version {version()} is called")
    assert named
    platform = named[1]
    size = path.stat().st_size
    check(size < MOST_BYTES, f"{path.name}: {size} bytes, but at most {MOST_BYTES}")
    with zipfile.ZipFile(path) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
        same(f"{path.name}: files", len(files), len(archive.infolist()))
        same(f"{path.name}: dates", len({info.date_time for info in archive.infolist()}), 1)
        modes = {info.filename: oct(info.external_attr >> 16 & 0o777) for info in archive.infolist()}
    same(f"{path.name}: modes", {name: mode for name, mode in modes.items() if mode != "0o644"}, {})

    package = package_files()
    about = f"pqhybrid-{version()}.dist-info/"
    expected = {*package, "pqhybrid/libpqhybrid.so"}
    expected |= {about + name for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt")}
    expected |= {f"{about}licenses/{name}" for name in LICENCES}
    same(f"{path.name}: files that do not belong there, or are missing", set(files) ^ expected, set())
    for name, content in package.items():
        check(files[name] == content, f"{path.name}: {name} is not the file of the source tree")
    for name in LICENCES:
        check(files[f"{about}licenses/{name}"] == pathlib.Path(name).read_bytes(), f"{path.name}: another {name}")
    record(path.name, files, about + "RECORD")
    head(path.name, files, about, platform)
    no_folder_of_this_machine(path.name, files)
    with tempfile.TemporaryDirectory() as folder:
        library = pathlib.Path(folder) / "libpqhybrid.so"
        library.write_bytes(files["pqhybrid/libpqhybrid.so"])
        needs = elf(path.name, str(library), platform)
    auditwheel(path, platform)
    return f"{size} bytes, needs {needs}"


def record(name: str, files: dict[str, bytes], own: str) -> None:
    """RECORD lists every file, with the right hash and length."""
    rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(files[own].decode()))}
    same(f"{name}: files that RECORD does not have, or has alone", set(rows) ^ set(files), set())
    for file, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
        expected = ["", ""] if file == own else [f"sha256={digest}", str(len(content))]
        same(f"{name}: RECORD on {file}", rows[file], expected)


def head(name: str, files: dict[str, bytes], about: str, platform: str) -> None:
    """WHEEL, METADATA and entry_points.txt say what the file name says, and what pip shows."""
    about_wheel = email.message_from_bytes(files[about + "WHEEL"])
    same(f"{name}: Root-Is-Purelib", about_wheel["Root-Is-Purelib"], "false")
    same(f"{name}: Tag", set(about_wheel.get_all("Tag", [])), {f"py3-none-{tag}" for tag in platform.split(".")})
    metadata = email.message_from_bytes(files[about + "METADATA"])
    for field, expected in (
        ("Name", ["pqhybrid"]),
        ("Version", [version()]),
        ("Requires-Python", [">=3.9"]),
        ("License-Expression", ["Apache-2.0 OR MIT"]),
        ("Provides-Extra", ["keys", "metrics", "pem"]),
    ):
        same(f"{name}: {field}", metadata.get_all(field), expected)
    needs = [need for need in metadata.get_all("Requires-Dist", []) if "extra ==" not in need]
    check(len(needs) == 1 and needs[0].startswith("cffi"), f"{name}: needs {needs}, but cffi alone is needed")
    check(len(metadata.get_payload()) > 500, f"{name}: comes without its README")
    check(b"pqhybrid = pqhybrid.cli:main" in files[about + "entry_points.txt"], f"{name}: has no command line")


def elf(name: str, library: str, platform: str) -> str:
    """The library is for that processor, and needs no more of the system than the platform promises."""
    machine, libc, newest, _ = PLATFORMS[platform]
    check(re.search(rf"Machine:.*{machine}", readelf("-h", library)), f"{name}: the library is for another processor")
    dynamic = readelf("-d", library)
    same(f"{name}: needed libraries", re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic), [libc])
    check(not re.search(r"RPATH|RUNPATH", dynamic), f"{name}: the library says where to look for others")
    needs = {tuple(map(int, found.split("."))) for found in re.findall(r"Name: GLIBC_([\d.]+)", readelf("-V", library))}
    if newest:
        same(f"{name}: glibc that is needed", max(needs), newest)
        promised = re.match(r"manylinux_(\d+)_(\d+)_", platform)
        assert promised
        check(max(needs)[:2] <= (int(promised[1]), int(promised[2])), f"{name}: needs glibc {max(needs)}")
    else:
        same(f"{name}: glibc that is needed", needs, set())
    lines = readelf("--dyn-syms", library).splitlines()
    symbols = [line.split()[6:8] for line in lines if re.match(r" +[1-9]\d*:", line)]
    asked = {name.split("@")[0] for where, name in symbols if where == "UND"}
    check(asked <= FUNCTIONS, f"{name}: asks for {asked - FUNCTIONS}")
    exported = {name.split("@")[0] for where, name in symbols if where not in ("UND", "ABS")}
    versions = pathlib.Path("abi/versions").read_text(encoding="utf-8").splitlines()
    listed = {line.split()[1] for line in versions if line.strip() and not line.startswith("#")}
    check(listed, "abi/versions lists no function")
    same(f"{name}: functions that are exported or in abi/versions alone", exported ^ listed, set())
    return f"{libc} {'.'.join(map(str, max(needs)))}" if needs else libc


def auditwheel(path: pathlib.Path, platform: str) -> None:
    command = [os.path.join(sysconfig.get_path("scripts"), "auditwheel"), "show", "--json", str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    check(done.returncode == 0, f"{path.name}: auditwheel fails: {done.stderr}")
    found = json.loads(done.stdout)
    same(f"{path.name}: the platform that auditwheel finds", found["overall_tag"], PLATFORMS[platform][3])
    same(f"{path.name}: libraries that auditwheel misses", found["external_libs"], {})
    same(f"{path.name}: instructions that auditwheel finds too new", found["unsupported_isa"], False)


# ---- source distributions ------------------------------------------------------------------------


def sdist(path: pathlib.Path) -> str:
    top = f"pqhybrid-{version()}"
    same("the source distribution is called", path.name, f"{top}.tar.gz")
    with tarfile.open(path) as archive:
        members = archive.getmembers()
        strange = [member.name for member in members if not member.isfile() or not member.name.startswith(f"{top}/")]
        same(f"{path.name}: what is no file, or elsewhere", strange, [])
        owners = {(member.uid, member.gid, member.uname, member.gname) for member in members}
        same(f"{path.name}: owners", owners, {(0, 0, "", "")})
        same(f"{path.name}: dates", len({member.mtime for member in members}), 1)
        read = {member.name: archive.extractfile(member) for member in members}
        files = {name[len(top) + 1 :]: file.read() for name, file in read.items() if file}
    same(f"{path.name}: files", len(files), len(members))
    for name, content in package_files().items():
        check(files.get(f"src/{name}") == content, f"{path.name}: src/{name} is not the file of the source tree")
    for name in LICENCES | {"PKG-INFO", "pyproject.toml", "hatch_build.py", "README.md", "library/Cargo.lock"}:
        check(name in files, f"{path.name}: {name} is missing")
    built = [name for name in files if name.endswith((".so", ".a", ".o", ".pyc")) or "/target/" in name]
    same(f"{path.name}: what was built", built, [])
    crates = [name for name in files if name.startswith("library/vendor/") and name.endswith("/.cargo-checksum.json")]
    check(len(crates) > 10, f"{path.name}: only {len(crates)} crates")
    for name in crates:
        for file, digest in json.loads(files[name])["files"].items():
            found = files.get(f"{os.path.dirname(name)}/{file}")
            check(found is not None, f"{path.name}: {os.path.dirname(name)} lacks {file}, so cargo would not take it")
            same(f"{path.name}: {name} on {file}", hashlib.sha256(found or b"").hexdigest(), digest)
    no_folder_of_this_machine(path.name, files)
    return f"{path.stat().st_size} bytes, {len(files)} files, {len(crates)} crates"


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for argument in sys.argv[1:]:
        path = pathlib.Path(argument)
        print(f"  {path.name}: {(wheel if path.suffix == '.whl' else sdist)(path)}", flush=True)
    print(f"audited: {len(sys.argv) - 1} files, in {checks} ways")


if __name__ == "__main__":
    main()
