//! The sponge construction, FIPS 202, section 4, over N states at a time, whose inputs have one length, and so their outputs.

use crate::permutation::Lane;

/// What a sponge is made of: the lanes of N states.
pub(crate) trait States<const N: usize>: Lane {
    fn permute(state: &mut [Self; 25]);
    /// N lanes, out of N words of each state.
    fn from_words(words: [[u64; N]; N]) -> [Self; N];
    /// N words of each state, out of N lanes.
    fn to_words(lanes: [Self; N]) -> [[u64; N]; N];
}

/// The bits that follow the message, with the first one of the padding: FIPS 202, sections 6.1, 6.2 and B.2.
pub(crate) const SHA3: u8 = 0x06;
pub(crate) const SHAKE: u8 = 0x1f;

/// The rates, in bytes.
pub(crate) const SHA3_256_RATE: usize = 136;
pub(crate) const SHA3_512_RATE: usize = 72;
pub(crate) const SHAKE128_RATE: usize = 168;
pub(crate) const SHAKE256_RATE: usize = 136;

#[derive(Clone, Copy)]
pub(crate) struct Sponge<L, const N: usize> {
    state: [L; 25],
}

impl<L: States<N>, const N: usize> Sponge<L, N> {
    #[inline(always)]
    pub(crate) fn new() -> Self {
        Self { state: [L::splat(0); 25] }
    }

    /// Absorbs the rest of the inputs and the padding. Then the first block of output is there.
    pub(crate) fn absorb_final<const RATE: usize>(&mut self, mut inputs: [&[u8]; N], suffix: u8) {
        while let Some(blocks) = first_blocks(&mut inputs) {
            self.absorb_block::<RATE>(blocks);
        }
        add_last::<L, N, RATE>(&mut self.state, inputs, suffix);
        L::permute(&mut self.state);
    }

    #[inline(always)]
    pub(crate) fn absorb_block<const RATE: usize>(&mut self, blocks: [&[u8; RATE]; N]) {
        add_block(&mut self.state, blocks);
        L::permute(&mut self.state);
    }

    /// Goes on to the next block of output, and writes as much of it as the outputs are long.
    #[inline(always)]
    pub(crate) fn next_block<const RATE: usize>(&mut self, outputs: [&mut [u8]; N]) {
        L::permute(&mut self.state);
        self.squeeze::<RATE>(outputs);
    }

    /// Squeezes as much as the outputs are long, beginning with the block that is there.
    pub(crate) fn squeeze<const RATE: usize>(&mut self, mut outputs: [&mut [u8]; N]) {
        loop {
            let blocks = outputs.each_mut().map(|output| {
                let all = core::mem::take(output);
                let (block, rest) = all.split_at_mut(all.len().min(RATE));
                *output = rest;
                block
            });
            copy_block(&self.state, blocks);
            if outputs.iter().all(|output| output.is_empty()) {
                return;
            }
            L::permute(&mut self.state);
        }
    }
}

/// Takes a block off each of the inputs, if all are as long.
#[inline(always)]
fn first_blocks<'a, const N: usize, const RATE: usize>(inputs: &mut [&'a [u8]; N]) -> Option<[&'a [u8; RATE]; N]> {
    let mut blocks = [&[0; RATE]; N];
    let mut rest = *inputs;
    for (block, rest) in blocks.iter_mut().zip(&mut rest) {
        (*block, *rest) = rest.split_first_chunk()?;
    }
    *inputs = rest;
    Some(blocks)
}

/// Adds a block to the first lanes of each state.
#[inline(always)]
fn add_block<L: States<N>, const N: usize, const RATE: usize>(state: &mut [L; 25], blocks: [&[u8; RATE]; N]) {
    let mut rows = blocks.map(|block| block.as_chunks::<8>().0.chunks(N));
    for lanes in state.chunks_mut(N) {
        let mut words = [[[0; 8]; N]; N];
        for (words, rows) in words.iter_mut().zip(&mut rows) {
            let Some(row) = rows.next() else { return };
            match row.try_into() {
                Ok(whole) => *words = whole,
                Err(_) => words.iter_mut().zip(row).for_each(|(word, bytes)| *word = *bytes),
            }
        }
        add_words(lanes, words);
    }
}

/// Adds what is left of the inputs, less than a block of each, and the padding.
#[inline(always)]
fn add_last<L: States<N>, const N: usize, const RATE: usize>(state: &mut [L; 25], inputs: [&[u8]; N], suffix: u8) {
    let mut rows = inputs.map(|input| input.chunks(const { N << 3 }));
    for lanes in state.chunks_mut(N) {
        let mut words = [[[0; 8]; N]; N];
        let mut more = false;
        for (words, rows) in words.iter_mut().zip(&mut rows) {
            let row = rows.next().unwrap_or_default();
            let bytes = words.as_flattened_mut();
            more = row.len() == bytes.len();
            if more {
                bytes.copy_from_slice(row);
            } else {
                bytes.iter_mut().zip(row.iter().chain(&[suffix])).for_each(|(to, from)| *to = *from);
            }
        }
        add_words(lanes, words);
        if !more {
            break;
        }
    }
    if let Some(last) = state.get_mut(const { (RATE >> 3) - 1 }) {
        *last = last.xor(L::splat(0x80 << 56));
    }
}

#[inline(always)]
fn add_words<L: States<N>, const N: usize>(lanes: &mut [L], words: [[[u8; 8]; N]; N]) {
    let words = words.map(|words| words.map(u64::from_le_bytes));
    for (lane, more) in lanes.iter_mut().zip(L::from_words(words)) {
        *lane = lane.xor(more);
    }
}

/// Writes the first lanes of each state: as many bytes as the outputs are long, which is a block at most.
#[inline(always)]
fn copy_block<L: States<N>, const N: usize>(state: &[L; 25], outputs: [&mut [u8]; N]) {
    let mut rows = outputs.map(|output| output.chunks_mut(const { N << 3 }));
    for lanes in state.as_chunks::<N>().0 {
        for (words, rows) in L::to_words(*lanes).into_iter().zip(&mut rows) {
            let Some(row) = rows.next() else { return };
            let bytes = words.map(u64::to_le_bytes);
            let bytes = bytes.as_flattened();
            if row.len() == bytes.len() {
                row.copy_from_slice(bytes);
            } else {
                row.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
            }
        }
    }
}

/// A whole hash or XOF.
pub(crate) fn hash<L: States<N>, const N: usize, const RATE: usize>(
    inputs: [&[u8]; N],
    outputs: [&mut [u8]; N],
    suffix: u8,
) {
    let mut sponge = Sponge::<L, N>::new();
    sponge.absorb_final::<RATE>(inputs, suffix);
    sponge.squeeze::<RATE>(outputs);
}
