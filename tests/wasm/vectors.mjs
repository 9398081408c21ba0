// The published vectors through the JavaScript wrapper.
//
// usage: node vectors.mjs VECTORS MODULE      VECTORS is what tests/vectors_to_text.py writes; its operations are
//                                             explained there
import { readFileSync } from 'node:fs';
import { load } from '../../wasm/pqhybrid.js';
import { same, title } from './check.mjs';

const [, , vectors, path] = process.argv;
const pqh = await load(path);
const PIECE = 7; // bytes that the streaming prehash is given at a time

function digestOf(suite, message) {
    const prehash = suite.prehash();
    for (let at = 0; at < message.length; at += PIECE) prehash.update(message.subarray(at, at + PIECE));
    return prehash.digest();
}

const verifies = (suite, [signature, message, context, publicKey]) => {
    const whole = suite.verify(signature, message, publicKey, { context });
    const hashed = suite.verifyPrehashed(signature, digestOf(suite, message), publicKey, { context });
    return whole === hashed ? whole : undefined;
};

const OPERATIONS = {
    public_key: (suite, [sk, pk]) => same(suite.publicKey(sk), pk),
    decaps: (suite, [ct, sk, ss]) => same(suite.decaps(ct, sk), ss),
    encaps_derand: (suite, [coins, pk, ct, ss]) => {
        const { ciphertext, sharedSecret } = suite.encapsDerand(coins, pk);
        return same(ciphertext, ct) && same(sharedSecret, ss);
    },
    lamps_public_key: (suite, [dk, pk]) => same(suite.lampsPublicKey(dk), pk),
    lamps_decaps: (suite, [ct, dk, ss]) => same(suite.lampsDecaps(ct, dk), ss),
    verify: (suite, fields) => verifies(suite, fields) === true,
    refuse: (suite, fields) => verifies(suite, fields) === false,
    sign_eddsa: (suite, [message, context, sk, half]) => {
        const plain = suite.sign(message, sk, { context, rnd: new Uint8Array(suite.signRndBytes) });
        const hashed = suite.signPrehashed(digestOf(suite, message), sk, { context });
        const at = suite.signatureBytes - half.length;
        return same(plain.subarray(at), half) && same(hashed.subarray(at), half);
    },
};

let cases = 0;
for (const line of readFileSync(vectors, 'utf8').trimEnd().split('\n')) {
    const [suite, operation, ...hex] = line.split(' ');
    const fields = hex.map((field) => (field === '-' ? new Uint8Array() : new Uint8Array(Buffer.from(field, 'hex'))));
    cases += 1;
    if (!OPERATIONS[operation](pqh[suite], fields)) throw new Error(`${path}: case ${cases}, ${suite} ${operation}, fails`);
}
if (cases === 0) throw new Error(`${vectors} holds no case`);
console.log(`wasm/vectors in Node ${title(path)}: ${cases} cases`);
