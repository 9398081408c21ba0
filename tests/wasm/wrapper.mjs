// The JavaScript wrapper: what it offers, and what it says to arguments that are wrong.
//
// usage: node wrapper.mjs MODULE
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { load, PqhError } from '../../wasm/pqhybrid.js';
import { check, done, refuses, same, title } from './check.mjs';
import { withTrap } from './trap.mjs';

const [, , path] = process.argv;
const bytes = readFileSync(path);
const module = new WebAssembly.Module(bytes);
const pqh = await load(module);
const KEMS = ['mlkem768_x25519', 'mlkem1024_x448'];
const SIGNATURES = ['mldsa65_ed25519', 'mldsa87_ed448'];
const message = new TextEncoder().encode('a message');
const flipped = (data, at) => Uint8Array.from(data, (byte, index) => (index === at ? byte ^ 1 : byte));

// ---- sources -------------------------------------------------------------------------------------

const fetched = () => new Response(bytes, { headers: { 'Content-Type': 'application/wasm' } });
for (const source of [path, pathToFileURL(path), `${pathToFileURL(path)}`, bytes, new Uint8Array(bytes).buffer, fetched(), Promise.resolve(fetched())]) {
    check((await load(source)).version === '0.1.0', `load from ${source?.constructor?.name}`);
}
await refuses(TypeError, () => load(7), 'a number as source', /source must be/);
await refuses(Error, () => load(new Response('', { status: 404 })), 'a response without a module', /404/);
await refuses(WebAssembly.CompileError, () => load(new Uint8Array(8)), 'bytes that are no module');
await refuses(TypeError, () => load(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])), 'another module', /not a module of pqhybrid/);
await refuses(TypeError, () => load(module, { randomBytes: 5 }), 'randomBytes that is no function', /randomBytes/);
await refuses(Error, () => load('no/such/file.wasm'), 'a missing file', /ENOENT/);
const packaged = await import(new URL('pqhybrid.js', pathToFileURL(path)));
check((await packaged.load()).backend === 'wasm-simd128', 'without a source it is the module beside the wrapper, with SIMD');
check(pqh.backend === (basename(path).includes('simd') ? 'wasm-simd128' : 'portable'), 'the backend is what was built');

// ---- for everybody -------------------------------------------------------------------------------

check(pqh.randomBytes(0).length === 0 && pqh.randomBytes(200000).length === 200000, 'randomBytes of any length');
check(!same(pqh.randomBytes(32), pqh.randomBytes(32)), 'randomBytes differ');
for (const length of [-1, 0.5, NaN, '3', undefined, 2 ** 53]) {
    await refuses(RangeError, () => pqh.randomBytes(length), `randomBytes(${length})`, /length must be/);
}
await refuses(RangeError, () => pqh.randomBytes(2 ** 32), 'more random bytes than memory', /no room/);
check(pqh.ctEqual(message, message.slice()) && !pqh.ctEqual(message, flipped(message, 3)), 'ctEqual');
check(!pqh.ctEqual(message, message.subarray(1)) && pqh.ctEqual(new Uint8Array(), new Uint8Array()), 'ctEqual of lengths');
await refuses(TypeError, () => pqh.ctEqual('a', 'a'), 'ctEqual of texts', /must be a Uint8Array, not a string/);

// ---- what is no byte string ----------------------------------------------------------------------

function transferred() {
    const data = new Uint8Array(16);
    structuredClone(data.buffer, { transfer: [data.buffer] });
    return data;
}
const shrunk = new Uint8Array(new ArrayBuffer(8, { maxByteLength: 8 }), 4, 4);
shrunk.buffer.resize?.(2);
const imitation = { length: 32, [Symbol.toStringTag]: 'Uint8Array', __proto__: Uint8Array.prototype };
const WRONG = [undefined, null, 'text', 7, {}, [1, 2], new ArrayBuffer(32), new Uint16Array(16), new DataView(new ArrayBuffer(8)),
    imitation, transferred(), ...(shrunk.length === 0 ? [shrunk] : [])];

