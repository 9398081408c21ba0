// Prints how much of a WebAssembly module's stack each operation leaves all zero: what it scrubs, and a little more. With the
// same randomness every time, so that tests/mutants/judge.sh can compare it with what the library leaves as it is.
// tests/wasm/module.mjs says what has to be scrubbed, and needs the module as it is shipped for it.
//
// usage: node scrubbing.mjs MODULE
import { readFileSync } from 'node:fs';

const STACK = 384 * 1024;
const PAINT = 0x5c;

let memory;
let failing = false;
const fill = (pointer, length) => {
    if (failing) return 1;
    new Uint8Array(memory.buffer, pointer >>> 0, length >>> 0).fill(0x77);
    return 0;
};
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(process.argv[2])), {
    env: { pqh_platform_random_bytes: fill },
});
({ memory } = exports);
const view = () => new Uint8Array(memory.buffer);
const buffers = (...sizes) => sizes.map((bytes) => exports.pqh_alloc(bytes));

let count = 0;
function run(what, ...args) {
    view().fill(PAINT, 0, STACK);
    const status = exports[what](...args);
    let [longest, here] = [0, 0];
    for (const byte of view().subarray(0, STACK)) {
        here = byte === 0 ? here + 1 : 0;
        longest = Math.max(longest, here);
    }
    console.log(`${what}${failing ? ', the source fails' : ''}: ${status}, ${longest} bytes`);
    count += 1;
}

const [text] = buffers(300);
view().fill(0x31, text, text + 300);
run('pqh_random_bytes', text, 64);
for (const suite of ['mlkem768_x25519', 'mlkem1024_x448', 'mldsa65_ed25519', 'mldsa87_ed448']) {
    const fn = (operation) => `pqh_${suite}_${operation}`;
    const size = (what) => exports[`pqh_${suite}_${what}_bytes`]();
    const [pk, sk] = buffers(size('public_key'), size('secret_key'));
    run(fn('keygen'), pk, sk);
    run(fn('public_key'), pk, sk);
    failing = true;
    run(fn('keygen'), ...buffers(size('public_key'), size('secret_key')));
    failing = false;
    if (suite.startsWith('mlkem')) {
        const [ct, ss] = buffers(size('ciphertext'), 32);
        run(fn('encaps'), ct, ss, pk);
        run(fn('decaps'), ss, ct, sk);
    } else {
        const [sig, state, digest] = buffers(size('signature'), size('prehash'), size('digest'));
        run(fn('sign'), sig, text, 300, 0, 0, sk);
        exports[fn('prehash_init')](state);
        run(fn('prehash_update'), state, text, 300);
        run(fn('prehash_final'), state, digest);
        run(fn('sign_prehashed'), sig, digest, 0, 0, sk);
    }
}
console.log(`mutants/scrubbing-wasm: ${count} cases`);
