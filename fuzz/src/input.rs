//! Reads a case from the fuzzer's bytes, from front to back. Bytes that are missing are zero, so that every input is
//! one.

/// What is left of a case.
pub struct Input<'a> {
    rest: &'a [u8],
}

impl<'a> Input<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Input { rest: bytes }
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn byte(&mut self) -> u8 {
        match self.rest.split_first() {
            Some((first, rest)) => {
                self.rest = rest;
                *first
            }
            None => 0,
        }
    }

    /// Little-endian.
    pub fn u16(&mut self) -> u16 {
        u16::from_le_bytes([self.byte(), self.byte()])
    }

    /// Little-endian.
    pub fn i32(&mut self) -> i32 {
        i32::from_le_bytes([self.byte(), self.byte(), self.byte(), self.byte()])
    }

    pub fn below(&mut self, limit: usize) -> usize {
        usize::from(self.byte()) % limit
    }

    pub fn choose<T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Up to `len` bytes of the input as they are.
    pub fn raw(&mut self, len: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(len.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    /// A key, coins, a state: as many bytes of the input as it takes if the first byte is 255, else bytes made from
    /// that.
    pub fn bytes(&mut self, len: usize) -> Vec<u8> {
        match self.byte() {
            255 => {
                let mut bytes = self.raw(len).to_vec();
                bytes.resize(len, 0);
                bytes
            }
            seed => expand(seed, len),
        }
    }

    /// A message, a context: of up to `limit` bytes, the first 32 of them from the input.
    pub fn text(&mut self, limit: usize) -> Vec<u8> {
        let len = usize::from(self.u16()) % (limit + 1);
        let start = self.raw(len.min(32));
        let mut text = expand(len as u8, len);
        text[..start.len()].copy_from_slice(start);
        text
    }
}

/// `len` bytes that look random: a different string for each seed.
pub fn expand(seed: u8, len: usize) -> Vec<u8> {
    let mut state = u64::from(seed);
    let mut bytes = Vec::with_capacity(len + 8);
    while bytes.len() < len {
        // SplitMix64.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = state;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bytes.extend_from_slice(&(word ^ (word >> 31)).to_le_bytes());
    }
    bytes.truncate(len);
    bytes
}