async function refusesWrong(what, work) {
    for (const wrong of WRONG) await refuses(TypeError, () => work(wrong), `${what} ${wrong?.constructor?.name}`, new RegExp(`^${what} `));
}
async function refusesLengths(what, right, work) {
    for (const length of [0, right.length - 1, right.length + 1, right.length * 2]) {
        await refuses(RangeError, () => work(new Uint8Array(length)), `${what} of ${length}`, new RegExp(`^${what} must have ${right.length} bytes, not ${length}$`));
    }
    await refusesWrong(what, work);
}

// ---- key encapsulation ---------------------------------------------------------------------------

for (const name of KEMS) {
    const suite = pqh[name];
    const { publicKey, secretKey } = suite.keygen();
    check(same(suite.publicKey(secretKey), publicKey), `${name}: publicKey`);
    const { ciphertext, sharedSecret } = suite.encaps(publicKey);
    check(same(suite.decaps(ciphertext, secretKey), sharedSecret), `${name}: decaps`);
    check([suite.publicKeyBytes, suite.secretKeyBytes, suite.ciphertextBytes, suite.sharedSecretBytes].join() ===
        [publicKey, secretKey, ciphertext, sharedSecret].map((data) => data.length).join(), `${name}: sizes`);
    for (let at = 0; at < ciphertext.length; at += 97) {
        check(!same(suite.decaps(flipped(ciphertext, at), secretKey), sharedSecret), `${name}: byte ${at} of the ciphertext matters`);
    }
    await refusesLengths('publicKey', publicKey, (wrong) => suite.encaps(wrong));
    await refusesLengths('ciphertext', ciphertext, (wrong) => suite.decaps(wrong, secretKey));
    await refusesLengths('secretKey', secretKey, (wrong) => suite.decaps(ciphertext, wrong));
    await refusesLengths('secretKey', secretKey, (wrong) => suite.publicKey(wrong));
    await refusesLengths('coins', new Uint8Array(suite.encapsCoinsBytes), (wrong) => suite.encapsDerand(wrong, publicKey));
    // The curve's half of it comes last; a point of zeros has small order. Coefficients of all ones are over the modulus.
    const curve = name === 'mlkem768_x25519' ? 32 : 56;
    const weak = (data) => data.slice().fill(0, data.length - curve);
    await refuses('PQH_ERR_CIPHERTEXT', () => suite.decaps(weak(ciphertext), secretKey), `${name}: a weak ciphertext`, /ciphertext/);
    await refuses('PQH_ERR_PUBLIC_KEY', () => suite.encaps(weak(publicKey)), `${name}: a weak public key`, /public key/);
    const error = await refuses('PQH_ERR_PUBLIC_KEY', () => suite.encaps(publicKey.slice().fill(255, 0, 3)), `${name}: the modulus`);
    check(error.status === -4 && error.name === 'PqhError', 'the status is a number');
}
const lamps = pqh.randomBytes(pqh.mlkem768_x25519.lampsSecretKeyBytes);
const sent = pqh.mlkem768_x25519.encaps(pqh.mlkem768_x25519.lampsPublicKey(lamps));
check(same(pqh.mlkem768_x25519.lampsDecaps(sent.ciphertext, lamps), sent.sharedSecret), 'the LAMPS form');
await refusesLengths('lampsSecretKey', lamps, (wrong) => pqh.mlkem768_x25519.lampsPublicKey(wrong));
await refusesLengths('lampsSecretKey', lamps, (wrong) => pqh.mlkem768_x25519.lampsDecaps(sent.ciphertext, wrong));

// ---- signatures ----------------------------------------------------------------------------------

