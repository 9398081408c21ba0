"""A ring's counters for Prometheus, through PyPI's `prometheus_client`: pip install 'pqhybrid[metrics]'.

    from prometheus_client import REGISTRY
    from pqhybrid.keys.prometheus import KeyRingCollector

    REGISTRY.register(KeyRingCollector(ring))
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pqhybrid.errors import MissingDependency, PqhybridError

try:
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
    from prometheus_client.registry import Collector
except ImportError as error:
    raise MissingDependency(
        f"pqhybrid.keys.prometheus needs the package 'prometheus_client' ({error}): pip install 'pqhybrid[metrics]'"
    ) from None

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

    from pqhybrid.keys._ring import KeyRing


class KeyRingCollector(Collector):
    """What a ring did in this process, and when its active keys expire.

    <prefix>_operations_total{operation,algorithm}, <prefix>_failures_total{operation,algorithm,reason},
    <prefix>_rotations_total{algorithm}, <prefix>_key_expiry_timestamp_seconds{name,algorithm}. Names of keys are
    shown, keys are not. Two rings in one registry need two prefixes.
    """

    def __init__(self, ring: KeyRing, prefix: str = "pqhybrid") -> None:
        self._ring, self._prefix = ring, prefix

    def _families(self) -> tuple[CounterMetricFamily, CounterMetricFamily, CounterMetricFamily, GaugeMetricFamily]:
        prefix = self._prefix
        return (
            CounterMetricFamily(
                f"{prefix}_operations", "Operations, failed ones among them", labels=["operation", "algorithm"]
            ),
            CounterMetricFamily(
                f"{prefix}_failures", "Failed operations, by exception", labels=["operation", "algorithm", "reason"]
            ),
            CounterMetricFamily(f"{prefix}_rotations", "Keys replaced by a new one", labels=["algorithm"]),
            GaugeMetricFamily(
                f"{prefix}_key_expiry_timestamp_seconds", "When the active key expires", labels=["name", "algorithm"]
            ),
        )

    def describe(self) -> Iterable[Metric]:
        """The families without samples, so that registering a ring does not read its file."""
        return self._families()

    def collect(self) -> Iterable[Metric]:
        """The families with their samples; without expiry while the ring is closed or its file unreadable."""
        operations, failures, rotations, expiry = self._families()
        metrics = self._ring.metrics()
        for labels, count in metrics.operations.items():
            operations.add_metric(labels, count)
        for reasons, count in metrics.failures.items():
            failures.add_metric(reasons, count)
        for algorithm, count in metrics.rotations.items():
            rotations.add_metric([algorithm], count)
        try:
            active = self._ring._expiries()
        except PqhybridError:
            active = []
        for name, algorithm, seconds in active:
            expiry.add_metric([name, algorithm], seconds)
        return operations, failures, rotations, expiry
