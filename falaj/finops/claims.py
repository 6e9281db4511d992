"""Volumes that the objects of a plan claim: claims, claim templates of pods, those of charts, and snapshots."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from falaj.facts.prices import missing
from falaj.facts.regions import REGIONS
from falaj.finops.charts import RELEASE, chart_of
from falaj.finops.lines import ZERO, Charge, Range, fixed
from falaj.finops.meters import USAGE, cluster_meters, usage_range
from falaj.finops.monitoring import CHART as PROMETHEUS_CHART
from falaj.finops.plan import UNKNOWN, Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str, unknown_at, whole_gib
from falaj.finops.volume_classes import (
    CLASS,
    SiteClasses,
    UnknownClass,
    VolumeClass,
    VolumeClasses,
    VolumeDriver,
    counted_elsewhere,
)
from falaj.finops.work.pod_groups import PodGroup, form_of, name_of, namespace_of
from falaj.finops.work.scalers import Target, scaled
from falaj.finops.work.train_jobs import runtimes_of_jobs
from falaj.finops.work.workloads import numbers

CLAIM = "kubernetes:core/v1:PersistentVolumeClaim"
_VOLUME = "kubernetes:core/v1:PersistentVolume"
_STATEFUL_SET = "kubernetes:apps/v1:StatefulSet"
_SNAPSHOT = "kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshot"
KINDS = (CLAIM, _SNAPSHOT)
"""Types that are charged for their volumes alone."""

_TEMPLATES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("StatefulSet", "OpenTelemetryCollector"), ("spec", "volumeClaimTemplates")),
    "LeaderWorkerSet": ("spec", "leaderWorkerTemplate", "volumeClaimTemplates"),
    **dict.fromkeys(
        ("Prometheus", "PrometheusAgent", "Alertmanager", "ThanosRuler"), ("spec", "storage", "volumeClaimTemplate")
    ),
}
"""Kind -> path of the claim, or claims, that each of its pods has (LWS 0.9.0 passes its own to its StatefulSets, the
Prometheus Operator v0.85.0 too; 2026-11-27)."""
_RAY = {"RayCluster": (), "RayJob": ("rayClusterSpec",), "RayService": ("rayClusterConfig",)}
"""Kind -> where the cluster of Ray is below `spec`."""
_CHARTS: Mapping[str, tuple[str, ...]] = {PROMETHEUS_CHART: ("prometheus", "prometheusSpec")}
"""Chart -> path of the specification of its server in its values."""

_ANYWHERE: Mapping[str, VolumeDriver] = {"kubernetes.io/no-provisioner": VolumeDriver(counted_elsewhere)}
"""Drivers of all clouds: volumes of this one are parts of nodes, or resources of their own."""


class Claims:
    """Charges of claimed volumes. A volume is counted once: where a claim creates it, or where the plan has it."""

    def __init__(self, context: PricingContext) -> None:
        self._context = context
        self._classes = VolumeClasses(context)
        self._scaled = scaled(context)
        self._of_jobs = runtimes_of_jobs(context)
        self._of_site: Callable[[str, str], SiteClasses] = cache(self._site_classes)
        self._static = set(_static_volumes(context))
        self._static_classes = {
            (context.site(item), get_str(item.props, "spec", "storageClassName"))
            for item in context.plan.of_type(_VOLUME)
        }
        self._claims = {
            (context.site(item), namespace_of(item.props), name_of(item.props, item.name)): item
            for item in context.plan.of_type(CLAIM)
        }
        self._templates = {
            key: value for item in context.plan.of_type(_STATEFUL_SET) for key, value in self._made(item)
        }

    def _made(self, item: Planned) -> Iterator[tuple[tuple[str, str, str], tuple[Planned, Mapping[str, Any]]]]:
        """Yields the claims that a StatefulSet makes, by site, namespace and name without the number of the pod:
        `TEMPLATE-SET-NUMBER` (kubernetes.io, "StatefulSet Basics", such as `www-web-0`, in copies of the page, read
        2026-12-02)."""
        site, space, name = self._context.site(item), namespace_of(item.props), name_of(item.props, item.name)
        for template in _stated(get_path(item.props, "spec", "volumeClaimTemplates")):
            title = get_str(template, "metadata", "name")
            yield (site, space, f"{title}-{name}"), (item, get_dict(template, "spec"))

    def charges(self, item: Planned) -> Iterable[Charge]:
        """Yields the charges of the volumes that an object claims."""
        if self._context.is_own_cluster(item):
            return
        if item.type == CLAIM:
            yield from self._of_claim(item)
        elif item.type == _SNAPSHOT:
            yield from self._of_snapshot(item)
        elif item.type == RELEASE:
            yield from self._of_chart(item)
        elif (form := form_of(item.type)) is not None:
            if form.claims_in_spec and unknown_at(item.props, "spec"):
                yield _without_price("spec is known only after the update")
                return
            for group in form.groups(self._of_jobs.get(item.urn) or get_dict(item.props, "spec")):
                yield from self._of_pods(item, group, form.ends)
            for claim in _of_object(item):
                yield from self._volume(item, claim)

    def _of_claim(self, item: Planned) -> Iterable[Charge]:
        site, name = self._context.site(item), name_of(item.props, item.name)
        bound_to = get_str(item.props, "spec", "volumeName")
        if not {(site, bound_to), (site, namespace_of(item.props), name)} & self._static:
            yield from self._volume(item, get_dict(item.props, "spec"))

    def _of_chart(self, item: Planned) -> Iterable[Charge]:
        chart = chart_of(item)
        server = get_dict(item.props, "values", *_CHARTS[chart]) if chart in _CHARTS else {}
        claim = get_dict(server, "storageSpec", "volumeClaimTemplate", "spec")
        note = f"claimed by the chart {chart}, whose pods are counted at the node pools"
        replicas = fixed(get_number(get_path(server, "replicas"), 1))
        if claim:
            yield from _times(replicas, self._volume(item, claim), note)

    def _of_pods(self, item: Planned, group: PodGroup, ends: bool) -> Iterable[Charge]:
        """Yields the volumes of equal pods: one of each template for each pod."""
        path = _TEMPLATES.get(item.type.rpartition(":")[2], ())
        unknown = (*(unknown_at(item.props, ".".join(path)) if path else ()), *group.unknown)
        templates = [*_stated(get_path(item.props, *path) if path else None), *_ephemeral(group), *group.claims]
        if not templates and not unknown:
            return
        unknown = (*unknown, *unknown_at(item.props, "spec.replicas"))
        if unknown:
            yield _without_price(f"{unknown[0]} is known only after the update")
        elif group.count is None:
            yield _without_price("it is one for each node, whose number follows from the pools")
        else:
            pods = self._pods(item, group, ends)
            for template in templates:
                yield from _times(pods, self._volume(item, get_dict(template, "spec")), "one volume for each pod")

    def _pods(self, item: Planned, group: PodGroup, ends: bool) -> Range:
        """Returns the months of equal pods."""
        space, name = namespace_of(item.props), name_of(item.props, item.name)
        target: Target = (self._context.site(item), space, item.type.rpartition(":")[2], name)
        usage = self._context.workload(item, space, name)
        least, expected, most = numbers(usage.replicas, group, self._scaled.get(target))
        if not ends:
            return Range(Decimal(least or 0), Decimal(expected or 0), Decimal(most or 0))
        months = (usage.hours or ZERO) / self._context.hours * (expected or 0)
        return Range(ZERO, months, months)

    def _of_snapshot(self, item: Planned) -> Iterable[Charge]:
        """Yields a snapshot, which charges the data that it holds: at most all of its claim."""
        name = get_str(item.props, "spec", "source", "persistentVolumeClaimName")
        if not name and not unknown_at(item.props, "spec.source.persistentVolumeClaimName"):
            return  # of content that exists (external-snapshotter, VolumeSnapshotSource; read 2026-11-27)
        try:
            claim, spec = self._claim_of(item, name)
            driver, found = self._driver(claim, spec)
            if driver.snapshot is None:
                raise UnknownClass(f"what snapshots of volumes of {found.provisioner} cost is not known")
        except UnknownClass as error:
            yield _without_price(str(error), what="snapshot")
            return
        note = "charged by its data: all of the claim"
        yield Charge(*driver.snapshot, usage_range(_size(spec)), USAGE, note=note)

    def _claim_of(self, item: Planned, name: str) -> tuple[Planned, Mapping[str, Any]]:
        """Returns the claim of a snapshot, or the set that makes it, with its spec; raises `UnknownClass`."""
        site, space = self._context.site(item), namespace_of(item.props)
        if claim := self._claims.get((site, space, name)):
            return claim, get_dict(claim.props, "spec")
        made, _, number = name.rpartition("-")
        if number.isdecimal() and (found := self._templates.get((site, space, made))):
            return found
        raise UnknownClass(f"the plan does not have its claim{name and ' '}{name}, so its size is not known")

    def _volume(self, item: Planned, spec: Mapping[str, Any]) -> tuple[Charge, ...]:
        """Returns the charges of one volume of a claim. A claim of the class "", or of a class that only volumes of the
        plan have, gets a volume that somebody has created (Kubernetes, Persistent Volumes, Class)."""
        name = get_path(spec, "storageClassName")
        if name == "":
            return ()
        size = _size(spec)
        if not size:
            return (_without_price("the claim's size is not known"),)
        try:
            driver, found = self._driver(item, spec)
        except UnknownClass as error:
            is_static = (self._context.site(item), name) in self._static_classes
            return () if is_static else (_without_price(str(error), size),)
        return driver.charges(found.parameters, size)

    def _driver(self, item: Planned, spec: Mapping[str, Any]) -> tuple[VolumeDriver, VolumeClass]:
        """Returns the driver and the class of a claim; raises `UnknownClass`."""
        region = REGIONS.get(self._context.region(item))
        if region is None:
            raise UnknownClass("the region of its cluster is not known, or belongs to no registered cloud")
        found = self._class(item, spec, self._of_site(self._context.site(item), region.name))
        drivers = cluster_meters(region.cloud).drivers
        driver = _ANYWHERE.get(found.provisioner) or drivers.get(found.provisioner)
        if driver is None:
            raise UnknownClass(f"what volumes of {found.provisioner} (storage class {found.name}) cost is not known")
        if unknown := driver.unknown(found.parameters):
            raise UnknownClass(f"{unknown[0]} of storage class {found.name} is known only after the update")
        return driver, found

    def _class(self, item: Planned, spec: Mapping[str, Any], classes: SiteClasses) -> VolumeClass:
        """Returns the class of a claim, with what a VolumeAttributesClass changes; raises `UnknownClass`."""
        name = spec.get("storageClassName")
        if name is UNKNOWN:
            sources = [each for each in self._context.plan.sources(item, "spec") if each.type == CLASS]
            if len(sources) != 1:
                raise UnknownClass("its storage class is known only after the update")
            name = name_of(sources[0].props, sources[0].name)
        found = classes.get(name) if isinstance(name, str) else classes.default()
        attributes = get_str(spec, "volumeAttributesClassName")
        return classes.with_attributes(found, attributes) if attributes else found

    def _site_classes(self, site: str, region: str) -> SiteClasses:
        built_in = cluster_meters(REGIONS[region].cloud).classes(self._context, site)
        return self._classes.of(site, built_in)


def _static_volumes(context: PricingContext) -> Iterator[tuple[str, ...]]:
    """Yields site and name of each volume that the plan has, and site, namespace and name of the claim that it is
    reserved for."""
    for item in context.plan.of_type(_VOLUME):
        site = context.site(item)
        yield site, name_of(item.props, item.name)
        if claim := get_dict(item.props, "spec", "claimRef"):
            yield site, get_str(claim, "namespace", default="default"), get_str(claim, "name")


def _stated(claims: Any) -> list[Any]:
    """Returns the claim templates of an object that states one, or a list."""
    return claims if isinstance(claims, list) else [claims] if isinstance(claims, Mapping) else []


def _of_object(item: Planned) -> Iterator[Mapping[str, Any]]:
    """Yields the claims of an object that all its pods share (kubernetes-sigs/jobset 08dfbdfd, `volumeClaimPolicies`;
    volcano-sh/apis 536f121f, `volumes`; ray-project/kuberay feeaf72f, `gcsFaultToleranceOptions.storage`;
    kserve/kserve aaac4e29, `kvCacheOffloading`; read 2026-11-29)."""
    group, _, kind = item.type.rpartition(":")
    spec = get_dict(item.props, "spec")
    if kind == "JobSet":
        for policy in get_list(spec, "volumeClaimPolicies"):
            yield from (get_dict(template, "spec") for template in get_list(policy, "templates"))
    elif kind == "Job" and group.startswith("kubernetes:batch.volcano.sh/"):
        claims = (get_dict(volume, "volumeClaim") for volume in get_list(spec, "volumes"))
        yield from (claim for claim in claims if claim)
    elif kind == "LLMInferenceService":
        for part in (spec, get_dict(spec, "prefill")):
            tiers = get_list(part, "kvCacheOffloading", "secondary")
            claims = (get_dict(tier, "fileSystem", "pvc", "spec") for tier in tiers)
            yield from (claim for claim in claims if claim)
    elif kind in _RAY:
        storage = get_dict(spec, *_RAY[kind], "gcsFaultToleranceOptions", "storage")
        if size := storage.get("size"):
            yield {**storage, "resources": {"requests": {"storage": size}}}


def _ephemeral(group: PodGroup) -> list[Mapping[str, Any]]:
    """Returns the claim templates of generic ephemeral volumes, of which each pod gets its own volume (Kubernetes,
    Ephemeral Volumes; read 2026-11-27)."""
    volumes = get_list(group.template, "spec", "volumes")
    templates = (get_dict(volume, "ephemeral", "volumeClaimTemplate") for volume in volumes)
    return [template for template in templates if template]


def _times(number: Range, charges: Iterable[Charge], note: str) -> Iterable[Charge]:
    """Yields the charges of a volume for a number of them."""
    for charge in charges:
        one = charge.quantity
        quantity = Range(one.min * number.min, one.expected * number.expected, one.max * number.max)
        yield replace(charge, quantity=quantity, note=note)


def _size(spec: Mapping[str, Any]) -> Decimal:
    """Returns the size of a claim in GiB."""
    return whole_gib(get_path(spec, "resources", "requests", "storage"))


def _without_price(reason: str, size_gib: Decimal = Decimal(1), what: str = "claim") -> Charge:
    return Charge("volume", what, fixed(size_gib), price=missing("GB-month", reason))
