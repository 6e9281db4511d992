"""What a stack file says about each of its sites on clouds: the site's spec, and what runs on its cluster."""

from typing import Annotated

from pydantic import AfterValidator, Field

from falaj.components.core.site.rules import rules_of
from falaj.components.core.site.specs import SiteBase, SitePlacement, SiteSpec
from falaj.components.core.validation.enums import NodeAutoscaler
from falaj.components.core.validation.problems import refusal
from falaj.components.settings.workloads import ClusterSettings
from falaj.facts.clouds import CLOUDS, Cloud


def _has_sites(cloud: Cloud) -> Cloud:
    if cloud not in CLOUDS:
        raise refusal(", ".join(sorted(CLOUDS)), "choose one of these; a cluster of your own is under `onprem`")
    return cloud


SiteCloud = Annotated[Cloud, AfterValidator(_has_sites), Field(json_schema_extra={"enum": [*CLOUDS]})]
"""A cloud that sites are created on."""


class SiteBaseSettings(SiteBase):
    """What a site on a cloud offers to workloads."""

    cloud: SiteCloud
    """`aws` or `azure`."""
    cluster: ClusterSettings = ClusterSettings()
    """What all tenants of its cluster share."""

    @property
    def autoscaler(self) -> NodeAutoscaler:
        """What adds nodes, as written or by the cloud's default."""
        return self.node_autoscaler or rules_of(self.cloud).default_autoscaler


class SitePlacementSettings(SiteBaseSettings, SitePlacement):
    """Where a site is and what machines it has: what checks across a stack look at."""


class SiteSettings(SitePlacementSettings, SiteSpec):
    """One place on a cloud where a cluster runs."""
