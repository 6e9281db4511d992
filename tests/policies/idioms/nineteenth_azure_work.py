"""Good idioms of platform teams on Azure: gateways, firewalls, apps, APIs, events and data (set 19, blind)."""

from ..blind import az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import HERE, ID, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import CLIENT, LOGS
from .thirteenth_azure import USER
from .twelfth_azure_platform import OWN, audit

GATEWAY = f"{OURS}.Network/applicationGateways/agw-portal"
API = f"{OURS}.ApiManagement/service/apim-bank"
SECRET = "https://kv-bank.vault.azure.net/secrets/portal-tls"
ID_OF_USER = {"identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}}
GLOBAL = """<policies>
  <inbound>
    <cors allow-credentials="false"><allowed-origins><origin>https://portal.bank.ae</origin></allowed-origins>
      <allowed-methods><method>GET</method><method>POST</method></allowed-methods>
      <allowed-headers><header>authorization</header><header>content-type</header></allowed-headers></cors>
    <validate-azure-ad-token tenant-id="00000000-1111-2222-3333-444444444444" header-name="Authorization"
      failed-validation-httpcode="401"><audiences><audience>api://limits.bank.ae</audience></audiences>
      <required-claims><claim name="roles" match="any"><value>Limits.Read</value></claim></required-claims>
    </validate-azure-ad-token>
    <rate-limit-by-key calls="100" renewal-period="60" counter-key="@(context.Request.IpAddress)" />
    <set-header name="X-Forwarded-Host" exists-action="delete" />
  </inbound>
  <backend><forward-request timeout="30" follow-redirects="false" buffer-response="true" /></backend>
  <outbound>
    <set-header name="Server" exists-action="delete" />
    <set-header name="Strict-Transport-Security" exists-action="override"><value>max-age=31536000</value></set-header>
  </outbound>
  <on-error><base /></on-error>
</policies>"""
SIGNATURES = {"mode": "Deny", "profile": "Advanced", "configuration": {
    "signatureOverrides": [{"id": "2024897", "mode": "Alert"}], "privateRanges": ["10.0.0.0/8"],
        "bypassTrafficSettings":
    []}}  # fmt: skip
CIPHERS = ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]


