"""Public exposure of Azure resources. Public network access is enabled by default on nearly all of them, so it must be
disabled.

Property names checked against pulumi-azure-native 3.29.0 on 2026-11-24 (a test repeats it).
"""

from ..engine.conditions import (
    ABSENT,
    FALSE,
    NEVER,
    NOT_FALSE,
    NOT_TRUE,
    SET,
    TRUE,
    Condition,
    does_not_contain,
    none_of,
    one_of,
)
from ..engine.families import exposure_rule
from ..engine.rows import CONTAINER_GROUPS, Check, Guardrail, Severity, azure
from ..engine.verdicts import Verdict
from ..readers import api_policies
from ..readers.cidrs import NARROW_ADDRESSES
from ..readers.known_later import resolve_from, resolve_own_addresses
from .api_guards import check_api_guards
from .container_apps import APPS, check_ingress, resolve_ingress

_DISABLED = one_of("Disabled")
DISABLED_OR_PERIMETER = one_of("Disabled", "SecuredByPerimeter")
NOT_SET_TO_TRUE = Condition(
    "must not be set to true", lambda value: not (value is True or str(value).lower() == "true"), missing=Verdict.PASS
)
"""The value is missing or not true. Used in `when` only."""
_TOP_LEVEL_ACCESS = (
    "appconfiguration:ConfigurationStore", "app:ManagedEnvironment",
    "batch:BatchAccount", "communication:CommunicationService", "compute:Disk", "compute:Snapshot",
    "containerregistry:Registry", "databricks:Workspace", "datafactory:Factory", "desktopvirtualization:HostPool",
    "digitaltwins:DigitalTwin", "eventgrid:Domain", "eventgrid:Namespace", "eventgrid:Topic",
    "eventgrid:PartnerNamespace", "eventhub:Namespace", "hardwaresecuritymodules:CloudHsmCluster", "iotcentral:App",
    "kusto:Cluster", "machinelearningservices:Registry", "machinelearningservices:Workspace",
    "notificationhubs:Namespace", "purview:Account", "redis:Redis", "redisenterprise:RedisEnterprise",
    "relay:Namespace", "search:Service", "servicebus:Namespace", "signalrservice:SignalR", "sql:Server",
    "synapse:Workspace", "web:WebApp", "web:WebAppSlot", "webpubsub:WebPubSub", "elasticsan:ElasticSan",
    "deviceupdate:Account", "monitor:AzureMonitorWorkspace", "desktopvirtualization:Workspace",
    "agfoodplatform:DataManagerForAgricultureResource", "chaos:PrivateAccess", "migrate:AssessmentProjectsOperation",
    "offazure:MasterSitesController",
)  # fmt: skip
"""Types with `publicNetworkAccess` as a top-level property."""
_NESTED_ACCESS = (
    "attestation:AttestationProvider", "botservice:Bot", "cognitiveservices:Account", "dashboard:Grafana",
    "dbformariadb:Server", "dbformysql:SingleServer", "dbforpostgresql:SingleServer",
    "deviceprovisioningservices:IotDpsResource", "healthcareapis:Service", "healthdataaiservices:DeidService",
    "iothub:IotHubResource", "keyvault:ManagedHsm", "keyvault:Vault", "machinelearningservices:OnlineEndpoint",
    "mongocluster:MongoCluster", "recoveryservices:Vault", "durabletask:Scheduler", "fileshares:FileShare",
    "discovery:Workspace", "discovery:Bookshelf", "kubernetesconfiguration:PrivateLinkScope",
    "migrate:MigrateProject", "migrate:Project", "migrate:MigrateProjectsControllerMigrateProject",
)  # fmt: skip
"""Types with `publicNetworkAccess` under `properties`."""
_NO_TRUSTED_SERVICES = (
    "networkRuleSet.bypass",
    Condition("", lambda value: "AzureServices" not in str(value), Verdict.PASS),
)
_LISTED_ADDRESSES = ("networkRuleSet.ipRules", SET)
_LISTED_NETWORKS = ("networkRuleSet.virtualNetworkRules", SET)

