"""pqhybrid.lowlevel and its CFFI declarations, against the header that they are made from and the library's symbols.

CFFI's ABI mode believes its declarations: nobody but this test sees that they fit. The header is read here after the C
preprocessor, in another way than tools/python_bindings.py reads it.
"""

from __future__ import annotations

import copy
import inspect
import os
import re
import shlex
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

import pqhybrid
from pqhybrid import lowlevel
from pqhybrid._ffi import ffi
from pqhybrid._library import lib

LIBRARY = Path(pqhybrid.__file__).parent / "libpqhybrid.so"
HEADER = Path(__file__).resolve().parents[2] / "include" / "pqhybrid.h"
# What firmware supplies at link time; no library has it.
ELSEWHERE = {"pqh_platform_random_bytes"}
SUITES = [suite.name for suite in pqhybrid.SUITES]
KEMS = [suite for suite in pqhybrid.SUITES if isinstance(suite, pqhybrid.KemSuite)]
SIGNATURES = [suite for suite in pqhybrid.SUITES if isinstance(suite, pqhybrid.SignatureSuite)]
OK = lowlevel.PQH_OK


def preprocessed(*options):
    compiler = shlex.split(os.environ.get("CC", "cc"))
    if not HEADER.is_file() or shutil.which(compiler[0]) is None:
        pytest.skip("needs the source tree's include/pqhybrid.h and a C compiler")
    command = [*compiler, "-E", "-DPQH_MUST_USE=", *options, str(HEADER)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, universal_newlines=True).stdout


@pytest.fixture(scope="module")
def header():
    """The header's functions: name -> (result, [(type, name), ...]), without what it includes."""
    ours, lines = False, []
    for line in preprocessed().splitlines():
        marker = re.match(r'# (?:line )?\d+ "(.*)"', line)
        if marker:
            ours = Path(marker[1]).name == HEADER.name
        elif ours:
            lines.append(line)
    found = {}
    for result, name, parameters in re.findall(r"([\w\s*]+?)\b(pqh_\w+)\s*\(([^)]*)\)\s*;", "\n".join(lines)):
        split = [re.match(r"(.*?)(\w+)(?:\[\d+\])?$", " ".join(each.split())) for each in parameters.split(",")]
        result = " ".join(result.split())
        found[name] = result, [(each[1].strip(), each[2]) for each in split if each[0] != "void"]
    assert ELSEWHERE < set(found)
    return {name: each for name, each in found.items() if name not in ELSEWHERE}


@pytest.fixture(scope="module")
def macros():
    """The header's PQH_ numbers."""
    found = re.findall(r"^#define (PQH_\w+) \(?(-?\d+)\)?$", preprocessed("-dM"), re.MULTILINE)
    return {name: int(value) for name, value in found}


def exported(path):
    """The names that a 64-bit little-endian ELF library exports, read without a tool."""
    data = path.read_bytes()
    assert data[:6] == b"\x7fELF\x02\x01"
    sections, (size, count) = struct.unpack_from("<Q", data, 0x28)[0], struct.unpack_from("<HH", data, 0x3A)
    headers = [struct.unpack_from("<IIQQQQIIQQ", data, sections + number * size) for number in range(count)]
    names = set()
    for _, kind, _, _, offset, length, link, _, _, entry in headers:
        if kind == 11:  # SHT_DYNSYM
            strings = headers[link][4]
            for at in range(offset, offset + length, entry):
                name, info, _, section = struct.unpack_from("<IBBH", data, at)
                # Defined here (version nodes are absolute), global, a function or an object.
                if section not in (0, 0xFFF1) and info >> 4 == 1 and info & 15 in (1, 2):
                    start = strings + name
                    names.add(data[start : data.index(b"\0", start)].decode("ascii"))
    assert names
    return names


