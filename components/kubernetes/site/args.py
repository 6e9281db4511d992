"""The arguments of a site on a cluster that is there already, and their validated form."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, NotRequired, Self, TypedDict

import pulumi
from pydantic import Field, model_validator

from falaj.components.core.node_pools.fixed_pools import fixed_pool_problems, storage_keys
from falaj.components.core.node_pools.own_machines import Energy, OwnMachineCost
from falaj.components.core.site.kubeconfigs import Reached, Unreachable, nothing, reached, reader
from falaj.components.core.storage.stores import Bucket, StoreAddress, bucket_problems
from falaj.components.core.validation.args import Checked, Passed
from falaj.components.core.validation.enums import Profile, Purpose
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.tags import CostTags
from falaj.facts.regions import uae_regions

Server = Annotated[str, Field(pattern=r"^https://[A-Za-z0-9.:\[\]-]+$")]
"""Address of an API server as kubeconfigs have it, without a path."""


class ConnectionSpec(TypedDict):
    """How the cluster is reached: by one named context of one kubeconfig, and nowhere else."""

    servers: Sequence[str]
    """Addresses of API servers, `https://host:6443`, that this site may be. The guardrails' own list
    (`kubernetes.allowed_clusters` in enforcement.yaml) names them too."""
    context: str
    """Context of the kubeconfig; never its current one, which changes under one's hands."""
    kubeconfig_path: NotRequired[str]
    """File that has the kubeconfig."""
    kubeconfig: NotRequired[pulumi.Input[str]]
    """The kubeconfig itself instead: a secret."""


class FixedPoolSpec(TypedDict):
    """A pool of nodes that are there already."""

    profile: Profile
    """What runs there; decides taints and labels."""
    machine: str
    """What each of its nodes is: a key of `machines`."""
    nodes: Sequence[str]
    """Names of its nodes."""
    tenant: NotRequired[str]
    """The tenant that the pool is for; shared by all if absent."""


class OwnMachineCostSpec(TypedDict):
    """A kind of machine of one's own, and what one of it costs, without VAT."""

    vcpu: int
    """Processors, as the operating system counts them."""
    memory_gib: float
    """Memory in GiB."""
    gpus: NotRequired[int]
    """GPUs; none if absent."""
    purchase_aed: float
    """Dirhams paid for it, with its share of rack, network and storage."""
    years: float
    """Years over which that is written off."""
    kilowatts: float
    """Power that it draws on average, measured; not what its plate says."""
    staff_aed_per_year: float
    """Its share, in dirhams a year, of what the people who run the cluster cost."""


class EnergySpec(TypedDict):
    """Electricity of the machine room."""

    aed_per_kwh: float
    """Dirhams for a kilowatt-hour, surcharges included, as the bill says."""
    pue: float
    """Power of the whole room by that of its machines; 1 would be no cooling at all."""


class OwnStoreSpec(TypedDict):
    """A store that speaks S3, inside the country."""

    endpoint: str
    """Its address, `https://...`."""
    buckets: Mapping[str, str]
    """Bucket by the purpose of the vault."""


