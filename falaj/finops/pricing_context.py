"""Context in which a resource is priced: its site, region, owner and related resources."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import product

from falaj.facts.clouds import CLOUDS
from falaj.facts.labels import TENANT_LABEL
from falaj.facts.prices import Prices
from falaj.facts.regions import REGIONS, normalise_azure
from falaj.finops.balanced import Balancers
from falaj.finops.kubeconfig_regions import region_in
from falaj.finops.lines import ZERO_RANGE, Owner, Range
from falaj.finops.money import Rates
from falaj.finops.plan import Plan, Planned
from falaj.finops.plan_names import PlanNames
from falaj.finops.priced_pool import PricedPool
from falaj.finops.properties import get_dict, get_str
from falaj.finops.schedules import CLUSTER, running_shares
from falaj.finops.usage import (
    pool_usage,
    site_usage,
    store_usage,
    workload_usage,
)
from falaj.finops.usage_model import PoolUsage, StoreUsage, Usage, WorkloadUsage
from falaj.finops.warm_pools import warm_pools
from falaj.finops.work.floor import Floor, Key

_TAGS = {
    "tenant": "tenant",
    "business_unit": "business-unit",
    "project": "project",
    "environment": "environment",
    "cost_centre": "cost-centre",
}
"""Field of an owner -> cost tag."""

LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
_BUCKET = "aws:s3/bucket:Bucket"
_FLOW_LOG = "aws:ec2/flowLog:FlowLog"
_SITES = frozenset(f"falaj:{package}:Site" for package in (*CLOUDS, "kubernetes"))
_CLOUD_BY_PACKAGE = {entry.package: cloud.value for cloud, entry in CLOUDS.items()}
_CLUSTERS = tuple(entry.cluster_type for entry in CLOUDS.values())


def tags_of(item: Planned) -> Mapping[str, str]:
    """Returns the cost tags of a resource, or the labels of a Kubernetes object."""
    for path in (("tagsAll",), ("tags",), ("metadata", "labels")):
        if result := get_dict(item.props, *path):
            return {key: value for key, value in result.items() if isinstance(value, str)}
    return {}


@dataclass
class PricingContext:
    """Plan, usage, prices and rates, with the lookups that pricing needs. Records the defaults that were used.

    `pools` are the node pools of the plan by the URN of the resource that describes them, `floors` the nodes that its
    work keeps running, by pool (`falaj.finops.work`); `names` the names of the plan that a usage file may have.
    """

    plan: Plan
    usage: Usage
    prices: Prices
    rates: Rates

    def __post_init__(self) -> None:
        self.assumed: dict[str, str] = {}
        self.pools: Mapping[str, Sequence[PricedPool]] = {}
        self.floors: Mapping[Key, Floor] = {}
        self.names = PlanNames(
            sites={self.site(item) for item in self.plan.resources}, tenants=set(map(_tenant, self.plan.resources))
        )
        self.machine_hours: dict[str, Range] = defaultdict(lambda: ZERO_RANGE)
        """Site -> machine hours of the pools that have been priced."""

    @cached_property
    def sites(self) -> Mapping[str, str]:
        """URN -> site: from the resource's tag, an ancestor that is a site or has the tag, or the same for its
        provider.
        """
        return {item.urn: self._site(item) for item in self.plan.resources}

    def _site(self, item: Planned) -> str:
        provider = self.plan.by_urn.get(item.provider)
        for start in (item,) if provider is None else (item, provider):
            for ancestor in self.plan.ancestors(start):
                if _is_site(ancestor):
                    return ancestor.name
                if site := tags_of(ancestor).get("site"):
                    return site
        return ""

    def site(self, item: Planned) -> str:
        """Site of a resource; empty if unknown."""
        return self.sites.get(item.urn, "")

    @cached_property
    def _regions(self) -> Mapping[tuple[str, str], str]:
        """(Site, cloud) -> most frequent region of its resources; an empty string matches all sites or clouds."""
        counts_by_key: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for item in self.plan.resources:
            if (region := self._own_region(item)) in REGIONS:
                for key in product((self.site(item), ""), (cloud_of(item), "")):
                    counts_by_key[key][region] += 1
        return {key: counts.most_common(1)[0][0] for key, counts in counts_by_key.items()}

    def _own_region(self, item: Planned) -> str:
        provider = self.plan.by_urn.get(item.provider)
        sources = [item.props] if provider is None else [item.props, provider.props]
        stated = next(
            (value for location in sources for key in ("region", "location") if (value := get_str(location, key))), ""
        )
        if stated.lower() in ("", "global"):
            return next((region for source in sources if (region := region_in(get_str(source, "kubeconfig")))), "")
        return name if (name := normalise_azure(stated)) in REGIONS else stated

    def region(self, item: Planned) -> str:
        """Returns the region of a resource: its own, its provider's, its site's, or the most
        frequent one of its cloud.
        """
        if result := self._own_region(item):
            return result
        site, cloud = self.site(item), cloud_of(item)
        cloud = "" if cloud == "kubernetes" else cloud
        return (site and self._regions.get((site, cloud))) or self._regions.get(("", cloud)) or ""

    def is_own_cluster(self, item: Planned) -> bool:
        """Returns whether an object is in an on-premises cluster: its site is known and none of the site's resources
        has a region.
        """
        return bool(site := self.site(item)) and (site, "") not in self._regions

    @cached_property
    def _site_owners(self) -> Mapping[str, Mapping[str, str]]:
        counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        for item in self.plan.resources:
            for key, value in tags_of(item).items():
                if key != "tenant":
                    counts[self.site(item)][key][value] += 1
        return {
            site: {key: values.most_common(1)[0][0] for key, values in keys.items()} for site, keys in counts.items()
        }

    def owner(self, item: Planned) -> Owner:
        """Returns the owner of a resource from its tags, then those of its site. The tenant comes from the resource
        only.
        """
        tags = {**self._site_owners.get(self.site(item), {}), **tags_of(item)}
        tenant = tags.get("tenant") or _tenant_label(item)
        return Owner(
            site=self.site(item), **({field: tags.get(key, "") for field, key in _TAGS.items()} | {"tenant": tenant})
        )

    @cached_property
    def _by_parent_and_type(self) -> Mapping[tuple[str, str], Sequence[Planned]]:
        result: dict[tuple[str, str], list[Planned]] = defaultdict(list)
        for item in self.plan.resources:
            result[item.parent or "", item.type].append(item)
        return result

    def siblings(self, item: Planned, kind: str) -> Sequence[Planned]:
        """Returns resources of a type under the same parent; in a plan without parents, all of that type."""
        return self._by_parent_and_type.get((item.parent or "", kind), ())

    @cached_property
    def _counts(self) -> Counter[tuple[str, str]]:
        return Counter((self.site(item), item.type) for item in self.plan.resources)

    def count(self, item: Planned) -> int:
        """Returns the number of resources of the same type in the resource's site."""
        return max(1, self._counts[self.site(item), item.type])

    @cached_property
    def warm(self) -> Mapping[tuple[str, str], int]:
        """(Site, pool) -> number of machines that placeholder pods keep running, one pod per machine."""
        return warm_pools(self.plan.resources, self.site)

    @cached_property
    def _running_shares(self) -> Mapping[tuple[str, str], Decimal]:
        return running_shares(self.plan, self.site)

    def awake(self, item: Planned, pool: str = CLUSTER) -> Decimal | None:
        """Returns the monthly hours in which schedules let a site's pool, or its whole cluster, run; None without a
        schedule.
        """
        share = self._running_shares.get((self.site(item), pool))
        return None if share is None else round(share * self.hours, 4)

    @cached_property
    def clusters(self) -> Mapping[str, Planned]:
        """Site -> its cluster, if it is managed by a cloud."""
        return {self.site(item): item for item in self.plan.of_type(*_CLUSTERS)}

    @cached_property
    def balancers(self) -> Balancers:
        """The load balancers of the plan."""
        return Balancers(self.plan.resources, self.site)

    def balanced_gb(self, item: Planned) -> Decimal:
        """Returns a load balancer's share in what those of its site process per month."""
        return self.quantity(item, "load_balancer_gb") / self.balancers.number(self.site(item))

    @cached_property
    def _flow_log_stores(self) -> frozenset[str]:
        result: set[str] = set()
        for item in self.plan.of_type(_FLOW_LOG):
            kind = _BUCKET if get_str(item.props, "logDestinationType") == "s3" else LOG_GROUP
            sources = [resource.urn for resource in self.plan.sources(item, "logDestination")]
            siblings = self.siblings(item, kind)
            result.update(sources or ([siblings[0].urn] if len(siblings) == 1 else ()))
        return frozenset(result)

    def has_flow_logs(self, item: Planned) -> bool:
        """Returns whether a flow log writes to this log group or bucket, according to the flow log's dependencies. If
        the plan states none, it is the only log group or bucket under the flow log's parent.
        """
        return item.urn in self._flow_log_stores

    @property
    def hours(self) -> Decimal:
        """Hours per month."""
        return self.usage.hours

    def quantity(self, item: Planned, key: str) -> Decimal:
        """Returns a quantity that the resource's site uses per month, from the usage file or the default."""
        amount, is_default = site_usage(self.usage, self.site(item), key)
        if is_default:
            self.assumed[f"{self.site(item) or 'everywhere'}.{key}"] = str(amount)
        return amount

    def store(self, item: Planned) -> StoreUsage:
        """Returns the contents of a bucket or storage account. In the usage file it has the name of its component
        without the site's name, or its own name if its only component is the site.
        """
        site = self.site(item)
        parent = self.plan.by_urn.get(item.parent or "")
        component = parent is not None and parent.type.startswith("falaj:") and not _is_site(parent)
        vault = (parent.name if parent is not None and component else item.name).removeprefix(f"{site}-")
        self.names.vaults.add((site, vault))
        result, is_default = store_usage(self.usage, site, vault)
        if is_default:
            self.assumed[f"{site or 'everywhere'}.vaults.{vault}.stored_gb"] = str(result.stored_gb)
        return result

    def pool(self, item: Planned, pool: str, profile: str) -> PoolUsage:
        """Returns the usage of a pool."""
        result, is_default = self._pool(item, pool, profile)
        if is_default:
            self.assumed[f"{self.site(item) or 'everywhere'}.pools.{pool}.load"] = str(result.load)
        return result

    def utilisation(self, item: Planned, pool: str, profile: str) -> Decimal | None:
        """Returns the share of the hours in which the machines of a pool work."""
        return self._pool(item, pool, profile)[0].utilisation

    def _pool(self, item: Planned, pool: str, profile: str) -> tuple[PoolUsage, bool]:
        self.names.pools.add((self.site(item), pool))
        self.names.profiles.add(profile)
        return pool_usage(self.usage, self.site(item), pool, profile)

    def workload(self, item: Planned, namespace: str, workload: str) -> WorkloadUsage:
        """Returns the usage of a workload, which the usage file calls `namespace/name`, or by its name alone."""
        self.names.workloads.add((self.site(item), f"{namespace}/{workload}"))
        return workload_usage(self.usage, self.site(item), namespace, workload)


def cloud_of(item: Planned) -> str:
    """Returns the registered cloud of a resource's package, otherwise the package, such as `kubernetes`."""
    return _CLOUD_BY_PACKAGE.get(package := item.type.partition(":")[0], package)


def _is_site(item: Planned) -> bool:
    return item.type in _SITES


def _tenant(item: Planned) -> str:
    tags = tags_of(item)
    return tags.get("tenant") or tags.get(TENANT_LABEL) or _tenant_label(item)


def _tenant_label(item: Planned) -> str:
    paths = (("labels",), ("nodeLabels",), ("spec", "template", "metadata", "labels"))
    return next((result for path in paths if (result := get_str(item.props, *path, TENANT_LABEL))), "")
