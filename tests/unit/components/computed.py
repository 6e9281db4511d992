"""Outputs that the clouds set themselves, as far as components read them."""

from collections.abc import Callable
from typing import Any

Props = dict[str, Any]

ACCOUNT = "123456789012"
SUBSCRIPTION = "11111111-1111-1111-1111-111111111111"
TENANT = "22222222-2222-2222-2222-222222222222"


def computed(typ: str, name: str) -> Props:
    """Returns the outputs that a cloud sets and that components read."""
    table = _AWS_COMPUTED if typ.startswith("aws:") else _AZURE_COMPUTED
    answer = table.get(typ)
    common: Props = {"arn": _arn(typ, name)} if typ.startswith("aws:") else {"name": name}
    return {**common, **(answer(name) if answer else {})}


def id_of(typ: str, name: str) -> str:
    if not typ.startswith("azure-native:"):
        return f"{name}-id"
    group = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/group"
    if typ == "azure-native:storage:BlobContainer":
        return f"{group}/providers/Microsoft.Storage/storageAccounts/account/blobServices/default/containers/{name}"
    return (
        group if typ == "azure-native:resources:ResourceGroup" else f"{group}/providers/{typ.split(':', 1)[1]}/{name}"
    )


def _arn(typ: str, name: str) -> str:
    service = typ.split(":")[1].split("/")[0]
    if service == "s3":
        return f"arn:aws:s3:::{name}"
    region = "" if service in ("iam", "budgets") else "me-central-1"
    return f"arn:aws:{service}:{region}:{ACCOUNT}:{typ.rsplit(':', 1)[-1].lower()}/{name}"


_AWS_COMPUTED: dict[str, Callable[[str], Props]] = {
    "aws:eks/cluster:Cluster": lambda name: {
        "endpoint": f"https://{name}.gr7.me-central-1.eks.amazonaws.com",
        "certificateAuthority": {"data": "Q0E="},
        "identities": [{"oidcs": [{"issuer": f"https://oidc.eks.me-central-1.amazonaws.com/id/{name}"}]}],
        "vpcConfig": {"clusterSecurityGroupId": f"sg-{name}", "vpcId": "vpc-1"},
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": lambda name: {"cidrBlocks": [f"blocks-of-{name}"]},
    "aws:ec2/placementGroup:PlacementGroup": lambda name: {"name": name},
    "aws:ec2/eip:Eip": lambda name: {"allocationId": f"{name}-allocation"},
    "aws:ec2/natGateway:NatGateway": lambda name: {"publicIp": f"address-of-{name}"},
    "aws:eks/nodeGroup:NodeGroup": lambda name: {
        "nodeGroupName": name,
        "resources": [{"autoscalingGroups": [{"name": f"eks-{name}-asg"}]}],
    },
    "aws:budgets/budget:Budget": lambda name: {"name": f"{name}-1a2b3c4"},
    "aws:ec2/launchTemplate:LaunchTemplate": lambda name: {"latestVersion": 1},
    "aws:s3/bucket:Bucket": lambda name: {"bucket": f"{name}-1a2b3c4"},
    "aws:cloudwatch/eventRule:EventRule": lambda name: {"name": f"{name}-1a2b3c4"},
    "aws:iam/instanceProfile:InstanceProfile": lambda name: {"name": f"{name}-1a2b3c4"},
    "aws:sqs/queue:Queue": lambda name: {"name": f"{name}-1a2b3c4"},
    "aws:iam/role:Role": lambda name: {"name": f"{name}-1a2b3c4"},
    "aws:kms/key:Key": lambda name: {"keyId": f"{name}-id"},
    "aws:fsx/lustreFileSystem:LustreFileSystem": lambda name: {
        "dnsName": f"{name}.fsx.example",
        "mountName": "abcdebmv",
    },
    "aws:efs/fileSystem:FileSystem": lambda name: {"dnsName": f"{name}.efs.example"},
    "aws:ecr/repository:Repository": lambda name: {
        "repositoryUrl": f"{ACCOUNT}.dkr.ecr.me-central-1.amazonaws.com/{name}"
    },
    "aws:backup/vault:Vault": lambda name: {"name": f"{name}-1a2b3c4"},
}

_AZURE_COMPUTED: dict[str, Callable[[str], Props]] = {
    "azure-native:network:PublicIPAddress": lambda name: {"ipAddress": f"address-of-{name}"},
    "azure-native:managedidentity:UserAssignedIdentity": lambda name: {
        "principalId": f"{name}-principal",
        "clientId": f"{name}-client",
        "tenantId": TENANT,
    },
    # Long ago, so that no component waits for it.
    "azure-native:authorization:RoleAssignment": lambda name: {"createdOn": "2026-01-01T00:00:00.1234567Z"},
    "azure-native:authorization:RoleDefinition": lambda name: {"createdOn": "2026-01-01T00:00:00.1234567Z"},
    "azure-native:keyvault:Vault": lambda name: {"properties": {"vaultUri": f"https://{name}.vault.azure.net/"}},
    "azure-native:keyvault:Key": lambda name: {
        "keyUri": f"https://kv.vault.azure.net/keys/{name}",
        "keyUriWithVersion": f"https://kv.vault.azure.net/keys/{name}/1",
    },
    "azure-native:storage:StorageAccount": lambda name: {
        "primaryEndpoints": {"blob": f"https://{name}.blob.core.windows.net/"}
    },
    "azure-native:costmanagement:Export": lambda name: {"identity": {"principalId": f"{name}-principal"}},
    "azure-native:containerregistry:Registry": lambda name: {"loginServer": f"{name}.azurecr.io"},
    "azure-native:containerservice:ManagedCluster": lambda name: {
        "fqdn": f"{name}.public.example",
        "privateFQDN": f"{name}.private.example",
        "nodeResourceGroup": f"MC_{name}",
        "oidcIssuerProfile": {"issuerURL": f"https://issuer.example/{name}/"},
    },
}
