"""EKS: clusters, node groups, add-ons, access and pod identities; and the tags of the groups behind node
groups.
"""

from __future__ import annotations

from falaj.sandbox.clouds.aws import eks_addons, launching
from falaj.sandbox.clouds.aws.eks_addons import KUBERNETES, LATEST_KUBERNETES
from falaj.sandbox.clouds.rows import Call, InUse, Naming, Parent, Row
from falaj.sandbox.clouds.values import Props, at, each, text

CLUSTER, NODE_GROUP = "aws:eks/cluster:Cluster", "aws:eks/nodeGroup:NodeGroup"
_ARN = "arn:aws:eks:{region}:{account}:"
_CLUSTER = Parent(
    "clusterName", "eks:{scope}:{value}", "ResourceNotFoundException: No cluster found for name: {value}."
)
_AMI_TYPES = (
    "AL2_x86_64", "AL2_x86_64_GPU", "AL2_ARM_64", "CUSTOM", "BOTTLEROCKET_ARM_64", "BOTTLEROCKET_x86_64",
    "BOTTLEROCKET_ARM_64_FIPS", "BOTTLEROCKET_x86_64_FIPS", "BOTTLEROCKET_ARM_64_NVIDIA", "BOTTLEROCKET_x86_64_NVIDIA",
    "BOTTLEROCKET_ARM_64_NVIDIA_FIPS", "BOTTLEROCKET_x86_64_NVIDIA_FIPS", "AL2023_x86_64_STANDARD",
    "AL2023_ARM_64_STANDARD", "AL2023_x86_64_NEURON", "AL2023_x86_64_NVIDIA", "AL2023_ARM_64_NVIDIA",
)  # fmt: skip
"""API_Nodegroup of the EKS API reference, Linux only; read in the EKS API documentation of 2026."""


