"""Text, YAML and JSON of input files, all of them read here.

What cannot be read, is nested too deeply or, in JSON, has a number that no input has is refused in one sentence.
"""

import json
from pathlib import Path
from typing import Any

import yaml

from falaj.facts import strict_yaml
from falaj.finops.errors import BadInput

MAX_DEPTH = 100
"""Greatest nesting of lists and mappings. A custom resource of Kubernetes in a plan is about 20 deep."""

MAX_NUMBER = 2**64
"""No number of a plan or an export is greater."""


def read_text(path: Path) -> str:
    """Returns the text of a file in UTF-8, with or without a byte order mark. Raises `BadInput`."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(str(path), f"cannot be read: {reason}") from None


def read_yaml(path: Path) -> Any:
    """Returns the content of a YAML file; an empty file is an empty mapping. Raises `BadInput`."""
    return parse_yaml(read_text(path), str(path))


def parse_yaml(text: str, location: str) -> Any:
    """Returns the content of YAML, or of JSON, which is YAML; an empty text is an empty mapping. Raises `BadInput`."""
    try:
        raw = yaml.load(text, _Loader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError) as error:  # an integer of thousands of digits
        raise BadInput(location, f"not YAML: {strict_yaml.describe(error)}") from None
    return {} if raw is None else raw


def parse_json(text: str, location: str, *, more_text: bool = False) -> Any:
    """Returns the content of JSON. `more_text` accepts other text after it. Raises `BadInput`."""
    try:
        raw = _DECODER.raw_decode(text.lstrip())[0] if more_text else _DECODER.decode(text)
    except RecursionError:
        raise BadInput(location, f"not JSON: {_TOO_DEEP}") from None
    except ValueError as error:
        raise BadInput(location, f"not JSON: {error}") from None
    if _is_too_deep(raw):
        raise BadInput(location, f"not JSON: {_TOO_DEEP}")
    if _HALF in text.lower():
        try:
            json.dumps(raw, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise BadInput(location, "not JSON: a text has half of a character") from None
    return raw


_TOO_DEEP = f"it is nested more than {MAX_DEPTH} deep"


def _is_too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        nested = [each for each in level if isinstance(each, dict | list)]
        if not nested:
            return False
        level = [item for each in nested for item in (each.values() if isinstance(each, dict) else each)]
    return True


def _bounded(number: float, text: str) -> Any:
    if not abs(number) <= MAX_NUMBER:  # neither is infinity, nor what is no number
        raise ValueError(f"{text[:40]} is not a number from {-MAX_NUMBER:.0e} to {MAX_NUMBER:.0e}")
    return number


def _float(text: str) -> Any:
    return _bounded(float(text), text)


_DECODER = json.JSONDecoder(parse_float=_float, parse_int=lambda text: _bounded(int(text), text))


_HALF = "\\ud"
"""Escape of the halves in which JSON writes a rare character: two of them are one, and one alone is none."""


class _Loader(strict_yaml.UniqueKeysLoader):
    """The loader with a limit of depth. Models bound the numbers, as their messages name the field."""

    depth = 0

    def construct_scalar(self, node: Any) -> Any:
        value = super().construct_scalar(node)
        return value.encode("utf-16", "surrogatepass").decode("utf-16") if isinstance(value, str) else value

    def compose_node(self, parent: Any, index: Any) -> Any:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise yaml.YAMLError(_TOO_DEEP)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _timestamp(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
    """Returns a date; an impossible one stays text, so that its model names the field."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)
