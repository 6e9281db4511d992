"""Attacks with types of AWS and Azure whose first review let them pass (2026-11-29).

Copies to resources of the own subscription whose place nobody sees, what deploys others, what is open by default, and
what shares data by its nature. Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0; what a service does with
them by its documentation, as known.
"""

from ..blind import HERE, OURS, RG, SUB, TAGS, Props, aws, az
from ..harness import UNKNOWN, Given
from . import Attack


def _copy(name: str, kind: str, props: Props, harm: str) -> Attack:
    """Returns a copy to a resource of the own subscription whose place the plan does not show."""
    return Attack(name, ("FJ-RES-208",), (az(kind, {**RG, **props}),), "critical", harm)


def _abroad(name: str, kind: str, props: Props, target: Given, harm: str) -> Attack:
    """Returns a plan that sends to a resource of its own in Europe. What is unknown depends on that resource."""
    links = {key: (target.name,) for key, value in props.items() if value == UNKNOWN}
    return Attack(name, ("FJ-RES-209",), (target, az(kind, {**RG, **props}, links=links)), "major", harm)


def _europe(kind: str, props: Props) -> Given:
    """Returns a resource that is abroad."""
    return az(kind, {**HERE, **props, "location": "westeurope"}, "abroad")


LOGS_EU = _europe("operationalinsights:Workspace", {"workspaceName": "logs-eu"})
STORE_EU = _europe("storage:StorageAccount", {
    "accountName": "steu", "kind": "StorageV2", "sku": {"name": "Standard_LRS"}})  # fmt: skip
NAME_EU = _europe("network:PublicIPAddress", {"publicIpAddressName": "ip-eu"})
APP_EU = _europe("web:WebApp", {"name": "app-eu"})
TO_IP = f"{OURS}.Network/publicIPAddresses/ip-eu"
BACKUPS = {"targetLocation": {"storageAccountResourceId": f"{OURS}.Storage/storageAccounts/copy"}}

COPIES = (
    _copy("files of the site move to an account of unknown place", "storagemover:Endpoint", {
        "storageMoverName": "mover", "endpointName": "copy", "properties": {
            "endpointType": "AzureStorageBlobContainer", "blobContainerName": "data",
            "storageAccountResourceId": f"{OURS}.Storage/storageAccounts/copy"}},
        "files lie abroad (Azure Storage Mover, 'How to manage endpoints')"),
    _copy("databases are kept alike by one of unknown place", "sql:SyncGroup", {
        "serverName": "sql", "databaseName": "claims", "syncGroupName": "all", "interval": 60,
        "usePrivateLinkConnection": True, "syncDatabaseId": f"{OURS}.Sql/servers/copy/databases/sync"},
        "the database of the group stores what is changed (Azure SQL, 'SQL Data Sync')"),
    _copy("queues move to a namespace of unknown place", "servicebus:MigrationConfig", {
        "namespaceName": "sb", "configName": "$default", "postMigrationName": "sb-old",
        "targetNamespace": f"{OURS}.ServiceBus/namespaces/copy"},
        "messages are kept there afterwards (Azure Service Bus, 'Migrate Standard to Premium')"),
    _copy("readings of patients go to a service of unknown place", "healthcareapis:IotConnectorFhirDestination", {
        "workspaceName": "hw", "iotConnectorName": "c", "fhirDestinationName": "d", "location": "uaenorth",
        "fhirMapping": {"content": {}}, "resourceIdentityResolutionType": "Lookup",
        "fhirServiceResourceId": f"{OURS}.HealthcareApis/workspaces/copy/fhirservices/f"},
        "records of patients lie abroad (Azure Health Data Services, 'MedTech service')"),
    _copy("changes of the catalogue go to a hub of unknown place", "purview:KafkaConfiguration", {
        "accountName": "pv", "kafkaConfigurationName": "notify", "eventHubType": "Notification",
        "eventHubResourceId": f"{OURS}.EventHub/namespaces/copy/eventhubs/c"},
        "names of columns and their classes lie abroad (Microsoft Purview, 'Kafka notifications')"),
    *(_copy(f"backups that move {words} lie in an account of unknown place", f"datamigration:DatabaseMigrations{kind}",
            {**props, "targetDbName": "claims", "properties": {"kind": kind, "backupConfiguration": BACKUPS}},
            "they are copies of the database (Azure Database Migration Service, 'Online migration')")
      for kind, words, props in (("SqlMi", "to an instance", {"managedInstanceName": "mi"}),
                                 ("SqlVm", "to a machine", {"sqlVirtualMachineName": "vm"}))),
    _copy("the line of a branch of unknown place joins that of the bank", "network:ExpressRouteCircuitConnection", {
        "circuitName": "dubai", "peeringName": "AzurePrivatePeering", "connectionName": "branch",
        "peerExpressRouteCircuitPeering": {
            "id": f"{OURS}.Network/expressRouteCircuits/branch/peerings/AzurePrivatePeering"}},
        "machines abroad reach those of the bank (ExpressRoute, 'Global Reach')"),
)  # fmt: skip

