"""The file of a ring: read whole, and replaced whole, so that whoever looks sees the old one or the new one.

    header, 84 bytes | the encrypted state | SHA-256 of all before it

The header holds: 8 bytes that name the format, its version, where the root key comes from (0: the caller, 1: scrypt),
scrypt's log2 N, r and p, 3 zero bytes, scrypt's salt (32 bytes, zeros without it), the salt of this write (32), and the
length of what follows (4, big-endian). All of it is authenticated. The SHA-256 protects nothing: it tells damage by
accident from a wrong passphrase, before scrypt takes its time.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import struct
import time
from typing import TYPE_CHECKING, Optional, Union

from pqhybrid._secret import SecretBytes
from pqhybrid.errors import LengthError, WrongPassphrase
from pqhybrid.keys import _payload, _seal
from pqhybrid.keys._errors import StoreCorrupted, StoreError, StoreNotOpened
from pqhybrid.keys._lock import FileLock, failed
from pqhybrid.keys._state import State

if TYPE_CHECKING:
    from pqhybrid._types import Path

MAGIC = b"\x89PQHKEY\n"
VERSION = 1
HEADER = struct.Struct(">8sBBBBB3x32s32sI")
_ORIGIN = struct.Struct(">8sBBBBB3x32s")  # How far the header stays the same from write to write.
DIGEST_BYTES = 32
MAX_BYTES = 64 << 20
CALLER, SCRYPT = 0, 1

# 128 MiB and about half a second for each guess (RFC 7914; OWASP's first choice).
SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P = 17, 8, 1
# What a file may ask for before its author counts as hostile: 256 MiB of memory, and some seconds.
_MEMORY_MAX, _WORK_MAX = 1 << 28, 1 << 30

Stamp = tuple[int, int, int, int]
"""Which version of the file it is: device, inode, size, time of its last change. No two versions have the same."""


class Secret:
    """What opens a file: a copy of a passphrase or of a key, to be used in a `with` block that wipes it.

    A copy, because another thread may wipe what the caller gave while scrypt is at work.
    """

    __slots__ = ("kind", "data")

    def __init__(self, passphrase: object, key: object) -> None:
        """
        Raises:
            ValueError: both are given, or neither.
            LengthError: the key is not 32 bytes long.
            WrongPassphrase: it is empty, or ends with a zero byte.
            Wiped: it is a SecretBytes that was wiped.
            TypeError: it is no bytes-like object.
        """
        if (passphrase is None) == (key is None):
            raise ValueError("give either passphrase= or key=, 32 random bytes, to open a stored ring")
        self.kind = CALLER if passphrase is None else SCRYPT
        what, given = ("key", key) if passphrase is None else ("passphrase", passphrase)
        if isinstance(given, str):
            raise TypeError(f"the {what} must be bytes or a bytearray, which can be wiped, not str: use .encode()")
        self.data = _copied(what, given)
        if self.kind == CALLER and len(self.data) != _seal.KEY_BYTES:
            raise LengthError(
                f"the key of a store has {_seal.KEY_BYTES} bytes, not {len(self.data)}; for others there is passphrase="
            )
        if not self.data:
            raise WrongPassphrase("an empty passphrase protects nothing: give one")
        if self.kind == SCRYPT and not self.data.view()[-1]:
            # HMAC fills short keys up with zeros, so with and without them it would be the same passphrase.
            raise WrongPassphrase("a passphrase cannot end with a zero byte, which would not count: leave it out")

    def __enter__(self) -> Secret:
        return self

    def __exit__(self, *_: object) -> None:
        self.data.wipe()

    def origin(self) -> bytes:
        """The beginning of the header of a new file that this secret opens, with a fresh salt."""
        if self.kind == CALLER:
            return _ORIGIN.pack(MAGIC, VERSION, CALLER, 0, 0, 0, bytes(32))
        return _ORIGIN.pack(MAGIC, VERSION, SCRYPT, SCRYPT_LOG_N, SCRYPT_R, SCRYPT_P, os.urandom(32))

    def root(self, origin: bytes) -> SecretBytes:
        """The root key of a file whose header begins so.

        Raises:
            WrongPassphrase: the file wants a key and this is a passphrase, or the reverse.
        """
        _, _, kind, log_n, r, p, salt = _ORIGIN.unpack(origin)
        if kind != self.kind:
            wanted, given = ("key=", "a passphrase") if kind == CALLER else ("passphrase=", "a key")
            raise WrongPassphrase(f"this store was made with {wanted}, but {given} was given")
        view = self.data.view()
        return SecretBytes(view) if kind == CALLER else _seal.from_passphrase(view, salt, log_n, r, p)


def _copied(what: str, given: object) -> SecretBytes:
    if isinstance(given, SecretBytes):
        return given._copy()
    try:
        return SecretBytes(given)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(f"the {what} must be bytes-like or SecretBytes, not {type(given).__name__}") from None


class Store:
    """A file, and the root key that opens it."""

    def __init__(self, path: Union[Path, bytes]) -> None:
        name = os.fsdecode(path)
        if not name or "\0" in name:
            raise ValueError("the path of a key store is empty, or has a zero byte in it: give that of a file")
        # A link stays a link: what it points to is replaced.
        self.path = os.path.realpath(name)
        self.lock = FileLock(self.path + ".lock")
        self._root: Optional[SecretBytes] = None
        self._origin = b""

    def unlock(self, secret: Secret) -> State:
        """Reads the file for the first time; after write() without scrypt's time, if nobody was quicker.

        Raises:
            WrongPassphrase, StoreCorrupted, StoreError.
        """
        data, _ = self._load()
        origin = _checked(data, self.path)
        if self._root is None or origin != self._origin:
            root = secret.root(origin)
            self.close()
            self._origin, self._root = origin, root
        return self._opened(data, self._root, None)

    def read(self, known: State) -> tuple[State, Stamp]:
        """Reads the file again, after another process changed it; known as in _payload.decode.

        Raises:
            StoreNotOpened: it got another passphrase or key.
            StoreCorrupted, StoreError.
        """
        data, stamp = self._load()
        if _checked(data, self.path) != self._origin or self._root is None:
            raise StoreNotOpened(f"{self.path} was given another passphrase or key since it was opened: open it again")
        return self._opened(data, self._root, known), stamp

    def _opened(self, data: bytes, root: SecretBytes, known: Optional[State]) -> State:
        header, sealed = data[: HEADER.size], data[HEADER.size : -DIGEST_BYTES]
        try:
            plain = _seal.unseal(root, HEADER.unpack(header)[7], header, sealed)
        except ValueError:
            raise StoreNotOpened(
                f"wrong passphrase or key for {self.path}, or the file was changed on purpose"
            ) from None
        with plain:
            return _payload.decode(plain, known)

    def prepare(self, secret: Secret) -> tuple[bytes, SecretBytes]:
        """A new beginning of the header and its root key, to be given to write(). Takes scrypt's time."""
        origin = secret.origin()
        return origin, secret.root(origin)

    def write(self, state: State, renewed: Optional[tuple[bytes, SecretBytes]] = None) -> Stamp:
        """Replaces the file, as the holder of the lock. renewed, from prepare(), gives it another passphrase or key.

        Raises:
            StoreError: it cannot be written. What was there before is there still, unless the text says otherwise.
        """
        origin, root = renewed or (self._origin, self._root)
        if root is None:
            raise StoreError(f"{self.path} is not open")
        salt = os.urandom(32)
        with _payload.encode(state) as plain:
            header = origin + salt + (len(plain) + _seal.TAG_BYTES).to_bytes(4, "big")
            data = header + _seal.seal(root, salt, header, plain)
        stamp = self._replace(data + hashlib.sha256(data).digest())
        if renewed is not None:
            old, self._origin, self._root = self._root, origin, root
            if old is not None:
                old.wipe()
        return stamp

    def _replace(self, data: bytes) -> Stamp:
        folder, temporary = os.path.dirname(self.path), f"{self.path}.new"
        try:
            try:
                # Only the holder of the lock writes, so one that is there was left by a process that was killed.
                os.unlink(temporary)
            except FileNotFoundError:
                pass
            file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            try:
                try:
                    rest = memoryview(data)
                    while rest:
                        rest = rest[os.write(file, rest) :]
                    # Readers tell versions by this time, and inodes are used again: never twice the same.
                    old = self._found()
                    now = max(time.time_ns(), old.st_mtime_ns + 1 if old else 0)
                    os.utime(file, ns=(now, now))
                    if old is not None and old.st_uid != os.geteuid():
                        # A rotation by root must not lock out the service that owns the file.
                        os.fchown(file, old.st_uid, old.st_gid)
                    os.fsync(file)
                    made = _stamp(os.fstat(file))
                finally:
                    os.close(file)
                os.replace(temporary, self.path)
            except BaseException:
                try:
                    os.unlink(temporary)
                except OSError:
                    pass  # It is encrypted, and the next writer takes it away.
                raise
        except OSError as error:
            what = f"the key store {self.path} cannot be written: make its folder writable, with space in it"
            raise failed(what, error) from None
        try:
            _sync_folder(folder)
        except OSError as error:
            raise StoreError(
                f"{self.path} was written, but may not survive a power cut ({error.strerror}): check its disk"
            ) from None
        return made

    def _found(self) -> Optional[os.stat_result]:
        try:
            return os.stat(self.path)
        except FileNotFoundError:
            return None

    def stamp(self) -> Stamp:
        """Which version of the file is there now.

        Raises:
            StoreError: there is none.
        """
        try:
            return _stamp(os.stat(self.path))
        except OSError as error:
            raise self._unreadable(error) from None

    def _load(self) -> tuple[bytes, Stamp]:
        try:
            # O_NONBLOCK so that a pipe in its place is refused rather than waited for.
            file = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
            with os.fdopen(file, "rb", buffering=0) as opened:
                found = os.fstat(file)
                if not stat.S_ISREG(found.st_mode):
                    raise StoreCorrupted(f"{self.path} is no file")
                if found.st_size > MAX_BYTES:
                    raise StoreCorrupted(f"{self.path} is too big for a key store")
                return opened.read(), _stamp(found)
        except StoreCorrupted:
            raise
        except OSError as error:
            raise self._unreadable(error) from None

    def _unreadable(self, error: OSError) -> StoreError:
        if error.errno == errno.ENOENT:
            made = StoreError(f"there is no key store at {self.path}: KeyRing.open(..., create=True) makes one")
        else:
            made = StoreError(f"the key store {self.path} cannot be read ({error.strerror})")
        made.errno = error.errno
        return made

    def close(self) -> None:
        """Wipes the root key."""
        if self._root is not None:
            self._root.wipe()


