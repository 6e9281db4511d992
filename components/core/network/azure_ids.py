"""Ids of existing Azure resources, as arguments of components."""

from typing import Annotated

from falaj.components.core.validation.text_forms import TextForm

_SUBSCRIPTION = "/subscriptions/11111111-2222-3333-4444-555555555555"
NOT_IN_NAMES = r"\x00-\x27\x2a-\x2c/\x3a-\x40\x5b-\x5e\x60\x7b-\xa0\u2000-\u206f\u3000\ufeff"
"""Characters that names of resources do not have, within a class of a pattern. Names have letters and digits of any
script, and `-_.()` (learn.microsoft.com, "Naming rules and restrictions for Azure resources", resourceGroups, in
excerpts, 2026-11-30; "ResourceGroup.Name Property" of the .NET library on Unicode, 2026-11-29). `\\w` is no pattern of
these: to editors it is ASCII, and to Python Unicode. Signs beyond ASCII other than punctuation and spaces pass."""
NAME_PATTERN = rf"[^{NOT_IN_NAMES}]+"
"""Pattern of the names of resources."""
GROUP_PATTERN = rf"/subscriptions/[0-9a-fA-F-]{{36}}/resourceGroups/{NAME_PATTERN}"
"""Pattern of the id of a resource group."""


def _form(words: str, path: str, name: str = NAME_PATTERN, example: str = "hub") -> TextForm:
    escaped = path.replace(".", r"\.")
    pattern = f"^{GROUP_PATTERN}/providers/{escaped}/{name}$"
    return TextForm(pattern, words, f"{_SUBSCRIPTION}/resourceGroups/connectivity/providers/{path}/{example}")


GroupId = Annotated[
    str,
    TextForm(f"^{GROUP_PATTERN}$", "the id of a resource group", f"{_SUBSCRIPTION}/resourceGroups/ai-platform"),
]
"""Id of a resource group."""

VnetId = Annotated[str, _form("the id of a virtual network", "Microsoft.Network/virtualNetworks")]
"""Id of a virtual network."""

SubnetId = Annotated[
    str,
    _form(
        "the id of a subnet",
        "Microsoft.Network/virtualNetworks",
        f"{NAME_PATTERN}/subnets/{NAME_PATTERN}",
        "spoke/subnets/nodes",
    ),
]
"""Id of a subnet."""

VirtualHubId = Annotated[str, _form("the id of a virtual hub", "Microsoft.Network/virtualHubs")]
"""Id of a hub of Azure Virtual WAN."""

PrefixId = Annotated[
    str, _form("the id of a public IP prefix", "Microsoft.Network/publicIPPrefixes", example="uae-egress")
]
"""Id of a public IP prefix."""

PublicAddressId = Annotated[
    str, _form("the id of a public IP address", "Microsoft.Network/publicIPAddresses", example="uae-egress")
]
"""Id of a public IP address."""

WatcherId = Annotated[
    str, _form("the id of a network watcher", "Microsoft.Network/networkWatchers", example="NetworkWatcher_uaenorth")
]
"""Id of a network watcher."""

WorkspaceId = Annotated[
    str,
    _form("the id of a Log Analytics workspace", "Microsoft.OperationalInsights/workspaces", example="security"),
]
"""Id of a Log Analytics workspace."""

IdentityId = Annotated[
    str,
    _form(
        "the id of a user-assigned managed identity",
        "Microsoft.ManagedIdentity/userAssignedIdentities",
        example="aks-control-plane",
    ),
]
"""Id of a user-assigned managed identity."""

_KEY = r"[0-9a-zA-Z-]{1,127}"
_VAULT_KEY = rf"{GROUP_PATTERN}/providers/Microsoft\.KeyVault/vaults/[^/]+/keys/{_KEY}"
_HSM_KEY = rf"{GROUP_PATTERN}/providers/Microsoft\.KeyVault/managedHSMs/[^/]+/keys/{_KEY}"
_KEY_EXAMPLE = f"{_SUBSCRIPTION}/resourceGroups/security/providers/Microsoft.KeyVault"

