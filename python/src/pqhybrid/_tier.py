"""The tiers: which suites go together."""

from __future__ import annotations

from pqhybrid._kem import MLKEM768_X25519, MLKEM1024_X448
from pqhybrid._signature import MLDSA65_ED25519, MLDSA87_ED448

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Optional

    from pqhybrid._kem import KemSuite
    from pqhybrid._signature import SignatureSuite


class Tier:
    """Suites for one level of security: `signature`, and `kem` for key exchange."""

    __slots__ = ("_name", "_kem", "_signature")

    def __init__(self, name: str, kem: KemSuite, signature: Optional[SignatureSuite] = None) -> None:
        self._name, self._kem, self._signature = name, kem, signature

    @property
    def name(self) -> str:
        """Such as "STANDARD"."""
        return self._name

    @property
    def kem(self) -> KemSuite:
        """The suite for key exchange."""
        return self._kem

    @property
    def signature(self) -> SignatureSuite:
        """The suite for signatures.

        Raises:
            AttributeError: this tier is for key exchange alone.
        """
        if self._signature is None:
            raise AttributeError(
                f"{self.name} is for key exchange alone: sign with STANDARD.signature or HIGH_STRENGTH.signature"
            )
        return self._signature

    def __repr__(self) -> str:
        return f"<{self.name}: {', '.join(each.name for each in (self._signature, self.kem) if each)}>"


STANDARD = Tier("STANDARD", MLKEM768_X25519, MLDSA65_ED25519)
"""NIST level 3: the smaller and faster suites."""
HIGH_STRENGTH = Tier("HIGH_STRENGTH", MLKEM1024_X448, MLDSA87_ED448)
"""NIST level 5: where a policy asks for it, or secrets must last for decades."""
KEY_EXCHANGE = Tier("KEY_EXCHANGE", MLKEM768_X25519)
"""X-Wing alone."""