def test_every_symbol_is_declared_and_every_declaration_is_a_symbol(header, cases):
    symbols = exported(LIBRARY)
    declared = {name for name in dir(lib) if name.startswith("pqh_")}
    functions = {
        name for name, value in vars(lowlevel).items() if name.startswith("pqh_") and inspect.isfunction(value)
    }
    assert symbols == declared == functions == set(header)
    for name in symbols:
        assert ffi.typeof(getattr(lib, name)).kind == "function"
    cases("symbols", len(symbols))


def spelled(kind):
    """A C type as CFFI spells it, which does not keep const."""
    return {"pqh_status": "int32_t"}.get(kind, re.sub(r"\s*\*", " *", kind.replace("const ", "")))


def test_declarations_are_the_headers(header, cases):
    for name, (result, parameters) in header.items():
        declared = ffi.typeof(getattr(lib, name))
        assert declared.result.cname == spelled(result), name
        # In a parameter list an array is a pointer.
        expected = [spelled(f"{kind} *" if kind.endswith("uint8_t") else kind) for kind, _ in parameters]
        assert [each.cname for each in declared.args] == expected, name
        assert not declared.ellipsis and declared.abi is not None
        cases("functions")
    assert ffi.sizeof("pqh_status") == 4


def test_functions_have_the_headers_arguments(header, cases):
    for name, (_, parameters) in header.items():
        function = getattr(lowlevel, name)
        assert function.__doc__ and function.__annotations__["return"] in ("int", "str", "None")
        without_lengths = [each for kind, each in parameters if kind != "size_t"]
        assert list(inspect.signature(function).parameters) == without_lengths, name
        for kind, each in parameters:
            if kind in ("uint8_t", "uint8_t *", "void *"):
                assert function.__annotations__[each] == "Optional[WritableBuffer]", name
            elif kind in ("const uint8_t", "const uint8_t *", "const void *"):
                assert function.__annotations__[each] == "Optional[Buffer]", name
            else:
                assert kind in ("size_t", "pqh_status") or kind.endswith(("_prehash *", "_key *")), kind
        cases("functions")


def test_constants_are_the_headers(macros, cases):
    for name, value in macros.items():
        assert getattr(lowlevel, name) == value == getattr(lib, name), name
        cases("constants")
    assert {name for name in vars(lowlevel) if name.startswith("PQH_")} == set(macros)
    assert ffi.sizeof("pqh_mldsa65_ed25519_prehash") == macros["PQH_MLDSA65_ED25519_PREHASH_BYTES"]
    assert ffi.sizeof("pqh_mldsa87_ed448_prehash") == macros["PQH_MLDSA87_ED448_PREHASH_BYTES"]
    for suite in pqhybrid.SUITES:
        for kind in ("encaps", "decaps") if suite in KEMS else ("sign", "verify"):
            size = macros[f"PQH_{suite.name}_{kind}_KEY_BYTES".upper()]
            assert ffi.sizeof(f"pqh_{suite.name}_{kind}_key") == size
            cases("prepared keys")


def test_sizes_are_functions_too(cases):
    for name, value in vars(lowlevel).items():
        if name.startswith("PQH_") and name.endswith("_BYTES"):
            assert getattr(lowlevel, name.lower())() == value, name
            cases("sizes")


def test_version_and_backend(cases):
    parts = [getattr(lowlevel, f"PQH_VERSION_{part}") for part in ("MAJOR", "MINOR", "PATCH")]
    assert lowlevel.pqh_version() == pqhybrid.__version__ == ".".join(map(str, parts))
    assert lowlevel.pqh_backend() == pqhybrid.backend() in ("x86-64-v4-ifma", "x86-64-v4", "x86-64-v3", "x86-64", "aarch64-neon", "portable")
    cases("strings", 2)


def test_status_strings_differ(cases):
    statuses = {
        name: value for name, value in vars(lowlevel).items() if name == "PQH_OK" or name.startswith("PQH_ERR_")
    }
    assert len(statuses) == 11 and len(set(statuses.values())) == 11
    sentences = {lowlevel.pqh_status_string(value) for value in statuses.values()}
    assert len(sentences) == 11
    assert lowlevel.pqh_status_string(-99) == lowlevel.pqh_status_string(7) not in sentences
    cases("statuses", len(statuses) + 2)


