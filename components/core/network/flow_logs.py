"""The aggregation interval of VPC flow logs."""

from typing import Annotated

from pydantic import AfterValidator, Field

from falaj.components.core.validation.problems import refusal

INTERVALS = (60, 600)
"""Maximum aggregation intervals in seconds (EC2 API reference, CreateFlowLogs)."""


def _check_interval(seconds: int) -> int:
    if seconds not in INTERVALS:
        raise refusal("60 or 600", "choose one of these")
    return seconds


FlowLogSeconds = Annotated[int, AfterValidator(_check_interval), Field(json_schema_extra={"enum": [*INTERVALS]})]
