"""The pieces that a stack's settings are made of: the base of every part, and values checked where they are written."""

from ipaddress import IPv4Network
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from falaj.components.core.validation.problems import refusal
from falaj.facts.regions import REGIONS
from falaj.facts.tags import COST_TAGS

SiteName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{1,11}$")]
PoolName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{1,11}$")]
"""AKS allows pool names of at most 12 lower-case letters and digits; the same names serve on every cloud."""

TenantName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,30}[a-z0-9]$")]
"""A business unit on the platform; legal as a tag, a label and a namespace."""

Percent = Annotated[int, Field(ge=1, le=1000)]


def _block(value: object) -> object:
    if not isinstance(value, str):
        raise refusal("an IPv4 block such as 10.20.0.0/16", "write the block in quotes")
    try:
        return IPv4Network(value)
    except ValueError:
        raise refusal("an IPv4 block whose host bits are zero, such as 10.20.0.0/16", "correct the block") from None


def _known_region(value: str) -> str:
    if value not in REGIONS:
        raise refusal(", ".join(sorted(REGIONS)), "choose a region in the UAE: data stays in the country")
    return value


Block = Annotated[IPv4Network, BeforeValidator(_block, json_schema_input_type=str)]
UaeRegion = Annotated[str, AfterValidator(_known_region), Field(json_schema_extra={"enum": [*sorted(REGIONS)]})]
CostTags = Annotated[
    dict[str, str],
    Field(
        json_schema_extra={
            "required": [tag.key for tag in COST_TAGS],
            "properties": {
                tag.key: {"type": "string", "pattern": f"^(?:{tag.pattern})$", "description": tag.meaning}
                for tag in COST_TAGS
            },
        }
    ),
]


class Part(BaseModel):
    """A part of the settings: frozen, without unknown keys; docstrings under attributes become help in editors."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)