for (const name of SIGNATURES) {
    const suite = pqh[name];
    const { publicKey, secretKey } = suite.keygen();
    const context = new TextEncoder().encode('test');
    const signature = suite.sign(message, secretKey, { context });
    check(suite.verify(signature, message, publicKey, { context }), `${name}: verify`);
    check(!suite.verify(signature, message, publicKey), `${name}: another context`);
    check(!suite.verify(signature, message.subarray(1), publicKey, { context }), `${name}: another message`);
    for (let at = 0; at < signature.length; at += 397) {
        check(!suite.verify(flipped(signature, at), message, publicKey, { context }), `${name}: byte ${at} of the signature matters`);
    }
    check(!suite.verify(signature, message, flipped(publicKey, 5), { context }), `${name}: another public key`);
    check(suite.verify(suite.sign(new Uint8Array(), secretKey), new Uint8Array(), publicKey), `${name}: an empty message`);
    await refuses('PQH_ERR_PUBLIC_KEY', () => suite.verify(signature, message, publicKey.slice().fill(255, 1952), { context }), `${name}: a bad point`);
    const rnd = new Uint8Array(suite.signRndBytes);
    check(same(suite.sign(message, secretKey, { rnd }), suite.sign(message, secretKey, { rnd })), `${name}: deterministic with rnd`);
    check(!same(suite.sign(message, secretKey), suite.sign(message, secretKey)), `${name}: hedged without`);

    const full = { context: new Uint8Array(255).fill(1) };
    check(suite.verify(suite.sign(message, secretKey, full), message, publicKey, full), `${name}: a context of 255 bytes`);
    const long = { context: new Uint8Array(256) };
    const digest = suite.prehash().update(message).digest();
    for (const work of [() => suite.sign(message, secretKey, long), () => suite.verify(signature, message, publicKey, long),
        () => suite.signPrehashed(digest, secretKey, long), () => suite.verifyPrehashed(signature, digest, publicKey, long),
        () => suite.sign(message, secretKey, { ...long, rnd })]) {
        await refuses('PQH_ERR_CONTEXT_LENGTH', work, `${name}: a context of 256 bytes`, /255/);
    }
    await refusesWrong('message', (wrong) => suite.sign(wrong, secretKey));
    await refusesWrong('message', (wrong) => suite.verify(signature, wrong, publicKey));
    await refusesLengths('secretKey', secretKey, (wrong) => suite.sign(message, wrong));
    await refusesLengths('secretKey', secretKey, (wrong) => suite.signPrehashed(digest, wrong));
    await refusesLengths('signature', signature, (wrong) => suite.verify(wrong, message, publicKey));
    await refusesLengths('publicKey', publicKey, (wrong) => suite.verify(signature, message, wrong));
    await refusesLengths('publicKey', publicKey, (wrong) => suite.verifyPrehashed(signature, digest, wrong));
    await refusesLengths('digest', digest, (wrong) => suite.signPrehashed(wrong, secretKey));
    await refuses(RangeError, () => suite.sign(message, secretKey, { rnd: new Uint8Array(31) }), 'rnd of 31', /^rnd must have 32/);
    await refuses(TypeError, () => suite.sign(message, secretKey, { context: 'text' }), 'a text as context', /^context .*TextEncoder/);
    await refuses(TypeError, () => suite.sign(message, secretKey, context), 'the context in place of options', /^options /);
    await refuses(TypeError, () => suite.sign(message, secretKey, { contxt: context }), 'an option that is none', /no option contxt/);
    await refuses(TypeError, () => suite.verify(signature, message, publicKey, { rnd }), 'an option of another function', /no option rnd/);

    // Pieces, and a message that is longer than the wrapper passes at once: 3 MiB and some.
    const huge = new Uint8Array(3 * 2 ** 20 + 17).map((_, at) => at % 251);
    const prehash = suite.prehash();
    for (let at = 0; at < huge.length; at += 777777) prehash.update(huge.subarray(at, at + 777777));
    const hugeDigest = prehash.digest();
    check(same(hugeDigest, suite.prehash().update(huge).digest()), `${name}: pieces`);
    const hugeSignature = suite.sign(huge, secretKey, { context, rnd });
    check(suite.verify(hugeSignature, huge, publicKey, { context }), `${name}: a huge message`);
    check(suite.verify(suite.sign(huge, secretKey), huge, publicKey), `${name}: a huge message, signed by its digest`);
    check(!suite.verify(hugeSignature, flipped(huge, 2 ** 21), publicKey, { context }), `${name}: another huge message`);
    check(suite.verifyPrehashed(hugeSignature, hugeDigest, publicKey, { context }), `${name}: verifyPrehashed`);
    check(suite.verify(suite.signPrehashed(hugeDigest, secretKey), huge, publicKey), `${name}: signPrehashed`);
    for (const work of [() => prehash.update(message), () => prehash.update(new Uint8Array()), () => prehash.digest()]) {
        await refuses('PQH_ERR_STATE', work, `${name}: a prehash that is ended`, /used up/);
    }
    await refusesWrong('data', (wrong) => suite.prehash().update(wrong));
}

