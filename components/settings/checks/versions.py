"""Checks of the Kubernetes versions of a stack's clusters, and of the releases that are installed on them."""

from collections.abc import Iterator, Mapping

from falaj.components.core.charts.charts import CHARTS, Chart
from falaj.components.core.site.rules import rules_of
from falaj.components.core.site.vendor_support import own_cluster_problems, own_cluster_warnings
from falaj.components.core.site.version_support import (
    PaidSupport,
    age_warnings,
    chart_warnings,
    support_problems,
    version_warnings,
)
from falaj.components.core.validation.problems import Problem
from falaj.components.settings.cluster_charts import cluster_charts
from falaj.components.settings.onprem import OnPremSettings
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stack import Settings
from falaj.components.settings.tenant_stack import TenantSiteSettings
from falaj.facts.clouds import Cloud
from falaj.facts.machines import find


def onprem_version_problems(site: OnPremSettings) -> Iterator[Problem]:
    """Yields the problem of a version past the support of the Kubernetes project and of the distribution's vendor, or
    that no chart supports."""
    yield from own_cluster_problems(site.kubernetes_version, site.vendor_support, _versions(*CHARTS))


def tenant_version_problems(site: TenantSiteSettings) -> Iterator[Problem]:
    """Yields the problems of the version of a platform's cluster in a tenant's stack. Whether the platform takes paid
    support is stated in the platform's own stack only."""
    paid = PaidSupport("", taken=True)
    yield from support_problems(site.cloud, site.kubernetes_version, _versions(*CHARTS), paid)


def site_version_warnings(name: str, site: SiteSettings, settings: Settings) -> Iterator[str]:
    """Yields warnings about the versions of a site on a cloud."""
    rules = rules_of(site.cloud)
    machines = (find(site.region, machine) for pool in site.pools.values() for machine in pool.machines)
    has_gpus = any(machine is not None and machine.gpus for machine in machines)
    charts = _versions(*cluster_charts(name, site.cloud, site.cluster, settings, has_gpus))
    yield from version_warnings(site.cloud, site.kubernetes_version, rules.paid_support(site))
    yield from chart_warnings(site.kubernetes_version, charts)
    yield from age_warnings({**rules.releases(site), **charts})


def onprem_version_warnings(name: str, site: OnPremSettings, settings: Settings) -> Iterator[str]:
    """Yields warnings about the versions of a cluster of one's own."""
    has_gpus = any(machine.gpus for machine in site.machines.values())
    charts = _versions(*cluster_charts(name, Cloud.ONPREM, site.cluster, settings, has_gpus))
    yield from own_cluster_warnings(site.kubernetes_version, site.vendor_support)
    yield from chart_warnings(site.kubernetes_version, charts)
    yield from age_warnings(charts)


def _versions(*charts: Chart) -> Mapping[str, str]:
    return {chart.name: chart.version for chart in charts}