class ExistingSiteArgs(TypedDict):
    """A cluster that is there already, as a site."""

    place: NotRequired[str]
    """What the place is called; `onprem` if absent."""
    connection: ConnectionSpec
    """How it is reached."""
    pools: Mapping[str, FixedPoolSpec]
    """Node pools by name, at least one of profile `system`."""
    machines: Mapping[str, OwnMachineCostSpec]
    """Kinds of machines by name."""
    energy: EnergySpec
    """What their electricity costs."""
    storage_classes: NotRequired[Mapping[str, str]]
    """Storage classes that the cluster has, by workload profile and, for files that many nodes mount, `shared`."""
    store: NotRequired[OwnStoreSpec]
    """Where the vaults are; none if absent."""
    encryption: str
    """Who encrypts disks, volumes and buckets at rest, and where the keys are. Declared, because none of it is made
    here: an auditor asks for the evidence there."""
    oidc_issuer_url: NotRequired[str]
    """Issuer of the pods' identity tokens, where others can read it; `none` if absent."""
    registry: NotRequired[str]
    """Address of the private registry; `none` if absent."""
    nat_addresses: NotRequired[Sequence[str]]
    """Public addresses that the site is seen under; none if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class CheckedConnection(Checked):
    """The validated form of a `ConnectionSpec`."""

    servers: Annotated[tuple[Server, ...], Field(min_length=1)]
    context: Annotated[str, Field(min_length=1)]
    kubeconfig_path: str | None = None
    kubeconfig: Passed[str] | None = None

    @model_validator(mode="after")
    def _is_given_once(self) -> Self:
        if (self.kubeconfig_path is None) == (self.kubeconfig is None):
            raise refusal("either `kubeconfig_path` or `kubeconfig`", "say once how it is reached")
        if self.kubeconfig_path is not None:
            self._of_file(self.kubeconfig_path)
        return self

    def _of_file(self, path: str) -> Reached:
        file = Path(path).expanduser()
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise refusal("a file that can be read", "put it there", "kubeconfig_path", path) from None
        try:
            return reached(text, self.context, self.servers, reader(file.parent))
        except Unreachable as wrong:
            raise refusal(wrong.allowed, wrong.fix, wrong.path, wrong.given) from None

    def reached(self) -> pulumi.Output[Reached]:
        """The cluster, and how it is reached: a secret. Fails, as it resolves, where it is none of those listed."""
        if self.kubeconfig_path is not None:
            return pulumi.Output.secret(self._of_file(self.kubeconfig_path))
        return pulumi.Output.secret(self.kubeconfig or "").apply(self._of_text)

    def _of_text(self, text: str) -> Reached:
        try:
            return reached(text, self.context, self.servers, nothing)
        except Unreachable as wrong:
            raise pulumi.RunError(f"connection.{wrong}") from None


class CheckedFixedPool(Checked):
    """The validated form of a `FixedPoolSpec`."""

    profile: Profile
    machine: str
    nodes: Annotated[tuple[str, ...], Field(min_length=1)]
    tenant: str | None = None


class CheckedStore(Checked):
    """The validated form of a `OwnStoreSpec`."""

    endpoint: StoreAddress
    buckets: Annotated[dict[Purpose, Bucket], Field(min_length=1)]

    @model_validator(mode="after")
    def _keeps_purposes_apart(self) -> Self:
        for problem in bucket_problems(self.buckets):
            raise refusal(problem.allowed, problem.fix, f"buckets.{problem.path}", problem.given)
        return self


class CheckedExistingSite(Checked):
    """The validated form of `ExistingSiteArgs`."""

    place: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,30}[a-z0-9]$")] = "onprem"
    connection: CheckedConnection
    pools: Annotated[dict[str, CheckedFixedPool], Field(min_length=1)]
    machines: dict[str, OwnMachineCost]
    energy: Energy
    storage_classes: dict[str, str] = Field(default={})
    store: CheckedStore | None = None
    encryption: Annotated[str, Field(min_length=10)]
    oidc_issuer_url: Annotated[str, Field(pattern="^https://")] | None = None
    registry: str | None = None
    nat_addresses: tuple[str, ...] = ()
    tags: CostTags

    @model_validator(mode="after")
    def _is_a_site(self) -> Self:
        if self.place in uae_regions():
            raise refusal("a name of your own: this is a cloud's region", "call it otherwise", "place", self.place)
        for problem in fixed_pool_problems(self.pools, {name: one.gpus for name, one in self.machines.items()}):
            raise refusal(problem.allowed, problem.fix, problem.path, problem.given)
        for key in self.storage_classes.keys() - set(storage_keys()):
            raise refusal(", ".join(storage_keys()), "name a profile, or `shared`", f"storage_classes.{key}", key)
        return self

    @property
    def nodes_of_machines(self) -> dict[str, int]:
        """How many there are of each kind of machine."""
        found = dict.fromkeys(self.machines, 0)
        for pool in self.pools.values():
            found[pool.machine] += len(pool.nodes)
        return found

    @property
    def vault_uris(self) -> dict[str, str]:
        """Address of each vault by purpose, as programs that speak S3 take it."""
        buckets = self.store.buckets if self.store else {}
        return {purpose.value: f"s3://{bucket}" for purpose, bucket in buckets.items()}
