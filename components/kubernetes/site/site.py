"""A site on an existing cluster."""

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
from falaj.components.core.validation.enums import Capacity
from falaj.components.core.validation.inputs import outputs_by_name
from falaj.components.core.validation.tags import with_tags
from falaj.components.kubernetes.site.args import ExistingSiteArgs
from falaj.components.kubernetes.site.fixed_nodes import labelled_node
from falaj.components.kubernetes.site.provider import site_kubernetes


class Site(pulumi.ComponentResource):
    """An existing cluster as a site, with node pools and machine costs.

    Only labels, taints and annotations of nodes are managed. The operator of the cluster manages its network, disks,
    storage classes, vaults and their encryption, as declared in the arguments.
    """

    region: pulumi.Output[str]
    """Name of the location."""
    cluster_name: pulumi.Output[str]
    """Name of the cluster: its context in the kubeconfig."""
    endpoint: pulumi.Output[str]
    """Address of the API server."""
    kubeconfig: pulumi.Output[str]
    """Kubeconfig with server and context, without credentials."""
    oidc_issuer_url: pulumi.Output[str]
    """Address of the OIDC issuer of service account tokens; `none` if it is not accessible from outside."""
    vault_uris: pulumi.Output[Mapping[str, str]]
    """Address of each vault by purpose."""
    vault_endpoint: pulumi.Output[str]
    """Address of the vaults' object store, for `AWS_ENDPOINT_URL`; `none` without vaults."""
    pool_names: pulumi.Output[Sequence[str]]
    """Names of the node pools."""
    storage_classes: pulumi.Output[Mapping[str, str]]
    """Names of the storage classes by workload profile, and by `shared` for shared files."""
    registry: pulumi.Output[str]
    """Address of the private container registry; `none` if there is none."""
    image_caches: pulumi.Output[Mapping[str, str]]
    """Always empty: the cluster's registry is not managed."""
    nat_addresses: pulumi.Output[Sequence[str]]
    """Public IP addresses of the site's egress traffic."""
    encryption: pulumi.Output[str]
    """Encryption at rest, as declared."""
    aed_per_machine_hour: pulumi.Output[Mapping[str, float]]
    """Cost of a machine in AED per hour, by machine type."""
    aed_per_month: pulumi.Output[float]
    """Cost of all machines in AED per month, used or idle."""

    def __init__(self, name: str, args: ExistingSiteArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = ExistingSiteArgs.of(name, args)
        super().__init__("falaj:kubernetes:Site", name, {}, opts)
        cluster = args.connection.cluster()
        kubeconfig = cluster.apply(lambda connection: connection.kubeconfig)
        nodes = self._nodes(name, args, site_kubernetes(f"{name}-nodes", kubeconfig, self))
        # On destroy, workloads are deleted before the labels and taints of the nodes.
        self.kubernetes = site_kubernetes(name, kubeconfig, self, nodes)
        self.pools: dict[str, NodePoolSpec] = {key: as_node_pool(pool) for key, pool in args.pools.items()}
        self.own_machines, self.prices = args.machines, _prices(args)
        self.region = pulumi.Output.from_input(args.place)
        self.cluster_name = pulumi.Output.from_input(args.connection.context)
        self.endpoint = pulumi.Output.unsecret(cluster.apply(lambda connection: connection.server))
        self.kubeconfig = pulumi.Output.unsecret(cluster.apply(lambda connection: connection.public))
        self.oidc_issuer_url = _or_absent(args.oidc_issuer_url)
        self.vaults = args.vault_uris
        self.vault_uris = outputs_by_name(self.vaults)
        self.vault_endpoint = _or_absent(args.store.endpoint if args.store else None)
        self.pool_names = pulumi.Output.from_input(sorted(args.pools))
        self.storage_classes = pulumi.Output.all(**args.storage_classes).apply(dict)
        self.registry = _or_absent(args.registry)
        self.image_caches = pulumi.Output.from_input({})
        self.nat_addresses = pulumi.Output.from_input(args.nat_addresses).apply(_resolved)
        self.encryption = pulumi.Output.from_input(args.encryption)
        hourly = {kind: aed_per_hour(machine, args.energy) for kind, machine in args.machines.items()}
        self.aed_per_machine_hour = pulumi.Output.from_input(
            {kind: round(float(aed), 4) for kind, aed in hourly.items()}
        )
        month = aed_per_month(args.machines, args.nodes_of_machines, args.energy)
        self.aed_per_month = pulumi.Output.from_input(round(float(month), 2))
        self.register_outputs({output: getattr(self, output) for output in Site.__annotations__})

    def _nodes(self, name: str, args: ExistingSiteArgs, provider: pulumi.ProviderResource) -> list[NodePatch]:
        """Labels and taints the nodes of all pools like the nodes of cloud pools."""
        child = pulumi.ResourceOptions(parent=self, provider=provider)
        return [
            labelled_node(
                f"{name}-pool-{key}-{node}",
                node,
                labels(pool.profile, key, Capacity.ON_DEMAND, pool.tenant) | with_tags(args.tags, site=name),
                taints(pool.profile, args.machines[pool.machine].gpus, pool.tenant),
                cost_annotations(pool.machine, args.machines[pool.machine], args.energy),
                child,
            )
            for key, pool in args.pools.items()
            for node in pool.nodes
        ]


def _or_absent(value: pulumi.Input[str] | None) -> pulumi.Output[str]:
    return pulumi.Output.from_input(ABSENT if value is None else value)


def _resolved(values: Sequence[pulumi.Input[str]]) -> pulumi.Output[list[str]]:
    return pulumi.Output.all(*values)


def _prices(args: ExistingSiteArgs) -> HourlyPrices:
    """Returns hourly prices of vCPUs, memory and GPUs as arguments of `Observability`."""
    return own_machine_prices(args.machines, args.nodes_of_machines, args.energy)
