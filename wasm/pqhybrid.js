// pqhybrid in JavaScript: hybrid post-quantum key exchange and signatures, by the WebAssembly module beside this file.
// SPDX-License-Identifier: Apache-2.0 OR MIT
//
// README.md shows how it is used, pqhybrid.d.ts says what everything takes and gives.
import { bytes, checkBytes, contextOf, fixed, inout, options, out, PqhError, Room, sized } from './room.js';

export { PqhError };

const ERR_SIGNATURE = -7;
// Longer messages are hashed in pieces of this size, so that the module's memory, which never shrinks, stays small.
const PIECE = 1 << 20;
// No more than this at a time, says the Web Cryptography API.
const RANDOM_PIECE = 65536;

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
        const data = checkBytes(message, 'message');
        const key = fixed(secretKey, this.secretKeyBytes, 'secretKey');
        const ctx = contextOf(context);
        if (rnd !== undefined) {
            const randomness = fixed(rnd, this.signRndBytes, 'rnd');
            return this._call('sign_derand', out(this.signatureBytes), sized(data), ctx, randomness, key)[0];
        }
        if (data.length > PIECE) return this.#signDigest(bytes(this.prehash().update(data).digest()), ctx, key);
        return this._call('sign', out(this.signatureBytes), sized(data), ctx, key)[0];
    }

    signPrehashed(digest, secretKey, given) {
        const { context } = options(given, 'context');
        const hashed = fixed(digest, this.digestBytes, 'digest');
        const key = fixed(secretKey, this.secretKeyBytes, 'secretKey');
        return this.#signDigest(hashed, contextOf(context), key);
    }

    verify(signature, message, publicKey, given) {
        const { context } = options(given, 'context');
        const signed = fixed(signature, this.signatureBytes, 'signature');
        const data = checkBytes(message, 'message');
        const key = fixed(publicKey, this.publicKeyBytes, 'publicKey');
        const ctx = contextOf(context);
        if (data.length > PIECE) {
            return this.#holds('verify_prehashed', signed, bytes(this.prehash().update(data).digest()), ctx, key);
        }
        return this.#holds('verify', signed, sized(data), ctx, key);
    }

    verifyPrehashed(signature, digest, publicKey, given) {
        const { context } = options(given, 'context');
        const signed = fixed(signature, this.signatureBytes, 'signature');
        const hashed = fixed(digest, this.digestBytes, 'digest');
        const key = fixed(publicKey, this.publicKeyBytes, 'publicKey');
        return this.#holds('verify_prehashed', signed, hashed, contextOf(context), key);
    }

    prehash() {
        return new Prehash((operation, ...args) => this._call(operation, ...args), this.prehashBytes, this.digestBytes);
    }

    #signDigest(hashed, context, key) {
        return this._call('sign_prehashed', out(this.signatureBytes), hashed, context, key)[0];
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
        const all = checkBytes(data, 'data');
        // Also with an empty piece, so that a state that is finalised is refused.
        for (let at = 0; at === 0 || at < all.length; at += PIECE) {
            this.#keep(this.#call('prehash_update', inout(this.#state), sized(all.subarray(at, at + PIECE)))[0]);
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
        const [one, other] = [checkBytes(a, 'a'), checkBytes(b, 'b')];
        return one.length === other.length && this.#room.compare('pqh_ct_equal', one, other) === 1;
    }
}
