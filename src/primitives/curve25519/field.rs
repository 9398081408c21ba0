//! GF(2^255 - 19): elements as four limbs, with any value below 2^256 ("loose"), so that most have two or three forms.
//! Products are "tight": below 2^255 and a little, `kernel::SLACK`.

use super::{inverse, kernel};
use crate::memory::Zeroize;

/// An element of the field.
#[derive(Clone, Copy)]
#[repr(C, align(32))]
pub struct Element(pub [u64; 4]);

impl Zeroize for Element {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl Element {
    /// Zero.
    pub const ZERO: Self = Element([0; 4]);
    /// One.
    pub const ONE: Self = Element([1, 0, 0, 0]);
    /// The field's order p, one of the forms of zero.
    pub const P: Self = Element([0u64.wrapping_sub(19), u64::MAX, u64::MAX, u64::MAX >> 1]);

    /// The element that 32 bytes stand for, the lowest first, without their topmost bit. It may be p or more: below
    /// 2^255.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        let mut limbs = [0; 4];
        for (limb, eight) in limbs.iter_mut().zip(bytes.as_chunks::<8>().0) {
            *limb = u64::from_le_bytes(*eight);
        }
        let [l0, l1, l2, l3] = limbs;
        Element([l0, l1, l2, l3 & TOP])
    }

    /// The canonical encoding: 32 bytes of the one value below p.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for (eight, limb) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(self.reduced().0) {
            *eight = limb.to_le_bytes();
        }
        bytes
    }

    /// The form below p: loose in.
    ///
    /// Without bit 255, for which 19 is added, the value is below 2^255 + 19. A second time: below 2^255. Then p is
    /// taken if it can be, which is when adding 19 reaches 2^255.
    #[must_use]
    pub fn reduced(&self) -> Self {
        let once = self.fold();
        let twice = once.fold();
        let (Element([s0, s1, s2, s3]), _) = add_limbs(&twice, &Element([19, 0, 0, 0]));
        kernel::select(&twice, &Element([s0, s1, s2, s3 & TOP]), s3 >> 63)
    }

    /// 19 in place of bit 255: loose in, below 2^255 + 19 out.
    fn fold(&self) -> Self {
        let Element([l0, l1, l2, l3]) = *self;
        let nineteen = (l3 >> 63).wrapping_mul(19);
        add_limbs(&Element([l0, l1, l2, l3 & TOP]), &Element([nineteen, 0, 0, 0])).0
    }

    /// The sum: loose in, loose out.
    ///
    /// The first carry stands for 2^256 = 38; a second can come only of adding these, and leaves less than 38.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let (sum, carry) = add_limbs(self, other);
        let (Element([l0, l1, l2, l3]), carry) = add_limbs(&sum, &Element([carry.wrapping_mul(38), 0, 0, 0]));
        Element([l0.wrapping_add(carry.wrapping_mul(38)), l1, l2, l3])
    }

    /// The negative: loose in, loose out. The complement is 2^256 - 1 - x = 37 - x, and 2p - 37 = 2^256 - 75 takes the
    /// 37 back.
    #[must_use]
    pub fn negative(&self) -> Self {
        let [l0, l1, l2, l3] = self.0;
        let most = u64::MAX;
        Element([!l0, !l1, !l2, !l3]).plus(&Element([most.wrapping_sub(74), most, most, most]))
    }

    /// The difference: loose in, loose out.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.plus(&other.negative())
    }

    /// The product: loose in, tight out.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        kernel::multiply(self, other)
    }

    /// The square: loose in, tight out.
    #[must_use]
    pub fn squared(&self) -> Self {
        kernel::square_repeatedly(self, 1)
    }

    /// The inverse, or zero of zero: loose in, tight out.
    #[must_use]
    pub fn inverted(&self) -> Self {
        inverse::invert(self)
    }
}

/// All bits of the topmost limb but its topmost.
const TOP: u64 = u64::MAX >> 1;

/// The sum's four limbs and its carry, 0 or 1.
fn add_limbs(a: &Element, b: &Element) -> (Element, u64) {
    let mut sum = [0; 4];
    let mut carry = false;
    for ((s, a), b) in sum.iter_mut().zip(a.0).zip(b.0) {
        let (partial, first) = a.overflowing_add(b);
        let (total, second) = partial.overflowing_add(u64::from(carry));
        *s = total;
        carry = first | second;
    }
    (Element(sum), u64::from(carry))
}
