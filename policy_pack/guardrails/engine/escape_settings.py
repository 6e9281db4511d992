"""The section `escape` of enforcement.yaml: what is allowed although no guardrail can evaluate it."""

import re

from pydantic import BaseModel, ConfigDict, field_validator

from falaj.facts.chart_names import CHART_NAME

from .settings import Reason

_TYPE_PATTERN = re.compile(r"[\w-]+(?::[\w./-]+)*(?::?\*)?")
_SWITCH = re.compile(r"[\w-]+:[\w./-]+:\w+:\w+(?:\.\w+)*")
_WHOLE_PACKAGE = re.compile(r"(?:aws|azure-native|kubernetes|pulumi)[:*]*")
"""Packages of which only single types may be allowed, because the guardrails evaluate the rest."""
_CHART_SOURCE = re.compile(r"(?:https|oci)://(?:\*\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d+)?(?:/|$)")
"""Address of a chart source. The host has at least two labels: `*.` before a single label would match a top-level
domain."""

_IMAGE_PUBLISHER = re.compile(
    r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d+)?(?:/[A-Za-z0-9._-]+)*"
    r"|(?:marketplace|communityGalleries|sharedGalleries)/[A-Za-z0-9._-]+"
)
_SHARED_REGISTRIES = frozenset({
    "azurecr.io", "docker.io", "gcr.io", "ghcr.io", "index.docker.io", "nvcr.io", "public.ecr.aws", "quay.io",
    "registry.gitlab.com", "registry-1.docker.io", "ttl.sh",
})  # fmt: skip
"""Registries in which anyone can publish an image."""
_SHARED_DOMAIN = re.compile(
    r"(?:https|oci)://\*\.(?:[\w.-]+\.)?(?:azurecr\.(?:io|cn|us)|amazonaws\.com|github\.io|gitlab\.io"
    r"|(?:core|blob\.core)\.windows\.net|pkg\.dev|gcr\.io|googleapis\.com|cloudfront\.net|jfrog\.io|pages\.dev"
    r"|netlify\.app|vercel\.app|web\.app|workers\.dev)(?::\d+)?(?:/|$)"
)
"""Domains in which anyone can register a host."""


class EscapeSettings(BaseModel):
    """Allowed resource types and properties that no guardrail can evaluate (such as `command:*`), and allowed
    Helm charts, and allowed sources of charts, programs and images, with reasons."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    allowed_types: dict[str, Reason] = {}
    """Type token, or a prefix of type tokens that ends in `*` -> the reason."""
    allowed_switches: dict[str, Reason] = {}
    """Property of a type as `TYPE:PATH`, without indices -> the reason why every position of it is allowed."""
    helm_sources: dict[str, Reason] = {}
    """Address of a chart source -> the reason; `*.` matches any host of a domain."""
    charts: dict[str, Reason] = {}
    """Name of a chart, the last segment of its address -> who reviews its values."""
    code_sources: dict[str, Reason] = {}
    """Name of a bucket, or address of a repository or of an organisation's repositories, from which services load
    programs -> its owner."""
    image_publishers: dict[str, Reason] = {}
    """Host of a registry, perhaps with an organisation or a path, such as ghcr.io/example -> who publishes its images.
    For machines of Azure also marketplace/PUBLISHER, communityGalleries/NAME and sharedGalleries/NAME."""

    @field_validator("image_publishers")
    @classmethod
    def _are_publishers(cls, publishers: dict[str, str]) -> dict[str, str]:
        for name in publishers:
            if not _IMAGE_PUBLISHER.fullmatch(name):
                raise ValueError(f"'{name}' is not a registry and an organisation, such as ghcr.io/example")
            if name.lower() in _SHARED_REGISTRIES:
                raise ValueError(
                    f"'{name}' is a registry of everyone; list one organisation in it, such as {name}/example"
                )
        return publishers

    @field_validator("charts")
    @classmethod
    def _are_charts(cls, charts: dict[str, str]) -> dict[str, str]:
        for name in charts:
            if not CHART_NAME.fullmatch(name):
                raise ValueError(f"'{name}' is not the name of a chart, the last segment of its address, such as keda")
        return charts

    @field_validator("allowed_types")
    @classmethod
    def _are_types(cls, types: dict[str, str]) -> dict[str, str]:
        for token in types:
            if not _TYPE_PATTERN.fullmatch(token):
                raise ValueError(
                    f"'{token}' is not a resource type or a prefix of types in a package, such as command:*"
                )
            if _WHOLE_PACKAGE.fullmatch(token):
                raise ValueError(f"'{token}' is a whole package that the guardrails evaluate; list single types")
        return types

    @field_validator("allowed_switches")
    @classmethod
    def _are_switches(cls, switches: dict[str, str]) -> dict[str, str]:
        for switch in switches:
            if not _SWITCH.fullmatch(switch):
                raise ValueError(
                    f"'{switch}' is not a type and the path of a property without indices, such as "
                    "aws:s3/bucket:Bucket:forceDestroy"
                )
        return switches

    @field_validator("helm_sources")
    @classmethod
    def _are_addresses(cls, sources: dict[str, str]) -> dict[str, str]:
        for source in sources:
            if not _CHART_SOURCE.match(source):
                raise ValueError(f"'{source}' is not the address of a chart source, such as oci://charts.example.ae")
            if _SHARED_DOMAIN.match(source):
                raise ValueError(f"'{source}' matches hosts of everyone; list your own registry's host, without *")
        return sources
