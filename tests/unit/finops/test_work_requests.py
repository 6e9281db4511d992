"""What pods request, by the rules of the scheduler, and quantities as Kubernetes writes them."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.work.quantities import MOST, quantity
from falaj.finops.work.requests import requests

GIB = 1024**3


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("500m", "0.5"), ("16000m", "16"), (4, "4"), ("0.1", "0.1"), (".5", "0.5"), ("96Gi", str(96 * GIB)),
        ("98304Mi", str(96 * GIB)), ("1G", "1000000000"), ("1k", "1000"), ("1e3", "1000"),
        ("12E", str(MOST)),
        ("2E", str(MOST)), ("100n", "0.0000001"), ("1Ki", "1024"), ("-1", "0"), ("1 Gi", "0"), ("Gi", "0"), (True, "0"),
        (None, "0"), ("1e999999999", "0"), ({}, "0"), ("", "0"),
    ],
)  # fmt: skip
def test_quantities(text: object, value: str) -> None:
    assert quantity(text) == Decimal(value)


def container(cpu: str, memory: str = "1Gi", **more: Any) -> dict[str, Any]:
    return {"resources": {"requests": {"cpu": cpu, "memory": memory}}, **more}


@pytest.mark.parametrize(
    ("pod", "cpu_m", "gib"),
    [
        ({"containers": [container("1"), container("500m", "2Gi")]}, 1500, 3),
        ({"containers": []}, 0, 0),
        # Init containers run one after the other, before the others.
        ({"containers": [container("1")], "initContainers": [container("3"), container("2", "4Gi")]}, 3000, 4),
        # A sidecar runs beside all that start after it.
        ({"containers": [container("1")], "initContainers": [container("2", restartPolicy="Always")]}, 3000, 2),
        (
            {
                "containers": [container("1")],
                "initContainers": [container("1", restartPolicy="Always"), container("4"), container("2")],
            },
            5000,
            2,
        ),
        (
            {
                "containers": [container("1")],
                "initContainers": [container("4"), container("1", restartPolicy="Always")],
            },
            4000,
            2,
        ),
        ({"containers": [container("1")], "overhead": {"cpu": "250m", "memory": "1Gi"}}, 1250, 2),
        # Requests of the pod itself take the place of the sum.
        ({"containers": [container("1")], "resources": {"requests": {"cpu": "3", "memory": "2Gi"}}}, 3000, 2),
    ],
)
def test_effective_requests(pod: dict[str, Any], cpu_m: int, gib: int) -> None:
    found = requests(pod)
    assert (found.get("cpu", 0), found.get("memory", 0)) == (cpu_m, gib * GIB)
    assert found["pods"] == 1


def test_a_limit_without_a_request_is_the_request() -> None:
    """The API server copies it; devices are requested by their limit."""
    limits = {"cpu": "2", "memory": "1Gi", "nvidia.com/gpu": "1", "ephemeral-storage": "10Gi"}
    both = {"resources": {"limits": limits, "requests": {"cpu": "1"}}}
    expected = {"cpu": 1000, "memory": GIB, "nvidia.com/gpu": 1, "ephemeral-storage": 10 * GIB, "pods": 1}
    assert requests({"containers": [both]}) == expected
