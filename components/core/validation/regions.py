"""Region types of component arguments, restricted to the UAE."""

from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator

from falaj.components.core.validation.problems import refusal
from falaj.facts.regions import REGIONS, Cloud, normalise_azure, uae_regions


def _unchanged(name: str) -> str:
    return name


def in_country(cloud: Cloud | None, normalise: Callable[[str], str] = _unchanged) -> Callable[[str], str]:
    """Returns a validator of regions in the UAE: of one cloud, or of all. `normalise` converts other spellings."""

    def check(value: str) -> str:
        name = normalise(value)
        if name not in uae_regions(cloud):
            raise refusal(
                ", ".join(sorted(uae_regions(cloud))), "choose a region in the UAE: data stays in the country"
            )
        return name

    return check


AwsRegion = Annotated[str, AfterValidator(in_country(Cloud.AWS))]
"""An AWS region in the UAE."""

AzureRegion = Annotated[str, AfterValidator(in_country(Cloud.AZURE, normalise_azure))]
"""An Azure region in the UAE; a display name such as `UAE North` is normalised to `uaenorth`."""

(UAE_AWS_REGION,) = uae_regions(Cloud.AWS)
"""The only AWS region in the UAE."""

UaeRegion = Annotated[str, AfterValidator(in_country(None))]
"""A region in the UAE, of any cloud."""


def zones_of(region: str, count: int) -> tuple[str, ...]:
    """Returns the first `count` zones of a region; empty if it has no zones."""
    return REGIONS[region].zones[:count]
