// What lies between JavaScript and the module: arguments, the instance, and the room in its memory in which they lie
// during a call. pqhybrid.js is what programs import.
// SPDX-License-Identifier: Apache-2.0 OR MIT

const STATUSES = [
    'PQH_OK', 'PQH_ERR_NULL', 'PQH_ERR_OVERLAP', 'PQH_ERR_CONTEXT_LENGTH', 'PQH_ERR_PUBLIC_KEY', 'PQH_ERR_SECRET_KEY',
    'PQH_ERR_CIPHERTEXT', 'PQH_ERR_SIGNATURE', 'PQH_ERR_RANDOM', 'PQH_ERR_STATE', 'PQH_ERR_INTERNAL',
];
const ERR_RANDOM = -8;
const ERR_INTERNAL = -10;

/** What the library refused, with its status. Arguments of a wrong type or length are TypeErrors and RangeErrors. */
export class PqhError extends Error {
    constructor(status, message, options) {
        super(message, options);
        this.name = 'PqhError';
        this.status = status;
        this.code = STATUSES[-status] ?? `PQH_STATUS_${status}`;
    }
}

// ---- arguments -----------------------------------------------------------------------------------

// What a Uint8Array says of itself can be overridden, in the object or in a class of one's own. These functions look at what
// the engine keeps; they know one of another realm, too, and are not taken in by what only looks like one.
const TypedArray = Object.getPrototypeOf(Uint8Array);
const getter = (key) => Object.getOwnPropertyDescriptor(TypedArray.prototype, key).get;
const nameOf = getter(Symbol.toStringTag);
const bufferOf = getter('buffer');
const byteOffsetOf = getter('byteOffset');
const byteLengthOf = getter('byteLength');
const { at: elementAt, every, fill } = TypedArray.prototype;

/**
 * The bytes of an argument, as a plain view of fixed length. From here on nobody looks at the argument again, so that the
 * length which is checked is the length which is copied.
 */
export function checkBytes(value, what) {
    if (nameOf.call(value) !== 'Uint8Array') {
        const hint = typeof value === 'string' ? ': TextEncoder makes bytes of a text' : '';
        throw new TypeError(`${what} must be a Uint8Array, not ${describe(value)}${hint}`);
    }
    try {
        // The bytes that a transfer took away would look like an empty message.
        elementAt.call(value, 0);
    } catch {
        throw new TypeError(`${what} is a view of a buffer that was transferred or has shrunk`);
    }
    return new Uint8Array(bufferOf.call(value), byteOffsetOf.call(value), byteLengthOf.call(value));
}

function describe(value) {
    if (value === null || value === undefined) return `${value}`;
    const type = typeof value === 'object' ? (value.constructor?.name ?? 'object') : typeof value;
    return `${/^[AEIO]/i.test(type) ? 'an' : 'a'} ${type}`;
}

export function options(value, ...known) {
    if (value === undefined) return {};
    if (typeof value !== 'object' || value === null || nameOf.call(value) !== undefined) {
        throw new TypeError(`options must be an object such as { context }, not ${describe(value)}`);
    }
    // A context with a typing error in its name would be none at all.
    for (const name of Object.keys(value)) {
        if (!known.includes(name)) throw new TypeError(`there is no option ${name}, but ${known.join(' and ')}`);
    }
    return value;
}

// What an argument of a function is, given a view that checkBytes made: `sized` goes with its length.
export const out = (length) => ({ length, gives: true });
export const bytes = (data) => ({ length: data.length, data });
export const sized = (data) => ({ length: data.length, data, sized: true });
export const inout = (data) => ({ length: data.length, data, gives: true });

export function fixed(value, length, what) {
    const data = checkBytes(value, what);
    if (data.length !== length) throw new RangeError(`${what} must have ${length} bytes, not ${data.length}`);
    return bytes(data);
}

export function contextOf(context) {
    return sized(context === undefined ? new Uint8Array() : checkBytes(context, 'context'));
}

// ---- calling it ----------------------------------------------------------------------------------

/** The instance, and the room in its memory in which arguments lie during a call. */
export class Room {
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
            if (byteLengthOf.call(buffer) !== length) throw new TypeError('randomBytes transferred the buffer away');
            // Of 16 bytes and more no honest source makes zeros.
            if (length >= 16 && every.call(buffer, (byte) => byte === 0)) throw new Error('randomBytes left the buffer all zero');
            this.#memory().set(buffer, pointer);
            return 0;
        } catch (error) {
            this.#randomFailure = error;
            return 1;
        } finally {
            // There is nothing to wipe in a buffer that was transferred, and `fill` refuses it.
            if (byteLengthOf.call(buffer) > 0) fill.call(buffer, 0);
        }
    }

    #error(status) {
        const sentence = this.string('pqh_status_string', status);
        return new PqhError(status, sentence, status === ERR_RANDOM ? { cause: this.#randomFailure } : undefined);
    }

    #trapped() {
        // What was in work when it happened is not wiped by anybody else. Each time: where the engine's stack overflowed,
        // this may overflow, too.
        this.#memory().fill(0);
        const sentence = 'the WebAssembly instance broke off in the middle of a call, and takes no more: load it again';
        return new PqhError(ERR_INTERNAL, sentence, { cause: this.#trap });
    }
}