def _stamp(found: os.stat_result) -> Stamp:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _checked(data: bytes, path: str) -> bytes:
    """The beginning of the header of what may be a store, which is then undamaged.

    Raises:
        StoreCorrupted: it is none, or damaged.
    """
    if data[: len(MAGIC)] != MAGIC:
        raise StoreCorrupted(f"{path} is not a key store of pqhybrid, or its beginning is damaged")
    if len(data) < HEADER.size + _seal.TAG_BYTES + DIGEST_BYTES:
        raise StoreCorrupted(f"the key store {path} is cut short: put back a copy of it")
    _, version, kind, log_n, r, p, _, _, length = HEADER.unpack(data[: HEADER.size])
    if len(data) != HEADER.size + length + DIGEST_BYTES:
        raise StoreCorrupted(f"the key store {path} is cut short, or something was added to it: put back a copy of it")
    if hashlib.sha256(data[:-DIGEST_BYTES]).digest() != data[-DIGEST_BYTES:]:
        raise StoreCorrupted(f"the key store {path} is damaged: put back a copy of it")
    if version != VERSION or kind not in (CALLER, SCRYPT):
        raise StoreCorrupted(f"{path} is a key store of another version of pqhybrid: use that one")
    if kind == SCRYPT and not (r == SCRYPT_R and p and log_n and _affordable(log_n, r, p)):
        raise StoreCorrupted(
            f"the key store {path} asks for scrypt with unreasonable parameters (log2 N {log_n}, r {r}, p {p})"
        )
    return data[: _ORIGIN.size]


def _affordable(log_n: int, r: int, p: int) -> bool:
    """Whether scrypt stays within bounds: a planted file must not take all memory, or minutes, to be told wrong."""
    row, n = 128 * r, 1 << log_n
    return row * (n + p) <= _MEMORY_MAX and row * n * p <= _WORK_MAX


def _sync_folder(folder: str) -> None:
    file = os.open(folder, os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
