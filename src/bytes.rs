//! Cutting byte strings apart and putting them together, without a panic that the compiler could not rule out.

use crate::error::Error;
#[cfg(feature = "_sig")]
use crate::memory::Zeroize;

/// Cuts `whole` into its two parts. A sum that does not fit does not compile.
pub(crate) fn split<const N: usize, const A: usize, const B: usize>(
    whole: &[u8; N],
) -> Result<(&[u8; A], &[u8; B]), Error> {
    const { assert!(A + B == N) };
    let (a, rest) = whole.split_first_chunk::<A>().ok_or(Error::Internal)?;
    let b = rest.first_chunk::<B>().ok_or(Error::Internal)?;
    Ok((a, b))
}

/// The same for a byte string that is to be filled in.
pub(crate) fn split_mut<const N: usize, const A: usize, const B: usize>(
    whole: &mut [u8; N],
) -> Result<(&mut [u8; A], &mut [u8; B]), Error> {
    const { assert!(A + B == N) };
    let (a, rest) = whole.split_first_chunk_mut::<A>().ok_or(Error::Internal)?;
    let b = rest.first_chunk_mut::<B>().ok_or(Error::Internal)?;
    Ok((a, b))
}

/// A byte string of at most `N` bytes, written from left to right and wiped when it goes.
#[cfg(feature = "_sig")]
pub(crate) struct Buffer<const N: usize> {
    bytes: [u8; N],
    len: usize,
}

#[cfg(feature = "_sig")]
impl<const N: usize> Buffer<N> {
    pub(crate) fn new() -> Self {
        Buffer { bytes: [0; N], len: 0 }
    }

    /// Appends `part`, or changes nothing and fails if there is no room.
    pub(crate) fn push(&mut self, part: &[u8]) -> Result<(), Error> {
        let end = self.len.checked_add(part.len()).ok_or(Error::Internal)?;
        let room = self.bytes.get_mut(self.len..end).ok_or(Error::Internal)?;
        room.copy_from_slice(part);
        self.len = end;
        Ok(())
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&[])
    }
}

#[cfg(feature = "_sig")]
impl<const N: usize> Drop for Buffer<N> {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}
