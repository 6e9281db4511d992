"""What Prometheus reads: requests, how long they took, how many wait."""

import threading
from collections import Counter

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Seconds."""


class Metrics:
    """Counted by many threads at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[int] = Counter()
        self._within: Counter[float] = Counter()
        self._seconds, self._texts, self._waiting = 0.0, 0, 0

    def waiting(self, change: int) -> None:
        """One more request waits, or one fewer."""
        with self._lock:
            self._waiting += change

    def answered(self, status: int, seconds: float, texts: int) -> None:
        """A request was answered after so many seconds, with so many texts."""
        with self._lock:
            self._requests[status] += 1
            self._seconds += seconds
            self._texts += texts
            for bound in BOUNDS:
                self._within[bound] += seconds <= bound

    def page(self) -> str:
        """In Prometheus' text format."""
        with self._lock:
            total = sum(self._requests.values())
            lines = [
                "# TYPE falaj_requests_total counter",
                *(f'falaj_requests_total{{code="{code}"}} {number}' for code, number in sorted(self._requests.items())),
                "# TYPE falaj_texts_total counter",
                f"falaj_texts_total {self._texts}",
                "# TYPE falaj_requests_waiting gauge",
                f"falaj_requests_waiting {self._waiting}",
                "# TYPE falaj_request_seconds histogram",
                *(f'falaj_request_seconds_bucket{{le="{bound}"}} {self._within[bound]}' for bound in BOUNDS),
                f'falaj_request_seconds_bucket{{le="+Inf"}} {total}',
                f"falaj_request_seconds_sum {self._seconds:.6f}",
                f"falaj_request_seconds_count {total}",
            ]
        return "\n".join(lines) + "\n"
