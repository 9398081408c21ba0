//! What an implementation offers, in one form for all: key encapsulation, key agreement, signatures, on byte strings.
//! Whatever fails ends the program: here only valid inputs are measured.

/// A function of a key that was decoded, or expanded, before.
pub type Loaded<F> = Box<dyn Fn(&[u8]) -> Box<F>>;

pub type Keygen = dyn Fn(&mut [u8], &mut [u8]);
pub type Encaps = dyn Fn(&mut [u8], &mut [u8], &[u8]);
/// Writes the first, from the second with the key that is the third.
pub type WithKey = dyn Fn(&mut [u8], &[u8], &[u8]);
pub type Verify = dyn Fn(&[u8], &[u8], &[u8]) -> bool;
pub type LoadedEncaps = dyn Fn(&mut [u8], &mut [u8]);
pub type LoadedDecaps = dyn Fn(&mut [u8], &[u8]);
pub type LoadedSign = dyn Fn(&mut [u8], &[u8]);
pub type LoadedVerify = dyn Fn(&[u8], &[u8]) -> bool;

/// Key encapsulation. Secret keys are what the implementation stores: a seed, or an expanded key.
pub struct Kem {
    pub algorithm: &'static str,
    /// Bytes of public key, secret key, ciphertext, shared secret.
    pub sizes: [usize; 4],
    /// Writes public key and secret key.
    pub keygen: Box<Keygen>,
    /// Writes ciphertext and shared secret, from the public key.
    pub encaps: Box<Encaps>,
    /// Writes the shared secret, from ciphertext and secret key.
    pub decaps: Box<WithKey>,
    pub load_encaps: Option<Loaded<LoadedEncaps>>,
    pub load_decaps: Option<Loaded<LoadedDecaps>>,
}

/// Key agreement; keys and secrets have one size.
pub struct Dh {
    pub algorithm: &'static str,
    pub size: usize,
    pub keygen: Box<Keygen>,
    /// Writes the shared secret, from the other's public key and the secret key.
    pub agree: Box<WithKey>,
    /// The same with a secret key that was loaded before.
    pub load: Option<Loaded<LoadedDecaps>>,
}

/// Signatures.
pub struct Sig {
    pub algorithm: &'static str,
    /// Bytes of public key, secret key, signature.
    pub sizes: [usize; 3],
    pub keygen: Box<Keygen>,
    /// Writes the signature, of a message, with the secret key.
    pub sign: Box<WithKey>,
    /// Of a signature, a message, a public key.
    pub verify: Box<Verify>,
    pub load_sign: Option<Loaded<LoadedSign>>,
    pub load_verify: Option<Loaded<LoadedVerify>>,
}

/// An implementation.
#[derive(Default)]
pub struct Library {
    pub name: &'static str,
    pub version: String,
    pub kems: Vec<Kem>,
    pub dhs: Vec<Dh>,
    pub sigs: Vec<Sig>,
}

/// The first bytes of `from`, as many as `N`.
pub fn array<const N: usize>(from: &[u8]) -> &[u8; N] {
    from.try_into().expect("a length that the table of sizes says")
}

/// Fresh random bytes from the operating system.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
