"""Reads the settings files of the pack. One message reports all errors of a file; an unreadable file stops the pack."""

from pathlib import Path

import yaml
from pydantic import ValidationError

from falaj.facts import strict_yaml


class SetupError(Exception):
    """A settings file of the pack is missing or has errors; the message is for the user."""


def read_yaml(path: Path) -> object:
    """Returns the content of a settings file. Raises SetupError if it is missing or not valid YAML."""
    try:
        return strict_yaml.load(path)
    except OSError as error:
        raise SetupError(f"{path.name}: cannot be read ({error.strerror}); the pack does not run without it") from None
    except yaml.YAMLError as error:
        raise SetupError(
            f"{path.name}: not valid YAML: {strict_yaml.describe(error)}; correct it and run again"
        ) from None


_SHOWN = 20
"""Errors of a file that its message has; the number of others follows."""


def describe_errors(path: Path, error: ValidationError) -> SetupError:
    """Returns the errors of a settings file in one message: path, given value and allowed values."""
    messages, found = [], error.errors()
    for item in found[:_SHOWN]:
        path_in_file = ".".join(str(step) for step in item["loc"]) or "the file"
        value = "nothing" if item["type"] == "missing" else repr(item["input"])[:60]
        messages.append(f"{path_in_file}: {value} is not allowed: {item['msg']}")
    more = f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return SetupError(f"{path.name}: {'; '.join(messages)}{more}")
