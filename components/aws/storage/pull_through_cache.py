"""ECR pull-through caches of public registries: nodes pull from the region, and images are encrypted with a
customer-managed key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.aws.identity.roles import service_role
from falaj.components.aws.storage.registry_policies import (
    create_repositories,
    image_lifecycle,
    own_account_only,
    pull_through,
)
from falaj.components.core.validation.inputs import map_inputs

UPSTREAMS = {"public.ecr.aws": "ecr", "registry.k8s.io": "k8s", "quay.io": "quay"}
"""Registry that ECR caches without credentials (ECR User Guide, creating a pull through cache rule) -> prefix of its
images."""


@dataclass(frozen=True)
class PullThroughCache:
    """Location of cached images: under `prefix` in the account's registry, encrypted with the key `key_arn`."""

    name: str
    prefix: str
    region: str
    account: pulumi.Output[str]
    key_arn: pulumi.Output[str]
    tags: Mapping[str, str]
    parent: pulumi.Resource

    def repositories(self) -> pulumi.Output[str]:
        """Returns the ARN pattern of cached repositories. The site's own are not among them."""
        return self.account.apply(lambda account: f"arn:aws:ecr:{self.region}:{account}:repository/{self.prefix}/*")


def pull_through_cache(
    cache: PullThroughCache,
    hosts: Sequence[str],
    pullers: Mapping[str, pulumi.Input[str]],
    untagged_days: pulumi.Input[int],
) -> None:
    """Creates, for each host, a cache rule and a template for the repositories that ECR creates; and permission for
    `pullers`, roles by label, to trigger their creation."""
    if not hosts:
        return
    child = pulumi.ResourceOptions(parent=cache.parent)
    creator, _ = service_role(f"{cache.name}-cache-role", "ecr.amazonaws.com", (), cache.tags, cache.parent)
    permission = aws.iam.RolePolicy(
        f"{cache.name}-cache-makes",
        role=creator.name,
        policy=pulumi.Output.all(cache.repositories(), cache.key_arn).apply(lambda arns: create_repositories(*arns)),
        opts=child,
    )
    for host in hosts:
        _rule(cache, host, creator, permission, untagged_days)
    for puller, role in pullers.items():
        aws.iam.RolePolicy(
            f"{cache.name}-read-by-{puller}", role=role, policy=cache.repositories().apply(pull_through), opts=child
        )


def _rule(
    cache: PullThroughCache,
    host: str,
    creator: aws.iam.Role,
    permission: aws.iam.RolePolicy,
    untagged_days: pulumi.Input[int],
) -> None:
    prefix = f"{cache.prefix}/{UPSTREAMS[host]}"
    template = aws.ecr.RepositoryCreationTemplate(
        f"{cache.name}-made-for-{UPSTREAMS[host]}",
        prefix=prefix,
        description=f"Images of {host}",
        applied_fors=["PULL_THROUGH_CACHE"],
        custom_role_arn=creator.arn,
        encryption_configurations=[
            aws.ecr.RepositoryCreationTemplateEncryptionConfigurationArgs(encryption_type="KMS", kms_key=cache.key_arn)
        ],
        # A cache follows its upstream, which may move a tag: pin images by digest.
        image_tag_mutability="MUTABLE",
        lifecycle_policy=map_inputs(image_lifecycle, untagged_days, None),
        repository_policy=cache.account.apply(own_account_only),
        resource_tags=dict(cache.tags),
        opts=pulumi.ResourceOptions(parent=cache.parent, depends_on=[permission]),
    )
    aws.ecr.PullThroughCacheRule(
        f"{cache.name}-cache-{UPSTREAMS[host]}",
        ecr_repository_prefix=prefix,
        upstream_registry_url=host,
        # After the template: a repository created without it keeps an AWS-managed key.
        opts=pulumi.ResourceOptions(parent=cache.parent, depends_on=[template]),
    )
