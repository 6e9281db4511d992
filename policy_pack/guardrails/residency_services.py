"""Data that is processed, delivered or shared abroad although every resource is placed in the country."""

import re
from collections.abc import Iterator
from dataclasses import replace

from .conditions import NOT_TRUE, none_of, one_of
from .controls import PLACEMENT
from .reading import Resource, leaves
from .rows import Check, Concern, Guardrail, Severity, aws
from .verdicts import Outcome, failed

_VENDORS = (
    "ai21|amazon|anthropic|cohere|deepseek|luma|meta|minimax|mistral|moonshot|nvidia|openai|qwen|stability|twelvelabs|"
    "writer|google"
)
_PROFILE = re.compile(rf"(?:^|[/:\"'])(?:us|us-gov|eu|apac|au|jp|ca|sa|global)[.](?:{_VENDORS})[.]\w", re.IGNORECASE)
"""`eu.anthropic.claude-…`: an inference profile, which spreads requests over the regions of a geography."""


def names_profile(value: object) -> bool:
    """Whether a text names a model through a cross-region inference profile."""
    return isinstance(value, str) and "." in value and _PROFILE.search(value) is not None


def _models(resource: Resource) -> Iterator[Outcome]:
    """Wherever a model may be named: agents, flows, environment variables of functions and pods."""
    for path, _, value in leaves(resource.props):
        if names_profile(value):
            yield failed(f"{path} names a cross-region inference profile", path)


DELIVERY_ROWS = (
    Check(aws("kinesis/FirehoseDeliveryStream"), "destination", none_of("http_endpoint", "splunk", "snowflake")),
    Check(aws("appflow/Flow"), "destinationFlowConfigs[*].connectorType",
          one_of("S3", "Redshift", "EventBridge", "Upsolver")),
)  # fmt: skip

SHARING_ROWS = (
    Check(aws("ram/ResourceShare"), "allowExternalPrincipals", NOT_TRUE),
    Check(aws("rds/Snapshot", "rds/ClusterSnapshot"), "sharedAccounts", none_of("all")),
)


def _row(number: int, what: str, why: str, remedy: str, checks: tuple[Check, ...] = ()) -> Guardrail:
    return Guardrail(f"FJ-RES-{number:03}", Concern.RESIDENCY, Severity.CRITICAL, what, why, remedy, PLACEMENT, checks)


SERVICE_RESIDENCY: tuple[Guardrail, ...] = (
    replace(
        _row(109, "AI models are called in the region", "cross-region profiles process prompts outside the country",
             "Name the model itself instead of an inference profile"),
        predicate=_models, about=("aws:", "kubernetes:")),
    _row(110, "Streams and flows are delivered to services of the region",
         "a vendor's endpoint takes the data to wherever the vendor is",
         "Deliver to S3, Redshift or OpenSearch in the region", DELIVERY_ROWS),
    _row(111, "Data is shared inside the organisation only", "another owner decides where the copies lie",
         "Set allow_external_principals to false, and share snapshots with named accounts", SHARING_ROWS),
)  # fmt: skip
