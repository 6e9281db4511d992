"""Properties of Azure of which a position, or the vendor's default, is weak in one case only: another property says
which.

A row of the table of switches must be set in every resource of its type, or in none, and evaluates a value whatever is
beside it. Defaults are those that the descriptions of pulumi-azure-native 3.29.0 state; an absent issuer means any
authority by its description of `issuerThumbprint`, "Only used together with CommonName"; a filter that does not block
marks what it finds (Microsoft Learn, "Content filtering annotations"); that rows are synchronised through the public
endpoint unless the private link is asked for as known; read on 2026-11-29. The port of nodes for SSH is closed within a
virtual network if it is not specified, and nodes without a public address are not public (descriptions of
`remoteLoginPortPublicAccess` and `enableNodePublicIp`); settings of LDAP are of a cache with that source only
(`expandStorageCacheDirectorySettings` of Terraform's provider azurerm); both read on the same day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..engine.reading import MISSING, Plain, Resource, each_item, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed


@dataclass(frozen=True)
class _Dependent:
    """A property at `path` that fails where the value at `when` matches `values`, both inside each item of `within`, or
    inside the resource if it is empty. It fails if it is absent, or where `is_off` if it is false, unless the item has
    one of the paths `unless`; `why` says why."""

    types: tuple[str, ...]
    within: str
    when: str
    values: str
    path: str
    why: str
    is_off: bool = False
    unless: tuple[str, ...] = ()


_FILTERED = azure(
    "cognitiveservices:RaiPolicy", "cognitiveservices:SubscriptionRaiPolicy",
    "machinelearningservices:ConnectionRaiPolicy", "machinelearningservices:RaiPolicy",
)  # fmt: skip
_DOWNLOAD = "directoryServicesSettings.usernameDownload"
_OPEN = "nodes are open for SSH from the internet"
_ROWS = (
    _Dependent(azure("storage:FileShare"), "", "enabledProtocols", "nfs", "rootSquash",
               "root of every client owns the files"),
    _Dependent(azure("servicefabric:ManagedCluster"), "clients", "commonName", ".+", "issuerThumbprint",
               "every authority of the world may issue the name of an administrator"),
    _Dependent(azure("machinelearningservices:Compute"), "properties", "computeType", "computeinstance",
               "properties.applicationSharingPolicy", "every user of the workspace reaches its applications"),
    _Dependent(azure("machinelearningservices:Compute"), "properties", "computeType", "aks",
               "properties.loadBalancerType", "models are reachable from the internet"),
    _Dependent(azure("machinelearningservices:Compute"), "properties", "computeType", "amlcompute",
               "properties.remoteLoginPortPublicAccess", _OPEN,
               unless=("properties.subnet", "properties.enableNodePublicIp")),
    _Dependent(azure("machinelearningservices:Compute"), "properties.properties", "remoteLoginPortPublicAccess",
               "notspecified", "subnet", _OPEN, unless=("enableNodePublicIp",)),
    *(_Dependent(azure("storagecache:Cache"), _DOWNLOAD, "usernameSource", "ldap", path, why, is_off)
      for path, why in (("encryptLdapConnection", "passwords of the directory cross the network in plaintext"),
                        ("requireValidCertificate", "every certificate is accepted"))
      for is_off in (False, True)),
    _Dependent(azure("sql:SyncMember"), "", "databaseType", "azuresqldatabase", "usePrivateLinkConnection",
               "rows are synchronised through the public endpoint"),
    *(_Dependent(azure("redis:Redis"), "redisConfiguration", kind, "true", "preferredDataPersistenceAuthMethod",
                 "copies of the cache are written with a key of the storage account")
      for kind in ("aofBackupEnabled", "rdbBackupEnabled")),
    _Dependent(_FILTERED, "properties?.contentFilters", "name",
               r"hate|sexual|violence|self\W?harm|jailbreak|indirect attack", "blocking",
               "prompts and answers are only marked", is_off=True),
)  # fmt: skip


def check_dependent(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each property in a position that is weak beside the others."""
    for row in _ROWS:
        if resource.type in row.types:
            found = walk(resource.props, f"{row.within}?") if row.within else (("", resource.props),)
            for place, item in each_item(found):
                yield from _weak(row, place, item)


def _weak(row: _Dependent, place: str, item: Plain) -> Iterator[Outcome]:
    value = item.get(row.when) if isinstance(item, dict) else None
    if not isinstance(value, str | bool) or not re.fullmatch(row.values, str(value).strip(), re.IGNORECASE):
        return
    if any(found is not MISSING for path in row.unless for _, found in walk(item, path)):
        return
    for path, found in walk(item, row.path):
        if str(found).strip().lower() == "false" if row.is_off else found is MISSING:
            path = f"{place}.{path}".lstrip(".")
            wanted = "must not be false" if row.is_off else "must be set"
            yield failed(f"{path} {wanted} where {row.when} is {value}: otherwise {row.why}", path)
