"""Changes of raw settings, made such that `falaj check` accepts them. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.raw import as_mapping
from falaj.components.settings.load import SettingsRefused, platform_settings
from falaj.components.settings.stack import CONFIG_KEY, Settings
from falaj.simulation.advice.choices import Changes, Path

MOST_ROUNDS = 40
"""How often settings are raised to fit a change before the change is given up."""

_AT_LEAST = re.compile(r"at least (\d+(?:\.\d+)?)")
_SPACE = re.compile(rf"{CONFIG_KEY}\.tenants\.[^.]+\.spaces\.[^.]+\.(cpu|memory_gib|gpus)")
_POOL = re.compile(rf"{CONFIG_KEY}\.sites\.[^.]+\.pools\.[^.]+\.max")


@dataclass(frozen=True)
class Accepted:
    """Valid settings with changes."""

    settings: Settings
    changes: Changes
    """The changes, and the settings that had to be raised with them."""


def changed(raw: object, changes: Changes) -> dict[str, object]:
    """Returns settings with changes; mappings on the way to a setting are created if the file does not have them."""
    settings = dict(as_mapping(raw))
    for path, value in changes.items():
        settings = _with(settings, path, value)
    return settings


def _with(settings: Mapping[str, object], path: Path, value: object) -> dict[str, object]:
    key, *rest = path
    inner = _with(as_mapping(settings.get(key)), tuple(rest), value) if rest else value
    return {**settings, key: inner}


def accepted(raw: object, changes: Changes) -> Accepted | None:
    """Returns the settings with changes, or None if `falaj check` refuses them.

    Two kinds of settings must be large enough for others and are raised with them, which by itself costs nothing: the
    ResourceQuota of a tenant, for what its queue admits, and the largest size of a pool, for the replicas of services.
    """
    for _ in range(MOST_ROUNDS):
        try:
            return Accepted(platform_settings(changed(raw, changes)), changes)
        except SettingsRefused as refused:
            raised = _raised(refused.problems)
        if raised is None:
            return None
        changes = {**changes, **raised}
    return None


def _raised(problems: Sequence[Problem]) -> dict[Path, object] | None:
    """Returns the larger values that problems ask for, or None if one of them asks for something else."""
    raised: dict[Path, object] = {}
    for problem in problems:
        value = _larger(problem)
        if value is None:
            return None
        raised[tuple(problem.path.split(".")[1:])] = value
    return raised


def _larger(problem: Problem) -> int | None:
    least = _AT_LEAST.match(problem.allowed)
    if least and _SPACE.fullmatch(problem.path):
        return -int(-float(least.group(1)) // 1)
    if _POOL.fullmatch(problem.path) and isinstance(problem.given, int) and problem.allowed.startswith("enough"):
        return problem.given + 1
    return None
