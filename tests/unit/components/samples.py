"""Helpers for the samples of both clouds, and recordings of components with such arguments."""

import json
from collections.abc import Callable
from copy import deepcopy
from operator import attrgetter
from typing import Any

import pulumi

from falaj.components.core.validation.args import Spec
from tests.unit.components.mocks import Recording, build

Component = Callable[..., pulumi.ComponentResource]

SITE_BUDGET: dict[str, Any] = {
    "aed_per_month": 10000,
    "actual_percent": [50, 80],
    "forecast_percent": [100],
    "notify": ["finops@example.ae"],
    "start": "2026-12-01",
}

_RECORDED: dict[tuple[Component, str], Recording] = {}


def changed_args(declared: type[Spec], args: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    """Returns `args` with changes, each named by a field or by the last segment of the path that its class declares
    for it.
    """
    result = deepcopy(args)
    for name, value in changed.items():
        *parents, last = declared.moved_keys.get(name, name).split(".")
        target = result
        for parent in parents:
            target = target.setdefault(parent, {})
        target[last] = value
    return result


def program(component: Component, args: Any) -> Callable[[], object]:
    """Returns a program that creates one component named `uae`."""
    return lambda: component("uae", args)


def recorded(component: Component, args: Any) -> Recording:
    """Returns what a component registers for its arguments, plain values and choices. Do not change the result: it
    is recorded once for the same arguments, because many tests read the same component.

    Recorded once for the same arguments, because many tests look at the same component.
    """
    key = component, json.dumps(args, default=attrgetter("value"), sort_keys=True)
    if key not in _RECORDED:
        _RECORDED[key] = build(program(component, args))
    return _RECORDED[key]
