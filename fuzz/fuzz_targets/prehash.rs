//! Messages hashed piece by piece, in states that are copied, mixed up, finished twice and overwritten.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pqhybrid::ffi::status::*;
use pqhybrid_fuzz::call::{Buffer, RUBBISH};
use pqhybrid_fuzz::input::{Input, expand};
use pqhybrid_fuzz::known;
use pqhybrid_fuzz::mutate::mutate;
use pqhybrid_fuzz::sig::{DIGEST, SIGS, STATE};

/// A caller's state, and what must be in it.
struct Slot {
    state: Buffer,
    model: Model,
}

#[derive(Clone)]
enum Model {
    /// A suite's hash of this message, so far.
    Hash(usize, Vec<u8>),
    /// Never begun, or finished.
    Nothing,
    /// Whatever the caller has made of it.
    Made,
}

fuzz_target!(|data: &[u8]| {
    let mut input = Input::new(data);
    let offset = usize::from(input.byte() & 15);
    let mut slots = [0, 1].map(|n| Slot { state: Buffer::rubbish(STATE, offset + n), model: Model::Nothing });
    for _ in 0..40 {
        if input.is_empty() {
            break;
        }
        let operation = input.byte();
        let suite = usize::from(operation >> 7);
        let slot = usize::from(operation >> 6 & 1);
        match operation & 7 {
            0 => init(&mut slots[slot], suite),
            1 => {
                let state = slots[slot].state.as_slice().to_vec();
                let model = slots[slot].model.clone();
                slots[1 - slot].state.as_mut_slice().copy_from_slice(&state);
                slots[1 - slot].model = model;
            }
            2 => make(&mut slots[slot], &mut input),
            3 => finish(&mut slots[slot], suite, offset),
            4 => {
                let len = usize::from(input.u16());
                update(&mut slots[slot], suite, &expand(operation, len), offset);
            }
            _ => {
                let len = usize::from(input.byte());
                update(&mut slots[slot], suite, input.raw(len), offset);
            }
        }
    }
    for slot in &mut slots {
        let suite = if let Model::Hash(suite, _) = slot.model { suite } else { 0 };
        finish(slot, suite, offset);
    }
});

fn init(slot: &mut Slot, suite: usize) {
    assert_eq!((SIGS[suite].prehash_init)(slot.state.pointer()), PQH_OK);
    slot.model = Model::Hash(suite, Vec::new());
}

/// The caller writes into the state.
fn make(slot: &mut Slot, input: &mut Input) {
    let other = [b"SHA-512 ".to_vec(), expand(9, STATE - 8)].concat();
    let before = slot.state.as_slice().to_vec();
    mutate(input, slot.state.as_mut_slice(), 8, &other);
    if slot.state.as_slice() != before {
        slot.model = Model::Made;
    }
}

/// What a function of `suite` must say to this state.
fn expected(slot: &Slot, suite: usize) -> i32 {
    let accepted = match slot.model {
        Model::Hash(begun, _) => begun == suite,
        Model::Nothing => false,
        Model::Made => (SIGS[suite].is_state)(slot.state.as_slice()),
    };
    if accepted { PQH_OK } else { PQH_ERR_STATE }
}

fn update(slot: &mut Slot, suite: usize, data: &[u8], offset: usize) {
    let expected = expected(slot, suite);
    let before = slot.state.as_slice().to_vec();
    let mut given = Buffer::new(data, 15 - offset);
    let pointer = if data.is_empty() && offset & 1 == 1 { std::ptr::null_mut() } else { given.pointer() };
    let status = (SIGS[suite].prehash_update)(slot.state.pointer(), pointer, data.len());
    assert_eq!(status, expected, "update");
    assert!(given.as_slice() == data, "update changed its data");
    assert!(status == PQH_OK || slot.state.as_slice() == before, "a state that is not accepted was changed");
    if let (PQH_OK, Model::Hash(_, message)) = (status, &mut slot.model) {
        message.extend_from_slice(data);
    }
}

fn finish(slot: &mut Slot, suite: usize, offset: usize) {
    let expected = expected(slot, suite);
    let before = slot.state.as_slice().to_vec();
    let mut digest = Buffer::rubbish(DIGEST, offset);
    assert_eq!((SIGS[suite].prehash_final)(slot.state.pointer(), digest.pointer()), expected, "final");
    if expected != PQH_OK {
        assert!(slot.state.as_slice() == before, "a state that is not accepted was changed");
        assert!(digest.as_slice() == [0; DIGEST], "final failed and left a digest");
        return;
    }
    assert!(slot.state.as_slice() == [0; STATE], "final left a state");
    assert!(digest.as_slice() != [RUBBISH; DIGEST], "final wrote no digest");
    if let Model::Hash(begun, message) = &slot.model {
        assert!(digest.as_slice() == (SIGS[*begun].digest)(message), "in pieces, the digest is another");
        assert!(digest.as_slice() == known::digest(*begun, message), "the digest is not the standard's");
    }
    slot.model = Model::Nothing;
}
