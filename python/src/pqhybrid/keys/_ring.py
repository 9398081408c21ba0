"""The ring itself: the life of named keys, and what there is of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Optional

from pqhybrid._key import SecretKey
from pqhybrid.keys import _policy
from pqhybrid.keys._errors import KeyExists
from pqhybrid.keys._life import (
    NO_EXPIRY,
    check_duration,
    check_name,
    end_of_life,
    end_of_next,
    end_of_overlap,
    label,
    new_generation,
)
from pqhybrid.keys._operations import Operations
from pqhybrid.keys._state import ACTIVE, OVERLAPPING, KeyInfo, State
from pqhybrid.keys._streams import not_expired

if TYPE_CHECKING:
    from pqhybrid._key import AnyPublicKey
    from pqhybrid.keys._policy import SuiteOrName


class KeyRing(Operations):
    """Named hybrid key pairs that are created, rotated and retired, in memory or in one encrypted file.

    `KeyRing()` keeps them in memory, `KeyRing.open(path, passphrase=...)` in a file. Each name has one active key,
    which signs and is given to peers, and after a rotation older ones for as long as they overlap: they verify and
    decapsulate still. A retired key's secret is wiped in memory and absent from the file as it is written from then on.

    Threads may share a ring, processes and children of fork() may open the same file: each sees the changes of the
    others before its next operation. A change that was interrupted, even by a kill or a power cut, has happened
    wholly or not at all. So everything that looks at a ring in a file may raise StoreError: the file is gone, damaged,
    or has another passphrase by now. Everything raises Wiped once the ring is closed.

    What no file can promise: who can write to it can put back an older copy of it whole, and with it keys that were
    retired since (their passphrase or key still protects them); and what was overwritten may stay readable on flash
    memory and in backups.
    """

    # ---- the life of a key -------------------------------------------------------------------------

    def create(
        self, name: str, suite: SuiteOrName, *, lifetime: timedelta = NO_EXPIRY, exist_ok: bool = False
    ) -> KeyInfo:
        """A new name with its first key. For lifetime it signs and is given to peers; then it is to be rotated.

        suite is one of this package's suites, such as pqhybrid.MLDSA65_ED25519, or its name. With exist_ok a name that is
        there already stays as it is, if its active key is of that suite: for services that start again.

        Raises:
            KeyExists: there is a key of that name; or with exist_ok, one of another suite.
            KeyRetired: with exist_ok, the name is there, but without an active key: rotate() makes one.
            DowngradeRefused: the suite is below the ring's minimum level, or is no hybrid of this package.
            StoreError: the file cannot be written.
            ValueError: the name is empty, over 255 bytes or not printable; or lifetime is not positive.
        """
        return self._first("create", name, suite, lifetime, None, exist_ok)

    def add(self, name: str, secret_key: Any, *, lifetime: timedelta = NO_EXPIRY) -> KeyInfo:
        """A new name with a key that is there already, for example from a PEM file. The ring keeps a copy of its own.

        Raises:
            As create; TypeError: it is no secret key; Wiped: it is gone.
        """
        if not isinstance(secret_key, SecretKey):
            raise TypeError(f"expected a secret key, not {type(secret_key).__name__}")
        return self._first("add", name, secret_key.suite, lifetime, secret_key, False)

    def _first(
        self, operation: str, name: str, suite: SuiteOrName, lifetime: timedelta, key: Any, exist_ok: bool
    ) -> KeyInfo:
        def change(state: State, now: int) -> tuple[State, KeyInfo]:
            chosen = _policy.known_suite(suite)
            _policy.check_level(chosen, self._minimum)
            check_name(name)
            if exist_ok and name in state.names:
                there = state.active(name)
                if there.suite is not chosen:
                    raise KeyExists(f"the key called {name!r} is of {there.suite.name}: rotate() changes the suite")
                return state, there.info(name, now)
            if name in state.names:
                raise KeyExists(f"the ring has a key called {name!r}: rotate() replaces it, remove() forgets it")
            made = new_generation(chosen, now, end_of_life(now, lifetime), key)
            return state.with_name(name, [made]), made.info(name, now)

        return self._counted_change(operation, name, label(suite), change)

    def rotate(
        self,
        name: str,
        *,
        overlap: timedelta = timedelta(days=7),
        suite: Optional[SuiteOrName] = None,
        lifetime: Optional[timedelta] = None,
    ) -> KeyInfo:
        """A new active key for the name.

        The old one verifies and decapsulates until overlap has passed, then it is retired.

        Without suite and lifetime the new key has those of the old one. An overlap of zero retires the old one at once.

        Raises:
            KeyNotFound: there is no such name.
            DowngradeRefused: suite is weaker than the one before, below the ring's minimum level, of the other kind,
            or none. StoreError: the file cannot be written.
            ValueError: overlap is negative, or lifetime is not positive.
        """

        def change(state: State, now: int) -> tuple[State, KeyInfo]:
            generations = state.generations(name)
            newest = generations[0]
            chosen = newest.suite if suite is None else _policy.known_suite(suite)
            _policy.check_successor(name, newest.suite, chosen)
            _policy.check_level(chosen, self._minimum)
            if lifetime is not None:
                not_after = end_of_life(now, lifetime)
            else:
                not_after = end_of_next(now, newest)
            until = end_of_overlap(now, overlap)
            made = new_generation(chosen, now, not_after)
            kept = list(generations)
            if newest.state == ACTIVE:
                kept[0] = replace(newest, state=OVERLAPPING, until=until)
            new = state.with_name(name, [made, *kept]).swept(now)
            return new, made.info(name, now)

        return self._counted_change("rotate", name, "" if suite is None else label(suite), change)

    def retire(self, name: str, key_id: Optional[str] = None) -> None:
        """Ends the use of one key of a name, or of all: wipes their secrets and keeps their public keys for audits.

        Without an active key the name signs nothing until rotate() makes a new one. Up to 16 retired keys a name are
        kept.

        Raises:
            KeyNotFound: there is no such name or key id.
            KeyRetired: that was done already.
            StoreError: the file cannot be written.
        """

        def change(state: State, now: int) -> tuple[State, None]:
            if key_id is None:
                chosen = {each.key_id for each in state.live(name, now)}
            else:
                chosen = {state.by_id(name, key_id, now).key_id}
            generations = [each.retired() if each.key_id in chosen else each for each in state.generations(name)]
            return state.with_name(name, generations), None

        self._counted_change("retire", name, "", change)

    def remove(self, name: str) -> None:
        """Forgets a name: wipes its secrets, and keeps nothing.

        Raises:
            KeyNotFound: there is no such name.
            StoreError: the file cannot be written.
        """

        def change(state: State, now: int) -> tuple[State, None]:
            state.generations(name)
            return state.without_name(name), None

        self._counted_change("remove", name, "", change)

    # ---- what is there -----------------------------------------------------------------------------

    def names(self) -> list[str]:
        """All names.

        Raises:
            StoreError: the file was changed since, and cannot be read; len() and `in` do the same.
        """
        return list(self._current()[0].names)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names())

    def __len__(self) -> int:
        return len(self._current()[0].names)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in self._current()[0].names

    def __bool__(self) -> bool:
        return True

    def keys(self, name: str) -> list[KeyInfo]:
        """Every generation of a name, the newest first, the retired ones among them.

        Raises:
            KeyNotFound: there is no such name.
        """
        state, now = self._current()
        return [each.info(name, now) for each in state.generations(name)]

    def active(self, name: str) -> KeyInfo:
        """The active key of a name, expired or not.

        Raises:
            KeyNotFound: there is no such name.
            KeyRetired: it has no active key.
        """
        state, now = self._current()
        return state.active(name).info(name, now)

    def expiring(self, within: timedelta = timedelta(0)) -> list[KeyInfo]:
        """The active keys that have expired, or will within that time: those to rotate.

        Raises:
            TypeError: within is no timedelta.
        """
        check_duration("within", within)
        state, now = self._current()
        end = now + within // timedelta(microseconds=1)
        return [
            each.info(name, now)
            for name, each in state.every()
            if each.state == ACTIVE and each.not_after is not None and each.not_after <= end
        ]

    def _expiries(self) -> list[tuple[str, str, float]]:
        """Name, algorithm and expiry, in seconds since 1970, of the active keys that expire."""
        return [
            (name, each.suite.name, each.not_after / 1e6)
            for name, each in self._current()[0].every()
            if each.state == ACTIVE and each.not_after is not None
        ]

    def public_key(self, name: str) -> AnyPublicKey:
        """The active public key, to give to peers.

        Raises:
            KeyNotFound, KeyRetired: as active.
            KeyExpired: it is past its time.
        """
        state, now = self._current()
        public: AnyPublicKey = not_expired(state, name, now).public
        return public

    def public_keys(self, name: str) -> dict[str, AnyPublicKey]:
        """The live public keys by key id: the active one first, expired or not, then those that overlap.

        Raises:
            KeyNotFound: there is no such name.
            KeyRetired: all were retired.
        """
        state, now = self._current()
        return {each.key_id: each.public for each in state.live(name, now)}
