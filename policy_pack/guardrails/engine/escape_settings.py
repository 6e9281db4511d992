"""The section `escape` of enforcement.yaml: what is allowed although no guardrail can evaluate it."""

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict

from falaj.facts.chart_names import CHART_NAME

from .lazy_regex import lazy_regex
from .setting_names import names
from .settings import Reason
from .shared_names import EVERYONES_SOURCE, SHARED_SOURCES

_TYPES = names(
    r"[\w-]+(?::[\w./-]+)*(?::?\*)?",
    "is not a resource type or a prefix of types in a package, such as command:*",
    (
        lazy_regex(
            r"(?:aws|azure-native|kubernetes|pulumi)[:*]*|(?:a|aw|az[a-z]*|azure-[a-z]*|k|ku[a-z]*|p|pu[a-z]*)\*"
        ),
        "is a whole package that the guardrails evaluate; list single types",
    ),
)
_SWITCHES = names(
    r"[\w-]+:[\w./-]+:\w+:\w+(?:\.\w+)*",
    "is not a type and the path of a property without indices, such as aws:s3/bucket:Bucket:forceDestroy",
)
_ANNOTATIONS = names(
    r"(?!\*)[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?/(?:\*|[A-Za-z0-9][\w.-]{0,62}\*?)",
    "is not the key of an annotation or a label, or all of one domain, such as example.ae/*",
    (
        lazy_regex(
            r"(?:[a-z0-9.-]{1,200}\.)?(?:kubernetes\.io|(?:x-)?k8s\.io|istio\.io|linkerd\.io|amazonaws\.com)/\*"
        ),
        "is every key of a controller that many programs share; list single keys",
    ),
)
_CHART_SOURCES = names(
    r"(?:https|oci)://(?:\*\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d+)?(?:/.*)?",
    "is not the address of a chart source, such as oci://charts.example.ae",
    (
        lazy_regex(
            r"(?:https|oci)://\*\.(?:[\w.-]+\.)?(?:azurecr\.(?:io|cn|us)|amazonaws\.com|github\.io|gitlab\.io"
            r"|(?:core|blob\.core)\.windows\.net|pkg\.dev|gcr\.io|googleapis\.com|cloudfront\.net|jfrog\.io|pages\.dev"
            r"|netlify\.app|vercel\.app|web\.app|workers\.dev)(?::\d+)?(?:/.*)?"
        ),
        "matches hosts of everyone; list your own registry's host, without *",
    ),
    (SHARED_SOURCES, EVERYONES_SOURCE),
)
"""The host has at least two labels: `*.` before a single label would match a top-level domain."""
_CODE = names(
    r"[^\s*?]{3,}",
    "is not the name of one bucket or the address of repositories, such as https://github.com/example",
    (SHARED_SOURCES, EVERYONES_SOURCE),
)
_CHARTS = names(CHART_NAME, "is not the name of a chart, the last segment of its address, such as keda")
_PUBLISHERS = names(
    r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d+)?(?:/[A-Za-z0-9._-]+)*"
    r"|(?:marketplace|communityGalleries|sharedGalleries)/[A-Za-z0-9._-]+|(?:ami|snap)-[0-9a-f]{8,17}",
    "is not a registry and an organisation, such as ghcr.io/example",
    (
        lazy_regex(
            r"azurecr\.io|(?:(?:index|registry-1)\.)?docker\.io|gcr\.io|ghcr\.io|nvcr\.io|public\.ecr\.aws|quay\.io"
            r"|registry\.gitlab\.com|ttl\.sh",
            re.IGNORECASE,
        ),
        "is a registry of everyone; list one organisation in it, such as {name}/example",
    ),
    (SHARED_SOURCES, EVERYONES_SOURCE),
)


class EscapeSettings(BaseModel):
    """Allowed resource types, properties and annotations that no guardrail can evaluate (such as `command:*`), and
    allowed Helm charts, and allowed sources of charts, programs and images, with reasons."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    allowed_types: Annotated[dict[str, Reason], _TYPES] = {}
    """Type token, or a prefix of type tokens that ends in `*` -> the reason."""
    allowed_switches: Annotated[dict[str, Reason], _SWITCHES] = {}
    """Property of a type as `TYPE:PATH`, without indices -> the reason why every position of it is allowed."""
    allowed_annotations: Annotated[dict[str, Reason], _ANNOTATIONS] = {}
    """Key of an annotation or a label, or all of one domain as `DOMAIN/*` -> what its controller does with it. Rules
    that read the key evaluate it all the same."""
    helm_sources: Annotated[dict[str, Reason], _CHART_SOURCES] = {}
    """Address of a chart source -> the reason; `*.` matches any host of a domain."""
    charts: Annotated[dict[str, Reason], _CHARTS] = {}
    """Name of a chart, the last segment of its address -> who reviews its values."""
    code_sources: Annotated[dict[str, Reason], _CODE] = {}
    """Name of a bucket, or address of a repository or of an organisation's repositories, from which services load
    programs -> its owner."""
    image_publishers: Annotated[dict[str, Reason], _PUBLISHERS] = {}
    """Host of a registry, perhaps with an organisation or a path, such as ghcr.io/example -> who publishes its images.
    For machines of Azure also marketplace/PUBLISHER, communityGalleries/NAME and sharedGalleries/NAME; for those
    of AWS the number of an AMI, or of a snapshot from which disks of nodes are filled."""
