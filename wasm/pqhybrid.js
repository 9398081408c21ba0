// pqhybrid in JavaScript: hybrid post-quantum key exchange and signatures, by the WebAssembly module beside this file.
// SPDX-License-Identifier: Apache-2.0 OR MIT
//
// README.md shows how it is used, pqhybrid.d.ts says what everything takes and gives.

const STATUSES = [
    'PQH_OK', 'PQH_ERR_NULL', 'PQH_ERR_OVERLAP', 'PQH_ERR_CONTEXT_LENGTH', 'PQH_ERR_PUBLIC_KEY', 'PQH_ERR_SECRET_KEY',
    'PQH_ERR_CIPHERTEXT', 'PQH_ERR_SIGNATURE', 'PQH_ERR_RANDOM', 'PQH_ERR_STATE', 'PQH_ERR_INTERNAL',
];
const ERR_SIGNATURE = -7;
const ERR_RANDOM = -8;
const ERR_INTERNAL = -10;
// Longer messages are hashed in pieces of this size, so that the module's memory, which never shrinks, stays small.
const PIECE = 1 << 20;
// No more than this at a time, says the Web Cryptography API.
const RANDOM_PIECE = 65536;

/** What the library refused, with its status. Arguments of a wrong type or length are TypeErrors and RangeErrors. */
export class PqhError extends Error {
    constructor(status, message, options) {
        super(message, options);
        this.name = 'PqhError';
        this.status = status;
        this.code = STATUSES[-status] ?? `PQH_STATUS_${status}`;
    }
}

/** Loads a module, by default the one beside this file that suits the engine. */
export async function load(source, { randomBytes } = {}) {
    if (randomBytes !== undefined && typeof randomBytes !== 'function') {
        throw new TypeError('randomBytes must be a function that fills a Uint8Array');
    }
    const fill = randomBytes ?? (await systemRandom());
    const module = await compile((await source) ?? (await beside()));
    const room = new Room(fill);
    room.enter(await WebAssembly.instantiate(module, room.imports()));
    return new Pqhybrid(room);
}

// ---- finding the module --------------------------------------------------------------------------

// A function that gives a vector of zeros: only an engine with SIMD takes it.
const SIMD_PROBE = new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

async function beside() {
    const scalar = new URL('./pqhybrid.wasm', import.meta.url);
    if (!WebAssembly.validate(SIMD_PROBE)) return compile(scalar);
    try {
        return await compile(new URL('./pqhybrid-simd.wasm', import.meta.url));
    } catch {
        // Left out where this file was copied to: the other serves as well.
        return compile(scalar);
    }
}

async function compile(source) {
    if (source instanceof WebAssembly.Module) return source;
    if (typeof Response === 'function' && source instanceof Response) {
        if (!source.ok) throw new Error(`pqhybrid: the module could not be fetched: HTTP status ${source.status}`);
        return WebAssembly.compile(await source.arrayBuffer());
    }
    if (typeof source === 'string' || source instanceof URL) return fetchModule(source);
    if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source);
    throw new TypeError('source must be a URL, a path, the bytes of a module, a WebAssembly.Module or a Response');
}

async function fetchModule(source) {
    const onDisk = source instanceof URL ? source.protocol === 'file:' : !/^[a-z][a-z0-9+.-]+:/i.test(source);
    if (typeof globalThis.process?.versions?.node === 'string' && (onDisk || `${source}`.startsWith('file:'))) {
        const { readFile } = await import('node:fs/promises');
        return WebAssembly.compile(await readFile(onDisk ? source : new URL(source)));
    }
    return compile(await fetch(source));
}

async function systemRandom() {
    // Node 18 has no global crypto object.
    const crypto = globalThis.crypto ?? (await import('node:crypto')).webcrypto;
    return (buffer) => {
        for (let at = 0; at < buffer.length; at += RANDOM_PIECE) {
            crypto.getRandomValues(buffer.subarray(at, at + RANDOM_PIECE));
        }
    };
}

// ---- calling it ----------------------------------------------------------------------------------

// What an argument of a function is; `bytes` of a message goes with its length.
const out = (length) => ({ length, gives: true });
const bytes = (data) => ({ length: data.length, data });
const sized = (data) => ({ length: data.length, data, sized: true });
const inout = (data) => ({ length: data.length, data, gives: true });

