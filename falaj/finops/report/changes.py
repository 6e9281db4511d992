"""Differences between two plans: resources that are new, removed or changed, whatever is deployed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from falaj.finops.plan import UNKNOWN, Plan, Planned

_RANDOM = re.compile(r"(?P<name>[\w.-]*?)-?(?:[0-9a-f]{16}|[0-9a-f]{7,8})(?![\w-])")
"""How a name ends that is left to the engine: seven hexadecimal digits on AWS, eight on Azure, sometimes sixteen."""
_DIGEST = re.compile(r"[0-9a-f]{16,}")
"""A digest changes with what it is made of, which is compared itself."""


@dataclass(frozen=True)
class Changes:
    """Resources by what happens to them, each as (type, name); components are left out: what they hold is counted."""

    new: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str], ...]
    same: int


def changes(before: Plan, after: Plan) -> Changes:
    """The difference of two plans. A resource is known again by its URN without the stack."""
    old, new = _known(before), _known(after)
    both = old.keys() & new.keys()
    names = {item.name for item in (*old.values(), *new.values())}
    changed = {key for key in both if not _alike(old[key].props, new[key].props, names)}
    return Changes(
        new=_named(new, new.keys() - old.keys()),
        gone=_named(old, old.keys() - new.keys()),
        changed=_named(new, changed),
        same=len(both) - len(changed),
    )


def _known(plan: Plan) -> dict[str, Planned]:
    return {item.urn.partition("::")[2]: item for item in plan.resources if not _is_component(item.type)}


def _is_component(kind: str) -> bool:
    return kind.startswith(("falaj:", "pulumi:pulumi:", "pulumi:providers:"))


def _named(result: Mapping[str, Planned], keys: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((result[key].type, result[key].name) for key in keys))


def _alike(old: Any, new: Any, names: set[str]) -> bool:
    """Whether two values say the same, as far as both are known, and but for names that the engine has made up."""
    if old is UNKNOWN or new is UNKNOWN or old == new:
        return True
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return old.keys() == new.keys() and all(_alike(old[key], new[key], names) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(_alike(*pair, names) for pair in zip(old, new, strict=True))
    if isinstance(old, str) and isinstance(new, str):
        digests = _DIGEST.fullmatch(old) and _DIGEST.fullmatch(new)
        return bool(digests) or _steady(old, names) == _steady(new, names)
    return False


def _steady(text: str, names: set[str]) -> str:
    """A text without the random ends of names that are in the plans; other such digits are kept: a tag of an image."""
    return _RANDOM.sub(lambda result: f"{result['name']}-*" if result["name"] in names else result[0], text)
