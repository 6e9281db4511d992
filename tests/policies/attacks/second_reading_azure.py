"""Attacks on Azure by what a second reading of the table of switches found: weak defaults and other spellings.

Descriptions, defaults and enumerations are those of pulumi-azure-native 3.29.0; read on 2026-11-29.
"""

from ..blind import HERE, OURS, RG, SUB, Props
from .fields_azure import ESC, attacks

REGISTERED = {"clientId": "1", "clientSecretSettingName": "S"}
SIGN_IN = {**RG, "name": "portal", "platform": {"enabled": True}, "globalValidation": {"requireAuthentication": True}}
OLD_SIGN_IN = {
    **RG, "name": "portal", "enabled": True, "unauthenticatedClientAction": "RedirectToLoginPage",
    "validateIssuer": True,
}  # fmt: skip
KINDS = ("WebAppAuthSettingsV2", "WebAppAuthSettingsV2Slot", "WebAppAuthSettingsV2WithoutSecrets",
         "WebAppAuthSettingsV2WithoutSecretsSlot")  # fmt: skip
VOLUME = {
    **HERE, "accountName": "files", "poolName": "pool", "volumeName": "v", "creationToken": "v",
    "usageThreshold": 536870912000, "subnetId": f"{OURS}.Network/virtualNetworks/v/subnets/netapp",
    "protocolTypes": ["NFSv4.1"], "kerberosEnabled": True, "unixPermissions": "0750",
}  # fmt: skip
EXPORT = {"ruleIndex": 1, "allowedClients": "10.20.4.0/24", "nfsv41": True, "kerberos5pReadWrite": True}
SHEET = '<xsl:stylesheet xmlns:m="urn:schemas-microsoft-com:xslt"><m:script language="C#">x</m:script></xsl:stylesheet>'
DATABASE = {**RG, "serverName": "sql", "databaseName": "core"}
PATCHES = {**HERE, "resourceName": "patches", "maintenanceScope": "InGuestPatch", "duration": "03:00",
           "startDateTime": "2026-12-01 00:00", "timeZone": "Arabian Standard Time"}  # fmt: skip
SQL_SERVER = {**RG, "serverName": "sql", "databaseName": "core", "syncGroupName": "g", "syncMemberName": "m",
              "databaseType": "AzureSqlDatabase", "syncDirection": "OneWayHubToMember",
              "syncMemberAzureDatabaseResourceId": f"{OURS}.Sql/servers/b/databases/d"}  # fmt: skip


def signed_in_by(kind: str, **providers: object) -> tuple[str, Props]:
    """Returns the sign-in of an app with providers."""
    slot = {"slot": "staging"} if kind.endswith("Slot") else {}
    return f"web:{kind}", {**SIGN_IN, **slot, "identityProviders": providers}


def computes(**more: object) -> Props:
    """Returns a cluster of machine learning whose nodes wait for work."""
    scale = {"minNodeCount": 0, "maxNodeCount": 8, **more}
    return {**HERE, "workspaceName": "ml", "computeName": "c", "properties": {
        "computeType": "AmlCompute", "disableLocalAuth": True, "properties": {
            "vmSize": "STANDARD_DS3_V2", "enableNodePublicIp": False, "remoteLoginPortPublicAccess": "Disabled",
            "scaleSettings": scale}}}  # fmt: skip


