"""Fields of pods for custom resources, which Pulumi passes on as they are written."""

import re
from collections.abc import Mapping
from typing import Any

from falaj.components.core.validation.raw import as_list, as_mapping, is_list, is_mapping


def camel_case(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the fields with names in camel case instead of snake case, recursively."""
    return {re.sub(r"_([a-z])", lambda match: match[1].upper(), key): _value(value) for key, value in fields.items()}


def _value(value: object) -> Any:
    if is_mapping(value):
        return camel_case(as_mapping(value))
    return [_value(item) for item in as_list(value)] if is_list(value) else value
