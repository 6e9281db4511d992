"""EKS: clusters, node groups, add-ons, access entries, pod identities; and the tags of node groups' Auto Scaling
groups.
"""

from __future__ import annotations

from falaj.sandbox.clouds.aws import eks_addons, eks_versions, launch_templates
from falaj.sandbox.clouds.aws.caller import caller
from falaj.sandbox.clouds.cluster_creators import record_creator
from falaj.sandbox.clouds.spec import InventoryItem, Naming, Operation, Parent, ResourceType, UsedBy
from falaj.sandbox.clouds.values import Props, get_all, get_path, get_str

CLUSTER, NODE_GROUP = "aws:eks/cluster:Cluster", eks_versions.NODE_GROUP
_ARN = "arn:aws:eks:{region}:{account}:"
_CLUSTER = Parent(
    "clusterName", "eks:{scope}:{value}", "ResourceNotFoundException: No cluster found for name: {value}."
)


def cluster_outputs(op: Operation) -> Props:
    """Returns the outputs of a cluster. Its VPC is that of its subnets."""
    variables = op.variables
    group = variables["hex32"]
    subnets = [op.state.by_handle(str(id_)) for id_ in get_all(op.inputs, "vpcConfig.subnetIds[*]")]
    vpc = next((get_str(subnet.inputs, "vpcId") for subnet in subnets if subnet), "")
    issuer = f"https://oidc.eks.{variables['region']}.amazonaws.com/id/{group}"
    return {
        "arn": "arn:aws:eks:{region}:{account}:cluster/{name}".format_map(variables),
        "endpoint": f"https://{group}.gr7.{variables['region']}.eks.amazonaws.com",
        "certificateAuthority": {"data": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg=="},
        "identities": [{"oidcs": [{"issuer": issuer}]}],
        "platformVersion": "eks.9",
        "status": "ACTIVE",
        "createdAt": variables["now"],
        "version": eks_versions.newest_version(),
        "clusterId": "",
        "accessConfig": {"authenticationMode": "API_AND_CONFIG_MAP", "bootstrapClusterCreatorAdminPermissions": True},
        "upgradePolicy": {"supportType": "EXTENDED"},
        "bootstrapSelfManagedAddons": True,
        "deletionProtection": False,
        "kubernetesNetworkConfig": {"ipFamily": "ipv4", "serviceIpv4Cidr": "172.20.0.0/16"},
        "vpcConfig": {"vpcId": vpc, "clusterSecurityGroupId": f"sg-{variables['hex17']}"},
    }


def _record_creator(op: Operation, cluster: InventoryItem) -> None:
    if op.existing is None and get_all(op.config, "assumeRoles[*]"):
        record_creator(op.state, cluster, caller(op.config).role)


def subnets_in_two_zones(op: Operation) -> str | None:
    """Checks that the subnets of a control plane are in at least two availability zones."""
    subnets = [op.state.by_handle(str(id_)) for id_ in get_all(op.inputs, "vpcConfig.subnetIds[*]")]
    zones = {get_str(subnet.outputs, "availabilityZone") for subnet in subnets if subnet}
    if len(zones) < 2:
        return "InvalidParameterException: Subnets specified must be in at least two different AZs"
    return None


def endpoint_enabled(op: Operation) -> str | None:
    """Checks that the public or the private API endpoint is enabled."""
    if get_path(op.inputs, "vpcConfig.endpointPublicAccess") is False and not get_path(
        op.inputs, "vpcConfig.endpointPrivateAccess"
    ):
        return "InvalidParameterException: Private and public endpoint access cannot be false"
    return None


def deletion_protected(op: Operation) -> str | None:
    """Rejects the deletion of a cluster with deletion protection."""
    if op.inputs.get("deletionProtection") is True:
        return "InvalidRequestException: Cluster deletion protection is enabled; disable it first."
    return None


def scaling_config(op: Operation) -> str | None:
    """Checks that minSize <= desiredSize <= maxSize."""
    sizes = [get_path(op.inputs, f"scalingConfig.{name}Size") for name in ("min", "desired", "max")]
    minimum, desired, maximum = (size if isinstance(size, int | float) else 0 for size in sizes)
    if minimum > desired:
        return "InvalidParameterException: desired capacity can't be less than min size"
    if desired > maximum:
        return "InvalidParameterException: desired capacity can't be greater than max size"
    return None


def node_group_outputs(op: Operation) -> Props:
    """Returns the outputs of a node group. Without a version it has that of its cluster."""
    cluster = op.state.by_handle(f"eks:{op.scope}:{get_str(op.inputs, 'clusterName')}")
    version = get_str(cluster.outputs, "version") if cluster else eks_versions.newest_version()
    variables = op.variables
    return {
        "arn": (_ARN + "nodegroup/{clusterName}/{name}/{uuid}").format_map(variables),
        "status": "ACTIVE",
        "resources": [
            {
                "autoscalingGroups": [{"name": "eks-{name}-{uuid}".format_map(variables)}],
                "remoteAccessSecurityGroupId": "",
            },
        ],
        "amiType": "AL2023_x86_64_STANDARD",
        "capacityType": "ON_DEMAND",
        "instanceTypes": ["t3.medium"],
        "version": version,
        "releaseVersion": f"{get_str(op.inputs, 'version') or version}.2-20260901",
        "updateConfig": {"maxUnavailable": 1},
        "diskSize": 20,
    }


RESOURCE_TYPES = (
    ResourceType(
        CLUSTER,
        naming=Naming("name", max_length=100),
        outputs=cluster_outputs,
        computed=("vpcConfig.vpcId", "vpcConfig.clusterSecurityGroupId"),
        handles=("eks:{scope}:{name}", "sg-{hex17}"),
        replace_on_changes=(
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
        already_exists="ResourceInUseException: Cluster already exists with name: {name}",
        write_rules=(
            subnets_in_two_zones,
            endpoint_enabled,
            eks_versions.version_is_offered,
            eks_versions.version_update_allowed,
        ),
        delete_rules=(deletion_protected,),
        used_by=(UsedBy((NODE_GROUP,), "ResourceInUseException: Cluster has nodegroups attached"),),
        after_write=_record_creator,
    ),
    ResourceType(
        NODE_GROUP,
        id="{clusterName}:{name}",
        naming=Naming("nodeGroupName", max_length=63, unless=("nodeGroupNamePrefix",)),
        outputs=node_group_outputs,
        handles=("asg:{scope}:eks-{name}-{uuid}",),
        replace_on_changes=(
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
        already_exists="ResourceInUseException: "
        "NodeGroup already exists with name {name} and cluster name {clusterName}",
        unique_by="id",
        parents=(_CLUSTER,),
        write_rules=(scaling_config, eks_versions.node_group_version_allowed, *launch_templates.NODE_GROUP_RULES),
    ),
    ResourceType(
        "aws:eks/addon:Addon",
        id="{clusterName}:{addonName}",
        outputs=eks_addons.outputs,
        replace_on_changes=("clusterName", "addonName", "region"),
        already_exists="ResourceInUseException: Addon already exists.",
        unique_by="id",
        parents=(_CLUSTER,),
        write_rules=(eks_addons.addon_version_supported, eks_addons.configuration_is_json),
        enums={
            "resolveConflictsOnCreate": ("NONE", "OVERWRITE"),
        },
    ),
    ResourceType(
        "aws:eks/accessEntry:AccessEntry",
        id="{clusterName}:{principalArn}",
        outputs={
            "accessEntryArn": _ARN + "access-entry/{clusterName}/role/{account}/{principalName}/{uuid}",
            "createdAt": "{now}",
            "modifiedAt": "{now}",
            "userName": "{principalArn}",
            "kubernetesGroups": [],
            "type": "STANDARD",
        },
        handles=("eks-access:{scope}:{id}",),
        replace_on_changes=("clusterName", "principalArn", "type", "region"),
        already_exists="ResourceInUseException: The specified access entry resource is already in use on this cluster.",
        unique_by="id",
        parents=(_CLUSTER,),
        enums={
            "type": ("STANDARD", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "EC2", "HYPERPOD_LINUX")
        },
    ),
    ResourceType(
        "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
        id="{clusterName}#{principalArn}#{policyArn}",
        outputs={"associatedAt": "{now}", "modifiedAt": "{now}"},
        replace_on_changes=("clusterName", "principalArn", "policyArn", "region"),
        parents=(
            _CLUSTER,
            Parent(
                "principalArn",
                "eks-access:{scope}:{clusterName}:{value}",
                "ResourceNotFoundException: The specified principalArn could not be found. You can view your available "
                "access entries with 'list-access-entries'.",
            ),
        ),
    ),
    ResourceType(
        "aws:eks/podIdentityAssociation:PodIdentityAssociation",
        id="{clusterName}/{namespace}/{serviceAccount}",
        outputs={
            "associationArn": _ARN + "podidentityassociation/{clusterName}/a-{hex17}",
            "associationId": "a-{hex17}",
        },
        replace_on_changes=("clusterName", "namespace", "serviceAccount", "region"),
        already_exists="ResourceInUseException: Association already exists: a-{hex17}",
        unique_by="id",
        parents=(_CLUSTER,),
    ),
    ResourceType(
        "aws:autoscaling/tag:Tag",
        id=lambda op: f"{get_str(op.inputs, 'autoscalingGroupName')},{get_str(op.inputs, 'tag.key')}",
        replace_on_changes=("autoscalingGroupName", "tag.key", "region"),
        parents=(
            Parent(
                "autoscalingGroupName",
                "asg:{scope}:{value}",
                "ValidationError: AutoScalingGroup name not found - AutoScalingGroup '{value}' not found",
            ),
        ),
    ),
)
