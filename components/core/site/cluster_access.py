"""Who may use the API server of an EKS cluster: access entries, as options and as rules. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from falaj.components.core.site.administrators import RoleArn
from falaj.components.core.validation.args import Input, Spec
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.text_forms import TextForm

NamespacePattern = Annotated[
    str,
    TextForm(
        r"^[a-z0-9*]([-a-z0-9*]{0,61}[a-z0-9*])?$", "a namespace, or a pattern of namespaces with `*`", "retail-banking"
    ),
]
"""A namespace that an access policy applies to; EKS also takes a `*` in it (EKS User Guide, access policies)."""

EVERY_NAMESPACE = re.compile(r"\*+")


class NamespaceRole(Spec):
    """Access of one IAM role to some namespaces, such as those of a tenant."""

    role: Input[RoleArn]
    """ARN of the IAM role."""
    namespaces: Sequence[Input[NamespacePattern]] = Field(min_length=1)
    """Namespaces that the role may use; `*` in a name stands for any text."""
    writes: bool = False
    """Whether the role may also create, change and delete objects there (AmazonEKSEditPolicy); otherwise it may read
    objects that are no secrets (AmazonEKSViewPolicy)."""


class AccessOptions(Spec):
    """Identities that use the API server of a cluster on AWS, in addition to its administrators."""

    deployer: Input[RoleArn] | None = None
    """ARN of the IAM role that deploys the stack, with its path. It administers the cluster. Default: the role that
    runs the first `pulumi up`. Set it where one role plans and another deploys, and where the role may not call
    `iam:GetRole` for itself."""
    viewers: Sequence[Input[RoleArn]] = ()
    """ARNs of IAM roles that may read every object of the cluster and change none, such as those of plans and of the
    nightly drift check. They can read secrets, because Helm keeps the state of a chart in one
    (AmazonEKSAdminViewPolicy). Default: none."""
    namespace_roles: Sequence[NamespaceRole] = ()
    """IAM roles with access to single namespaces, such as those of tenants. Default: none."""


def access_problems(administrators: Sequence[Input[str]], options: AccessOptions) -> Iterator[Problem]:
    """Yields roles that are named twice, since a cluster has one access entry for each principal, and patterns that
    admit a role to every namespace. Paths are relative to the options."""
    seen = {arn for arn in administrators if isinstance(arn, str)}
    if isinstance(options.deployer, str):
        seen.add(options.deployer)
    named = [(f"viewers.{index}", role) for index, role in enumerate(options.viewers)]
    named += [(f"namespace_roles.{index}.role", access.role) for index, access in enumerate(options.namespace_roles)]
    for path, role in named:
        if isinstance(role, str) and role in seen:
            allowed = "each role once, among administrators, deployer, viewers and namespace_roles"
            yield Problem(path, role, allowed, "remove it here, or there")
        elif isinstance(role, str):
            seen.add(role)
    for index, access in enumerate(options.namespace_roles):
        for position, pattern in enumerate(access.namespaces):
            if isinstance(pattern, str) and EVERY_NAMESPACE.fullmatch(pattern):
                path = f"namespace_roles.{index}.namespaces.{position}"
                yield Problem(path, pattern, "some namespaces only", "name the role under viewers or administrators")


def identities(options: AccessOptions) -> Iterator[str]:
    """Yields the roles that the options name, as far as they are known."""
    roles = [options.deployer, *options.viewers, *(access.role for access in options.namespace_roles)]
    return (role for role in roles if isinstance(role, str))