# ---- calls ---------------------------------------------------------------------------------------


class Call:
    """A function that takes buffers alone, its arguments as they should be, and which of them are outputs."""

    def __init__(self, suite, operation):
        self.name = f"pqh_{suite.name}_{operation}"
        self.function = getattr(lowlevel, self.name)
        self.outputs, self.arguments = [], {}
        for each, hint in self.function.__annotations__.items():
            if each == "return":
                continue
            self.arguments[each] = made(suite, operation, each)
            if hint == "Optional[WritableBuffer]":
                self.outputs.append(each)

    def __call__(self, **changed):
        return self.function(**{**self.arguments, **changed})

    def __repr__(self):
        return self.name


# The kinds of prepared keys, with which the names of their operations begin.
KINDS = ("encaps", "decaps", "sign", "verify")


def made(suite, operation, argument):
    """Something valid for this argument, in a bytearray of its own."""
    key = keys[suite.name]
    if argument == "state":
        state = lowlevel.Prehash(suite.name)
        assert getattr(lowlevel, f"pqh_{suite.name}_prehash_init")(state) == OK
        return state
    if argument == "key":
        kind = next(kind for kind in KINDS if operation.replace("lamps_", "").startswith(kind))
        prepared = lowlevel.PreparedKey(suite.name, kind)
        encoded = bytes(key.to_secret_bytes() if kind in ("decaps", "sign") else key.public_key)
        assert getattr(lowlevel, f"pqh_{suite.name}_{kind}_key_init")(prepared, encoded) == OK
        return prepared
    if argument == "ss":
        return bytearray(b"\xa5" * 32)
    values = {
        "pk": lambda: bytes(key.public_key),
        "sk": lambda: bytes(key.to_secret_bytes()),
        "dk": lambda: bytes(range(96)),
        "ct": lambda: key.public_key.encaps()[0],
        "coins": lambda: bytes(suite_size(suite, "encaps_coins")),
        "sig": lambda: (
            key.sign_prehashed(bytes(64), b"ctx") if "prehashed" in operation else key.sign(b"msg", b"ctx")
        ),
        "msg": lambda: b"msg",
        "ctx": lambda: b"ctx",
        "rnd": lambda: bytes(32),
        "digest": lambda: bytes(64),
        "data": lambda: b"data",
    }
    return bytearray(values[argument]())


def suite_size(suite, what):
    return getattr(lowlevel, f"PQH_{suite.name}_{what}_BYTES".upper())


keys = {suite.name: suite.keygen() for suite in pqhybrid.SUITES}
OPERATIONS = re.compile(r"pqh_(ml\w+?_[xe]d?\d+)_(?!\w+_bytes$)(\w+)$")
NAMES = [name for name in vars(lowlevel) if OPERATIONS.match(name)]


@pytest.fixture(params=NAMES)
def call(request):
    suite, operation = OPERATIONS.match(request.param).groups()
    return Call(pqhybrid.suite(suite), operation.replace("_bytes", ""))


def test_there_are_all_operations():
    assert len(NAMES) == 7 + 5 + 2 * 10 + 8 + 7 + 2 * 9


def unchanged(call, before):
    return all(bytes(call.arguments[each]) == before[each] for each in call.outputs)


def before(call):
    return {each: bytes(call.arguments[each]) for each in call.outputs}


def test_ok(call, cases):
    assert call() == (None if call.name.endswith("_wipe") else OK), call
    cases("operations")


def test_none_is_null(call, cases):
    expected = before(call)
    for each in call.arguments:
        # With length 0 a pointer may be NULL, so that None means nothing at all.
        optional = each in ("msg", "ctx", "data")
        status = call(**{each: None})
        if call.name.endswith("_wipe"):
            assert status is None
            cases("arguments")
            continue
        if optional:
            assert status in (OK, lowlevel.PQH_ERR_SIGNATURE), f"{call} {each}"
            if status == OK:
                expected = before(call)
        else:
            assert status == lowlevel.PQH_ERR_NULL, f"{call} {each}"
            assert unchanged(call, expected)
        cases("arguments")


