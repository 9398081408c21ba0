//! Multiples of the base point, made by the compiler: 26 KB for the comb of `edwards`, 3 KB for verification.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing)] // What went wrong here would stop the compiler.

use super::constant::{BASE, D, Limbs, Point, canonical, inverse, mul, sub};
use super::edwards::Affine;
use super::field::Element;

/// Combs, each of which adds up `TEETH` bits of the scalar that are `SPACING` apart.
pub const COMBS: usize = 17;
/// Bits that one entry stands for.
pub const TEETH: usize = 5;
/// How far those bits lie apart, and how often the combs are gone through.
pub const SPACING: usize = 3;
/// Entries of a comb: its topmost bit is a plus, else the entry is to be taken negative.
pub const ENTRIES: usize = 1 << (TEETH - 1);
/// How many odd multiples of the base point there are for verification.
pub const ODD: usize = 32;

/// Entry i of comb c is the sum of the points 2^(SPACING (TEETH c + t)) B for all teeth t, with a plus for the topmost
/// and where bit t of i is set, else with a minus.
pub static COMB: [[Affine; ENTRIES]; COMBS] = {
    let mut points = [BASE; COMBS * ENTRIES];
    let mut power = BASE;
    let mut comb = 0;
    while comb < COMBS {
        let mut sums = [BASE; ENTRIES]; // of the first teeth, twice as many with each
        let mut count = 0;
        let mut tooth = 0;
        while tooth < TEETH {
            let minus = power.negative();
            let mut i = 0;
            if count == 0 {
                sums[0] = minus;
                sums[1] = power;
                count = 2;
            } else if tooth < TEETH - 1 {
                while i < count {
                    sums[count + i] = sums[i].plus(&power);
                    sums[i] = sums[i].plus(&minus);
                    i += 1;
                }
                count *= 2;
            } else {
                while i < count {
                    points[comb * ENTRIES + i] = sums[i].plus(&power);
                    i += 1;
                }
            }
            i = 0;
            while i < SPACING {
                power = power.plus(&power);
                i += 1;
            }
            tooth += 1;
        }
        comb += 1;
    }
    let flat = affine(&points);
    let mut table = [[Affine::IDENTITY; ENTRIES]; COMBS];
    let mut i = 0;
    while i < COMBS * ENTRIES {
        table[i >> (TEETH - 1)][i & (ENTRIES - 1)] = flat[i];
        i += 1;
    }
    table
};

/// The odd multiples of the base point: B, 3B, 5B and so on.
pub static ODD_MULTIPLES: [Affine; ODD] = {
    let mut points = [BASE; ODD];
    let twice = BASE.plus(&BASE);
    let mut i = 1;
    while i < ODD {
        points[i] = points[i - 1].plus(&twice);
        i += 1;
    }
    affine(&points)
};

/// Each point as an entry of a table. One inversion for all: `before[i]` is the product of the Z before the i-th.
const fn affine<const N: usize>(points: &[Point; N]) -> [Affine; N] {
    let half = inverse([2, 0, 0, 0]);
    let mut before = [[1, 0, 0, 0]; N];
    let mut product = [1, 0, 0, 0];
    let mut i = 0;
    while i < N {
        before[i] = product;
        product = mul(product, points[i].z);
        i += 1;
    }
    let mut rest = inverse(product);
    let mut table = [Affine::IDENTITY; N];
    while i > 0 {
        i -= 1;
        let one_over_z = mul(rest, before[i]);
        rest = mul(rest, points[i].z);
        let x = mul(points[i].x, one_over_z);
        let y = mul(points[i].y, one_over_z);
        table[i] = Affine {
            y_plus_x: element(mul(super::constant::add(y, x), half)),
            y_minus_x: element(mul(sub(y, x), half)),
            minus_dxy: element(sub([0; 4], mul(D, mul(x, y)))),
        };
    }
    table
}

const fn element(value: Limbs) -> Element {
    Element(canonical(value))
}