ACCESS_ROWS = (
    Check(azure(*_TOP_LEVEL_ACCESS), "publicNetworkAccess", _DISABLED),
    Check(azure("cosmosdb:DatabaseAccount"), "publicNetworkAccess", DISABLED_OR_PERIMETER),
    # Azure's trusted services reach an account only with public access enabled. The default action must then be to deny
    # (_check_default_action), and no network may be listed.
    Check(azure("storage:StorageAccount"), "publicNetworkAccess", DISABLED_OR_PERIMETER, when=_NO_TRUSTED_SERVICES),
    Check(azure("storage:StorageAccount"), "publicNetworkAccess", DISABLED_OR_PERIMETER, when=_LISTED_ADDRESSES),
    Check(azure("storage:StorageAccount"), "publicNetworkAccess", DISABLED_OR_PERIMETER, when=_LISTED_NETWORKS),
    Check(azure(*_NESTED_ACCESS), "properties.publicNetworkAccess", _DISABLED),
    Check(azure("dbforpostgresql:Server", "dbformysql:Server"), "network.publicNetworkAccess", _DISABLED),
    Check(azure("automation:AutomationAccount"), "publicNetworkAccess", FALSE),
    Check(azure("sql:ManagedInstance"), "publicDataEndpointEnabled", NOT_TRUE),
    Check(azure("hybridcompute:PrivateLinkScope"), "properties.publicNetworkAccess", DISABLED_OR_PERIMETER),
    Check(azure("operationalinsights:Workspace", "applicationinsights:Component"), "publicNetworkAccessForIngestion",
          DISABLED_OR_PERIMETER),
    # Public access for log queries is allowed: queries need a role in Entra ID (FJ-IDN-202).
    # In such a network a service is reached from the network alone, whatever `publicNetworkAccess` says (Microsoft
    # Learn, "Deploy your Azure API Management instance to a virtual network - internal mode", read 2026-11-30).
    Check(azure("apimanagement:ApiManagementService"), "virtualNetworkType", one_of("Internal")),
    Check(azure("monitor:DataCollectionEndpoint"), "networkAcls.publicNetworkAccess", DISABLED_OR_PERIMETER),
    Check(azure("purview:Account"), "managedResourcesPublicNetworkAccess", _DISABLED),
    Check(azure("machinelearningservices:OnlineDeployment"), "properties.egressPublicNetworkAccess", _DISABLED),
    Check(azure("eventhub:NamespaceNetworkRuleSet", "servicebus:NamespaceNetworkRuleSet"), "publicNetworkAccess",
          _DISABLED),
)  # fmt: skip

_NOT_PRIVATE = ("apiServerAccessProfile.enablePrivateCluster", NOT_SET_TO_TRUE)

CLUSTER_ROWS = (
    # A fleet without a hub has no API server of its own.
    Check(azure("containerservice:Fleet"), "hubProfile?.apiServerAccessProfile.enablePrivateCluster", TRUE),
    Check(azure("containerservice:ManagedCluster"), "apiServerAccessProfile.authorizedIPRanges", NARROW_ADDRESSES,
          when=_NOT_PRIVATE),
    Check(azure("containerservice:ManagedCluster"), "agentPoolProfiles[*].enableNodePublicIP", NOT_TRUE),
    Check(azure("containerservice:ManagedCluster"), "networkProfile.networkPolicy",
          one_of("azure", "calico", "cilium")),
    Check(azure("containerservice:ManagedCluster"), "serviceMeshProfile?.istio?.components?.ingressGateways[*].mode",
          one_of("Internal"), when=("serviceMeshProfile.istio.components.ingressGateways[*].enabled", TRUE)),
    # By default the controller that application routing starts is public (azure-aks-docs at fb060abe,
    # app-routing-nginx-configuration.md, 2026-11-27).
    Check(azure("containerservice:ManagedCluster"), "ingressProfile?.webAppRouting?.nginx.defaultIngressControllerType",
          one_of("Internal", "None"), when=("ingressProfile.webAppRouting.enabled", TRUE)),
    Check(azure("containerservice:AgentPool"), "enableNodePublicIP", NOT_TRUE),
)  # fmt: skip

