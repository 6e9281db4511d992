"""The validated arguments of an `InferenceService`, and what follows from them."""

from functools import cached_property
from typing import Self

from pydantic import ConfigDict, model_validator

from falaj.components.core.node_pools.cheapest_pool import Choice, OfferedPool, cheapest_pool
from falaj.components.core.serving.cold_start import ColdStart, budget_problems, budget_warnings, cold_start
from falaj.components.core.serving.contract import PORT, vault_cloud
from falaj.components.core.serving.gateways import CheckedGateway
from falaj.components.core.serving.serving import CheckedServing, Host, ObjectName
from falaj.components.core.validation.args import Checked, Passed
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import Problem, refusal
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.keda import NAMESPACE as KEDA
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.facts.labels import SERVICE_LABEL, TENANT_LABEL, VARIANT_LABEL
from falaj.facts.regions import REGIONS, Cloud


class ServedPool(Checked):
    """What is read of a site's pool; the rest is the site's."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    profile: Profile
    capacity: Capacity
    machines: tuple[str, ...]

    @property
    def offered(self) -> OfferedPool:
        """As it is compared."""
        return OfferedPool(self.profile, self.capacity, self.machines)


class CheckedService(Checked):
    """The validated form of `InferenceServiceArgs`."""

    namespace: Label
    service: ObjectName
    tenant: Label
    variant: ObjectName | None = None
    serving: CheckedServing
    region: str | None = None
    pools: dict[str, ServedPool] | None = None
    client_id: Passed[str] | None = None
    gateway: CheckedGateway | None = None
    host: Host | None = None
    scraped_from: Label | None = None
    image_mirror: str | None = None
    tags: CostTags

    @model_validator(mode="after")
    def _can_be_served(self) -> Self:
        if self.region is not None and self.region not in REGIONS:
            raise refusal(", ".join(sorted(REGIONS)), "choose a region in the UAE", "region", self.region)
        if self.host is not None and self.gateway is None:
            raise refusal("a gateway that knows the host", "add `gateway`, or remove `host`", "gateway")
        if self.serving.sleeps and self.host is None:
            allowed = "the name that wakes it, where serving.min is 0"
            raise refusal(allowed, "add `host` and `gateway`, or set serving.min to 1", "host")
        uri = self.serving.model.uri
        if (
            uri is not None
            and self.region is None
            and not self.serving.model.store
            and vault_cloud(uri, None) is Cloud.AWS
        ):
            raise refusal("the region of the bucket", "add `region`, or a `claim`", "region")
        if self.pools is not None and not self.serving.is_enterprise and self.choice is None:
            allowed = "a pool of profile inference-cpu with a machine, of a known price, on which a replica fits"
            raise refusal(allowed, "add such a pool, or ask for less", "pools", sorted(self.pools))
        for problem in self._budget_problems():
            raise refusal(problem.allowed, problem.fix, f"serving.{problem.path}", problem.given)
        return self

    def _budget_problems(self) -> list[Problem]:
        way = self.expected
        return list(budget_problems(self.serving.cold_start, way)) if self.serving.cold_start and way else []

    @property
    def expected(self) -> ColdStart | None:
        """The way of a first request; None where something always runs."""
        if self.serving.cold_start is None:
            return None
        model = self.serving.model
        cloud = REGIONS[self.region].cloud if self.region else None
        return cold_start(self.serving.cold_start, model.gib, model.uri is not None, cloud)

    @property
    def warnings(self) -> list[str]:
        """What works, and not on every day."""
        way = self.expected
        found = list(budget_warnings(self.serving.cold_start, way)) if self.serving.cold_start and way else []
        if self.serving.is_enterprise and self.serving.min == 1 and self.tags["environment"] == "prod":
            found.append("one replica in production: while its node is replaced, nobody answers")
        return found

    @cached_property
    def choice(self) -> Choice | None:
        """The cheapest pool for tier smb; None where none was asked for or fits."""
        if self.pools is None or self.region is None or self.serving.is_enterprise:
            return None
        wanted = {self.serving.pool} if self.serving.pool else self.pools.keys()
        return cheapest_pool(
            self.region,
            {name: pool.offered for name, pool in self.pools.items() if name in wanted},
            self.serving.cpu,
            self.serving.memory_gib,
            self.serving.architectures,
            self.serving.interruptible,
        )

    @property
    def pool(self) -> str | None:
        """The pool that pods are bound to."""
        return self.choice.pool if self.choice else self.serving.pool

    @property
    def object_name(self) -> str:
        """Name of every object."""
        return f"{self.service}-{self.variant}" if self.variant else self.service

    @property
    def own(self) -> dict[str, str]:
        """What selects its pods; never changes, while cost tags may."""
        variant = {VARIANT_LABEL: self.variant} if self.variant else {}
        return {SERVICE_LABEL: self.service, **variant}

    @property
    def labels(self) -> dict[str, str]:
        """On every object and pod: whose money it is, and for what."""
        return {**self.tags, TENANT_LABEL: self.tenant, **self.own}

    @property
    def meta(self) -> ObjectMeta:
        """Of every object."""
        return ObjectMeta(self.object_name, self.namespace, self.labels)

    @property
    def askers(self) -> list[str]:
        """Namespaces whose pods may ask: who holds requests where it sleeps, else the gateway; and Prometheus."""
        way = [KEDA] if self.serving.sleeps else [self.gateway.sender] if self.gateway else []
        return [*way, *([self.scraped_from] if self.scraped_from else [])]

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"https://{self.host}" if self.host else f"http://{self.object_name}.{self.namespace}.svc:{PORT}"
