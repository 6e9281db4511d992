"""Keys that exist in a Key Vault or Managed HSM: what a preview looks up, and refuses before anything is created."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import pulumi
from pulumi_azure_native import keyvault

from falaj.components.azure.common.args import ResourceGroupArgs
from falaj.components.azure.network.hub import other_subscription
from falaj.components.core.network.azure_ids import group_of_id, is_hsm_key, key_of_id, name_of_id, vault_of_key
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.problems import Problem
from falaj.facts.regions import normalise_azure

SIZES = (2048, 3072, 4096)
"""Sizes in bits of RSA keys for disks and storage (azure-compute-docs disk-encryption.md, 2026-04-02)."""


@dataclass(frozen=True)
class FoundVault:
    """The properties of an existing Key Vault or Managed HSM that matter to a site."""

    region: str
    purge_protected: bool
    role_based: bool = True
    """Whether role assignments decide on access, and not access policies. Always so in a Managed HSM."""
    is_public: bool = False
    """Whether its public endpoint is enabled."""
    admits_services: bool = True
    """Whether trusted services of Azure reach it."""


@dataclass(frozen=True)
class FoundKey:
    """An existing key and its Key Vault or Managed HSM, as a preview finds them."""

    vault: FoundVault
    kind: str
    bits: int
    uri: str
    uri_with_version: str


def vault_problems(
    field: str, vault: FoundVault, region: str, granted_here: bool, for_secrets: bool
) -> Iterator[Problem]:
    """Yields what makes a Key Vault or Managed HSM unfit for keys of a site in `region`."""
    if normalise_azure(vault.region) != region:
        # azure-compute-docs disk-encryption.md, 2026-04-02: disks and their key store are in one region.
        yield Problem(field, f"in {vault.region}", f"a key in {region}", "name a key of the site's region")
    if not vault.purge_protected:
        allowed = "a key whose vault has purge protection: without it the key can be lost, and the data with it"
        yield Problem(field, "no purge protection", allowed, "enable it")
    if granted_here and not vault.role_based:
        allowed = "a key whose vault uses Azure role-based access control"
        yield Problem(field, "access policies", allowed, "change the vault, or give an identity that has a policy")
    if for_secrets and vault.is_public:
        # azure-aks-docs use-kms-etcd-encryption.md, 2026-08-21: with a firewall it must be private.
        allowed = "a key whose vault has public network access disabled"
        yield Problem(field, "public network access enabled", allowed, "disable it, or name a key of another vault")
    if not for_secrets and not vault.admits_services:
        allowed = "a key whose vault lets trusted services of Azure bypass its firewall"
        yield Problem(field, "no bypass", allowed, "let AzureServices bypass the firewall")


def key_problems(field: str, key: FoundKey) -> Iterator[Problem]:
    """Yields what makes a key unfit for wrapping data keys."""
    if not key.kind.startswith("RSA"):
        yield Problem(field, f"a key of type {key.kind}", "an RSA key", "name an RSA key")
    elif key.bits not in SIZES:
        yield Problem(field, f"{key.bits} bits", "2048, 3072 or 4096 bits", "name another key")


@dataclass(frozen=True)
class KeyLookup:
    """The id of an existing key, and how a component uses it."""

    field: str
    """The argument that names it, for messages."""
    key_id: pulumi.Input[str]
    granted_here: bool
    """Whether the component grants access to the key by a role assignment."""
    for_secrets: bool = False
    """Whether AKS encrypts Kubernetes secrets with it."""


def verified_key(
    name: str, args: ResourceGroupArgs, lookup: KeyLookup, parent: pulumi.Resource | None
) -> pulumi.Output[FoundKey]:
    """Returns the key once it has been looked up and fits, with all problems in one error."""
    options = other_subscription(f"{name}-lookup", args, lookup.key_id, parent)
    invoke = pulumi.InvokeOutputOptions(parent=parent, provider=cast(pulumi.ProviderResource, options.provider))

    def verify(found: FoundKey) -> FoundKey:
        problems = [
            *vault_problems(lookup.field, found.vault, args.region, lookup.granted_here, lookup.for_secrets),
            *key_problems(lookup.field, found),
        ]
        if problems:
            raise BadArguments(name, problems)
        return found

    def look_up(key_id: str) -> pulumi.Output[FoundKey]:
        return _hsm_key(key_id, invoke) if is_hsm_key(key_id) else _vault_key(key_id, invoke)

    return pulumi.Output.from_input(lookup.key_id).apply(look_up).apply(verify)


def _vault_key(key_id: str, invoke: pulumi.InvokeOutputOptions) -> pulumi.Output[FoundKey]:
    vault_id = vault_of_key(key_id)
    vault = keyvault.get_vault_output(
        resource_group_name=group_of_id(vault_id), vault_name=name_of_id(vault_id), opts=invoke
    )
    key = keyvault.get_key_output(
        resource_group_name=group_of_id(vault_id),
        vault_name=name_of_id(vault_id),
        key_name=key_of_id(key_id),
        opts=invoke,
    )

    def found(known: Sequence[object]) -> FoundKey:
        result, key_result = cast(keyvault.GetVaultResult, known[0]), cast(keyvault.GetKeyResult, known[1])
        return FoundKey(
            _found_vault(result),
            key_result.kty or "RSA",
            key_result.key_size or SIZES[0],
            key_result.key_uri,
            key_result.key_uri_with_version,
        )

    return pulumi.Output.all(vault, key).apply(found)


def _found_vault(result: keyvault.GetVaultResult) -> FoundVault:
    properties = result.properties
    is_public = (properties.public_network_access or "Enabled").lower() != "disabled"
    rules = properties.network_acls
    is_open = is_public and (rules is None or rules.default_action != "Deny")
    return FoundVault(
        region=result.location or "",
        purge_protected=properties.enable_purge_protection is True,
        role_based=properties.enable_rbac_authorization is True,
        is_public=is_public,
        admits_services=is_open or rules is None or rules.bypass != "None",
    )


def _hsm_key(key_id: str, invoke: pulumi.InvokeOutputOptions) -> pulumi.Output[FoundKey]:
    """Returns a key of a Managed HSM. Its keys are RSA-HSM keys, and only its data plane lists them."""
    hsm_id = vault_of_key(key_id)
    hsm = keyvault.get_managed_hsm_output(resource_group_name=group_of_id(hsm_id), name=name_of_id(hsm_id), opts=invoke)
    uri = f"https://{name_of_id(hsm_id)}.managedhsm.azure.net/keys/{key_of_id(key_id)}"
    version = key_id.partition("/versions/")[2]

    def found(result: keyvault.GetManagedHsmResult) -> FoundKey:
        protected = result.properties.enable_purge_protection is not False
        vault = FoundVault(result.location or "", protected)
        return FoundKey(vault, "RSA-HSM", SIZES[0], uri, f"{uri}/{version}" if version else uri)

    return hsm.apply(found)
