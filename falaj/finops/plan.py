"""The planned resources, from a preview, a state export or the policy pack."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from falaj.finops.errors import BadInput
from falaj.finops.input_files import parse_json

UNKNOWN_SENTINEL = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""The engine's representation of a value that is known only after the update (pulumi,
sdk/go/common/resource/plugin/rpc.go).
"""
_SIGNATURE_KEY = "4dabf18193072939515e22adb298388d"
"""Key by which the engine marks a secret, an asset or a resource reference inside a value."""


class _Unknown:
    """A value that is secret or known only after the update. It is falsy and has no content."""

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
    """One resource after the update. `provider` is the URN of its provider, empty if not stated.

    `dependencies` maps a property to the URNs of the resources from which its value comes, so that a reference can be
    followed even if the value is unknown.
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
    """Configuration of the plan, as stated in the preview."""

    @cached_property
    def by_urn(self) -> Mapping[str, Planned]:
        """Resources by URN."""
        return {item.urn: item for item in self.resources}

    @cached_property
    def _by_type(self) -> Mapping[str, Sequence[Planned]]:
        result: dict[str, list[Planned]] = {}
        for item in self.resources:
            result.setdefault(item.type, []).append(item)
        return result

    def of_type(self, *kinds: str) -> Iterable[Planned]:
        """Yields the resources of these types, type by type, without a look at any other."""
        return (item for kind in kinds for item in self._by_type.get(kind, ()))

    def ancestors(self, item: Planned) -> Iterable[Planned]:
        """Yields the resource itself, then its parents, nearest first."""
        visited: set[str] = set()
        current: Planned | None = item
        while current is not None and current.urn not in visited:
            visited.add(current.urn)
            yield current
            current = self.by_urn.get(current.parent or "")

    def sources(self, item: Planned, key: str) -> Iterable[Planned]:
        """Returns the resources from which the value of a property comes."""
        return (self.by_urn[urn] for urn in item.dependencies.get(key, ()) if urn in self.by_urn)

    def named_by(self, item: Planned, key: str, kind: str, name: str, value: str) -> Sequence[Planned]:
        """Returns the resources of a type from which a property of another one comes; without such, those whose
        property `name` has the value, which is that of the other one's property or the part of it that names them."""
        linked = [source for source in self.sources(item, key) if source.type == kind]
        others = (other for other in self.of_type(kind) if other is not item)
        return linked or [other for other in others if value and other.props.get(name) == value]

    def earlier(self) -> "Plan | None":
        """Returns the stack before the update as a plan."""
        return None if self.before is None else Plan(self.stack, self.before)


def read(text: str, location: str = "plan") -> Plan:
    """Parses the output of `pulumi preview --json` or `pulumi stack export`. Raises `BadInput`."""
    data = parse_json(text, location, more_text=True)  # the engine may print text after the JSON
    if isinstance(data, dict) and isinstance(data.get("steps"), list):
        return _from_preview(data, location)
    deployment = data.get("deployment") if isinstance(data, dict) else None
    if isinstance(deployment, dict):
        return from_state(deployment.get("resources", []), location)
    raise BadInput(location, "neither `steps` of `pulumi preview --json` nor `deployment` of `pulumi stack export`")


def of_plain(rows: Iterable[tuple[str, str, str, Mapping[str, Any]]], stack: str = "") -> Plan:
    """Builds a plan from (URN, type, name, properties), as provided to a policy pack."""
    resources = [Planned(urn, kind, name, _plain(props)) for urn, kind, name, props in rows]
    return Plan(stack or _stack_of(resources), tuple(resources))


_DELETE_OPS = ("delete", "delete-replaced", "discard", "discard-replaced", "remove-pending-replace")
_CHANGES = {
    "create": ResourceChange.CREATE,
    "import": ResourceChange.CREATE,
    "update": ResourceChange.UPDATE,
    "replace": ResourceChange.REPLACE,
    "create-replacement": ResourceChange.REPLACE,
    "import-replacement": ResourceChange.REPLACE,
}


