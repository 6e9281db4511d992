"""From the settings of a cluster that is there already to its component."""

from typing import TYPE_CHECKING, cast

import pulumi

from falaj.components.build.clusters import Cluster
from falaj.components.build.workload_identity import DeclaredWorkloadIdentity
from falaj.components.core.money.opencost_prices import HourlyPrices
from falaj.components.core.node_pools.fixed_pools import SHARED
from falaj.components.core.site.specs import PoolSpec
from falaj.components.core.storage.stores import StoreSpec
from falaj.components.core.tenancy.queue_specs import OwnMachineSpec
from falaj.components.core.validation.enums import NodeAutoscaler, Profile
from falaj.components.core.validation.tags import merged
from falaj.components.settings.onprem import BurstSettings, FixedPoolSettings, OnPremSettings, OwnMachineSettings
from falaj.components.settings.stack import Settings
from falaj.facts.regions import Cloud

if TYPE_CHECKING:
    from falaj.components.kubernetes import Site
    from falaj.components.kubernetes.site.args import (
        ConnectionSpec,
        ExistingSiteArgs,
        FixedPoolSpec,
        OwnMachineCostSpec,
    )


def build(name: str, site: OnPremSettings, platform: Settings) -> "Site":
    """Build one site."""
    from falaj.components.kubernetes import Site

    return Site(name, site_args(site, platform))


def cluster(name: str, site: OnPremSettings, platform: Settings, built: "Site") -> Cluster:
    """A site's cluster, as what runs on it knows it."""
    burst = site.burst
    return Cluster(
        name=name,
        cloud=Cloud.ONPREM,
        region=burst.region if burst else None,
        cidr=str(site.network_cidr),
        version=site.kubernetes_version,
        # Nobody adds own machines: of the two, it is the one whose pools may have a size of their own.
        node_autoscaler=burst.node_autoscaler if burst else NodeAutoscaler.CLUSTER_AUTOSCALER,
        pools=built.pools | (_burst(burst) if burst else {}),
        shared=site.cluster,
        site=built,
        kubernetes=built.kubernetes,
        vaults=built.vaults,
        identity=DeclaredWorkloadIdentity(),
        store=StoreSpec(endpoint=site.store.endpoint, secret=site.store.secret) if site.store else None,
        tags=merged(platform.tags, site=name),
        image_mirror=site.image_mirror,
        own_machines={kind: OwnMachineSpec.model_validate(one) for kind, one in built.own_machines.items()},
        prices=HourlyPrices.model_validate(built.prices),
    )


def site_args(site: OnPremSettings, platform: Settings) -> "ExistingSiteArgs":
    """A site's settings as its component takes them."""
    args: ExistingSiteArgs = {
        "place": site.place,
        "connection": _connection(site),
        "pools": {name: _pool(pool) for name, pool in site.pools.items()},
        "machines": {name: _machine(machine) for name, machine in site.machines.items()},
        "energy": {"aed_per_kwh": float(site.energy.aed_per_kwh), "pue": float(site.energy.pue)},
        "storage_classes": _classes(site),
        "encryption": site.encryption,
        "nat_addresses": site.nat_addresses,
        "tags": platform.tags,
    }
    if site.store is not None:
        buckets = {purpose.value: bucket for purpose, bucket in site.store.buckets.items()}
        args["store"] = {"endpoint": site.store.endpoint, "buckets": buckets}
    if site.oidc_issuer_url is not None:
        args["oidc_issuer_url"] = site.oidc_issuer_url
    if site.registry is not None:
        args["registry"] = site.registry
    return args


def _connection(site: OnPremSettings) -> "ConnectionSpec":
    said = site.connection
    found: ConnectionSpec = {"servers": said.servers, "context": said.context}
    if said.kubeconfig_path is not None:
        found["kubeconfig_path"] = said.kubeconfig_path
    if said.kubeconfig_secret is not None:
        # Beside the settings, which are plain text: the engine keeps this one sealed.
        found["kubeconfig"] = pulumi.Config("falaj").require_secret(said.kubeconfig_secret)
    return found


def _pool(pool: FixedPoolSettings) -> "FixedPoolSpec":
    found: FixedPoolSpec = {"profile": pool.profile, "machine": pool.machine, "nodes": pool.nodes}
    return found if pool.tenant is None else {**found, "tenant": pool.tenant}


def _burst(burst: BurstSettings) -> dict[str, PoolSpec]:
    return {
        name: cast(PoolSpec, {"capacity": pool.capacity, "min": pool.min, **pool.model_dump(exclude_defaults=True)})
        for name, pool in burst.pools.items()
    }


def _machine(machine: OwnMachineSettings) -> "OwnMachineCostSpec":
    return {
        "vcpu": machine.vcpu,
        "memory_gib": float(machine.memory_gib),
        "gpus": machine.gpus,
        "purchase_aed": float(machine.purchase_aed),
        "years": float(machine.years),
        "kilowatts": float(machine.kilowatts),
        "staff_aed_per_year": float(machine.staff_aed_per_year),
    }


def _classes(site: OnPremSettings) -> dict[str, str]:
    found = {Profile(profile).value: name for profile, name in site.storage_classes.items()}
    return found if site.shared_storage_class is None else {**found, SHARED: site.shared_storage_class}
