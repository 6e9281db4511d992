"""A private registry of images and models."""

from collections.abc import Mapping, Sequence
from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi_azure_native import containerregistry, keyvault
from pulumi_azure_native.managedidentity import UserAssignedIdentity
from pydantic import AfterValidator, Field

from falaj.components.azure.identity.keys import rotating_key
from falaj.components.azure.identity.roles import Role, grant
from falaj.components.azure.monitoring.audit_log import audited
from falaj.components.azure.network.private_endpoint import private_endpoint
from falaj.components.azure.storage.storage_account import AccountPlace, has_three_zones
from falaj.components.core.validation.args import Passed
from falaj.components.core.validation.names import short_name, globally_unique_name
from falaj.components.core.validation.problems import refusal
from falaj.facts.regions import REGIONS

NAME_LIMIT = 50
"""Letters of a registry's name at most; the whole of Azure shares these names."""

UPSTREAMS: dict[str, str] = {
    # Where AKS looks for its own images in a network without a way out (learn.microsoft.com, network-isolated).
    "mcr.microsoft.com": "aks-managed-repository",
    "registry.k8s.io": "registry.k8s.io",
    "quay.io": "quay.io",
    "ghcr.io": "ghcr.io",
    "public.ecr.aws": "public.ecr.aws",
}
"""Public registries that can be read through without a credential -> where their images appear here. Docker Hub is not
one: Azure caches it with a credential only (learn.microsoft.com, artifact-cache-overview, read 2026-11-24)."""


