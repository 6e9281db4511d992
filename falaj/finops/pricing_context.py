"""Context in which a resource is priced: its site, region, owner and neighbouring resources."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import product

from falaj.facts.clouds import CLOUDS
from falaj.facts.labels import POOL_LABEL, TENANT_LABEL
from falaj.facts.prices import Prices
from falaj.facts.regions import REGIONS, normalise_azure
from falaj.finops.lines import Owner
from falaj.finops.money import Rates
from falaj.finops.plan import Plan, Planned
from falaj.finops.properties import get_dict, get_number, get_path, get_str
from falaj.finops.schedules import CLUSTER, awake
from falaj.finops.usage import pool_usage, site_usage, store_usage
from falaj.finops.usage_model import PoolUsage, StoreUsage, Usage

_TAGS = {
    "tenant": "tenant",
    "business_unit": "business-unit",
    "project": "project",
    "environment": "environment",
    "cost_centre": "cost-centre",
}
"""Field of an owner -> cost tag."""

LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
_FLOW_LOG = "aws:ec2/flowLog:FlowLog"
_DEPLOYMENT = "kubernetes:apps/v1:Deployment"
_SITES = frozenset(f"falaj:{package}:Site" for package in (*CLOUDS, "kubernetes"))
_VAULT_COPIES = ("falaj:replication:Replication", "falaj:kubernetes:Replicator")
"""Components that copy vaults between sites."""


def tags_of(item: Planned) -> Mapping[str, str]:
    """The cost tags of a resource, or the labels of a Kubernetes object."""
    for path in (("tagsAll",), ("tags",), ("metadata", "labels")):
        if result := get_dict(item.props, *path):
            return {key: value for key, value in result.items() if isinstance(value, str)}
    return {}


@dataclass
class PricingContext:
    """Plan, usage, prices and rates, with lookups that pricing needs. Records the defaults that were used."""

    plan: Plan
    usage: Usage
    prices: Prices
    rates: Rates

    def __post_init__(self) -> None:
        self.assumed: dict[str, str] = {}

    @cached_property
    def sites(self) -> Mapping[str, str]:
        """URN -> site: by its tag, by an ancestor that is a site or has the tag, or by those of its provider."""
        return {item.urn: self._site(item) for item in self.plan.resources}

    def _site(self, item: Planned) -> str:
        provider = self.plan.by_urn.get(item.provider)
        for start in (item,) if provider is None else (item, provider):
            for above in self.plan.ancestors(start):
                if _is_site(above):
                    return above.name
                if tagged := tags_of(above).get("site"):
                    return tagged
        return ""

    def site(self, item: Planned) -> str:
        """Site of a resource; empty if unknown."""
        return self.sites.get(item.urn, "")

    @cached_property
    def _regions(self) -> Mapping[tuple[str, str], str]:
        """(Site, cloud) -> the region that most of its resources say; an empty word stands for all of them."""
        seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for item in self.plan.resources:
            if (region := self._own_region(item)) in REGIONS:
                for key in product((self.site(item), ""), (cloud_of(item), "")):
                    seen[key][region] += 1
        return {key: counts.most_common(1)[0][0] for key, counts in seen.items()}

    def _own_region(self, item: Planned) -> str:
        provider = self.plan.by_urn.get(item.provider)
        places = [item.props] if provider is None else [item.props, provider.props]
        stated = next(
            (result for location in places for key in ("region", "location") if (result := get_str(location, key))), ""
        )
        if stated in ("", "global"):
            return ""
        return name if (name := normalise_azure(stated)) in REGIONS else stated

    def region(self, item: Planned) -> str:
        """Region of a resource: its own, its provider's, its site's, or the most frequent one of its cloud."""
        if result := self._own_region(item):
            return result
        site, cloud = self.site(item), cloud_of(item)
        cloud = "" if cloud == "kubernetes" else cloud
        return (site and self._regions.get((site, cloud))) or self._regions.get(("", cloud)) or ""

    def is_own_cluster(self, item: Planned) -> bool:
        """Whether an object lies in a cluster that no cloud bills: its site is known and nothing there has a region."""
        return bool(site := self.site(item)) and (site, "") not in self._regions

    @cached_property
    def _site_owners(self) -> Mapping[str, Mapping[str, str]]:
        seen: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        for item in self.plan.resources:
            for key, value in tags_of(item).items():
                if key != "tenant":
                    seen[self.site(item)][key][value] += 1
        return {site: {key: c.most_common(1)[0][0] for key, c in keys.items()} for site, keys in seen.items()}

    def owner(self, item: Planned) -> Owner:
        """Owner of a resource, by its tags, then by those of its site. The tenant comes from the resource only."""
        tags = {**self._site_owners.get(self.site(item), {}), **tags_of(item)}
        tenant = tags.get("tenant") or _tenant_label(item)
        return Owner(site=self.site(item), **({f: tags.get(key, "") for f, key in _TAGS.items()} | {"tenant": tenant}))

    @cached_property
    def _by_parent(self) -> Mapping[str, list[Planned]]:
        result: dict[str, list[Planned]] = defaultdict(list)
        for item in self.plan.resources:
            result[item.parent or ""].append(item)
        return result

    def siblings(self, item: Planned, kind: str) -> Iterable[Planned]:
        """Resources of a type under the same parent; all of that type in a plan without parents."""
        return (other for other in self._by_parent.get(item.parent or "", ()) if other.type == kind)

    @cached_property
    def _counts(self) -> Counter[tuple[str, str]]:
        return Counter((self.site(item), item.type) for item in self.plan.resources)

    def count(self, item: Planned) -> int:
        """How many resources of this one's type its site has."""
        return max(1, self._counts[self.site(item), item.type])

    @cached_property
    def warm(self) -> Mapping[tuple[str, str], int]:
        """(site, pool) -> machines that placeholder pods keep up: one pod a machine."""
        result: dict[tuple[str, str], int] = {}
        for item in self.plan.resources:
            pool = get_str(item.props, "spec", "template", "spec", "nodeSelector", POOL_LABEL)
            apart = get_dict(item.props, "spec", "template", "spec", "affinity", "podAntiAffinity")
            if item.type == _DEPLOYMENT and pool and apart:
                result[self.site(item), pool] = int(get_number(get_path(item.props, "spec", "replicas"), 1))
        return result

    @cached_property
    def _awake(self) -> Mapping[tuple[str, str], Decimal]:
        return awake(self.plan, self.site)

    def awake(self, item: Planned, pool: str = CLUSTER) -> Decimal | None:
        """Hours of the month in which schedules let a pool, or the whole cluster, of a site run; None is always."""
        share = self._awake.get((self.site(item), pool))
        return None if share is None else round(share * self.hours, 4)

    @cached_property
    def copies(self) -> bool:
        """Whether the plan copies vaults between sites."""
        return any(item.type in _VAULT_COPIES for item in self.plan.resources)

    @cached_property
    def _flow_log_groups(self) -> frozenset[str]:
        result: set[str] = set()
        for item in self.plan.resources:
            if item.type == _FLOW_LOG:
                sources = [one.urn for one in self.plan.sources(item, "logDestination")]
                beside = [one.urn for one in self.siblings(item, LOG_GROUP)]
                result.update(sources or (beside if len(beside) == 1 else ()))
        return frozenset(result)

    def is_flow_log_group(self, item: Planned) -> bool:
        """Whether a flow log writes to this log group: by the flow log's dependencies; where the plan states none, the
        only group under the flow log's parent."""
        return item.urn in self._flow_log_groups

    @property
    def hours(self) -> Decimal:
        """Hours of the month."""
        return self.usage.hours

    def quantity(self, item: Planned, key: str) -> Decimal:
        """What the resource's site uses a month, from the usage file or our default."""
        amount, ours = site_usage(self.usage, self.site(item), key)
        if ours:
            self.assumed[f"{self.site(item) or 'everywhere'}.{key}"] = str(amount)
        return amount

    def store(self, item: Planned) -> StoreUsage:
        """What a bucket or account holds. The usage file calls it by its component's name without the site's; one that
        has no component but the site, by its own."""
        site = self.site(item)
        above = self.plan.by_urn.get(item.parent or "")
        component = above is not None and above.type.startswith("falaj:") and not _is_site(above)
        vault = (above.name if above is not None and component else item.name).removeprefix(f"{site}-")
        result, ours = store_usage(self.usage, site, vault)
        if ours:
            self.assumed[f"{site or 'everywhere'}.vaults.{vault}.stored_gb"] = str(result.stored_gb)
        return result

    def pool(self, item: Planned, pool: str, profile: str) -> PoolUsage:
        """How a pool is used."""
        result, ours = pool_usage(self.usage, self.site(item), pool, profile)
        if ours:
            self.assumed[f"{self.site(item) or 'everywhere'}.pools.{pool}.load"] = str(result.load)
        return result


def cloud_of(item: Planned) -> str:
    """`aws`, `azure`, `kubernetes` or the provider's name."""
    return {"azure-native": "azure"}.get(name := item.type.partition(":")[0], name)


def _is_site(item: Planned) -> bool:
    return item.type in _SITES


def _tenant_label(item: Planned) -> str:
    paths = (("labels",), ("nodeLabels",), ("spec", "template", "metadata", "labels"))
    return next((result for path in paths if (result := get_str(item.props, *path, TENANT_LABEL))), "")
