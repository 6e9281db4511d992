"""Options of VPC flow logs."""

from enum import Enum
from typing import Annotated

from pydantic import AfterValidator, Field

from falaj.components.core.validation.args import Choice, Input, Spec, default
from falaj.components.core.validation.problems import refusal

INTERVALS = (60, 600)
"""Maximum aggregation intervals in seconds (EC2 API reference, CreateFlowLogs)."""


def _check_interval(seconds: int) -> int:
    if seconds not in INTERVALS:
        raise refusal("60 or 600", "choose one of these")
    return seconds


FlowLogSeconds = Annotated[int, AfterValidator(_check_interval), Field(json_schema_extra={"enum": [*INTERVALS]})]


class FlowLogDestination(Enum):
    """Where flow logs are kept (EC2 API reference, CreateFlowLogs, LogDestinationType)."""

    CLOUDWATCH = "cloud-watch-logs"
    """A log group, which can be searched at once and can trigger alarms."""
    S3 = "s3"
    """A bucket of compressed files, at about half the price per GB, with a delay of about ten minutes."""


class FlowLogTraffic(Enum):
    """Traffic that flow logs record (EC2 API reference, CreateFlowLogs, TrafficType)."""

    ALL = "all"
    """Accepted and rejected traffic."""
    ACCEPT = "accept"
    """Accepted traffic only."""
    REJECT = "reject"
    """Rejected traffic only, which is far less, but shows no successful intrusion."""


class FlowLogOptions(Spec):
    """Flow logs of a network on AWS. A change of any of these replaces the flow log; records that exist are kept."""

    flow_log_seconds: Input[FlowLogSeconds] = 60
    """Longest interval in seconds that a record of the flow logs covers: 60 (default) or 600, which gives fewer records
    and a lower bill."""
    flow_log_destination: Choice[FlowLogDestination] = default(FlowLogDestination.CLOUDWATCH)
    """Where flow logs are kept: `cloud-watch-logs` (default), or `s3`, an encrypted bucket that deletes them after
    `log_retention_days`, at about half the price."""
    flow_log_traffic: Choice[FlowLogTraffic] = default(FlowLogTraffic.ALL)
    """Traffic that flow logs record: `all` (default), `accept` or `reject`. Only `all` shows both what got through and
    what was refused."""