VaultKeyId = Annotated[
    str,
    TextForm(
        f"^{_VAULT_KEY}$", "the id of a key in a Key Vault, without a version", f"{_KEY_EXAMPLE}/vaults/corp/keys/uae"
    ),
]
"""Id of a key in a Key Vault."""

KeyId = Annotated[
    str,
    TextForm(
        f"^({_VAULT_KEY}|{_HSM_KEY})$",
        "the id of a key in a Key Vault or Managed HSM, without a version",
        f"{_KEY_EXAMPLE}/managedHSMs/corp/keys/uae",
    ),
]
"""Id of a key in a Key Vault or Managed HSM."""

DiskKeyId = Annotated[
    str,
    TextForm(
        f"^({_VAULT_KEY}|{_HSM_KEY}/versions/[0-9a-f]{{32}})$",
        "the id of a key in a Key Vault, without a version, or in a Managed HSM, with the version to begin with",
        f"{_KEY_EXAMPLE}/managedHSMs/corp/keys/uae/versions/0123456789abcdef0123456789abcdef",
    ),
]
"""Id of a key for disks. Azure Resource Manager does not list the versions of a Managed HSM's keys."""


KeyVersion = Annotated[
    str,
    TextForm(
        "^[0-9a-f]{32}$",
        "the version of a key: 32 hexadecimal digits, in lower case",
        "0123456789abcdef0123456789abcdef",
    ),
]
"""Version of a key in a Key Vault."""


def is_hsm_key(key_id: str) -> bool:
    """Returns whether the id is that of a key in a Managed HSM."""
    return "/managedHSMs/" in key_id


def _zone(name: str) -> TextForm:
    escaped = name.replace(".", r"\.")
    return _form(f"the id of the private DNS zone {name}", "Microsoft.Network/privateDnsZones", escaped, name)


KeyVaultZoneId = Annotated[str, _zone("privatelink.vaultcore.azure.net")]
"""Id of the private DNS zone of Key Vaults."""
BlobZoneId = Annotated[str, _zone("privatelink.blob.core.windows.net")]
"""Id of the private DNS zone of Blob storage."""
FileZoneId = Annotated[str, _zone("privatelink.file.core.windows.net")]
"""Id of the private DNS zone of Azure Files."""
RegistryZoneId = Annotated[str, _zone("privatelink.azurecr.io")]
"""Id of the private DNS zone of container registries."""

ApiServerZoneId = Annotated[
    str,
    _form(
        "the id of a private DNS zone private.<region>.azmk8s.io or <subzone>.private.<region>.azmk8s.io",
        "Microsoft.Network/privateDnsZones",
        r"([a-z0-9-]{1,32}\.)?private\.(uaenorth|uaecentral)\.azmk8s\.io",
        "private.uaenorth.azmk8s.io",
    ),
]
"""Id of the private DNS zone of an API server inside its network. The subzone has at most 32 characters (azure-aks-docs
private-clusters.md, 2026-08-05)."""


def subscription_of_id(resource_id: str) -> str:
    """Returns the GUID of the subscription in an id."""
    return resource_id.split("/")[2]


def group_of_id(resource_id: str) -> str:
    """Returns the name of the resource group in an id."""
    return resource_id.split("/")[4]


def name_of_id(resource_id: str) -> str:
    """Returns the name at the end of an id."""
    return resource_id.rsplit("/", 1)[-1]


def key_of_id(key_id: str) -> str:
    """Returns the name of the key in the id of a key."""
    return key_id.split("/")[10]


def vault_of_key(key_id: str) -> str:
    """Returns the id of the Key Vault or Managed HSM in the id of a key."""
    return key_id.partition("/keys/")[0]
