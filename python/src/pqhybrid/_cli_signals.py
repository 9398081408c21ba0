"""Signals that end the command: they become exceptions, so that memory is wiped and nothing half-done stays."""

from __future__ import annotations

import contextlib
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_STOPS = {signal.SIGTERM: "terminated", signal.SIGHUP: "hung up"}
_HELD = (signal.SIGINT, *_STOPS)


class Stopped(BaseException):
    """SIGTERM or SIGHUP came."""

    def __init__(self, number: int) -> None:
        super().__init__(_STOPS[signal.Signals(number)])
        self.status = 128 + number


def _stop(number: int, _: object) -> None:
    raise Stopped(number)


@contextlib.contextmanager
def raised() -> Iterator[None]:
    """Within the block SIGTERM and SIGHUP raise Stopped, as SIGINT raises KeyboardInterrupt without this.

    A signal that is ignored stays so, as nohup wants it, and so does a handler of a program that calls the command.
    """
    changed = []
    try:
        # Only the main thread may set handlers, and only there would they raise.
        with contextlib.suppress(ValueError):
            for number in _STOPS:
                if signal.getsignal(number) is signal.SIG_DFL:
                    changed.append(number)
                    signal.signal(number, _stop)
        yield
    finally:
        with contextlib.suppress(ValueError):
            for number in changed:
                signal.signal(number, signal.SIG_DFL)


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Within the block no signal ends the command, unless by SIGKILL; one that comes raises at the end of the block."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, _HELD)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
