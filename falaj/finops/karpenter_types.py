"""The machine types and capacity types that the requirements of a Karpenter NodePool allow.

Karpenter, NodePools and Scheduling, well-known labels (read 2026-11-27): all requirements hold at once; a label of the
template is a requirement too; without a requirement on a label, every value is allowed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from falaj.facts.machines import Machine, find, machines
from falaj.facts.prices import Capacity
from falaj.finops.properties import get_dict, get_list, get_str, get_str_list, unknown_at
from falaj.finops.work.placement import CAPACITY_KEY, GPU_PRESENT

Labels = Mapping[str, str | None]
"""Labels of a node by its machine type. A label with None is one that such nodes do not have."""

_CAPACITIES: tuple[Capacity, ...] = ("spot", "on-demand")
"""In the order in which Karpenter tries them."""
_ARCHITECTURES = {"x86_64": "amd64"}


@dataclass(frozen=True, slots=True)
class Requirement:
    """One condition on a label."""

    key: str
    operator: str
    values: tuple[str, ...]

    def holds(self, value: str | None) -> bool:
        """Returns whether the value of a label, or its absence, meets the condition."""
        return _OPERATORS[self.operator](value, self.values)


def _above(value: str | None, bounds: Sequence[str]) -> bool:
    return _number(value) > _number(bounds[0]) if value and bounds else False


def _below(value: str | None, bounds: Sequence[str]) -> bool:
    return _number(value) < _number(bounds[0]) if value and bounds else False


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


_OPERATORS: Mapping[str, Callable[[str | None, Sequence[str]], bool]] = {
    "In": lambda value, values: value in values,
    "NotIn": lambda value, values: value not in values,
    "Exists": lambda value, _: value is not None,
    "DoesNotExist": lambda value, _: value is None,
    "Gt": _above,
    "Lt": _below,
}


@dataclass(frozen=True, slots=True)
class Requirements:
    """The conditions of a NodePool. `unknown` are the labels of those that are known only after the update, and
    `unread` of those whose operator is not known: none of them limits the types.
    """

    known: tuple[Requirement, ...]
    unknown: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def labels(self) -> Mapping[str, Sequence[str]]:
        """The labels of the pool's nodes, with the values that each may have."""
        return {each.key: each.values for each in self.known if each.operator == "In"}

    @property
    def capacities(self) -> tuple[Capacity, ...]:
        """The allowed capacity types in the order in which they are tried."""
        own = [each for each in self.known if each.key == CAPACITY_KEY]
        return tuple(each for each in _CAPACITIES if all(row.holds(each) for row in own)) or ("on-demand",)

    def values(self, *keys: str) -> Sequence[str]:
        """Returns the values that the pool's nodes may have of the first of these labels with a requirement."""
        return next((self.labels[key] for key in keys if key in self.labels), ())

    def not_read(self, group: str, labels: Iterable[str]) -> tuple[str, ...]:
        """Returns the labels of an API group that limit the types in a way that the catalogue does not state."""
        own = (each.key for each in self.known if each.key.startswith(f"{group}/"))
        return tuple(dict.fromkeys((*self.unread, *(key for key in own if key not in set(labels)))))


def requirements_of(node_pool: Mapping[str, Any]) -> Requirements:
    """Returns the requirements of a NodePool from its properties."""
    if unknown := unknown_at(node_pool, "spec.template.spec.requirements"):
        return Requirements((), unknown)
    template = get_dict(node_pool, "spec", "template")
    known = [Requirement(key, "In", (value,)) for key, value in _strings(get_dict(template, "metadata", "labels"))]
    hidden: list[str] = []
    unread: list[str] = []
    for row in get_list(template, "spec", "requirements"):
        key, operator = get_str(row, "key"), get_str(row, "operator")
        if unknown_at(row, "operator", "values"):
            hidden.append(key)
        elif operator in _OPERATORS:
            known.append(Requirement(key, operator, tuple(get_str_list(row, "values"))))
        else:
            unread.append(key)
    return Requirements(tuple(known), tuple(hidden), tuple(unread))


def allowed_types(
    region: str, requirements: Requirements, type_keys: Iterable[str], labels: Callable[[Machine], Labels]
) -> list[str]:
    """Returns the machine types of a region that meet all requirements, and listed types that the region lacks.

    `type_keys` are the labels that name the machine type; `labels` returns the others of a type.
    """
    keys = set(type_keys)
    listed = [each.values for each in requirements.known if each.key in keys and each.operator == "In"]
    names = dict.fromkeys(name for values in listed for name in values) if listed else machines(region)
    return [name for name in names if _is_allowed(find(region, name), requirements, keys, labels)]


def _is_allowed(
    machine: Machine | None, requirements: Requirements, type_keys: set[str], labels: Callable[[Machine], Labels]
) -> bool:
    if machine is None:
        return True
    own = {**common_labels(machine), **labels(machine), **dict.fromkeys(type_keys, machine.name)}
    return all(each.holds(own[each.key]) for each in requirements.known if each.key in own)


def common_labels(machine: Machine) -> Labels:
    """Returns the labels of a node that follow from its machine type in every cloud."""
    return {
        GPU_PRESENT: "true" if gpu_manufacturer(machine) == "nvidia" else None,
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": _ARCHITECTURES.get(machine.arch, machine.arch),
        "node.kubernetes.io/instance-type": machine.name,
    }


def no_labels(_: Machine) -> Labels:
    """Returns no labels: the cloud sets none by machine type."""
    return {}


def memory_mib(machine: Machine) -> str | None:
    """Returns the memory of a machine in MiB; None if no source states it, so that no condition on it is met."""
    return None if machine.memory_gib is None else str(int(machine.memory_gib * 1024))


def gpu_count(machine: Machine) -> int:
    """Returns the number of GPUs; a part of one counts as one."""
    return machine.gpu_devices


def gpu_manufacturer(machine: Machine) -> str | None:
    """Returns who makes the GPUs; None without GPUs."""
    if not machine.gpus:
        return None
    return "amd" if (machine.gpu_model or "").startswith("MI") else "nvidia"


def _strings(labels: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    return ((key, value) for key, value in labels.items() if isinstance(value, str))
