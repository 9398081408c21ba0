"""What services do with the keys of a ring: sign, verify, agree on secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional, Union

from pqhybrid._kem import KemSuite
from pqhybrid._library import readable
from pqhybrid._secret import SecretBytes
from pqhybrid._signature import SignatureSuite
from pqhybrid._stream import feed
from pqhybrid.errors import InvalidSignature, LengthError
from pqhybrid.keys._base import Base
from pqhybrid.keys._state import Generation, State
from pqhybrid.keys._streams import RingSigner, RingVerifier, fresh, invalid, of_kind

if TYPE_CHECKING:
    from pqhybrid._types import Buffer, Path, Progress, Readable


class Operations(Base):
    """The operations of KeyRing. Each looks first whether the file was changed, so each may raise StoreError."""

    # ---- signatures --------------------------------------------------------------------------------

    def sign(self, name: str, msg: Buffer, context: Buffer = b"", *, key_id: Optional[str] = None) -> bytes:
        """Signs with the active key: see SignatureSecretKey.sign.

        key_id asks for another live key: an old one, until its overlap ends, so that it can vouch for its successor.

        Raises:
            KeyNotFound, KeyRetired: as active; or there is no such key id, or that key was retired.
            KeyExpired: the key is past its time.
            WrongSuite: it is a key for key exchange.
            LengthError, TypeError, RandomSourceError: as SignatureSecretKey.sign.
        """

        def work(state: State, now: int) -> tuple[Any, bytes]:
            key = fresh(state, name, now, SignatureSuite, key_id)
            return key.suite, key.secret.sign(msg, context)  # type: ignore[union-attr]

        return self._run("sign", name, work)

    def verify(self, name: str, signature: Buffer, msg: Buffer, context: Buffer = b"") -> str:
        """Returns if a live key of the name made the signature, and then that key's id.

        The active key counts although it has expired, and so do the old ones until their overlap ends.

        Raises:
            InvalidSignature: none of them made it for this message and context.
            KeyNotFound: there is no such name.
            KeyRetired: all its keys were retired.
            WrongSuite: it is a key for key exchange.
            LengthError, TypeError: as SignaturePublicKey.verify.
        """

        def work(state: State, now: int) -> tuple[Any, str]:
            for each in _candidates(state, name, now, signature):
                try:
                    each.public.verify(signature, msg, context)
                except InvalidSignature:
                    continue
                return each.suite, each.key_id
            raise invalid(name)

        return self._run("verify", name, work)

    # ---- messages that come in pieces, and files ---------------------------------------------------

    def signer(self, name: str, context: Buffer = b"") -> RingSigner:
        """Signs a message that comes in pieces: update() each, then sign(), with the key that is active by then.

        Raises:
            As sign.
        """

        def work(state: State, now: int) -> tuple[Any, RingSigner]:
            made = self._signer(state, name, now, context)
            return made._suite, made

        return self._run("signer", name, work)

    def verifier(self, name: str, signature: Buffer, context: Buffer = b"") -> RingVerifier:
        """Verifies a signature of a message that comes in pieces: update() each, then verify(), which returns a key id.

        Raises:
            As verify, apart from InvalidSignature.
        """

        def work(state: State, now: int) -> tuple[Any, RingVerifier]:
            made = self._verifier(state, name, now, signature, context)
            return made._suite, made

        return self._run("verifier", name, work)

    def sign_file(
        self,
        name: str,
        file: Union[Path, Readable],
        context: Buffer = b"",
        progress: Optional[Progress] = None,
    ) -> bytes:
        """Signs a file of any size, a path or something with read(), with the key that is active when it was read.

        progress is told the bytes read so far. Nothing is read if the name cannot sign.

        Raises:
            OSError: the file cannot be read.
            As sign; WrongSuite also: the name was rotated to another suite meanwhile.
        """

        def steps() -> tuple[Any, bytes]:
            made = self._steadily(lambda state, now: self._signer(state, name, now, context))
            feed(made, file, progress)
            return made._finish()

        return self._counted("sign_file", name, steps)

    def verify_file(
        self,
        name: str,
        signature: Buffer,
        file: Union[Path, Readable],
        context: Buffer = b"",
        progress: Optional[Progress] = None,
    ) -> str:
        """As verify, of a file of any size, which is read once, however many keys the name has: returns the key's id.

        Raises:
            OSError: the file cannot be read.
            As verify.
        """

        def steps() -> tuple[Any, str]:
            made = self._steadily(lambda state, now: self._verifier(state, name, now, signature, context))
            feed(made, file, progress)
            return made._finish()

        return self._counted("verify_file", name, steps)

    def _signer(self, state: State, name: str, now: int, context: Buffer) -> RingSigner:
        return RingSigner(self, name, fresh(state, name, now, SignatureSuite).secret, context)

    def _verifier(self, state: State, name: str, now: int, signature: Buffer, context: Buffer) -> RingVerifier:
        public = _candidates(state, name, now, signature)[0].public
        return RingVerifier(self, name, public, signature, context)

    # ---- key exchange ------------------------------------------------------------------------------

    def encaps(self, name: str) -> tuple[str, bytes, SecretBytes]:
        """A fresh secret for the holder of the name's active key: the key id, the ciphertext, and the secret.

        Peers, who have no ring, do the same with public_key(name).encaps().

        Raises:
            KeyNotFound, KeyRetired, KeyExpired: as public_key.
            WrongSuite: it is a key for signatures.
        """

        def work(state: State, now: int) -> tuple[Any, tuple[str, bytes, SecretBytes]]:
            key = fresh(state, name, now, KemSuite)
            return key.suite, (key.key_id, *key.public.encaps())

        return self._run("encaps", name, work)

    def decaps(self, name: str, ciphertext: Buffer, key_id: Optional[str] = None) -> SecretBytes:
        """The secret, 32 bytes, that a ciphertext brings for the key with that id, or else for the active key.

        A ciphertext does not say which key it is for, and for a wrong key it gives a secret that nobody else has,
        without an error: so send the key id with it, or try decaps_candidates. Expired keys decapsulate still.

        Raises:
            KeyNotFound: there is no such name or key id.
            KeyRetired: the key was retired.
            WrongSuite: it is a key for signatures.
            LengthError, InvalidCiphertext, TypeError: as KemSecretKey.decaps.
        """

        def work(state: State, now: int) -> tuple[Any, SecretBytes]:
            found = state.active(name) if key_id is None else state.by_id(name, key_id, now)
            key = of_kind(found, name, KemSuite)
            return key.suite, key.secret.decaps(ciphertext)  # type: ignore[union-attr]

        return self._run("decaps", name, work)

    def decaps_candidates(self, name: str, ciphertext: Buffer) -> list[tuple[str, SecretBytes]]:
        """What the ciphertext gives with each live key of the name, the active first: key id and secret.

        For protocols that confirm the key, by a MAC or by what decrypts: at most one of them is the peer's secret, so
        never use one that was not confirmed, and wipe the others.

        Raises:
            KeyNotFound: there is no such name.
            KeyRetired: all its keys were retired.
            WrongSuite: it is a key for signatures.
            LengthError: the ciphertext is as long as those of none of them.
            InvalidCiphertext, TypeError: as KemSecretKey.decaps.
        """

        def work(state: State, now: int) -> tuple[Any, list[tuple[str, SecretBytes]]]:
            live = state.live(name, now)
            of_kind(live[0], name, KemSuite)
            length = len(readable("ciphertext", ciphertext))
            fitting = [each for each in live if each.suite.ciphertext_bytes == length]
            if not fitting:
                suite = live[0].suite
                raise LengthError(f"ciphertext: expected {suite.ciphertext_bytes} bytes for {suite.name}, got {length}")
            found = [(each.key_id, each.secret.decaps(ciphertext)) for each in fitting]  # type: ignore[union-attr]
            return fitting[0].suite, found

        return self._run("decaps_candidates", name, work)


def _candidates(state: State, name: str, now: int, signature: Buffer) -> list[Generation]:
    """The live keys that the signature can be of; one that it cannot be of if there is none."""
    live = state.live(name, now)
    of_kind(live[0], name, SignatureSuite)
    length = len(readable("signature", signature))
    # After a rotation to a stronger suite, the length tells which keys it can be of.
    return [each for each in live if each.suite.signature_bytes == length] or live[:1]
