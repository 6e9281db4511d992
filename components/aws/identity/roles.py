"""IAM roles, each for one service and with what that service needs."""

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.iam_policies import trust

MANAGED = "arn:aws:iam::aws:policy/"


def service_role(
    name: str,
    service: str,
    policies: Sequence[str],
    tags: Mapping[str, str],
    parent: pulumi.Resource,
    also: Sequence[str] = (),
) -> tuple[aws.iam.Role, list[aws.iam.RolePolicyAttachment]]:
    """A role that only `service` may take, with AWS-managed `policies` by name, and their attachments.

    Use of the role must wait for the attachments, and its deletion come before theirs: pass them to `depends_on`.
    """
    child = pulumi.ResourceOptions(parent=parent)
    role = aws.iam.Role(
        name,
        assume_role_policy=trust(service, *also),
        # A policy that others attached, such as a budget's brake, must not keep the role from going.
        force_detach_policies=True,
        tags=dict(tags),
        opts=child,
    )
    attachments = [
        aws.iam.RolePolicyAttachment(
            f"{name}-{policy.rsplit('/', 1)[-1]}", role=role.name, policy_arn=MANAGED + policy, opts=child
        )
        for policy in policies
    ]
    return role, attachments
