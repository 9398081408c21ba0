"""What the encrypted part of the file holds: a description in JSON with nothing secret in it, and after it the seeds.

    length of the description, 4 bytes, big-endian | the description in UTF-8 | the seeds, one after the other

The seeds stay apart so that no secret ever becomes a str or an int, which nobody can wipe.
"""

from __future__ import annotations

import base64
import json
from typing import Any, Optional

from pqhybrid._ffi import ffi
from pqhybrid._key import PublicKey, SecretKey
from pqhybrid._secret import SecretBytes
from pqhybrid.errors import PqhybridError
from pqhybrid.keys._errors import DowngradeRefused, StoreCorrupted
from pqhybrid.keys._policy import known_suite
from pqhybrid.keys._state import ACTIVE, OVERLAPPING, RETIRED, STATES, Generation, State

_VERSION = 1


def encode(state: State) -> SecretBytes:
    """The state as one secret."""
    names: dict[str, list[dict[str, Any]]] = {}
    seeds: list[SecretBytes] = []
    for name, each in state.every():
        size = 0
        if each.secret is not None:
            seeds.append(each.secret._secret)
            size = len(seeds[-1])
        names.setdefault(name, []).append(
            {
                "id": each.key_id,
                "suite": each.suite.name,
                "created": each.created,
                "not_after": each.not_after,
                "state": each.state,
                "until": each.until,
                "public": base64.b64encode(bytes(each.public)).decode("ascii"),
                "seed_bytes": size,
            }
        )
    description = json.dumps({"version": _VERSION, "names": names}, separators=(",", ":")).encode()
    plain = SecretBytes._of_size(4 + len(description) + sum(map(len, seeds)))
    out = memoryview(ffi.buffer(plain._use(), len(plain))).cast("B")
    out[:4] = len(description).to_bytes(4, "big")
    out[4 : 4 + len(description)] = description
    at = 4 + len(description)
    for seed in seeds:
        out[at : at + len(seed)] = seed.view()
        at += len(seed)
    return plain


def decode(plain: SecretBytes, known: Optional[State] = None) -> State:
    """The inverse of encode. A key that known holds already is taken from there, so that who works with it can go on;
    one that known has retired stays so.

    Raises:
        StoreCorrupted: it is not what encode makes.
        DowngradeRefused: it names an algorithm that is no suite here.
    """
    made: list[SecretKey] = []
    try:
        held = known.every() if known else ()
        return _decoded(plain, {(name, each.key_id): each.secret for name, each in held}, made)
    except DowngradeRefused:
        _wipe(made)
        raise
    except (PqhybridError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        _wipe(made)
        raise StoreCorrupted(
            "the key store opens, but what it holds makes no sense: another version of pqhybrid may have written it"
        ) from None


def _decoded(plain: SecretBytes, known: dict[tuple[str, str], Any], made: list[SecretKey]) -> State:
    view = plain.view()
    at = 4 + int.from_bytes(view[:4], "big")
    description = json.loads(bytes(view[4:at]))
    if description["version"] != _VERSION:
        raise ValueError("another version")
    names: dict[str, tuple[Generation, ...]] = {}
    for name, entries in description["names"].items():
        generations = []
        for entry in entries:
            size = entry["seed_bytes"]
            generations.append(_generation(name, entry, view[at : at + size] if size else None, known, made))
            at += size
        _check(generations)
        names[name] = tuple(generations)
    if at != len(plain):
        raise ValueError("seeds are missing or left over")
    return State(names)


def _generation(
    name: str,
    entry: dict[str, Any],
    seed: Optional[memoryview],
    known: dict[tuple[str, str], Any],
    made: list[SecretKey],
) -> Generation:
    suite = known_suite(entry["suite"])
    public = PublicKey.from_bytes(suite, base64.b64decode(entry["public"], validate=True))
    secret, state, key = None, entry["state"], (name, entry["id"])
    if seed is not None and key in known and known[key] is None:
        # Retired here for good, though the file does not say so: it could not be written, or is an older copy.
        state = RETIRED
    elif seed is not None:
        secret = known.get(key)
        if secret is None or secret.wiped or secret.suite is not suite:
            secret = suite.secret_key(seed)
            secret._public = public
            made.append(secret)
    times = [entry["created"], entry["not_after"], entry["until"]]
    if not all(each is None or type(each) is int for each in times) or times[0] is None:
        raise ValueError("a time is missing")
    if state not in STATES or (secret is None) != (state == RETIRED) or type(entry["id"]) is not str:
        raise ValueError("a state is unknown or does not fit")
    if state == OVERLAPPING and entry["until"] is None:
        raise ValueError("an overlap has no end")
    return Generation(entry["id"], suite, times[0], times[1], state, times[2], public, secret)


def _check(generations: list[Generation]) -> None:
    if not generations or any(each.state == ACTIVE for each in generations[1:]):
        raise ValueError("a name has no generation, or an active one that is not the newest")


def _wipe(keys: list[SecretKey]) -> None:
    for key in keys:
        key.wipe()
