"""Good programs of platform teams on Azure: ways in and out, machines and keys (set 26, before any rule ran)."""

from ..blind import az
from ..harness import UNKNOWN
from . import Idiom
from .twentieth_goodb_charts import merged
from .twenty_third_azure import (
    AT,
    AVM,
    BY_IDENTITY,
    DUTY,
    HUB,
    ITS,
    LAW,
    LEARN,
    OURS,
    RG,
    TENANT,
    VNET,
    alert,
    budget,
    granted,
    kept,
    nsg,
    private,
    records,
    with_prices,
)

GATEWAY = f"{ITS}.Network/applicationGateways/agw-apps-prod"
BALANCER = f"{ITS}.Network/loadBalancers/lbi-quotes"
FIREWALL = {**RG, "firewallPolicyName": "afwp-hub-prod"}


def part(kind: str, name: str) -> dict[str, str]:
    """Returns what names a part of the gateway."""
    return {"id": f"{GATEWAY}/{kind}/{name}"}


def network_rule(name: str, source: str, target: str, *ports: str) -> dict[str, object]:
    """Returns a rule of the firewall for one target."""
    return {"ruleType": "NetworkRule", "name": name, "ipProtocols": ["TCP"], "sourceAddresses": [source],
            "destinationAddresses": [target], "destinationPorts": list(ports)}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("Application Gateway: two sites inside, one asks partners for certificates, each with a filter of its own", (
        budget(25000),
        *(az("network:WebApplicationFirewallPolicy", {
            **AT, "policyName": f"waf-{name}", "policySettings": {
                "state": "Enabled", "mode": "Prevention", "requestBodyCheck": True, "requestBodyEnforcement": True,
                "requestBodyInspectLimitInKB": 128, "maxRequestBodySizeInKb": 256, "fileUploadLimitInMb": 50,
                "logScrubbing": {"state": "Enabled", "scrubbingRules": [{
                    "matchVariable": "RequestHeaderNames", "selectorMatchOperator": "Equals", "selector":
                    "Authorization", "state": "Enabled"}]}},
            "managedRules": {"managedRuleSets": [
                {"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1", "ruleGroupOverrides": [{
                    "ruleGroupName": "PROTOCOL-ENFORCEMENT", "rules": [
                        {"ruleId": "920300", "state": "Enabled", "action": "Log"}]}]},
                {"ruleSetType": "Microsoft_BotManagerRuleSet", "ruleSetVersion": "1.1"}]},
            "customRules": [{
                "name": "SignIn", "priority": 10, "ruleType": "RateLimitRule", "state": "Enabled", "action": "Block",
                "rateLimitDuration": "FiveMins", "rateLimitThreshold": limit, "groupByUserSession": [{
                    "groupByVariables": [{"variableName": "ClientAddr"}]}], "matchConditions": [{
                        "matchVariables": [{"variableName": "RequestUri"}], "operator": "BeginsWith", "matchValues": [
                            "/sign-in"], "transforms": ["Lowercase"]}]}]}, f"waf-{name}")
          for name, limit in (("staff", 200), ("partners", 100))),
        nsg("nsg-agw", ("AllowOffices", 100, "10.0.0.0/8", "10.20.0.0/26", "443", "Inbound"),
            ("AllowManager", 110, "GatewayManager", "10.20.0.0/26", "65200-65535", "Inbound"),
            ("AllowApps", 100, "10.20.0.0/26", "10.20.1.0/24", "443", "Outbound")),
        az("network:ApplicationGateway", {
            **AT, **BY_IDENTITY, "applicationGatewayName": "agw-apps-prod", "zones": ["1", "2", "3"], "enableHttp2":
            True, "enableFips": False, "sku": {"name": "WAF_v2", "tier": "WAF_v2"}, "autoscaleConfiguration": {
                "minCapacity": 2, "maxCapacity": 6}, "firewallPolicy": {"id": UNKNOWN}, "sslPolicy": {
                "policyType": "CustomV2", "minProtocolVersion": "TLSv1_2", "cipherSuites": [
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]},
            "gatewayIPConfigurations": [{"name": "ip", "subnet": {"id": f"{VNET}/subnets/snet-agw"}}],
            "frontendIPConfigurations": [{"name": "private", "privateIPAddress": "10.20.0.10",
                                          "privateIPAllocationMethod": "Static", "subnet": {
                                              "id": f"{VNET}/subnets/snet-agw"}}],
            "frontendPorts": [{"name": "443", "port": 443}, {"name": "80", "port": 80}],
            "sslCertificates": [{"name": name, "keyVaultSecretId": f"https://kv-pay-prod.vault.azure.net/secrets/{name}"}
                                for name in ("staff", "partners")],
            "trustedRootCertificates": [{"name": "bank", "keyVaultSecretId":
                                         "https://kv-pay-prod.vault.azure.net/secrets/bank-root"}],
            "trustedClientCertificates": [{"name": "partners", "data": "cGFydG5lcnM="}],
            "sslProfiles": [{"name": "partners", "clientAuthConfiguration": {
                "verifyClientCertIssuerDN": True, "verifyClientRevocation": "OCSP"}, "trustedClientCertificates": [
                    part("trustedClientCertificates", "partners")], "sslPolicy": {
                        "policyType": "Predefined", "policyName": "AppGwSslPolicy20220101S"}}],
            "backendAddressPools": [{"name": name, "backendAddresses": [{"fqdn": f"{name}.apps.bank.ae"}]}
                                    for name in ("staff", "partners")],
            "probes": [{"name": "healthz", "protocol": "Https", "path": "/healthz", "interval": 30, "timeout": 10,
                        "unhealthyThreshold": 3, "pickHostNameFromBackendHttpSettings": True}],
            "backendHttpSettingsCollection": [{
                "name": "https", "port": 443, "protocol": "Https", "cookieBasedAffinity": "Disabled", "requestTimeout":
                30, "pickHostNameFromBackendAddress": True, "trustedRootCertificates": [
                    part("trustedRootCertificates", "bank")], "connectionDraining": {
                        "enabled": True, "drainTimeoutInSec": 30}, "probe": part("probes", "healthz")}],
            "httpListeners": [
                {"name": "staff", "protocol": "Https", "hostNames": ["staff.bank.ae", "hr.bank.ae"],
                 "requireServerNameIndication": True, "frontendIPConfiguration": part(
                     "frontendIPConfigurations", "private"), "frontendPort": part("frontendPorts", "443"),
                 "sslCertificate": part("sslCertificates", "staff"), "firewallPolicy": {"id": UNKNOWN}},
                {"name": "partners", "protocol": "Https", "hostName": "partners.bank.ae",
                 "requireServerNameIndication": True, "frontendIPConfiguration": part(
                     "frontendIPConfigurations", "private"), "frontendPort": part("frontendPorts", "443"),
                 "sslCertificate": part("sslCertificates", "partners"), "sslProfile": part("sslProfiles", "partners"),
                 "firewallPolicy": {"id": UNKNOWN}},
                {"name": "plain", "protocol": "Http", "frontendIPConfiguration": part(
                    "frontendIPConfigurations", "private"), "frontendPort": part("frontendPorts", "80")}],
            "redirectConfigurations": [{"name": "to-https", "redirectType": "Permanent", "includePath": True,
                                        "includeQueryString": True, "targetListener": part("httpListeners", "staff")}],
            "requestRoutingRules": [
                *({"name": name, "ruleType": "Basic", "priority": priority, "httpListener": part("httpListeners", name),
                   "backendAddressPool": part("backendAddressPools", name), "backendHttpSettings": part(
                       "backendHttpSettingsCollection", "https")} for name, priority in (
                           ("staff", 100), ("partners", 110))),
                {"name": "plain", "ruleType": "Basic", "priority": 200, "httpListener": part("httpListeners", "plain"),
                 "redirectConfiguration": part("redirectConfigurations", "to-https")}]}, "gateway",
           links={"firewallPolicy": ("waf-staff",), "httpListeners": ("waf-staff", "waf-partners")}),
        records("gateway"), kept("gateway"),
        alert("gateway", "Microsoft.Network/applicationGateways", "FailedRequests", "GreaterThan", 50)),
        f"{LEARN}/application-gateway/mutual-authentication-overview; .../per-site-policies; {AVM}/network/"
        "application-gateway, as known", merged(with_prices("network:ApplicationGateway::gateway"), {
            "escape": {"allowed_switches": {
                "azure-native:network:ApplicationGateway:trustedClientCertificates.data":
                    "the authority of partners, kept by the bank"}}})),
    Idiom("firewall: apps reach named hosts, it answers for names, opens TLS, and stops what looks like an attack", (
        budget(40000),
        az("network:IpGroup", {**AT, "ipGroupsName": "ipg-apps", "ipAddresses": ["10.20.0.0/16", "10.21.0.0/16"]},
           "apps"),
        az("network:FirewallPolicy", {
            **AT, **BY_IDENTITY, "firewallPolicyName": "afwp-hub-prod", "sku": {"tier": "Premium"}, "threatIntelMode":
            "Deny", "dnsSettings": {"enableProxy": True, "servers": ["10.0.2.4"], "requireProxyForNetworkRules": True},
            "intrusionDetection": {"mode": "Deny", "configuration": {"privateRanges": ["10.0.0.0/8"]}},
            "transportSecurity": {"certificateAuthority": {
                "name": "bank-inspection", "keyVaultSecretId":
                "https://kv-pay-prod.vault.azure.net/secrets/bank-inspection"}}, "snat": {
                    "privateRanges": ["10.0.0.0/8", "IANAPrivateRanges"], "autoLearnPrivateRanges": "Enabled"},
            "insights": {"isEnabled": True, "retentionDays": 90, "logAnalyticsResources": {
                "defaultWorkspaceId": {"id": LAW}}}}, "policy"),
        az("network:FirewallPolicyRuleCollectionGroup", {
            **FIREWALL, "ruleCollectionGroupName": "apps", "priority": 500, "ruleCollections": [
                {"ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "inside", "priority": 100,
                 "action": {"type": "Allow"}, "rules": [
                     network_rule("core", "10.20.0.0/16", "10.0.32.0/24", "1521", "2484"),
                     network_rule("directory", "10.20.0.0/16", "10.0.40.4", "636", "3269"),
                     {"ruleType": "NetworkRule", "name": "monitor", "ipProtocols": ["TCP"], "sourceIpGroups": [UNKNOWN],
                      "destinationAddresses": ["AzureMonitor"], "destinationPorts": ["443"]}]},
                {"ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "web", "priority": 200, "action": {
                    "type": "Allow"}, "rules": [
                    {"ruleType": "ApplicationRule", "name": "partners", "sourceIpGroups": [UNKNOWN], "protocols": [
                        {"protocolType": "Https", "port": 443}], "targetFqdns": ["api.partner.ae", "files.bank.ae"],
                     "terminateTLS": True, "httpHeadersToInsert": [{"headerName": "x-bank", "headerValue": "prod"}]},
                    {"ruleType": "ApplicationRule", "name": "updates", "sourceIpGroups": [UNKNOWN], "protocols": [
                        {"protocolType": "Https", "port": 443}], "fqdnTags": ["WindowsUpdate", "AzureBackup"]}]},
                {"ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "last", "priority": 4000,
                 "action": {"type": "Deny"}, "rules": [{
                     "ruleType": "NetworkRule", "name": "all", "ipProtocols": ["Any"], "sourceAddresses": ["*"],
                     "destinationAddresses": ["*"], "destinationPorts": ["*"]}]}]}, "rules",
            links={"firewallPolicyName": ("policy",), "ruleCollections": ("apps",)}),
        *(az("network:PublicIPAddress", {**AT, "publicIpAddressName": f"pip-afw-{number}", "sku": {
            "name": "Standard", "tier": "Regional"}, "publicIPAllocationMethod": "Static", "zones": ["1", "2", "3"],
            "ddosSettings": {"protectionMode": "VirtualNetworkInherited"}}, f"pip-{number}") for number in (1, 2)),
        az("network:AzureFirewall", {
            **AT, "azureFirewallName": "afw-hub-prod", "zones": ["1", "2", "3"], "sku": {
                "name": "AZFW_VNet", "tier": "Premium"}, "firewallPolicy": {"id": UNKNOWN}, "autoscaleConfiguration": {
                "minCapacity": 2, "maxCapacity": 6}, "ipConfigurations": [
                {"name": "first", "subnet": {
                    "id": f"{HUB}.Network/virtualNetworks/vnet-hub/subnets/AzureFirewallSubnet"}, "publicIPAddress": {
                        "id": UNKNOWN}}, {"name": "second", "publicIPAddress": {"id": UNKNOWN}}]},
           "firewall", links={"firewallPolicy": ("policy",), "ipConfigurations": ("pip-1", "pip-2")}),
        records("firewall"), kept("firewall"),
        alert("firewall", "Microsoft.Network/azureFirewalls", "SNATPortUtilization", "GreaterThan", 80)),
        f"{LEARN}/firewall/premium-features; .../policy-rule-sets; {AVM}/network/firewall-policy, as known",
        merged(OURS, {"residency": {"known": {
            "api.partner.ae": "a partner of the bank, in Dubai"}}})),
    Idiom("machines: a set over three zones follows its load behind an inner balancer, and repairs and renews itself", (
        budget(20000),
        az("network:ApplicationSecurityGroup", {**AT, "applicationSecurityGroupName": "asg-quotes"}, "group"),
        az("network:LoadBalancer", {
            **AT, "loadBalancerName": "lbi-quotes", "sku": {"name": "Standard", "tier": "Regional"},
            "frontendIPConfigurations": [{"name": "inner", "privateIPAddressVersion": "IPv4",
                                          "privateIPAllocationMethod": "Dynamic", "subnet": {
                                              "id": f"{VNET}/subnets/snet-quotes"}, "zones": ["1", "2", "3"]}],
            "backendAddressPools": [{"name": "machines"}], "probes": [{
                "name": "healthz", "protocol": "Https", "port": 8443, "requestPath": "/healthz", "intervalInSeconds": 5,
                "probeThreshold": 2}], "loadBalancingRules": [{
                    "name": "https", "protocol": "Tcp", "frontendPort": 443, "backendPort": 8443, "enableTcpReset":
                    True, "disableOutboundSnat": True, "idleTimeoutInMinutes": 4, "frontendIPConfiguration": {
                        "id": f"{BALANCER}/frontendIPConfigurations/inner"},
                    "backendAddressPool": {"id": f"{BALANCER}/backendAddressPools/machines"},
                    "probe": {"id": f"{BALANCER}/probes/healthz"}}]}, "balancer"),
        az("compute:VirtualMachineScaleSet", {
            **AT, **BY_IDENTITY, "vmScaleSetName": "vmss-quotes", "orchestrationMode": "Uniform", "zones": [
                "1", "2", "3"], "zoneBalance": True, "singlePlacementGroup": False, "platformFaultDomainCount": 1,
            "sku": {"name": "Standard_D4ads_v5", "tier": "Standard", "capacity": 3}, "overprovision": False,
            "upgradePolicy": {"mode": "Rolling", "rollingUpgradePolicy": {
                "maxBatchInstancePercent": 20, "maxUnhealthyInstancePercent": 20, "maxUnhealthyUpgradedInstancePercent":
                20, "pauseTimeBetweenBatches": "PT2M", "maxSurge": True}, "automaticOSUpgradePolicy": {
                    "enableAutomaticOSUpgrade": True, "disableAutomaticRollback": False}},
            "automaticRepairsPolicy": {"enabled": True, "gracePeriod": "PT30M", "repairAction": "Replace"},
            "scaleInPolicy": {"rules": ["OldestVM"], "forceDeletion": False}, "virtualMachineProfile": {
                "priority": "Regular", "securityProfile": {
                    "securityType": "TrustedLaunch", "encryptionAtHost": True, "uefiSettings": {
                        "secureBootEnabled": True, "vTpmEnabled": True}}, "osProfile": {
                    "computerNamePrefix": "quotes", "adminUsername": "platform", "allowExtensionOperations": True,
                    "linuxConfiguration": {"disablePasswordAuthentication": True, "provisionVMAgent": True, "ssh": {
                        "publicKeys": [{"path": "/home/platform/.ssh/authorized_keys", "keyData":
                                        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHhP platform"}]}}},
                "storageProfile": {"imageReference": {
                    "id": f"{ITS}.Compute/galleries/galbank/images/quotes"}, "osDisk": {
                    "createOption": "FromImage", "caching": "ReadWrite", "diskSizeGB": 64, "managedDisk": {
                        "storageAccountType": "Premium_LRS", "diskEncryptionSet": {
                            "id": f"{ITS}.Compute/diskEncryptionSets/des-prod"}}}},
                "networkProfile": {"healthProbe": {
                    "id": f"{BALANCER}/probes/healthz"}, "networkInterfaceConfigurations":
                    [{"name": "nic", "primary": True, "enableAcceleratedNetworking": True, "enableIPForwarding":
                        False, "networkSecurityGroup": {
                            "id": f"{ITS}.Network/networkSecurityGroups/nsg-quotes"}, "ipConfigurations": [{
                            "name": "ip", "primary": True, "subnet": {"id": f"{VNET}/subnets/snet-quotes"},
                            "applicationSecurityGroups": [{"id": UNKNOWN}], "loadBalancerBackendAddressPools": [{
                                "id": f"{BALANCER}/backendAddressPools/machines"}]}]}]},
                "scheduledEventsProfile": {"terminateNotificationProfile": {
                    "enable": True, "notBeforeTimeout": "PT5M"}}, "diagnosticsProfile": {"bootDiagnostics": {
                        "enabled": True}}, "extensionProfile": {"extensions": [
                    {"name": "AzureMonitorLinuxAgent", "publisher": "Microsoft.Azure.Monitor", "type":
                     "AzureMonitorLinuxAgent", "typeHandlerVersion": "1.33", "autoUpgradeMinorVersion": True,
                     "enableAutomaticUpgrade": True},
                    {"name": "AADSSHLoginForLinux", "publisher": "Microsoft.Azure.ActiveDirectory", "type":
                     "AADSSHLoginForLinux", "typeHandlerVersion": "1.0", "autoUpgradeMinorVersion": True}]}}},
           "machines", links={"virtualMachineProfile": ("balancer", "group")}),
        az("monitor:AutoscaleSetting", {
            **AT, "autoscaleSettingName": "scale-quotes", "enabled": True, "targetResourceUri": UNKNOWN,
            "predictiveAutoscalePolicy": {"scaleMode": "ForecastOnly"}, "profiles": [{
                "name": "load", "capacity": {"minimum": "3", "maximum": "9", "default": "3"}, "rules": [
                    {"metricTrigger": {
                        "metricName": "Percentage CPU", "metricResourceUri": UNKNOWN, "timeGrain": "PT1M", "statistic":
                        "Average", "timeWindow": "PT10M", "timeAggregation": "Average", "operator": operator,
                        "threshold": threshold}, "scaleAction": {"direction": direction, "type": "ChangeCount",
                                                                 "value": "1", "cooldown": "PT10M"}}
                    for operator, threshold, direction in (("GreaterThan", 70, "Increase"), (
                        "LessThan", 30, "Decrease"))]}], "notifications": [{"operation": "Scale", "email": {
                            "customEmails": ["platform@bank.ae"]}}]}, "scale", links={
                                "targetResourceUri": ("machines",)}),
        granted("operators", "machines", "fb879df8-f326-4884-b1cf-06f3ad86be52", "Group"),
        alert("machines", "Microsoft.Compute/virtualMachineScaleSets", "VmAvailabilityMetric", "LessThan", 1)),
        f"{LEARN}/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade; {AVM}/compute/"
        "virtual-machine-scale-set, as known", with_prices("compute:VirtualMachineScaleSet::machines")),
    Idiom("Key Vault: keys in modules that turn each year, certificates of the bank, and a message before one ends", (
        az("keyvault:Vault", {
            **AT, "vaultName": "kv-apps-prod", "properties": {
                "tenantId": TENANT, "sku": {"family": "A", "name": "premium"}, "enableRbacAuthorization": True,
                "enablePurgeProtection": True, "enableSoftDelete": True, "softDeleteRetentionInDays": 90,
                "publicNetworkAccess": "Disabled", "networkAcls": {
                    "bypass": "None", "defaultAction": "Deny", "ipRules": [], "virtualNetworkRules": []}}}, "vault"),
        *(az("keyvault:Key", {
            **RG, "vaultName": "kv-apps-prod", "keyName": name, "tags": AT["tags"], "properties": {
                "kty": "RSA-HSM", "keySize": 4096, "keyOps": ["wrapKey", "unwrapKey"], "attributes": {
                    "enabled": True, "exportable": False}, "rotationPolicy": {
                    "attributes": {"expiryTime": "P1Y"}, "lifetimeActions": [
                        {"action": {"type": "rotate"}, "trigger": {"timeBeforeExpiry": "P60D"}},
                        {"action": {"type": "notify"}, "trigger": {"timeBeforeExpiry": "P30D"}}]}}}, name,
             links={"vaultName": ("vault",)}) for name in ("cmk-apps", "cmk-backups")),
        az("eventgrid:SystemTopic", {
            **AT, "systemTopicName": "egst-vault", "source": UNKNOWN, "topicType": "Microsoft.KeyVault.vaults",
            "identity": {"type": "SystemAssigned"}}, "topic", links={"source": ("vault",)}),
        az("eventgrid:SystemTopicEventSubscription", {
            **RG, "systemTopicName": "egst-vault", "eventSubscriptionName": "ends-soon", "eventDeliverySchema":
            "CloudEventSchemaV1_0", "filter": {"includedEventTypes": [
                f"Microsoft.KeyVault.{kind}NearExpiry" for kind in ("Certificate", "Key", "Secret")],
                "enableAdvancedFilteringOnArrays": True}, "retryPolicy": {
                    "maxDeliveryAttempts": 30, "eventTimeToLiveInMinutes": 1440}, "deliveryWithResourceIdentity": {
                "identity": {"type": "SystemAssigned"}, "destination": {
                    "endpointType": "ServiceBusQueue", "resourceId":
                    f"{ITS}.ServiceBus/namespaces/sb-payments-prod/queues/ends-soon"}},
            "deadLetterWithResourceIdentity": {"identity": {"type": "SystemAssigned"}, "deadLetterDestination": {
                "endpointType": "StorageBlob", "blobContainerName": "dead", "resourceId":
                f"{ITS}.Storage/storageAccounts/stdocsprod"}}}, "ends-soon", links={"systemTopicName": ("topic",)}),
        granted("officers", "vault", "a4417e6f-fecd-4de8-b567-7b0420556985", "Group"),
        granted("app", "vault", "4633458b-17de-408a-b874-0445c86b69e6"),
        *private("vault", "vault", "privatelink.vaultcore.azure.net"), records("vault"), kept("vault"),
        alert("vault", "Microsoft.KeyVault/vaults", "Availability", "LessThan", 100),
        az("monitor:ActivityLogAlert", {
            **RG, "location": "global", "tags": AT["tags"], "activityLogAlertName": "vault-changed", "enabled": True,
            "scopes": [UNKNOWN], "condition": {"allOf": [
                {"field": "category", "equals": "Administrative"}, {"anyOf": [
                    {"field": "operationName", "equals": f"Microsoft.KeyVault/vaults/{action}"} for action in (
                        "delete", "write", "accessPolicies/write")]}]},
            "actions": {"actionGroups": [{"actionGroupId": DUTY}]}}, "changed", links={"scopes": ("vault",)})),
        f"{LEARN}/key-vault/general/event-grid-overview; {AVM}/key-vault/vault, as known",
        merged(with_prices("eventgrid:SystemTopic::topic"), {"residency": {"known": {
            f"{ITS}.ServiceBus/namespaces/sb-payments-prod": "our own namespace, in uaenorth",
            f"{ITS}.Storage/storageAccounts/stdocsprod": "our own account, in uaenorth"}}})),
)  # fmt: skip