SIGNED_IN = attacks((
    *((f"every account of Google signs in, since a provider is enabled by default: {kind}", ESC,
       *signed_in_by(kind, google={"registration": REGISTERED}), "critical", "google.enabled") for kind in KINDS),
    ("every account of GitHub signs in to a container app by default", ESC, "app:ContainerAppsAuthConfig",
     {**RG, "containerAppName": "portal", "authConfigName": "current", "platform": {"enabled": True},
      "globalValidation": {"unauthenticatedClientAction": "RedirectToLoginPage"},
      "identityProviders": {"gitHub": {"registration": REGISTERED}}}, "critical", "gitHub.enabled"),
    *((f"everybody signs in by a provider that nobody switched off: {name}", ESC,
       *signed_in_by(KINDS[0], **{name: {"registration": registration}}), "critical", f"{name}.enabled")
      for name, registration in (
          ("apple", REGISTERED), ("facebook", {"appId": "1", "appSecretSettingName": "S"}), ("gitHub", REGISTERED),
          ("legacyMicrosoftAccount", REGISTERED),
          ("twitter", {"consumerKey": "1", "consumerSecretSettingName": "S"}))),
    *((f"everybody signs in by the older settings: {name} of {kind}", ESC, f"web:{kind}",
       {**OLD_SIGN_IN, name: "1", **({"slot": "staging"} if kind.endswith("Slot") else {})}, "critical", name)
      for kind in ("WebAppAuthSettings", "WebAppAuthSettingsSlot")
      for name in ("facebookAppId", "gitHubClientId", "googleClientId", "microsoftAccountClientId",
                   "twitterConsumerKey")),
    ("an administrator of a cluster by a name that every authority may issue", ESC, "servicefabric:ManagedCluster",
     {**HERE, "clusterName": "fabric", "sku": {"name": "Standard"}, "dnsName": "fabric", "adminUserName": "fabric",
      "clients": [{"isAdmin": True, "commonName": "admin.bank.example.ae"}]}, "critical", "clients.issuerThumbprint"),
    ("clients read and write every topic that has a first level", ESC, "eventgrid:TopicSpace",
     {**RG, "namespaceName": "n", "topicSpaceName": "all", "topicTemplates": ["+/#"]}, "major", "topicTemplates"),
))  # fmt: skip
FILES = attacks((
    ("root of every client owns the files, since nobody squashes it", ESC, "storage:FileShare",
     {**RG, "accountName": "st", "shareName": "f", "enabledProtocols": "NFS"}, "major", "rootSquash"),
    ("root of every client owns the files by default", ESC, "netapp:CapacityPoolVolume",
     {**VOLUME, "exportPolicy": {"rules": [EXPORT]}}, "major", "hasRootAccess"),
    ("other users write the files of a volume", ESC, "netapp:CapacityPoolVolume",
     {**VOLUME, "unixPermissions": "0776", "exportPolicy": {"rules": [{**EXPORT, "hasRootAccess": False}]}}, "major",
     "unixPermissions"),
    ("files of an elastic volume cross the network in plaintext by default", ESC, "netapp:ElasticVolume",
     {**HERE, "accountName": "a", "poolName": "p", "volumeName": "v", "properties": {
         "filePath": "v", "size": 1073741824, "protocolTypes": ["SMB"], "smbProperties": {}}}, "major",
     "smbEncryption"),
))  # fmt: skip
DATA = attacks((
    ("several alerts of a database are off, in one text", ESC, "sql:DatabaseThreatDetectionPolicy",
     {**DATABASE, "securityAlertPolicyName": "Default", "state": "Enabled", "location": "uaenorth",
      "disabledAlerts": "Sql_Injection; Data_Exfiltration"}, "major", "disabledAlerts"),
    ("every user and one more read the columns that are masked", ESC, "sql:DataMaskingPolicy",
     {**DATABASE, "dataMaskingPolicyName": "Default", "dataMaskingState": "Enabled",
      "exemptPrincipals": "reports;public"}, "major", "exemptPrincipals"),
    ("rows are synchronised with a database through its public endpoint by default", ESC, "sql:SyncMember",
     SQL_SERVER, "major", "usePrivateLinkConnection"),
    *((f"copies of a cache are written with a key by default: {kind}", ESC, "redis:Redis",
       {**HERE, "name": "cache", "sku": {"name": "Premium", "family": "P", "capacity": 1},
        "redisConfiguration": {"aadEnabled": "true", kind: "true"}}, "minor", "preferredDataPersistenceAuthMethod")
      for kind in ("rdbBackupEnabled", "aofBackupEnabled")),
    ("a map runs a program under a name of its own", ESC, "logic:IntegrationAccountMap",
     {**HERE, "integrationAccountName": "edi", "mapName": "m", "mapType": "Xslt", "contentType": "application/xml",
      "content": SHEET}, "critical", "content"),
))  # fmt: skip
HATE = [{"name": "Hate", "enabled": True, "blocking": False, "source": source, "severityThreshold": "Low"}
        for source in ("Prompt", "Completion")]  # fmt: skip
