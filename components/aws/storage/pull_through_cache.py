"""Public registries that are read through ours: nodes pull from the region, and images are kept under our key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.roles import service_role
from falaj.components.aws.storage.registry_policies import (
    image_lifecycle,
    makes_repositories,
    own_account_only,
    reads_through,
)

UPSTREAMS = {"public.ecr.aws": "ecr", "registry.k8s.io": "k8s", "quay.io": "quay"}
"""Registry that ECR reads through without a credential (ECR User Guide, creating a pull through cache rule) -> the
directory that its images are under."""


@dataclass(frozen=True)
class ReadThrough:
    """Where images are kept: under `prefix` in the account's registry, encrypted with `key_arn`."""

    name: str
    prefix: str
    region: str
    account: pulumi.Output[str]
    key_arn: pulumi.Output[str]
    tags: Mapping[str, str]
    parent: pulumi.Resource

    def repositories(self) -> pulumi.Output[str]:
        """ARN of all repositories that this makes; the site's own ones are not among them."""
        return self.account.apply(lambda number: f"arn:aws:ecr:{self.region}:{number}:repository/{self.prefix}/*")


def read_through(
    at: ReadThrough, hosts: Sequence[str], pullers: Mapping[str, pulumi.Input[str]], untagged_days: int
) -> None:
    """A rule for each host, how the repositories are made that ECR then makes by itself, and who may cause that."""
    if not hosts:
        return
    child = pulumi.ResourceOptions(parent=at.parent)
    maker, _ = service_role(f"{at.name}-cache-role", "ecr.amazonaws.com", (), at.tags, at.parent)
    may_make = aws.iam.RolePolicy(
        f"{at.name}-cache-makes",
        role=maker.name,
        policy=pulumi.Output.all(at.repositories(), at.key_arn).apply(lambda arns: makes_repositories(*arns)),
        opts=child,
    )
    for host in hosts:
        _rule(at, host, maker, may_make, untagged_days)
    for puller, role in pullers.items():
        aws.iam.RolePolicy(
            f"{at.name}-read-by-{puller}", role=role, policy=at.repositories().apply(reads_through), opts=child
        )


def _rule(at: ReadThrough, host: str, maker: aws.iam.Role, may_make: aws.iam.RolePolicy, untagged_days: int) -> None:
    prefix = f"{at.prefix}/{UPSTREAMS[host]}"
    template = aws.ecr.RepositoryCreationTemplate(
        f"{at.name}-made-for-{UPSTREAMS[host]}",
        prefix=prefix,
        description=f"Images of {host}",
        applied_fors=["PULL_THROUGH_CACHE"],
        custom_role_arn=maker.arn,
        encryption_configurations=[
            aws.ecr.RepositoryCreationTemplateEncryptionConfigurationArgs(encryption_type="KMS", kms_key=at.key_arn)
        ],
        # A cache follows its upstream, which may move a tag. Who wants the same image always names its digest.
        image_tag_mutability="MUTABLE",
        lifecycle_policy=image_lifecycle(untagged_days, None),
        repository_policy=at.account.apply(own_account_only),
        resource_tags=dict(at.tags),
        opts=pulumi.ResourceOptions(parent=at.parent, depends_on=[may_make]),
    )
    aws.ecr.PullThroughCacheRule(
        f"{at.name}-cache-{UPSTREAMS[host]}",
        ecr_repository_prefix=prefix,
        upstream_registry_url=host,
        # First the template: a repository that is made without it is under a key of AWS for good.
        opts=pulumi.ResourceOptions(parent=at.parent, depends_on=[template]),
    )
