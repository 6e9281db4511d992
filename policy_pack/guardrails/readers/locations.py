"""Finds the places outside the UAE that a resource names, in properties and in their texts."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from falaj.facts.regions import normalise_azure

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Plain, Resource
from ..engine.rows import aws, azure
from .location_names import AWS_UAE, AZURE_UAE, LOCATION_KEY, Form, Location, locations_in
from .texts import Leaf, read_texts

IN_UAE_AWS = " or ".join(sorted(AWS_UAE))
IN_UAE_AZURE = " or ".join(sorted(AZURE_UAE, reverse=True))

_AWS_REGION_KEY = lazy_regex(r"(?:[a-z0-9-][Rr]|^r)egion(?:s|Name|Names|List|Lists)?$|edgeLocation")
_AZURE_LOCATION_KEY = lazy_regex(r"(?:.*[a-z0-9]L|l)ocations?(?:Name)?|(?:.*[a-z0-9]R|r)egions?(?:Name)?")
_REGION_NAME_PATH = lazy_regex(r"[rR]egions\[\d+\]\.name$")
_OTHER_LOCATION_KEYS = frozenset(
    {
        "activeLocation", "apiLocation", "appArtifactLocation", "bodyS3Location", "certificateStoreLocation",
        "clusterLocation", "countryAndRegion", "countryOrRegion", "customLocation", "customLocationName",
        "dataLocation", "fabricLocation",
        "imageLocation", "initialPrimaryFabricLocation", "jarFileLocation", "kubeManifestLocations", "logLocation",
        "mocLocation", "osImageLocation", "outputLocation", "packageLocation", "peeringLocation",
        "peeringServiceLocation", "primaryFabricLocation", "providerBackupPeeringLocation",
        "providerPrimaryPeeringLocation", "publicCertificateLocation", "rackLocation", "recoveryFabricLocation",
        "rootConfigurationLocation", "secretLocation", "secretsLocation", "sourceBackupLocation",
        "staticContentLocations", "storeLocation", "tableRootLocation",
    }
)  # fmt: skip
"""Keys of azure-native 3.29.0 that end alike, and name no region: paths, stores, racks, peering places (a test walks
the SDK)."""

_SHOWN_ONLY: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(aws("budgets/Budget"), ("costFilters", "filterExpression")),
    **dict.fromkeys(aws("costexplorer/AnomalyMonitor"), ("monitorSpecification",)),
    **dict.fromkeys(aws("costexplorer/AnomalySubscription"), ("thresholdExpression",)),
    **dict.fromkeys(aws("costexplorer/CostCategory"), ("rules", "splitChargeRules")),
    **dict.fromkeys(aws("cloudwatch/Dashboard"), ("dashboardBody",)),
    **dict.fromkeys(aws("cloudwatch/EventRule"), ("eventPattern",)),
    **dict.fromkeys(aws("cfg/ConfigurationAggregator"), ("accountAggregationSource", "organizationAggregationSource")),
    **dict.fromkeys(aws("securityhub/FindingAggregator"), ("specifiedRegions",)),
    **dict.fromkeys(aws("securityhub/AggregatorV2"), ("linkedRegions",)),
    **dict.fromkeys(aws("securityhub/Insight"), ("filters",)),
    **dict.fromkeys(aws("securityhub/AutomationRule"), ("criteria",)),
    **dict.fromkeys(aws("route53/HealthCheck"), ("regions", "cloudwatchAlarmRegion")),
    **dict.fromkeys(aws("ec2/AmiCopy"), ("sourceAmiRegion",)),
    **dict.fromkeys(azure("applicationinsights:WebTest"), ("locations",)),
}
"""Type -> properties that select what is shown or probed, or from where a copy comes into the country. A region there
receives no data."""
_IMAGE_KEYS = frozenset({"image", "repository", "registry", "imageRegistry"})
_IMAGE_HOST = ".dkr.ecr."
"""Images come into the country; AWS publishes those of its add-ons in registries of all regions."""


class NamedLocation(NamedTuple):
    """A place outside the UAE that a resource names."""

    path: str
    form: Form
    name: str

    @property
    def sentence(self) -> str:
        """What the resource does, for messages."""
        return f"{self.path} {self.form} {quote_location(self.name)}"


def is_foreign_aws(value: Plain) -> bool:
    """Returns whether a value is an AWS region outside the UAE."""
    return isinstance(value, str) and any(location.name == value.lower() for location in locations_in(value, "region"))


def is_uae_azure(value: Plain) -> bool:
    """Returns whether a value is an Azure region in the UAE, in any spelling."""
    return isinstance(value, str) and normalise_azure(value) in AZURE_UAE


def foreign_host(value: Plain) -> str:
    """Returns the region outside the UAE in a host name; empty for all other values."""
    named = locations_in(value, "") if isinstance(value, str) else ()
    return next((location.name for location in named if location.form is Form.HOST), "")


def _is_shown_only(resource: Resource, path: str) -> bool:
    return re.split(r"[.\[]", path, maxsplit=1)[0] in _SHOWN_ONLY.get(resource.type, ())


def _locations_of(leaf: Leaf, resource: Resource) -> Iterator[Location]:
    if isinstance(leaf.value, str):
        is_image = leaf.key in _IMAGE_KEYS and _IMAGE_HOST in leaf.value and resource.type.startswith("kubernetes:")
        for location in locations_in(leaf.value, leaf.key):
            is_shown_only = location.form is Form.NAME and _is_shown_only(resource, leaf.path)
            if not (is_shown_only or (is_image and location.form is Form.HOST)):
                yield location


@lru_cache(maxsize=4)
def foreign_locations(resource: Resource) -> tuple[NamedLocation, ...]:
    """Returns the places outside the UAE that a resource names, except its own top-level region or location."""
    return tuple(
        NamedLocation(leaf.path, location.form, location.name)
        for leaf in read_texts(resource).leaves
        if leaf.path not in ("region", "location")
        for location in _locations_of(leaf, resource)
    )


def has_arns(resource: Resource) -> bool:
    """Returns whether a resource names another by an ARN."""
    return any(isinstance(leaf.value, str) and leaf.value.startswith("arn:") for leaf in read_texts(resource).leaves)


def has_location_keys(resource: Resource) -> bool:
    """Returns whether a resource sets a region, zone or location."""
    return any(LOCATION_KEY.search(leaf.key) for leaf in read_texts(resource).leaves)


def aws_region_properties(resource: Resource) -> Iterator[tuple[str, Plain]]:
    """Yields every property that contains a region, except the top-level `region`, as (path, value)."""
    for path, key, value, is_in_text in read_texts(resource).leaves:
        if path != "region" and not is_in_text and _AWS_REGION_KEY.search(key) and not isinstance(value, bool):
            yield path, value


def azure_location_properties(resource: Resource) -> Iterator[tuple[str, Plain]]:
    """Yields every property that contains a location, except the top-level `location`, as (path, value)."""
    for path, key, value, is_in_text in read_texts(resource).leaves:
        if path == "location" or is_in_text or key in _OTHER_LOCATION_KEYS or _is_shown_only(resource, path):
            continue
        if _AZURE_LOCATION_KEY.fullmatch(key) or _REGION_NAME_PATH.search(path):
            yield path, value


def aws_region_of(resource: Resource) -> Plain:
    """Returns the region of a resource: its own `region`, else its provider's; MISSING if neither is set."""
    region = resource.get("region")
    if region is not MISSING or resource.provider is None:
        return region
    return resource.provider.get("region")


def quote_location(value: Plain) -> str:
    """Returns a location for a message. A value that does not look like a region may be a secret, and is not shown."""
    if isinstance(value, str) and _NAME.fullmatch(value) and locations_in(value, "region"):
        return f"'{value}'"
    return "another value"


_NAME = lazy_regex(r"[A-Za-z0-9 -]{2,40}")
"""A region or a zone, and nothing beside it, such as an ARN whose last part is a secret."""
