"""Settings of sites on clouds: the site's specification, and what runs on its cluster."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from falaj.components.core.accounts.aws_accounts import AwsProviderOptions
from falaj.components.core.accounts.azure_accounts import AzureProviderOptions
from falaj.components.core.node_pools.node_groups import is_group
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.site.rules import rules_of
from falaj.components.core.site.specs import AwsSiteSpec, AzureSiteSpec, SiteBase, SitePlacement, SiteSpec
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile
from falaj.components.core.validation.problems import Problem, refusal, refuse_if
from falaj.components.settings.workloads import ClusterSettings
from falaj.facts.clouds import CLOUDS, Cloud


def _check_cloud(cloud: object) -> object:
    if not (isinstance(cloud, str) and cloud in CLOUDS):
        raise refusal(", ".join(sorted(CLOUDS)), "choose one of these; a cluster of your own is under `onprem`")
    return cloud


SiteCloud = Annotated[Cloud, BeforeValidator(_check_cloud), Field(json_schema_extra={"enum": [*CLOUDS]})]
"""A cloud on which sites can be created."""


class SiteBaseSettings(SiteBase):
    """The part of a site on a cloud that concerns workloads."""

    cloud: SiteCloud
    """Cloud of the site: `aws` or `azure`."""
    cluster: ClusterSettings = ClusterSettings()
    """Settings shared by all tenants of the site's cluster."""

    @model_validator(mode="after")
    def _train_on_spot_first(self) -> Self:
        """Sets the capacity of training pools that state none to `spot-first`, where Karpenter creates their nodes."""
        if self.autoscaler is NodeAutoscaler.KARPENTER:
            pools = {name: _with_default_capacity(pool) for name, pool in self.pools.items()}
            object.__setattr__(self, "pools", pools)
        return self

    @property
    def autoscaler(self) -> NodeAutoscaler:
        """Returns the autoscaler of nodes: the configured one, or the cloud's default."""
        return self.node_autoscaler or rules_of(self.cloud).default_autoscaler

    @property
    def has_shared_files(self) -> bool:
        """Whether workloads can mount shared files."""
        return False


def _with_default_capacity(pool: NodePoolSpec) -> NodePoolSpec:
    states_none = "capacity" not in pool.model_fields_set
    if states_none and pool.profile is Profile.TRAINING and not is_group(pool):
        return pool.model_copy(update={"capacity": Capacity.SPOT_FIRST})
    return pool


class AwsSiteSettings(AwsSiteSpec, AwsProviderOptions):
    """Options of sites on AWS, and of their provider."""

    @model_validator(mode="after")
    def _deployer_is_the_assumed_role(self) -> Self:
        refuse_if(self._deployer_problems())
        return self

    def _deployer_problems(self) -> Iterator[Problem]:
        role = self.assumed_role
        if role is not None and isinstance(self.deployer, str) and self.deployer != role:
            allowed = f"{role}, the role that the provider and the kubeconfig assume"
            yield Problem("deployer", self.deployer, allowed, "name that role, or remove account.assume_role")


class AzureSiteSettings(AzureSiteSpec, AzureProviderOptions):
    """Options of sites on Azure, and of their provider."""


class SitePlacementSettings(SiteBaseSettings, SitePlacement):
    """Location, network and machines of a site: the fields that the cross-field checks of a stack use."""

    # The classes of the specification, with the settings of the site's provider.
    aws: AwsSiteSettings | None = None
    """Options of sites on AWS."""
    azure: AzureSiteSettings | None = None
    """Options of sites on Azure."""

    @property
    def has_shared_files(self) -> bool:
        """Whether workloads can mount shared files."""
        return self.storage.shared_files


class SiteSettings(SitePlacementSettings, SiteSpec):
    """Site on a cloud: one region in which a cluster runs."""
