"""The work of a plan: equal pods with what each requests, where it may run, and how many run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict
from falaj.finops.work.apart import HOST, ZONES, Namespace, Others, alone_in, apart_from, spread_over
from falaj.finops.work.cron_triggers import Schedule
from falaj.finops.work.exclusive_groups import with_nodes_of_their_own
from falaj.finops.work.host_ports import HostPort, collide, host_ports
from falaj.finops.work.limit_ranges import Defaults, default_requests, with_defaults
from falaj.finops.work.placement import Placement, placement_of
from falaj.finops.work.pod_group import PodGroup
from falaj.finops.work.pod_groups import form_of, name_of, namespace_of
from falaj.finops.work.requests import Amounts, requests
from falaj.finops.work.scalers import Replicas, scaled
from falaj.finops.work.train_jobs import runtimes_of_jobs


@dataclass(frozen=True, slots=True)
class Work:
    """Equal pods of one workload.

    `least` run all month, `expected` in an average hour, and `most` at once; None for pods that run on each node.
    `most_on_host` are those that a required spread over hosts leaves on one more than on another, None without one;
    `zone_skew` is the same of zones. `alone_in` is `zone` or `region` for pods of which each must have its own. `zone`
    tells apart the pods of one workload that are in different zones. `schedule_of` is the workload of pods that run in
    the hours of its schedule.
    `hours` are the hours a month of pods that run to completion, None for pods that run all month.
    """

    site: str
    name: str
    requests: Amounts
    placement: Placement
    least: int | None
    expected: int | None
    most: int | None
    hours: Decimal | None = None
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    apart: tuple[Others, ...] = ()
    namespace: Namespace = field(default_factory=Namespace)
    most_on_host: int | None = None
    zone_skew: int | None = None
    alone_in: str | None = None
    zone: tuple[int, int] | None = None
    schedule_of: str = ""
    host_ports: tuple[HostPort, ...] = ()

    def is_apart_from(self, other: "Work") -> bool:
        """Returns whether pods of this workload must not share a node with those of another, or of the same."""
        return collide(self.host_ports, other.host_ports) or any(
            others.include(other.labels, other.namespace) for others in self.apart
        )

    @property
    def keeps_off(self) -> bool:
        """Whether there are pods with which these must not share a node."""
        return bool(self.apart or self.host_ports)

    @property
    def on_each_node(self) -> bool:
        """Whether one pod runs on each node, as of a DaemonSet."""
        return self.expected is None


def workloads(context: PricingContext) -> Iterable[Work]:
    """Yields the work of all Kubernetes objects of the plan."""
    autoscaled, namespaces, of_jobs = scaled(context), _namespaces(context), runtimes_of_jobs(context)
    defaults = default_requests(context)
    for item in context.plan.resources:
        form = form_of(item.type)
        if form is None:
            continue
        site, name, space = context.site(item), name_of(item.props, item.name), namespace_of(item.props)
        replicas = autoscaled.get((site, space, item.type.rpartition(":")[2], name))
        namespace = namespaces.get((site, space), Namespace(space))
        groups = form.groups(of_jobs.get(item.urn) or get_dict(item.props, "spec"))
        for group in with_nodes_of_their_own(item.type.rpartition(":")[2], item.props, groups):
            work = _work(context, item, name, namespace, group, replicas, form.ends, defaults.get((site, space), {}))
            yield work
            if replicas is not None and not work.on_each_node:
                yield from _scheduled(work, group.count or 0, replicas.schedule, context.hours)


def _scheduled(work: Work, count: int, schedule: Schedule, month: Decimal) -> Iterable[Work]:
    """Yields the pods that a schedule starts above those that are expected without it."""
    base = work.expected or 0
    for level in schedule.levels:
        added = count * level.replicas - max(base, count * level.above)
        if added > 0:
            name, hours = f"{work.name} on schedule, above {level.above}", level.share * month
            yield replace(work, name=name, least=added, expected=added, most=added, hours=hours, schedule_of=work.name)


def _work(
    context: PricingContext,
    item: Planned,
    name: str,
    namespace: Namespace,
    group: PodGroup,
    replicas: Replicas | None,
    ends: bool,
    defaults: Defaults,
) -> Work:
    pod = with_defaults(get_dict(group.template, "spec"), defaults)
    labels = _strings(get_dict(group.template, "metadata", "labels"))
    usage = context.workload(item, namespace.name, name)
    least, expected, most = numbers(usage.replicas, group, replicas)
    return Work(
        site=context.site(item),
        name=name,
        requests=requests(pod),
        placement=placement_of(pod),
        least=least,
        expected=expected,
        most=most,
        hours=(usage.hours or Decimal(0)) if ends else None,
        labels=labels,
        apart=apart_from(pod, labels, namespace.name),
        host_ports=host_ports(pod),
        namespace=namespace,
        most_on_host=spread_over(pod, labels, (HOST,)),
        zone_skew=spread_over(pod, labels, ZONES),
        alone_in=alone_in(pod, labels),
    )


def numbers(
    stated: int | None, group: PodGroup, replicas: Replicas | None
) -> tuple[int | None, int | None, int | None]:
    """Returns the fewest, the expected and the most pods. Without a figure of the usage file, the fewest are expected:
    more are part of the pool's load."""
    if group.count is None:
        return None, None, None
    if replicas is None or not (group.replicas or replicas.starts):
        replicas = Replicas(group.replicas, group.replicas)
    at_least = max(replicas.least, replicas.schedule.always)
    expected = at_least if stated is None else min(max(stated, replicas.least), replicas.most)
    return group.count * replicas.least, group.count * expected, group.count * replicas.most


def _namespaces(context: PricingContext) -> Mapping[tuple[str, str], Namespace]:
    """Returns the namespaces of the plan by site and name."""
    named = (
        (context.site(item), name_of(item.props, item.name), _strings(get_dict(item.props, "metadata", "labels")))
        for item in context.plan.resources
        if item.type == "kubernetes:core/v1:Namespace"
    )
    return {(site, name): Namespace(name, labels) for site, name, labels in named}


def _strings(labels: Mapping[str, Any]) -> dict[str, str]:
    return {key: value for key, value in labels.items() if isinstance(value, str)}
