"""What a ring refuses: anything that is not a hybrid of this package, and anything weaker than what was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Union

from pqhybrid._suite import _ALL, Suite
from pqhybrid.keys._errors import DowngradeRefused

if TYPE_CHECKING:
    from pqhybrid._key import AnySuite

    SuiteOrName = Union[AnySuite, str]


def known_suite(suite: SuiteOrName) -> Any:
    """The suite itself, or the one with that name.

    Raises:
        DowngradeRefused: no suite is called so, as with every algorithm that is classical alone, or post-quantum alone.
        TypeError: it is neither.
    """
    if isinstance(suite, Suite):
        return suite
    if not isinstance(suite, str):
        raise TypeError(f"expected a suite such as pqhybrid.MLDSA65_ED25519, or its name, not {type(suite).__name__}")
    found = _ALL.get(suite.lower().replace("-", "_"))
    if found is None:
        raise DowngradeRefused(
            f"{suite!r} is no hybrid of this package, and a ring holds nothing else; choose one of: {', '.join(_ALL)}"
        )
    return found


def check_minimum(level: object) -> None:
    """Refuses what is no NIST level.

    Raises:
        TypeError, ValueError: it is none.
    """
    if not isinstance(level, int) or isinstance(level, bool):
        raise TypeError(f"minimum_level must be an int, NIST's level from 1 to 5, not {type(level).__name__}")
    if not 1 <= level <= 5:
        raise ValueError(f"minimum_level must be one of NIST's levels, from 1 to 5, not {level}")


def check_level(suite: AnySuite, minimum: int, whose: str = "this ring") -> None:
    """Refuses a suite below the ring's minimum level.

    Raises:
        DowngradeRefused: it is below.
    """
    if suite.security_level < minimum:
        raise DowngradeRefused(
            f"{suite.name} has NIST level {suite.security_level}, but {whose} asks for level {minimum} at least"
        )


def check_successor(name: str, old: AnySuite, new: AnySuite) -> None:
    """Refuses a rotation to a suite that is weaker than the one before it, or does something else.

    Raises:
        DowngradeRefused: it is, or it does.
    """
    if type(old) is not type(new):
        raise DowngradeRefused(
            f"{name!r} cannot be rotated from {old.name} to {new.name}, which is for something else: "
            "create() another name"
        )
    if new.security_level < old.security_level:
        raise DowngradeRefused(
            f"{name!r} cannot be rotated from {old.name} down to {new.name}, NIST level {old.security_level} to "
            f"{new.security_level}: whoever must, removes the name and creates it again"
        )
