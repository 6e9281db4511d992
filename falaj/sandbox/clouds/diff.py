"""The diff of a resource: which inputs have changed, and which changes replace the resource."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pulumi.provider.experimental import provider as rpc
from pulumi.provider.experimental.property_value import PropertyValue
from pulumi.provider.experimental.provider import DiffResponse, PropertyDiff, PropertyDiffKind

from falaj.sandbox.clouds.auto_naming import is_generated
from falaj.sandbox.clouds.spec import ResourceType
from falaj.sandbox.clouds.values import Json, Props, get_path

_ADD, _DELETE, _UPDATE = range(3)
_KINDS = {
    (_ADD, False): PropertyDiffKind.ADD,
    (_ADD, True): PropertyDiffKind.ADD_REPLACE,
    (_DELETE, False): PropertyDiffKind.DELETE,
    (_DELETE, True): PropertyDiffKind.DELETE_REPLACE,
    (_UPDATE, False): PropertyDiffKind.UPDATE,
    (_UPDATE, True): PropertyDiffKind.UPDATE_REPLACE,
}

_QUOTED_KEY = re.compile(r'\["(.*?)"\]')
_INDEX = re.compile(r"\[\d+\]")


class DiffRequest(rpc.DiffRequest):
    """The engine's Diff request with the old inputs, which the SDK's own class omits."""

    old_inputs: dict[str, PropertyValue]


def compare(
    resource_type: ResourceType, old: Props, new: Props, ignored: Sequence[str], defaults: Props | None = None
) -> DiffResponse:
    """Compares old and new inputs; `defaults` are values of absent ones. Properties in `ignored` do not count; an
    unknown new value counts as changed.

    `delete_before_replace` is set if the name was given, because the cloud rejects a second resource of the same name.
    It is set without a change too: when the engine resumes a replacement whose create had failed, it asks for a diff,
    and would otherwise delete the new resource by its id.
    """
    old, new = (resource_type.normalise({**(defaults or {}), **inputs}) for inputs in (old, new))
    changes = [
        (path, kind) for path, kind in _changes(old, new, "") if not path.startswith("__") and path not in ignored
    ]
    replaces = [
        path for path, _ in changes if any(_under(path, identity) for identity in resource_type.replace_on_changes)
    ]
    return DiffResponse(
        changes=bool(changes),
        replaces=list(dict.fromkeys(_top(path) for path in replaces)),
        delete_before_replace=_keeps_given_name(resource_type, old, new),
        diffs=list(dict.fromkeys(_top(path) for path, _ in changes)),
        detailed_diff={path: PropertyDiff(_KINDS[kind, path in replaces], input_diff=True) for path, kind in changes},
    )


def _changes(old: Json, new: Json, path: str) -> Iterator[tuple[str, int]]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            yield from _changes(old.get(key), new.get(key), _member_path(path, key))
    elif isinstance(old, list) and isinstance(new, list) and path:
        for index in range(max(len(old), len(new))):
            before = old[index] if index < len(old) else None
            after = new[index] if index < len(new) else None
            yield from _changes(before, after, f"{path}[{index}]")
    elif old != new:
        yield path, _ADD if old is None else _DELETE if new is None else _UPDATE


def _member_path(path: str, key: str) -> str:
    """Returns the path of a member. Keys with separators, such as labels, are in quotation marks, as providers report
    them (pulumi-kubernetes v4, provider.go, `addPatchValueToDiff`): `replace_on_changes` matches only such paths.
    """
    if any(separator in key for separator in '."[]'):
        return f'{path}["{key}"]'
    return f"{path}.{key}" if path else key


def _under(path: str, identity: str) -> bool:
    """Returns whether a changed path equals an identity path, lies inside it, or contains it."""
    bare = _INDEX.sub("", _QUOTED_KEY.sub(r".\1", path))
    return bare == identity or bare.startswith(f"{identity}.") or identity.startswith(f"{bare}.")


def _top(path: str) -> str:
    return path.split(".")[0].split("[")[0]


def _keeps_given_name(resource_type: ResourceType, old: Props, new: Props) -> bool:
    if resource_type.naming is None or is_generated(resource_type.naming, new):
        return False
    name = get_path(new, resource_type.naming.property)
    return name is not None and name == get_path(old, resource_type.naming.property)