WATCH = attacks((
    ("a model only marks what its filter finds", ESC, "cognitiveservices:RaiPolicy",
     {**RG, "accountName": "ai", "raiPolicyName": "marks", "properties": {
         "mode": "Blocking", "basePolicyName": "Microsoft.DefaultV2", "contentFilters": HATE}}, "major",
     "contentFilters.blocking (Azure OpenAI, 'Content filtering annotations')"),
    ("a model of a workspace only marks attacks on its instructions", ESC, "machinelearningservices:RaiPolicy",
     {**RG, "workspaceName": "ml", "endpointName": "e", "raiPolicyName": "marks", "properties": {
         "mode": "Blocking", "basePolicyName": "Microsoft.DefaultV2", "contentFilters": [
             {"name": "Jailbreak", "enabled": True, "blocking": False, "source": "Prompt"}]}}, "major",
     "contentFilters.blocking (Azure OpenAI, 'Content filtering annotations')"),
    ("findings are hidden by an assignment that disables them", ESC, "security:Assignment",
     {**HERE, "assignmentId": "a", "scope": SUB, "effect": "Disable", "assignedStandard": {"id": "cis"}}, "major",
     "effect"),
    *((f"known attackers pass a firewall, behind one who may: {name}", ESC, "network:AzureFirewall",
       {**HERE, "azureFirewallName": "hub", "threatIntelMode": "Deny",
        "additionalProperties": {f"ThreatIntel.Whitelist.{name}": value}}, "major", name)
      for name, value in (("FQDNs", "www.bank.ae, *.com"), ("IpAddresses", "10.0.0.4, *"))),
    ("machines are patched once a year, counted in days", ESC, "maintenance:MaintenanceConfiguration",
     {**PATCHES, "recurEvery": "365Days"}, "major", "recurEvery"),
    ("idle machines run for a week, counted in minutes", ESC, "machinelearningservices:Compute",
     computes(nodeIdleTimeBeforeScaleDown="PT9999M"), "minor", "nodeIdleTimeBeforeScaleDown"),
    ("models of a cluster are reachable from the internet by default", ESC, "machinelearningservices:Compute",
     {**HERE, "workspaceName": "ml", "computeName": "k", "properties": {
         "computeType": "AKS", "disableLocalAuth": True, "properties": {"clusterPurpose": "FastProd"}}}, "critical",
     "loadBalancerType"),
    ("every user of the workspace opens the notebooks of a machine by default", ESC,
     "machinelearningservices:Compute",
     {**HERE, "workspaceName": "ml", "computeName": "c", "properties": {
         "computeType": "ComputeInstance", "disableLocalAuth": True, "properties": {
             "vmSize": "STANDARD_DS2_V2", "enableNodePublicIp": False, "idleTimeBeforeShutdown": "PT30M"}}}, "major",
     "applicationSharingPolicy"),
    ("a port of a machine stays open for a day, counted in hours", ESC, "security:JitNetworkAccessPolicy",
     {**RG, "ascLocation": "uaenorth", "jitNetworkAccessPolicyName": "jit", "kind": "Basic", "virtualMachines": [{
         "id": f"{OURS}.Compute/virtualMachines/vm", "ports": [{
             "number": 22, "protocol": "TCP", "allowedSourceAddressPrefix": "10.0.0.0/16",
             "maxRequestAccessDuration": "PT24H"}]}]}, "minor", "maxRequestAccessDuration"),
    *((f"nobody maintains what the app runs with any more: {version}", ESC, "web:WebApp",
       {**HERE, "name": "portal", "siteConfig": {"linuxFxVersion": version}}, "major", "linuxFxVersion")
      for version in ("PYTHON|3.10", "DOTNETCORE|8.0", "DOTNETCORE|9.0")),
    *((f"nobody maintains what the app runs with on Windows: {name} {version}", ESC, "web:WebApp",
       {**HERE, "name": "portal", "siteConfig": {name: version}}, "major", name)
      for name, version in (("netFrameworkVersion", "v8.0"), ("nodeVersion", "~18"), ("phpVersion", "7.4"),
                            ("pythonVersion", "2.7"))),
    ("whoever likes reads the repository of a site by default", ESC, "web:StaticSite",
     {**HERE, "name": "portal", "templateProperties": {"owner": "bank", "repositoryName": "portal"}}, "major",
     "templateProperties.isPrivate"),
))  # fmt: skip
ATTACKS = (*SIGNED_IN, *FILES, *DATA, *WATCH)
