#!/usr/bin/env python3
"""How long it takes until a module can be called, in Wasmtime: compiled from its bytes, and from a module that was compiled
before and serialized. Medians in milliseconds.

usage: cold_start.py MODULE ...
"""

import statistics
import sys
import time
from pathlib import Path

import wasmtime


def instance(engine, module):
    store = wasmtime.Store(engine)
    linker = wasmtime.Linker(engine)
    store.set_wasi(wasmtime.WasiConfig())
    linker.define_wasi()
    kind = wasmtime.FuncType([wasmtime.ValType.i32()] * 2, [wasmtime.ValType.i32()])
    linker.define_func("env", "pqh_platform_random_bytes", kind, lambda pointer, length: 0)
    exports = linker.instantiate(store, module).exports(store)
    return lambda name, *numbers: exports[name](store, *numbers)


def with_call(call):
    """And the calls that every use begins and ends with."""
    at = call("pqh_alloc", 4096)
    call("pqh_random_bytes", at, 4096)
    call("pqh_free", at)


def compile_into(compiled, engine, wasm):
    compiled[:] = [wasmtime.Module(engine, wasm)]
    return compiled[0]


def median(rounds, work):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return f"{statistics.median(times):8.2f}"


def main(paths):
    engine = wasmtime.Engine(wasmtime.Config())
    for path in paths:
        wasm = Path(path).read_bytes()
        compiled = []
        fresh = median(3, lambda: with_call(instance(engine, compile_into(compiled, engine, wasm))))
        # Compiling takes long: what was compiled for the time above serves here, too.
        serialized = compiled[0].serialize()
        row = [fresh, median(31, lambda: with_call(instance(engine, wasmtime.Module.deserialize(engine, serialized))))]
        print(f"{' '.join(row)}  {path}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
