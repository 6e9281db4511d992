"""Network rules as the clouds take them: in a list, nested, as JSON text, or a single one."""

from ..engine.reading import Plain, from_json

NetworkRule = dict[str, Plain]


def read_rules(value: Plain) -> list[NetworkRule]:
    """Returns the rules in a value: a list, a nested list, a JSON text, or a single rule."""
    value = from_json(value)
    if isinstance(value, list):
        return [rule for item in value for rule in read_rules(item)]
    return [value] if isinstance(value, dict) else []
