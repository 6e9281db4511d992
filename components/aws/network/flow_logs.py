"""VPC flow logs, in a log group or in a bucket."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.iam_policies import write_logs
from falaj.components.aws.identity.keys import encrypted_log_group
from falaj.components.aws.identity.roles import service_role
from falaj.components.aws.network.flow_log_bucket import flow_log_bucket
from falaj.components.core.network.flow_logs import FlowLogDestination, FlowLogOptions
from falaj.components.core.validation.tags import with_name_tag


@dataclass(frozen=True)
class FlowLogPlan:
    """The VPC whose traffic is recorded, how long records are kept, and the existing key for them, if any."""

    name: str
    vpc_id: pulumi.Input[str]
    region: str
    retention_days: pulumi.Input[int]
    existing_key: pulumi.Input[str] | None
    tags: Mapping[str, str]
    parent: pulumi.Resource


def flow_log(plan: FlowLogPlan, options: FlowLogOptions) -> None:
    """Creates the flow logs of a VPC, in an encrypted log group or bucket."""
    is_in_s3 = options.flow_log_destination is FlowLogDestination.S3
    destination = _in_bucket(plan) if is_in_s3 else _in_log_group(plan)
    aws.ec2.FlowLog(
        f"{plan.name}-flow-log",
        vpc_id=plan.vpc_id,
        traffic_type=options.flow_log_traffic.value.upper(),
        log_destination_type=options.flow_log_destination.value,
        log_destination=destination.arn,
        iam_role_arn=destination.role_arn,
        max_aggregation_interval=options.flow_log_seconds,
        tags=with_name_tag(plan.tags, f"{plan.name}-flow-log"),
        opts=pulumi.ResourceOptions(parent=plan.parent, depends_on=destination.ready),
    )


@dataclass(frozen=True)
class _Destination:
    """ARN of a log group or bucket, the role that writes to it, and what must exist before."""

    arn: pulumi.Output[str]
    role_arn: pulumi.Output[str] | None
    ready: list[pulumi.Resource]


def _in_log_group(plan: FlowLogPlan) -> _Destination:
    group = encrypted_log_group(
        f"{plan.name}-flows",
        f"/falaj/{pulumi.get_stack()}/{plan.name}/flows",
        plan.region,
        plan.retention_days,
        plan.tags,
        plan.parent,
        plan.existing_key,
    )
    role, _ = service_role(f"{plan.name}-flows-role", "vpc-flow-logs.amazonaws.com", (), plan.tags, plan.parent)
    child = pulumi.ResourceOptions(parent=plan.parent)
    aws.iam.RolePolicy(f"{plan.name}-flows-write", role=role.name, policy=group.arn.apply(write_logs), opts=child)
    return _Destination(group.arn, role.arn, [])


def _in_bucket(plan: FlowLogPlan) -> _Destination:
    bucket, policy = flow_log_bucket(
        f"{plan.name}-flows", plan.region, plan.retention_days, plan.existing_key, plan.tags, plan.parent
    )
    # Without the policy, EC2 writes one of its own over whatever the bucket has.
    return _Destination(bucket.arn, None, [policy])
