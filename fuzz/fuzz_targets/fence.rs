//! Any function with any pointers: NULL, overlapping, unaligned, impossibly long. What the header promises is worked
//! out here once more, in arithmetic that cannot overflow.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pqhybrid::ffi::status::*;
use pqhybrid_fuzz::functions::{self, Argument, Function, Kind, Out, SizedOut, State};
use pqhybrid_fuzz::input::{Input, expand};
use pqhybrid_fuzz::random;

/// Room for the arguments of any function, one after the other, and more.
const ARENA: usize = 48 * 1024;
const LONG: usize = 2048;
/// Room before the first of them, for one that is laid before it.
const BEFORE: usize = 14 * 1024;

fuzz_target!(|data: &[u8]| {
    let mut input = Input::new(data);
    let index = input.below(functions::all().count());
    let function = functions::all().nth(index).expect("an index below the count");
    let before = expand(input.byte(), ARENA);
    let mut arena = before.clone().into_boxed_slice();
    let given = place(function, arena.as_mut_ptr(), &mut input);
    let failing = input.byte() & 7 == 1;

    let expected = refusal(function, &given);
    if expected.is_none() && !all_inside(function, &given, &arena) {
        return;
    }
    let draws = if function.arguments == [SizedOut] { given[0].1 } else { function.draws };
    let too_long = function.arguments.iter().zip(&given).any(|(kind, argument)| match kind {
        Kind::Sized { limit } => argument.1 > *limit,
        _ => false,
    });
    // SAFETY: the arguments lie in the arena, or else they are to be refused unread.
    let call = || unsafe { (function.call)(&given) };
    let status = match expected {
        Some(_) => random::with(&[], call),
        None if too_long => random::with(&[], call),
        None if failing => random::failing(-1, &expand(7, draws / 2), call),
        None => random::with(&expand(8, draws), call),
    };

    let name = function.name;
    match expected {
        Some(refused) => assert_eq!(status, refused, "{name} should have refused its arguments"),
        None if too_long => assert_eq!(status, PQH_ERR_CONTEXT_LENGTH, "{name}"),
        None if failing && (draws > 0 || function.arguments == [SizedOut]) => {
            assert_eq!(status, PQH_ERR_RANDOM, "{name}")
        }
        None => assert!(status == PQH_OK || function.failures.contains(&status), "{name} gives {status}"),
    }
    let mut after = arena.to_vec();
    for (kind, argument) in function.arguments.iter().zip(&given) {
        let len = length(kind, argument);
        // Where a refused call had its outputs, nothing may have changed.
        if expected.is_some() || len == 0 || !is_output(kind) {
            continue;
        }
        let start = argument.0.addr() - arena.as_ptr().addr();
        if status != PQH_OK && *kind != State {
            assert!(after[start..][..len].iter().all(|byte| *byte == 0), "{name} failed and left an output");
        }
        if status == PQH_OK || *kind != State {
            after[start..][..len].copy_from_slice(&before[start..][..len]);
        }
    }
    assert!(after == before, "{name} wrote where it should not");
});

/// Chooses pointers and lengths.
fn place(function: &Function, arena: *mut u8, input: &mut Input) -> Vec<Argument> {
    let mut given: Vec<Argument> = Vec::new();
    let mut free = BEFORE + usize::from(input.byte() & 15);
    for kind in function.arguments {
        let len = match kind {
            Kind::Sized { .. } | SizedOut => match input.byte() {
                0 => 0,
                250 => isize::MAX.unsigned_abs(),
                251 => isize::MAX.unsigned_abs() + 1,
                252 => usize::MAX,
                253 => usize::MAX - usize::from(input.u16()),
                254 => usize::from(input.u16()) % LONG,
                255 => 256,
                short => usize::from(short),
            },
            _ => length(kind, &(arena, 0)),
        };
        let near = |start: usize, by: u8| arena.wrapping_add(start).wrapping_offset(isize::from(by as i8));
        let other = given.get(input.below(given.len().max(1))).copied();
        let pointer = match (input.byte() % 12, other) {
            (0, _) => std::ptr::null_mut(),
            (1, _) => arena.wrapping_add(usize::from(input.u16()) % ARENA),
            (2, Some((start, _))) => start.wrapping_offset(isize::from(input.byte() as i8)),
            // Before another: its first byte is this one's last, or a few bytes off.
            (3, Some((start, _))) => start.wrapping_sub(len).wrapping_offset(isize::from(input.byte() as i8)),
            (4, _) => std::ptr::without_provenance_mut(usize::MAX - usize::from(input.u16())),
            (5, _) => near(free, input.byte()),
            _ => arena.wrapping_add(free),
        };
        if len <= BEFORE {
            free += len + usize::from(input.byte() & 15);
        }
        given.push((pointer, len));
    }
    given
}

fn length(kind: &Kind, argument: &Argument) -> usize {
    match kind {
        Kind::In(len) | Out(len) => *len,
        State => 256,
        Kind::Sized { .. } | SizedOut => argument.1,
    }
}

fn is_output(kind: &Kind) -> bool {
    matches!(kind, Out(_) | State | SizedOut)
}

/// What the header says of such arguments, if it is that they are refused.
fn refusal(function: &Function, given: &[Argument]) -> Option<i32> {
    let spans: Vec<(i128, i128, &Kind)> = function
        .arguments
        .iter()
        .zip(given)
        .map(|(kind, argument)| (argument.0.addr() as i128, length(kind, argument) as i128, kind))
        .collect();
    let impossible = |(start, len, kind): &(i128, i128, &Kind)| {
        let may_be_null = matches!(kind, Kind::Sized { .. }) && *len == 0;
        (*start == 0 && !may_be_null) || *len > isize::MAX as i128 || start + len > usize::MAX as i128
    };
    if spans.iter().any(impossible) {
        return Some(PQH_ERR_NULL);
    }
    for (n, (start, len, kind)) in spans.iter().enumerate() {
        for (other_start, other_len, other_kind) in &spans[..n] {
            let apart =
                start + len <= *other_start || other_start + other_len <= *start || *len == 0 || *other_len == 0;
            if !apart && (is_output(kind) || is_output(other_kind)) {
                return Some(PQH_ERR_OVERLAP);
            }
        }
    }
    None
}

/// Whether a call with these arguments is lawful. An empty one may point anywhere.
fn all_inside(function: &Function, given: &[Argument], arena: &[u8]) -> bool {
    function.arguments.iter().zip(given).all(|(kind, argument)| {
        let (start, len) = (argument.0.addr(), length(kind, argument));
        len == 0 || start >= arena.as_ptr().addr() && start + len <= arena.as_ptr().addr() + arena.len()
    })
}
