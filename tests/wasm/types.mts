// Compiled, never run: every declaration of pqhybrid.d.ts in use, and what must not compile.
import { load, PqhError, type Encapsulated, type Kem, type KeyPair, type PartialPqhybrid, type Pqhybrid, type Prehash, type Signature } from 'pqhybrid';

const pqh: Pqhybrid = await load();
await load('pqhybrid.wasm', { randomBytes: (buffer) => void crypto.getRandomValues(buffer) });
await load(fetch('pqhybrid.wasm'));
await load(new WebAssembly.Module(new Uint8Array()));
// @ts-expect-error null is no source
await load(null);
// @ts-expect-error a promise of bytes is no random source
await load(undefined, { randomBytes: 'crypto' });

pqh.mlkem768_x25519.keygen();
const small: PartialPqhybrid = await load('one.wasm');
// @ts-expect-error a module of one's own may have been built without the suite
small.mlkem768_x25519.keygen();
small.mldsa65_ed25519?.keygen();

function exchange(suite: Kem): Uint8Array {
    const pair: KeyPair = suite.keygen();
    const sent: Encapsulated = suite.encaps(pair.publicKey);
    suite.encapsDerand(new Uint8Array(suite.encapsCoinsBytes), suite.publicKey(pair.secretKey));
    // @ts-expect-error a text is no key
    suite.encaps('key');
    return suite.decaps(sent.ciphertext, pair.secretKey);
}

function sign(suite: Signature, message: Uint8Array): boolean {
    const { publicKey, secretKey } = suite.keygen();
    const context = new Uint8Array([1]);
    const signature = suite.sign(message, secretKey, { context, rnd: new Uint8Array(suite.signRndBytes) });
    const prehash: Prehash = suite.prehash();
    const digest = prehash.update(message).update(message).digest();
    suite.verifyPrehashed(suite.signPrehashed(digest, secretKey, { context }), digest, publicKey, { context });
    // @ts-expect-error the context is an option
    suite.sign(message, secretKey, context);
    // @ts-expect-error verify has no randomness
    suite.verify(signature, message, publicKey, { rnd: context });
    return suite.verify(signature, message, publicKey, { context });
}

try {
    exchange(pqh.mlkem768_x25519);
    exchange(pqh.mlkem1024_x448);
    sign(pqh.mldsa65_ed25519, pqh.randomBytes(32));
    sign(pqh.mldsa87_ed448, pqh.randomBytes(32));
    pqh.mlkem768_x25519.lampsDecaps(new Uint8Array(pqh.mlkem768_x25519.ciphertextBytes), new Uint8Array(96));
    const equal: boolean = pqh.ctEqual(new Uint8Array(), new Uint8Array());
    const about: string = `${pqh.version} ${pqh.backend} ${equal}`;
    console.log(about);
} catch (error) {
    if (error instanceof PqhError) {
        const status: number = error.status;
        if (error.code === 'PQH_ERR_CIPHERTEXT') console.log(status, error.message);
        // @ts-expect-error no status has this name
        if (error.code === 'PQH_ERR_CIPHERTEX') console.log(status);
    }
}
