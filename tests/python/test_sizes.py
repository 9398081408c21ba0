"""The header, the library, its exported symbols and Cargo.toml say the same."""

import re
import subprocess
import tomllib

import pytest

from abi import LIBRARY, MACROS, ROOT, SUITES, declarations, ffi, lib, text

# Frozen by the contract: public key, secret key, ciphertext or signature.
SIZES = {
    "mlkem768_x25519": (1216, 32, 1120),
    "mlkem1024_x448": (1624, 120, 1624),
    "mldsa65_ed25519": (1984, 64, 3373),
    "mldsa87_ed448": (2649, 89, 4741),
}
STATUSES = [
    "PQH_OK", "PQH_ERR_NULL", "PQH_ERR_OVERLAP", "PQH_ERR_CONTEXT_LENGTH", "PQH_ERR_PUBLIC_KEY", "PQH_ERR_SECRET_KEY",
    "PQH_ERR_CIPHERTEXT", "PQH_ERR_SIGNATURE", "PQH_ERR_RANDOM", "PQH_ERR_STATE", "PQH_ERR_INTERNAL",
]
# What the header declares but the firmware defines.
FROM_THE_PLATFORM = {"pqh_platform_random_bytes"}

DECLARED = set(re.findall(r"\b(pqh_\w+)\s*\(", declarations())) - FROM_THE_PLATFORM
NO_SIZES = {"pqh_random_bytes"}
SIZE_FUNCTIONS = {name for name in DECLARED if name.endswith("_bytes")} - NO_SIZES


def test_size_functions_return_the_macros(cases):
    macros = {name for name in MACROS if name.endswith("_BYTES")}
    assert {name.lower() for name in macros} == SIZE_FUNCTIONS
    for name in macros:
        assert getattr(lib, name.lower())() == MACROS[name], name
        cases("size functions")


@pytest.mark.parametrize("stem", SIZES)
def test_sizes_are_the_frozen_ones(stem, cases):
    suite = SUITES[stem]
    last = "ciphertext" if stem.startswith("mlkem") else "signature"
    assert tuple(suite.size(what) for what in ("public_key", "secret_key", last)) == SIZES[stem]
    cases("frozen sizes", 3)


@pytest.mark.parametrize("stem", [stem for stem in SIZES if stem.startswith("mldsa")])
def test_prehash_state_has_its_size(stem, cases):
    assert ffi.sizeof(f"pqh_{stem}_prehash") == SUITES[stem].size("prehash")
    cases("prehash states")


def test_versions_agree(cases):
    header = ".".join(str(MACROS[f"PQH_VERSION_{part}"]) for part in ("MAJOR", "MINOR", "PATCH"))
    cargo = tomllib.loads((ROOT / "Cargo.toml").read_text())["package"]["version"]
    assert text(lib.pqh_version()) == header == cargo
    cases("versions")


def test_statuses_are_the_frozen_ones(cases):
    assert {name: MACROS[name] for name in MACROS if name == "PQH_OK" or name.startswith("PQH_ERR_")} == {
        name: -number for number, name in enumerate(STATUSES)
    }
    cases("statuses", len(STATUSES))


def test_every_status_has_a_sentence(cases):
    sentences = [text(lib.pqh_status_string(MACROS[name])) for name in STATUSES]
    assert all(sentences) and len(set(sentences)) == len(sentences)
    for unknown in (1, -11, 2**31 - 1, -(2**31)):
        assert text(lib.pqh_status_string(unknown)) not in ["", *sentences]
    cases("status sentences", len(STATUSES) + 4)


def test_backend_is_named(cases):
    assert text(lib.pqh_backend()) in ("x86-64-v4-ifma", "x86-64-v4", "x86-64-v3", "x86-64", "aarch64-neon", "wasm-simd128", "portable")
    cases("backends")


def test_library_exports_what_the_header_declares(cases):
    listing = subprocess.run(["nm", "-D", "--defined-only", LIBRARY], check=True, capture_output=True, text=True).stdout
    # Of type A are the nodes of the symbol versions.
    symbols = [line.split()[-2:] for line in listing.splitlines()]
    assert {name.partition("@")[0] for kind, name in symbols if kind != "A"} == DECLARED
    assert all(name.startswith("pqh_") for kind, name in symbols)
    cases("symbols", len(DECLARED))
