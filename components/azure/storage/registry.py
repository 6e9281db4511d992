"""A private registry of container images and models."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import pulumi
from pulumi_azure_native import containerregistry
from pydantic import AfterValidator, Field

from falaj.components.azure.common.args import StoredResourceArgs
from falaj.components.azure.identity.keys import EncryptionKey, KeyUser, key_user
from falaj.components.azure.identity.roles import Role, grant
from falaj.components.azure.identity.stored_keys import stored_key
from falaj.components.azure.monitoring.audit_log import diagnostic_setting
from falaj.components.azure.network.private_endpoint import private_endpoint
from falaj.components.azure.storage.storage_account import has_three_zones
from falaj.components.core.validation.args import Input, default
from falaj.components.core.validation.names import short_name
from falaj.components.core.validation.problems import refusal
from falaj.facts.regions import REGIONS

NAME_LIMIT = 50
"""Maximum length of a registry's name in characters; names are globally unique."""

UPSTREAMS: dict[str, str] = {
    # AKS pulls its own images from this repository in a network without egress (learn.microsoft.com, network-isolated).
    "mcr.microsoft.com": "aks-managed-repository",
    "registry.k8s.io": "registry.k8s.io",
    "quay.io": "quay.io",
    "ghcr.io": "ghcr.io",
    "public.ecr.aws": "public.ecr.aws",
}
"""Public registries that can be cached without credentials -> the repository prefix of their cached images. Docker Hub
is not included: Azure requires credentials to cache it (learn.microsoft.com, artifact-cache-overview, read 2026-11-24).
"""


def _cacheable(host: str) -> str:
    if host not in UPSTREAMS:
        raise refusal(", ".join(UPSTREAMS), "choose one of these; others need a credential or a copy", given=host)
    return host


Upstream = Annotated[str, AfterValidator(_cacheable)]
"""Host name of a public registry that can be cached without credentials."""


class RegistryArgs(StoredResourceArgs):
    """Arguments of `Registry`, a private registry of container images and models."""

    puller_principal_ids: Mapping[str, Input[str]] = default({})
    """Principal ids of the identities that may pull images, such as the identity of a cluster's nodes. The keys are
    names of your choice, used in resource names. None by default."""
    cached_upstreams: Sequence[Upstream] = ()
    """Public registries for which this registry is a pull-through cache: any of `mcr.microsoft.com`, `registry.k8s.io`,
    `quay.io`, `ghcr.io`, `public.ecr.aws`. None by default."""
    untagged_days: Input[Annotated[int, Field(ge=1, le=365)]] = 30
    """Days after which an image without a tag is deleted, 1 to 365; default 30. Images that are pulled by digest also
    need a tag."""
    replicated: bool = False
    """Whether the registry has a replica in the paired region, which is in the UAE. Default false."""
    trusted_services: bool = False
    """Whether trusted Azure services, such as Defender's image scanner, bypass the network rules. Default false."""


