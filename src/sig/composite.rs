//! What the composite signatures share: the message representative.

use super::{CONTEXT_MAX_BYTES, DIGEST_BYTES};
use crate::bytes::Buffer;
use crate::error::Error;

/// Bytes of a suite's label, which is also the context of its ML-DSA half.
pub(super) const LABEL_BYTES: usize = 30;

const PREFIX: &[u8; 32] = b"CompositeAlgorithmSignatures2025";
const MAX_BYTES: usize = PREFIX.len() + LABEL_BYTES + 1 + CONTEXT_MAX_BYTES + DIGEST_BYTES;

/// M' = Prefix || Label || len(ctx) || ctx || PH(M), what both halves sign.
pub(super) fn message_representative(
    label: &[u8; LABEL_BYTES],
    context: &[u8],
    digest: &[u8; DIGEST_BYTES],
) -> Result<Buffer<MAX_BYTES>, Error> {
    let context_len = u8::try_from(context.len()).map_err(|_| Error::ContextLength)?;
    let mut message = Buffer::new();
    message.push(PREFIX)?;
    message.push(label)?;
    message.push(&[context_len])?;
    message.push(context)?;
    message.push(digest)?;
    Ok(message)
}
