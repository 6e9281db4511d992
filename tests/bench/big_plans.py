"""Large plans, made from a real preview: every step is copied under other URNs until the plan has enough resources."""

import json
from collections.abc import Mapping
from itertools import count, islice
from typing import Any

STACK = "pulumi:pulumi:Stack"


def enlarged(preview: str, size: int) -> str:
    """Returns a preview (`pulumi preview --json`) with `size` steps: its own, then copies that refer to each other.

    Each copy has the references between its resources, and the stack as its root: a plan of several platforms.
    """
    plan = json.loads(preview[preview.index("{") :])
    steps = plan["steps"]
    urns = frozenset(step["urn"] for step in steps if f"::{STACK}::" not in step["urn"])
    copied = [step for step in steps if step["urn"] in urns]
    more = (_renamed(step, urns, f"-{number}") for number in count(1) for step in copied)
    plan["steps"] = [*steps, *islice(more, max(0, size - len(steps)))][:size]
    plan["changeSummary"] = {"create": len(plan["steps"])}
    return json.dumps(plan)


def _renamed(value: Any, urns: frozenset[str], suffix: str) -> Any:
    """Returns the value with the suffix at each URN of the plan, also where an ID follows it, as with providers."""
    if isinstance(value, Mapping):
        return {key: _renamed(item, urns, suffix) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, urns, suffix) for item in value]
    if not isinstance(value, str):
        return value
    if value in urns:
        return value + suffix
    urn, separator, identifier = value.rpartition("::")
    return f"{urn}{suffix}{separator}{identifier}" if urn in urns else value
