"""Properties of Azure that name a host or an address without sending anything there.

Each entry was reviewed on 2026-11-30 with published templates of Microsoft (Azure/bicep-registry-modules,
Azure/Enterprise-Scale, Azure/AKS-Construction) and the SDK of pulumi-azure-native 3.29.0.
"""

import re

from ..engine.lazy_regex import lazy_regex
from ..engine.rows import azure

SCOPE = (
    r"https://(?:(?:ai|cognitiveservices|cosmos|ml|monitor|redis|search|storage)\.azure\.com"
    r"|(?:containerregistry|eventhubs|servicebus|vault)\.azure\.net|(?:ossrdbms-aad\.)?database\.windows\.net"
    r"|management\.core\.windows\.net|graph\.microsoft\.com)/+\.default(?![\w./-])"
)
"""What a program asks a token of Entra ID for: a service of Azure by the name of its API with `/.default`, not an
address that it calls (MicrosoftDocs/azure-docs 10cccc9 articles/active-directory/develop/scopes-oidc.md, "The .default
scope"; the services' names found as strings with it in public programs; read 2026-11-30)."""
AZURE_NAMES: dict[str, re.Pattern[str]] = {
    token: lazy_regex(pattern)
    for tokens, pattern in (
        # The mode is a resource provider, such as Microsoft.Network.Data.
        (azure(*(f"authorization:Policy{kind}{end}" for kind in ("Definition", "SetDefinition")
                 for end in ("", "AtManagementGroup", "Version", "VersionAtManagementGroup"))),
         r"metadata\.source$|mode$"),
        # Policies that link private endpoints to zones take the names of the zones.
        (azure("authorization:PolicyAssignment"),
         r"parameters\.\w{0,80}[dD]nsZones?(?:(?:Resource)?Ids?|Names?)?\.value\b"),
        (azure("network:ApplicationGateway"),
         r"httpListeners\b|backendHttpSettingsCollection\[\d+\]\.hostName|probes\b"),
        (azure("network:FirewallPolicyRuleCollectionGroup", "network:FirewallPolicyRuleCollectionGroupDraft",
               "network:AzureFirewall"), r"\w*[rR]uleCollections\b"),
        # Members of a service have names such as global.in.ai.
        (azure("network:PrivateEndpoint"), r"customDnsConfigs\b|ipConfigurations\[\d+\]\.(?:name|memberName|groupId)$"),
        # Pages for people.
        (azure("apicenter:Api"), r"externalDocumentation\[\d+\]\.url$"),
        # Azure Verified Modules give each configuration the name of its zone.
        (azure("network:PrivateDnsZoneGroup"), r"privateDnsZoneConfigs\[\d+\]\.name$"),
        # Registry from which images come, whose publisher FJ-ESC-116 evaluates.
        (azure("containerregistry:CredentialSet"), r"loginServer$"),
        # The name of the domain itself.
        (azure("aad:DomainService"), r"domainName$"),
        # Publishers of agents, such as Microsoft.Azure.Security, whose last word is a top-level domain too.
        (azure("compute:VirtualMachineExtension", "compute:VirtualMachineScaleSetExtension",
               "compute:VirtualMachineScaleSetVMExtension"), r"publisher$"),
        (azure("hybridcompute:MachineExtension"), r"properties\.publisher$"),
        (azure("compute:VirtualMachineScaleSet"),
         r"virtualMachineProfile\.extensionProfile\.extensions\[\d+\]\.publisher$"),
        # An address in the network of the cluster's services, as the API requires.
        (azure("containerservice:ManagedCluster"), r"networkProfile\.dnsServiceIP$"),
    )
    for token in tokens
}  # fmt: skip
"""Type -> paths of names that are served, compared or filtered."""
