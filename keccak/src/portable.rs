//! One at a time, on any processor.

use crate::permutation::{Lane, keccak_f};
use crate::sponge::{SHA3, SHA3_256_RATE, SHA3_512_RATE, SHAKE, SHAKE128_RATE, SHAKE256_RATE, Sponge, States, hash};

impl Lane for u64 {
    #[inline(always)]
    fn splat(word: u64) -> Self {
        word
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        self ^ other
    }

    #[inline(always)]
    fn and_not(self, other: Self) -> Self {
        !self & other
    }

    #[inline(always)]
    fn rotate<const N: u32, const M: u32>(self) -> Self {
        self.rotate_left(N)
    }
}

impl States<1> for u64 {
    #[inline(always)]
    fn from_words([words]: [[u64; 1]; 1]) -> [Self; 1] {
        words
    }

    #[inline(always)]
    fn to_words(lanes: [Self; 1]) -> [[u64; 1]; 1] {
        [lanes]
    }

    #[inline(never)]
    fn permute(state: &mut [Self; 25]) {
        keccak_f(state);
    }
}

/// A sponge whose input was absorbed.
#[derive(Clone, Copy)]
pub struct KeccakState(Sponge<u64, 1>);

/// SHA3-256.
pub fn sha256(digest: &mut [u8], data: &[u8]) {
    hash::<u64, 1, SHA3_256_RATE>([data], [digest], SHA3);
}

/// SHA3-512.
pub fn sha512(digest: &mut [u8], data: &[u8]) {
    hash::<u64, 1, SHA3_512_RATE>([data], [digest], SHA3);
}

/// SHAKE128, as long as the output.
pub fn shake128(digest: &mut [u8], data: &[u8]) {
    hash::<u64, 1, SHAKE128_RATE>([data], [digest], SHAKE);
}

/// SHAKE256, as long as the output.
pub fn shake256(digest: &mut [u8], data: &[u8]) {
    hash::<u64, 1, SHAKE256_RATE>([data], [digest], SHAKE);
}

/// In several steps. The outputs of functions that squeeze are as long as their names say.
pub mod incremental {
    pub use super::KeccakState;
    use super::{SHAKE, SHAKE128_RATE, SHAKE256_RATE, Sponge};

    /// For `shake128_absorb_final`.
    pub fn shake128_init() -> KeccakState {
        KeccakState(Sponge::new())
    }

    /// For `shake256_absorb_final`.
    pub fn shake256_init() -> KeccakState {
        KeccakState(Sponge::new())
    }

    /// Absorbs all of the input.
    pub fn shake128_absorb_final(state: &mut KeccakState, data: &[u8]) {
        state.0.absorb_final::<SHAKE128_RATE>([data], SHAKE);
    }

    /// Absorbs all of the input.
    pub fn shake256_absorb_final(state: &mut KeccakState, data: &[u8]) {
        state.0.absorb_final::<SHAKE256_RATE>([data], SHAKE);
    }

    /// The first output.
    pub fn shake128_squeeze_first_three_blocks(state: &mut KeccakState, out: &mut [u8]) {
        state.0.squeeze::<SHAKE128_RATE>([out]);
    }

    /// The first output.
    pub fn shake128_squeeze_first_five_blocks(state: &mut KeccakState, out: &mut [u8]) {
        state.0.squeeze::<SHAKE128_RATE>([out]);
    }

    /// What comes after a block that was squeezed.
    pub fn shake128_squeeze_next_block(state: &mut KeccakState, out: &mut [u8]) {
        state.0.next_block::<SHAKE128_RATE>([out]);
    }

    /// The first output.
    pub fn shake256_squeeze_first_block(state: &mut KeccakState, out: &mut [u8]) {
        state.0.squeeze::<SHAKE256_RATE>([out]);
    }

    /// What comes after a block that was squeezed.
    pub fn shake256_squeeze_next_block(state: &mut KeccakState, out: &mut [u8]) {
        state.0.next_block::<SHAKE256_RATE>([out]);
    }

    /// A XOF that takes its input in pieces.
    pub trait Xof<const RATE: usize> {
        /// Without input yet.
        fn new() -> Self;
        /// A piece of the input.
        fn absorb(&mut self, input: &[u8]);
        /// The last piece of the input.
        fn absorb_final(&mut self, input: &[u8]);
        /// The next bytes of the output.
        fn squeeze(&mut self, out: &mut [u8]);
    }

    /// SHAKE256.
    pub struct Shake256Xof {
        sponge: Sponge<u64, 1>,
        /// Input that does not fill a block yet; then the block of output that is being squeezed.
        block: [u8; SHAKE256_RATE],
        /// How many bytes of it are there; then how many of it are gone.
        position: usize,
    }

    impl Xof<SHAKE256_RATE> for Shake256Xof {
        fn new() -> Self {
            Self { sponge: Sponge::new(), block: [0; SHAKE256_RATE], position: 0 }
        }

        fn absorb(&mut self, mut input: &[u8]) {
            // `position` is less than a block here, so that each turn takes some of the input.
            while let Some(free) = self.block.get_mut(self.position..)
                && !input.is_empty()
            {
                let (now, later) = input.split_at(input.len().min(free.len()));
                free.iter_mut().zip(now).for_each(|(to, from)| *to = *from);
                self.position = self.position.saturating_add(now.len());
                if self.position >= SHAKE256_RATE {
                    self.sponge.absorb_block([&self.block]);
                    self.position = 0;
                }
                input = later;
            }
        }

        fn absorb_final(&mut self, input: &[u8]) {
            self.absorb(input);
            self.sponge.absorb_final::<SHAKE256_RATE>([self.block.get(..self.position).unwrap_or_default()], SHAKE);
            self.sponge.squeeze::<SHAKE256_RATE>([&mut self.block]);
            self.position = 0;
        }

        fn squeeze(&mut self, out: &mut [u8]) {
            let mut out = out.iter_mut();
            while out.len() > 0 {
                if self.position >= SHAKE256_RATE {
                    self.sponge.next_block::<SHAKE256_RATE>([&mut self.block]);
                    self.position = 0;
                }
                for (from, to) in self.block.iter().skip(self.position).zip(out.by_ref()) {
                    *to = *from;
                    self.position = self.position.saturating_add(1);
                }
            }
        }
    }
}
