"""Planned Kubernetes objects as manifests. What a chart makes of its values is not in a plan, so not here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.scan.plan import Planned

_NO_OBJECT = ("kubernetes:helm.sh/", "kubernetes:yaml")


def manifests(items: Iterable[Planned]) -> dict[str, dict[str, Any]]:
    """Each planned object by the label of its resource."""
    ours = [item for item in items if item.type.startswith("kubernetes:") and not item.type.startswith(_NO_OBJECT)]
    # A patch of a node says only what it changes of a node that is there.
    return {item.label: dict(item.inputs) for item in ours if "kind" in item.inputs}
