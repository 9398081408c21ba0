"""One writer at a time, among all processes: flock on a file beside the store, which is never replaced."""

from __future__ import annotations

import errno
import fcntl
import os
import threading
import time
from typing import Optional

from pqhybrid.keys._errors import StoreError

WAIT_SECONDS = 30.0


class FileLock:
    """Exclusive while in its `with` block, among threads too. The kernel lets go when the process dies in any way.

    The file is opened for each use: a child of fork() would share a lock on a file that was open before.
    """

    __slots__ = ("_path", "_threads", "_file")

    def __init__(self, path: str) -> None:
        self._path = path
        self._threads = threading.Lock()
        self._file: Optional[int] = None

    def __enter__(self) -> FileLock:
        if not self.acquire(WAIT_SECONDS):
            raise StoreError(
                f"another process or thread has held {self._path} for {WAIT_SECONDS:g} seconds: end it, then try again"
            )
        return self

    def acquire(self, seconds: float) -> bool:
        """Whether the lock could be had within so many seconds, threads and processes together; 0 does not wait.

        Raises:
            StoreError: the file beside the store cannot be opened or locked at all.
        """
        end = time.monotonic() + seconds
        if not self._threads.acquire(timeout=seconds):
            return False
        held = False
        try:
            held = self._lock(end)
        finally:
            if not held:
                self._close()
                self._threads.release()
        return held

    def _lock(self, end: float) -> bool:
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise failed(f"the key store cannot be locked, because {self._path} cannot be opened", error) from None
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except OSError as error:
                if error.errno not in (errno.EWOULDBLOCK, errno.EACCES, errno.EINTR):
                    raise failed(f"the key store cannot be locked by {self._path}", error) from None
            if time.monotonic() >= end:
                return False
            time.sleep(0.002)

    def release(self) -> None:
        """Lets go."""
        try:
            if self._file is not None:
                # Said aloud, because closing alone does not let go while a child of fork() has the file open as well.
                fcntl.flock(self._file, fcntl.LOCK_UN)
        except OSError:
            pass  # Closing lets go in every other case.
        finally:
            self._close()
            self._threads.release()

    def __exit__(self, *_: object) -> None:
        self.release()

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            os.close(file)

    def after_fork_in_child(self) -> None:
        """Closes the lock that another thread of the parent had: the child shares it, and does not hold it."""
        self._threads = threading.Lock()
        self._close()


def failed(what: str, error: OSError) -> StoreError:
    """The sentence for something that the operating system refused, with its errno."""
    made = StoreError(f"{what} ({error.strerror or type(error).__name__}): nothing was changed")
    made.errno = error.errno
    return made
