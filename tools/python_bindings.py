#!/usr/bin/env python3
"""Makes, out of include/pqhybrid.h, the parts of the Python package that say again what the header says:

    python/src/pqhybrid/_ffi.py       CFFI's declarations (out-of-line, ABI mode): no parser is needed at run time
    python/src/pqhybrid/lowlevel.py   a Python function for every C function, with the header's documentation

usage: tools/python_bindings.py [--check]      --check changes nothing and fails if a file is not what it is made from
"""

import contextlib
import re
import sys
import tempfile
import textwrap
from pathlib import Path

import cffi

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "python" / "src" / "pqhybrid"
# What firmware supplies; the shared library does not have it.
NOT_IN_THE_LIBRARY = {"pqh_platform_random_bytes"}

MACRO = re.compile(r"^#define (PQH_\w+) \(?(-?\d+)\)?$", re.MULTILINE)
STRUCT = re.compile(r"^typedef struct \{.*?^\} (pqh_\w+);", re.MULTILINE | re.DOTALL)
FUNCTION = re.compile(r"/\*\*\n((?: \*[^\n]*\n)*?) \*/\n(?:PQH_MUST_USE\s)?((?:[a-z]\w* )*[a-z]\w*\s\*?)(pqh_\w+)\(([^;{]*?)\);")

WITH_CFFI = """try:
    import _cffi_backend
except ImportError as error:
    from pqhybrid.errors import MissingDependency
    raise MissingDependency(f"pqhybrid needs CFFI ({error}): pip install cffi") from None
"""

LOWLEVEL = '''"""The C ABI, function by function: the same names, the same order of arguments, the same statuses.

For code that needs exactly what C offers; everybody else is better served by the suites of `pqhybrid`. What differs from
C is what Python makes safe: a buffer knows its length, so a length is no argument of its own, and one of the wrong length
raises `pqhybrid.LengthError`. Outputs are writable buffers, such as a bytearray; inputs are any bytes-like objects. None
stands for NULL. Nothing is raised for a status: compare what is returned with PQH_OK, and wipe what was secret with
pqh_secure_wipe.

Generated from include/pqhybrid.h by tools/python_bindings.py: do not edit.
"""

from __future__ import annotations

from pqhybrid._ffi import ffi
from pqhybrid._library import from_buffer, lib, readable
from pqhybrid.errors import LengthError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn, Optional

    from pqhybrid._types import Buffer, WritableBuffer

{constants}

_BYTES = ffi.typeof("uint8_t[]")


class Prehash:
    """The state of a message that comes in pieces: pqh_<suite>_prehash in C, wiped by pqh_<suite>_prehash_final."""

    __slots__ = ("_state",)

    def __init__(self, suite: str) -> None:
        """suite is a stem, such as "mldsa65_ed25519". The state is not begun yet."""
        try:
            self._state: Any = ffi.new(f"pqh_{{suite}}_prehash *")
        except ffi.error:
            raise ValueError(f"no suite for signatures is called {{suite!r}}") from None

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a message that is being taken in is not pickled or copied: a copy would share its state")


class PreparedKey:
    """Room for a prepared key: pqh_<suite>_<kind>_key in C. A secret one is to be wiped by pqh_<suite>_<kind>_key_wipe."""

    __slots__ = ("_key",)

    def __init__(self, suite: str, kind: str) -> None:
        """suite is a stem, such as "mldsa65_ed25519"; kind is "encaps", "decaps", "sign" or "verify". Nothing is prepared yet."""
        try:
            self._key: Any = ffi.new(f"pqh_{{suite}}_{{kind}}_key *")
        except ffi.error:
            raise ValueError(f"no suite {{suite!r}} has prepared keys of the kind {{kind!r}}") from None

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("prepared keys are not pickled or copied: store encoded ones")


def _in(name: str, data: Optional[Buffer], size: int = -1) -> Any:
    if data is None:
        return ffi.NULL
    return _sized(name, readable(name, data), size)


def _out(name: str, data: Optional[WritableBuffer], size: int = -1) -> Any:
    if data is None:
        return ffi.NULL
    try:
        buffer = from_buffer(_BYTES, data, require_writable=True)
    except (TypeError, ValueError, BufferError):
        raise TypeError(f"{{name}}: expected a writable buffer in one piece, got {{type(data).__name__}}") from None
    return _sized(name, buffer, size)


def _sized(name: str, buffer: Any, size: int) -> Any:
    if size >= 0 and len(buffer) != size:
        raise LengthError(f"{{name}}: expected {{size}} bytes, got {{len(buffer)}}")
    return buffer


def _len(buffer: Any) -> int:
    return 0 if buffer == ffi.NULL else len(buffer)


def _state(state: Optional[Prehash]) -> Any:
    if state is None:
        return ffi.NULL
    if not isinstance(state, Prehash):
        raise TypeError(f"state: expected a Prehash, got {{type(state).__name__}}")
    return state._state


def _key(key: Optional[PreparedKey], kind: Any) -> Any:
    if key is None:
        return ffi.NULL
    if not isinstance(key, PreparedKey):
        raise TypeError(f"key: expected a PreparedKey, got {{type(key).__name__}}")
    if ffi.typeof(key._key) is not kind:
        raise TypeError(f"key: expected {{kind.cname}}, got {{ffi.typeof(key._key).cname}}")
    return key._key
{functions}'''


def header():
    """The header without what only C needs: comments stay."""
    return (ROOT / "include" / "pqhybrid.h").read_text(encoding="utf-8")


