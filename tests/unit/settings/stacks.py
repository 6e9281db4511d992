"""Settings of the stacks in this repository; tests change single values."""

import copy
from functools import cache
from pathlib import Path

import pytest
import yaml

from falaj.components.core.validation.problems import Problem
from falaj.components.settings.load import SettingsRefused, platform_settings
from falaj.components.settings.stackfile import KEY

ROOT = Path(__file__).parents[3]


@cache
def _read(stack: str) -> dict:
    return yaml.safe_load((ROOT / f"Pulumi.{stack}.yaml").read_text())["config"][KEY]


def raw(stack: str = "prod-uae") -> dict:
    """Returns the stack's settings, as in its file."""
    return copy.deepcopy(_read(stack))


def changed(path: str, value: object, stack: str = "prod-uae") -> dict:
    """Returns the stack's settings with one value replaced (or, with `...`, removed)."""
    settings = raw(stack)
    *parents, last = path.split(".")
    section = settings
    for step in parents:
        section = section[int(step)] if isinstance(section, list) else section.setdefault(step, {})
    if value is ...:
        del section[last]
    elif isinstance(section, list):
        section[int(last)] = value
    else:
        section[last] = value
    return settings


def problems(settings: object) -> list[Problem]:
    """Returns the problems of settings that must be rejected."""
    with pytest.raises(SettingsRefused) as refused:
        platform_settings(settings)
    return refused.value.problems
