"""Finds locations in resources (regions in properties, ARNs and host names), and decides whether they are in the
UAE."""

import re
from collections.abc import Iterator

from falaj.facts.regions import Cloud, normalise_azure, uae_regions

from ..engine.reading import MISSING, Plain, Resource, from_json, leaves

AWS_UAE = uae_regions(Cloud.AWS)
AZURE_UAE = uae_regions(Cloud.AZURE)

_AWS_REGION = re.compile(r"[a-z]{2}(?:-[a-z]+)+-\d")
_REGION_KEY = re.compile(r"(?:[a-z0-9-][Rr]|^r)egion(?:s|Name|Names|List|Lists)?|REGION|edgeLocation")
_AWS_HOST = re.compile(
    r"[.-]([a-z]{2}(?:-[a-z]+)+-\d)[.](?:[a-z0-9-]+[.])*(?:amazonaws[.]com|on[.]aws|api[.]aws)\b", re.IGNORECASE
)
"""Host name of an AWS service. Most of them contain the region: `sqs.eu-west-1.amazonaws.com`."""
_JSON_PROPERTIES = {
    "aws:ecs/taskDefinition:TaskDefinition": "containerDefinitions",
    "pulumi:providers:aws": "endpoints",
}
"""Type -> property with a JSON text that may contain regions. IAM policies are not read, because a region in a Deny
statement sends no data there."""
_AZURE_LOCATION_KEY = re.compile(
    r"location|(?:.*[a-z0-9])?(?:Location|Region)(?:s|Name)?|locationName|locations|regions?|regionName"
)
_REGION_NAME_PATH = re.compile(r"[rR]egions\[\d+\]\.name$")

_GEOGRAPHIES = (
    "us|usstage|useuap|europe|asia|uk|france|germany|norway|sweden|switzerland|italy|poland|spain|austria|belgium|denmark|"
    "finland|greece|qatar|israel|saudiarabia|southafrica|australia|newzealand|japan|korea|india|jioindia|indonesia|"
    "malaysia|taiwan|brazil|canada|mexico|chile|china|usgov|usdod"
)
_DIRECTIONS = (
    "north|south|east|west|central|northcentral|southcentral|westcentral|southeast|northeast|northwest|southwest"
)
_AZURE_ABROAD = re.compile(
    f"(?:{_DIRECTIONS})?(?:{_GEOGRAPHIES})(?:{_DIRECTIONS}|arizona|texas|virginia|iowa)?\\d?|global"
)
"""Azure region outside the UAE. Region names are a compass direction and a geography, in either order; new regions
follow the same pattern."""

IN_UAE_AWS = " or ".join(sorted(AWS_UAE))
IN_UAE_AZURE = " or ".join(sorted(AZURE_UAE, reverse=True))


def is_foreign_aws(value: Plain) -> bool:
    """Returns whether a value is an AWS region outside the UAE."""
    return isinstance(value, str) and bool(_AWS_REGION.fullmatch(value.lower())) and value.lower() not in AWS_UAE


def is_foreign_azure(value: Plain) -> bool:
    """Returns whether a value is an Azure region outside the UAE, in any spelling, or `global`."""
    return isinstance(value, str) and bool(_AZURE_ABROAD.fullmatch(normalise_azure(value)))


def is_uae_azure(value: Plain) -> bool:
    """Returns whether a value is an Azure region in the UAE, in any spelling."""
    return isinstance(value, str) and normalise_azure(value) in AZURE_UAE


def arn_region(value: Plain) -> str:
    """Returns the region in an ARN; empty for other values, and for ARNs without a region."""
    if not isinstance(value, str) or not value.startswith("arn:"):
        return ""
    parts = value.split(":", 5)
    return parts[3] if len(parts) == 6 else ""


def foreign_host(value: Plain) -> str:
    """Returns the region outside the UAE in the host name of an AWS service; empty for all other values."""
    for region in _AWS_HOST.findall(value) if isinstance(value, str) and "aws" in value.lower() else ():
        if is_foreign_aws(region):
            return str(region).lower()
    return ""


def aws_leaves(resource: Resource) -> Iterator[tuple[str, str, Plain]]:
    """Yields every scalar of a resource as (path, nearest key, scalar), including the scalars in its JSON texts."""
    yield from leaves(resource.props)
    key = _JSON_PROPERTIES.get(resource.type)
    if key is not None:
        document = from_json(resource.get(key))
        if isinstance(document, dict | list):
            yield from leaves(document, key, key)


def aws_region_properties(resource: Resource) -> Iterator[tuple[str, Plain]]:
    """Yields every property that contains a region, except the top-level `region`, as (path, value)."""
    for path, key, value in aws_leaves(resource):
        if path != "region" and _REGION_KEY.search(key) and not isinstance(value, bool):
            yield path, value


def azure_location_properties(resource: Resource) -> Iterator[tuple[str, Plain]]:
    """Yields every property that contains a location, except the top-level `location`, as (path, value)."""
    for path, key, value in leaves(resource.props):
        if path != "location" and (_AZURE_LOCATION_KEY.fullmatch(key) or _REGION_NAME_PATH.search(path)):
            yield path, value


def aws_region_of(resource: Resource) -> Plain:
    """Returns the region of a resource: its own `region`, else its provider's; MISSING if neither is set."""
    region = resource.get("region")
    if region is not MISSING or resource.provider is None:
        return region
    return resource.provider.get("region")


def quote_location(value: Plain) -> str:
    """Returns a location for a message. A value that does not look like a region may be a secret, and is not shown."""
    if not isinstance(value, str) or not (_AWS_REGION.fullmatch(value.lower()) or is_foreign_azure(value)):
        return "another value"
    return f"'{value}'"
