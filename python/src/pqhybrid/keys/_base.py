"""How a ring keeps its state: in memory and in its file, among threads, processes and children of fork()."""

from __future__ import annotations

import os
import threading
import time
import weakref
from collections.abc import Callable
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, NoReturn, Optional, TypeVar, Union

from pqhybrid.errors import Wiped
from pqhybrid.keys import _policy
from pqhybrid.keys._errors import StoreError
from pqhybrid.keys._metrics import Counters, Metrics
from pqhybrid.keys._seal import require
from pqhybrid.keys._state import RETIRED, State, to_microseconds, wipe_dropped
from pqhybrid.keys._store import Secret, Stamp, Store

if TYPE_CHECKING:
    from pqhybrid._secret import SecretBytes
    from pqhybrid._types import Buffer, Path

    Bytes = Union[Buffer, SecretBytes]

_Ring = TypeVar("_Ring", bound="Base")
_Result = TypeVar("_Result")

_rings: weakref.WeakSet[Base] = weakref.WeakSet()


RETRY_SECONDS = 10.0
"""After this long a file that could not be written when an overlap ended is tried again."""
RETRIES = 100
"""So often an operation starts again because its key was retired under it."""


def _utc_now() -> datetime:
    return datetime.now(timezone.utc)


def _as_it_is(state: State, now: int) -> tuple[State, None]:
    return state, None


