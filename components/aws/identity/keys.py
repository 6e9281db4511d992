"""Customer-managed KMS keys, and log groups encrypted with them."""

from collections.abc import Callable, Mapping

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.iam_policies import Statement, key_policy, logs_use
from falaj.components.core.validation.tags import with_name_tag

DELETION_DAYS = 30
"""Waiting period before a key is deleted: the longest that KMS allows (7 to 30 days), because data that the key
encrypted is lost with it."""


def account_id(parent: pulumi.Resource) -> pulumi.Output[str]:
    """Returns the ID of the AWS account that the parent's provider deploys to."""
    return aws.get_caller_identity_output(opts=pulumi.InvokeOptions(parent=parent)).account_id


def customer_key(
    name: str,
    purpose: str,
    uses: Callable[[str], tuple[Statement, ...]],
    tags: Mapping[str, str],
    parent: pulumi.Resource,
    protect: bool = False,
) -> aws.kms.Key:
    """Creates a customer-managed key that rotates every year, and an alias.

    `uses` takes the account ID and returns the statements of the key policy that let others use the key.
    """
    key = aws.kms.Key(
        name,
        description=purpose,
        enable_key_rotation=True,
        deletion_window_in_days=DELETION_DAYS,
        policy=account_id(parent).apply(lambda account: key_policy(account, *uses(account))),
        tags=with_name_tag(tags, name),
        opts=pulumi.ResourceOptions(parent=parent, protect=protect),
    )
    aws.kms.Alias(
        f"{name}-alias",
        target_key_id=key.key_id,
        opts=pulumi.ResourceOptions(parent=parent),
    )
    return key


def key_arn(existing: pulumi.Input[str] | None, create: Callable[[], aws.kms.Key]) -> pulumi.Output[str]:
    """Returns the ARN of an existing key, or without one that of a key that `create` creates."""
    return create().arn if existing is None else pulumi.Output.from_input(existing)


def encrypted_log_group(
    name: str,
    group: str,
    region: str,
    days: pulumi.Input[int],
    tags: Mapping[str, str],
    parent: pulumi.Resource,
    existing_key: pulumi.Input[str] | None = None,
) -> aws.cloudwatch.LogGroup:
    """Creates the log group `group` with a retention of `days` days, encrypted with a KMS key of its own or with an
    existing one."""
    key = key_arn(
        existing_key,
        lambda: customer_key(
            f"{name}-key",
            f"Encrypts the log group {group}",
            lambda account: (logs_use(account, region, group),),
            tags,
            parent,
        ),
    )
    return aws.cloudwatch.LogGroup(
        name,
        name=group,
        retention_in_days=days,
        kms_key_id=key,
        tags=with_name_tag(tags, name),
        opts=pulumi.ResourceOptions(parent=parent),
    )