def _from_preview(data: dict[str, Any], location: str) -> Plan:
    after: dict[str, Planned] = {}
    before: dict[str, Planned] = {}
    unchanged = 0
    for index, step in enumerate(data["steps"]):
        step_location = f"{location}: steps[{index}]"
        op = _text(step, "op", step_location)
        unchanged += op == "same"
        if isinstance(old := step.get("oldState"), dict):
            old_resource = _planned(old, ResourceChange.SAME, f"{step_location}.oldState")
            before[old_resource.urn] = old_resource
        if op in _DELETE_OPS:
            continue
        if isinstance(new := step.get("newState"), dict):
            new_resource = _planned(new, _CHANGES.get(op, ResourceChange.SAME), f"{step_location}.newState")
            after[new_resource.urn] = new_resource
        elif op != "refresh":
            raise BadInput(f"{step_location}.newState", f"is missing for `{op}`, so the resource would not be counted")
    _require_unchanged(data, unchanged, location)
    resources = tuple(after.values())
    config = data.get("config")
    return Plan(
        _stack_of(resources), resources, tuple(before.values()), config=config if isinstance(config, dict) else {}
    )


def _require_unchanged(data: dict[str, Any], unchanged: int, location: str) -> None:
    """Raises `BadInput` if a preview omits unchanged resources, without which the estimate would be too low."""
    summary = data.get("changeSummary")
    expected = summary.get("same", 0) if isinstance(summary, dict) else 0
    if isinstance(expected, int) and expected > unchanged:
        raise BadInput(
            location,
            f"omits {expected - unchanged} unchanged resources; run `pulumi preview --json --show-sames`",
        )


def from_state(rows: object, location: str) -> Plan:
    """Builds a plan from the resources in a stack's state. Raises `BadInput`."""
    if not isinstance(rows, list):
        raise BadInput(location, f"deployment.resources must be a list, not {type(rows).__name__}")
    resources = [
        _planned(row, ResourceChange.SAME, f"{location}: deployment.resources[{index}]")
        for index, row in enumerate(rows)
        if not (isinstance(row, dict) and row.get("delete"))
    ]
    return Plan(_stack_of(resources), tuple(resources), tuple(resources))


def _planned(row: object, change: ResourceChange, location: str) -> Planned:
    if not isinstance(row, dict):
        raise BadInput(location, f"a resource must be an object, not {type(row).__name__}")
    urn, kind = _text(row, "urn", location), _text(row, "type", location)
    if urn.count("::") < 3:
        raise BadInput(f"{location}.urn", f"{urn!r} is not a URN")
    inputs = row.get("inputs", {})
    if not isinstance(inputs, dict):
        raise BadInput(f"{location}.inputs", f"must be an object, not {type(inputs).__name__}")
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
    """Returns property -> URNs; entries of another shape are omitted."""
    if not isinstance(value, dict):
        return {}
    return {
        key: tuple(urn for urn in urns if isinstance(urn, str)) for key, urns in value.items() if isinstance(urns, list)
    }


def _text(row: object, key: str, location: str) -> str:
    value = row.get(key) if isinstance(row, dict) else None
    if not isinstance(value, str) or not value:
        raise BadInput(location, f"`{key}` is missing or not a string")
    return value


def _plain(value: Any) -> Any:
    """Returns the value without the engine's markers; unknown and secret values become `UNKNOWN`."""
    if value == UNKNOWN_SENTINEL:
        return UNKNOWN
    if isinstance(value, Mapping):
        if _SIGNATURE_KEY in value:
            return UNKNOWN
        return {key: _plain(item) for key, item in value.items() if not key.startswith("__")}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _stack_of(resources: Sequence[Planned]) -> str:
    return resources[0].urn.split("::")[0].rpartition(":")[2] if resources else ""
