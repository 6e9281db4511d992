"""Fields that a platform team may set once for all components, instead of for each.

`region: AwsRegion = set_once("regions.aws")` declares that a missing value is taken from `regions.aws` of
`PlatformDefaults`. The field stays required where the defaults have no value for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field

WHERE = "falaj:defaults"
"""Key of the defaults in the configuration of a stack."""


@dataclass(frozen=True)
class SetOnce:
    """Marks a field. `source` is the dotted path of its value in `PlatformDefaults`."""

    source: str


def set_once(source: str, **constraints: Any) -> Any:
    """Returns a required `Field` that type checkers take for an optional one; `constraints` are those of `Field`."""
    field = Field(**constraints)
    field.metadata.append(SetOnce(source))
    return field


def origin(path: str, model: type[BaseModel], given: Iterable[str]) -> str:
    """Returns the path of a problem, with its origin if the value was not `given` to a model but set once."""
    field = path.partition(".")[0]
    return f"{path} (from {WHERE})" if field in sources_of(model) and field not in given else path


def sources_of(model: type[BaseModel]) -> Mapping[str, str]:
    """Returns the fields of a class that may be set once, with their sources."""
    return {
        name: marker.source
        for name, field in model.model_fields.items()
        for marker in field.metadata
        if isinstance(marker, SetOnce)
    }