_NOT_EVERY_SUBSCRIPTION = does_not_contain("*", missing=Verdict.PASS)
SIGNED_TOKENS = Condition(
    "must accept in validate-jwt only tokens that expire and are signed with a key that is named",
    api_policies.checks_tokens,
    missing=Verdict.PASS,
)
FOR_PROGRAMS = Condition(
    "must say for which programs tokens are, by audiences, application-ids or a claim such as azp or scp",
    api_policies.names_programs,
    missing=Verdict.PASS,
)
OWN_TENANT = Condition(
    "must accept tokens of listed tenants only, by tenant-id, issuers or the claim tid",
    api_policies.of_listed_tenants,
    missing=Verdict.PASS,
)
ANSWERS_APART = Condition(
    "must keep the answers to callers with a token apart in cache-lookup, by vary-by-developer or vary-by-header",
    api_policies.keeps_answers_apart,
    missing=Verdict.PASS,
)
NO_MANAGEMENT = Condition(
    "must not give requests a token of the gateway's identity for the management of Azure",
    api_policies.manages_nothing,
    missing=Verdict.PASS,
)
OWN_NAME = Condition(
    "must override headers that say who calls: the caller sends his own",
    api_policies.says_who_calls,
    missing=Verdict.PASS,
)
_API_POLICIES = (SIGNED_TOKENS, FOR_PROGRAMS, OWN_TENANT, ANSWERS_APART, NO_MANAGEMENT, OWN_NAME)
OFFER_ROWS = (
    Check(azure("network:PrivateLinkService"), "visibility?.subscriptions", _NOT_EVERY_SUBSCRIPTION),
    Check(azure("network:PrivateLinkService"), "autoApproval?.subscriptions", _NOT_EVERY_SUBSCRIPTION),
    # In the mode Learning the rules of the resource let in whom the perimeter refuses (azure-docs at 1c0d80f4,
    # network-security-perimeter-transition.md, read 2026-11-27); Audit only logs (arm-hybridcompute 4.0.0, AccessMode).
    Check(
        azure("network:NetworkSecurityPerimeterAssociation", "network:NspAssociation"), "accessMode", one_of("Enforced")
    ),
    # Without the value, Terraform's provider asks for authorization (azurerm at 033f40eb); Azure documents no default.
    Check(azure("relay:HybridConnection", "relay:WCFRelay"), "requiresClientAuthorization", NOT_FALSE),
    # Such a link needs no credentials of Azure, only those of the machine (Azure Bastion, shareable link, 2026-11-27).
    # "Groups" serves every user of the subscriptions and tenants that it is shared with (learn.microsoft.com, "Share a
    # gallery with all users in a subscription or tenant", read on 2026-11-28).
    Check(azure("compute:Gallery"), "sharingProfile?.permissions", none_of("Community", "Groups")),
    # A product without subscriptions serves whoever knows the address; the default is true (pulumi-azure-native 3.29.0
    # docs, apimanagement:Product, read 2026-11-29).
    Check(azure("apimanagement:Product", "apimanagement:WorkspaceProduct"), "subscriptionRequired", NOT_FALSE),
    *(Check(api_policies.POLICIES, "value", condition) for condition in _API_POLICIES),
    Check(azure("network:BastionHost"), "enableShareableLink", NOT_TRUE),
)

_FIREWALL = azure("network:WebApplicationFirewallPolicy")
FIREWALL_ROWS = (
    # The mode Detection only logs (MicrosoftDocs/azure-docs 01c88fc9, "What is Azure Web Application Firewall on Azure
    # Application Gateway?", read 2026-11-29).
    Check(_FIREWALL, "policySettings.mode", one_of("Prevention")),
    Check(_FIREWALL, "policySettings?.state", none_of("Disabled")),
)

_ADDRESS = "ipConfigurations[*].publicIPAddress"
_NODES = ("properties?.computeType", one_of("AmlCompute", "ComputeInstance"))
_IP_OF_PROFILE = "ipConfigurations[*].properties?.publicIPAddressConfiguration"

