//! What verification needs: points decoded, and two multiples added up. It sees public values alone, and its time
//! depends on them; nothing here is for secrets.

use super::constant;
use super::edwards::{Affine, Point};
use super::field::Element;
use super::table::ODD_MULTIPLES;
use super::{kernel, points};
use crate::error::Error;

/// Width of the windows of a table's point: odd digits below 2^4 in size, so eight multiples.
const WIDTH: u32 = 5;
/// Width of the windows of the base point, whose table has 32.
const BASE_WIDTH: u32 = 7;

/// A point to be added: the sum and difference of its coordinates, twice Z, and -2d T.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Cached {
    pub y_plus_x: Element,
    pub y_minus_x: Element,
    pub twice_z: Element,
    pub minus_2dt: Element,
}

impl Cached {
    fn new(point: &Point) -> Self {
        let twice = point.t.plus(&point.t);
        Cached {
            y_plus_x: point.y.plus(&point.x),
            y_minus_x: point.y.minus(&point.x),
            twice_z: point.z.plus(&point.z),
            minus_2dt: twice.times(&MINUS_D),
        }
    }

    fn negative(&self) -> Self {
        Cached { y_plus_x: self.y_minus_x, y_minus_x: self.y_plus_x, minus_2dt: self.minus_2dt.negative(), ..*self }
    }
}

impl Affine {
    fn negative(&self) -> Self {
        Affine { y_plus_x: self.y_minus_x, y_minus_x: self.y_plus_x, minus_dxy: self.minus_dxy.negative() }
    }
}

const D: Element = Element(constant::D);
const MINUS_D: Element = Element(constant::canonical(constant::sub([0; 4], constant::D)));
const SQRT_M1: Element = Element(constant::SQRT_M1);

/// Odd multiples of a point: 1, 3, 5 and so on to 15 times.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Multiples([Cached; 8]);

impl Multiples {
    /// Of the point that is minus the one with this encoding. That must be canonical, and its order above 8.
    pub fn of_minus(bytes: &[u8; 32]) -> Result<Self, Error> {
        let mut point = decode_negative(bytes)?;
        let once = Cached::new(&point);
        let mut multiples = [once; 8];
        let mut twice = point;
        points::double(&mut twice);
        points::complete(&mut twice);
        if small_order(twice) {
            return Err(Error::PublicKey);
        }
        let twice = Cached::new(&twice);
        for multiple in multiples.iter_mut().skip(1) {
            points::add_cached(&mut point, &twice);
            points::complete(&mut point);
            *multiple = Cached::new(&point);
        }
        Ok(Multiples(multiples))
    }

    /// The encoding of a times the base point plus b times this one.
    #[must_use]
    pub fn base_times_plus(&self, a: &[u8; 32], b: &[u8; 32]) -> [u8; 32] {
        let (of_base, of_this) = (digits::<BASE_WIDTH>(a), digits::<WIDTH>(b));
        let mut point = Point::identity();
        let both = of_base.iter().zip(of_this.iter()).rev();
        for (first, second) in both.skip_while(|digits| *digits == (&0, &0)) {
            points::double(&mut point);
            if let Some(entry) = ODD_MULTIPLES.get(usize::from(first.unsigned_abs() >> 1)).filter(|_| *first != 0) {
                points::complete(&mut point);
                let negative = *first < 0;
                points::add_affine(&mut point, &if negative { entry.negative() } else { *entry });
            }
            if let Some(entry) = self.0.get(usize::from(second.unsigned_abs() >> 1)).filter(|_| *second != 0) {
                points::complete(&mut point);
                let negative = *second < 0;
                points::add_cached(&mut point, &if negative { entry.negative() } else { *entry });
            }
        }
        point.to_bytes()
    }
}

/// Whether four times this point is neutral: (0, 1).
fn small_order(point: Point) -> bool {
    let mut multiple = point;
    points::double(&mut multiple);
    points::double(&mut multiple);
    is_zero(&multiple.x) && is_zero(&multiple.y.minus(&multiple.z))
}