class RegistryArgs(TypedDict):
    """Arguments of a `Registry`."""

    region: str
    """A region of Azure in the UAE."""
    resource_group_name: pulumi.Input[str]
    """Resource group that the registry is in."""
    resource_group_id: pulumi.Input[str]
    """Id of that group; it makes the registry's name distinct."""
    puller_principal_ids: NotRequired[Mapping[str, pulumi.Input[str]]]
    """Identities that may pull, such as that of a cluster's nodes, each under a name of yours. Nobody if absent."""
    cached_upstreams: NotRequired[Sequence[str]]
    """Public registries whose images are read through this one: any of mcr.microsoft.com, registry.k8s.io, quay.io,
    ghcr.io, public.ecr.aws. None if absent."""
    untagged_days: NotRequired[int]
    """Days after which an image without a tag goes, 1 to 365; 30 if absent. Who pulls by digest keeps a tag on it."""
    replicated: NotRequired[bool]
    """Whether the region's pair, which is in the country, has a replica."""
    trusted_services: NotRequired[bool]
    """Whether Azure's own services, such as Defender that looks into images, come in past the network's rules."""
    endpoint_subnet_id: pulumi.Input[str]
    """Subnet of the private endpoint."""
    dns_zone_id: pulumi.Input[str]
    """Private DNS zone `privatelink.azurecr.io` of the network."""
    key_vault_name: pulumi.Input[str]
    """The Key Vault that takes the registry's key."""
    key_vault_uri: pulumi.Input[str]
    """Its address."""
    hsm: NotRequired[bool]
    """Whether a new key lives in a hardware module, which the Key Vault must have; one that exists stays as it is."""
    workspace_id: pulumi.Input[str]
    """Workspace that every login, push and pull is recorded in."""
    protect: NotRequired[bool]
    """Whether the registry and its key refuse to be deleted."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


def _upstream(host: str) -> str:
    if host not in UPSTREAMS:
        raise refusal(", ".join(UPSTREAMS), "choose one of these; others need a credential or a copy", given=host)
    return host


class _Checked(AccountPlace):
    puller_principal_ids: Mapping[str, Passed[str]] = Field(default={})
    cached_upstreams: tuple[Annotated[str, AfterValidator(_upstream)], ...] = ()
    untagged_days: Annotated[int, Field(ge=1, le=365)] = 30
    replicated: bool = False
    trusted_services: bool = False


class Registry(pulumi.ComponentResource):
    """A Premium container registry under its own key that has no public address and lets nothing be exported."""

    registry_name: pulumi.Output[str]
    """Name of the registry."""
    registry_id: pulumi.Output[str]
    """Its id."""
    login_server: pulumi.Output[str]
    """Its address, `….azurecr.io`: what image names begin with."""
    key_id: pulumi.Output[str]
    """Address of the key, without a version."""

    def __init__(self, name: str, args: RegistryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:azure:Registry", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        kept = pulumi.ResourceOptions(parent=self, protect=settings.protect)
        key = rotating_key(f"{name}-key", settings, name, settings.key_vault_name, kept)
        registry = _registry(name, settings, key, child)
        replicas = _replicas(name, settings, registry, child)
        private_endpoint(
            f"{name}-endpoint",
            settings,
            (registry.id, "registry"),
            settings.endpoint_subnet_id,
            settings.dns_zone_id,
            # The endpoint takes an address for each replica that there is when it is made.
            pulumi.ResourceOptions(parent=self, depends_on=replicas),
        )
        events = ["ContainerRegistryLoginEvents", "ContainerRegistryRepositoryEvents"]
        audited(f"{name}-audit", registry.id, settings.workspace_id, events, child)
        _cache_rules(name, settings, registry, child)
        for puller, principal_id in settings.puller_principal_ids.items():
            grant(f"{name}-pulled-by-{puller}", Role.ACR_PULL, principal_id, registry.id, child)
        self.registry_name = registry.name
        self.registry_id = registry.id
        self.login_server = registry.login_server
        self.key_id = key.key_uri
        self.register_outputs(
            {
                "registry_name": self.registry_name,
                "registry_id": self.registry_id,
                "login_server": self.login_server,
                "key_id": self.key_id,
            }
        )


def _registry(
    name: str, settings: _Checked, key: keyvault.Key, child: pulumi.ResourceOptions
) -> containerregistry.Registry:
    reader = UserAssignedIdentity(
        f"{name}-identity",
        location=settings.region,
        resource_group_name=settings.resource_group_name,
        tags=settings.tags,
        opts=child,
    )
    may_use = grant(
        f"{name}-uses-key", Role.KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER, reader.principal_id, key.id, child
    )
    return containerregistry.Registry(
        f"{name}-registry",
        _registry_args(name, settings, key, reader),
        pulumi.ResourceOptions(parent=child.parent, depends_on=[may_use], protect=settings.protect),
    )


def _registry_args(
    name: str, settings: _Checked, key: keyvault.Key, reader: UserAssignedIdentity
) -> containerregistry.RegistryArgs:
    bypass = containerregistry.NetworkRuleBypassOptions
    group_id = pulumi.Output.from_input(settings.resource_group_id)
    return containerregistry.RegistryArgs(
        location=settings.region,
        resource_group_name=settings.resource_group_name,
        registry_name=group_id.apply(lambda found: globally_unique_name(name, found, NAME_LIMIT)),
        # Private endpoints, customer keys, retention and replicas are of this tier only.
        sku=containerregistry.SkuArgs(name=containerregistry.SkuName.PREMIUM),
        identity=containerregistry.IdentityPropertiesArgs(
            type=containerregistry.ResourceIdentityType.USER_ASSIGNED,
            user_assigned_identities=reader.id.apply(
                lambda found: {found: containerregistry.UserIdentityPropertiesArgs()}
            ),
        ),
        encryption=containerregistry.EncryptionPropertyArgs(
            status=containerregistry.EncryptionStatus.ENABLED,
            # Without a version, so that the registry follows the key's rotation.
            key_vault_properties=containerregistry.KeyVaultPropertiesArgs(
                identity=reader.client_id, key_identifier=key.key_uri
            ),
        ),
        admin_user_enabled=False,
        anonymous_pull_enabled=False,
        public_network_access=containerregistry.PublicNetworkAccess.DISABLED,
        network_rule_bypass_options=bypass.AZURE_SERVICES if settings.trusted_services else bypass.NONE,
        data_endpoint_enabled=True,
        zone_redundancy=_zone_redundancy(settings.region),
        policies=_policies(settings),
        tags=settings.tags,
    )


def _policies(settings: _Checked) -> containerregistry.PoliciesArgs:
    """Untagged images go, and nothing is exported by pipelines of the registry.

    Left off: soft delete, which excludes retention and replicas, and quarantine are previews; content trust is being
    retired and excludes a key of one's own (learn.microsoft.com, container-registry, read 2026-11-24).
    """
    return containerregistry.PoliciesArgs(
        retention_policy=containerregistry.RetentionPolicyArgs(
            status=containerregistry.PolicyStatus.ENABLED, days=settings.untagged_days
        ),
        export_policy=containerregistry.ExportPolicyArgs(status=containerregistry.ExportPolicyStatus.DISABLED),
    )


def _zone_redundancy(region: str) -> containerregistry.ZoneRedundancy:
    choice = containerregistry.ZoneRedundancy
    return choice.ENABLED if has_three_zones(region) else choice.DISABLED


def _replicas(
    name: str, settings: _Checked, registry: containerregistry.Registry, opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    pair = REGIONS[settings.region].pair
    if not settings.replicated or pair is None:
        return []
    replica = containerregistry.Replication(
        f"{name}-replica",
        location=pair,
        resource_group_name=settings.resource_group_name,
        registry_name=registry.name,
        replication_name=pair,
        region_endpoint_enabled=True,
        zone_redundancy=_zone_redundancy(pair),
        tags=settings.tags,
        opts=opts,
    )
    return [replica]


def _cache_rules(
    name: str, settings: _Checked, registry: containerregistry.Registry, opts: pulumi.ResourceOptions
) -> None:
    for host in settings.cached_upstreams:
        containerregistry.CacheRule(
            f"{name}-cache-{compact(host, limit=NAME_LIMIT)}",
            resource_group_name=settings.resource_group_name,
            registry_name=registry.name,
            cache_rule_name=short_name(host, limit=NAME_LIMIT),
            source_repository=f"{host}/*",
            target_repository=f"{UPSTREAMS[host]}/*",
            opts=opts,
        )
