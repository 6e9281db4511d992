"""Arguments of components, built from a stack's settings, for the deployment and for the checks before it.

Pure: values that only another resource knows, such as the address of a vault, are passed in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from falaj.components.core.money.cost_datasets import CostDataset
from falaj.components.core.money.opencost_prices import HourlyPrices
from falaj.components.core.node_pools.own_machines import OwnMachineSpec
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.serving.gateways import GATEWAY_NAMESPACE, GatewaySpec
from falaj.components.core.serving.inference_args import InferenceServiceArgs
from falaj.components.core.serving.specs import ModelSpec, ServingSpec
from falaj.components.core.site.contexts import SiteContext
from falaj.components.core.storage import vault_addresses
from falaj.components.core.storage.shared_files import CLAIM as SHARED_CLAIM
from falaj.components.core.storage.stores import StoreSpec
from falaj.components.core.tenancy.tenancy import namespace_of
from falaj.components.core.training.datasets import DatasetFileSystem
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.enums import ClusterPart, NodeAutoscaler
from falaj.components.settings.stack import Settings
from falaj.components.settings.tenants import TenantSettings, TenantWork
from falaj.components.settings.workloads import (
    ClusterSettings,
    ServiceSettings,
    ServingSettings,
    VaultFolder,
)
from falaj.facts.clouds import Cloud

AddressFormat = Callable[[str, str], str]
"""Address of a vault and a folder in it -> address of the folder (`core/storage/vault_addresses.py`)."""

AddressResolver = Callable[[VaultFolder, AddressFormat], Input[str]]
"""Folder `vault://...` and address format -> address of the folder in the cluster's vaults."""


@dataclass(frozen=True, kw_only=True)
class DeclaredCluster:
    """A cluster as declared in a stack's settings, before anything is created."""

    name: str
    """Name of the site."""
    cloud: Cloud
    region: str | None
    """Cloud region; on premises, the region of `burst`, or None without one."""
    node_autoscaler: NodeAutoscaler
    pools: Mapping[str, NodePoolSpec]
    shared: ClusterSettings
    """Settings of what all tenants of the cluster share."""
    tags: Mapping[str, str]
    """Cost tags and the tag `site`."""
    creates_vaults: bool = False
    """Whether this stack creates the vaults, which are then empty when a service is created."""
    store: StoreSpec | None = None
    """S3-compatible object store on premises; None if the vaults are in a cloud."""
    image_mirror: Input[str] | None = None
    topology: Sequence[str] = ()
    """Labels of the levels in which the nodes stand, widest first; empty without."""
    own_machines: Mapping[str, OwnMachineSpec] = field(default_factory=dict[str, OwnMachineSpec])
    prices: HourlyPrices | None = None
    """Hourly prices of on-premises resources; if absent, list prices of the region apply."""

    @property
    def machines(self) -> list[str]:
        """Sorted machine types of the cluster's pools."""
        return sorted({machine for pool in self.pools.values() for machine in pool.machines})

    @property
    def prometheus_namespace(self) -> str | None:
        """Returns the namespace of Prometheus, or None without observability."""
        return self.shared.observability.namespace if self.shared.observability else None

    @property
    def encrypts_pods(self) -> bool:
        """Whether the cluster's gateway calls pods by TLS."""
        return self.shared.gateway is not None and self.shared.gateway.is_encrypted

    def waits_for(self, *servings: ServingSettings) -> bool:
        """Returns whether a deployment can wait for the pods of services: not if this stack creates the vault or the
        shared files of a model, which nobody can have filled yet."""
        models = [serving.model for serving in servings]
        return not (
            self.creates_vaults and any(model.uri is not None or model.claim == SHARED_CLAIM for model in models)
        )

    def tags_of(self, tenant: TenantWork) -> dict[str, str]:
        """Returns the cost tags of a tenant's workloads."""
        unit = {"business-unit": tenant.business_unit} if tenant.business_unit else {}
        return {**self.tags, **unit}


