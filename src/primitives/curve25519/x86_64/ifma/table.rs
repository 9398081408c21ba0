//! The combs of `edwards` as they are looked up here: 35 KB, made by the compiler.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::integer_division_remainder_used)] // At compile time.

use super::field::split;
use crate::primitives::curve25519::edwards::Affine;
use crate::primitives::curve25519::table::{COMB, COMBS, ENTRIES};

/// The combs come in pairs.
pub const PAIRS: usize = COMBS.div_ceil(2);

/// Of a comb, limb by limb, what its entries have: the sums, the differences, and the third elements. Sixteen in two vectors.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub struct Limbs(pub [[[[u64; 8]; 2]; 3]; 5]);
const _: () = assert!(ENTRIES == 16);

/// The combs, and one more, whose entries are neutral elements.
pub static LIMBS: [[Limbs; 2]; PAIRS] = {
    let mut table = [[Limbs([[[[0; 8]; 2]; 3]; 5]); 2]; PAIRS];
    let mut i = 0;
    while i < 2 * PAIRS * ENTRIES {
        let (comb, entry) = (i / ENTRIES, i % ENTRIES);
        let Affine { y_plus_x, y_minus_x, minus_dxy } = if comb < COMBS { COMB[comb][entry] } else { Affine::IDENTITY };
        let elements = [split(y_plus_x), split(y_minus_x), split(minus_dxy)];
        let Limbs(limbs) = &mut table[comb / 2][comb % 2];
        let mut limb = 0;
        while limb < 5 {
            let mut element = 0;
            while element < 3 {
                limbs[limb][element][entry / 8][entry % 8] = elements[element][limb];
                element += 1;
            }
            limb += 1;
        }
        i += 1;
    }
    table
};