/** The instance, and the room in its memory in which arguments lie during a call. */
class Room {
    #exports;
    #fill;
    #trap;
    #randomFailure;

    constructor(fill) {
        this.#fill = fill;
    }

    imports() {
        const random = (pointer, length) => this.#random(pointer >>> 0, length >>> 0);
        return {
            env: { pqh_platform_random_bytes: random },
            wasi_snapshot_preview1: { random_get: random },
        };
    }

    enter(instance) {
        this.#exports = instance.exports;
        for (const name of ['memory', 'pqh_alloc', 'pqh_free', 'pqh_version']) {
            if (!this.has(name)) throw new TypeError(`this is not a module of pqhybrid: it exports no ${name}`);
        }
    }

    has(name) {
        return this.#exports[name] !== undefined;
    }

    /** Calls a function as it is, and lets nobody use an instance that was left in the middle of something. */
    raw(name, ...args) {
        if (this.#trap !== undefined) throw this.#trapped();
        try {
            return this.#exports[name](...args);
        } catch (error) {
            this.#trap = error;
            // What was in work when it happened is not wiped by anybody else.
            this.#memory().fill(0);
            throw this.#trapped();
        }
    }

    /** Calls a function that gives a status, and returns what it wrote. */
    call(name, ...args) {
        if (!this.has(name)) throw new Error(`this module was built without ${name}`);
        const total = args.reduce((sum, { length }) => sum + length, 0);
        const base = this.#alloc(total);
        try {
            const numbers = [];
            const written = [];
            let at = base;
            for (const { length, data, sized, gives } of args) {
                if (data !== undefined) this.#memory().set(data, at);
                numbers.push(at);
                if (sized) numbers.push(length);
                if (gives) written.push([at, at + length]);
                at += length;
            }
            const status = this.raw(name, ...numbers);
            if (status !== 0) throw this.#error(status);
            return written.map(([from, to]) => this.#memory().slice(from, to));
        } finally {
            this.#free(base);
        }
    }

    /** Calls a function that takes two byte strings and their common length, and gives a number. */
    compare(name, a, b) {
        const base = this.#alloc(a.length * 2);
        try {
            this.#memory().set(a, base);
            this.#memory().set(b, base + a.length);
            return this.raw(name, base, base + a.length, a.length);
        } finally {
            this.#free(base);
        }
    }

    string(name, ...args) {
        const from = this.raw(name, ...args) >>> 0;
        const memory = this.#memory();
        return new TextDecoder().decode(memory.slice(from, memory.indexOf(0, from)));
    }

    // Growing replaces the buffer, so that nobody keeps a view of it.
    #memory() {
        return new Uint8Array(this.#exports.memory.buffer);
    }

    #alloc(length) {
        const base = length > 0x7fffffff ? 0 : this.raw('pqh_alloc', length) >>> 0;
        if (base === 0) throw new RangeError(`there is no room for ${length} bytes in the module's memory`);
        return base;
    }

    // Wipes it, too.
    #free(base) {
        if (this.#trap === undefined) this.raw('pqh_free', base);
    }

    #random(pointer, length) {
        const buffer = new Uint8Array(length);
        try {
            if (this.#fill(buffer) !== undefined) throw new TypeError('randomBytes must fill the buffer and return nothing');
            // Of 16 bytes and more no honest source makes zeros.
            if (length >= 16 && buffer.every((byte) => byte === 0)) throw new Error('randomBytes left the buffer all zero');
            this.#memory().set(buffer, pointer);
            return 0;
        } catch (error) {
            this.#randomFailure = error;
            return 1;
        } finally {
            buffer.fill(0);
        }
    }

    #error(status) {
        const sentence = this.string('pqh_status_string', status);
        return new PqhError(status, sentence, status === ERR_RANDOM ? { cause: this.#randomFailure } : undefined);
    }

    #trapped() {
        const sentence = 'the WebAssembly instance broke off in the middle of a call, and takes no more: load it again';
        return new PqhError(ERR_INTERNAL, sentence, { cause: this.#trap });
    }
}

// ---- arguments -----------------------------------------------------------------------------------

// Knows a Uint8Array of another realm, too, and is not taken in by what only looks like one.
const typedArrayName = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

function checkBytes(value, what) {
    if (typedArrayName.call(value) !== 'Uint8Array') {
        const hint = typeof value === 'string' ? ': TextEncoder makes bytes of a text' : '';
        throw new TypeError(`${what} must be a Uint8Array, not ${describe(value)}${hint}`);
    }
    try {
        // The bytes that a transfer took away would look like an empty message.
        Uint8Array.prototype.at.call(value, 0);
    } catch {
        throw new TypeError(`${what} is a view of a buffer that was transferred or has shrunk`);
    }
    return value;
}

function describe(value) {
    if (value === null || value === undefined) return `${value}`;
    const type = typeof value === 'object' ? (value.constructor?.name ?? 'object') : typeof value;
    return `${/^[AEIO]/i.test(type) ? 'an' : 'a'} ${type}`;
}

function fixed(value, length, what) {
    checkBytes(value, what);
    if (value.length !== length) throw new RangeError(`${what} must have ${length} bytes, not ${value.length}`);
    return bytes(value);
}

function options(value, ...known) {
    if (value === undefined) return {};
    if (typeof value !== 'object' || value === null || typedArrayName.call(value) !== undefined) {
        throw new TypeError(`options must be an object such as { context }, not ${describe(value)}`);
    }
    // A context with a typing error in its name would be none at all.
    for (const name of Object.keys(value)) {
        if (!known.includes(name)) throw new TypeError(`there is no option ${name}, but ${known.join(' and ')}`);
    }
    return value;
}

function contextOf({ context }) {
    return sized(context === undefined ? new Uint8Array() : checkBytes(context, 'context'));
}

// ---- what it offers ------------------------------------------------------------------------------

class Suite {
    #room;
    #stem;

    constructor(room, stem, sizes) {
        this.#room = room;
        this.#stem = stem;
        this.name = stem;
        for (const size of sizes) {
            const property = `${size.replace(/_[a-z0-9]/g, (pair) => pair[1].toUpperCase())}Bytes`;
            this[property] = room.raw(`pqh_${stem}_${size}_bytes`);
        }
    }

    _call(operation, ...args) {
        return this.#room.call(`pqh_${this.#stem}_${operation}`, ...args);
    }

    keygen() {
        const [publicKey, secretKey] = this._call('keygen', out(this.publicKeyBytes), out(this.secretKeyBytes));
        return { publicKey, secretKey };
    }

    publicKey(secretKey) {
        return this._call('public_key', out(this.publicKeyBytes), fixed(secretKey, this.secretKeyBytes, 'secretKey'))[0];
    }
}

class Kem extends Suite {
    constructor(room, stem, sizes = []) {
        super(room, stem, ['public_key', 'secret_key', 'ciphertext', 'shared_secret', 'encaps_coins', ...sizes]);
    }

    encaps(publicKey) {
        return this.#encaps('encaps', fixed(publicKey, this.publicKeyBytes, 'publicKey'));
    }

    encapsDerand(coins, publicKey) {
        const given = fixed(coins, this.encapsCoinsBytes, 'coins');
        return this.#encaps('encaps_derand', given, fixed(publicKey, this.publicKeyBytes, 'publicKey'));
    }

    decaps(ciphertext, secretKey) {
        return this._decaps('decaps', ciphertext, fixed(secretKey, this.secretKeyBytes, 'secretKey'));
    }

    #encaps(operation, ...inputs) {
        const outputs = [out(this.ciphertextBytes), out(this.sharedSecretBytes)];
        const [ciphertext, sharedSecret] = this._call(operation, ...outputs, ...inputs);
        return { ciphertext, sharedSecret };
    }

    _decaps(operation, ciphertext, key) {
        const sent = fixed(ciphertext, this.ciphertextBytes, 'ciphertext');
        return this._call(operation, out(this.sharedSecretBytes), sent, key)[0];
    }
}

/** The suite for which others write private keys in another form. */
class LampsKem extends Kem {
    constructor(room, stem) {
        super(room, stem, ['lamps_secret_key']);
    }

    lampsPublicKey(lampsSecretKey) {
        const key = fixed(lampsSecretKey, this.lampsSecretKeyBytes, 'lampsSecretKey');
        return this._call('lamps_public_key', out(this.publicKeyBytes), key)[0];
    }

    lampsDecaps(ciphertext, lampsSecretKey) {
        const key = fixed(lampsSecretKey, this.lampsSecretKeyBytes, 'lampsSecretKey');
        return this._decaps('lamps_decaps', ciphertext, key);
    }
}

class Signature extends Suite {
    constructor(room, stem) {
        super(room, stem, ['public_key', 'secret_key', 'signature', 'sign_rnd', 'digest', 'prehash']);
    }

    sign(message, secretKey, given) {
        const { context, rnd } = options(given, 'context', 'rnd');
        checkBytes(message, 'message');
        const key = fixed(secretKey, this.secretKeyBytes, 'secretKey');
        const ctx = contextOf({ context });
        if (rnd !== undefined) {
            const randomness = fixed(rnd, this.signRndBytes, 'rnd');
            return this._call('sign_derand', out(this.signatureBytes), sized(message), ctx, randomness, key)[0];
        }
        if (message.length > PIECE) return this.signPrehashed(this.prehash().update(message).digest(), secretKey, given);
        return this._call('sign', out(this.signatureBytes), sized(message), ctx, key)[0];
    }

    signPrehashed(digest, secretKey, given) {
        const context = contextOf(options(given, 'context'));
        const hashed = fixed(digest, this.digestBytes, 'digest');
        const key = fixed(secretKey, this.secretKeyBytes, 'secretKey');
        return this._call('sign_prehashed', out(this.signatureBytes), hashed, context, key)[0];
    }

    verify(signature, message, publicKey, given) {
        const context = contextOf(options(given, 'context'));
        const signed = fixed(signature, this.signatureBytes, 'signature');
        checkBytes(message, 'message');
        const key = fixed(publicKey, this.publicKeyBytes, 'publicKey');
        if (message.length > PIECE) {
            return this.verifyPrehashed(signature, this.prehash().update(message).digest(), publicKey, given);
        }
        return this.#holds('verify', signed, sized(message), context, key);
    }

    verifyPrehashed(signature, digest, publicKey, given) {
        const context = contextOf(options(given, 'context'));
        const signed = fixed(signature, this.signatureBytes, 'signature');
        const hashed = fixed(digest, this.digestBytes, 'digest');
        return this.#holds('verify_prehashed', signed, hashed, context, fixed(publicKey, this.publicKeyBytes, 'publicKey'));
    }

    prehash() {
        return new Prehash((operation, ...args) => this._call(operation, ...args), this.prehashBytes, this.digestBytes);
    }

    #holds(operation, ...args) {
        try {
            this._call(operation, ...args);
            return true;
        } catch (error) {
            if (error instanceof PqhError && error.status === ERR_SIGNATURE) return false;
            throw error;
        }
    }
}

/** A message that comes in pieces. Its state lies here, not in the module, so that one that is dropped leaks nothing. */
class Prehash {
    #call;
    #state;
    #digestBytes;

