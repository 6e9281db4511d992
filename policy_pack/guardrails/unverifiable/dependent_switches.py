"""Properties of which a position, or the vendor's default, is weak in one case only: another property says which.

A row of the table of switches must be set in every resource of its type, or in none, and evaluates a value whatever is
beside it. Defaults are those that the descriptions of pulumi-azure-native 3.29.0 state; an absent issuer means any
authority by its description of `issuerThumbprint`, "Only used together with CommonName"; a filter that does not block
marks what it finds (Microsoft Learn, "Content filtering annotations"); that rows are synchronised through the public
endpoint unless the private link is asked for (MicrosoftDocs/sql-docs 0c640857, azure-sql/database/
sql-data-sync-data-sql-server-sql-database.md, "Network requirements", read 2026-11-30); that a mail server must offer
TLS only where a policy says so (grafana/grafana 02e8924d, pkg/services/notifications/smtp.go, read 2026-11-30); that a
list of what was revoked is public by default by botocore 1.44.8 (acm-pca, CrlConfiguration). The port of nodes for SSH
is closed within a virtual network if it is not specified, and nodes without a public address are not public
(descriptions of `remoteLoginPortPublicAccess` and `enableNodePublicIp`); settings of LDAP are of a cache with that
source only (`expandStorageCacheDirectorySettings` of Terraform's provider azurerm); read on 2026-11-29.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, each_item, leaves, walk
from ..engine.rows import aws, azure
from ..engine.verdicts import Outcome, failed, undetermined


@dataclass(frozen=True)
class _Dependent:
    """A property at `path` that fails where the value at `when` matches `values`, both inside each item of `within`, or
    inside the resource if it is empty. An object is `set` if something in it is. The property fails if it is absent or
    empty, or where `is_off` if it is false, unless the item has one of the paths `unless`; `why` says why."""

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
_SIGN_IN = azure(
    "app:ContainerAppsAuthConfig", "web:WebAppAuthSettingsV2", "web:WebAppAuthSettingsV2Slot",
    "web:WebAppAuthSettingsV2WithoutSecrets", "web:WebAppAuthSettingsV2WithoutSecretsSlot",
)  # fmt: skip
_PROVIDERS = ("apple", "facebook", "gitHub", "google", "legacyMicrosoftAccount", "twitter")
_ROWS = (
    _Dependent(aws("acmpca/CertificateAuthority"), "revocationConfiguration?.crlConfiguration", "enabled", "true",
               "s3ObjectAcl", "everybody on the internet reads what was revoked"),
    # Names of AWS lead to endpoints by an alias; an address or another host answers requests for AWS that are signed
    # for it, with their data (Hacking-the-Cloud/hackingthe.cloud edf5d55, route53_modification_privilege_escalation,
    # and levi-x00/my-devops-portfolio 07-centralized-vpce/phz.tf, whose records are aliases; read 2026-12-01).
    _Dependent(aws("route53/Record"), "", "name", r"(?:.+\.)?(?:amazonaws\.com(?:\.cn)?|api\.aws)\.?", "aliases",
               "requests for AWS go to whoever answers at the address"),
    _Dependent(azure("databricks:Workspace"), "defaultCatalog", "initialName", ".+", "initialType",
               "most clusters read every table for every user"),
    _Dependent(azure("dashboard:Grafana"), "properties?.grafanaConfigurations?.smtp", "enabled", "true",
               "startTLSPolicy", "passwords and reports may cross the network in plaintext"),
    *(_Dependent(azure("netapp:CapacityPoolVolume"), "exportPolicy?.rules", protocol, "true", "hasRootAccess",
                 "root of every client owns the files") for protocol in ("nfsv3", "nfsv41")),
    *(_Dependent(_SIGN_IN, f"identityProviders?.{name}", "registration", "set", "enabled",
                 "everybody with an account there may sign in") for name in _PROVIDERS),
    _Dependent(azure("storage:FileShare"), "", "enabledProtocols", "nfs", "rootSquash",
               "root of every client owns the files"),
    _Dependent(azure("servicefabric:ManagedCluster"), "clients", "commonName", ".+", "issuerThumbprint",
               "every authority of the world may issue the name of an administrator"),
    _Dependent(azure("machinelearningservices:Compute"), "properties", "computeType", "computeinstance",
               "properties.applicationSharingPolicy", "every user of the workspace reaches its applications"),
    # Azure/PSRule.Rules.Azure 51d68cc8 docs/en/baselines/Azure.All.csv, Azure.ML.ComputeIdleShutdown, read 2026-12-01.
    _Dependent(azure("machinelearningservices:Compute"), "properties", "computeType", "computeinstance",
               "properties.idleTimeBeforeShutdown", "a machine that nobody uses is paid for until somebody stops it",
               unless=("properties.schedules",)),
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
    *(_Dependent(azure("containerservice:ManagedCluster"), f"addonProfiles?.{name}", "enabled", "true",
                 "config.applicationGatewayId", "the add-on makes a gateway with a public address")
      for name in ("ingressApplicationGateway", "IngressApplicationGateway")),
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
                if item is UNKNOWN:
                    yield undetermined(f"{row.path} of {place} is not known before deployment", place)
                else:
                    yield from _weak(row, place, item)


def _spelling(value: Plain) -> str:
    """Returns a value as the rows write it; empty if nothing is set."""
    if isinstance(value, dict):
        return "set" if any(leaf != "" for _, _, leaf in leaves(value)) else ""
    return str(value).strip() if isinstance(value, str | bool) else ""


def _is_weak(row: _Dependent, value: Plain) -> bool:
    if row.is_off:
        return str(value).strip().lower() == "false"
    return value is MISSING or (isinstance(value, str) and not value.strip())


def _weak(row: _Dependent, place: str, item: Plain) -> Iterator[Outcome]:
    value = item.get(row.when) if isinstance(item, dict) else None
    is_known = value is not UNKNOWN
    if is_known and not re.fullmatch(row.values, _spelling(value), re.IGNORECASE):
        return
    if any(found is not MISSING for path in row.unless for _, found in walk(item, path)):
        return
    for path, found in walk(item, row.path):
        if _is_weak(row, found):
            path = f"{place}.{path}".lstrip(".")
            wanted = "must not be false" if row.is_off else "must be set"
            if is_known:
                yield failed(f"{path} {wanted} where {row.when} is {_spelling(value)}: otherwise {row.why}", path)
            else:
                place_of_case = f"{place}.{row.when}".lstrip(".")
                yield undetermined(f"{place_of_case} decides on {path}, and is not known before deployment", path)
