"""Attacks on Azure: doors, rights and secrets (2026-11-30, nineteenth set, written blind).

Properties by pulumi-azure-native 3.29.0 and its docstrings. Read on 2026-11-30: API Management "Validate client
certificate" (ignore-error: whether a failed validation goes on to the next handler) and "Access restriction
ServiceTag" (madsd/articles, on App Service: AzureFrontDoor.Backend needs a header to isolate it to one's own
instance). Everything else as known.
"""

from ..blind import HERE, OURS, RG, SUB, az
from ..harness import UNKNOWN
from . import Attack
from .tenth_azure import IDN, RES

ESC, EXP = ("FJ-ESC-", "FJ-IDN-", "FJ-EXP-", "FJ-RSL-"), ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-")
ENC = ("FJ-ENC-", "FJ-ESC-", "FJ-EXP-", "FJ-IDN-")
KEY_VAULT_DATA_ACCESS_ADMINISTRATOR = "8b54135c-b56d-4d72-a534-26097cfdc8d8"
SITE = {
    **HERE, "name": "portal", "serverFarmId": f"{OURS}.Web/serverfarms/plan", "httpsOnly": True,
    "identity": {"type": "SystemAssigned"}, "clientCertEnabled": False,
    "virtualNetworkSubnetId": f"{OURS}.Network/virtualNetworks/vnet/subnets/apps",
    "outboundVnetRouting": {"allTraffic": True}}  # fmt: skip
CONFIG = {
    "minTlsVersion": "1.3", "scmMinTlsVersion": "1.2", "ftpsState": "Disabled", "http20Enabled": True,
    "remoteDebuggingEnabled": False}  # fmt: skip
API = {**RG, "serviceName": "apim-bank", "apiId": "payments", "policyId": "policy", "format": "rawxml"}
LEAVERS = """<policies>
  <inbound>
    <base />
    <validate-jwt header-name="Authorization" require-scheme="Bearer" require-expiration-time="true"
        require-signed-tokens="true" clock-skew="315360000">
      <openid-config
        url="https://login.microsoftonline.com/00000000-1111-2222-3333-444444444444/v2.0/.well-known/openid-configuration"
      />
      <audiences><audience>api://payments</audience></audiences>
    </validate-jwt>
  </inbound>
  <backend><base /></backend>
  <outbound><base /></outbound>
</policies>"""
PARTNERS = """<policies>
  <inbound>
    <base />
    <validate-client-certificate validate-revocation="true" validate-trust="true" validate-not-before="true"
        validate-not-after="true" ignore-error="true">
      <identities><identity common-name="partner.example.ae" issuer-subject="CN=Bank CA" /></identities>
    </validate-client-certificate>
  </inbound>
  <backend><base /></backend>
  <outbound><base /></outbound>
</policies>"""
READ_SECRET = {
    "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/"
               "workflowdefinition.json#",
    "contentVersion": "1.0.0.0",
    "parameters": {"$connections": {"type": "Object", "defaultValue": {}}},
    "triggers": {"daily": {"type": "Recurrence", "recurrence": {"frequency": "Day", "interval": 1}}},
    "actions": {"Get_secret": {"type": "ApiConnection", "runAfter": {}, "inputs": {
        "host": {"connection": {"name": "@parameters('$connections')['keyvault']['connectionId']"}},
        "method": "get", "path": "/secrets/@{encodeURIComponent('core-database')}/value"}}},
}  # fmt: skip
STATED = {
    "protocolSettings": {
        "messageConnectionSettings": {
            "ignoreCertificateNameMismatch": False, "supportHttpStatusCodeContinue": True,
            "keepHttpConnectionAlive": True, "unfoldHttpHeaders": True},
        "acknowledgementConnectionSettings": {
            "ignoreCertificateNameMismatch": False, "supportHttpStatusCodeContinue": True,
            "keepHttpConnectionAlive": True, "unfoldHttpHeaders": True},
        "mdnSettings": {
            "needMDN": True, "signMDN": True, "sendMDNAsynchronously": False, "micHashingAlgorithm": "SHA2256",
            "signOutboundMDNIfOptional": True, "sendInboundMDNToMessageBox": True},
        "securitySettings": {
            "overrideGroupSigningCertificate": False, "enableNRRForInboundEncodedMessages": True,
            "enableNRRForInboundDecodedMessages": True, "enableNRRForOutboundMDN": True,
            "enableNRRForOutboundEncodedMessages": True, "enableNRRForOutboundDecodedMessages": True,
            "enableNRRForInboundMDN": True},
        "validationSettings": {
            "overrideMessageProperties": True, "encryptMessage": False, "signMessage": False, "compressMessage": False,
            "checkDuplicateMessage": True, "interchangeDuplicatesValidityDays": 5,
            "checkCertificateRevocationListOnSend": True, "checkCertificateRevocationListOnReceive": True,
            "encryptionAlgorithm": "AES256", "signingAlgorithm": "SHA2256"},
        "envelopeSettings": {
            "messageContentType": "text/plain", "transmitFileNameInMimeHeader": True, "autogenerateFileName": True,
            "fileNameTemplate": "%FILE().ReceivedFileName%", "suspendMessageOnFileNameGenerationError": True},
        "errorSettings": {"suspendDuplicateMessage": True, "resendIfMDNNotReceived": True}}}  # fmt: skip
