"""Settings of the stacks we ship, for tests to change one thing of."""

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
    """The stack's settings, as its file gives them."""
    return copy.deepcopy(_read(stack))


def changed(path: str, value: object, stack: str = "prod-uae") -> dict:
    """The stack's settings with one value replaced (or, with `...`, removed)."""
    settings = raw(stack)
    *parents, last = path.split(".")
    part = settings
    for step in parents:
        part = part[int(step)] if isinstance(part, list) else part.setdefault(step, {})
    if value is ...:
        del part[last]
    elif isinstance(part, list):
        part[int(last)] = value
    else:
        part[last] = value
    return settings


def problems(settings: object) -> list[Problem]:
    """What is wrong with settings that must be refused."""
    with pytest.raises(SettingsRefused) as refused:
        platform_settings(settings)
    return refused.value.problems