// An instance some of whose exports are replaced, and its memory.
async function loadWith(replaced, options) {
    const instantiate = WebAssembly.instantiate;
    WebAssembly.instantiate = async (...args) => {
        const { exports } = await instantiate(...args);
        loadWith.memory = exports.memory;
        const wrapped = Object.entries(replaced).map(([name, make]) => [name, make(exports[name])]);
        return { exports: { ...exports, ...Object.fromEntries(wrapped) } };
    };
    try {
        return await load(module, options);
    } finally {
        WebAssembly.instantiate = instantiate;
    }
}

// ---- views of all kinds --------------------------------------------------------------------------

const suite = pqh.mlkem768_x25519;
const { publicKey, secretKey } = suite.keygen();
const { ciphertext, sharedSecret } = suite.encaps(publicKey);
const within = new Uint8Array(2000);
within.set(ciphertext, 333);
const shared = new Uint8Array(new SharedArrayBuffer(ciphertext.length + 1), 1);
shared.set(ciphertext);
const otherRealm = vm.runInNewContext('new Uint8Array(data)', { data: ciphertext });
for (const view of [within.subarray(333, 333 + ciphertext.length), shared, Buffer.from(ciphertext), otherRealm]) {
    check(same(suite.decaps(view, secretKey), sharedSecret), 'a view of any kind');
}
check(sharedSecret.buffer.byteLength === 32, 'outputs have a buffer of their own');

// ---- arrays that lie about themselves ------------------------------------------------------------

const claims = (data, length) => Object.defineProperty(data, 'length', { value: length });
const big = () => claims(new Uint8Array(60000), 32);
for (const work of [() => suite.decaps(ciphertext, big()), () => suite.publicKey(big()), () => suite.encapsDerand(claims(new Uint8Array(60000), 64), publicKey),
    () => pqh.mldsa65_ed25519.sign(message, big(), { rnd: new Uint8Array(32) }), () => pqh.mldsa65_ed25519.sign(message, new Uint8Array(64), { rnd: big() })]) {
    await refuses(RangeError, work, 'a long array that claims to be short', /must have \d+ bytes, not 60000$/);
}
await refuses(RangeError, () => suite.publicKey(claims(new Uint8Array(), 32)), 'an empty array that claims to have 32', /not 0$/);
check(same(suite.publicKey(claims(secretKey.slice(), 5)), publicKey), 'the bytes that are there count');
check(!pqh.ctEqual(claims(new Uint8Array([1, 2]), 0), claims(new Uint8Array([3, 4]), 0)), 'ctEqual of arrays that claim to be empty');
check(!pqh.ctEqual(claims(new Uint8Array(3), 2), new Uint8Array(2)), 'ctEqual of an array that claims to be shorter');
await refuses('PQH_ERR_CONTEXT_LENGTH', () => pqh.mldsa65_ed25519.sign(message, new Uint8Array(64), { context: claims(new Uint8Array(256), 4) }),
    'a long context that claims to be short');

class Liar extends Uint8Array {
    get length() { return 32; }
    get byteLength() { return 32; }
    get byteOffset() { return 8; }
    get buffer() { return new ArrayBuffer(64); }
    subarray() { return new Uint8Array(9); }
    slice() { return new Uint8Array(9); }
    at() { return 7; }
    static get [Symbol.species]() { return Uint16Array; }
}
const honest = new Uint8Array(2 ** 20 + 5).map((_, at) => at % 253);
check(same(pqh.mldsa87_ed448.prehash().update(new Liar(honest)).digest(), pqh.mldsa87_ed448.prehash().update(honest).digest()), 'a subclass is hashed as it is');
const liarKeys = pqh.mldsa65_ed25519.keygen();
const liarSignature = pqh.mldsa65_ed25519.sign(new Liar(honest), liarKeys.secretKey);
check(pqh.mldsa65_ed25519.verify(liarSignature, honest, liarKeys.publicKey), 'a subclass is signed as it is');
check(pqh.mldsa65_ed25519.verify(new Liar(liarSignature), new Liar(honest), new Liar(liarKeys.publicKey)), 'and verified');

