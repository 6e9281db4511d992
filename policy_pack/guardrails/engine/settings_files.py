"""Reads the settings files of the pack. One message reports all errors of a file; an unreadable file stops the pack."""

from collections.abc import Hashable
from pathlib import Path

import yaml
from pydantic import ValidationError


class SetupError(Exception):
    """A settings file of the pack is missing or has errors; the message is for the user."""


class _Loader(yaml.SafeLoader):
    """A YAML loader that rejects duplicate keys: readers expect the first value, and YAML would use the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        for index, (key, _) in enumerate(node.value):
            if any(key.value == earlier.value for earlier, _ in node.value[:index]):
                raise yaml.constructor.ConstructorError(None, None, f"'{key.value}' is a duplicate key", key.start_mark)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path) -> object:
    """Returns the content of a settings file. Raises SetupError if it is missing or not valid YAML."""
    try:
        return _Loader(path.read_text(encoding="utf-8")).get_single_data()
    except OSError as error:
        raise SetupError(f"{path.name}: cannot be read ({error.strerror}); the pack does not run without it") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        position = f" at line {mark.line + 1}" if mark else ""
        problem = f" ({error.problem})" if isinstance(error, yaml.constructor.ConstructorError) else ""
        raise SetupError(f"{path.name}: not valid YAML{position}{problem}; correct it and run again") from None


def describe_errors(path: Path, error: ValidationError) -> SetupError:
    """Returns all errors of a settings file in one message: path, given value and allowed values."""
    messages = []
    for item in error.errors():
        path_in_file = ".".join(str(step) for step in item["loc"]) or "the file"
        value = "nothing" if item["type"] == "missing" else repr(item["input"])[:60]
        messages.append(f"{path_in_file}: {value} is not allowed: {item['msg']}")
    return SetupError(f"{path.name}: {'; '.join(messages)}")
