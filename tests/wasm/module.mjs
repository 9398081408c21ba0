// What a module exports and imports, where its stack lies, that an operation leaves nothing of a secret in its memory, and
// that the allocator wipes.
//
// usage: node module.mjs ABI MODULE [SUITE ...]      ABI is abi/versions; SUITE is what the module has, by default all
import { webcrypto as crypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { check, done, title } from './check.mjs';

const [, , abi, path, ...given] = process.argv;
const ALL = ['mlkem768_x25519', 'mlkem1024_x448', 'mldsa65_ed25519', 'mldsa87_ed448'];
const suites = given.length > 0 ? given : ALL;
const name = basename(path, '.wasm');
const module = new WebAssembly.Module(readFileSync(path));

// ---- exports and imports -------------------------------------------------------------------------

const absent = ALL.filter((suite) => !suites.includes(suite));
const signatures = suites.some((suite) => suite.startsWith('mldsa'));
const wanted = readFileSync(abi, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(' ')[1])
    .filter((fn) => !absent.some((suite) => fn.startsWith(`pqh_${suite}_`)))
    .filter((fn) => signatures || fn !== 'pqh_context_max_bytes');
const kinds = (list) => list.map(({ name, kind, module }) => [module, name, kind].join(' ').trim()).sort();
const exported = [...wanted, 'pqh_alloc', 'pqh_free'].map((fn) => `${fn} function`).concat('memory memory').sort();
check(kinds(WebAssembly.Module.exports(module)).join() === exported.join(), `${name} exports the header's functions, pqh_alloc, \
pqh_free and memory, and nothing else: ${kinds(WebAssembly.Module.exports(module))}`);
const random = name.includes('wasip1') ? 'wasi_snapshot_preview1 random_get function' : 'env pqh_platform_random_bytes function';
check(kinds(WebAssembly.Module.imports(module)).join() === random, `${name} imports ${random} and nothing else`);
check(WebAssembly.Module.customSections(module, 'name').length === 0, 'names of functions are stripped');

// ---- the allocator -------------------------------------------------------------------------------

let memory;
const fill = (pointer, length) => {
    crypto.getRandomValues(new Uint8Array(memory.buffer, pointer >>> 0, length >>> 0));
    return 0;
};
const { exports } = new WebAssembly.Instance(module, {
    env: { pqh_platform_random_bytes: fill },
    wasi_snapshot_preview1: { random_get: fill },
});
({ memory } = exports);
const view = () => new Uint8Array(memory.buffer);
const { pqh_alloc, pqh_free } = exports;

const one = pqh_alloc(1000);
const two = pqh_alloc(0);
const three = pqh_alloc(0);
check(one > 0 && two > 0 && three > 0 && two !== three, 'pqh_alloc gives each its own pointer, also for no bytes');
check(one % 8 === 0 && two % 8 === 0, 'aligned to 8');
view().fill(0xa5, one, one + 1000);
pqh_free(one);
check(view().subarray(one, one + 1000).every((byte) => byte !== 0xa5), 'pqh_free wipes');
const again = pqh_alloc(1000);
pqh_free(one === again ? 0 : one);
pqh_free(0);
pqh_free(two);
pqh_free(two);
pqh_free(three + 4);
pqh_free(12345 * 8);
check(pqh_alloc(500) !== pqh_alloc(500), 'what is no buffer, or no longer one, is left alone');
pqh_free(again);
for (const much of [0xffffffff, 0x80000000, 0x7ffffffc, 0x7fffffff]) {
    check(pqh_alloc(much) === 0, `pqh_alloc(${much}) gives NULL`);
}
const before = memory.buffer.byteLength;
for (let round = 0; round < 1000; round += 1) pqh_free(pqh_alloc(100000));
check(memory.buffer.byteLength <= before + 3 * 65536, 'what was freed is used again');

// ---- the stack -----------------------------------------------------------------------------------

// Stack first: it ends where static data begin, at a size that tools/wasm.sh chose. A call begins at its end and grows
// towards 0, below which there is nothing, so that one that overflows traps.
const STACK = 384 * 1024;
const PAINT = 0x5c;
// Frames of the functions that were called, and of those that wipe: no secret is in them.
const OWN_FRAMES = 1024;

const size = (suite, what) => exports[`pqh_${suite}_${what}_bytes`]();
const buffers = (...sizes) => sizes.map((bytes) => pqh_alloc(bytes));
const status = (suite, operation, ...args) => check(exports[`pqh_${suite}_${operation}`](...args) === 0, `${suite} ${operation}`);

let deepest = 0;
function painted(what, secret, work) {
    view().fill(PAINT, 0, STACK);
    work();
    const stack = view().subarray(0, STACK);
    const lowest = stack.findIndex((byte) => byte !== PAINT);
    const dirty = stack.findIndex((byte, at) => byte !== PAINT && byte !== 0 && at >= lowest);
    deepest = Math.max(deepest, STACK - lowest);
    check(STACK - lowest < STACK * 0.75, `${what}: a quarter of the stack is left: it takes ${STACK - lowest} bytes`);
    if (secret) check(dirty < 0 || dirty >= STACK - OWN_FRAMES, `${what}: the stack is scrubbed; ${STACK - dirty} of ${STACK - lowest} bytes are not`);
}

// Eight bytes of a secret anywhere outside the buffers that hold it.
function nowhere(what, pointer, length, others) {
    const secret = view().slice(pointer, pointer + length);
    const rest = view().slice();
    for (const [from, bytes] of [[pointer, length], ...others]) rest.fill(0, from, from + bytes);
    const text = Buffer.from(rest.buffer);
    for (let at = 0; at + 8 <= length; at += 1) {
        if (text.indexOf(secret.subarray(at, at + 8)) >= 0) throw new Error(`${what} is left in memory`);
    }
    check(true, what);
}

const text = pqh_alloc(32);
for (const suite of suites) {
    const [pkBytes, skBytes] = [size(suite, 'public_key'), size(suite, 'secret_key')];
    const [pk, sk] = buffers(pkBytes, skBytes);
    const own = [sk, skBytes];
    painted(`${suite} keygen`, true, () => status(suite, 'keygen', pk, sk));
    nowhere(`${suite}: the secret key after keygen`, ...own, []);
    painted(`${suite} public_key`, true, () => status(suite, 'public_key', pk, sk));
    if (suite.startsWith('mlkem')) {
        const [ct, ss, theirs] = buffers(size(suite, 'ciphertext'), 32, 32);
        painted(`${suite} encaps`, true, () => status(suite, 'encaps', ct, ss, pk));
        nowhere(`${suite}: the shared secret after encaps`, ss, 32, []);
        painted(`${suite} decaps`, true, () => status(suite, 'decaps', theirs, ct, sk));
        nowhere(`${suite}: the shared secret after decaps`, ss, 32, [[theirs, 32]]);
        nowhere(`${suite}: the secret key after decaps`, ...own, []);
        [ct, ss, theirs].forEach(pqh_free);
    } else {
        const [sig] = buffers(size(suite, 'signature'));
        for (let round = 0; round < 4; round += 1) {
            painted(`${suite} sign`, true, () => status(suite, 'sign', sig, text, 32, 0, 0, sk));
        }
        nowhere(`${suite}: the secret key after sign`, ...own, []);
        painted(`${suite} verify`, false, () => status(suite, 'verify', sig, text, 32, 0, 0, pk));
        pqh_free(sig);
    }
    view().fill(PAINT, 0, STACK);
    const key = view().slice(sk, sk + skBytes);
    pqh_free(sk);
    check(!Buffer.from(memory.buffer).includes(key.subarray(0, 32)), `${suite}: the secret key is nowhere once it is freed`);
    pqh_free(pk);
}
done(`wasm/module ${title(path)} stack ${Math.ceil(deepest / 1024)} of ${STACK / 1024} KiB`);
