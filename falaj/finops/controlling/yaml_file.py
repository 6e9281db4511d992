"""Files of the controller in YAML, validated against a model."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel

from falaj.finops.errors import BadInput
from falaj.finops.usage import checked

Model = TypeVar("Model", bound=BaseModel)


def content(path: Path) -> object:
    """Returns the content of a YAML file; an empty file is an empty mapping. Raises `BadInput`."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(str(path), f"cannot be read: {error}") from None
    except RecursionError:
        raise BadInput(str(path), "not YAML: it is nested too deeply") from None
    except (yaml.YAMLError, ValueError) as error:  # a date such as 2026-13-45 is a ValueError
        raise BadInput(str(path), f"not YAML: {' '.join(str(error).split())}") from None
    return {} if raw is None else raw


def read(model: type[Model], path: Path) -> Model:
    """Reads a file of a model. Raises `BadInput` with one sentence for all errors."""
    return checked(model, content(path), str(path))