def sub(kind: str, name: str) -> dict[str, str]:
    """Returns the identifier of a part of the gateway."""
    return {"id": f"{GATEWAY}/{kind}/{name}"}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("the inner portal is behind a gateway with new ciphers, checked backends and a firewall that prevents", (
        AZURE_BUDGET,
        az("network:WebApplicationFirewallPolicy", {
            **HERE, "policyName": "waf-portal", "policySettings": {
                "state": "Enabled", "mode": "Prevention", "requestBodyCheck": True, "requestBodyEnforcement": True,
                "requestBodyInspectLimitInKB": 128, "maxRequestBodySizeInKb": 128, "fileUploadEnforcement": True,
                "fileUploadLimitInMb": 20, "jsChallengeCookieExpirationInMins": 30, "logScrubbing": {
                    "state": "Enabled", "scrubbingRules": [{
                        "matchVariable": "RequestHeaderNames", "selectorMatchOperator": "Equals", "selector":
                        "authorization", "state": "Enabled"}]}},
            "managedRules": {"managedRuleSets": [
                {"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1", "ruleGroupOverrides": [
                    {"ruleGroupName": "SQLI", "rules": [{"ruleId": "942430", "state": "Enabled", "action": "Log"}]}]},
                {"ruleSetType": "Microsoft_BotManagerRuleSet", "ruleSetVersion": "1.1"}]},
            "customRules": [{
                "name": "rate", "priority": 10, "ruleType": "RateLimitRule", "rateLimitDuration": "OneMin",
                "rateLimitThreshold": 300, "groupByUserSession": [{"groupByVariables": [{"variableName":
                    "ClientAddr"}]}],
                "action": "Block", "state": "Enabled", "matchConditions": [{
                    "matchVariables": [{"variableName": "RequestUri"}], "operator": "BeginsWith", "matchValues": [
                        "/login"], "transforms": ["Lowercase"]}]}]}, "waf"),
        az("network:ApplicationGateway", {
            **HERE, "applicationGatewayName": "agw-portal", **ID_OF_USER, "zones": ["1", "2", "3"], "enableHttp2": True,
            "sku": {"name": "WAF_v2", "tier": "WAF_v2"}, "autoscaleConfiguration": {"minCapacity": 2, "maxCapacity": 6},
            "firewallPolicy": {"id": UNKNOWN}, "sslPolicy": {"policyType": "CustomV2", "minProtocolVersion": "TLSv1_2",
                                                             "cipherSuites": CIPHERS},
            "gatewayIPConfigurations": [{"name": "inside", "subnet": {"id": f"{VNET}/subnets/gateway"}}],
            "frontendIPConfigurations": [{"name": "inside", "subnet": {"id": f"{VNET}/subnets/gateway"},
                                          "privateIPAddress": "10.30.4.10", "privateIPAllocationMethod": "Static"}],
            "frontendPorts": [{"name": "https", "port": 443}], "sslCertificates": [
                {"name": "portal", "keyVaultSecretId": SECRET}],
            "backendAddressPools": [{"name": "apps", "backendAddresses": [{"fqdn": "portal.apps.bank.ae"}]}],
            "probes": [{"name": "ready", "protocol": "Https", "path": "/ready", "interval": 15, "timeout": 10,
                        "unhealthyThreshold": 3, "pickHostNameFromBackendHttpSettings": True, "match": {
                            "statusCodes": ["200"]}}],
            "backendHttpSettingsCollection": [{
                "name": "https", "port": 443, "protocol": "Https", "cookieBasedAffinity": "Disabled", "requestTimeout":
                30, "pickHostNameFromBackendAddress": True, "probe": sub("probes", "ready"), "connectionDraining": {
                    "enabled": True, "drainTimeoutInSec": 60}}],
            "httpListeners": [{
                "name": "portal", "protocol": "Https", "hostName": "portal.bank.ae", "requireServerNameIndication":
                    True,
                "frontendIPConfiguration": sub("frontendIPConfigurations", "inside"), "frontendPort": sub(
                    "frontendPorts", "https"), "sslCertificate": sub("sslCertificates", "portal")}],
            "rewriteRuleSets": [{"name": "headers", "rewriteRules": [{
                "name": "strict", "ruleSequence": 100, "actionSet": {"responseHeaderConfigurations": [
                    {"headerName": "Strict-Transport-Security", "headerValue": "max-age=31536000; includeSubDomains"},
                    {"headerName": "X-Powered-By", "headerValue": ""}]}}]}],
            "requestRoutingRules": [{
                "name": "portal", "priority": 100, "ruleType": "Basic", "httpListener": sub("httpListeners", "portal"),
                "backendAddressPool": sub("backendAddressPools", "apps"), "backendHttpSettings": sub(
                    "backendHttpSettingsCollection", "https"), "rewriteRuleSet": sub("rewriteRuleSets", "headers")}]},
            "gateway", links={"firewallPolicy": ("waf",)}),
        audit("gateway", GATEWAY)),
        f"{LEARN}/well-architected/service-guides/azure-application-gateway; web-application-firewall/best-practices",
        {**OWN, **unpriced("azure-native:network:ApplicationGateway::gateway")}),
    Idiom("what leaves the spokes passes a premium firewall that prevents, resolves names and knows what is listed", (
        AZURE_BUDGET,
        az("network:IpGroup", {**HERE, "ipGroupsName": "spokes", "ipAddresses": ["10.30.0.0/16", "10.31.0.0/16"]},
           "spokes"),
        az("network:FirewallPolicy", {
            **HERE, "firewallPolicyName": "afwp-hub", "sku": {"tier": "Premium"}, **ID_OF_USER,
                "threatIntelMode": "Deny",
            "intrusionDetection": SIGNATURES, "dnsSettings": {
                "enableProxy": True, "servers": ["10.30.0.4"], "requireProxyForNetworkRules": True},
            "insights": {"isEnabled": True, "retentionDays": 30, "logAnalyticsResources": {
                "defaultWorkspaceId": {"id": LOGS}}},
            "sql": {"allowSqlRedirect": False}, "snat": {"autoLearnPrivateRanges": "Enabled", "privateRanges": [
                "IANAPrivateRanges"]}, "transportSecurity": {"certificateAuthority": {
                    "name": "inspection", "keyVaultSecretId": "https://kv-bank.vault.azure.net/secrets/inspection"}}},
            "policy"),
        az("network:FirewallPolicyRuleCollectionGroup", {
            **RG, "firewallPolicyName": "afwp-hub", "ruleCollectionGroupName": "spokes", "priority": 200,
            "ruleCollections": [
                {"ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "names", "priority": 100,
                    "action": {
                    "type": "Allow"}, "rules": [{
                        "ruleType": "ApplicationRule", "name": "platform", "sourceIpGroups": [UNKNOWN], "protocols": [
                            {"protocolType": "Https", "port": 443}], "fqdnTags": ["AzureKubernetesService"]},
                        {"ruleType": "ApplicationRule", "name": "partners", "sourceIpGroups": [UNKNOWN], "terminateTLS":
                         True, "protocols": [{"protocolType": "Https", "port": 443}], "targetFqdns": ["api.bank.ae"]}]},
                {"ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "ports", "priority": 200,
                    "action": {
                    "type": "Allow"}, "rules": [{
                        "ruleType": "NetworkRule", "name": "time", "ipProtocols": ["UDP"], "sourceIpGroups": [UNKNOWN],
                        "destinationAddresses": ["10.30.0.5"], "destinationPorts": ["123"]}]}]}, "rules", links={
                            "firewallPolicyName": ("policy",), "ruleCollections": ("spokes",)}),
        az("network:AzureFirewall", {
            **HERE, "azureFirewallName": "afw-hub", "zones": ["1", "2", "3"], "sku": {
                "name": "AZFW_VNet", "tier": "Premium"}, "firewallPolicy": {"id": UNKNOWN}, "autoscaleConfiguration": {
                    "minCapacity": 2, "maxCapacity": 10}, "ipConfigurations": [{
                        "name": "hub", "subnet": {"id": f"{VNET}/subnets/AzureFirewallSubnet"}, "publicIPAddress": {
                            "id": f"{OURS}.Network/publicIPAddresses/pip-afw-hub"}}]}, "firewall", links={
                                "firewallPolicy": ("policy",)}),
        audit("firewall", f"{OURS}.Network/azureFirewalls/afw-hub")),
        f"{LEARN}/well-architected/service-guides/azure-firewall; firewall/premium-features",
        {**OWN, **unpriced("azure-native:network:FirewallPolicy::policy")}),
    Idiom("orders run in Container Apps inside the network, with peers that show certificates and rules of scale", (
        AZURE_BUDGET,
        az("app:ManagedEnvironment", {
            **HERE, "environmentName": "cae-orders", "zoneRedundant": True, "publicNetworkAccess": "Disabled", **USER,
            "vnetConfiguration": {"internal": True, "infrastructureSubnetId": f"{VNET}/subnets/apps"},
                "workloadProfiles":
            [{"name": "Consumption", "workloadProfileType": "Consumption"}], "peerAuthentication": {"mtls": {
                "enabled": True}}, "peerTrafficConfiguration": {"encryption": {"enabled": True}},
            "appLogsConfiguration": {"destination": "azure-monitor"}}, "apps"),
        az("app:ContainerApp", {
            **HERE, "containerAppName": "orders", **USER, "managedEnvironmentId": UNKNOWN, "workloadProfileName":
            "Consumption", "configuration": {
                "activeRevisionsMode": "Multiple", "maxInactiveRevisions": 5, "ingress": {
                    "external": False, "targetPort": 8443, "transport": "http2", "allowInsecure": False,
                    "clientCertificateMode": "require", "stickySessions": {"affinity": "none"}, "traffic": [
                        {"revisionName": "orders--v1", "weight": 90, "label": "stable"},
                        {"latestRevision": True, "weight": 10, "label": "next"}]},
                "registries": [{"server": "registry.bank.ae", "identity": ID}], "secrets": [{
                    "name": "database", "keyVaultUrl": "https://kv-bank.vault.azure.net/secrets/orders",
                        "identity": ID}],
                "identitySettings": [{"identity": ID, "lifecycle": "Main"}], "dapr": {
                    "enabled": True, "appId": "orders", "appPort": 8443, "appProtocol": "https", "enableApiLogging":
                    True, "logLevel": "warn", "httpMaxRequestSize": 4}},
            "template": {
                "revisionSuffix": "v2", "terminationGracePeriodSeconds": 60, "containers": [{
                    "name": "orders", "image": "registry.bank.ae/apps/orders@sha256:" + "b" * 64, "resources": {
                        "cpu": 1, "memory": "2Gi"}, "env": [
                            {"name": "DATABASE_URL", "secretRef": "database"}, {"name": "AZURE_CLIENT_ID",
                                "value": CLIENT},
                            {"name": "OTEL_TRACES_SAMPLER", "value": "parentbased_traceidratio"}],
                    "probes": [{"type": kind, "httpGet": {"path": "/ready", "port": 8443, "scheme": "HTTPS"},
                                "periodSeconds": 10, "failureThreshold": 3} for kind in ("Liveness", "Readiness")]}],
                "scale": {"minReplicas": 2, "maxReplicas": 10, "cooldownPeriod": 300, "pollingInterval": 30, "rules": [
                    {"name": "calls", "http": {"metadata": {"concurrentRequests": "50"}}},
                    {"name": "queue", "custom": {"type": "azure-servicebus", "identity": ID, "metadata": {
                        "queueName": "orders", "namespace": "sb-payments", "messageCount": "20"}}}]}}}, "orders",
                            links={
                            "managedEnvironmentId": ("apps",)}),
        audit("apps", f"{OURS}.App/managedEnvironments/cae-orders")),
        f"{LEARN}/well-architected/service-guides/azure-container-apps; container-apps/ingress-overview",
        {**OWN, **unpriced("azure-native:app:ContainerApp::orders",
                            "azure-native:app:ManagedEnvironment::apps")}),
    Idiom("APIs of the bank are offered inside by API Management, which asks for Entra's tokens and keeps no bodies", (
        AZURE_BUDGET,
        az("apimanagement:ApiManagementService", {
            **HERE, "serviceName": "apim-bank", "publisherEmail": "apis@bank.ae", "publisherName": "Bank", "sku": {
                "name": "Premium", "capacity": 2}, "zones": ["1", "2"], "identity": {
                    "type": "UserAssigned", "userAssignedIdentities": {ID: {}}}, "virtualNetworkType": "Internal",
            "virtualNetworkConfiguration": {"subnetResourceId": f"{VNET}/subnets/apim"}, "disableGateway": False,
            "developerPortalStatus": "Disabled", "legacyPortalStatus": "Disabled", "apiVersionConstraint": {
                "minApiVersion": "2021-08-01"}, "natGatewayState": "Disabled", "publicNetworkAccess": "Enabled",
            "customProperties": {
                f"Microsoft.WindowsAzure.ApiManagement.Gateway.{name}": "False" for name in (
                    "Security.Protocols.Tls10", "Security.Protocols.Tls11", "Security.Protocols.Ssl30",
                    "Security.Backend.Protocols.Tls10", "Security.Backend.Protocols.Tls11",
                    "Security.Backend.Protocols.Ssl30", "Security.Ciphers.TripleDes168",
                    "Security.Ciphers.TLS_RSA_WITH_AES_128_CBC_SHA")},
            "hostnameConfigurations": [{
                "type": "Proxy", "hostName": "apis.bank.ae", "defaultSslBinding": True, "negotiateClientCertificate":
                False, "keyVaultId": SECRET, "identityClientId": CLIENT}]}, "apis", protect=True),
        az("apimanagement:Policy", {**RG, "serviceName": "apim-bank", "policyId": "policy", "format": "rawxml", "value":
                                    GLOBAL}, "everywhere", links={"serviceName": ("apis",)}),
        az("apimanagement:Backend", {
            **RG, "serviceName": "apim-bank", "backendId": "limits", "url": "https://limits.bank.ae",
                "protocol": "http",
            "tls": {"validateCertificateChain": True, "validateCertificateName": True}, "circuitBreaker": {"rules": [{
                "name": "slow", "tripDuration": "PT1M", "acceptRetryAfter": True, "failureCondition": {
                    "count": 5, "interval": "PT1M", "statusCodeRanges": [{"min": 500, "max": 599}]}}]}}, "limits",
            links={"serviceName": ("apis",)}),
        az("apimanagement:Api", {
            **RG, "serviceName": "apim-bank", "apiId": "limits", "displayName": "Limits", "path": "limits",
                "protocols": [
                "https"], "subscriptionRequired": True, "apiType": "http", "isCurrent": True, "serviceUrl":
            "https://limits.bank.ae", "subscriptionKeyParameterNames": {"header": "X-Key", "query": "key"}},
                "limits-api",
            links={"serviceName": ("apis",)}),
        az("apimanagement:Product", {
            **RG, "serviceName": "apim-bank", "productId": "inner", "displayName": "Inner", "state": "published",
            "subscriptionRequired": True, "approvalRequired": True, "subscriptionsLimit": 1}, "inner", links={
                "serviceName": ("apis",)}),
        az("apimanagement:Diagnostic", {
            **RG, "serviceName": "apim-bank", "diagnosticId": "azuremonitor", "loggerId":
            f"{API}/loggers/azuremonitor", "alwaysLog": "allErrors", "logClientIp": True, "verbosity": "information",
            "sampling": {"samplingType": "fixed", "percentage": 100}, "frontend": {
                "request": {"headers": ["X-Request-Id"], "body": {"bytes": 0}}, "response": {"body": {"bytes": 0}}}},
            "records", links={"serviceName": ("apis",)}),
        audit("apis", API)),
        f"{LEARN}/well-architected/service-guides/azure-api-management; api-management-howto-manage-protocols",
        {**OWN, **unpriced("azure-native:apimanagement:ApiManagementService::apis")}),
)  # fmt: skip