def cluster_outputs(call: Call) -> Props:
    """A cluster's answers. The VPC is the one of its subnets."""
    facts = call.facts
    group = facts["hex32"]
    subnets = [call.world.by_handle(str(id_)) for id_ in each(call.inputs, "vpcConfig.subnetIds[*]")]
    vpc = next((text(subnet.inputs, "vpcId") for subnet in subnets if subnet), "")
    issuer = f"https://oidc.eks.{facts['region']}.amazonaws.com/id/{group}"
    return {
        "arn": "arn:aws:eks:{region}:{account}:cluster/{name}".format_map(facts),
        "endpoint": f"https://{group}.gr7.{facts['region']}.eks.amazonaws.com",
        "certificateAuthority": {"data": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg=="},
        "identities": [{"oidcs": [{"issuer": issuer}]}],
        "platformVersion": "eks.9",
        "status": "ACTIVE",
        "createdAt": facts["now"],
        "version": LATEST_KUBERNETES,
        "clusterId": "",
        "accessConfig": {"authenticationMode": "API_AND_CONFIG_MAP", "bootstrapClusterCreatorAdminPermissions": True},
        "upgradePolicy": {"supportType": "EXTENDED"},
        "bootstrapSelfManagedAddons": True,
        "deletionProtection": False,
        "kubernetesNetworkConfig": {"ipFamily": "ipv4", "serviceIpv4Cidr": "172.20.0.0/16"},
        "vpcConfig": {"vpcId": vpc, "clusterSecurityGroupId": f"sg-{facts['hex17']}"},
    }


def two_zones(call: Call) -> str | None:
    """A control plane stands in at least two zones."""
    found = [call.world.by_handle(str(id_)) for id_ in each(call.inputs, "vpcConfig.subnetIds[*]")]
    zones = {text(subnet.outputs, "availabilityZone") for subnet in found if subnet}
    if len(zones) < 2:
        return "InvalidParameterException: Subnets specified must be in at least two different AZs"
    return None


def reachable(call: Call) -> str | None:
    """At least one of the two API endpoints is on."""
    if at(call.inputs, "vpcConfig.endpointPublicAccess") is False and not at(
        call.inputs, "vpcConfig.endpointPrivateAccess"
    ):
        return "InvalidParameterException: Private and public endpoint access cannot be false"
    return None


def deletion_protected(call: Call) -> str | None:
    """A cluster with deletion protection stays."""
    if call.inputs.get("deletionProtection") is True:
        return "InvalidRequestException: Cluster deletion protection is enabled; disable it first."
    return None


def scaling(call: Call) -> str | None:
    """minSize <= desiredSize <= maxSize."""
    sizes = [at(call.inputs, f"scalingConfig.{name}Size") for name in ("min", "desired", "max")]
    low, wanted, high = (size if isinstance(size, int | float) else 0 for size in sizes)
    if high < 1:
        return "InvalidParameterException: maxSize must be at least 1"
    if low > wanted:
        return "InvalidParameterException: desired capacity can't be less than min size"
    if wanted > high:
        return "InvalidParameterException: desired capacity can't be greater than max size"
    return None


ROWS = (
    Row(
        CLUSTER,
        naming=Naming("name", longest=100),
        outputs=cluster_outputs,
        computed=("vpcConfig.vpcId", "vpcConfig.clusterSecurityGroupId"),
        handles=("eks:{scope}:{name}", "sg-{hex17}"),
        replace=(
            "name",
            "roleArn",
            "region",
            "vpcConfig.subnetIds",
            "encryptionConfig.provider",
            "outpostConfig",
            "kubernetesNetworkConfig.ipFamily",
            "kubernetesNetworkConfig.serviceIpv4Cidr",
            "bootstrapSelfManagedAddons",
            "accessConfig.bootstrapClusterCreatorAdminPermissions",
        ),
        taken="ResourceInUseException: Cluster already exists with name: {name}",
        creating=(two_zones, reachable),
        deleting=(deletion_protected,),
        in_use=(InUse((NODE_GROUP,), "ResourceInUseException: Cluster has nodegroups attached"),),
        enums={"version": KUBERNETES},
    ),
    Row(
        NODE_GROUP,
        id="{clusterName}:{name}",
        naming=Naming("nodeGroupName", longest=63, unless=("nodeGroupNamePrefix",)),
        outputs={
            "arn": _ARN + "nodegroup/{clusterName}/{name}/{uuid}",
            "status": "ACTIVE",
            "resources": [
                {"autoscalingGroups": [{"name": "eks-{name}-{uuid}"}], "remoteAccessSecurityGroupId": ""},
            ],
            "amiType": "AL2023_x86_64_STANDARD",
            "capacityType": "ON_DEMAND",
            "instanceTypes": ["t3.medium"],
            "version": LATEST_KUBERNETES,
            "releaseVersion": LATEST_KUBERNETES + ".2-20260901",
            "updateConfig": {"maxUnavailable": 1},
            "diskSize": 20,
        },
        handles=("asg:{scope}:eks-{name}-{uuid}",),
        replace=(
            "clusterName",
            "nodeGroupName",
            "nodeGroupNamePrefix",
            "nodeRoleArn",
            "subnetIds",
            "amiType",
            "capacityType",
            "diskSize",
            "instanceTypes",
            "remoteAccess",
            "launchTemplate.id",
            "launchTemplate.name",
            "region",
        ),
        taken="ResourceInUseException: NodeGroup already exists with name {name} and cluster name {clusterName}",
        unique_by="id",
        parents=(_CLUSTER,),
        creating=(scaling, *launching.GROUP_RULES),
        enums={
            "amiType": _AMI_TYPES,
            "capacityType": ("ON_DEMAND", "SPOT", "CAPACITY_BLOCK"),
            "taints[*].effect": ("NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"),
        },
    ),
    Row(
        "aws:eks/addon:Addon",
        id="{clusterName}:{addonName}",
        outputs=eks_addons.outputs,
        replace=("clusterName", "addonName", "region"),
        taken="ResourceInUseException: Addon already exists.",
        unique_by="id",
        parents=(_CLUSTER,),
        creating=(eks_addons.version_offered, eks_addons.configuration_is_json),
        enums={
            "resolveConflictsOnCreate": ("NONE", "OVERWRITE"),
            "resolveConflictsOnUpdate": ("NONE", "OVERWRITE", "PRESERVE"),
        },
    ),
    Row(
        "aws:eks/accessEntry:AccessEntry",
        id="{clusterName}:{principalArn}",
        outputs={
            "accessEntryArn": _ARN + "access-entry/{clusterName}/role/{account}/{uuid}",
            "createdAt": "{now}",
            "modifiedAt": "{now}",
            "userName": "{principalArn}",
            "kubernetesGroups": [],
            "type": "STANDARD",
        },
        handles=("eks-access:{scope}:{id}",),
        replace=("clusterName", "principalArn", "type", "region"),
        taken="ResourceInUseException: The specified access entry resource is already in use on this cluster.",
        unique_by="id",
        parents=(_CLUSTER,),
        enums={
            "type": ("STANDARD", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "EC2", "HYPERPOD_LINUX")
        },
    ),
    Row(
        "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
        id="{clusterName}#{principalArn}#{policyArn}",
        outputs={"associatedAt": "{now}", "modifiedAt": "{now}"},
        replace=("clusterName", "principalArn", "policyArn", "region"),
        parents=(
            _CLUSTER,
            Parent(
                "principalArn",
                "eks-access:{scope}:{clusterName}:{value}",
                "ResourceNotFoundException: The specified principalArn could not be found. You can view your available "
                "access entries with 'list-access-entries'.",
            ),
        ),
        enums={"accessScope.type": ("cluster", "namespace")},
    ),
    Row(
        "aws:eks/podIdentityAssociation:PodIdentityAssociation",
        id="{clusterName}/{namespace}/{serviceAccount}",
        outputs={
            "associationArn": _ARN + "podidentityassociation/{clusterName}/a-{hex17}",
            "associationId": "a-{hex17}",
        },
        replace=("clusterName", "namespace", "serviceAccount", "region"),
        taken="ResourceInUseException: Association already exists: a-{hex17}",
        unique_by="id",
        parents=(_CLUSTER,),
    ),
    Row(
        "aws:autoscaling/tag:Tag",
        id=lambda call: f"{text(call.inputs, 'autoscalingGroupName')},{text(call.inputs, 'tag.key')}",
        replace=("autoscalingGroupName", "tag.key", "region"),
        parents=(
            Parent(
                "autoscalingGroupName",
                "asg:{scope}:{value}",
                "ValidationError: AutoScalingGroup name not found - AutoScalingGroup '{value}' not found",
            ),
        ),
    ),
)
