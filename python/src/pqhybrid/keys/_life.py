"""How a generation of a key begins, and when what it does ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Optional

from pqhybrid.keys import _policy
from pqhybrid.keys._state import ACTIVE, Generation, to_datetime

NO_EXPIRY = timedelta.max
"""The lifetime of a key that does not expire."""

NAME_MAX_BYTES = 255
KEY_ID_DIGITS = 16


def new_generation(suite: Any, now: int, not_after: Optional[int], key: Optional[Any] = None) -> Generation:
    """An active one, with a key of its own or a copy of key.

    Raises:
        Wiped: key is gone, or was wiped by another thread meanwhile.
    """
    secret = suite.keygen() if key is None else _copied(suite, key)
    public = secret.public_key
    return Generation(public.fingerprint[:KEY_ID_DIGITS], suite, now, not_after, ACTIVE, None, public, secret)


def _copied(suite: Any, key: Any) -> Any:
    with key.to_secret_bytes() as seed:
        return suite.secret_key(seed.view())


def check_duration(what: str, value: object) -> None:
    """Refuses what is no timedelta.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(value, timedelta):
        raise TypeError(f"{what} must be a timedelta, such as timedelta(days=90), not {type(value).__name__}")


def end_of_life(now: int, lifetime: timedelta) -> Optional[int]:
    """When a key expires that is made now; None for NO_EXPIRY.

    Raises:
        ValueError: lifetime is not positive, or ends after the year 9999.
        TypeError: it is no timedelta.
    """
    check_duration("lifetime", lifetime)
    if lifetime <= timedelta(0):
        raise ValueError("a lifetime must be longer than nothing; NO_EXPIRY is for ever")
    return None if lifetime == NO_EXPIRY else _later(now, lifetime // timedelta(microseconds=1))


def end_of_next(now: int, before: Generation) -> Optional[int]:
    """When a key expires that is made now and lives as long as the one before it."""
    return None if before.not_after is None else _later(now, before.not_after - before.created)


def end_of_overlap(now: int, overlap: timedelta) -> int:
    """When a key that is replaced now stops verifying.

    Raises:
        ValueError: overlap is negative, or ends after the year 9999.
        TypeError: it is no timedelta.
    """
    check_duration("overlap", overlap)
    if overlap < timedelta(0):
        raise ValueError("an overlap cannot be negative; timedelta(0) retires the old key at once")
    return _later(now, overlap // timedelta(microseconds=1))


def _later(now: int, microseconds: int) -> int:
    try:
        to_datetime(now + microseconds)
    except OverflowError:
        raise ValueError("a lifetime or overlap must end before the year 10000; NO_EXPIRY is for ever") from None
    return now + microseconds


def label(suite: object) -> str:
    """How metrics call a suite. Names that callers made up are all "unknown", so that labels stay few."""
    try:
        return str(_policy.known_suite(suite).name)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return "unknown"


def check_name(name: object) -> None:
    """Refuses what cannot be the name of a key.

    Raises:
        ValueError: it is empty, over NAME_MAX_BYTES in UTF-8, or not printable.
        TypeError: it is no str.
    """
    if not isinstance(name, str):
        raise TypeError(f"the name of a key is a str, not {type(name).__name__}")
    if not name or not name.isprintable() or len(name.encode()) > NAME_MAX_BYTES:
        raise ValueError(f"the name of a key has 1 to {NAME_MAX_BYTES} bytes in UTF-8, all of them printable")