SENT = (
    _abroad("events of the devices go to Europe", "security:IotSecuritySolution", {
        "solutionName": "iot", "displayName": "iot", "iotHubs": [f"{OURS}.Devices/IotHubs/iot"],
        "export": ["RawEvents"], "workspace": f"{OURS}.OperationalInsights/workspaces/logs-eu"}, LOGS_EU,
        "what devices send is stored abroad (Defender for IoT, 'Security solutions')"),
    _abroad("events of the devices go to a second workspace in Europe", "security:IotSecuritySolution", {
        "solutionName": "iot", "displayName": "iot", "iotHubs": [f"{OURS}.Devices/IotHubs/iot"],
        "additionalWorkspaces": [{"type": "Sentinel", "dataTypes": ["RawEvents"],
                                  "workspace": f"{OURS}.OperationalInsights/workspaces/logs-eu"}]}, LOGS_EU,
        "what devices send is stored abroad (Defender for IoT, 'Security solutions')"),
    _abroad("queries of the workspace lie in an account in Europe", "operationalinsights:LinkedStorageAccount", {
        "workspaceName": "logs", "dataSourceType": "CustomLogs",
        "storageAccountIds": [f"{OURS}.Storage/storageAccounts/steu"]}, STORE_EU,
        "logs are stored abroad (Azure Monitor, 'Private storage for logs')"),
    _abroad("a name of the bank leads to a machine in Europe", "trafficmanager:Endpoint", {
        "profileName": "tm", "endpointName": "eu", "endpointType": "AzureEndpoints", "targetResourceId": TO_IP},
        NAME_EU, "what clients send is read abroad (Traffic Manager, 'Azure endpoints')"),
    _abroad("a profile of names leads to a machine in Europe", "trafficmanager:Profile", {
        "location": "global", "profileName": "tm", "trafficRoutingMethod": "Performance", "tags": TAGS,
        "dnsConfig": {"relativeName": "tm", "ttl": 30}, "monitorConfig": {"protocol": "HTTPS", "port": 443},
        "endpoints": [{"name": "eu", "targetResourceId": TO_IP}]},
        NAME_EU, "what clients send is read abroad (Traffic Manager, 'Azure endpoints')"),
    *(_abroad(f"the interface of {words} is in Europe", f"web:StaticSite{kind}",
              {"name": "site", "region": "uaenorth", "backendResourceId": UNKNOWN, **props}, APP_EU,
              "calls of the page are answered abroad (Static Web Apps, 'Bring your own API')")
      for kind, words, props in (
          ("LinkedBackend", "a page", {"linkedBackendName": "b"}),
          ("LinkedBackendForBuild", "a build of a page", {"linkedBackendName": "b", "environmentName": "e"}))),
    *(_abroad(f"the functions of {words} are in Europe", f"web:StaticSiteUserProvidedFunctionAppForStaticSite{kind}",
              {"name": "site", "functionAppName": "f", "functionAppResourceId": UNKNOWN, **props}, APP_EU,
              "calls of the page are answered abroad (Static Web Apps, 'Bring your own functions')")
      for kind, words, props in (("", "a page", {}), ("Build", "a build of a page", {"environmentName": "e"}))),
)  # fmt: skip

