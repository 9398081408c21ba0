//! What is measured: every operation of every implementation, on keys and messages that change from call to call.

use crate::scheme::{Dh, Kem, Library, Sig, random};
use std::rc::Rc;

/// Keys that are used in turn, so that no branch predictor learns one.
const KEYS: usize = 8;
/// Messages that are signed in turn, each with fresh randomness where the scheme takes any.
pub const MESSAGES: usize = 1024;
pub const MESSAGE_BYTES: usize = 64;

/// What an operation does, and from what.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct What {
    pub algorithm: &'static str,
    /// keygen, encaps, decaps, agree, sign, verify
    pub operation: &'static str,
    /// With a key that was decoded, or expanded, before.
    pub prepared: bool,
}

impl std::fmt::Display for What {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{} {}{}", self.algorithm, self.operation, if self.prepared { ", prepared" } else { "" })
    }
}

pub struct Operation {
    pub by: &'static str,
    pub what: What,
    pub run: Box<dyn FnMut()>,
}

/// All operations of a library.
pub fn of(library: Library) -> Vec<Operation> {
    let mut all = Operations { by: library.name, list: vec![] };
    library.kems.into_iter().for_each(|kem| all.kem(kem));
    library.dhs.into_iter().for_each(|dh| all.dh(dh));
    library.sigs.into_iter().for_each(|sig| all.sig(sig));
    all.list
}

/// 0, 1, …, `len` - 1, 0, 1, …
fn turns(len: usize) -> impl FnMut() -> usize {
    let mut turn = 0;
    move || {
        turn = if turn + 1 < len { turn + 1 } else { 0 };
        turn
    }
}

struct Operations {
    by: &'static str,
    list: Vec<Operation>,
}

impl Operations {
    fn add(&mut self, algorithm: &'static str, operation: &'static str, prepared: bool, run: impl FnMut() + 'static) {
        self.list.push(Operation { by: self.by, what: What { algorithm, operation, prepared }, run: Box::new(run) });
    }

    fn kem(&mut self, kem: Kem) {
        let [pk_len, sk_len, ct_len, ss_len] = kem.sizes;
        let name = kem.algorithm;
        let make = || {
            let (mut pk, mut sk) = (vec![0; pk_len], vec![0; sk_len]);
            let (mut ct, mut ss) = (vec![0; ct_len], vec![0; ss_len]);
            (kem.keygen)(&mut pk, &mut sk);
            (kem.encaps)(&mut ct, &mut ss, &pk);
            (pk, sk, ct)
        };
        let keys: Rc<Vec<_>> = Rc::new((0..KEYS).map(|_| make()).collect());
        if let Some(load) = &kem.load_encaps {
            let loaded: Vec<_> = keys.iter().map(|(pk, _, _)| load(pk)).collect();
            let (mut ct, mut ss, mut turn) = (vec![0; ct_len], vec![0; ss_len], turns(KEYS));
            self.add(name, "encaps", true, move || loaded[turn()](&mut ct, &mut ss));
        }
        if let Some(load) = &kem.load_decaps {
            let loaded: Vec<_> = keys.iter().map(|(_, sk, ct)| (load(sk), ct.clone())).collect();
            let (mut ss, mut turn) = (vec![0; ss_len], turns(KEYS));
            self.add(name, "decaps", true, move || {
                let (key, ct) = &loaded[turn()];
                key(&mut ss, ct);
            });
        }
        let (mut pk, mut sk) = (vec![0; pk_len], vec![0; sk_len]);
        self.add(name, "keygen", false, move || (kem.keygen)(&mut pk, &mut sk));
        let (mut ct, mut ss, mut turn, those) = (vec![0; ct_len], vec![0; ss_len], turns(KEYS), keys.clone());
        self.add(name, "encaps", false, move || (kem.encaps)(&mut ct, &mut ss, &those[turn()].0));
        let (mut ss, mut turn) = (vec![0; ss_len], turns(KEYS));
        self.add(name, "decaps", false, move || {
            let (_, sk, ct) = &keys[turn()];
            (kem.decaps)(&mut ss, ct, sk);
        });
    }

    fn dh(&mut self, dh: Dh) {
        let (name, size) = (dh.algorithm, dh.size);
        let make = || {
            let [mut pk, mut sk] = [vec![0; size], vec![0; size]];
            (dh.keygen)(&mut pk, &mut sk);
            (pk, sk)
        };
        let keys: Vec<_> = (0..KEYS).map(|_| make()).collect();
        let next = |at: usize| (at + 1) % KEYS;
        if let Some(load) = &dh.load {
            let loaded: Vec<_> = keys.iter().map(|(_, sk)| load(sk)).collect();
            let (mut ss, mut turn, those) = (vec![0; size], turns(KEYS), keys.clone());
            self.add(name, "agree", true, move || {
                let at = turn();
                loaded[at](&mut ss, &those[next(at)].0);
            });
        }
        let [mut pk, mut sk] = [vec![0; size], vec![0; size]];
        self.add(name, "keygen", false, move || (dh.keygen)(&mut pk, &mut sk));
        let (mut ss, mut turn) = (vec![0; size], turns(KEYS));
        self.add(name, "agree", false, move || {
            let at = turn();
            (dh.agree)(&mut ss, &keys[next(at)].0, &keys[at].1);
        });
    }

    fn sig(&mut self, sig: Sig) {
        let [pk_len, sk_len, sig_len] = sig.sizes;
        let name = sig.algorithm;
        let make = || {
            let (mut pk, mut sk, mut signature) = (vec![0; pk_len], vec![0; sk_len], vec![0; sig_len]);
            let message = random::<MESSAGE_BYTES>();
            (sig.keygen)(&mut pk, &mut sk);
            (sig.sign)(&mut signature, &message, &sk);
            (pk, sk, message, signature)
        };
        let keys: Rc<Vec<_>> = Rc::new((0..KEYS).map(|_| make()).collect());
        let messages: Rc<Vec<_>> = Rc::new((0..MESSAGES).map(|_| random::<MESSAGE_BYTES>()).collect());
        if let Some(load) = &sig.load_sign {
            let loaded: Vec<_> = keys.iter().map(|key| load(&key.1)).collect();
            let (mut out, mut key, mut message) = (vec![0; sig_len], turns(KEYS), turns(MESSAGES));
            let those = messages.clone();
            self.add(name, "sign", true, move || loaded[key()](&mut out, &those[message()]));
        }
        if let Some(load) = &sig.load_verify {
            let loaded: Vec<_> = keys.iter().map(|key| load(&key.0)).collect();
            let (mut turn, those) = (turns(KEYS), keys.clone());
            self.add(name, "verify", true, move || {
                let at = turn();
                assert!(loaded[at](&those[at].3, &those[at].2));
            });
        }
        let (mut pk, mut sk) = (vec![0; pk_len], vec![0; sk_len]);
        self.add(name, "keygen", false, move || (sig.keygen)(&mut pk, &mut sk));
        let (mut out, mut key, mut message) = (vec![0; sig_len], turns(KEYS), turns(MESSAGES));
        let those = keys.clone();
        self.add(name, "sign", false, move || (sig.sign)(&mut out, &messages[message()], &those[key()].1));
        let mut turn = turns(KEYS);
        self.add(name, "verify", false, move || {
            let (pk, _, message, signature) = &keys[turn()];
            assert!((sig.verify)(signature, message, pk));
        });
    }
}
