"""The library in Wasmtime, called over its raw ABI, as any host without JavaScript would."""

import ctypes
from pathlib import Path

import wasmtime


def title(path):
    """A module as the lines of results name it: its folder, which is the profile's, and its name."""
    return "/".join(Path(path).with_suffix("").parts[-2:])


class Failed(Exception):
    def __init__(self, name, status):
        super().__init__(f"{name} gives {status}")
        self.status = status


class Module:
    """An instance of a module. `random` may replace the source of the import; a module for WASI asks the host's own."""

    def __init__(self, path, random=None):
        self.engine = wasmtime.Engine(wasmtime.Config())
        self.module = wasmtime.Module.from_file(self.engine, str(path))
        self.imports = sorted((item.module, item.name) for item in self.module.imports)
        self.names = sorted(item.name for item in self.module.exports)
        self.store = wasmtime.Store(self.engine)
        linker = wasmtime.Linker(self.engine)
        if self.imports == [("wasi_snapshot_preview1", "random_get")]:
            self.store.set_wasi(wasmtime.WasiConfig())
            linker.define_wasi()
        else:
            kind = wasmtime.FuncType([wasmtime.ValType.i32()] * 2, [wasmtime.ValType.i32()])
            linker.define_func("env", "pqh_platform_random_bytes", kind, lambda pointer, length: self._random(pointer, length))
        self.random = random
        self.exports = linker.instantiate(self.store, self.module).exports(self.store)
        self.memory = self.exports["memory"]

    def _random(self, pointer, length):
        data = self.random(length) if self.random else None
        if data is None:
            return 1
        self.memory.write(self.store, data, pointer & 0xFFFFFFFF)
        return 0

    def raw(self, name, *numbers):
        return self.exports[name](self.store, *numbers)

    def string(self, name, *numbers):
        at = self.raw(name, *numbers)
        return ctypes.string_at(ctypes.addressof(self.memory.data_ptr(self.store).contents) + at).decode()

    def call(self, name, *arguments):
        """Calls a function that gives a status. An argument is bytes (an input), a tuple of bytes (an input with its
        length), or a number (an output of that size). Returns the outputs."""
        numbers, outputs, buffers = [], [], []
        for argument in arguments:
            data = argument[0] if isinstance(argument, tuple) else argument
            size = data if isinstance(data, int) else len(data)
            at = self.raw("pqh_alloc", size) & 0xFFFFFFFF
            assert at, f"no room for {size} bytes"
            buffers.append((at, size))
            numbers.append(at)
            if isinstance(data, int):
                outputs.append((at, size))
            else:
                self.memory.write(self.store, data, at)
            if isinstance(argument, tuple):
                numbers.append(size)
        status = self.raw(f"pqh_{name}", *numbers)
        found = [bytes(self.memory.read(self.store, at, at + size)) for at, size in outputs]
        for at, _ in buffers:
            self.raw("pqh_free", at)
        if status:
            assert not any(any(output) for output in found), f"{name} fails and leaves an output"
            raise Failed(name, status)
        return found[0] if len(found) == 1 else found
