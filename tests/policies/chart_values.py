"""Releases of charts with one value changed, for attacks by values that were read key by key."""

from collections.abc import Mapping
from typing import cast

from .blind import KUBE
from .harness import Given

Values = Mapping[str, object]


def with_value(values: Values, path: str, value: object) -> dict[str, object]:
    """Returns values with another value at a path, whose keys are separated by `/`."""
    key, _, rest = path.partition("/")
    below = cast("Values", values.get(key) or {}) if rest else {}
    return {**values, key: with_value(below, rest, value) if rest else value}


def without(values: Values, path: str) -> dict[str, object]:
    """Returns values without what is at a path, so that the chart's default counts."""
    key, _, rest = path.partition("/")
    others = {name: item for name, item in values.items() if name != key}
    return {**others, key: without(cast("Values", values[key]), rest)} if rest else others


def release(chart: str, values: Values) -> Given:
    """Returns a release of a chart from the registry that enforcement.yaml lists."""
    return Given("kubernetes:helm.sh/v3:Release", {
        "chart": f"oci://registry.dc1.example.ae/charts/{chart}", "version": "1.2.3", "namespace": chart,
        "values": dict(values)}, chart, provider=KUBE)  # fmt: skip


FOURTEENTH: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("cluster-autoscaler", "machines of a busy hour are paid for until somebody deletes them",
     {"extraArgs": {"scale-down-enabled": "false"}}),
    ("jupyterhub", "places for a hundred and more users who do not come hold machines",
     {"scheduling": {"userPlaceholder": {"enabled": True, "replicas": 120}}}),
    ("litellm-helm", "each question goes to a vendor abroad before the model answers",
     {"proxy_config": {"guardrails": [{"litellm_params": {"guardrail": "pangea", "mode": "pre_call"}}]}}),
)  # fmt: skip
"""Chart, harm and values of rows that the fourteenth blind set led to."""
SIXTEENTH: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("nats", "messages and tokens of browsers cross the network in plain text",
     {"config": {"websocket": {"enabled": True, "port": 8080}}}),
    ("nats", "messages and passwords of devices cross the network in plain text",
     {"config": {"mqtt": {"enabled": True, "port": 1883}}}),
)  # fmt: skip
TWENTY_SEVENTH: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("cluster-autoscaler", "machines with next to no work are never removed",
     {"extraArgs": {"scale-down-gpu-utilization-threshold": "0.05"}}),
    ("cluster-autoscaler", "machines without work are paid for for hours or for good",
     {"extraArgs": {"scale-down-unneeded-time": "500m"}}),
)  # fmt: skip
"""Chart, harm and values of rows that the twenty-seventh set led to."""
