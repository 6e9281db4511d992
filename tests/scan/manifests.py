"""Planned Kubernetes objects as manifests, without the objects of charts, which are not in a plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.scan.plan import Planned

_NOT_MANIFESTS = ("kubernetes:helm.sh/", "kubernetes:yaml")


def manifests(items: Iterable[Planned]) -> dict[str, dict[str, Any]]:
    """Returns the planned objects by the label of their resource."""
    objects = [
        item for item in items if item.type.startswith("kubernetes:") and not item.type.startswith(_NOT_MANIFESTS)
    ]
    # Patches of existing objects contain only the changed fields, without a kind.
    return {item.label: dict(item.inputs) for item in objects if "kind" in item.inputs}