// Options that another answer comes from each time that they are asked: what was checked is what is used.
let answers = 0;
const fickle = { get context() { answers += 1; return new Uint8Array(answers); } };
const fickleSignature = pqh.mldsa65_ed25519.sign(honest, liarKeys.secretKey, fickle);
check(answers === 1 && pqh.mldsa65_ed25519.verify(fickleSignature, honest, liarKeys.publicKey, { context: new Uint8Array([0]) }), 'an option is read once');

// A view that follows its buffer, which grows when the wrapper has looked at it and asks for room.
if (SharedArrayBuffer.prototype.grow === undefined) {
    console.log(`  (buffers that grow are for newer engines: not tried with ${process.version})`);
} else {
    const hooked = { work: () => {} };
    const growing = await loadWith({ pqh_alloc: (real) => (length) => { hooked.work(); return real(length); } });
    for (const [how, work] of [['secretKey', (data) => growing.mlkem768_x25519.publicKey(data)], ['ctEqual', (data) => growing.ctEqual(data, secretKey)]]) {
        const buffer = new SharedArrayBuffer(32, { maxByteLength: 1 << 20 });
        const data = new Uint8Array(buffer);
        data.set(secretKey);
        const guard = growing.randomBytes(16);
        hooked.work = () => buffer.byteLength === 32 && buffer.grow(1 << 20);
        const result = work(data);
        hooked.work = () => {};
        check(buffer.byteLength === 1 << 20, 'the buffer has grown meanwhile');
        check(result === true || same(result, publicKey), `${how}: a view of a buffer that grows meanwhile is taken as it was`);
        check(same(growing.mlkem768_x25519.publicKey(secretKey), publicKey) && guard.length === 16, `${how}: and nothing is overwritten`);
    }
}

// ---- random sources ------------------------------------------------------------------------------

const operations = (loaded) => [() => loaded.randomBytes(16), () => loaded.mlkem768_x25519.keygen(), () => loaded.mlkem1024_x448.encaps(pqh.mlkem1024_x448.keygen().publicKey),
    () => loaded.mldsa65_ed25519.sign(message, new Uint8Array(64)), () => loaded.mldsa87_ed448.signPrehashed(new Uint8Array(64), new Uint8Array(89))];
const reason = new Error('no entropy');
const FAILING = { throws: () => { throw reason; }, 'transfers its buffer': (buffer) => { structuredClone(buffer.buffer, { transfer: [buffer.buffer] }); },
    'does nothing': () => {}, 'is asynchronous': async (buffer) => { buffer.fill(1); }, 'returns bytes': (buffer) => new Uint8Array(buffer.length).fill(1) };
for (const [how, randomBytes] of Object.entries(FAILING)) {
    const failing = await load(module, { randomBytes });
    for (const work of operations(failing)) {
        const error = await refuses('PQH_ERR_RANDOM', work, `a random source that ${how}`, /random/);
        check(how !== 'throws' || error.cause === reason, 'the cause is what the source threw');
    }
    check(same(failing.mlkem768_x25519.publicKey(secretKey), publicKey), 'what needs no randomness goes on');
}
await refuses('PQH_ERR_RANDOM', async () => (await load(module, { randomBytes: FAILING['transfers its buffer'] })).randomBytes(5), 'a few bytes that were transferred');
let asked = 0;
const counting = await load(module, { randomBytes: (buffer) => { asked += buffer.length; buffer.fill(7); } });
check(same(counting.mlkem768_x25519.keygen().secretKey, new Uint8Array(32).fill(7)) && asked === 32, 'a random source of one\'s own');

// ---- a trap --------------------------------------------------------------------------------------

