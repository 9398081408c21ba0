// Modules with one suite, and one that only verifies: what is left out is not there, and what is there works.
//
// usage: node selection.mjs FOLDER WHOLE      FOLDER/SUITE and FOLDER/verify hold a pqhybrid.wasm each; WHOLE has all suites
import { check, done, refuses, same } from './check.mjs';
import { load } from '../../wasm/pqhybrid.js';

const [, , folder, whole] = process.argv;
const ALL = ['mlkem768_x25519', 'mlkem1024_x448', 'mldsa65_ed25519', 'mldsa87_ed448'];
const message = new TextEncoder().encode('a message');
const everything = await load(whole);

for (const name of ALL) {
    const pqh = await load(`${folder}/${name.replace('_', '-')}/pqhybrid.wasm`);
    for (const other of ALL) check((pqh[other] === undefined) === (other !== name), `${name} alone: ${other}`);
    const suite = pqh[name];
    const { publicKey, secretKey } = suite.keygen();
    if (name.startsWith('mlkem')) {
        const { ciphertext, sharedSecret } = everything[name].encaps(publicKey);
        check(same(suite.decaps(ciphertext, secretKey), sharedSecret), `${name} alone: a ciphertext of the whole module`);
    } else {
        const signature = suite.sign(message, secretKey);
        check(everything[name].verify(signature, message, publicKey), `${name} alone: a signature for the whole module`);
    }
}

const verifier = (await load(`${folder}/verify/pqhybrid.wasm`)).mldsa65_ed25519;
const suite = everything.mldsa65_ed25519;
const { publicKey, secretKey } = suite.keygen();
const signature = suite.sign(message, secretKey);
check(verifier.verify(signature, message, publicKey), 'the module that only verifies does so');
check(!verifier.verify(signature, message.subarray(1), publicKey), 'and refuses');
check(verifier.verifyPrehashed(signature, verifier.prehash().update(message).digest(), publicKey), 'and streams');
await refuses(Error, () => verifier.keygen(), 'keygen there', /was built without pqh_mldsa65_ed25519_keygen/);
await refuses(Error, () => verifier.sign(message, secretKey), 'sign there', /was built without pqh_mldsa65_ed25519_sign/);
check(verifier.verify(signature, message, publicKey), 'and goes on');
done('wasm/selection');