def test_overlap(call, cases):
    """Each output over each other argument, wholly, or by a single byte."""
    buffers = {each: value for each, value in call.arguments.items() if isinstance(value, bytearray)}
    for output in call.outputs:
        for other in buffers:
            if other == output:
                continue
            out, size = len(buffers[output]), len(buffers[other])
            for start in {0, out - 1}:
                shared = memoryview(bytearray(b"\x5a" * max(out, start + size)))
                shared[start : start + size] = buffers[other]
                expected = bytes(shared)
                status = call(**{output: shared[:out], other: shared[start : start + size]})
                assert status == lowlevel.PQH_ERR_OVERLAP, f"{call} {output} {other}"
                assert bytes(shared) == expected
                cases("pairs")
        if "state" in call.arguments:
            inside = ffi.buffer(call.arguments["state"]._state, len(buffers[output]))
            assert call(**{output: inside}) == lowlevel.PQH_ERR_OVERLAP
            cases("pairs")
        if "key" in call.arguments:
            inside = ffi.buffer(call.arguments["key"]._key, len(buffers[output]))
            assert call(**{output: inside}) == lowlevel.PQH_ERR_OVERLAP
            cases("pairs")
    if call.outputs:
        return
    if "_key_" in call.name:
        for other, value in buffers.items():
            inside = ffi.buffer(call.arguments["key"]._key, len(value))
            assert call(**{other: inside}) == lowlevel.PQH_ERR_OVERLAP
            cases("pairs")
    elif "state" in call.arguments:
        state = call.arguments["state"]
        if "data" in buffers:
            assert call(data=ffi.buffer(state._state)) == lowlevel.PQH_ERR_OVERLAP
        assert call() == OK
    else:
        # What only reads may be given the same memory twice.
        shared = memoryview(buffers["sig"])
        status = call(ctx=shared[:255], **({"msg": shared} if "msg" in buffers else {"digest": shared[:64]}))
        assert status == lowlevel.PQH_ERR_SIGNATURE
    cases("only reads")


def test_wrong_lengths(call, cases):
    for each, value in call.arguments.items():
        if isinstance(value, bytearray) and each not in ("msg", "ctx", "data"):
            for wrong in (value[:-1], value + b"\0", bytearray()):
                with pytest.raises(
                    pqhybrid.LengthError, match=f"{each}: expected {len(value)} bytes, got {len(wrong)}"
                ):
                    call(**{each: wrong})
                cases("lengths")
    cases("operations")


def test_outputs_must_be_writable(call, cases):
    for each in call.outputs:
        with pytest.raises((TypeError, BufferError)):
            call(**{each: bytes(call.arguments[each])})
        cases("outputs")
    for each, value in call.arguments.items():
        for wrong in ("text" if isinstance(value, bytearray) else bytearray(256), 7):
            with pytest.raises((TypeError, AttributeError)):
                call(**{each: wrong})
            cases("types")


@pytest.mark.parametrize("suite", SIGNATURES, ids=repr)
def test_context_length(suite, cases):
    names = ["sign", "sign_derand", "sign_prehashed", "verify", "verify_prehashed"]
    for operation in names + [f"{name}_with" for name in names]:
        call = Call(suite, operation)
        assert call(ctx=bytes(255)) in (OK, lowlevel.PQH_ERR_SIGNATURE)
        assert call(ctx=bytes(256)) == lowlevel.PQH_ERR_CONTEXT_LENGTH
        for each in call.outputs:
            assert not any(call.arguments[each])
        cases("operations")


