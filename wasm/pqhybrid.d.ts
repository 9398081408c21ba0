// What pqhybrid.js offers. Byte strings are Uint8Arrays, copied in and out; what is returned is the caller's to wipe.
// SPDX-License-Identifier: Apache-2.0 OR MIT
//
// Everything throws TypeError for an argument of a wrong type, RangeError for one of a wrong length, before anything is
// computed, and PqhError for what the library refuses.

/** Where a module comes from: a URL, a path (in Node), its bytes, compiled already, or being fetched. */
export type Source = string | URL | ArrayBuffer | ArrayBufferView | WebAssembly.Module | Response;

export interface LoadOptions {
    /**
     * Fills the buffer with random bytes and returns nothing; throws if it cannot. By default crypto.getRandomValues.
     * An operation whose source fails throws PqhError with the code PQH_ERR_RANDOM; its cause is what the source threw.
     */
    randomBytes?: (buffer: Uint8Array) => void;
}

/**
 * Loads a module, by default the one beside pqhybrid.js that suits the engine: with SIMD or without. Each call makes an
 * instance with a memory of its own.
 */
export function load(source?: Source | Promise<Source>, options?: LoadOptions): Promise<Pqhybrid>;

export type StatusName =
    | 'PQH_ERR_NULL' | 'PQH_ERR_OVERLAP' | 'PQH_ERR_CONTEXT_LENGTH' | 'PQH_ERR_PUBLIC_KEY' | 'PQH_ERR_SECRET_KEY'
    | 'PQH_ERR_CIPHERTEXT' | 'PQH_ERR_SIGNATURE' | 'PQH_ERR_RANDOM' | 'PQH_ERR_STATE' | 'PQH_ERR_INTERNAL';

/** What the library refused. The message is its own sentence about the status. */
export class PqhError extends Error {
    private constructor();
    readonly name: 'PqhError';
    /** The status as in pqhybrid.h, negative. */
    readonly status: number;
    readonly code: StatusName;
}

export interface Pqhybrid {
    /** The suites. In a module of one's own that was built without one, it is undefined: see PartialPqhybrid. */
    readonly mlkem768_x25519: LampsKem;
    readonly mlkem1024_x448: Kem;
    readonly mldsa65_ed25519: Signature;
    readonly mldsa87_ed448: Signature;
    /** The version of the module, such as "0.1.0". */
    readonly version: string;
    /** "wasm-simd128" or "portable". */
    readonly backend: string;
    randomBytes(length: number): Uint8Array;
    /** Whether two byte strings are equal; for those of one length, in a time that depends on it alone. */
    ctEqual(a: Uint8Array, b: Uint8Array): boolean;
}

/** What load gives for a module with fewer suites: `const pqh: PartialPqhybrid = await load(source)`. */
export type PartialPqhybrid = Omit<Pqhybrid, SuiteName> & Partial<Pick<Pqhybrid, SuiteName>>;
export type SuiteName = 'mlkem768_x25519' | 'mlkem1024_x448' | 'mldsa65_ed25519' | 'mldsa87_ed448';

export interface KeyPair {
    publicKey: Uint8Array;
    secretKey: Uint8Array;
}

export interface Encapsulated {
    ciphertext: Uint8Array;
    sharedSecret: Uint8Array;
}

interface Suite {
    readonly name: string;
    readonly publicKeyBytes: number;
    readonly secretKeyBytes: number;
    keygen(): KeyPair;
    publicKey(secretKey: Uint8Array): Uint8Array;
}

export interface Kem extends Suite {
    readonly ciphertextBytes: number;
    readonly sharedSecretBytes: number;
    readonly encapsCoinsBytes: number;
    encaps(publicKey: Uint8Array): Encapsulated;
    /** With coins that must be uniformly random, secret and used once. For tests, and for a random source of one's own. */
    encapsDerand(coins: Uint8Array, publicKey: Uint8Array): Encapsulated;
    /** A ciphertext that was forged or made for another key is not an error, but gives a secret that nobody else has. */
    decaps(ciphertext: Uint8Array, secretKey: Uint8Array): Uint8Array;
}

/** Private keys of id-MLKEM768-X25519-SHA3-256 that other software wrote: d || z || X25519 scalar, 96 bytes. */
export interface LampsKem extends Kem {
    readonly lampsSecretKeyBytes: number;
    lampsPublicKey(lampsSecretKey: Uint8Array): Uint8Array;
    lampsDecaps(ciphertext: Uint8Array, lampsSecretKey: Uint8Array): Uint8Array;
}

export interface ContextOptions {
    /** What the signature is for, up to 255 bytes; by default empty. */
    context?: Uint8Array;
}

export interface SignOptions extends ContextOptions {
    /** The signing randomness, 32 bytes. All zero is FIPS 204's deterministic variant. By default fresh. */
    rnd?: Uint8Array;
}

export interface Signature extends Suite {
    readonly signatureBytes: number;
    readonly signRndBytes: number;
    readonly digestBytes: number;
    readonly prehashBytes: number;
    sign(message: Uint8Array, secretKey: Uint8Array, options?: SignOptions): Uint8Array;
    /** Whether the signature is valid. A public key that is not valid is a PqhError, not false. */
    verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array, options?: ContextOptions): boolean;
    /** Begins a message that comes in pieces. */
    prehash(): Prehash;
    /** Signs a message by its digest: the signature is the same kind as one that sign makes. */
    signPrehashed(digest: Uint8Array, secretKey: Uint8Array, options?: ContextOptions): Uint8Array;
    verifyPrehashed(signature: Uint8Array, digest: Uint8Array, publicKey: Uint8Array, options?: ContextOptions): boolean;
}

export interface Prehash {
    update(data: Uint8Array): this;
    /** Ends it; afterwards both methods throw PqhError with the code PQH_ERR_STATE. */
    digest(): Uint8Array;
}
