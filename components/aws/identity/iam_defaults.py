"""Permissions boundary and path of all roles below a component."""

from collections.abc import Mapping
from typing import Any

import pulumi

from falaj.components.core.accounts.aws_accounts import AwsIamSpec

_ROLE = "aws:iam/role:Role"
_WITH_PATH = (_ROLE, "aws:iam/policy:Policy", "aws:iam/instanceProfile:InstanceProfile")


def iam_defaults(iam: AwsIamSpec | None) -> pulumi.ResourceOptions:
    """Returns options of a component whose roles all get the account's permissions boundary and path.

    A transformation of the component reaches every role below it, also those of components that are added later.
    """
    if iam is None:
        return pulumi.ResourceOptions()

    def transform(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
        added = _added(args.type_, args.props, iam)
        return pulumi.ResourceTransformationResult({**args.props, **added}, args.opts) if added else None

    return pulumi.ResourceOptions(transformations=[transform])


def _added(kind: str, props: Mapping[str, Any], iam: AwsIamSpec) -> dict[str, Any]:
    """Returns the properties that a resource lacks. One that has a path of its own keeps it."""
    added: dict[str, Any] = {}
    if kind == _ROLE and iam.permissions_boundary is not None:
        added["permissions_boundary"] = iam.permissions_boundary
    if kind in _WITH_PATH and iam.path is not None:
        added["path"] = iam.path
    return {key: value for key, value in added.items() if props.get(key) is None}
