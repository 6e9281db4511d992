"""IAM roles of AWS services."""

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.iam_policies import service_trust

AWS_MANAGED_PREFIX = "arn:aws:iam::aws:policy/"


def service_role(
    name: str,
    service: str,
    policies: Sequence[str],
    tags: Mapping[str, str],
    parent: pulumi.Resource,
    actions: Sequence[str] = (),
) -> tuple[aws.iam.Role, list[aws.iam.RolePolicyAttachment]]:
    """Creates a role that only `service` may assume, and attaches the AWS-managed `policies`, given by name.

    Returns the role and the attachments. `actions` are allowed to the service besides `sts:AssumeRole`. Pass the
    attachments to `depends_on` of each resource that uses the role, so that it is created after them and deleted before
    them.
    """
    child = pulumi.ResourceOptions(parent=parent)
    role = aws.iam.Role(
        name,
        assume_role_policy=service_trust(service, *actions),
        # A policy attached by something else, such as a budget action, must not block the role's deletion.
        force_detach_policies=True,
        tags=dict(tags),
        opts=child,
    )
    attachments = [
        aws.iam.RolePolicyAttachment(
            f"{name}-{policy.rsplit('/', 1)[-1]}", role=role.name, policy_arn=AWS_MANAGED_PREFIX + policy, opts=child
        )
        for policy in policies
    ]
    return role, attachments
