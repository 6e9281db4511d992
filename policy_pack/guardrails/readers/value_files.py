"""Files of values of charts, as Helm reads them: YAML whose keys are texts, whatever they look like."""

import yaml

from ..engine.reading import Plain
from .texts import MAX_VALUES

_DEEPEST = 150
"""Levels of values inside each other; anchors of YAML may have a value inside itself."""


class _TooMuchError(Exception):
    """The values exceed a limit."""


def parsed_values(text: Plain) -> Plain:
    """Returns the values of a file with keys that are texts (`on:` and `1:` are none for YAML); None if they cannot be
    read, or anchors repeat them without end."""
    try:
        return _with_texts(yaml.safe_load(text), [MAX_VALUES], 0) if isinstance(text, str) else None
    except (yaml.YAMLError, RecursionError, ValueError, TypeError, _TooMuchError):
        return None


def _with_texts(value: object, left: list[int], depth: int) -> Plain:
    left[0] -= 1
    if left[0] < 0 or depth > _DEEPEST:
        raise _TooMuchError
    if isinstance(value, dict):
        return {_key(key): _with_texts(item, left, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_with_texts(item, left, depth + 1) for item in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _key(key: object) -> str:
    return str(key).lower() if isinstance(key, bool) else "null" if key is None else str(key)
