//! Turns a valid object into a hostile one, a few steps at a time. A step that changes nothing is as good as any:
//! whoever mutates compares the result with the original.

use crate::input::Input;
use crate::known;

/// Applies up to seven steps to `object`. Its second half, the classical one, begins at `classical`; `other` is an
/// object of the same kind, to mix with.
pub fn mutate(input: &mut Input, object: &mut [u8], classical: usize, other: &[u8]) {
    for _ in 0..input.below(8) {
        step(input, object, classical, other);
    }
}

fn step(input: &mut Input, object: &mut [u8], classical: usize, other: &[u8]) {
    if object.is_empty() {
        return;
    }
    match input.byte() % 9 {
        0 => {
            let position = position(input, object, classical);
            object[position] ^= 1 << (input.byte() & 7);
        }
        1 => object[position(input, object, classical)] = input.byte(),
        2 => {
            let start = position(input, object, classical);
            let len = usize::from(input.byte());
            overwrite(object, start, input.raw(len));
        }
        3 => {
            let start = position(input, object, classical);
            let len = usize::from(input.u16()) % (object.len() - start + 1);
            object[start..][..len].fill(input.byte());
        }
        4 => {
            let start = position(input, object, classical);
            overwrite(object, start, known::value(input.byte()));
        }
        5 => {
            // As the encapsulation key of ML-KEM is made up: two coefficients of 12 bits in three bytes.
            let index = usize::from(input.u16());
            let value = [3329, 3328, 4095, 0, 3330, input.u16() & 0xfff][input.below(6)];
            coefficient(object, index, value);
        }
        6 => object[..classical].copy_from_slice(&other[..classical]),
        7 => object[classical..].copy_from_slice(&other[classical..]),
        _ => object.rotate_left(position(input, object, classical)),
    }
}

/// Anywhere in the object; every other time, an offset into its classical half.
fn position(input: &mut Input, object: &[u8], classical: usize) -> usize {
    let offset = usize::from(input.u16());
    let half = classical.min(object.len() - 1);
    if offset & 1 == 0 { (offset >> 1) % object.len() } else { half + (offset >> 1) % (object.len() - half) }
}

fn overwrite(object: &mut [u8], start: usize, bytes: &[u8]) {
    for (to, from) in object[start..].iter_mut().zip(bytes) {
        *to = *from;
    }
}

fn coefficient(object: &mut [u8], index: usize, value: u16) {
    let start = index / 2 * 3 % object.len();
    let Some([a, b, c]) = object.get_mut(start..start + 3) else { return };
    let [low, high] = value.to_le_bytes();
    if index & 1 == 0 {
        (*a, *b) = (low, *b & 0xf0 | high);
    } else {
        (*b, *c) = (*b & 0x0f | low << 4, low >> 4 | high << 4);
    }
}