def site_context(
    platform: Settings,
    site: str,
    alarm_topic: Input[str] | None = None,
    vault_readers: Mapping[str, Sequence[Input[str]]] | None = None,
    reader_addresses: Sequence[Input[str]] = (),
    reader_endpoints: Sequence[Input[str]] = (),
    bill_from: Input[str] | None = None,
    bill_dataset: CostDataset = CostDataset.ACTUAL,
) -> SiteContext:
    """Returns the values that a site gets from the rest of the platform. Raises `BadArguments`."""
    own = platform.sites[site]
    finops = platform.finops.get(own.cloud)
    return SiteContext(
        tags=platform.tags,
        aed_per_usd=float(platform.currency.aed_per_usd),
        tenant_budgets={
            name: tenant.budgets[site] for name, tenant in platform.tenants.items() if site in tenant.budgets
        },
        alarm_topic=alarm_topic,
        vault_readers=vault_readers or {},
        reader_addresses=reader_addresses,
        reader_endpoints=reader_endpoints,
        keda=not (own.cluster.keda or scales(site, platform.tenants)),
        email_only=finops.email_only if finops else False,
        bill_from=bill_from,
        bill_dataset=bill_dataset,
        load_balancer_controller=ClusterPart.LOAD_BALANCER_CONTROLLER in own.cluster.parts(own.cloud),
        public_load_balancers=own.cluster.gateway is not None and own.cluster.gateway.public,
    )


def scales(site: str, tenants: Mapping[str, TenantWork]) -> bool:
    """Returns whether any service on a site scales with its requests or load, so that KEDA and its add-on are
    needed."""
    on_site = (
        serving for tenant in tenants.values() for _, service_site, serving in tenant.servings() if service_site == site
    )
    return any(serving.cold_start or serving.load for serving in on_site)


def serves_on_nodes(site: str, tenants: Mapping[str, TenantWork]) -> bool:
    """Returns whether replicas of any service on a site run on several machines."""
    servings = (serving for tenant in tenants.values() for serving in tenant.servings())
    return any(service_site == site and serving.nodes > 1 for _, service_site, serving in servings)


def picks_endpoints(site: str, tenants: Mapping[str, TenantSettings]) -> bool:
    """Returns whether services of any tenant on a site may be routed by endpoint pickers."""
    return any(site in tenant.spaces and tenant.spaces[site].endpoint_picker for tenant in tenants.values())


def gateway_name(site: str) -> str:
    """Returns the name of a site's gateway."""
    return f"{site}-models"


def gateway_reference(site: str, shared: ClusterSettings) -> GatewaySpec | None:
    """Returns the reference to a site's gateway; None if it has none."""
    if shared.gateway is None:
        return None
    return GatewaySpec(name=gateway_name(site), namespace=GATEWAY_NAMESPACE, encrypted=shared.gateway.is_encrypted)


@dataclass(frozen=True)
class Workload:
    """A tenant's workload on a cluster, with values of other resources: vault addresses and the client ID of the
    workload identity."""

    cluster: DeclaredCluster
    tenant: str
    work: TenantWork
    address: AddressResolver
    client_id: Input[str] | None = None
    datasets: DatasetFileSystem | None = None
    """File system in front of the vault for datasets, which runs mount; None without one."""

    @property
    def namespace(self) -> str:
        """Returns the tenant's namespace."""
        return namespace_of(self.tenant)

    @property
    def tags(self) -> dict[str, str]:
        """Returns the cost tags of the workload."""
        return self.cluster.tags_of(self.work)

    def optional_address(self, folder: VaultFolder | None, notation: AddressFormat) -> Input[str] | None:
        """Returns the address of a folder, or None if no folder is given."""
        return None if folder is None else self.address(folder, notation)


def shares_files(tenant: TenantWork, site: str) -> bool:
    """Returns whether any workload of a tenant mounts the shared files of a site."""
    runs = any(run.site == site and run.shared for run in tenant.runs.values())
    return runs or any(
        service_site == site and serving.model.claim == SHARED_CLAIM for _, service_site, serving in tenant.servings()
    )


def service_args(
    workload: Workload, service: str, settings: ServiceSettings, gateway: GatewaySpec | None
) -> InferenceServiceArgs:
    """Builds the arguments of a served model. Raises `BadArguments`."""
    cluster = workload.cluster
    return InferenceServiceArgs(
        namespace=workload.namespace,
        service=service,
        tenant=workload.tenant,
        serving=serving_spec(workload, settings.serving),
        region=cluster.region,
        pools=cluster.pools,
        wait_for_pods=cluster.waits_for(settings.serving),
        client_id=workload.client_id,
        gateway=gateway,
        host=settings.host,
        prometheus_namespace=cluster.prometheus_namespace,
        monitor_labels=cluster.shared.monitor_labels,
        image_mirror=cluster.image_mirror,
        tags=workload.tags,
    )


def serving_spec(workload: Workload, settings: ServingSettings) -> ServingSpec:
    """Returns the specification of the served model, with the address of its folder instead of `vault://...`."""
    if settings.model.uri is None:
        return settings
    address = workload.address(settings.model.uri, vault_addresses.for_serving)
    store = workload.cluster.store or settings.model.store
    return settings.with_model(ModelSpec(uri=address, store=store, file=settings.model.file, gib=settings.model.gib))