/// The negative of the point with this encoding, which must be canonical (RFC 8032 section 5.1.3).
fn decode_negative(bytes: &[u8; 32]) -> Result<Point, Error> {
    let y = Element::from_bytes(bytes);
    let [.., last] = *bytes;
    let sign = last >> 7;
    let mut canonical = y.to_bytes();
    let [.., top] = &mut canonical;
    *top |= sign << 7;
    if canonical != *bytes {
        return Err(Error::PublicKey);
    }
    // x^2 = u / v. A candidate is u v^3 (u v^7)^((p - 5) / 8), whose square is this or its negative if one of them has
    // a root.
    let y2 = y.squared();
    let u = y2.minus(&Element::ONE);
    let v = y2.times(&D).plus(&Element::ONE);
    let v3 = v.squared().times(&v);
    let uv3 = v3.times(&u);
    let mut x = uv3.times(&power_p58(&uv3.times(&v3).times(&v)));
    let vx2 = x.squared().times(&v);
    if !is_zero(&vx2.minus(&u)) {
        if !is_zero(&vx2.plus(&u)) {
            return Err(Error::PublicKey);
        }
        x = x.times(&SQRT_M1);
    }
    let x = x.reduced();
    let Element([low, ..]) = x;
    // Zero has no negative.
    if is_zero(&x) && sign == 1 {
        return Err(Error::PublicKey);
    }
    let x = if low & 1 == u64::from(sign) { x.negative() } else { x };
    // Products, since a point's coordinates are to be tight.
    let x = x.times(&Element::ONE);
    Ok(Point { x, y, z: Element::ONE, t: x.times(&y), ..Point::identity() })
}

fn is_zero(value: &Element) -> bool {
    value.reduced().0 == [0; 4]
}

/// z^((p - 5) / 8) = z^(2^252 - 3).
fn power_p58(z: &Element) -> Element {
    use kernel::square_repeatedly as squares;
    let ones_2 = z.squared().times(z); // z^(2^2 - 1), and so on
    let ones_4 = squares(&ones_2, 2).times(&ones_2);
    let ones_5 = ones_4.squared().times(z);
    let ones_10 = squares(&ones_5, 5).times(&ones_5);
    let ones_20 = squares(&ones_10, 10).times(&ones_10);
    let ones_40 = squares(&ones_20, 20).times(&ones_20);
    let ones_50 = squares(&ones_40, 10).times(&ones_10);
    let ones_100 = squares(&ones_50, 50).times(&ones_50);
    let ones_200 = squares(&ones_100, 100).times(&ones_100);
    let ones_250 = squares(&ones_200, 50).times(&ones_50);
    squares(&ones_250, 2).times(z)
}

/// A scalar below 2^255 in digits of its powers of two: each zero or odd and below 2^(WIDTH - 1) in size, and of
/// `WIDTH` in a row at most one not zero.
fn digits<const WIDTH: u32>(scalar: &[u8; 32]) -> [i8; 256] {
    let mut limbs = [0; 4];
    for (limb, eight) in limbs.iter_mut().zip(scalar.as_chunks::<8>().0) {
        *limb = u64::from_le_bytes(*eight);
    }
    let mut digits = [0i8; 256];
    let mut carry = 0;
    let mut wait = 0u32;
    for (position, digit) in digits.iter_mut().enumerate() {
        if wait > 0 {
            wait = wait.wrapping_sub(1);
            continue;
        }
        let limb = |index: usize| u128::from(limbs.get(index).copied().unwrap_or(0));
        let (index, shift) = (position >> 6, position & 63);
        let next = super::inverse::low_half((limb(index) | limb(index.wrapping_add(1)) << 64) >> shift);
        let window = (next & (1u64 << WIDTH).wrapping_sub(1)).wrapping_add(carry);
        if window & 1 == 0 {
            continue;
        }
        carry = window >> WIDTH.wrapping_sub(1) & 1;
        *digit = (window as i8).wrapping_sub((carry << WIDTH) as i8);
        wait = WIDTH.wrapping_sub(1);
    }
    digits
}