ADDRESS_ROWS = (
    Check(azure("network:NetworkInterface"), _ADDRESS, ABSENT),
    Check(azure("network:LoadBalancer", "network:ApplicationGateway"), "frontendIPConfigurations[*].publicIPAddress",
          ABSENT),
    Check(azure("network:LoadBalancer"), "frontendIPConfigurations[*].publicIPPrefix", ABSENT),
    # Frontends have no private addresses ("Application Gateway for Containers components", read 2026-11-27).
    Check(azure("servicenetworking:FrontendsInterface"), "", NEVER),
    Check(azure("compute:VirtualMachine"),
          f"networkProfile?.networkInterfaceConfigurations[*].{_ADDRESS}Configuration", ABSENT),
    Check(azure("compute:VirtualMachineScaleSet"),
          f"virtualMachineProfile?.networkProfile?.networkInterfaceConfigurations[*].{_ADDRESS}Configuration", ABSENT),
    *(Check(azure(kind), f"{profile}.networkProfile?.networkInterfaceConfigurations[*].properties?.{_IP_OF_PROFILE}",
            ABSENT)
      for kind, profile in (("azurefleet:Fleet", "computeProfile.baseVirtualMachineProfile"),
                            ("computebulkactions:BulkAction", "properties?.computeProfile?.virtualMachineProfile?"))),
    Check(CONTAINER_GROUPS, "ipAddress?.type", none_of("Public")),
    Check(azure("network:NetworkInterface"), "enableIPForwarding", NOT_TRUE),
    Check(azure("web:AppServiceEnvironment"), "internalLoadBalancingMode",
          one_of("Web", "Publishing", "Web, Publishing")),
    Check(azure("app:ManagedEnvironment"), "vnetConfiguration.internal", TRUE),
    Check(azure("web:WebApp", "web:WebAppSlot"), "siteConfig?.remoteDebuggingEnabled", NOT_TRUE),
    Check(azure("databricks:Workspace"), "parameters.enableNoPublicIp.value", TRUE),
    Check(azure("machinelearningservices:Compute"), "properties.properties.enableNodePublicIp", FALSE, when=_NODES),
    Check(azure("virtualmachineimages:VirtualMachineImageTemplate"), "vmProfile.vnetConfig.subnetId", SET),
)  # fmt: skip

_OPEN_BY_DEFAULT = "nearly every Azure service is open to the internet by default"

AZURE_EXPOSURE: tuple[Guardrail, ...] = (
    exposure_rule(201, Severity.CRITICAL, "Azure services are reached through private endpoints only",
                  _OPEN_BY_DEFAULT, "Set public_network_access to Disabled and add a private endpoint",
                  checks=ACCESS_ROWS),
    exposure_rule(203, Severity.CRITICAL,
                  "AKS clusters are private or open to listed addresses only, and support network policies",
                  _OPEN_BY_DEFAULT,
                  "Set enable_private_cluster to true, or list narrow authorized_ip_ranges; set a network_policy, and "
                  "default_ingress_controller_type of web_app_routing and mode of the mesh's ingress_gateways to "
                  "Internal",
                  checks=CLUSTER_ROWS, resolve=resolve_own_addresses),
    exposure_rule(204, Severity.HIGH, "Azure machines, load balancers and apps have no public IP address",
                  "a public address is found and probed within minutes",
                  "Remove the public IP address; use a NAT gateway for outbound and private endpoints for inbound "
                  "traffic; put an app with external true into an environment of the stack with internal true",
                  checks=ADDRESS_ROWS, predicate=check_ingress, resolve=resolve_ingress, types=APPS),
    exposure_rule(207, Severity.HIGH,
                  "Azure private links, APIs, galleries and Bastion hosts serve listed callers only",
                  "whoever knows the service's alias or the link connects to what is behind it",
                  "List the ids of subscriptions instead of * in visibility and auto_approval; set access_mode of a "
                  "perimeter to Enforced, requires_client_authorization to true, enable_shareable_link to false, "
                  "permissions of a gallery to Private; name openid-config or issuer-signing-keys in validate-jwt of a "
                  "policy, and leave out require-signed-tokens and require-expiration-time; check callers in inbound, "
                  "after base",
                  checks=OFFER_ROWS, predicate=check_api_guards, resolve=resolve_from(("value",)),
                  types=api_policies.POLICIES),
    exposure_rule(210, Severity.MEDIUM, "Web application firewalls on Azure block what they detect",
                  "a firewall in detection mode writes a log of the attack, and lets it through",
                  'Set policy_settings to {"mode": "Prevention", "state": "Enabled"}',
                  checks=FIREWALL_ROWS),
)  # fmt: skip
