// A buffer of a WebAssembly module is known by the seal before it: what a weaker seal would let pass is not freed, and so not
// wiped.
//
// usage: node seal.mjs MODULE
import { readFileSync } from 'node:fs';
import { check, done, title } from './check.mjs';

const path = process.argv[2];
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)), {
    env: { pqh_platform_random_bytes: () => 1 },
    wasi_snapshot_preview1: { random_get: () => 1 },
});
const { memory, pqh_alloc, pqh_free } = exports;

// A header within a buffer, at an address that has the bit of the length: the seals below differ from each other there.
const LENGTH = 16;
const room = pqh_alloc(256);
const words = new Uint32Array(memory.buffer);
const view = new Uint8Array(memory.buffer);
const header = (room + 63) & ~31 | LENGTH;
const weak = [0, 1, 0xffffffff, LENGTH, header, LENGTH ^ header, ~(LENGTH | header), ~(LENGTH & header)];
for (const seal of weak) {
    view.fill(0xa5, room, room + 256);
    words.set([LENGTH, seal], header / 4);
    const before = view.slice();
    pqh_free(header + 8);
    check(Buffer.compare(before, view) === 0, `a header with the seal ${seal >>> 0} is not believed`);
}
// The test is of the right place: a buffer has such a header.
check(words[(room - 8) / 4] === 256 && words[(room - 4) / 4] === ~(256 ^ (room - 8)) >>> 0, 'what lies before a buffer');
done(`wasm/seal ${title(path)}`);
