"""Alerting rules of Prometheus. Pure."""

from typing import Any


def alert(name: str, expression: str, duration: str, severity: str, summary: str) -> dict[str, Any]:
    """Returns an alerting rule of a PrometheusRule: it fires when the expression has had results for `duration`."""
    return {
        "alert": name,
        "expr": expression,
        "for": duration,
        "labels": {"severity": severity},
        "annotations": {"summary": summary},
    }
