r"""Values of charts that a deployer states one by one, as `helm --set` does: `extraEnv[0].name: DEBUG`.

Argo CD has them in `helm.parameters`, k3s in `set`, Crossplane in a list `set` (argoproj/argo-cd 37ee0097
pkg/apis/application/v1alpha1/types.go, HelmParameter; k3s-io/helm-controller and crossplane-contrib/provider-helm, as
known; Helm, "Using Helm", format of --set: `.` separates keys unless it is `\.`, `[0]` is an item of a list). A name
and a value of one variable stand in two entries, so they are put together as a file of values has them.
"""

import re

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, items_of

_DEPLOYERS = ("kubernetes:argoproj.io/", "kubernetes:helm.cattle.io/", "kubernetes:helm.crossplane.io/")
_PART = lazy_regex(r"(?P<key>(?:[^.\[\]\\]|\\.)+)|\[(?P<index>\d{1,3})\]")
_LONGEST, _MOST, _DEEPEST = 300, 2_000, 30
"""Characters of a name, entries of an object and keys of a name that are read."""


def with_set_values(resource: Resource) -> dict[str, Plain]:
    """Returns the properties of a resource; those of a deployer with its single values as a mapping beside them."""
    if not resource.type.startswith(_DEPLOYERS):
        return resource.props
    return {key: _with_values(value, 0) for key, value in resource.props.items()}


def _with_values(value: Plain, depth: int) -> Plain:
    if depth > _DEEPEST:
        return value
    if isinstance(value, list):
        return [_with_values(item, depth + 1) for item in value]
    if not isinstance(value, dict):
        return value
    entries = [*_entries(value.get("parameters")), *_entries(value.get("set"))][:_MOST]
    read = {key: _with_values(item, depth + 1) for key, item in value.items()}
    if not any("." in name or "[" in name for name, _ in entries):
        return read
    kept = read.get("set")
    return {**read, "set": {**(kept if isinstance(kept, dict) else {"stated": kept}), "values": _nested(entries)}}


def _entries(stated: Plain) -> list[tuple[str, Plain]]:
    """Returns the names and values of entries, as a mapping or as a list of pairs."""
    if isinstance(stated, dict):
        return [(name, value) for name, value in stated.items() if len(name) <= _LONGEST]
    pairs = [item for item in items_of(stated) if isinstance(item, dict)]
    return [
        (name, item["value"]) for item in pairs
        if isinstance(name := item.get("name"), str) and len(name) <= _LONGEST and "value" in item
    ]  # fmt: skip


def _nested(entries: list[tuple[str, Plain]]) -> Plain:
    """Returns entries as a file of values has them; items of lists are in the order of their numbers."""
    root: dict[object, object] = {}
    for name, value in entries:
        parts = [int(found["index"]) if found["index"] else _unescaped(found["key"]) for found in _PART.finditer(name)]
        part: dict[object, object] = root
        for key in parts[:-1][:_DEEPEST]:
            below = part.setdefault(key, {})
            part = below if isinstance(below, dict) else {}
        part[parts[-1] if parts else name] = value
    return _listed(root)


def _unescaped(key: str) -> str:
    return re.sub(r"\\(.)", r"\1", key)


def _listed(value: object) -> Plain:
    """Returns a tree with lists where all keys are numbers."""
    if not isinstance(value, dict):
        return value  # type: ignore[return-value]
    if value and all(isinstance(key, int) for key in value):
        return [_listed(value[key]) for key in sorted(value)]
    return {str(key): _listed(item) for key, item in value.items()}
