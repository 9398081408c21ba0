"""Counters of what a ring did. They name operations, algorithms and exceptions, never keys."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class Metrics:
    """A ring's counters at one moment, since the ring was opened in this process."""

    operations: dict[tuple[str, str], int]
    """By (operation, algorithm), such as ("sign", "mldsa65_ed25519"): all that were asked for, failures among them."""
    failures: dict[tuple[str, str, str], int]
    """By (operation, algorithm, name of the exception), such as ("verify", "mldsa65_ed25519", "InvalidSignature")."""
    rotations: dict[str, int]
    """By algorithm of the new key."""


class Counters:
    """What Metrics is a snapshot of."""

    __slots__ = ("_lock", "_operations", "_failures", "_rotations")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._operations: Counter[tuple[str, str]] = Counter()
        self._failures: Counter[tuple[str, str, str]] = Counter()
        self._rotations: Counter[str] = Counter()

    def count(self, operation: str, algorithm: str, reason: Optional[str] = None) -> None:
        """One operation; reason is the name of the exception that it failed with."""
        with self._lock:
            self._operations[operation, algorithm] += 1
            if reason is not None:
                self._failures[operation, algorithm, reason] += 1
            elif operation == "rotate":
                self._rotations[algorithm] += 1

    def snapshot(self) -> Metrics:
        """A copy."""
        with self._lock:
            return Metrics(dict(self._operations), dict(self._failures), dict(self._rotations))

    def after_fork_in_child(self) -> None:
        """Another thread of the parent may have held the lock. What it counts from here on is the child's own."""
        self._lock = threading.Lock()
        self._operations, self._failures, self._rotations = Counter(), Counter(), Counter()