    constructor(call, stateBytes, digestBytes) {
        this.#call = call;
        this.#digestBytes = digestBytes;
        [this.#state] = call('prehash_init', out(stateBytes));
    }

    update(data) {
        checkBytes(data, 'data');
        // Also with an empty piece, so that a state that is finalised is refused.
        for (let at = 0; at === 0 || at < data.length; at += PIECE) {
            this.#keep(this.#call('prehash_update', inout(this.#state), sized(data.subarray(at, at + PIECE)))[0]);
        }
        return this;
    }

    digest() {
        const [state, digest] = this.#call('prehash_final', inout(this.#state), out(this.#digestBytes));
        this.#keep(state);
        return digest;
    }

    #keep(state) {
        this.#state.fill(0);
        this.#state = state;
    }
}

class Pqhybrid {
    #room;

    constructor(room) {
        this.#room = room;
        const suites = { mlkem768_x25519: LampsKem, mlkem1024_x448: Kem, mldsa65_ed25519: Signature, mldsa87_ed448: Signature };
        for (const [stem, Kind] of Object.entries(suites)) {
            if (room.has(`pqh_${stem}_public_key_bytes`)) this[stem] = Object.freeze(new Kind(room, stem));
        }
        this.version = room.string('pqh_version');
        this.backend = room.string('pqh_backend');
        Object.freeze(this);
    }

    randomBytes(length) {
        if (!Number.isSafeInteger(length) || length < 0) throw new RangeError(`length must be 0 or more, not ${length}`);
        return this.#room.call('pqh_random_bytes', { ...out(length), sized: true })[0];
    }

    ctEqual(a, b) {
        checkBytes(a, 'a');
        checkBytes(b, 'b');
        return a.length === b.length && this.#room.compare('pqh_ct_equal', a, b) === 1;
    }
}
