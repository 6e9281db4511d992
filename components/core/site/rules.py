"""Cloud-specific rules of sites: the pure part of a cloud's support. The resources are created by its `CloudSite`."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from falaj.components.core.money.budget_spec import BudgetSpec
from falaj.components.core.node_pools.node_traits import OWN_NODES, NodeTraits
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.site.specs import SiteBase, SitePlacement, SiteSpec
from falaj.components.core.site.standing_charges import Gateway, StandingCharge
from falaj.components.core.site.version_support import NO_PAID_SUPPORT, PaidSupport
from falaj.components.core.validation.enums import ClusterPart, Egress, NodeAutoscaler, Profile
from falaj.components.core.validation.problems import Problem
from falaj.facts.clouds import CLOUDS, Cloud


def _no_problems(_checked: object) -> Iterator[Problem]:
    yield from ()


def _no_problems_at(_site: SitePlacement, _path: str) -> Iterator[Problem]:
    yield from ()


def _no_identities(_site: SitePlacement) -> Iterator[str]:
    yield from ()


def _no_warnings(_site: SitePlacement) -> Iterator[str]:
    yield from ()


def _no_unused_warnings(_site: SitePlacement, _reads_datasets: bool) -> Iterator[str]:
    yield from ()


def _no_finops_warnings(_given: Mapping[str, object]) -> Iterator[str]:
    yield from ()


def _no_paid_support(_site: SitePlacement) -> PaidSupport:
    return NO_PAID_SUPPORT


def _no_releases(_site: SitePlacement) -> Mapping[str, str]:
    return {}


def _no_parts(_site: SitePlacement, _charts: Collection[str], _needed: Collection[ClusterPart]) -> Sequence[str]:
    return ()


def _nothing_standing(_site: SiteSpec, _gateway: Gateway) -> Sequence[StandingCharge]:
    return ()


def _unneeded_by_default(_workloads: Collection[Profile]) -> int:
    return 600


def _never(_site: SitePlacement) -> bool:
    return False


@dataclass(frozen=True)
class CloudRules:
    """Rules of sites on one cloud, in addition to those of all clouds."""

    nodes: NodeTraits
    """Properties of the cloud's nodes."""
    default_autoscaler: NodeAutoscaler
    """Node autoscaler of sites that do not specify one."""
    administrator: str
    """Regular expression of a cluster administrator's identifier."""
    administrator_kind: str
    """Description of that identifier for messages."""
    identities: Callable[[SitePlacement], Iterator[str]] = _no_identities
    """Yields who uses the API server of a site's cluster by its settings, besides `administrators`, in their form."""
    unsupported_egress: Mapping[Egress, str] = field(default_factory=dict[Egress, str])
    """Egress that the cloud does not support -> description of the supported values."""
    firewall_by_address: bool = True
    """Whether egress `firewall` needs the firewall's address; otherwise it is refused."""
    problems: Callable[[SitePlacement], Iterator[Problem]] = _no_problems
    """Yields further problems of a site, with paths relative to it."""
    pool_problems: Callable[[SiteBase], Iterator[Problem]] = _no_problems
    """Yields further problems of a site's pools, with paths relative to the site. Those of a tenant's own stack are
    checked too."""
    watched_budget_problems: Callable[[BudgetSpec], Iterator[Problem]] = _no_problems
    """Yields the problems of a site's budget in an account whose cost is monitored, with paths relative to the
    budget."""
    sleep_problems: Callable[[OfficeHours], Iterator[Problem]] = _no_problems
    """Yields the problems of a site that is stopped outside office hours, with paths relative to the office hours."""
    public_gateway_problems: Callable[[SitePlacement, str], Iterator[Problem]] = _no_problems_at
    """Yields the problems of a gateway of the site that faces the internet, with the path as given."""
    public_gateway_warnings: Callable[[SitePlacement], Iterator[str]] = _no_warnings
    """Yields warnings about such a gateway."""
    unused_warnings: Callable[[SitePlacement, bool], Iterator[str]] = _no_unused_warnings
    """Yields warnings about paid parts of a site that nothing uses; the flag says whether a run reads datasets."""
    finops_problems: Callable[[Mapping[str, object]], Iterator[Problem]] = _no_problems
    """Yields the problems of the FinOps settings of an account that differ from the defaults, by field."""
    finops_warnings: Callable[[Mapping[str, object]], Iterator[str]] = _no_finops_warnings
    """Yields warnings about these settings."""
    stores_bill: bool = False
    """Whether one of the sites stores the account's bill, as `export_dataset` and from `export_start`."""
    account_problems: Callable[[Collection[str]], Iterator[Problem]] = _no_problems
    """Yields the problems of tenants, by name, in an account whose cost is monitored, with the name as path."""
    has_own_routes: Callable[[SitePlacement], bool] = _never
    """Returns whether the site's network exists with its routes, so that no address of a firewall is needed."""
    warnings: Callable[[SitePlacement], Iterator[str]] = _no_warnings
    """Yields warnings about a valid site."""
    paid_support: Callable[[SitePlacement], PaidSupport] = _no_paid_support
    """Returns the paid support of Kubernetes versions that the cloud sells, and whether the site takes it."""
    system_parts: Callable[[SitePlacement, Collection[str], Collection[ClusterPart]], Sequence[str]] = _no_parts
    """Returns the parts that the cloud or the site itself installs, by their name in `falaj.facts.system_pods`, on a
    cluster with these charts and these needed parts."""
    standing_charges: Callable[[SiteSpec, Gateway], Sequence[StandingCharge]] = _nothing_standing
    """Returns what a site with this gateway is charged by the hour whatever runs on it, besides machines."""
    unneeded_seconds: Callable[[Collection[Profile]], int] = _unneeded_by_default
    """Returns the seconds after which the cluster autoscaler removes a node that is not needed, in a cluster with pools
    of these profiles. Default: the autoscaler's own, ten minutes (kubernetes/autoscaler, cluster-autoscaler,
    flag `scale-down-unneeded-time`, 2026-11-28)."""
    releases: Callable[[SitePlacement], Mapping[str, str]] = _no_releases
    """Returns the versions of the charts and machine images that the site itself installs, by their name in
    `falaj.facts.releases`."""
    release_settings: Mapping[str, str] = field(default_factory=dict[str, str])
    """Name of such a chart or image -> setting of its version."""

    def autoscaler(self, site: SiteBase) -> NodeAutoscaler:
        """Returns the node autoscaler of a site: as specified, otherwise the cloud's default."""
        return site.node_autoscaler or self.default_autoscaler


@cache
def rules_of(cloud: Cloud) -> CloudRules:
    """Returns the rules of a cloud. Raises KeyError for a cloud that is not registered."""
    rules = import_module(CLOUDS[cloud].rules).RULES
    assert isinstance(rules, CloudRules)  # noqa: S101 - guaranteed by the registry
    return rules


def node_traits(cloud: Cloud) -> NodeTraits:
    """Returns the properties of a cloud's nodes, or of on-premises nodes if the cloud is not registered."""
    return rules_of(cloud).nodes if cloud in CLOUDS else OWN_NODES
