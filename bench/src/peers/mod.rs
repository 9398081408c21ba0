//! Other people's libraries.

mod aws_lc;
mod crrl;
mod dalek;
mod graviola;
mod liboqs;
mod openssl;
mod rustcrypto;
mod sodium;

use crate::scheme::Library;

pub fn all() -> Vec<Library> {
    vec![
        liboqs::library(),
        aws_lc::library(),
        graviola::library(),
        sodium::library(),
        openssl::library(),
        rustcrypto::library(),
        dalek::library(),
        crrl::library(),
    ]
}
