"""Drift: what a read-only refresh has found changed in the clouds, without changes that a cloud makes by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from falaj.facts import strict_json

_CLUSTER = "azure-native:containerservice:ManagedCluster"
_POOL = "azure-native:containerservice:AgentPool"
_UNCHANGED = ("same", "refresh", "read")
_PREVIEWED = ("create", "create-replacement", "import", "import-replacement", "replace", "replaced")
"""Steps of previews, which no refresh has."""
_MISSING = object()
_SUMMARY = "error: preview failed"
_PREFIX = re.compile(r"^error: (Preview failed: )?(reading \w+: )?")


class NoRefresh(Exception):
    """A text is not the output of `pulumi refresh --json`, or the refresh was not completed."""


@dataclass(frozen=True)
class Change:
    """One property of a resource that the cloud returns with another value than the state, or a missing resource."""

    name: str
    type: str
    path: str
    """Empty if the resource no longer exists."""
    state: Any = None
    cloud: Any = None

    def __str__(self) -> str:
        if not self.path:
            return f"{self.name} ({self.type}) no longer exists"
        return f"{self.name} ({self.type}), {self.path}: {_shown(self.state)} in the state, {_shown(self.cloud)} now"


@dataclass(frozen=True)
class Expected:
    """Changes that a cloud makes by itself: types, a pattern of the property, and a condition on the change."""

    types: tuple[str, ...]
    path: str
    holds: Callable[[Change], bool] = lambda _: True


def _is_automatic_patch(change: Change) -> bool:
    return re.fullmatch(rf"{re.escape(str(change.state))}\.\d+", str(change.cloud)) is not None


EXPECTED = (
    # AKS lists all pools in the cluster, also those that are resources of their own and are compared there. The
    # provider copies new elements of an array into the inputs (pulumi-azure-native provider/pkg/provider/diff.go
    # `applyValueDiff`, 2026-08).
    Expected((_CLUSTER,), r"agentPoolProfiles\[[1-9]\d*\](\..*)?"),
    # After an automatic patch AKS returns the full version where the minor was given (Azure/AKS#3573,
    # hashicorp/terraform-provider-azurerm#26946).
    Expected(
        (_CLUSTER, _POOL), r"(agentPoolProfiles\[0\]\.)?(kubernetesVersion|orchestratorVersion)", _is_automatic_patch
    ),
)
"""Changes that are no drift."""


def drift(output: str) -> list[Change]:
    """Returns the drift in the output of `pulumi refresh --preview-only --json`. Raises `NoRefresh`."""
    try:
        document: Mapping[str, Any] = strict_json.parse(output, more_text=True)
        return _drift(document, document["steps"])
    except (ValueError, LookupError, TypeError, AttributeError):
        raise NoRefresh("not the output of `pulumi refresh --preview-only --json`") from None


def _drift(document: Mapping[str, Any], steps: Sequence[Mapping[str, Any]]) -> list[Change]:
    errors = [entry["message"] for entry in document.get("diagnostics") or () if entry["severity"] == "error"]
    if errors:
        # Each resource of an unreachable cluster has the same error.
        causes = dict.fromkeys(_PREFIX.sub("", error.strip()) for error in errors if error.strip() != _SUMMARY)
        raise NoRefresh("the refresh did not read everything:\n  " + "\n  ".join(causes))
    if previewed := next((step["op"] for step in steps if step["op"] in _PREVIEWED), None):
        raise NoRefresh(f"has the step `{previewed}`, which a refresh never has: it is a preview")
    return [change for step in steps for change in _changes(step) if not _is_expected(change)]


def _changes(step: Mapping[str, Any]) -> Iterator[Change]:
    if step["op"] in _UNCHANGED and not step.get("detailedDiff"):
        return
    name, type_ = step["urn"].rsplit("::", 1)[-1], step["urn"].rsplit("::", 2)[-2].rsplit("$", 1)[-1]
    if step["op"].startswith("delete"):
        yield Change(name, type_, "")
        return
    # Without paths, the whole resource counts as changed.
    for path in step.get("detailedDiff") or step.get("diffReasons") or ("(properties not stated)",):
        yield Change(name, type_, path, *(_at(step.get(state), path) for state in ("oldState", "newState")))


def _at(state: Mapping[str, Any] | None, path: str) -> Any:
    """Returns the value of a path in a state's inputs, otherwise in its outputs, or None."""
    for properties in ("inputs", "outputs"):
        value: Any = (state or {}).get(properties)
        for quoted, key, index in re.findall(r'\["(.*?)"\]|([^.\[\]]+)|\[(\d+)\]', path):
            value = _member(value, quoted or key, index)
        if value is not _MISSING:
            return value
    return None


def _member(value: Any, key: str, index: str) -> Any:
    if key:
        return value.get(key, _MISSING) if isinstance(value, Mapping) else _MISSING
    has = isinstance(value, list) and int(index) < len(value)
    return value[int(index)] if has else _MISSING


def _is_expected(change: Change) -> bool:
    return any(
        change.type in expected.types and re.fullmatch(expected.path, change.path) and expected.holds(change)
        for expected in EXPECTED
    )


def _shown(value: Any) -> str:
    return "absent" if value is None else json.dumps(value, ensure_ascii=False)