class Registry(pulumi.ComponentResource):
    """A Premium container registry with a customer-managed key and a private endpoint; export policies are disabled."""

    registry_name: pulumi.Output[str]
    """Name of the registry."""
    registry_id: pulumi.Output[str]
    """Id of the registry."""
    login_server: pulumi.Output[str]
    """Host name of the registry, `….azurecr.io`, with which image names begin."""
    caches: pulumi.Output[Mapping[str, str]]
    """Cached registry -> address that replaces its host in an image reference."""
    key_id: pulumi.Output[str]
    """URI of the registry's encryption key, without a version."""

    def __init__(self, name: str, args: RegistryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = RegistryArgs.of(name, args)
        super().__init__("falaj:azure:Registry", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        key = stored_key(name, args, self)
        registry = _registry(name, args, key, child)
        replicas = _replicas(name, args, registry, child)
        # The private endpoint gets an address for each replica that exists when it is created.
        after_replicas = pulumi.ResourceOptions(parent=self, depends_on=replicas)
        private_endpoint(f"{name}-endpoint", args, registry.id, "registry", after_replicas)
        events = ["ContainerRegistryLoginEvents", "ContainerRegistryRepositoryEvents"]
        diagnostic_setting(f"{name}-audit", registry.id, args.workspace_id, events, child)
        _cache_rules(name, args, registry, child)
        for puller, principal_id in args.puller_principal_ids.items():
            grant(f"{name}-pulled-by-{puller}", Role.ACR_PULL, principal_id, registry.id, child)
        self.registry_name = registry.name
        self.registry_id = registry.id
        self.login_server = registry.login_server
        self.caches = registry.login_server.apply(
            lambda host: {upstream: f"{host}/{UPSTREAMS[upstream]}" for upstream in args.cached_upstreams}
        )
        self.key_id = key.uri
        self.register_outputs(
            {
                "caches": self.caches,
                "registry_name": self.registry_name,
                "registry_id": self.registry_id,
                "login_server": self.login_server,
                "key_id": self.key_id,
            }
        )


def _registry(
    name: str, args: RegistryArgs, key: EncryptionKey, child: pulumi.ResourceOptions
) -> containerregistry.Registry:
    user = key_user(name, args, key, args.key_identity_id, child)
    return containerregistry.Registry(
        f"{name}-registry",
        _registry_args(name, args, key, user),
        pulumi.ResourceOptions(parent=child.parent, depends_on=user.grants, protect=args.protect),
    )


def _registry_args(name: str, args: RegistryArgs, key: EncryptionKey, user: KeyUser) -> containerregistry.RegistryArgs:
    bypass = containerregistry.NetworkRuleBypassOptions
    return containerregistry.RegistryArgs(
        location=args.region,
        resource_group_name=args.resource_group_name,
        registry_name=args.unique_name(name, NAME_LIMIT),
        # Only this tier supports private endpoints, customer-managed keys, retention policies and replicas.
        sku=containerregistry.SkuArgs(name=containerregistry.SkuName.PREMIUM),
        identity=containerregistry.IdentityPropertiesArgs(
            type=containerregistry.ResourceIdentityType.USER_ASSIGNED,
            user_assigned_identities=user.identity.id.apply(
                lambda identity_id: {identity_id: containerregistry.UserIdentityPropertiesArgs()}
            ),
        ),
        encryption=containerregistry.EncryptionPropertyArgs(
            status=containerregistry.EncryptionStatus.ENABLED,
            # The key identifier has no version, so that the registry follows key rotation.
            key_vault_properties=containerregistry.KeyVaultPropertiesArgs(
                identity=user.identity.client_id, key_identifier=key.uri
            ),
        ),
        admin_user_enabled=False,
        anonymous_pull_enabled=False,
        public_network_access=containerregistry.PublicNetworkAccess.DISABLED,
        network_rule_bypass_options=bypass.AZURE_SERVICES if args.trusted_services else bypass.NONE,
        data_endpoint_enabled=True,
        zone_redundancy=_zone_redundancy(args.region),
        policies=_policies(args),
        tags=args.tags,
    )


def _policies(args: RegistryArgs) -> containerregistry.PoliciesArgs:
    """Returns policies that delete untagged images after `untagged_days` and disable exports.

    Not used: soft delete, a preview that is incompatible with retention policies and replicas; quarantine, a preview;
    content trust, which is being retired and is incompatible with a customer-managed key (learn.microsoft.com,
    container-registry, read 2026-11-24).
    """
    return containerregistry.PoliciesArgs(
        retention_policy=containerregistry.RetentionPolicyArgs(
            status=containerregistry.PolicyStatus.ENABLED, days=args.untagged_days
        ),
        export_policy=containerregistry.ExportPolicyArgs(status=containerregistry.ExportPolicyStatus.DISABLED),
    )


def _zone_redundancy(region: str) -> containerregistry.ZoneRedundancy:
    choice = containerregistry.ZoneRedundancy
    return choice.ENABLED if has_three_zones(region) else choice.DISABLED


def _replicas(
    name: str, args: RegistryArgs, registry: containerregistry.Registry, opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    pair = REGIONS[args.region].pair
    if not args.replicated or pair is None:
        return []
    replica = containerregistry.Replication(
        f"{name}-replica",
        location=pair,
        resource_group_name=args.resource_group_name,
        registry_name=registry.name,
        replication_name=pair,
        region_endpoint_enabled=True,
        zone_redundancy=_zone_redundancy(pair),
        tags=args.tags,
        opts=opts,
    )
    return [replica]


def _cache_rules(
    name: str, args: RegistryArgs, registry: containerregistry.Registry, opts: pulumi.ResourceOptions
) -> None:
    for host in args.cached_upstreams:
        containerregistry.CacheRule(
            f"{name}-cache-{short_name(host, limit=NAME_LIMIT)}",
            resource_group_name=args.resource_group_name,
            registry_name=registry.name,
            cache_rule_name=short_name(host, limit=NAME_LIMIT),
            source_repository=f"{host}/*",
            target_repository=f"{UPSTREAMS[host]}/*",
            opts=opts,
        )