BANK, PARTNER = {"qualifier": "AS2Identity", "value": "BANK"}, {"qualifier": "AS2Identity", "value": "CLEARING"}

ATTACKS = (
    Attack("an app lets in what comes through the front door of anybody", EXP, (az("web:WebApp", {
        **SITE, "publicNetworkAccess": "Enabled", "siteConfig": {
            **CONFIG, "ipSecurityRestrictionsDefaultAction": "Deny", "scmIpSecurityRestrictionsDefaultAction": "Deny",
            "ipSecurityRestrictions": [{
                "name": "front-door", "action": "Allow", "priority": 100, "tag": "ServiceTag",
                "ipAddress": "AzureFrontDoor.Backend"}]}}, "app"),),
        "major", "a profile of one's own, without the firewall, leads to it (App Service, 'Access restrictions', "
        "X-Azure-FDID)"),
    Attack("a function writes payments into a bus of a stranger by his name", RES, (az("web:WebApp", {
        **SITE, "name": "payments-fn", "kind": "functionapp,linux", "publicNetworkAccess": "Disabled", "siteConfig": {
            **CONFIG, "appSettings": [
                {"name": "Payments__fullyQualifiedNamespace", "value": "sb-clearing-copy.servicebus.windows.net"},
                {"name": "Payments__credential", "value": "managedidentity"}]}}, "fn"),),
        "critical", "what the binding sends is his (Azure Functions, 'Identity-based connections')"),
    Attack("tokens are accepted ten years after they ended", ("FJ-EXP-207",), (az("apimanagement:ApiPolicy", {
        **API, "value": LEAVERS}),),
        "major", "whoever left, or has an old log with a token, pays (API Management, 'validate-jwt', clock-skew)"),
    Attack("callers of an API go on when their certificate is refused", ("FJ-EXP-207",), (
        az("apimanagement:ApiPolicy", {**API, "apiId": "clearing", "value": PARTNERS}),),
        "critical", "every certificate will do (API Management, 'validate-client-certificate', ignore-error)"),
    Attack("the key of the core system stands in a backend of the APIs", ("FJ-EXP-114",), (az("apimanagement:Backend", {
        **RG, "serviceName": "apim-bank", "backendId": "core", "protocol": "http", "title": "Core banking",
        "url": "https://core.bank.internal/api", "tls": {
            "validateCertificateChain": True, "validateCertificateName": True},
        "credentials": {"header": {"X-Api-Key": ["7c1f0b2d9e4a4c55b8a1d6f3e2907c4b"]}}}),),
        "major", "whoever reads the service, or the state, calls the core system (API Management, 'Backends')"),
    Attack("a pipeline makes a colleague owner before it copies", ("FJ-ESC-115",), (az("datafactory:Pipeline", {
        **RG, "factoryName": "adf-bank", "pipelineName": "claims", "concurrency": 1, "activities": [{
            "name": "copy", "type": "Copy",
            "policy": {"timeout": "0.00:10:00", "retry": 0, "secureInput": True, "secureOutput": True},
            "inputs": [{"referenceName": "claims-files", "type": "DatasetReference"}],
            "outputs": [{"referenceName": "claims-table", "type": "DatasetReference"}],
            "source": {"type": "ParquetSource"}, "sink": {
                "type": "AzureSqlSink", "writeBehavior": "insert",
                "preCopyScript": "ALTER ROLE db_owner ADD MEMBER [k_saeed]"}}]}),),
        "critical", "he reads and changes every row (Azure Data Factory, AzureSqlSink, preCopyScript)"),
    Attack("the password of the database stands in each run of a workflow", ("FJ-ESC-115",), (az("logic:Workflow", {
        **HERE, "workflowName": "nightly", "state": "Enabled", "identity": {"type": "SystemAssigned"},
        "definition": READ_SECRET, "accessControl": {
            "triggers": {"allowedCallerIpAddresses": []},
            "contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}}}),),
        "major", "readers of the workflow see it in the history (Azure Logic Apps, 'Secure access and data', "
        "secured outputs)"),
    Attack("payments to the clearing house are neither encrypted nor signed", ENC, (
        az("logic:IntegrationAccountAgreement", {
            **HERE, "integrationAccountName": "b2b", "agreementName": "clearing", "agreementType": "AS2",
            "hostPartner": "bank", "guestPartner": "clearing", "hostIdentity": BANK, "guestIdentity": PARTNER,
            "content": {"aS2": {
                "receiveAgreement": {"senderBusinessIdentity": PARTNER, "receiverBusinessIdentity": BANK, **STATED},
                "sendAgreement": {"senderBusinessIdentity": BANK, "receiverBusinessIdentity": PARTNER, **STATED}}}}),),
        "critical", "whoever is between reads and changes them (Azure Logic Apps, 'AS2 message settings')"),
    Attack("whoever gives rights on vaults gives himself every secret", IDN, (az("authorization:RoleAssignment", {
        "scope": SUB, "principalId": "11111111-aaaa-bbbb-cccc-222222222222", "principalType": "ServicePrincipal",
        "roleDefinitionId": f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/"
                            f"{KEY_VAULT_DATA_ACCESS_ADMINISTRATOR}"}),),
        "critical", "it assigns Key Vault Administrator in each vault (Azure, 'Key Vault Data Access Administrator')"),
    Attack("the errors of the portal show its memory to everybody", ("FJ-ESC-115",), (az("web:WebApp", {
        **SITE, "publicNetworkAccess": "Disabled", "siteConfig": {**CONFIG, "linuxFxVersion": "DOTNETCORE|10.0",
            "appSettings": [{"name": "ASPNETCORE_ENVIRONMENT", "value": "Development"}]}}, "app"),),
        "major", "the page of exceptions has code, cookies and headers (ASP.NET Core, 'Handle errors', developer "
        "exception page)"),
    Attack("programs own a database of documents by a password", IDN, (
        az("cosmosdb:MongoDBResourceMongoUserDefinition", {
            **RG, "accountName": "mongo-bank", "mongoUserDefinitionId": "core.app", "userName": "app",
            "password": UNKNOWN, "databaseName": "core", "mechanisms": "SCRAM-SHA-256",
            "roles": [{"db": "core", "role": "dbOwner"}]}),),
        "major", "it drops collections and makes users (Azure Cosmos DB for MongoDB, 'Role-based access control')"),
    Attack("a password of jobs is a variable that every reader sees", ENC, (az("automation:Variable", {
        **RG, "automationAccountName": "aa-bank", "name": "core-password", "variableName": "core-password",
        "isEncrypted": False, "value": "\"Winter-2026-core!\"", "description": "Password of the nightly job"}),),
        "major", "it is shown in the portal and in the plan (Azure Automation, 'Variables', encrypted)"),
)  # fmt: skip
