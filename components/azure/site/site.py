"""A site on Azure: one cluster with its network, storage and budgets."""

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_azure_native import resources

from falaj.components.azure.site.args import SiteArgs, SiteBuild, site_tags
from falaj.components.azure.site.compute import Compute
from falaj.components.azure.site.locks import data_locks
from falaj.components.azure.site.money import budgets
from falaj.components.azure.site.naming import with_names
from falaj.components.azure.site.storage import Storage
from falaj.components.core.network.azure_ids import name_of_id
from falaj.components.core.site.specs import ABSENT
from falaj.components.core.validation.inputs import outputs_by_name


class Site(pulumi.ComponentResource):
    """A resource group with a network, keys, an audit log, a cluster, node pools, vaults and budgets."""

    region: pulumi.Output[str]
    """Azure region of the site."""
    cluster_name: pulumi.Output[str]
    """Name of the cluster."""
    endpoint: pulumi.Output[str]
    """URL of the API server."""
    kubeconfig: pulumi.Output[str]
    """Kubeconfig of the cluster as JSON; it contains no secret."""
    oidc_issuer_url: pulumi.Output[str]
    """OIDC issuer URL of the cluster's service account tokens."""
    vault_uris: pulumi.Output[Mapping[str, str]]
    """URI of each vault, by purpose."""
    pool_names: pulumi.Output[Sequence[str]]
    """Names of the node pools."""
    storage_classes: pulumi.Output[Mapping[str, str]]
    """Names of the Kubernetes storage classes by workload profile, and by `shared` if the site has shared files."""
    registry: pulumi.Output[str]
    """Host name of the private registry; `none` if the site has none."""
    image_caches: pulumi.Output[Mapping[str, str]]
    """Public registry -> address that replaces its host in the name of an image, for `storage.cached_registries`."""
    nat_addresses: pulumi.Output[Sequence[str]]
    """Public source addresses of the site's outbound traffic; empty without a NAT gateway."""

    def __init__(self, name: str, args: SiteArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = SiteArgs.of(name, args)
        super().__init__("falaj:azure:Site", name, {}, with_names(name, args, opts))
        self.group_name, self.group_id = self._group(name, args)
        build = SiteBuild(self, name, args, self.group_name, self.group_id)
        compute = Compute(build)
        storage = Storage(build, compute)
        budgets(build, compute)
        if args.options.locks:
            data_locks(build, compute, storage)
        self.vaults, self.kubernetes = storage.vaults, compute.kubernetes
        self.endpoint_cidrs = compute.network.endpoint_cidrs
        self.region = pulumi.Output.from_input(args.region)
        self.cluster_name = compute.cluster.cluster_name
        self.endpoint = compute.cluster.endpoint
        self.kubeconfig = compute.cluster.kubeconfig
        self.oidc_issuer_url = compute.cluster.oidc_issuer_url
        self.vault_uris = outputs_by_name({purpose: vault.uri for purpose, vault in storage.vaults.items()})
        self.pool_names = pulumi.Output.from_input(sorted(args.pools))
        self.storage_classes = storage.classes.class_names
        self.registry = storage.registry.login_server if storage.registry else pulumi.Output.from_input(ABSENT)
        self.image_caches = storage.registry.caches if storage.registry else pulumi.Output.from_input({})
        self.nat_addresses = compute.network.nat_addresses
        self.register_outputs({output: getattr(self, output) for output in Site.__annotations__})

    def _group(self, name: str, args: SiteArgs) -> tuple[pulumi.Output[str], pulumi.Output[str]]:
        """Returns the name and id of the resource group: an existing one, or a new one."""
        existing = args.options.resource_group_id
        if existing is not None:
            group_id = pulumi.Output.from_input(existing)
            return group_id.apply(name_of_id), group_id
        group = resources.ResourceGroup(
            f"{name}-group",
            location=args.region,
            tags=site_tags(args, name),
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        return group.name, group.id
