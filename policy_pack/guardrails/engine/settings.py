"""What a platform team may choose in the pack's settings, beyond the facts of the place."""

import re
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from falaj.facts.tags import COST_TAGS, MANDATORY_KEYS

Reason = Annotated[str, Field(min_length=10)]
"""Why an exception is allowed, for whoever reviews the file."""
_TUPLE = Field(strict=False)
_LABEL = re.compile(r"(?:[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?")

_PLACE = re.compile(r"[a-z0-9][a-z0-9.-]{1,251}[a-z0-9]|/subscriptions/[^/]+(?:/.*)?", re.IGNORECASE)
"""What may be said to lie in the country; a beginning that every Azure id has would say it of the whole world."""
_TYPES = re.compile(r"[\w-]+(?::[\w./-]+)*(?::?\*)?")
_WHOLE = re.compile(r"(?:aws|azure-native|kubernetes|pulumi)[:*]*")
"""Packages of which only types may be let through, never all."""
_SOURCE = re.compile(r"(?:https|oci)://(?:\*\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d+)?(?:/|$)")
"""Address of charts with a host of two labels at least: `*.` before one label would be a whole top-level domain."""


class TagSettings(BaseModel):
    """Cost centres that exist (all of the pattern where none is listed), and label keys that differ from the tags'."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    cost_centres: Annotated[tuple[str, ...], _TUPLE] = ()
    labels: dict[str, str] = {}
    """Cost tag -> key of the Kubernetes label that stands for it, such as `finance.example.ae/cost-centre`."""

    @field_validator("cost_centres")
    @classmethod
    def _are_cost_centres(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        tag = next(tag for tag in COST_TAGS if tag.key == "cost-centre")
        for value in values:
            if not tag.accepts(value):
                raise ValueError(f"'{value}' is not {tag.meaning}; an example is '{tag.example}'")
        return values

    @field_validator("labels")
    @classmethod
    def _are_labels(cls, labels: dict[str, str]) -> dict[str, str]:
        for key, label in labels.items():
            if key not in MANDATORY_KEYS:
                raise ValueError(f"'{key}' is not a cost tag; allowed are {', '.join(MANDATORY_KEYS)}")
            if not _LABEL.fullmatch(label):
                raise ValueError(f"'{label}' is not a key of a Kubernetes label")
        return labels


class ResidencySettings(BaseModel):
    """Places in the country that a plan cannot see, and global services that may be used beside the short list."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    known: dict[str, Reason] = {}
    """Name of an S3 bucket, AWS account, host or domain, or beginning of an Azure resource id -> where it lies and who
    says so."""
    global_services: dict[str, Reason] = {}
    """Beginning of a type token -> why this service may be used although it has no place."""

    @field_validator("known")
    @classmethod
    def _are_places(cls, known: dict[str, str]) -> dict[str, str]:
        for location in known:
            if not _PLACE.fullmatch(location):
                raise ValueError(
                    f"'{location}' is not the name of a bucket or host, an account number, or the beginning of an Azure id "
                    "with its subscription"
                )
        return known

    @field_validator("global_services")
    @classmethod
    def _are_types(cls, services: dict[str, str]) -> dict[str, str]:
        for token in services:
            if not re.match(r"(?:aws|azure-native):\w+[:/]", token):
                raise ValueError(f"'{token}' is not the beginning of a type token, such as aws:shield/")
        return services


class CostSettings(BaseModel):
    """What stacks may cost, which machines are for which profile, and whose budgets are kept elsewhere."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    ceilings: dict[str, Annotated[Decimal, Field(gt=0, allow_inf_nan=False, strict=False)]] = {}
    """Stack -> AED a month without VAT that its estimate may reach."""
    machines: dict[str, Annotated[tuple[str, ...], _TUPLE]] = {}
    """Workload profile -> patterns of the machines that it may have, such as `g6*.xlarge`."""
    on_demand: dict[str, Reason] = {}
    """Pattern of a pool's resource name -> why it must not be interrupted."""
    budgets_elsewhere: dict[str, Reason] = {}
    """Stack -> where its budgets are kept, and by whom."""


class ResilienceSettings(BaseModel):
    """Data that is kept elsewhere in the country, or can be had again, although no plan shows it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    kept_elsewhere: dict[str, Reason] = {}
    """Pattern of resource names -> where the data can be had again."""


class KubernetesSettings(BaseModel):
    """Clusters outside the managed services of the UAE regions that may be deployed to: server address or context."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    allowed_clusters: Annotated[tuple[str, ...], _TUPLE] = ()
    privileged_namespaces: dict[str, Reason] = {}
    """Namespaces whose pods may be privileged, by name, with the reason."""

    @field_validator("allowed_clusters")
    @classmethod
    def _are_named(cls, clusters: tuple[str, ...]) -> tuple[str, ...]:
        # A provider without a context states an empty one: a blank entry would let every cluster through.
        if any(not cluster.strip() for cluster in clusters):
            raise ValueError("a cluster is the address of its server, or a context; it is not empty")
        return clusters


class EscapeSettings(BaseModel):
    """What may go around the guardrails, each with the reason: types (`command:*`), and addresses of Helm charts."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    allowed_types: dict[str, Reason] = {}
    helm_sources: dict[str, Reason] = {}

    @field_validator("allowed_types")
    @classmethod
    def _are_types(cls, types: dict[str, str]) -> dict[str, str]:
        for token in types:
            if not _TYPES.fullmatch(token):
                raise ValueError(f"'{token}' is no type, nor the beginning of one in a package, such as command:*")
            if _WHOLE.fullmatch(token):
                raise ValueError(f"'{token}' is a whole package that is judged; name the types")
        return types

    @field_validator("helm_sources")
    @classmethod
    def _are_addresses(cls, sources: dict[str, str]) -> dict[str, str]:
        for source in sources:
            if not _SOURCE.match(source):
                raise ValueError(f"'{source}' is not the address of charts, such as oci://charts.example.ae")
        return sources
