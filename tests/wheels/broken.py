"""Breaks a wheel and a source distribution in every way that tools/wheels/audit.py looks for, and sees it say so; and
gives python/hatch_build.py what no wheel can be made of.

usage: python broken.py DIST LIB       the folders of `make wheels`, or the like; in the root of the source tree they were
                                       made of, with the Python of build/venv-wheels
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile

AUDIT = pathlib.Path(__file__).resolve().parents[2] / "tools/wheels/audit.py"
MANYLINUX = "manylinux_2_17_x86_64.manylinux2014_x86_64"
cases = 0


def refused(what, command, sentence, **environment):
    global cases
    cases += 1
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **environment}
    )
    if done.returncode == 0 or not re.search(sentence, done.stdout) or "Traceback" in done.stdout:
        sys.exit(f"broken: {what}: status {done.returncode}, {done.stdout}")


def audit(path):
    return [sys.executable, "-B", str(AUDIT), str(path)]


# ---- wheels --------------------------------------------------------------------------------------


def record(files):
    """RECORD as it should be."""
    rows = []
    for name, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
        rows.append(f"{name},," if name.endswith("/RECORD") else f"{name},sha256={digest},{len(content)}")
    return ("\n".join(rows) + "\n").encode()


def write_wheel(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)


def wheels(dist, lib, folder):
    original = next(dist.glob(f"*-{MANYLINUX}.whl"))
    with zipfile.ZipFile(original) as archive:
        good = {name: archive.read(name) for name in archive.namelist()}
    about = next(name for name in good if name.endswith("/RECORD"))[: -len("RECORD")]
    library = "pqhybrid/libpqhybrid.so"
    path = folder / original.name

    def broken(what, sentence, changes, honest=True):
        files = {name: content for name, content in {**good, **changes}.items() if content is not None}
        if honest:
            files[about + "RECORD"] = record(files)
        write_wheel(path, files)
        refused(what, audit(path), sentence)

    write_wheel(path, {**good, about + "RECORD": record(good)})
    if subprocess.run(audit(path), stdout=subprocess.DEVNULL).returncode:
        sys.exit("broken: a wheel in which nothing was changed is refused")
    broken("a file too many", "do not belong there", {"pqhybrid/__pycache__/x.pyc": b""})
    broken("a file missing", "or are missing", {"pqhybrid/py.typed": None})
    broken("no licence", "or are missing", {f"{about}licenses/LICENSE-MIT": None})
    broken("another licence", "another LICENSE-MIT", {f"{about}licenses/LICENSE-MIT": b"do what you want"})
    broken("another file than in the tree", "errors.py is not the file", {"pqhybrid/errors.py": b"pass\n"})
    broken("a hash that is wrong", "RECORD on pqhybrid/libpqhybrid.so", {library: good[library] + b"\0"}, honest=False)
    broken("a folder of this machine", "name a folder", {library: good[library] + os.getcwd().encode()})
    broken("too large", "at most", {library: good[library] + os.urandom(1_000_000)})
    wheel = good[about + "WHEEL"]
    broken("a pure package", "Root-Is-Purelib", {about + "WHEEL": wheel.replace(b"false", b"true")})
    broken("another tag", "Tag", {about + "WHEEL": wheel.replace(b"2_17", b"2_5")})
    metadata = good[about + "METADATA"]
    broken("another version", "Version", {about + "METADATA": metadata.replace(b"\nVersion: ", b"\nVersion: 9")})
    needs = b"\nRequires-Dist: requests\nRequires-Dist: cffi"
    broken("needs more", "cffi alone", {about + "METADATA": metadata.replace(b"\nRequires-Dist: cffi", needs, 1)})
    for target, sentence in (
        ("x86_64-unknown-linux-musl", "needed libraries"),
        ("aarch64-unknown-linux-gnu", "another processor"),
    ):
        broken(f"the library for {target}", sentence, {library: (lib / target / "libpqhybrid.so").read_bytes()})
    # A symbol's version that glibc 2.17 does not have, of the same length.
    newer = good[library].replace(b"GLIBC_2.14", b"GLIBC_2.34")
    broken("needs a newer glibc", "glibc that is needed", {library: newer})
    broken("another function", "exported", {library: good[library].replace(b"\0pqh_version\0", b"\0pqh_versiom\0")})
    path.unlink()
    other = folder / original.name.replace("2_17", "2_5")
    write_wheel(other, good)
    refused("a name that promises more", audit(other), "not what a wheel")
    other.unlink()


# ---- source distributions ------------------------------------------------------------------------


def sdists(dist, folder):
    original = next(dist.glob("*.tar.gz"))
    path = folder / original.name
    with tarfile.open(original) as archive:
        good = [(member, archive.extractfile(member).read()) for member in archive]
    top = good[0][0].name.split("/")[0]
    crate = next(member.name for member, _ in good if re.search("/vendor/libcrux-ml-kem.*/src/lib.rs$", member.name))

    def broken(what, sentence, without=None, added=None, content=b""):
        with tarfile.open(path, "w:gz", compresslevel=1) as archive:
            for member, data in good:
                if member.name != without:
                    archive.addfile(member, io.BytesIO(data))
            if added:
                added.size, added.mtime = len(content), good[0][0].mtime
                archive.addfile(added, io.BytesIO(content))
        refused(what, audit(path), sentence)

    broken("a crate with a file missing", "cargo would not take it", without=crate)
    broken("no licence", "LICENSE-MIT is missing", without=f"{top}/LICENSE-MIT")
    broken("a library", "what was built", added=tarfile.TarInfo(f"{top}/src/pqhybrid/libpqhybrid.so"))
    link = tarfile.TarInfo(f"{top}/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    broken("a link", "no file, or elsewhere", added=link)
    broken("a file elsewhere", "no file, or elsewhere", added=tarfile.TarInfo("../elsewhere"))
    here = os.getcwd().encode()
    broken("a folder of this machine", "name a folder", added=tarfile.TarInfo(f"{top}/log"), content=here)


# ---- the build -----------------------------------------------------------------------------------


def builds(lib, folder):
    build = [sys.executable, "-B", "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    command = ["sh", "-c", 'cd python && exec "$@"', "sh", *build]
    text = folder / "text.so"
    text.write_text("no library", encoding="utf-8")
    good = str(lib / "x86_64-unknown-linux-gnu/libpqhybrid.so")
    for what, library, platform, sentence in (
        ("no library", str(folder / "none.so"), MANYLINUX, "^pqhybrid: .* cannot be read"),
        ("text for a library", str(text), MANYLINUX, "^pqhybrid: .* is no shared library"),
        ("a tag for another processor", good, "musllinux_1_1_aarch64", "^pqhybrid: .* but the library is for x86_64"),
        ("two tags, one for another", good, f"{MANYLINUX}.linux_armv7l", "but the library is for x86_64"),
    ):
        refused(what, command, sentence, PQHYBRID_WHEEL_LIBRARY=library, PQHYBRID_WHEEL_PLATFORM=platform)
    left = list(folder.glob("*.whl"))
    if left:
        sys.exit(f"broken: a build that failed leaves {left}")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    dist, lib = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        wheels(dist, lib, folder)
        sdists(dist, folder)
        builds(lib, folder)
    print(f"every way of breaking is found: {cases}")


if __name__ == "__main__":
    main()
