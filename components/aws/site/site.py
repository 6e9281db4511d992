"""Site on AWS: one region in which a cluster runs."""

from collections.abc import Mapping, Sequence

import pulumi

from falaj.components.aws.identity.iam_defaults import iam_defaults
from falaj.components.aws.regional import RegionalComponent
from falaj.components.aws.site.args import SiteArgs, SiteBuild
from falaj.components.aws.site.compute import Compute
from falaj.components.aws.site.money import budgets, burn_rate
from falaj.components.aws.site.storage import Storage
from falaj.components.core.site.specs import ABSENT
from falaj.components.core.validation.inputs import outputs_by_name


class Site(RegionalComponent):
    """Network, EKS cluster with node pools and add-ons, vaults and budgets of one site."""

    region: pulumi.Output[str]
    """AWS region of the site."""
    cluster_name: pulumi.Output[str]
    """Name of the EKS cluster."""
    endpoint: pulumi.Output[str]
    """Address of the API server, `https://...`."""
    kubeconfig: pulumi.Output[str]
    """Kubeconfig of the cluster, without credentials."""
    oidc_issuer_url: pulumi.Output[str]
    """Issuer URL of the pods' identity tokens."""
    vault_uris: pulumi.Output[Mapping[str, str]]
    """URI of each vault by purpose, `s3://...`."""
    pool_names: pulumi.Output[Sequence[str]]
    """Names of the node pools."""
    storage_classes: pulumi.Output[Mapping[str, str]]
    """Names of the Kubernetes storage classes by workload profile, and by `shared` if the site has shared files."""
    registry: pulumi.Output[str]
    """Address of the private registry; `none` if the site has none."""
    image_caches: pulumi.Output[Mapping[str, str]]
    """Public registry -> address that replaces its host in the name of an image, for `storage.cached_registries`."""
    nat_addresses: pulumi.Output[Sequence[str]]
    """Public IP addresses that the site's outbound traffic comes from; empty without a NAT gateway."""

    def __init__(self, name: str, args: SiteArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = SiteArgs.of(name, args)
        opts = pulumi.ResourceOptions.merge(opts, iam_defaults(args.options.iam))
        super().__init__("falaj:aws:Site", name, args.region, opts)
        build = SiteBuild(self, name, args)
        compute = Compute(build)
        storage = Storage(build, compute)
        budgets(build, compute)
        burn_rate(build, compute)
        self.vaults, self.kubernetes = storage.vaults, compute.kubernetes
        self.datasets = storage.datasets
        self.store_cidrs, self.endpoint_cidrs = compute.network.s3_cidrs, compute.network.endpoint_cidrs
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
