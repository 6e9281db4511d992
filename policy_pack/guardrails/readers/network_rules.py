"""Network rules as the clouds take them: in a list, nested, as JSON text, or a single one."""

from collections.abc import Callable
from dataclasses import replace

from ..engine.reading import Plain, Resource, from_json
from ..engine.verdicts import Outcome

NetworkRule = dict[str, Plain]


def read_rules(value: Plain) -> list[NetworkRule]:
    """Returns the rules in a value: a list, a nested list, a JSON text, or a single rule."""
    value = from_json(value)
    if isinstance(value, list):
        return [rule for item in value for rule in read_rules(item)]
    return [value] if isinstance(value, dict) else []


def evaluate_single(judge: Callable[[NetworkRule, str], Outcome], resource: Resource) -> Outcome:
    """Returns what `judge` says of a rule that is a resource of its own, and so has no path in it."""
    return replace(judge(resource.props, "the rule"), path="")
