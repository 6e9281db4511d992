"""Differences between two plans: new, removed and changed resources, independent of what is deployed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from falaj.finops.plan import UNKNOWN, Plan, Planned

_RANDOM = re.compile(r"(?P<name>[\w.-]*?)-?(?:[0-9a-f]{16}|[0-9a-f]{7,8})(?![\w-])")
"""End of a name that the engine generates: seven hexadecimal digits on AWS, eight on Azure, sometimes sixteen."""
_DIGEST = re.compile(r"[0-9a-f]{16,}")
"""A digest changes with its content, which is compared itself."""


@dataclass(frozen=True)
class Changes:
    """Resources by type of change, each as (type, name). Components are omitted, as their children are counted."""

    new: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str], ...]
    same: int


def changes(before: Plan, after: Plan) -> Changes:
    """Returns the difference of two plans. Resources are matched by their URN without the stack."""
    old, new = _by_urn(before), _by_urn(after)
    both = old.keys() & new.keys()
    names = {item.name for item in (*old.values(), *new.values())}
    changed = {key for key in both if not _equal(old[key].props, new[key].props, names)}
    return Changes(
        new=_types_and_names(new, new.keys() - old.keys()),
        gone=_types_and_names(old, old.keys() - new.keys()),
        changed=_types_and_names(new, changed),
        same=len(both) - len(changed),
    )


def _by_urn(plan: Plan) -> dict[str, Planned]:
    return {item.urn.partition("::")[2]: item for item in plan.resources if not _is_component(item.type)}


def _is_component(kind: str) -> bool:
    return kind.startswith(("falaj:", "pulumi:pulumi:", "pulumi:providers:"))


def _types_and_names(resources: Mapping[str, Planned], keys: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((resources[key].type, resources[key].name) for key in keys))


def _equal(old: Any, new: Any, names: set[str]) -> bool:
    """Returns whether two values are equal, ignoring unknown values and generated names."""
    if old is UNKNOWN or new is UNKNOWN or old == new:
        return True
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return old.keys() == new.keys() and all(_equal(old[key], new[key], names) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(_equal(*pair, names) for pair in zip(old, new, strict=True))
    if isinstance(old, str) and isinstance(new, str):
        digests = _DIGEST.fullmatch(old) and _DIGEST.fullmatch(new)
        return bool(digests) or _without_random_suffix(old, names) == _without_random_suffix(new, names)
    return False


def _without_random_suffix(text: str, names: set[str]) -> str:
    """Returns a text without the generated suffixes of names in the plans. Other hexadecimal digits stay, such as an
    image tag.
    """
    return _RANDOM.sub(lambda match: f"{match['name']}-*" if match["name"] in names else match[0], text)
