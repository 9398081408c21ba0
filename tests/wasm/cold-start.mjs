// How long it takes until a module can be called, in Node: from its bytes, and from a compiled WebAssembly.Module.
// V8 compiles a function when it is first called: "and keygen" is with one of those.
//
// usage: node cold-start.mjs MODULE ...
import { readFileSync } from 'node:fs';
import { load } from '../../wasm/pqhybrid.js';

const ROUNDS = 31;

async function median(work) {
    const times = [];
    for (let round = 0; round < ROUNDS; round += 1) {
        const start = performance.now();
        await work();
        times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b)[ROUNDS >> 1].toFixed(2).padStart(8);
}

function firstKeygen(pqh) {
    const suite = pqh.mlkem768_x25519 ?? pqh.mldsa65_ed25519 ?? pqh.mlkem1024_x448 ?? pqh.mldsa87_ed448;
    suite.keygen();
}

for (const path of process.argv.slice(2)) {
    const bytes = readFileSync(path);
    let salt = 0;
    // An engine may know bytes that it has compiled before: a custom section makes them new.
    const fresh = () => {
        const number = new Uint8Array(new Uint32Array([(salt += 1)]).buffer);
        return Buffer.concat([bytes, new Uint8Array([0, 6, 1, 0x78]), number]);
    };
    const copies = Array.from({ length: 2 * ROUNDS }, fresh);
    const module = new WebAssembly.Module(bytes);
    const row = [
        await median(() => load(copies.pop())),
        await median(async () => firstKeygen(await load(copies.pop()))),
        await median(() => load(module)),
        await median(async () => firstKeygen(await load(module))),
    ];
    console.log(`${row.join(' ')}  ${path}`);
}
