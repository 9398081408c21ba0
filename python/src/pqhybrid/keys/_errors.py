"""What can go wrong with a key ring, beside what can go wrong with its keys."""

from __future__ import annotations

from pqhybrid.errors import PqhybridError, WrongPassphrase


class KeyNotFound(PqhybridError, LookupError):
    """The ring has no key of that name, or none with that key id."""


class KeyExists(PqhybridError, ValueError):
    """The ring has a key of that name already: rotate() replaces it, remove() forgets it."""


class KeyExpired(PqhybridError, ValueError):
    """The active key is past its time, so it makes nothing new: rotate() gives its name a new one."""


class KeyRetired(PqhybridError, LookupError):
    """The key was retired: its secret was wiped, so only its public key is left."""


class DowngradeRefused(PqhybridError, ValueError):
    """A weaker suite than before, one below the ring's minimum level, one of another kind, or no hybrid at all."""


class StoreError(PqhybridError, OSError):
    """The file of a ring cannot be read, written or locked. What it held before, it holds still."""


class StoreCorrupted(StoreError):
    """The file is damaged, cut short, or not a key store."""


class StoreNotOpened(WrongPassphrase, StoreCorrupted):
    """The passphrase or key does not open the file: it is the wrong one, or the file was changed on purpose.

    Nobody can tell the two apart; damage by accident is a plain StoreCorrupted.
    """
