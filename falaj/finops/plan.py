"""The planned resources, from a preview, a state export or the policy pack."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from falaj.finops.errors import BadInput

_UNKNOWN_WORD = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""How the engine writes a value that is known after the update only (pulumi, sdk/go/common/resource/plugin/rpc.go)."""
_SPECIAL = "4dabf18193072939515e22adb298388d"
"""How the engine marks a secret, an asset or a reference inside a value."""


class _Unknown:
    """A value that is known after the update only, or is secret. It is false: nothing can be read of it."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "unknown"


UNKNOWN: Final = _Unknown()


class ResourceChange(StrEnum):
    """What the update does to a resource."""

    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Planned:
    """One resource as it will be. `provider` is the URN of its provider, empty if it is not stated.

    `dependencies` maps a property to the URNs of the resources that its value comes from: so a reference can be
    followed while the value itself is unknown.
    """

    urn: str
    type: str
    name: str
    props: Mapping[str, Any]
    parent: str | None = None
    change: ResourceChange = ResourceChange.SAME
    provider: str = ""
    dependencies: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """All resources of a stack after the update, and before it (None if unknown)."""

    stack: str
    resources: tuple[Planned, ...]
    before: tuple[Planned, ...] | None = None
    warnings: tuple[str, ...] = ()
    config: Mapping[str, Any] = field(default_factory=dict)
    """Configuration that the plan was made with, as the preview says it."""

    @cached_property
    def by_urn(self) -> Mapping[str, Planned]:
        """Resources by URN."""
        return {item.urn: item for item in self.resources}

    def ancestors(self, item: Planned) -> Iterable[Planned]:
        """The resource itself, then its parents, nearest first."""
        seen: set[str] = set()
        at: Planned | None = item
        while at is not None and at.urn not in seen:
            seen.add(at.urn)
            yield at
            at = self.by_urn.get(at.parent or "")

    def sources(self, item: Planned, key: str) -> Iterable[Planned]:
        """The resources that the value of a property comes from."""
        return (self.by_urn[urn] for urn in item.dependencies.get(key, ()) if urn in self.by_urn)

    def earlier(self) -> "Plan | None":
        """The stack as it was before, as a plan of its own."""
        return None if self.before is None else Plan(self.stack, self.before)


def read(text: str, location: str = "plan") -> Plan:
    """The plan in the output of `pulumi preview --json` or `pulumi stack export`. Raises `BadInput`."""
    try:
        data, _ = json.JSONDecoder().raw_decode(text.lstrip())  # the engine may talk behind it
    except ValueError as broken:
        raise BadInput(location, f"not JSON: {broken}") from None
    if isinstance(data, dict) and isinstance(data.get("steps"), list):
        return _of_preview(data, location)
    deployment = data.get("deployment") if isinstance(data, dict) else None
    if isinstance(deployment, dict):
        return _of_state(deployment, location)
    raise BadInput(location, "neither `steps` of `pulumi preview --json` nor `deployment` of `pulumi stack export`")


def of_plain(rows: Iterable[tuple[str, str, str, Mapping[str, Any]]], stack: str = "") -> Plan:
    """The plan of (URN, type, name, properties), as a policy pack has them."""
    result = [Planned(urn, kind, name, _plain(props)) for urn, kind, name, props in rows]
    return Plan(stack or _stack_of(result), tuple(result))


_GONE = ("delete", "delete-replaced", "discard", "discard-replaced", "remove-pending-replace")
_CHANGES = {
    "create": ResourceChange.CREATE,
    "import": ResourceChange.CREATE,
    "update": ResourceChange.UPDATE,
    "replace": ResourceChange.REPLACE,
    "create-replacement": ResourceChange.REPLACE,
    "import-replacement": ResourceChange.REPLACE,
}


def _of_preview(data: dict[str, Any], location: str) -> Plan:
    after: dict[str, Planned] = {}
    before: dict[str, Planned] = {}
    same = 0
    for index, step in enumerate(data["steps"]):
        where = f"{location}: steps[{index}]"
        op = _text(step, "op", where)
        same += op == "same"
        if isinstance(old := step.get("oldState"), dict):
            was = _planned(old, ResourceChange.SAME, f"{where}.oldState")
            before[was.urn] = was
        if op not in _GONE and isinstance(new := step.get("newState"), dict):
            will = _planned(new, _CHANGES.get(op, ResourceChange.SAME), f"{where}.newState")
            after[will.urn] = will
    _refuse_partial(data, same, location)
    result = tuple(after.values())
    config = data.get("config")
    return Plan(_stack_of(result), result, tuple(before.values()), config=config if isinstance(config, dict) else {})


def _refuse_partial(data: dict[str, Any], same: int, location: str) -> None:
    """A preview leaves out what stays as it is unless asked; so priced, a stack looks cheaper than it is."""
    summary = data.get("changeSummary")
    stated = summary.get("same", 0) if isinstance(summary, dict) else 0
    if isinstance(stated, int) and stated > same:
        raise BadInput(
            location,
            f"leaves out {stated - same} resources that stay as they are; run `pulumi preview --json --show-sames`",
        )


def _of_state(deployment: dict[str, Any], location: str) -> Plan:
    rows = deployment.get("resources", [])
    if not isinstance(rows, list):
        raise BadInput(location, f"deployment.resources must be a list, not {type(rows).__name__}")
    result = [
        _planned(row, ResourceChange.SAME, f"{location}: deployment.resources[{index}]")
        for index, row in enumerate(rows)
        if not (isinstance(row, dict) and row.get("delete"))
    ]
    return Plan(_stack_of(result), tuple(result), tuple(result))


def _planned(row: object, change: ResourceChange, where: str) -> Planned:
    if not isinstance(row, dict):
        raise BadInput(where, f"a resource must be an object, not {type(row).__name__}")
    urn, kind = _text(row, "urn", where), _text(row, "type", where)
    if urn.count("::") < 3:
        raise BadInput(f"{where}.urn", f"{urn!r} is not a URN")
    inputs = row.get("inputs", {})
    if not isinstance(inputs, dict):
        raise BadInput(f"{where}.inputs", f"must be an object, not {type(inputs).__name__}")
    provider = row.get("provider")
    return Planned(
        urn=urn,
        type=kind,
        name=urn.rpartition("::")[2],
        props=_plain(inputs),
        parent=row.get("parent") if isinstance(row.get("parent"), str) else None,
        change=change,
        provider=provider.rpartition("::")[0] if isinstance(provider, str) else "",
        dependencies=_dependencies(row.get("propertyDependencies")),
    )


def _dependencies(value: object) -> dict[str, tuple[str, ...]]:
    """Property -> URNs; what is not of that shape is left out."""
    if not isinstance(value, dict):
        return {}
    return {
        key: tuple(urn for urn in urns if isinstance(urn, str)) for key, urns in value.items() if isinstance(urns, list)
    }


def _text(row: object, key: str, where: str) -> str:
    value = row.get(key) if isinstance(row, dict) else None
    if not isinstance(value, str) or not value:
        raise BadInput(where, f"`{key}` is missing or no text")
    return value


def _plain(value: Any) -> Any:
    """The value without the engine's marks; what is not known or secret is `UNKNOWN`."""
    if value == _UNKNOWN_WORD:
        return UNKNOWN
    if isinstance(value, Mapping):
        if _SPECIAL in value:
            return UNKNOWN
        return {key: _plain(item) for key, item in value.items() if not key.startswith("__")}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _stack_of(result: Sequence[Planned]) -> str:
    return result[0].urn.split("::")[0].rpartition(":")[2] if result else ""