class Base:
    """What KeyRing is made of, without its operations.

    `_state` is immutable and replaced in one step, so operations read it without a lock. Changes hold the store's lock
    against other changes, here and in other processes, and then `_lock`, in this order; they start from what is in the
    file, and count only once the file is written. What only looks takes `_lock` alone, so it never waits for who holds
    the store's lock.
    """

    def __init__(self, *, minimum_level: int = 3, clock: Optional[Callable[[], datetime]] = None) -> None:
        """A ring in memory alone; KeyRing.open is for one in a file.

        minimum_level refuses suites below that NIST level. clock is for tests: it returns the time, aware of its zone.

        Raises:
            TypeError, ValueError: minimum_level is no int from 1 to 5, or clock no function.
        """
        _policy.check_minimum(minimum_level)
        if clock is not None and not callable(clock):
            raise TypeError(f"clock must be a function that returns a datetime, not {type(clock).__name__}")
        self._minimum, self._clock = minimum_level, clock or _utc_now
        self._lock = threading.RLock()
        self._counters = Counters()
        self._state = State({})
        self._store: Optional[Store] = None
        self._stamp: Optional[Stamp] = None
        self._retry: Optional[float] = None
        """When to write the file again, which has keys still that were retired here; None if it has none."""
        self._closed = False
        _rings.add(self)

    @classmethod
    def open(
        cls: type[_Ring],
        path: Union[Path, bytes],
        *,
        passphrase: Optional[Bytes] = None,
        key: Optional[Bytes] = None,
        create: bool = False,
        minimum_level: int = 3,
        clock: Optional[Callable[[], datetime]] = None,
    ) -> _Ring:
        """A ring in a file, encrypted with a passphrase or a key of 32 random bytes.

        With a passphrase this takes about half a second and 128 MiB, for scrypt.

        create makes the file, with mode 0600, if there is none. Beside it stays an empty file with ".lock" added to
        the name. The passphrase or key is not kept; wipe yours when the ring is open.

        Raises:
            StoreError: there is no such file, or it cannot be read, or not be made.
            StoreNotOpened: it is the wrong passphrase or key, or the file was changed on purpose.
            WrongPassphrase: a passphrase was given where a key is needed or the reverse; or it is empty, or ends with a
            zero byte.
            LengthError: the key is not 32 bytes long.
            StoreCorrupted: the file is damaged, or something else.
            DowngradeRefused: a key in it is below minimum_level.
            MissingDependency: PyPI's `cryptography` is not installed.
            ValueError, TypeError: not exactly one of passphrase and key is given, or it is unusable.
        """
        require()
        ring, store = cls(minimum_level=minimum_level, clock=clock), Store(path)
        with Secret(passphrase, key) as secret:
            try:
                if create and not os.path.lexists(store.path):
                    with store.lock:
                        # Another process may have been quicker.
                        if not os.path.lexists(store.path):
                            store.write(ring._state, store.prepare(secret))
                stamp = store.stamp()
                state = store.unlock(secret)
                try:
                    ring._check_levels(state, store)
                except BaseException:
                    wipe_dropped(state, ring._state)
                    raise
            except BaseException:
                store.close()
                raise
        # The stamp from before reading: if a write came between, the next operation reads again.
        ring._store, ring._state, ring._stamp = store, state, stamp
        ring._current()
        return ring

    # ---- reading -----------------------------------------------------------------------------------

    def _now(self) -> int:
        now = self._clock()
        if not isinstance(now, datetime) or now.tzinfo is None:
            raise TypeError("clock must return a datetime with a time zone, such as datetime.now(timezone.utc)")
        return to_microseconds(now)

    def _current(self) -> tuple[State, int]:
        """The state as it is now: read again if another process changed the file, without what is past its overlap."""
        if self._store is not None and self._store.stamp() != self._stamp:
            with self._lock:
                self._refresh(self._store)
        state, now = self._state, self._now()
        if state.is_due(now) or (self._retry is not None and time.monotonic() >= self._retry):
            self._end_overlaps()
            state = self._state
        if self._closed:
            # Then the state may be empty, which would look as if the key had never been.
            raise Wiped("this key ring was closed: open it again")
        return state, now

    def _end_overlaps(self) -> None:
        """Retires what is past its overlap: in the file too if that can be had at once, or else at a later time."""
        if self._store is None:
            self._change(_as_it_is)
            return
        try:
            if self._store.lock.acquire(0.0):
                try:
                    self._change_file(self._store, _as_it_is)
                    return
                finally:
                    self._store.lock.release()
        except StoreError:
            pass
        # The file keeps it for now, where it cannot be locked or written; this process does not.
        with self._lock:
            old, self._state = self._state, self._state.swept(self._now())
            # Another thread may have been quicker, and then all is done.
            if self._state is not old or self._retry is not None:
                self._retry = time.monotonic() + RETRY_SECONDS
            wipe_dropped(old, self._state)

    def _refresh(self, store: Store) -> None:
        if self._closed:
            raise Wiped("this key ring was closed: open it again")
        if store.stamp() == self._stamp:
            return
        old = self._state
        state, stamp = store.read(old)
        try:
            self._check_levels(state, store)
        except BaseException:
            wipe_dropped(state, old)
            raise
        self._state = state
        self._stamp = stamp
        wipe_dropped(old, state)

    def _check_levels(self, state: State, store: Store) -> None:
        for name, each in state.every():
            if each.state != RETIRED:
                _policy.check_level(each.suite, self._minimum, f"minimum_level for {name!r} in {store.path}")

    def _run(self, operation: str, name: str, work: Callable[[State, int], tuple[Any, _Result]]) -> _Result:
        """Does what changes nothing, and counts it. work returns the suite that it used, and its result."""
        return self._counted(operation, name, lambda: self._steadily(work))

    def _steadily(self, work: Callable[[State, int], _Result]) -> _Result:
        """What work returns for the state as it is now; it starts again if its key was retired under it."""
        tries = 0
        while True:
            state, now = self._current()
            try:
                return work(state, now)
            except Wiped:
                # Another thread may have retired the key meanwhile; then the state is another, with its successor.
                tries += 1
                if tries > RETRIES or self._closed or self._state is state:
                    raise

    def _counted(self, operation: str, name: str, steps: Callable[[], tuple[Any, _Result]]) -> _Result:
        try:
            suite, result = steps()
        except Exception as error:
            self._counters.count(operation, self._algorithm(self._state, name), type(error).__name__)
            raise
        self._counters.count(operation, suite.name)
        return result

    @staticmethod
    def _algorithm(state: State, name: str) -> str:
        generations = state.names.get(name) if isinstance(name, str) else None
        return generations[0].suite.name if generations else "unknown"

    # ---- changing ----------------------------------------------------------------------------------

    def _change(self, work: Callable[[State, int], tuple[State, _Result]]) -> _Result:
        """Replaces the state by what work makes of it, in the file first. Nothing has happened if it raises."""
        if self._store is None:
            with self._lock:
                if self._closed:
                    raise Wiped("this key ring was closed")
                return self._apply(work, None)
        with self._store.lock:
            return self._change_file(self._store, work)

    def _change_file(self, store: Store, work: Callable[[State, int], tuple[State, _Result]]) -> _Result:
        """As _change, by the holder of the store's lock."""
        with self._lock:
            self._refresh(store)
            return self._apply(work, store)

    def _apply(self, work: Callable[[State, int], tuple[State, _Result]], store: Optional[Store]) -> _Result:
        old, now = self._state, self._now()
        new, result = work(old.swept(now), now)
        if new is not old or self._retry is not None:
            stamp = self._stamp
            if store is not None:
                try:
                    stamp = store.write(new)
                except BaseException:
                    wipe_dropped(new, old)
                    raise
            self._state = new
            self._stamp, self._retry = stamp, None
            wipe_dropped(old, new)
        return result

    def _counted_change(
        self, operation: str, name: str, algorithm: str, work: Callable[[State, int], tuple[State, _Result]]
    ) -> _Result:
        """A change that is counted; algorithm is that of the name if it is empty."""
        before = self._state
        try:
            result = self._change(work)
        except Exception as error:
            self._counters.count(operation, algorithm or self._algorithm(before, name), type(error).__name__)
            raise
        self._counters.count(operation, algorithm or self._algorithm(before, name))
        return result

    def sweep(self) -> int:
        """Retires every key whose overlap has ended: wiped here and gone from the file. Returns how many there were.

        Opening a ring, changing it, and the first operation after the end of an overlap do the same; but where the
        file cannot be written or is locked, only this says so. Keys that were retired in memory alone, because of that,
        leave the file too, and are not counted again.

        Raises:
            StoreError: the file cannot be written.
        """

        def swept(state: State, now: int) -> tuple[State, int]:
            return state, sum(each.due(now) for _, each in self._state.every())

        return self._change(swept)

    def rekey(self, *, passphrase: Optional[Bytes] = None, key: Optional[Bytes] = None) -> None:
        """Gives the file another passphrase or key. Other processes that have it open must open it again.

        Copies of the old file still open with the old one: this does not help against who has both.

        Raises:
            StoreError: the file cannot be written, or the ring is in memory alone.
            WrongPassphrase, LengthError, ValueError, TypeError: as open.
        """
        if self._store is None:
            raise StoreError("this ring is in memory alone: KeyRing.open(..., create=True) makes one in a file")
        with Secret(passphrase, key) as secret:
            renewed = self._store.prepare(secret)
        try:
            with self._store.lock, self._lock:
                self._refresh(self._store)
                self._stamp, self._retry = self._store.write(self._state, renewed), None
        except BaseException:
            renewed[1].wipe()
            raise

    # ---- the rest ----------------------------------------------------------------------------------

    def metrics(self) -> Metrics:
        """What the ring did in this process so far."""
        return self._counters.snapshot()

    def close(self) -> None:
        """Wipes every secret in memory. The file stays; the ring is of no more use. Doing it twice does no harm."""
        with self._lock:
            self._closed = True
            old, self._state = self._state, State({})
            wipe_dropped(old, self._state)
            if self._store is not None:
                self._store.close()

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._closed

    def __enter__(self: _Ring) -> _Ring:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        where = "in memory" if self._store is None else f"in {self._store.path}"
        return f"<KeyRing {where}: {'closed' if self._closed else f'{len(self._state.names)} names'}>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("key rings are not pickled or copied: open the same file instead")

    def _after_fork_in_child(self) -> None:
        self._lock = threading.RLock()
        self._counters.after_fork_in_child()
        if self._store is not None:
            self._store.lock.after_fork_in_child()


def _after_fork_in_child() -> None:
    """Another thread of the parent may have held a lock, and that thread is not here to let go of it."""
    for ring in list(_rings):
        ring._after_fork_in_child()


os.register_at_fork(after_in_child=_after_fork_in_child)
