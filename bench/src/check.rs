//! Before anything is measured: that all implementations of an algorithm understand each other, in both directions, and
//! that none takes what was changed. Ends the program where they do not.

use crate::scheme::{Dh, Kem, Library, Sig};

const MESSAGE: &[u8] = b"what everybody signs";

/// An algorithm as the peers call it. X-Wing has one name here and another there.
pub fn common_name(algorithm: &'static str) -> &'static str {
    if algorithm == "mlkem768_x25519" { "X-Wing" } else { algorithm }
}

/// How many checks there were.
pub fn all(libraries: &[Library]) -> usize {
    let mut count = 0;
    for one in libraries {
        for other in libraries {
            let pair = format!("{} and {}", one.name, other.name);
            for (a, b) in pairs(&one.kems, &other.kems, |kem| kem.algorithm) {
                count += kems(a, b, &pair);
            }
            for (a, b) in pairs(&one.dhs, &other.dhs, |dh| dh.algorithm) {
                count += dhs(a, b, &pair);
            }
            for (a, b) in pairs(&one.sigs, &other.sigs, |sig| sig.algorithm) {
                count += sigs(a, b, &pair);
            }
        }
    }
    count
}

fn pairs<'a, T>(ours: &'a [T], theirs: &'a [T], name: fn(&T) -> &'static str) -> Vec<(&'a T, &'a T)> {
    let matching = |a: &'a T| {
        let same = move |b: &&'a T| common_name(name(a)) == common_name(name(b));
        theirs.iter().filter(same).map(move |b| (a, b))
    };
    ours.iter().flat_map(matching).collect()
}

/// Keys and decapsulation by `a`, encapsulation by `b`.
fn kems(a: &Kem, b: &Kem, pair: &str) -> usize {
    let [pk_len, sk_len, ct_len, ss_len] = a.sizes;
    assert_eq!([pk_len, ct_len, ss_len], [b.sizes[0], b.sizes[2], b.sizes[3]], "{pair}: sizes, {}", a.algorithm);
    let (mut pk, mut sk, mut ct) = (vec![0; pk_len], vec![0; sk_len], vec![0; ct_len]);
    let [mut sent, mut received] = [vec![0; ss_len], vec![1; ss_len]];
    let mut count = 0;
    let mut agree = |what: &str, sent: &[u8], received: &[u8], equal: bool| {
        assert_eq!(sent == received, equal, "{pair} do not agree: {}, {what}", a.algorithm);
        count += 1;
    };
    (a.keygen)(&mut pk, &mut sk);
    (b.encaps)(&mut ct, &mut sent, &pk);
    (a.decaps)(&mut received, &ct, &sk);
    agree("decaps", &sent, &received, true);
    if let Some(load) = &a.load_decaps {
        load(&sk)(&mut received, &ct);
        agree("decaps, prepared", &sent, &received, true);
    }
    if let Some(load) = &b.load_encaps {
        load(&pk)(&mut ct, &mut sent);
        (a.decaps)(&mut received, &ct, &sk);
        agree("encaps, prepared", &sent, &received, true);
    }
    ct[0] ^= 1;
    (a.decaps)(&mut received, &ct, &sk);
    agree("a changed ciphertext", &sent, &received, false);
    count
}

/// Both make keys, and each computes the secret with the other's.
fn dhs(a: &Dh, b: &Dh, pair: &str) -> usize {
    let key = |dh: &Dh| {
        let [mut pk, mut sk] = [vec![0; dh.size], vec![0; dh.size]];
        (dh.keygen)(&mut pk, &mut sk);
        (pk, sk)
    };
    let ((pk_a, sk_a), (pk_b, sk_b)) = (key(a), key(b));
    let [mut one, mut other] = [vec![0; a.size], vec![1; b.size]];
    (a.agree)(&mut one, &pk_b, &sk_a);
    (b.agree)(&mut other, &pk_a, &sk_b);
    assert_eq!(one, other, "{pair} do not agree: {}", a.algorithm);
    let Some(load) = &a.load else { return 1 };
    load(&sk_a)(&mut one, &pk_b);
    assert_eq!(one, other, "{pair} do not agree: {}, prepared", a.algorithm);
    2
}

/// `a` signs, `b` verifies.
fn sigs(a: &Sig, b: &Sig, pair: &str) -> usize {
    let [pk_len, sk_len, sig_len] = a.sizes;
    let (mut pk, mut sk, mut sig) = (vec![0; pk_len], vec![0; sk_len], vec![0; sig_len]);
    (a.keygen)(&mut pk, &mut sk);
    (a.sign)(&mut sig, MESSAGE, &sk);
    let mut count = 0;
    let mut check = |what: &str, valid: bool, expected: bool| {
        assert_eq!(valid, expected, "{pair} do not agree: {}, {what}", a.algorithm);
        count += 1;
    };
    check("verify", (b.verify)(&sig, MESSAGE, &pk), true);
    if let Some(load) = &b.load_verify {
        check("verify, prepared", load(&pk)(&sig, MESSAGE), true);
        check("another message, prepared", load(&pk)(&sig, &MESSAGE[1..]), false);
    }
    if let Some(load) = &a.load_sign {
        load(&sk)(&mut sig, MESSAGE);
        check("sign, prepared", (b.verify)(&sig, MESSAGE, &pk), true);
    }
    check("another message", (b.verify)(&sig, &MESSAGE[1..], &pk), false);
    count
}