@pytest.mark.parametrize("suite", SIGNATURES, ids=repr)
def test_states(suite, cases):
    name, digest = f"pqh_{suite.name}_prehash_", bytearray(b"\xa5" * 64)
    init, update, final = (getattr(lowlevel, name + each) for each in ("init", "update", "final"))
    state = lowlevel.Prehash(suite.name)
    assert update(state, b"x") == final(state, digest) == lowlevel.PQH_ERR_STATE
    assert init(state) == update(state, b"x") == final(state, digest) == OK
    assert update(state, b"x") == final(state, bytearray(64)) == lowlevel.PQH_ERR_STATE
    assert init(state) == OK
    (other,) = (each for each in SIGNATURES if each is not suite)
    with pytest.raises(TypeError):
        getattr(lowlevel, f"pqh_{other.name}_prehash_update")(state, b"x")
    with pytest.raises(ValueError, match="no suite for signatures"):
        lowlevel.Prehash("mlkem768_x25519")
    cases("statuses", 9)


@pytest.mark.parametrize("suite", pqhybrid.SUITES, ids=repr)
def test_prepared_keys(suite, cases):
    kinds = ("encaps", "decaps") if suite in KEMS else ("verify", "sign")
    for kind, other in (kinds, kinds[::-1]):
        # Not prepared yet; wiped; of another kind, and suite.
        call, wipe = Call(suite, f"{kind}_with"), getattr(lowlevel, f"pqh_{suite.name}_{kind}_key_wipe")
        assert call(key=lowlevel.PreparedKey(suite.name, kind)) == lowlevel.PQH_ERR_STATE
        assert not any(any(call.arguments[each]) for each in call.outputs)
        assert call() == OK
        wipe(call.arguments["key"])
        assert call() == lowlevel.PQH_ERR_STATE
        with pytest.raises(TypeError, match="key: expected pqh_"):
            call(key=lowlevel.PreparedKey(suite.name, other))
        cases("statuses", 4)
    with pytest.raises(ValueError, match="has prepared keys of the kind"):
        lowlevel.PreparedKey(suite.name, "sign" if suite in KEMS else "encaps")
    with pytest.raises(TypeError, match="not pickled"):
        copy.copy(lowlevel.PreparedKey(suite.name, kinds[0]))
    cases("refused", 2)


@pytest.mark.parametrize("suite", KEMS, ids=repr)
def test_bad_key_and_ciphertext(suite, cases):
    call = Call(suite, "encaps")
    # The first coefficients are over the modulus: FIPS 203 section 7.2.
    assert call(pk=b"\xff" * suite.public_key_bytes) == lowlevel.PQH_ERR_PUBLIC_KEY
    assert not any(call.arguments["ct"]) and not any(call.arguments["ss"])
    call = Call(suite, "decaps")
    curve = 32 if suite.name.endswith("x25519") else 56
    small_order = bytes(call.arguments["ct"][:-curve]) + bytes(curve)
    assert call(ct=small_order) == lowlevel.PQH_ERR_CIPHERTEXT
    assert not any(call.arguments["ss"])
    cases("statuses", 2)


def test_utilities(cases):
    random = [bytearray(32), bytearray(32)]
    assert [lowlevel.pqh_random_bytes(each) for each in random] == [OK, OK]
    assert random[0] != random[1] != bytearray(32)
    assert lowlevel.pqh_random_bytes(None) == lowlevel.PQH_ERR_NULL
    assert lowlevel.pqh_ct_equal(random[0], bytes(random[0])) == 1
    assert lowlevel.pqh_ct_equal(random[0], random[1]) == 0
    assert lowlevel.pqh_ct_equal(b"", None) == 1
    with pytest.raises(pqhybrid.LengthError, match="expected the same length"):
        lowlevel.pqh_ct_equal(b"a", b"ab")
    lowlevel.pqh_secure_wipe(random[0])
    lowlevel.pqh_secure_wipe(None)
    assert random[0] == bytes(32)
    with pytest.raises((TypeError, BufferError)):
        lowlevel.pqh_secure_wipe(b"unchangeable")
    cases("calls", 10)
