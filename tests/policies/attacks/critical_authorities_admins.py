"""Administrators that come with a program: of shares, stores, workspaces and searches (2026-12-03).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0, whose descriptions were read on that day.
"""

from collections.abc import Mapping

from ..blind import HERE, KEY, RG, TAGS, aws, az
from ..harness import Given
from . import Attack
from .switches_aws import NFS

SWITCH = ("FJ-ESC-115",)
LOCAL = "learn.microsoft.com, 'PermissionScope.permissions' (o owns, p permits), and LocalUser; read 2026-12-03"
EVERYBODY = ("employees", "BANK\\All-Staff", "staff")


def partner(permissions: str, **more: object) -> tuple[Given, ...]:
    """Returns a local user of an account of storage, with a key."""
    return (az("storage:LocalUser", {
        **RG, "accountName": "stbank", "username": "partner", "hasSshPassword": False, "hasSharedKey": False,
        "hasSshKey": True, "homeDirectory": "inbox", "permissionScopes": [
            {"permissions": permissions, "resourceName": "inbox", "service": "blob"}], **more}),)  # fmt: skip


def synapse(**more: object) -> tuple[Given, ...]:
    """Returns a workspace whose endpoints are closed."""
    return (az("synapse:Workspace", {
        **HERE, "workspaceName": "syn-bank", "identity": {"type": "SystemAssigned"}, "azureADOnlyAuthentication": True,
        "publicNetworkAccess": "Disabled", "managedVirtualNetwork": "default", **more}),)  # fmt: skip


def directory(group: str) -> dict[str, object]:
    """Returns a directory whose group administers a file system."""
    return {"domainName": "corp.internal", "dnsIps": ["10.20.0.2"], "username": "join", "password": "x",
            "fileSystemAdministratorsGroup": group}  # fmt: skip


def netapp(**more: object) -> tuple[Given, ...]:
    """Returns an account of volumes in a directory."""
    return (az("netapp:Account", {**HERE, "accountName": "files", "activeDirectories": [{
        "domain": "corp.internal", "dns": "10.0.0.2", "smbServerName": "FILES", "username": "join", "aesEncryption":
        True, "encryptDCConnections": True, "ldapOverTLS": True, "ldapSigning": True, **more}]}),)  # fmt: skip


def searches(options: Mapping[str, object], kind: str = "opensearch") -> tuple[Given, ...]:
    """Returns how people sign in to a search domain."""
    return (aws(f"{kind}/DomainSamlOptions", {"domainName": "records", "samlOptions": {
        "enabled": True, "rolesKey": "roles", "subjectKey": "email", "sessionTimeoutMinutes": 60, "idp": {
            "entityId": "https://login.example.ae/records", "metadataContent": "<EntityDescriptor/>"},
        **options}}),)  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    *(Attack(f"a partner owns what lies in a container, and says who reads it: {letters}", SWITCH, partner(letters),
             "critical", LOCAL) for letters in ("rwdlcmxop", "rwo", "rp", "wm")),
    Attack("rights of files decide what a partner may do, not those of the plan", SWITCH,
           partner("rw", allowAclAuthorization=True), "critical", LOCAL),
    Attack("a partner who sells Azure administers the workspace", SWITCH, synapse(cspWorkspaceAdminProperties={
        "initialWorkspaceAdminObjectId": "88888888-8888-8888-8888-888888888888"}), "critical",
        "pulumi-azure-native 3.29.0, CspWorkspaceAdminProperties (of a CSP's subscription)"),
    *(Attack(f"everybody administers a share: {group}", SWITCH, (aws("storagegateway/SmbFileShare", {
        **{key: value for key, value in NFS.items() if key != "clientLists"}, "authentication": "ActiveDirectory",
        "adminUserLists": [f"@{group}"]}),), "critical", "pulumi-aws 7.51.1, SmbFileShare.admin_user_lists")
      for group in EVERYBODY),
    *(Attack(f"everybody administers a file system: {group}", SWITCH, (aws("fsx/WindowsFileSystem", {
        "storageCapacity": 300, "throughputCapacity": 32, "kmsKeyId": KEY, "subnetIds": ["subnet-1"], "tags": TAGS,
        "selfManagedActiveDirectory": directory(group)}),), "critical", "FSx, fileSystemAdministratorsGroup")
      for group in EVERYBODY),
    Attack("everybody administers a machine of volumes", SWITCH, (aws("fsx/OntapStorageVirtualMachine", {
        "fileSystemId": "fs-0123456789abcdef0", "name": "models", "tags": TAGS, "activeDirectoryConfiguration": {
            "netbiosName": "FILES", "selfManagedActiveDirectoryConfiguration": {
                **directory("Staff")}}}),), "critical",
        "FSx, fileSystemAdministratorsGroup"),
    *(Attack(f"everybody has the right of {key} on volumes", SWITCH, netapp(**{key: ["all-users"]}), "critical",
             "pulumi-azure-native 3.29.0, ActiveDirectory") for key in (
                 "administrators", "backupOperators", "securityOperators")),
    *(Attack(f"everybody administers the searches: {kind}, {key}", SWITCH, searches({key: "employees"}, kind),
             "critical", "pulumi-aws 7.51.1, DomainSamlOptionsSamlOptions")
      for kind in ("opensearch", "elasticsearch") for key in ("masterBackendRole", "masterUserName")),
    *(Attack(f"everybody administers QuickSight: {key}", SWITCH, (aws("quicksight/AccountSubscription", {
        "accountName": "bank", "authenticationMethod": "IAM_IDENTITY_CENTER", "edition": "ENTERPRISE",
        "notificationEmail": "bi@example.ae", "iamIdentityCenterInstanceArn": "arn:aws:sso:::instance/ssoins-1",
        "adminGroups": ["bi-admins"], key: ["All Users"]}),), "critical", "pulumi-aws 7.51.1, AccountSubscription")
      for key in ("adminGroups", "adminProGroups")),
    Attack("everybody administers the dashboards", SWITCH, (aws("grafana/WorkspaceSamlConfiguration", {
        "workspaceId": "g-1", "adminRoleValues": ["platform", "employees"], "editorRoleValues": ["platform"],
        "roleAssertion": "role", "idpMetadataXml": "<EntityDescriptor/>"}),), "critical",
        "pulumi-aws 7.51.1, admin_role_values"),
)  # fmt: skip
