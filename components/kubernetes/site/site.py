"""One place where a cluster runs that is there already."""

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_kubernetes.core.v1 import NodePatch

from falaj.components.core.money.opencost_prices import HourlyPrices
from falaj.components.core.node_pools.fixed_pools import as_node_pool
from falaj.components.core.node_pools.own_machines import (
    aed_per_hour,
    aed_per_month,
    cost_annotations,
    own_machine_prices,
)
from falaj.components.core.node_pools.profiles import labels, taints
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.site.specs import ABSENT
from falaj.components.core.tenancy.queue_specs import OwnMachineSpec
from falaj.components.core.validation.enums import Capacity
from falaj.components.core.validation.tags import with_tags
from falaj.components.kubernetes.site.args import ExistingSiteArgs
from falaj.components.kubernetes.site.fixed_nodes import labelled_node
from falaj.components.kubernetes.site.provider import site_kubernetes


class Site(pulumi.ComponentResource):
    """An existing cluster: reached by name, its nodes told what they are for, its machines priced.

    Nothing is made but labels, taints and annotations of nodes. Network, disks, storage classes, vaults and their
    encryption are those of whoever runs the cluster, as declared.
    """

    region: pulumi.Output[str]
    """What the place is called."""
    cluster_name: pulumi.Output[str]
    """Name of the cluster: its context."""
    endpoint: pulumi.Output[str]
    """Address of the API server."""
    kubeconfig: pulumi.Output[str]
    """Server and context, without anything that lets one in."""
    oidc_issuer_url: pulumi.Output[str]
    """Issuer of the pods' identity tokens; `none` where nobody outside can read it."""
    vault_uris: pulumi.Output[Mapping[str, str]]
    """Address of each vault by purpose."""
    vault_endpoint: pulumi.Output[str]
    """Address of the store that has them, for `AWS_ENDPOINT_URL`; `none` without vaults."""
    pool_names: pulumi.Output[Sequence[str]]
    """Names of the node pools."""
    storage_classes: pulumi.Output[Mapping[str, str]]
    """Names of the storage classes by workload profile, and of `shared` files where there are some."""
    registry: pulumi.Output[str]
    """Address of the private registry; `none` where there is none."""
    nat_addresses: pulumi.Output[Sequence[str]]
    """Public addresses that the site is seen under."""
    encryption: pulumi.Output[str]
    """Who encrypts at rest, as declared."""
    aed_per_machine_hour: pulumi.Output[Mapping[str, float]]
    """Dirhams for an hour of a machine, by kind."""
    aed_per_month: pulumi.Output[float]
    """Dirhams for a month of all machines, used or not."""

    def __init__(self, name: str, args: ExistingSiteArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = ExistingSiteArgs.of(name, args)
        super().__init__("falaj:kubernetes:Site", name, {}, opts)
        reached = args.connection.cluster()
        kubeconfig = reached.apply(lambda found: found.kubeconfig)
        nodes = self._nodes(name, args, site_kubernetes(f"{name}-nodes", kubeconfig, self))
        # What runs on the nodes is gone before they are no longer kept for it.
        self.kubernetes = site_kubernetes(name, kubeconfig, self, nodes)
        self.pools: dict[str, NodePoolSpec] = {key: as_node_pool(pool) for key, pool in args.pools.items()}
        self.own_machines, self.prices = _own_machines(args), _prices(args)
        self.region = pulumi.Output.from_input(args.place)
        self.cluster_name = pulumi.Output.from_input(args.connection.context)
        self.endpoint = pulumi.Output.unsecret(reached.apply(lambda found: found.server))
        self.kubeconfig = pulumi.Output.unsecret(reached.apply(lambda found: found.public))
        self.oidc_issuer_url = pulumi.Output.from_input(args.oidc_issuer_url or ABSENT)
        self.vaults = args.vault_uris
        self.vault_uris = pulumi.Output.from_input(self.vaults)
        self.vault_endpoint = pulumi.Output.from_input(args.store.endpoint if args.store else ABSENT)
        self.pool_names = pulumi.Output.from_input(sorted(args.pools))
        self.storage_classes = pulumi.Output.from_input(args.storage_classes)
        self.registry = pulumi.Output.from_input(args.registry or ABSENT)
        self.nat_addresses = pulumi.Output.from_input(list(args.nat_addresses))
        self.encryption = pulumi.Output.from_input(args.encryption)
        hourly = {kind: aed_per_hour(one, args.energy) for kind, one in args.machines.items()}
        self.aed_per_machine_hour = pulumi.Output.from_input(
            {kind: round(float(aed), 4) for kind, aed in hourly.items()}
        )
        month = aed_per_month(args.machines, args.nodes_of_machines, args.energy)
        self.aed_per_month = pulumi.Output.from_input(round(float(month), 2))
        self.register_outputs({output: getattr(self, output) for output in Site.__annotations__})

    def _nodes(self, name: str, args: ExistingSiteArgs, provider: pulumi.ProviderResource) -> list[NodePatch]:
        """The nodes of all pools, labelled and tainted as nodes of clouds' pools are."""
        inside = pulumi.ResourceOptions(parent=self, provider=provider)
        return [
            labelled_node(
                f"{name}-pool-{key}-{node}",
                node,
                labels(pool.profile, key, Capacity.ON_DEMAND, pool.tenant) | with_tags(args.tags, site=name),
                taints(pool.profile, args.machines[pool.machine].gpus),
                cost_annotations(pool.machine, args.machines[pool.machine], args.energy),
                inside,
            )
            for key, pool in args.pools.items()
            for node in pool.nodes
        ]


def _own_machines(args: ExistingSiteArgs) -> dict[str, OwnMachineSpec]:
    """The machines as `Queueing` takes them."""
    return {
        kind: OwnMachineSpec(vcpu=one.vcpu, memory_gib=float(one.memory_gib), gpus=one.gpus)
        for kind, one in args.machines.items()
    }


def _prices(args: ExistingSiteArgs) -> HourlyPrices:
    """Hourly prices of the machines' processors, memory and GPUs, as `Observability` takes them."""
    return own_machine_prices(args.machines, args.nodes_of_machines, args.energy)
