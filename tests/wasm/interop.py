#!/usr/bin/env python3
"""What the native library makes, the WebAssembly module understands, and the reverse: in Wasmtime, and through the wrapper
in Node. Random keys and messages, four pairs of maker and reader a suite.

usage: interop.py LIBRARY MODULE      LIBRARY is libpqhybrid.so; NODE, by default node, from the environment
"""

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path

from raw import Failed, Module, title

KEMS = ["mlkem768_x25519", "mlkem1024_x448"]
SIGNATURES = ["mldsa65_ed25519", "mldsa87_ed448"]
HERE = Path(__file__).resolve().parent


class Native:
    """The shared library, called like a module."""

    def __init__(self, path):
        self.library = ctypes.CDLL(str(Path(path).resolve()))

    def size(self, suite, what):
        function = getattr(self.library, f"pqh_{suite}_{what}_bytes")
        function.restype = ctypes.c_size_t
        return function()

    def call(self, name, *arguments):
        values, outputs = [], []
        for argument in arguments:
            if isinstance(argument, int):
                outputs.append(ctypes.create_string_buffer(argument))
                values.append(outputs[-1])
            elif isinstance(argument, tuple):
                values += [argument[0], ctypes.c_size_t(len(argument[0]))]
            else:
                values.append(argument)
        status = getattr(self.library, f"pqh_{name}")(*values)
        if status:
            raise Failed(name, status)
        found = [output.raw for output in outputs]
        return found[0] if len(found) == 1 else found


class Wasmtime:
    def __init__(self, path):
        self.module = Module(path, os.urandom)

    def size(self, suite, what):
        return self.module.raw(f"pqh_{suite}_{what}_bytes")

    def call(self, name, *arguments):
        return self.module.call(name, *arguments)


class Direct:
    """Makes and reads what goes from one to another, by the functions of the C ABI."""

    def __init__(self, backend):
        self.call, self.size = backend.call, backend.size

    def keygen(self, suite):
        return self.call(f"{suite}_keygen", self.size(suite, "public_key"), self.size(suite, "secret_key"))

    def encaps(self, suite, pk):
        return self.call(f"{suite}_encaps", self.size(suite, "ciphertext"), self.size(suite, "shared_secret"), pk)

    def decaps(self, suite, ct, sk):
        return self.call(f"{suite}_decaps", self.size(suite, "shared_secret"), ct, sk)

    def sign(self, suite, msg, ctx, sk):
        return self.call(f"{suite}_sign", self.size(suite, "signature"), (msg,), (ctx,), sk)

    def verify(self, suite, sig, msg, ctx, pk):
        try:
            self.call(f"{suite}_verify", sig, (msg,), (ctx,), pk)
            return True
        except Failed as failed:
            assert failed.status == -7, failed
            return False


class Wrapper:
    """The same through the JavaScript wrapper: a line of JSON to interop.mjs and one back, byte strings in hex."""

    def __init__(self, path):
        command = [os.environ.get("NODE", "node"), str(HERE / "interop.mjs"), str(path)]
        self.node = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __getattr__(self, operation):
        def call(suite, *arguments):
            print(json.dumps([operation, suite, *(argument.hex() for argument in arguments)]), file=self.node.stdin, flush=True)
            answer = json.loads(self.node.stdout.readline())
            if isinstance(answer, list):
                return [bytes.fromhex(item) for item in answer]
            return bytes.fromhex(answer) if isinstance(answer, str) else answer
        return call

    def close(self):
        self.node.stdin.close()
        assert self.node.wait() == 0, "interop.mjs failed"


def main(library, path):
    native, wasmtime, wrapper = Direct(Native(library)), Direct(Wasmtime(path)), Wrapper(path)
    cases = 0
    for maker, reader in ((native, wasmtime), (wasmtime, native), (native, wrapper), (wrapper, native)):
        for suite in KEMS:
            pk, sk = reader.keygen(suite)
            ct, ss = maker.encaps(suite, pk)
            assert reader.decaps(suite, ct, sk) == ss, f"{suite}: another secret"
            assert reader.decaps(suite, bytes([ct[0] ^ 1]) + ct[1:], sk) != ss, f"{suite}: a forged ciphertext"
            cases += 2
        for suite in SIGNATURES:
            pk, sk = maker.keygen(suite)
            msg, ctx = os.urandom(3000), os.urandom(20)
            sig = maker.sign(suite, msg, ctx, sk)
            assert reader.verify(suite, sig, msg, ctx, pk) is True, f"{suite}: verify"
            assert reader.verify(suite, sig, msg + b"!", ctx, pk) is False, f"{suite}: another message"
            cases += 2
    wrapper.close()
    print(f"wasm/interop {title(path)}: {cases} cases")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