const memories = [];
const RealInstantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (...args) => {
    const instance = await RealInstantiate(...args);
    memories.push(instance.exports.memory);
    return instance;
};
const trapping = await load(withTrap(bytes, 'pqh_mlkem768_x25519_decaps'));
const fresh = await load(module);
WebAssembly.instantiate = RealInstantiate;
check(trapping.ctEqual(message, message), 'it works until it traps');
const first = await refuses('PQH_ERR_INTERNAL', () => trapping.mlkem768_x25519.decaps(ciphertext, secretKey), 'a trap', /broke off/);
check(first.cause instanceof WebAssembly.RuntimeError, 'the cause is the trap');
check(new Uint8Array(memories[0].buffer).every((byte) => byte === 0), 'a trap wipes the module\'s memory');
for (const work of [() => trapping.ctEqual(message, message), () => trapping.mlkem768_x25519.keygen(), ...operations(trapping).slice(0, 2)]) {
    await refuses('PQH_ERR_INTERNAL', work, 'after a trap', /load it again/);
}

// ---- the end of JavaScript's stack ---------------------------------------------------------------

// Called with less and less of it in hand: a call works, or throws; one that broke off leaves an instance that says so, and
// whose memory is wiped.
let brokeOff = 0;
for (let spare = 0; spare < 60; spare += 1) {
    const near = await loadWith({});
    const { memory } = loadWith;
    let left = spare;
    let thrown;
    const descend = () => {
        try {
            descend();
        } catch (error) {
            // The frames nearest to the end, one after the other.
            if (left > 0) {
                left -= 1;
                throw error;
            }
            if (left === 0) {
                left = -1;
                try {
                    near.mlkem768_x25519.decaps(ciphertext, secretKey);
                } catch (what) {
                    thrown = what;
                }
            }
        }
    };
    descend();
    check(thrown === undefined || thrown instanceof RangeError || thrown instanceof PqhError, `at the end of the stack: ${thrown}`);
    let after;
    try {
        after = near.mlkem768_x25519.decaps(ciphertext, secretKey);
    } catch (error) {
        check(error instanceof PqhError && error.code === 'PQH_ERR_INTERNAL' && /load it again/.test(error.message), `after it: ${error}`);
        check(new Uint8Array(memory.buffer).every((byte) => byte === 0), 'an instance that broke off is wiped');
        brokeOff += 1;
    }
    check(after === undefined || same(after, sharedSecret), 'an instance that goes on gives what is right');
}
check(brokeOff > 0, 'a call near the end of the stack breaks off');

// ---- what a call leaves in memory ----------------------------------------------------------------

const leaves = (data, what) => check(!Buffer.from(memories[1].buffer).includes(data.subarray(0, 16)), `${what} is wiped from the module's memory`);
fresh.mlkem768_x25519.decaps(ciphertext, secretKey);
leaves(secretKey, 'a secret key');
leaves(sharedSecret, 'a shared secret');
leaves(ciphertext, 'a ciphertext');
const made = fresh.mldsa87_ed448.keygen();
leaves(made.secretKey, 'a new secret key');
const secret = fresh.randomBytes(4000);
fresh.mldsa87_ed448.sign(secret, made.secretKey);
leaves(made.secretKey, 'a signing key');
leaves(secret, 'a message');
await refuses(PqhError, () => fresh.mldsa87_ed448.sign(secret, made.secretKey, { context: new Uint8Array(256) }), 'an error');
leaves(made.secretKey, 'a key, after an error,');
leaves(secret, 'a message, after an error,');
// A message that is verified is public, and parts of it may stay; of secrets, nothing does.
const seed = fresh.randomBytes(32);
const pair = fresh.mldsa65_ed25519.keygen();
const signed = fresh.mldsa65_ed25519.sign(secret, pair.secretKey, { rnd: seed });
check(fresh.mldsa65_ed25519.verify(signed, new TextEncoder().encode('another'), pair.publicKey) === false, 'verify');
for (const [data, what] of [[pair.secretKey, 'a signing key, after verify,'], [seed, 'randomness, after verify,'], [secret, 'a message that was signed, after verify,']]) leaves(data, what);
const prehash = fresh.mldsa87_ed448.prehash().update(secret);
leaves(secret, 'a message that is hashed');
leaves(prehash.digest(), 'its digest');
const size = memories[1].buffer.byteLength;
for (let round = 0; round < 200; round += 1) fresh.ctEqual(secret, secret);
check(memories[1].buffer.byteLength === size, 'memory does not grow call by call');

done(`wasm/wrapper ${title(path)}`);
