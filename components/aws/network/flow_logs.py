"""VPC flow logs."""

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.iam_policies import write_logs
from falaj.components.aws.identity.keys import encrypted_log_group
from falaj.components.aws.identity.roles import service_role
from falaj.components.core.validation.tags import with_name_tag


def flow_log(
    name: str,
    vpc_id: pulumi.Input[str],
    region: str,
    interval: pulumi.Input[int],
    days: pulumi.Input[int],
    tags: Mapping[str, str],
    parent: pulumi.Resource,
    existing_key: pulumi.Input[str] | None = None,
) -> None:
    """Creates flow logs of all accepted and rejected traffic of a VPC, with one record per `interval` seconds,
    kept for `days` days in an encrypted log group."""
    child = pulumi.ResourceOptions(parent=parent)
    group = encrypted_log_group(
        f"{name}-flows", f"/falaj/{pulumi.get_stack()}/{name}/flows", region, days, tags, parent, existing_key
    )
    role, _ = service_role(f"{name}-flows-role", "vpc-flow-logs.amazonaws.com", (), tags, parent)
    aws.iam.RolePolicy(f"{name}-flows-write", role=role.name, policy=group.arn.apply(write_logs), opts=child)
    aws.ec2.FlowLog(
        f"{name}-flow-log",
        vpc_id=vpc_id,
        traffic_type="ALL",
        log_destination_type="cloud-watch-logs",
        log_destination=group.arn,
        iam_role_arn=role.arn,
        max_aggregation_interval=interval,
        tags=with_name_tag(tags, f"{name}-flow-log"),
        opts=child,
    )
