"""Private container registry on AWS: ECR repositories encrypted with a customer-managed key."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import pulumi
import pulumi_aws as aws
from pydantic import AfterValidator, Field

from falaj.components.aws.identity.keys import account_id, customer_key
from falaj.components.aws.regional import RegionalComponent
from falaj.components.aws.storage.pull_through_cache import UPSTREAMS, PullThroughCache, pull_through_cache
from falaj.components.aws.storage.registry_policies import image_lifecycle, own_account_only
from falaj.components.core.charts.images import path_of
from falaj.components.core.storage.repositories import Repository
from falaj.components.core.validation.args import Args, Input
from falaj.components.core.validation.inputs import map_inputs, outputs_by_name
from falaj.components.core.validation.names import short_name
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags, with_name_tag
from falaj.components.core.validation.text_forms import TextForm

PREFIX_LIMIT = 24
"""Maximum length of the site's prefix. ECR allows 30 characters for the prefix of a cache
(API_CreatePullThroughCacheRule), which also includes the upstream's prefix."""


def _check_upstream(host: str) -> str:
    if host not in UPSTREAMS:
        raise refusal(", ".join(UPSTREAMS), "choose one of these; others need a credential or a copy", given=host)
    return host


Upstream = Annotated[str, AfterValidator(_check_upstream)]
Image = Annotated[
    str,
    TextForm(
        r"^[a-z0-9.-]+\.[a-z]+(/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+$",
        "an image with its registry and without a tag",
        "public.ecr.aws/karpenter/controller",
    ),
]


class RegistryArgs(Args):
    """Repositories of a site in the account's registry."""

    region: AwsRegion = set_once("regions.aws")
    """AWS region in the UAE, such as `me-central-1`."""
    repositories: Sequence[Repository]
    """Names of the repositories to create, such as `workloads` or `models/arabic`."""
    mirrored_images: Sequence[Image] = ()
    """Third-party images, without tag, to mirror here because the network has no egress, such as
    `public.ecr.aws/karpenter/controller`. A repository is created for each; you must copy the image into it. Default:
    none."""
    cached_upstreams: Sequence[Upstream] = ()
    """Public registries to cache by pull-through: `public.ecr.aws`, `registry.k8s.io` or `quay.io`. The first pull of
    an image needs egress (ECR User Guide, interface endpoints). Default: none."""
    puller_role_names: Mapping[str, Input[str]] = {}
    """Names of the IAM roles that pull through the caches, such as that of the nodes, each under a label. They must
    already have the policy `AmazonEC2ContainerRegistryPullOnly`."""
    untagged_days: Input[Annotated[int, Field(ge=1, le=365)]] = 30
    """Days after which an untagged image is deleted: 1 to 365. Default: 30."""
    keep: Input[Annotated[int, Field(ge=1, le=10000)]] | None = None
    """Number of images to keep per repository, 1 to 10000: older images are deleted, even if they are still in use.
    Default: all."""
    continuous_scan: bool = False
    """Whether Amazon Inspector scans images again when a vulnerability becomes known, not only when they are pushed.
    The setting applies to the whole account and region, so only one site may enable it. Billed per image. Default:
    false."""
    protect: bool = False
    """Whether the repositories and their key are protected from deletion."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, applied to every resource that supports tags."""


