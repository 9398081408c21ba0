// What interop.py asks the wrapper: a line of JSON in, [operation, suite, hex ...], and the answer as a line out.
//
// usage: node interop.mjs MODULE
import { createInterface } from 'node:readline';
import { load } from '../../wasm/pqhybrid.js';

const pqh = await load(process.argv[2]);
const hex = (data) => Buffer.from(data).toString('hex');
const OPERATIONS = {
    keygen: (suite) => {
        const { publicKey, secretKey } = suite.keygen();
        return [hex(publicKey), hex(secretKey)];
    },
    encaps: (suite, publicKey) => {
        const { ciphertext, sharedSecret } = suite.encaps(publicKey);
        return [hex(ciphertext), hex(sharedSecret)];
    },
    decaps: (suite, ciphertext, secretKey) => hex(suite.decaps(ciphertext, secretKey)),
    sign: (suite, message, context, secretKey) => hex(suite.sign(message, secretKey, { context })),
    verify: (suite, signature, message, context, publicKey) => suite.verify(signature, message, publicKey, { context }),
};
for await (const line of createInterface({ input: process.stdin })) {
    const [operation, suite, ...fields] = JSON.parse(line);
    console.log(JSON.stringify(OPERATIONS[operation](pqh[suite], ...fields.map((field) => Buffer.from(field, 'hex')))));
}
