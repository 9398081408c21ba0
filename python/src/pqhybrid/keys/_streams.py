"""Messages that come in pieces, signed and verified with the keys of a name: hashed once, whatever keys there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from pqhybrid._kem import KemSuite
from pqhybrid._signature import SignatureSuite
from pqhybrid._stream import Signer, Verifier
from pqhybrid.errors import InvalidSignature, WrongSuite
from pqhybrid.keys._base import Base
from pqhybrid.keys._errors import KeyExpired
from pqhybrid.keys._state import Generation, State

if TYPE_CHECKING:
    from pqhybrid._types import Buffer


class RingSigner(Signer):
    """Signs a message that comes in pieces, with the key of a name that is active at its end. From KeyRing.signer()."""

    __slots__ = ("_ring", "_name")

    def __init__(self, ring: Base, name: str, key: Any, context: Buffer) -> None:
        super().__init__(key, context)
        self._ring, self._name = ring, name

    def sign(self) -> bytes:
        """The signature of all pieces; once.

        Raises:
            Finished: it was given already.
            WrongSuite: the name was rotated to another suite since the beginning, which hashes in another way.
            As KeyRing.sign.
        """
        return self._ring._counted("sign", self._name, self._finish)

    def _finish(self) -> tuple[Any, bytes]:
        digest, name = self._digest(), self._name

        def work(state: State, now: int) -> tuple[Any, bytes]:
            key = fresh(state, name, now, SignatureSuite)
            if key.suite is not self._suite:
                raise WrongSuite(
                    f"{name!r} was rotated from {self._suite.name} to {key.suite.name} while the message came: "
                    "sign it again from its beginning"
                )
            return key.suite, key.secret.sign_prehashed(digest, self._context)  # type: ignore[union-attr]

        return self._ring._steadily(work)


class RingVerifier(Verifier):
    """Verifies a signature of a message that comes in pieces, by any live key of a name. From KeyRing.verifier()."""

    __slots__ = ("_ring", "_name")

    def __init__(self, ring: Base, name: str, key: Any, signature: Buffer, context: Buffer) -> None:
        super().__init__(key, signature, context)
        self._ring, self._name = ring, name

    def verify(self) -> str:  # type: ignore[override]
        """Returns the id of the key that made the signature of all pieces; once.

        Raises:
            Finished: the answer was given already.
            As KeyRing.verify.
        """
        return self._ring._counted("verify", self._name, self._finish)

    def _finish(self) -> tuple[Any, str]:
        digest, name = self._digest(), self._name

        def work(state: State, now: int) -> tuple[Any, str]:
            for each in state.live(name, now):
                if each.suite is self._suite:
                    try:
                        each.public.verify_prehashed(self._signature, digest, self._context)
                    except InvalidSignature:
                        continue
                    return each.suite, each.key_id
            raise invalid(name)

        return self._ring._steadily(work)


def invalid(name: str) -> InvalidSignature:
    """What no live key of that name made."""
    return InvalidSignature(f"the signature is not valid for this message and context by any key of {name!r}")


def fresh(state: State, name: str, now: int, kind: type, key_id: Optional[str] = None) -> Generation:
    """The active key of a name, or the live one with that id, for something new: not expired, and of that kind."""
    return of_kind(not_expired(state, name, now, key_id), name, kind)


def not_expired(state: State, name: str, now: int, key_id: Optional[str] = None) -> Generation:
    """The active key of a name, or the live one with that id, if it is not past its time.

    Raises:
        KeyExpired: it is.
    """
    found = state.active(name) if key_id is None else state.by_id(name, key_id, now)
    if found.expired(now):
        raise KeyExpired(f"the key {found.key_id} of {name!r} has expired: rotate({name!r}) makes a new one")
    return found


def of_kind(generation: Generation, name: str, wanted: type) -> Generation:
    """It, if it is for what is wanted.

    Raises:
        WrongSuite: it is not.
    """
    if not isinstance(generation.suite, wanted):
        does = "signatures" if wanted is KemSuite else "key exchange"
        raise WrongSuite(f"{name!r} is a key of {generation.suite.name}, which is for {does} alone")
    return generation