def macros(text):
    return [(name, int(value)) for name, value in MACRO.findall(text) if not name.endswith("_STACK_BYTES")]


def functions(text):
    """Every function of the shared library: documentation, result, name, parameters as (type, name, size or None)."""
    for comment, result, name, parameters in FUNCTION.findall(text):
        if name in NOT_IN_THE_LIBRARY:
            continue
        found = []
        for parameter in parameters.replace("\n", " ").split(","):
            parameter = " ".join(parameter.split())
            if parameter == "void":
                continue
            kind, identifier, size = re.fullmatch(r"(.*?)(\w+)(?:\[(\w+)\])?", parameter).groups()
            found.append((kind.strip(), identifier, size))
        yield [line[2:].lstrip(" ") if line[3:4] != " " else line[3:] for line in comment.splitlines()], result.strip(), name, found


def declarations(text):
    plain = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    lines = [f"#define {name} {value}" for name, value in macros(text)]
    lines.append("typedef int32_t pqh_status;")
    lines += [match[0] for match in STRUCT.finditer(plain)]
    for _, result, name, parameters in functions(text):
        arguments = ", ".join(f"{kind} *{each}" if size else f"{kind} {each}" for kind, each, size in parameters)
        lines.append(f"{result} {name}({arguments or 'void'});")
    return "\n".join(lines)


def ffi_module(text):
    builder = cffi.FFI()
    builder.set_source("pqhybrid._ffi", None)
    builder.cdef(declarations(text))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "_ffi.py"
        with contextlib.redirect_stdout(None):
            builder.emit_python_code(str(path))
        made = path.read_text(encoding="ascii").rstrip("\n") + "\n"
    made = made.replace("# auto-generated file", "# Generated from include/pqhybrid.h by tools/python_bindings.py: do not edit.", 1)
    assert made.count("import _cffi_backend\n") == 1
    return made.replace("import _cffi_backend\n", WITH_CFFI)


def documentation(comment, lengths):
    """The header's comment as a docstring, without the lengths that are no arguments in Python."""
    body = [line.rstrip() for line in comment if not re.match(rf" +({'|'.join(lengths)}) +\[in\]", line)]
    return textwrap.indent("\n".join(["", *body]).strip("\n").replace("\\", "\\\\"), "    ").strip()


def lowlevel_function(comment, result, name, parameters):
    signature, before, arguments = [], [], []
    lengths = [each for kind, each, _ in parameters if kind == "size_t"] or ["-"]
    previous = ""
    for kind, each, size in parameters:
        if each in lengths:
            arguments.append(f"_len({previous}_)")
            continue
        if kind.endswith("_prehash *"):
            signature.append(f"{each}: Optional[Prehash]")
            arguments.append(f"_state({each})")
            continue
        if kind.endswith("_key *"):
            signature.append(f"{each}: Optional[PreparedKey]")
            arguments.append(f'_key({each}, ffi.typeof("{kind.replace("const ", "")}"))')
            continue
        if kind == "pqh_status":
            signature.append(f"{each}: int")
            arguments.append(each)
            continue
        writable = not kind.startswith("const")
        signature.append(f"{each}: Optional[{'WritableBuffer' if writable else 'Buffer'}]")
        before.append(f'    {each}_ = {"_out" if writable else "_in"}("{each}", {each}{f", {size}" if size else ""})')
        arguments.append(f"{each}_")
        previous = each
    if name == "pqh_ct_equal":
        before.append("    if _len(a_) != _len(b_):")
        before.append('        raise LengthError(f"a and b: expected the same length, got {_len(a_)} and {_len(b_)} bytes")')
    call = f"lib.{name}({', '.join(arguments)})"
    kind, value = {
        "const char *": ("str", f'str(ffi.string({call}).decode("ascii"))'),
        "void": ("None", call),
    }.get(result, ("int", f"int({call})"))
    lines = ["", "", f"def {name}({', '.join(signature)}) -> {kind}:"]
    lines.append(f'    """{documentation(comment, lengths)}\n    """' if len(comment) > 1 else f'    """{documentation(comment, lengths)}"""')
    lines += before
    lines.append(f"    {value}" if kind == "None" else f"    return {value}")
    return "\n".join(lines)


def lowlevel_module(text):
    constants = "\n".join(f"{name} = {value}" for name, value in macros(text))
    made = "\n".join(lowlevel_function(*each) for each in functions(text))
    return LOWLEVEL.format(constants=constants, functions=made) + "\n"


def main(arguments):
    if arguments not in ([], ["--check"]):
        sys.exit(__doc__)
    text = header()
    declared = set(re.findall(r"\b(pqh_\w+)\(", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))) - NOT_IN_THE_LIBRARY
    found = {name for _, _, name, _ in functions(text)}
    if declared != found:
        sys.exit(f"python_bindings: the header declares what is not understood: {sorted(declared ^ found)}")
    stale = []
    for name, made in (("_ffi.py", ffi_module(text)), ("lowlevel.py", lowlevel_module(text))):
        path = PACKAGE / name
        if arguments:
            if not path.is_file() or path.read_text(encoding="utf-8") != made:
                stale.append(str(path.relative_to(ROOT)))
        else:
            path.write_text(made, encoding="utf-8")
    if stale:
        sys.exit(f"python_bindings: not what include/pqhybrid.h makes: {', '.join(stale)}; run 'make python-bindings'")


if __name__ == "__main__":
    main(sys.argv[1:])
