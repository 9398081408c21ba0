// Counts what holds, and ends the program at the first thing that does not.
import { PqhError } from '../../wasm/pqhybrid.js';

let count = 0;

/** A module as the lines of results name it: its folder, which is the profile's, and its name. */
export function title(path) {
    return path.split(/[/\\]/).slice(-2).join('/').replace(/\.wasm$/, '');
}

export function check(holds, what) {
    if (holds !== true) throw new Error(`it does not hold: ${what}`);
    count += 1;
}

/** That `work` throws an error of this kind: a class, or the code of a PqhError. `message` must match it, if given. */
export async function refuses(kind, work, what, message = /./) {
    let thrown;
    try {
        await work();
    } catch (error) {
        thrown = error;
    }
    const right = typeof kind === 'string' ? thrown instanceof PqhError && thrown.code === kind : thrown instanceof kind;
    if (!right) throw new Error(`${what}: expected ${kind.name ?? kind}, but it was ${thrown}`, { cause: thrown });
    check(message.test(thrown.message), `${what}: the message is ${thrown.message}`);
    return thrown;
}

export function same(a, b) {
    return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

export function done(name) {
    if (count === 0) throw new Error(`${name}: nothing was checked`);
    console.log(`${name}: ${count} checks`);
}
