//! Calls C functions as a hostile but lawful caller would: buffers of the exact size, which the address sanitizer
//! guards, at any alignment, outputs full of rubbish; and holds the functions to what the header says of all of them.

use pqhybrid::Error;
use pqhybrid::ffi::status::*;

/// What outputs hold before a call.
pub const RUBBISH: u8 = 0xa5;

/// Bytes that end where their allocation ends.
pub struct Buffer {
    memory: Box<[u8]>,
    offset: usize,
}

impl Buffer {
    pub fn new(content: &[u8], offset: usize) -> Self {
        let mut memory = vec![RUBBISH; offset];
        memory.extend_from_slice(content);
        Buffer { memory: memory.into_boxed_slice(), offset }
    }

    pub fn rubbish(len: usize, offset: usize) -> Self {
        Buffer { memory: vec![RUBBISH; offset + len].into_boxed_slice(), offset }
    }

    pub fn as_slice(&self) -> &[u8] {
        &self.memory[self.offset..]
    }

    pub fn as_mut_slice(&mut self) -> &mut [u8] {
        &mut self.memory[self.offset..]
    }

    pub fn pointer(&mut self) -> *mut u8 {
        self.as_mut_slice().as_mut_ptr()
    }
}

/// The Rust API beside a C function, told outputs and inputs in the same order.
pub type Rust = fn(&mut [Vec<u8>], &[&[u8]]) -> Result<(), Error>;

/// What a call came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub status: i32,
    pub outputs: Vec<Vec<u8>>,
}

impl Outcome {
    /// The outputs of a call that must have gone well.
    #[track_caller]
    pub fn ok(self) -> Vec<Vec<u8>> {
        assert_eq!(self.status, PQH_OK, "the call failed");
        self.outputs
    }

    #[track_caller]
    pub fn ok_one(self) -> Vec<u8> {
        self.ok().swap_remove(0)
    }

    #[track_caller]
    pub fn expect(self, status: i32) {
        assert_eq!(self.status, status, "the call should have ended otherwise");
    }
}

/// Calls `function` with outputs of the given sizes and copies of `inputs`; `place` is where they lie. An empty input
/// is NULL every other time. The Rust API, if there is one beside the function, must come to the same; it is asked
/// every other time, for speed.
#[track_caller]
pub fn call(
    place: u8,
    outputs: &[usize],
    inputs: &[&[u8]],
    function: impl FnOnce(&[*mut u8], &[*const u8]) -> i32,
    rust: Option<Rust>,
) -> Outcome {
    let offset = |argument: usize| usize::from(place.rotate_left(argument as u32)) % 16;
    let mut out: Vec<Buffer> = outputs.iter().enumerate().map(|(n, len)| Buffer::rubbish(*len, offset(n))).collect();
    let mut given: Vec<Buffer> =
        inputs.iter().enumerate().map(|(n, bytes)| Buffer::new(bytes, offset(n + outputs.len()))).collect();
    let out_pointers: Vec<*mut u8> = out.iter_mut().map(Buffer::pointer).collect();
    let in_pointers: Vec<*const u8> = given
        .iter_mut()
        .map(|buffer| match buffer.as_slice().is_empty() && place & 1 == 1 {
            true => std::ptr::null(),
            false => buffer.pointer().cast_const(),
        })
        .collect();

    let status = function(&out_pointers, &in_pointers);

    for (buffer, input) in given.iter().zip(inputs) {
        assert!(buffer.as_slice() == *input, "the call changed an input");
    }
    let outputs: Vec<Vec<u8>> = out.iter().map(|buffer| buffer.as_slice().to_vec()).collect();
    let (expected, what) = match status {
        PQH_OK => (None, ""),
        PQH_ERR_NULL | PQH_ERR_OVERLAP => (Some(RUBBISH), "the call refused its arguments and wrote an output"),
        _ => (Some(0), "the call failed and left an output that is not zero"),
    };
    if let Some(expected) = expected {
        assert!(outputs.iter().flatten().all(|byte| *byte == expected), "{what}");
    }
    if let Some(rust) = rust.filter(|_| place & 2 == 2) {
        let mut theirs: Vec<Vec<u8>> = outputs.iter().map(|output| vec![RUBBISH; output.len()]).collect();
        assert_eq!(status, from_result(rust(&mut theirs, inputs)), "C and Rust do not agree on the status");
        assert!(status != PQH_OK || outputs == theirs, "C and Rust do not agree on the outputs");
    }
    Outcome { status, outputs }
}

fn from_result(result: Result<(), Error>) -> i32 {
    match result {
        Ok(()) => PQH_OK,
        Err(Error::Null) => PQH_ERR_NULL,
        Err(Error::Overlap) => PQH_ERR_OVERLAP,
        Err(Error::ContextLength) => PQH_ERR_CONTEXT_LENGTH,
        Err(Error::PublicKey) => PQH_ERR_PUBLIC_KEY,
        Err(Error::Ciphertext) => PQH_ERR_CIPHERTEXT,
        Err(Error::Signature) => PQH_ERR_SIGNATURE,
        Err(Error::Random) => PQH_ERR_RANDOM,
        Err(Error::State) => PQH_ERR_STATE,
        Err(Error::Internal) => PQH_ERR_INTERNAL,
    }
}

/// The bytes as an array; targets only ever pass the right size.
pub fn array<const N: usize>(bytes: &[u8]) -> &[u8; N] {
    bytes.try_into().expect("an object of another size")
}

pub fn array_mut<const N: usize>(bytes: &mut [u8]) -> &mut [u8; N] {
    bytes.try_into().expect("an object of another size")
}