ATTACKS = (
    *COPIES,
    *SENT,
    Attack("an environment of the catalogue deploys what nobody sees", ("FJ-ESC-102",), (aws("datazone/Environment", {
        "name": "lake", "domainIdentifier": "dzd_1", "projectIdentifier": "p1", "profileIdentifier": "e1",
        "accountIdentifier": "123456789012", "accountRegion": "me-central-1"}),),
        "major", "a template of CloudFormation creates roles and stores (Amazon DataZone, 'Environments')"),
    Attack("a blueprint lets users deploy what nobody sees", ("FJ-ESC-112",), (
        aws("datazone/EnvironmentBlueprintConfiguration", {
            "domainId": "dzd_1", "environmentBlueprintId": "b1", "enabledRegions": ["me-central-1"]}),),
        "major", "each environment is a template of CloudFormation (Amazon DataZone, 'Blueprints')"),
    Attack("templates of others are open to each user of the studio", ("FJ-ESC-112",), (
        aws("sagemaker/ServicecatalogPortfolioStatus", {"status": "Enabled"}),),
        "major", "projects deploy pipelines and roles (SageMaker AI, 'MLOps projects')"),
    Attack("a hook of a stranger runs at each deployment", ("FJ-ESC-112",), (aws("cloudformation/CloudFormationType", {
        "type": "HOOK", "typeName": "Bank::Guard::Hook", "schemaHandlerPackage": "s3://bank-hooks/hook.zip"}),),
        "major", "it reads each template (AWS CloudFormation, 'Registering extensions')"),
    Attack("a profile deploys agents and workspaces to a machine", ("FJ-ESC-112",), (
        az("automanage:ConfigurationProfileAssignment", {
            **RG, "vmName": "vm", "configurationProfileAssignmentName": "default", "properties": {
                "configurationProfile":
                "/providers/Microsoft.Automanage/bestPractices/AzureBestPracticesProduction"}}),),
        "major", "it creates them where Microsoft chooses (Azure Automanage, 'Best practices')"),
    Attack("objects of a cluster become resources of Azure", ("FJ-ESC-112",), (az("extendedlocation:ResourceSyncRule", {
        **HERE, "resourceName": "dc1", "childResourceName": "sync", "priority": 1,
        "targetResourceGroup": f"{SUB}/resourceGroups/rg-platform"}),),
        "minor", "whoever writes objects in the cluster creates them (Azure Arc, 'Custom locations')"),
    Attack("the trust in a database's certificate is left to the default", ("FJ-ESC-115",), (
        az("dbforpostgresql:Migration", {
            **HERE, "serverName": "pg-bank", "migrationName": "claims", "dbsToMigrate": ["claims"],
            "sourceType": "AzureVM", "sourceDbServerResourceId": f"{OURS}.Compute/virtualMachines/pg"}),),
        "critical", "the default Prefer takes plaintext (PostgreSQL, 'Migration service', SSL mode)"),
    Attack("users of a stranger's domain sign in", ("FJ-RES-112",), (aws("directoryservice/Directory", {
        "type": "ADConnector", "name": "corp.example.ae", "password": "x", "size": "Small", "tags": TAGS,
        "connectSettings": {"customerDnsIps": ["203.0.113.5"], "customerUsername": "svc", "vpcId": "vpc-1",
                            "subnetIds": ["subnet-1", "subnet-2"]}}),),
        "critical", "the stranger lets in whom he wants (Directory Service, 'AD Connector')"),
    Attack("texts are copied out of the browser that is to keep them", ("FJ-ESC-115",), (
        aws("workspacesweb/UserSettings", {
            "copyAllowed": "Enabled", "downloadAllowed": "Disabled", "pasteAllowed": "Disabled",
            "printAllowed": "Disabled", "uploadAllowed": "Disabled", "tags": TAGS}),),
        "major", "text of sessions leaves by the clipboard (WorkSpaces Secure Browser, 'User settings')"),
    Attack("Microsoft collects whence clients of the bank call", ("FJ-ESC-115",), (az("trafficmanager:Profile", {
        **HERE, "location": "global", "profileName": "tm", "trafficRoutingMethod": "Performance",
        "dnsConfig": {"relativeName": "tm", "ttl": 30}, "monitorConfig": {"protocol": "HTTPS", "port": 443},
        "trafficViewEnrollmentStatus": "Enabled"}),),
        "minor", "places and networks of clients are kept, and charged (Traffic Manager, 'Traffic View')"),
    Attack("the network that AWS made is used", ("FJ-ESC-112",), (aws("ec2/DefaultVpc", {"tags": TAGS}),),
        "major", "its subnets lead to the internet (Amazon VPC, 'Default VPCs')"),
    Attack("machines of the subnet that AWS made get public addresses", ("FJ-EXP-103",), (
        aws("ec2/DefaultSubnet", {"availabilityZone": "me-central-1a", "tags": TAGS}),),
        "major", "a default subnet gives them unless it is changed (Amazon VPC, 'Default subnets')"),
    Attack("who pays for a subscription is replaced", ("FJ-ESC-112",), (az("resources:TagAtScope", {
        "scope": SUB[1:], "properties": {"tags": {**TAGS, "cost-centre": "cc-0001"}}}),),
        "major", "what it runs is charged to others (Azure Resource Manager, 'Tags - Create Or Update At Scope')"),
    Attack("a table is handed to whoever was invited", ("FJ-ESC-112",), (
        az("datashare:Share", {**RG, "accountName": "ds", "shareName": "claims", "shareKind": "CopyBased"}),
        az("datashare:BlobContainerDataSet", {
            **RG, "accountName": "ds", "shareName": "claims", "dataSetName": "all", "kind": "Container",
            "containerName": "claims", "storageAccountName": "stbank", "resourceGroup": "rg-platform",
            "subscriptionId": SUB.rpartition("/")[2]}, "set")),
        "critical", "those who were invited before take it too (Azure Data Share, 'Share your data')"),
)  # fmt: skip