class Registry(RegionalComponent):
    """ECR repositories with immutable tags and a scan on push, for this account only."""

    login_server: pulumi.Output[str]
    """Address of the registry, `<account>.dkr.ecr.<region>.amazonaws.com`."""
    repository_prefix: pulumi.Output[str]
    """Prefix of the names of the site's repositories."""
    repository_urls: pulumi.Output[Mapping[str, str]]
    """URL of each repository by its name in the arguments."""
    mirrors: pulumi.Output[Mapping[str, str]]
    """Mirrored image -> URL of the repository to copy it to and pull it from."""
    caches: pulumi.Output[Mapping[str, str]]
    """Cached registry -> address that replaces its host in an image reference."""
    key_id: pulumi.Output[str]
    """ARN of the KMS key that encrypts the images."""

    def __init__(self, name: str, args: RegistryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = RegistryArgs.of(name, args)
        super().__init__("falaj:aws:Registry", name, args.region, opts)
        prefix = _prefix(name)
        account = account_id(self)
        purpose = f"Encrypts the images of {name}"
        key = customer_key(f"{name}-key", purpose, lambda account: (), args.tags, self, args.protect)
        repositories = {
            path: self._repository(name, prefix, path, key, account, args)
            for path in (*args.repositories, *map(_mirror_path, args.mirrored_images))
        }
        cache = PullThroughCache(name, prefix, args.region, account, key.arn, args.tags, self)
        pull_through_cache(cache, args.cached_upstreams, args.puller_role_names, args.untagged_days)
        if args.continuous_scan:
            self._continuous_scan(name, prefix)
        server = pulumi.Output.concat(account, f".dkr.ecr.{args.region}.amazonaws.com")
        self.login_server = server
        self.repository_prefix = pulumi.Output.from_input(prefix)
        self.repository_urls = _addresses({path: repositories[path] for path in args.repositories})
        self.mirrors = _addresses({image: repositories[_mirror_path(image)] for image in args.mirrored_images})
        self.caches = server.apply(
            lambda host: {upstream: f"{host}/{prefix}/{UPSTREAMS[upstream]}" for upstream in args.cached_upstreams}
        )
        self.key_id = key.arn
        self.register_outputs(
            {
                "login_server": self.login_server,
                "repository_prefix": self.repository_prefix,
                "repository_urls": self.repository_urls,
                "mirrors": self.mirrors,
                "caches": self.caches,
                "key_id": self.key_id,
            }
        )

    def _repository(
        self,
        name: str,
        prefix: str,
        path: str,
        key: aws.kms.Key,
        account: pulumi.Output[str],
        args: RegistryArgs,
    ) -> aws.ecr.Repository:
        child = pulumi.ResourceOptions(parent=self)
        resource_name = f"{name}-{path.replace('/', '-')}"
        repository = aws.ecr.Repository(
            resource_name,
            name=f"{prefix}/{path}",
            encryption_configurations=[
                aws.ecr.RepositoryEncryptionConfigurationArgs(encryption_type="KMS", kms_key=key.arn)
            ],
            image_tag_mutability="IMMUTABLE",
            image_scanning_configuration=aws.ecr.RepositoryImageScanningConfigurationArgs(scan_on_push=True),
            force_delete=False,
            tags=with_name_tag(args.tags, resource_name),
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        aws.ecr.LifecyclePolicy(
            f"{resource_name}-lifecycle",
            repository=repository.name,
            policy=map_inputs(image_lifecycle, args.untagged_days, args.keep),
            opts=child,
        )
        aws.ecr.RepositoryPolicy(
            f"{resource_name}-policy", repository=repository.name, policy=account.apply(own_account_only), opts=child
        )
        return repository

    def _continuous_scan(self, name: str, prefix: str) -> None:
        matching = aws.ecr.RegistryScanningConfigurationRuleRepositoryFilterArgs(
            filter=f"{prefix}/*", filter_type="WILDCARD"
        )
        aws.ecr.RegistryScanningConfiguration(
            f"{name}-scan",
            scan_type="ENHANCED",
            rules=[
                aws.ecr.RegistryScanningConfigurationRuleArgs(
                    scan_frequency="CONTINUOUS_SCAN", repository_filters=[matching]
                )
            ],
            opts=pulumi.ResourceOptions(parent=self),
        )


def _prefix(name: str) -> str:
    """Returns the prefix of the site's repositories: its name and the stack's, shortened to `PREFIX_LIMIT`
    characters."""
    full = f"{name}-{pulumi.get_stack()}".lower().replace("_", "-")
    return full if len(full) <= PREFIX_LIMIT else short_name(name, pulumi.get_stack(), limit=PREFIX_LIMIT)


def _mirror_path(image: str) -> str:
    """Returns the repository of a mirrored image: `mirror/` and the image's path without its registry."""
    return f"mirror/{path_of(image)}"


def _addresses(repositories: Mapping[str, aws.ecr.Repository]) -> pulumi.Output[Mapping[str, str]]:
    urls = {path: repository.repository_url for path, repository in repositories.items()}
    return outputs_by_name(urls)
