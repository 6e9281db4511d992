"""Arguments of `InferenceService`, and values derived from them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import pulumi

from falaj.components.core.charts.charts import KEDA_NAMESPACE
from falaj.components.core.charts.prometheus import ScrapedSpec
from falaj.components.core.charts.sources import ImageSource
from falaj.components.core.node_pools.cheapest_pool import PoolChoice, cheapest_pool
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.serving.backend_tls import TLS_PORT
from falaj.components.core.serving.cold_start import ColdStart, budget_problems, budget_warnings, cold_start
from falaj.components.core.serving.contract import PORT, needs_region
from falaj.components.core.serving.draining import REQUEST_TIMEOUT_SECONDS, drain_seconds
from falaj.components.core.serving.endpoint_picker import Routing, picker_name
from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.core.serving.llama_memory import memory_warnings
from falaj.components.core.serving.multi_node import LEADER
from falaj.components.core.serving.names import Host, ObjectName, variant_name
from falaj.components.core.serving.server_command import Server, server_of
from falaj.components.core.serving.specs import ServingSpec
from falaj.components.core.site.pod_identity import PodIdentity, client_id_problems, pod_identity
from falaj.components.core.validation.args import Args, Input, default
from falaj.components.core.validation.names import Label, LabelKey, LabelValue
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.regions import UaeRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags
from falaj.facts.labels import SERVICE_LABEL, TENANT_LABEL, VARIANT_LABEL
from falaj.facts.regions import REGIONS


class ServedArgs(ImageSource, ScrapedSpec, Args):
    """Arguments shared by `InferenceService` and `Experiment`."""

    namespace: Input[Label]
    """Namespace of the tenant."""
    service: ObjectName
    """Name of the service and of its Kubernetes objects. In an experiment, the variants' objects are named
    `<service>-a`
    and `<service>-b`."""
    tenant: Label
    """Tenant that is charged."""
    region: UaeRegion | None = None
    """Cloud region of the cluster in the UAE, whose prices determine the cheapest pool; absent on premises."""
    pools: Mapping[str, NodePoolSpec] | None = None
    """The site's node pools by name, from which the cheapest is chosen for tier `smb`; any pool of the profile if
    absent."""
    monitor_labels: Mapping[LabelKey, Input[LabelValue]] = default({})
    """Labels by which the Prometheus operator selects monitors, such as `release: prometheus`. The PodMonitor of the
    service has them; it is created only with `prometheus_namespace`."""
    wait_for_pods: bool = True
    """Whether a deployment waits until the pods are ready. Set it to false if the model is uploaded to a vault that the
    same deployment creates. A service that scales to zero is never waited for."""
    tags: CostTags = set_once("tags")
    """The mandatory cost tags, applied as labels."""


class InferenceServiceArgs(ServedArgs):
    """Arguments of `InferenceService`: a model to serve."""

    variant: ObjectName | None = None
    """Variant of an experiment, used as a suffix of the objects' names; absent outside experiments."""
    serving: ServingSpec
    """The model, its server, and its scaling."""
    client_id: Input[str] | None = None
    """Client ID of the managed identity that reads the model (Azure). On AWS, create a Pod Identity association for the
    output `service_account`."""
    gateway: GatewaySpec | None = None
    """Gateway for requests from outside the cluster; no external access if absent."""
    host: Input[Host] | None = None
    """Fully qualified DNS name of the service's route; no route if absent."""

    def _problems(self) -> Iterator[Problem]:
        model = self.serving.model
        if self.host is not None and self.gateway is None:
            yield Problem.missing("gateway", "`host` is given", "add `gateway`, or remove `host`")
        if self.serving.scales_to_zero and self.host is None:
            condition = "serving.min is 0: requests for this name scale the service from zero"
            yield Problem.missing("host", condition, "add `host` and `gateway`, or set serving.min to 1")
        yield from self._picker_problems()
        in_vault = model.uri if model.store is None else None
        yield from client_id_problems(self.region, self.client_id)
        if in_vault is not None and needs_region(in_vault) and self.region is None:
            yield Problem.missing(
                "region", "the model is in a vault that is found by its region", "add `region`, or a `claim`"
            )
        if self.pools is not None and not self.serving.is_enterprise and self.choice is None:
            allowed = "a pool of profile inference-cpu with a machine of known price on which a replica fits"
            yield Problem("pools", sorted(self.pools), allowed, "add such a pool, or lower cpu or memory_gib")
        budget, expected = self.serving.cold_start, self.expected
        if budget is not None and expected is not None:
            for problem in budget_problems(budget, expected):
                yield replace(problem, path=f"serving.{problem.path}")

    def _picker_problems(self) -> Iterator[Problem]:
        routing = self.serving.routing
        if routing is Routing.EVEN:
            return
        if self.variant is not None:
            allowed = f"{Routing.EVEN.value} in an experiment, which distributes requests by weights"
            yield Problem("serving.routing", routing.value, allowed, "remove it")
        elif self.host is None or self.gateway is None or not self.gateway.encrypted:
            allowed = f"{Routing.EVEN.value} without a `host` on a gateway of class istio that encrypts to the pods"
            yield Problem("serving.routing", routing.value, allowed, "add `host` and such a `gateway`, or remove it")

    @property
    def identity(self) -> PodIdentity:
        """Identity of the pods in the cloud."""
        return pod_identity(self.region, self.client_id)

    @property
    def expected(self) -> ColdStart | None:
        """The expected cold start; None if a replica is always running."""
        if self.serving.cold_start is None:
            return None
        cloud = REGIONS[self.region].cloud if self.region else None
        return cold_start(self.serving.cold_start, self.serving.model.transfer, cloud)

    @property
    def warnings(self) -> list[str]:
        """Warnings about valid arguments."""
        budget, expected = self.serving.cold_start, self.expected
        warnings = list(budget_warnings(budget, expected)) if budget is not None and expected is not None else []
        if self.serving.is_enterprise and self.serving.min == 1 and self.tags["environment"] == "prod":
            when = " outside office hours" if self.serving.office_hours else ""
            warnings.append(f"one replica in production{when}: the service is down while its node is replaced")
        warnings += memory_warnings(self.serving)
        drain = drain_seconds(self.serving)
        if drain < REQUEST_TIMEOUT_SECONDS:
            warnings.append(f"drain_seconds is {drain}: a rollout ends requests that take longer")
        return warnings

    @cached_property
    def choice(self) -> PoolChoice | None:
        """The cheapest pool for tier `smb`; None if no pools are given or none fits."""
        if self.pools is None or self.region is None or self.serving.is_enterprise:
            return None
        allowed_pools = {self.serving.pool} if self.serving.pool else self.pools.keys()
        return cheapest_pool(
            self.region,
            {name: pool for name, pool in self.pools.items() if name in allowed_pools},
            self.serving.pod_cpu,
            self.serving.pod_memory_gib,
            self.serving.architectures,
            self.serving.interruptible,
        )

    @property
    def pool(self) -> str | None:
        """Name of the node pool that the pods are bound to; None for any pool of the profile."""
        return self.choice.pool if self.choice else self.serving.pool

    @property
    def object_name(self) -> str:
        """Name of all Kubernetes objects."""
        return variant_name(self.service, self.variant) if self.variant else self.service

    @property
    def picker_name(self) -> str | None:
        """Name of the objects of the endpoint picker; None without one."""
        return picker_name(self.object_name) if self.serving.routing is Routing.ENDPOINT_PICKER else None

    @property
    def server(self) -> Server:
        """The container of a replica."""
        return server_of(self.serving, self.service)

    @property
    def server_ports(self) -> list[int]:
        """Ports of the server: for requests, and for metrics if that is another one."""
        return sorted({self.server.port, self.server.metrics_port})

    @property
    def selector(self) -> dict[str, str]:
        """Selector labels of the pods. They must not change, so they contain no cost tags."""
        variant = {VARIANT_LABEL: self.variant} if self.variant else {}
        return {SERVICE_LABEL: self.service, **variant}

    @property
    def request_selector(self) -> dict[str, str]:
        """Labels of the pods that answer requests: of several machines of a replica, the leader."""
        return {**self.selector, **LEADER} if self.serving.nodes > 1 else self.selector

    @property
    def labels(self) -> dict[str, str]:
        """Labels of all objects."""
        return {**self.tags, **self.pod_labels}

    @property
    def pod_labels(self) -> dict[str, str]:
        """Labels of the pods: without the cost tags, because a changed template restarts them."""
        return {TENANT_LABEL: self.tenant, **self.selector}

    @property
    def encrypted(self) -> bool:
        """Whether the pods accept TLS of the gateway."""
        return self.gateway is not None and self.gateway.encrypted

    @property
    def callers(self) -> list[tuple[Input[str], Sequence[int]]]:
        """Namespaces whose pods may call the service, with the ports: KEDA if it scales to zero, otherwise the
        gateway; and Prometheus, which reads metrics in plain text."""
        callers: list[tuple[Input[str], Sequence[int]]] = []
        requests = [TLS_PORT] if self.encrypted else self.server_ports
        if self.serving.scales_to_zero:
            callers.append((KEDA_NAMESPACE, requests))
        elif self.gateway is not None:
            callers.append((self.gateway.sender, requests))
        if self.prometheus_namespace is not None:
            callers.append((self.prometheus_namespace, self.server_ports))
        return callers

    @property
    def url(self) -> pulumi.Output[str]:
        """Address of the service: its host name if it has one, otherwise the address inside the cluster."""
        if self.host is not None:
            return pulumi.Output.concat("https://", self.host)
        return pulumi.Output.concat(f"http://{self.object_name}.", self.namespace, f".svc:{PORT}")
