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
let failing = false;
const fill = (pointer, length) => {
    if (failing) return 1;
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
// The allocator keeps pointers in what is free, and one of their bytes may be the same by chance.
check(view().subarray(one, one + 1000).filter((byte) => byte === 0xa5).length < 8, 'pqh_free wipes');
const again = pqh_alloc(1000);
pqh_free(one === again ? 0 : one);
pqh_free(0);
pqh_free(two);
pqh_free(two);
check(pqh_alloc(500) !== pqh_alloc(500), 'NULL, and a buffer that was just freed, are left alone');
pqh_free(again);
pqh_free(three);
// The host's mistakes: no promise, but nothing outside the memory is touched, and nothing is wiped that no buffer was.
const end = memory.buffer.byteLength;
const wrong = [1, 4, 7, 8, 9, 12, 16, 24, 4096, 12345 * 8, end - 8, end - 4, end, end + 4, end + 8, end + 65536, 0x7ffffff8, 0x80000000, 0xfffffff0, 0xfffffff8, 0xfffffffc, 0xffffffff];
const untouched = view().slice();
for (const pointer of wrong) pqh_free(pointer);
check(Buffer.compare(untouched, view()) === 0, 'pointers to no buffer, in the memory and beyond it, change nothing');
// A header that says what pqh_alloc would have sealed: of a buffer that begins at 8, so that its header lies at NULL, and of
// one that reaches beyond the end.
const words = () => new Uint32Array(memory.buffer);
const forge = (pointer, length) => words().set([length, ~(length ^ (pointer - 8))], (pointer - 8) / 4);
for (const [pointer, length] of [[8, 16], [end - 64, 65], [end - 64, 0x7fffffff], [end - 64, 0xffffffff], [end - 64, 0x80000000]]) {
    const kept = view().slice();
    forge(pointer, length);
    const forged = view().slice();
    pqh_free(pointer);
    check(Buffer.compare(forged, view()) === 0, `a header at ${pointer - 8} that claims ${length} bytes is not believed`);
    view().set(kept);
}
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
// Frames of the exported functions themselves and of those that wipe: pointers and lengths, which no scrubbing reaches.
const OWN_FRAMES = 192;

const size = (suite, what) => exports[`pqh_${suite}_${what}_bytes`]();
// Full of random bytes, so that what is left of them is found.
const buffers = (...sizes) => sizes.map((bytes) => {
    const pointer = pqh_alloc(bytes);
    crypto.getRandomValues(view().subarray(pointer, pointer + bytes));
    return pointer;
});

let deepest = 0;
const painted = new Set();
/** Calls a function on a painted stack: it returns `wanted`, and if `secret`, what it used of the stack is zero afterwards. */
function paint(what, secret, wanted, ...args) {
    const fn = what.split(':')[0];
    if (wanted === 0) painted.add(fn);
    view().fill(PAINT, 0, STACK);
    const result = exports[fn](...args);
    check(result === wanted, `${what} gives ${wanted}: ${result}`);
    const stack = view().subarray(0, STACK);
    const untouched = stack.findIndex((byte) => byte !== PAINT);
    const dirty = stack.findIndex((byte) => byte !== PAINT && byte !== 0);
    const depth = (at) => (at < 0 ? 0 : STACK - at);
    deepest = Math.max(deepest, depth(untouched));
    check(depth(untouched) < STACK * 0.75, `${what}: a quarter of the stack is left: it takes ${depth(untouched)} bytes`);
    if (secret) check(depth(dirty) <= OWN_FRAMES, `${what}: the stack is scrubbed; ${depth(dirty)} of ${depth(untouched)} bytes are not`);
}

// Eight bytes of a secret anywhere outside the buffers that hold it, also as the big-endian words that SHA-512 makes of them.
function nowhere(what, pointer, length, others = []) {
    const secret = view().slice(pointer, pointer + length);
    const rest = view().slice();
    for (const [from, bytes] of [[pointer, length], ...others]) rest.fill(0, from, from + bytes);
    const text = Buffer.from(rest.buffer);
    let found = 0;
    for (let at = 0; at + 8 <= length; at += 1) {
        const part = secret.slice(at, at + 8);
        found += text.includes(part) || text.includes(part.reverse()) ? 1 : 0;
    }
    check(found === 0, `${what} is nowhere else in memory`);
}

const ERR = { context: -3, ciphertext: -6, random: -8, state: -9 };
const [text, other, context] = buffers(300, 300, 256);
paint('pqh_random_bytes', true, 0, text, 300);
nowhere('randomness', text, 300);
paint('pqh_ct_equal', true, 0, text, other, 300);
paint('pqh_ct_equal: of equal ones', true, 1, text, text, 300);
paint('pqh_secure_wipe', true, undefined, other, 300);
painted.add('pqh_secure_wipe');
failing = true;
paint('pqh_random_bytes: without randomness', true, ERR.random, other, 300);
failing = false;
for (const suite of suites) {
    const fn = (operation) => `pqh_${suite}_${operation}`;
    const [pkBytes, skBytes] = [size(suite, 'public_key'), size(suite, 'secret_key')];
    const [pk, sk] = buffers(pkBytes, skBytes);
    paint(fn('keygen'), true, 0, pk, sk);
    const key = (after) => nowhere(`${suite}: the secret key after ${after}`, sk, skBytes);
    key('keygen');
    paint(fn('public_key'), true, 0, pk, sk);
    key('public_key');
    failing = true;
    const [pk2, sk2] = buffers(pkBytes, skBytes);
    paint(`${fn('keygen')}: without randomness`, true, ERR.random, pk2, sk2);
    failing = false;
    if (suite.startsWith('mlkem')) {
        const [ct, ss, theirs, coins] = buffers(size(suite, 'ciphertext'), 32, 32, size(suite, 'encaps_coins'));
        paint(fn('encaps'), true, 0, ct, ss, pk);
        nowhere(`${suite}: the shared secret after encaps`, ss, 32);
        paint(fn('decaps'), true, 0, theirs, ct, sk);
        nowhere(`${suite}: the shared secret after decaps`, ss, 32, [[theirs, 32]]);
        key('decaps');
        paint(fn('encaps_derand'), true, 0, ct, ss, coins, pk);
        nowhere(`${suite}: the coins after encaps_derand`, coins, size(suite, 'encaps_coins'));
        const weak = ct + size(suite, 'ciphertext');
        const curve = suite === 'mlkem768_x25519' ? 32 : 56;
        view().fill(0, weak - curve, weak);
        paint(`${fn('decaps')}: of a weak ciphertext`, true, ERR.ciphertext, theirs, ct, sk);
        key('a decaps that fails');
        failing = true;
        paint(`${fn('encaps')}: without randomness`, true, ERR.random, ct, ss, pk);
        failing = false;
        if (exports[fn('lamps_decaps')] !== undefined) {
            const bytes = size(suite, 'lamps_secret_key');
            const [lamps] = buffers(bytes);
            paint(fn('lamps_public_key'), true, 0, pk, lamps);
            nowhere(`${suite}: the secret key after lamps_public_key`, lamps, bytes);
            paint(`${fn('encaps')}: to it`, true, 0, ct, ss, pk);
            paint(fn('lamps_decaps'), true, 0, theirs, ct, lamps);
            nowhere(`${suite}: the secret key after lamps_decaps`, lamps, bytes);
            pqh_free(lamps);
        }
        const [publicKey, secretKey] = buffers(size(suite, 'encaps_key'), size(suite, 'decaps_key'));
        const prepared = [[secretKey, size(suite, 'decaps_key')]];
        paint(fn('public_key') + ': again', true, 0, pk, sk);
        paint(fn('encaps_key_init'), false, 0, publicKey, pk);
        paint(fn('decaps_key_init'), true, 0, secretKey, sk);
        nowhere(`${suite}: the secret key after decaps_key_init`, sk, skBytes, prepared);
        paint(fn('encaps_with'), true, 0, ct, ss, publicKey);
        nowhere(`${suite}: the shared secret after encaps_with`, ss, 32);
        paint(fn('decaps_with'), true, 0, theirs, ct, secretKey);
        nowhere(`${suite}: the shared secret after decaps_with`, ss, 32, [[theirs, 32]]);
        nowhere(`${suite}: the secret key after decaps_with`, sk, skBytes, prepared);
        check(Buffer.compare(view().subarray(ss, ss + 32), view().subarray(theirs, theirs + 32)) === 0, `${suite}: one secret`);
        paint(fn('encaps_derand_with'), true, 0, ct, ss, coins, publicKey);
        nowhere(`${suite}: the coins after encaps_derand_with`, coins, size(suite, 'encaps_coins'));
        if (exports[fn('lamps_decaps_key_init')] !== undefined) {
            const [lamps] = buffers(size(suite, 'lamps_secret_key'));
            paint(fn('lamps_decaps_key_init'), true, 0, secretKey, lamps);
            pqh_free(lamps);
        }
        paint(fn('encaps_key_wipe'), false, undefined, publicKey);
        paint(fn('decaps_key_wipe'), false, undefined, secretKey);
        [fn('encaps_key_wipe'), fn('decaps_key_wipe')].forEach((each) => painted.add(each));
        key('decaps_key_wipe');
        paint(`${fn('decaps_with')}: with a wiped key`, true, ERR.state, theirs, ct, secretKey);
        [publicKey, secretKey].forEach(pqh_free);
        [ct, ss, theirs, coins].forEach(pqh_free);
    } else {
        const [sig, rnd, state, digest] = buffers(size(suite, 'signature'), 32, size(suite, 'prehash'), size(suite, 'digest'));
        const message = (after) => nowhere(`${suite}: the message after ${after}`, text, 300);
        // Signing tries until it fits, and not each try takes the same way.
        for (let round = 0; round < 4; round += 1) {
            paint(`${fn('sign')}`, true, 0, sig, text, 300, 0, 0, sk);
            paint(`${fn('sign_derand')}`, true, 0, sig, text, 300, context, 255, rnd, sk);
        }
        key('sign');
        message('sign');
        nowhere(`${suite}: the randomness after sign_derand`, rnd, 32);
        paint(fn('prehash_init'), false, 0, state);
        for (const bytes of [300, 0, 7, 293]) {
            paint(fn('prehash_update'), true, 0, state, text, bytes);
            nowhere(`${suite}: the message after prehash_update`, text, 300, [[state, size(suite, 'prehash')]]);
        }
        paint(fn('prehash_final'), true, 0, state, digest);
        message('prehash_final');
        nowhere(`${suite}: the digest after prehash_final`, digest, size(suite, 'digest'));
        paint(fn('sign_prehashed'), true, 0, sig, digest, 0, 0, sk);
        key('sign_prehashed');
        nowhere(`${suite}: the digest after sign_prehashed`, digest, size(suite, 'digest'));
        paint(fn('verify_prehashed'), false, 0, sig, digest, 0, 0, pk);
        paint(`${fn('sign')}: once more`, true, 0, sig, text, 300, 0, 0, sk);
        paint(fn('verify'), false, 0, sig, text, 300, 0, 0, pk);
        key('verify');
        paint(`${fn('prehash_update')}: of a state that is ended`, true, ERR.state, state, text, 300);
        paint(`${fn('sign')}: with a context that is too long`, true, ERR.context, sig, text, 300, context, 256, sk);
        failing = true;
        paint(`${fn('sign')}: without randomness`, true, ERR.random, sig, text, 300, 0, 0, sk);
        failing = false;
        key('a sign that fails');
        message('a sign that fails');
        const [publicKey, secretKey] = buffers(size(suite, 'verify_key'), size(suite, 'sign_key'));
        const prepared = [[secretKey, size(suite, 'sign_key')]];
        paint(fn('sign_key_init'), true, 0, secretKey, sk);
        nowhere(`${suite}: the secret key after sign_key_init`, sk, skBytes, prepared);
        paint(fn('verify_key_init'), false, 0, publicKey, pk);
        for (let round = 0; round < 2; round += 1) {
            paint(fn('sign_derand_with'), true, 0, sig, text, 300, context, 255, rnd, secretKey);
            paint(fn('sign_prehashed_with'), true, 0, sig, digest, 0, 0, secretKey);
            paint(fn('verify_prehashed_with'), false, 0, sig, digest, 0, 0, publicKey);
            paint(fn('sign_with'), true, 0, sig, text, 300, 0, 0, secretKey);
            message('sign_with');
            nowhere(`${suite}: the secret key after sign_with`, sk, skBytes, prepared);
            paint(fn('verify_with'), false, 0, sig, text, 300, 0, 0, publicKey);
        }
        paint(fn('verify_key_wipe'), false, undefined, publicKey);
        paint(fn('sign_key_wipe'), false, undefined, secretKey);
        [fn('verify_key_wipe'), fn('sign_key_wipe')].forEach((each) => painted.add(each));
        key('sign_key_wipe');
        paint(`${fn('sign_with')}: with a wiped key`, true, ERR.state, sig, text, 300, 0, 0, secretKey);
        [publicKey, secretKey].forEach(pqh_free);
        [sig, rnd, state, digest].forEach(pqh_free);
    }
    const freed = view().slice(sk, sk + skBytes);
    pqh_free(sk);
    check(!Buffer.from(memory.buffer).includes(freed.subarray(0, 32)), `${suite}: the secret key is nowhere once it is freed`);
    [pk, pk2, sk2].forEach(pqh_free);
}
// What touches no buffer is left out: sizes and names.
const operations = wanted.filter((fn) => !/_bytes$/.test(fn) || fn === 'pqh_random_bytes')
    .filter((fn) => !['pqh_backend', 'pqh_status_string', 'pqh_version'].includes(fn));
check(operations.length > 0 && operations.every((fn) => painted.has(fn)), `every operation was painted, but not ${operations.filter((fn) => !painted.has(fn))}`);
done(`wasm/module ${title(path)} stack ${Math.ceil(deepest / 1024)} of ${STACK / 1024} KiB`);
