"""What can go wrong. Every exception of the package is a PqhybridError, and also what Python calls such an error."""

from __future__ import annotations


class PqhybridError(Exception):
    """The base of all of them."""


class LibraryError(PqhybridError, ImportError):
    """The shared library inside the package is missing, or is not the one that belongs to it."""


class MissingDependency(PqhybridError, ImportError):
    """Something optional is used that needs another package; the text says which one to install."""


class InvalidSignature(PqhybridError):
    """The signature is not one of this message, with this context, by this key. Which half failed is not told."""


class LengthError(PqhybridError, ValueError):
    """A key, ciphertext, signature, digest or context has another length than its suite needs."""


class InvalidPublicKey(PqhybridError, ValueError):
    """The public key fails the check of FIPS 203 section 7.2, or its curve point is invalid or of small order."""


class InvalidCiphertext(PqhybridError, ValueError):
    """The classical half of the ciphertext has small order, so its secret would be known to everybody."""


class WrongSuite(PqhybridError, ValueError):
    """A key, or a file, is of another suite than the one that was asked for."""


class Wiped(PqhybridError, ValueError):
    """The secret was wiped, so nothing can be done with it any more."""


class Finished(PqhybridError, RuntimeError):
    """A streaming signer or verifier has given its answer; a new message needs a new one."""


class EncodingError(PqhybridError, ValueError):
    """This is not the PEM or DER of a key of a suite here, or only a part of one."""


class WrongPassphrase(PqhybridError, ValueError):
    """The passphrase does not open the encrypted key, none was given, or one was given for a key that is not encrypted."""


class RandomSourceError(PqhybridError, OSError):
    """The operating system gave no random bytes."""


class InternalError(PqhybridError, RuntimeError):
    """The library returned a status that should not happen; please report it."""
