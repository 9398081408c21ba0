//! That this library's hybrids are what their standards say, seen from outside: the parts of a ciphertext or of a
//! signature are taken by other people's components. X-Wing needs none of this: others have it whole.

use crate::ours;
use crate::scheme::{Kem, Library, Sig, array};
use ml_dsa::{MlDsa65, MlDsa87, MlDsaParams, Signature, VerifyingKey};
use ml_kem::kem::Decapsulate;
use sha2::Digest;

const MESSAGE: &[u8] = b"what is signed by both halves";

/// How many checks there were.
pub fn all() -> usize {
    let Library { kems, sigs, .. } = ours::library();
    let kem = kems.iter().find(|kem| kem.algorithm == "mlkem1024_x448").expect("a suite");
    let mldsa = |name| sigs.iter().find(|sig| sig.algorithm == name).expect("a suite");
    mlkem1024_x448(kem);
    composite::<MlDsa65>(
        mldsa("mldsa65_ed25519"),
        1952,
        3309,
        b"COMPSIG-MLDSA65-Ed25519-SHA512",
        &sha2::Sha512::digest(MESSAGE),
        |pk, sig, msg| crrl::ed25519::PublicKey::decode(pk).expect("a valid key").verify_raw(sig, msg),
    );
    let mut digest = [0; 64];
    shake256(MESSAGE, &mut digest);
    composite::<MlDsa87>(
        mldsa("mldsa87_ed448"),
        2592,
        4627,
        b"COMPSIG-MLDSA87-Ed448-SHAKE256",
        &digest,
        |pk, sig, msg| crrl::ed448::PublicKey::decode(pk).expect("a valid key").verify_raw(sig, msg),
    );
    5
}

fn shake256(input: &[u8], out: &mut [u8]) {
    use shake::{ExtendableOutput, Update, XofReader};
    let mut hash = shake::Shake256::default();
    hash.update(input);
    hash.finalize_xof().read(out);
}

/// The shared secret, from the ciphertext's parts and the secret key's: a seed of 64 bytes, and a scalar.
fn mlkem1024_x448(kem: &Kem) {
    let [pk_len, sk_len, ct_len, _] = kem.sizes;
    let (mut pk, mut sk, mut ct, mut ss) = (vec![0; pk_len], vec![0; sk_len], vec![0; ct_len], vec![0; 32]);
    (kem.keygen)(&mut pk, &mut sk);
    (kem.encaps)(&mut ct, &mut ss, &pk);
    let (seed, scalar) = sk.split_at(64);
    let (ct_lattice, ct_curve) = ct.split_at(1568);
    let key = ml_kem::DecapsulationKey1024::from_seed((*array::<64>(seed)).into());
    let secret = key.decapsulate(ct_lattice.try_into().expect("the size"));
    let shared = crrl::x448::x448(array(ct_curve), array(scalar));
    let parts = [&secret, &shared[..], ct_curve, &pk[1568..], b"MLKEM1024-X448"];
    assert_eq!(ss[..], sha3::Sha3_256::digest(parts.concat())[..], "mlkem1024_x448 is not what its parts say");
}

/// Both halves of a signature, each alone, over the message representative.
fn composite<P: MlDsaParams>(
    sig: &Sig,
    pk_half: usize,
    sig_half: usize,
    label: &[u8],
    digest: &[u8],
    verify_curve: fn(&[u8], &[u8], &[u8]) -> bool,
) {
    let [pk_len, sk_len, sig_len] = sig.sizes;
    let (mut pk, mut sk, mut signature) = (vec![0; pk_len], vec![0; sk_len], vec![0; sig_len]);
    (sig.keygen)(&mut pk, &mut sk);
    (sig.sign)(&mut signature, MESSAGE, &sk);
    let representative = [b"CompositeAlgorithmSignatures2025", label, &[0], digest].concat();
    let ((pk_lattice, pk_curve), (lattice, curve)) = (pk.split_at(pk_half), signature.split_at(sig_half));
    let key = VerifyingKey::<P>::decode(pk_lattice.try_into().expect("the size"));
    let lattice = Signature::<P>::decode(lattice.try_into().expect("the size")).expect("an encoding");
    assert!(key.verify_with_context(&representative, label, &lattice), "{}: its lattice half", sig.algorithm);
    assert!(verify_curve(pk_curve, curve, &representative), "{}: its curve half", sig.algorithm);
}
