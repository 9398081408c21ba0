"""What a ring holds at one moment: immutable, so that readers need no lock and a failed change leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Optional

from pqhybrid.keys._errors import KeyNotFound, KeyRetired

if TYPE_CHECKING:
    from pqhybrid._key import AnyPublicKey, AnySuite

ACTIVE, OVERLAPPING, RETIRED = "active", "overlapping", "retired"
STATES = (ACTIVE, OVERLAPPING, RETIRED)

RETIRED_KEPT = 16
"""So many retired generations of a name keep their public keys for audits; with more, the file would grow for ever."""

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)


def to_microseconds(moment: datetime) -> int:
    """Exact, where a float would round."""
    return (moment - _EPOCH) // _MICROSECOND


def to_datetime(microseconds: int) -> datetime:
    """The inverse of to_microseconds."""
    return _EPOCH + microseconds * _MICROSECOND


@dataclass(frozen=True)
class KeyInfo:
    """One generation of a name, as it is at one moment; nothing in it is secret."""

    name: str
    key_id: str
    """16 hexadecimal digits: the beginning of the public key's fingerprint."""
    suite: AnySuite
    state: str
    """"active": does everything. "overlapping": verifies and decapsulates until overlap_until. "retired": wiped."""
    created: datetime
    not_after: Optional[datetime]
    """From then on the key makes nothing new; None if it does not expire."""
    overlap_until: Optional[datetime]
    expired: bool
    public_key: AnyPublicKey


@dataclass(frozen=True, eq=False)
class Generation:
    """One key pair of a name. Times are microseconds since 1970; the secret is None once it is retired."""

    key_id: str
    suite: Any
    created: int
    not_after: Optional[int]
    state: str
    until: Optional[int]
    public: Any
    secret: Optional[Any]

    def expired(self, now: int) -> bool:
        """Whether it may make nothing new any more."""
        return self.not_after is not None and now >= self.not_after

    def live(self, now: int) -> bool:
        """Whether its secret may be used at all."""
        return self.state != RETIRED and not self.due(now)

    def due(self, now: int) -> bool:
        """Whether its overlap has ended, but nobody has retired it yet."""
        return self.state == OVERLAPPING and self.until is not None and now >= self.until

    def retired(self) -> Generation:
        """The same, without its secret, which the ring wipes when the change has been stored."""
        return replace(self, state=RETIRED, secret=None)

    def info(self, name: str, now: int) -> KeyInfo:
        """What is told about it."""
        state = RETIRED if self.due(now) else self.state
        return KeyInfo(
            name,
            self.key_id,
            self.suite,
            state,
            to_datetime(self.created),
            None if self.not_after is None else to_datetime(self.not_after),
            None if self.until is None else to_datetime(self.until),
            self.expired(now),
            self.public,
        )


class State:
    """All names and their generations, the newest first. Never changed: changes return another one."""

    __slots__ = ("names", "_due")

    def __init__(self, names: dict[str, tuple[Generation, ...]]) -> None:
        self.names = names
        ends = [each.until for _, each in self.every() if each.state == OVERLAPPING and each.until is not None]
        self._due = min(ends) if ends else None

    def every(self) -> Iterator[tuple[str, Generation]]:
        """Each name with each of its generations."""
        for name, generations in self.names.items():
            for each in generations:
                yield name, each

    def generations(self, name: str) -> tuple[Generation, ...]:
        """Those of a name, the newest first.

        Raises:
            KeyNotFound: there is no such name.
            TypeError: it is no str.
        """
        if not isinstance(name, str):
            raise TypeError(f"the name of a key is a str, not {type(name).__name__}")
        found = self.names.get(name)
        if found is None:
            raise KeyNotFound(f"the ring has no key called {name!r}: create() makes one, names() lists what there is")
        return found

    def active(self, name: str) -> Generation:
        """The generation that makes new signatures and is given to peers.

        Raises:
            KeyNotFound: there is no such name.
            KeyRetired: the name has had one, but it was retired.
        """
        newest = self.generations(name)[0]
        if newest.state != ACTIVE:
            raise KeyRetired(f"the active key of {name!r} was retired: rotate({name!r}) makes a new one")
        return newest

    def live(self, name: str, now: int) -> list[Generation]:
        """Those that verify and decapsulate, the active one first.

        Raises:
            KeyNotFound: there is no such name.
            KeyRetired: the name has none any more.
        """
        found = [each for each in self.generations(name) if each.live(now)]
        if not found:
            raise KeyRetired(f"every key of {name!r} was retired: rotate({name!r}) makes a new one")
        return found

    def by_id(self, name: str, key_id: str, now: int) -> Generation:
        """The live generation with that key id.

        Raises:
            KeyNotFound: there is no such name or key id.
            KeyRetired: it is not live any more.
        """
        for each in self.generations(name):
            if each.key_id == key_id:
                if not each.live(now):
                    raise KeyRetired(f"the key {key_id} of {name!r} was retired, so its secret is gone for good")
                return each
        raise KeyNotFound(f"{name!r} has no key with the id {key_id!r}: keys({name!r}) lists those that there are")

    def with_name(self, name: str, generations: list[Generation]) -> State:
        """With these generations of that name, and the retired ones among them limited to RETIRED_KEPT."""
        room, kept = RETIRED_KEPT, []
        for each in generations:
            if each.state == RETIRED:
                room -= 1
                if room < 0:
                    continue
            kept.append(each)
        return State({**self.names, name: tuple(kept)})

    def without_name(self, name: str) -> State:
        """Without that name."""
        return State({each: generations for each, generations in self.names.items() if each != name})

    def is_due(self, now: int) -> bool:
        """Whether an overlap has ended that swept() would retire."""
        return self._due is not None and now >= self._due

    def swept(self, now: int) -> State:
        """With every generation retired whose overlap has ended; itself if there is none."""
        if not self.is_due(now):
            return self
        found = self
        for name, generations in self.names.items():
            if any(each.due(now) for each in generations):
                found = found.with_name(name, [each.retired() if each.due(now) else each for each in generations])
        return found

    def secrets(self) -> list[Any]:
        """Every secret key in it."""
        return [each.secret for _, each in self.every() if each.secret is not None]


def wipe_dropped(old: State, new: State) -> None:
    """Wipes the secrets that were in old and are not in new."""
    kept = {id(secret) for secret in new.secrets()}
    for secret in old.secrets():
        if id(secret) not in kept:
            secret.wipe()
