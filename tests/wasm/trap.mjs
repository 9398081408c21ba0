// A copy of a module in which one exported function does nothing but trap.

function reader(bytes, at) {
    return {
        get at() {
            return at;
        },
        number() { // LEB128
            let value = 0;
            for (let shift = 0; ; shift += 7) {
                const byte = bytes[at++];
                value += (byte & 0x7f) * 2 ** shift;
                if (byte < 0x80) return value;
            }
        },
        text() {
            const length = this.number();
            at += length;
            return new TextDecoder().decode(bytes.subarray(at - length, at));
        },
        skip(length) {
            at += length;
        },
    };
}

function sections(bytes) {
    const found = {};
    for (const r = reader(bytes, 8); r.at < bytes.length; ) {
        const id = r.number();
        const length = r.number();
        found[id] = r.at;
        r.skip(length);
    }
    return found;
}

export function withTrap(original, name) {
    const bytes = new Uint8Array(original);
    const at = sections(bytes);
    const IMPORTS = 2, EXPORTS = 7, CODE = 10;
    const imports = reader(bytes, at[IMPORTS]);
    const imported = imports.number(); // all of them functions
    const exports = reader(bytes, at[EXPORTS]);
    let target;
    for (let left = exports.number(); left > 0; left -= 1) {
        const found = exports.text() === name;
        const kind = exports.number();
        const index = exports.number();
        if (found && kind === 0) target = index - imported;
    }
    const code = reader(bytes, at[CODE]);
    code.number();
    for (let index = 0; ; index += 1) {
        const length = code.number();
        if (index === target) {
            const end = code.at + length;
            for (let locals = code.number(); locals > 0; locals -= 1) code.skip((code.number(), 1));
            const UNREACHABLE = 0x00, NOP = 0x01, END = 0x0b;
            bytes.fill(NOP, code.at, end);
            bytes[code.at] = UNREACHABLE;
            bytes[end - 1] = END;
            return bytes;
        }
        code.skip(length);
    }
}
