"""What a platform team sets once: cost tags, regions, exchange rate, and who is told.

The stack's configuration has it under `falaj:defaults`, which reaches programs in every language: Pulumi passes the
configuration of a stack to component plug-ins too (`ConstructRequest.config`, sdk/v3 3.259.0).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

import pulumi
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator

from falaj.components.core.validation.problems import BadArguments, Problem, problems_of, refuse_if
from falaj.components.core.validation.regions import in_country
from falaj.components.core.validation.set_once import WHERE
from falaj.components.core.validation.tags import tag_problems
from falaj.facts.currency import PEG
from falaj.facts.regions import Cloud, uae_regions

_NAMESPACE, _KEY = WHERE.split(":")

MOST_ADDRESSES = 10
"""Maximum number of addresses that an alarm of AWS Budgets notifies."""


def _valid_tags(tags: Mapping[str, str]) -> Mapping[str, str]:
    """Returns the tags unchanged if those that are there are valid: components add what is missing."""
    refuse_if(problem for problem in tag_problems(tags, "") if problem.given is not None)
    return tags


class PlatformDefaults(BaseModel):
    """Defaults of all components of a stack. Arguments of a component win."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tags: Annotated[Mapping[str, str], AfterValidator(_valid_tags)] = {}
    """Cost tags of every resource, all or some. `tags` of a component adds to them, and wins key by key."""
    regions: Mapping[Cloud, str] = Field(default={})
    """Cloud (`aws`, `azure`) -> region in the UAE. Default: the region of a cloud that has a single one there."""
    aed_per_usd: Decimal = Field(default=PEG.aed_per_usd, gt=3, lt=5)
    """Dirhams (AED) per US dollar. Default: the official peg of 3.6725 (since 1997)."""
    notify: Sequence[str] = Field(default=(), max_length=MOST_ADDRESSES)
    """E-mail addresses that receive alarms of budgets and anomalies: at most ten. Default: none."""

    @field_validator("regions")
    @classmethod
    def _in_the_country(cls, regions: Mapping[Cloud, str]) -> dict[Cloud, str]:
        return {cloud: in_country(cloud)(region) for cloud, region in regions.items()}

    def value(self, source: str) -> Any:
        """Returns the value at a dotted path, None if there is none."""
        name, _, cloud = source.partition(".")
        return (self._region(Cloud(cloud)) if cloud else getattr(self, name)) or None

    def _region(self, cloud: Cloud) -> str | None:
        regions = sorted(uae_regions(cloud))
        return self.regions.get(cloud) or (regions[0] if len(regions) == 1 else None)


def current_defaults() -> PlatformDefaults:
    """Returns the defaults of the running program's stack. Raises `BadArguments` with all problems in them."""
    return _parsed(pulumi.Config(_NAMESPACE).get(_KEY) or "{}")


def completed(given: Mapping[str, Any], sources: Mapping[str, str]) -> dict[str, Any]:
    """Returns arguments with what is missing in them from the defaults. `sources`: field -> its path there."""
    defaults = current_defaults()
    missing = {name: defaults.value(source) for name, source in sources.items() if name not in given}
    result = {**{name: value for name, value in missing.items() if value is not None}, **given}
    tags = given.get("tags")
    if "tags" in sources and isinstance(tags, Mapping):
        result["tags"] = {**defaults.tags, **tags}
    return result


@lru_cache(maxsize=4)
def _parsed(text: str) -> PlatformDefaults:
    try:
        return validated_defaults(json.loads(text))
    except json.JSONDecodeError:
        allowed = "a mapping with tags, regions, aed_per_usd or notify"
        raise BadArguments("configuration", [Problem(WHERE, text, allowed, "correct it")]) from None


def validated_defaults(content: object) -> PlatformDefaults:
    """Returns the defaults that a configuration value states. Raises `BadArguments`."""
    try:
        return PlatformDefaults.model_validate(content)
    except ValidationError as error:
        problems = problems_of(error, WHERE, PlatformDefaults)
        raise BadArguments("configuration", problems) from None
