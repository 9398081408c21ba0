//! SHAKE256 (FIPS 202) over the permutation of the keccak crate, as the prehash of MLDSA87-Ed448.
//!
//! The shake crate keeps its state to itself; a prehash that C callers keep in their own memory must be plain bytes.

use super::hash::{Prehash, STATE_BYTES};
use crate::memory::Zeroize;
use keccak::Keccak;

/// How many bytes of the state take part in absorbing and squeezing.
const RATE: usize = 136;
const LANES: usize = 25;

/// SHAKE256 with 64 bytes of output.
pub struct Shake256 {
    lanes: [u64; LANES],
    /// How many bytes the current block has taken in, less than `RATE`.
    filled: usize,
}

impl Shake256 {
    fn permute(&mut self) {
        Keccak::new().with_f1600(|permutation| permutation(&mut self.lanes));
        self.filled = 0;
    }

    fn absorb_byte(&mut self, byte: u8) {
        self.xor(self.filled, byte);
        self.filled = self.filled.wrapping_add(1);
        if self.filled == RATE {
            self.permute();
        }
    }

    fn xor(&mut self, position: usize, byte: u8) {
        let shift = (position & 7) << 3;
        if let Some(lane) = self.lanes.get_mut(position >> 3) {
            *lane ^= u64::from(byte) << shift;
        }
    }
}

impl Prehash for Shake256 {
    const NAME: [u8; 8] = *b"SHAKE256";

    fn new() -> Self {
        Shake256 { lanes: [0; LANES], filled: 0 }
    }

    fn update(&mut self, mut data: &[u8]) {
        while let Some((byte, rest)) = data.split_first().filter(|_| self.filled != 0) {
            self.absorb_byte(*byte);
            data = rest;
        }
        while let Some((block, rest)) = data.split_first_chunk::<RATE>() {
            for (lane, bytes) in self.lanes.iter_mut().zip(block.as_chunks::<8>().0) {
                *lane ^= u64::from_le_bytes(*bytes);
            }
            self.permute();
            data = rest;
        }
        for byte in data {
            self.absorb_byte(*byte);
        }
    }

    fn finish(mut self, digest: &mut [u8; 64]) {
        self.xor(self.filled, 0x1f);
        self.xor(RATE - 1, 0x80);
        self.permute();
        for (bytes, lane) in digest.as_chunks_mut::<8>().0.iter_mut().zip(&self.lanes) {
            *bytes = lane.to_le_bytes();
        }
    }

    fn save(&self, state: &mut [u8; STATE_BYTES]) {
        state.fill(0);
        for (bytes, lane) in state.as_chunks_mut::<8>().0.iter_mut().zip(&self.lanes) {
            *bytes = lane.to_le_bytes();
        }
        if let (Some(last), Ok(filled)) = (state.last_mut(), u8::try_from(self.filled)) {
            *last = filled;
        }
    }

    fn load(state: &[u8; STATE_BYTES]) -> Option<Self> {
        let mut hash = Self::new();
        for (lane, bytes) in hash.lanes.iter_mut().zip(state.as_chunks::<8>().0) {
            *lane = u64::from_le_bytes(*bytes);
        }
        hash.filled = state.last().copied().map(usize::from).filter(|filled| *filled < RATE)?;
        Some(hash)
    }
}

impl Drop for Shake256 {
    fn drop(&mut self) {
        self.lanes.zeroize();
    }
}
