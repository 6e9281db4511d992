"""A private registry of images on AWS: ECR repositories under a key of our own."""

from collections.abc import Mapping, Sequence
from typing import Annotated, NotRequired, TypedDict

import pulumi
import pulumi_aws as aws
from pydantic import AfterValidator, Field, StringConstraints

from falaj.components.aws.identity.keys import account_id, customer_key
from falaj.components.aws.storage.pull_through_cache import UPSTREAMS, ReadThrough, read_through
from falaj.components.aws.storage.registry_policies import image_lifecycle, own_account_only
from falaj.components.core.charts.images import path_of
from falaj.components.core.validation.args import Checked, Passed
from falaj.components.core.validation.names import short_name
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.tags import CostTags, named

PREFIX_LIMIT = 24
"""ECR takes 30 characters before the images that are read through (API_CreatePullThroughCacheRule): 24 are for ours."""


class RegistryArgs(TypedDict):
    """A site's part of the account's registry."""

    region: str
    """A region of AWS in the UAE."""
    repositories: Sequence[str]
    """Repositories to make, such as `workloads` or `models/arabic`."""
    mirrored_images: NotRequired[Sequence[str]]
    """Images of others that are copied here because the site has no way out, without tag:
    `public.ecr.aws/karpenter/controller`. Each gets a repository; somebody has to copy them into it."""
    cached_upstreams: NotRequired[Sequence[str]]
    """Public registries whose images are read through this one: any of public.ecr.aws, registry.k8s.io, quay.io. None
    if absent. The first pull of an image needs a way out of the network (ECR User Guide, interface endpoints)."""
    puller_role_names: NotRequired[Mapping[str, pulumi.Input[str]]]
    """Names of the roles that read through, such as that of the nodes, each under a name of yours; they have
    `AmazonEC2ContainerRegistryPullOnly` already."""
    untagged_days: NotRequired[int]
    """Days after which an image without a tag goes, 1 to 365; 30 if absent."""
    keep: NotRequired[int]
    """Images that a repository keeps; older ones go, whether still used or not. All if absent."""
    continuous_scan: NotRequired[bool]
    """Whether Amazon Inspector looks into images again when a weakness becomes known, not only when they are pushed.
    One for the whole account and region, so only one site may say so; paid by image."""
    protect: NotRequired[bool]
    """Whether the repositories and their key refuse to be deleted."""
    tags: Mapping[str, str]
    """The mandatory cost tags, put on everything that takes tags."""


def _upstream(host: str) -> str:
    if host not in UPSTREAMS:
        raise refusal(", ".join(UPSTREAMS), "choose one of these; others need a credential or a copy", given=host)
    return host


_PART = r"[a-z0-9]+(?:[._-][a-z0-9]+)*"
Repository = Annotated[str, StringConstraints(pattern=rf"^{_PART}(/{_PART})*$", max_length=200)]
Image = Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]+\.[a-z]+(/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+$")]


class _Checked(Checked):
    region: AwsRegion
    repositories: tuple[Repository, ...]
    mirrored_images: tuple[Image, ...] = ()
    cached_upstreams: tuple[Annotated[str, AfterValidator(_upstream)], ...] = ()
    puller_role_names: Mapping[str, Passed[str]] = Field(default={})
    untagged_days: Annotated[int, Field(ge=1, le=365)] = 30
    keep: Annotated[int, Field(ge=1, le=10000)] | None = None
    continuous_scan: bool = False
    protect: bool = False
    tags: CostTags


class Registry(pulumi.ComponentResource):
    """Repositories whose tags never change their meaning, which are scanned at each push, for this account only."""

    login_server: pulumi.Output[str]
    """Address of the registry, `<account>.dkr.ecr.<region>.amazonaws.com`."""
    repository_prefix: pulumi.Output[str]
    """What names of the site's repositories begin with."""
    repository_urls: pulumi.Output[Mapping[str, str]]
    """Address of each repository by its name in the arguments."""
    mirrors: pulumi.Output[Mapping[str, str]]
    """Where each mirrored image is to be copied to and pulled from."""
    caches: pulumi.Output[Mapping[str, str]]
    """What to write instead of each cached upstream's host."""
    key_id: pulumi.Output[str]
    """ARN of the images' KMS key."""

    def __init__(self, name: str, args: RegistryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:aws:Registry", name, {}, opts)
        prefix = _prefix(name)
        account = account_id(self)
        what = f"Encrypts the images of {name}"
        key = customer_key(f"{name}-key", what, lambda account: (), settings.tags, self, settings.protect)
        made = {
            path: self._repository(name, prefix, path, key, account, settings)
            for path in (*settings.repositories, *map(_mirror, settings.mirrored_images))
        }
        place = ReadThrough(name, prefix, settings.region, account, key.arn, settings.tags, self)
        read_through(place, settings.cached_upstreams, settings.puller_role_names, settings.untagged_days)
        if settings.continuous_scan:
            self._scanned(name, prefix)
        server = pulumi.Output.concat(account, f".dkr.ecr.{settings.region}.amazonaws.com")
        self.login_server = server
        self.repository_prefix = pulumi.Output.from_input(prefix)
        self.repository_urls = _addresses({path: made[path] for path in settings.repositories})
        self.mirrors = _addresses({image: made[_mirror(image)] for image in settings.mirrored_images})
        self.caches = server.apply(
            lambda host: {upstream: f"{host}/{prefix}/{UPSTREAMS[upstream]}" for upstream in settings.cached_upstreams}
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
        settings: _Checked,
    ) -> aws.ecr.Repository:
        child = pulumi.ResourceOptions(parent=self)
        own = f"{name}-{path.replace('/', '-')}"
        repository = aws.ecr.Repository(
            own,
            name=f"{prefix}/{path}",
            encryption_configurations=[
                aws.ecr.RepositoryEncryptionConfigurationArgs(encryption_type="KMS", kms_key=key.arn)
            ],
            image_tag_mutability="IMMUTABLE",
            image_scanning_configuration=aws.ecr.RepositoryImageScanningConfigurationArgs(scan_on_push=True),
            force_delete=False,
            tags=named(settings.tags, own),
            opts=pulumi.ResourceOptions(parent=self, protect=settings.protect),
        )
        aws.ecr.LifecyclePolicy(
            f"{own}-lifecycle",
            repository=repository.name,
            policy=image_lifecycle(settings.untagged_days, settings.keep),
            opts=child,
        )
        aws.ecr.RepositoryPolicy(
            f"{own}-policy", repository=repository.name, policy=account.apply(own_account_only), opts=child
        )
        return repository

    def _scanned(self, name: str, prefix: str) -> None:
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
    """What the site's repositories begin with: its name and the stack's where there is room for both."""
    full = f"{name}-{pulumi.get_stack()}".lower().replace("_", "-")
    return full if len(full) <= PREFIX_LIMIT else short_name(name, pulumi.get_stack(), limit=PREFIX_LIMIT)


def _mirror(image: str) -> str:
    """The repository of a mirrored image: its path, without the registry that it is from."""
    return f"mirror/{path_of(image)}"


def _addresses(repositories: Mapping[str, aws.ecr.Repository]) -> pulumi.Output[Mapping[str, str]]:
    urls = {path: repository.repository_url for path, repository in repositories.items()}
    return pulumi.Output.all(**urls).apply(dict)  # of nothing, `all` makes a list
