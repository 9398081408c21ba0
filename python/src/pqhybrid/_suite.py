"""What the suites of both kinds share: names, sizes, and hints about them."""

from __future__ import annotations

from pqhybrid._library import lib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_ALL: dict[str, Any] = {}


class Suite:
    """One hybrid: its name in C, its title in the standard, and its sizes in bytes. Compare suites with `is`."""

    __slots__ = ("name", "title", "security_level", "public_key_bytes", "secret_key_bytes", "__weakref__")

    name: str
    """In C, such as "mldsa65_ed25519"."""
    title: str
    """In the standard, such as "id-MLDSA65-Ed25519-SHA512"."""
    security_level: int
    """NIST's, of the post-quantum half: 3 or 5."""
    public_key_bytes: int
    secret_key_bytes: int

    def __init__(self, name: str, title: str, security_level: int) -> None:
        self.name, self.title, self.security_level = name, title, security_level
        self.public_key_bytes = self._size("public_key")
        self.secret_key_bytes = self._size("secret_key")
        _ALL[name] = self

    def _function(self, name: str) -> Any:
        return getattr(lib, f"pqh_{self.name}_{name}")

    def _size(self, what: str) -> int:
        return int(getattr(lib, f"PQH_{self.name}_{what}_bytes".upper()))

    def _hint(self, what: str, size: int) -> str:
        """Says so if that is the size of the same thing in another suite."""
        attribute = what.replace(" ", "_") + "_bytes"
        for other in _ALL.values():
            if other is not self and getattr(other, attribute, None) == size:
                return f", as many as a {what} of {other.name} has"
        return ""

    def __repr__(self) -> str:
        return f"<{self.name}: {self.title}>"

    def __reduce__(self) -> Any:
        return suite, (self.name,)


def suite(name: str) -> Any:
    """The suite with that name, such as "mldsa65_ed25519"; with hyphens or in capitals as well.

    Raises:
        ValueError: there is none; the text names those that there are.
    """
    found = _ALL.get(name.lower().replace("-", "_"))
    if found is None:
        raise ValueError(f"no suite is called {name!r}; there are: {', '.join(_ALL)}")
    return found
