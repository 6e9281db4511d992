"""All tags that a resource sets: its own, and those of what it creates or changes, such as machines and disks."""

from collections.abc import Iterator

from ..engine.reading import MISSING, Plain, Resource, walk
from .effective_tags import AUTO_SCALING_TAG, effective_tags, is_taggable
from .tag_texts import tag_texts

TAGS_AT_SCOPE = "azure-native:resources:TagAtScope"
"""Type that replaces all tags of an existing resource."""
RECOVERED = "azure-native:recoveryservices:ReplicationProtectedItem"
"""Type of a machine that starts after a disaster with tags of its own (Azure Site Recovery, properties of
HyperVReplicaAzureEnableProtectionInput and others by pulumi-azure-native 3.29.0)."""
_SINGLE_TAG = "/tag:Tag"
"""End of types that replace one tag of an existing resource."""
_CREATED: dict[str, tuple[str, ...]] = {
    "aws:ec2/launchTemplate:LaunchTemplate": ("tagSpecifications[*].tags?",),
    "aws:ec2/instance:Instance": ("volumeTags?", "rootBlockDevice?.tags?", "ebsBlockDevices[*].tags?"),
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest": ("volumeTags?",),
    "aws:ec2/spotFleetRequest:SpotFleetRequest": ("launchSpecifications[*].tags?",),
    "aws:batch/computeEnvironment:ComputeEnvironment": ("computeResources?.tags?",),
    "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration": ("resourceTags?",),
    "aws:imagebuilder/imageRecipe:ImageRecipe": ("amiTags?",),
    "aws:imagebuilder/distributionConfiguration:DistributionConfiguration": (
        "distributions[*].amiDistributionConfiguration?.amiTags?",
    ),
    "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": ("resourceTags?",),
    "aws:drs/replicationConfigurationTemplate:ReplicationConfigurationTemplate": ("stagingAreaTags?",),
    "aws:backup/plan:Plan": ("rules[*].recoveryPointTags?",),
    "aws:dlm/lifecyclePolicy:LifecyclePolicy": ("policyDetails?.schedules[*].tagsToAdd?",),
    "aws:emrcontainers/jobTemplate:JobTemplate": ("jobTemplateData.jobTags?",),
    "azure-native:batch:Pool": ("resourceTags?",),
    "aws:eks/addon:Addon": ("configurationValues?.controller?.extraVolumeTags?",),
    TAGS_AT_SCOPE: ("properties.tags",),
    "azure-native:containerservice:ManagedCluster": ("agentPoolProfiles[*].tags?",),
    RECOVERED: tuple(
        f"properties?.providerSpecificDetails?.{key}Tags?"
        for key in ("targetVm", "targetNic", "targetManagedDisk", "seedManagedDisk")
    ),
}
"""Type -> paths of the tags of what it creates or changes, of pulumi-aws 7.51.1 and azure-native 3.29.0: machines,
disks, images, repositories, copies and jobs. Tags by which a type selects what exists are others (`targetTags`)."""
_NODE_CLASS_GROUPS = (
    "kubernetes:karpenter.k8s.aws/",
    "kubernetes:karpenter.azure.com/",
    "kubernetes:eks.amazonaws.com/",
)


def tag_sets(resource: Resource) -> Iterator[tuple[str, dict[str, Plain]]]:
    """Yields each set of tags with its path."""
    if is_taggable(resource):
        yield "tags", effective_tags(resource).values
    if resource.type.endswith(_SINGLE_TAG):
        tag = resource.get("tag") if resource.type == AUTO_SCALING_TAG else resource.props
        if isinstance(tag, dict):
            yield "value", {str(tag.get("key")): tag.get("value", MISSING)}
    is_node_class = resource.type.startswith(_NODE_CLASS_GROUPS)
    for path in ("spec?.tags?",) if is_node_class else _CREATED.get(resource.type, ()):
        for found, value in walk(resource.props, path):
            if isinstance(value, dict):
                folds = resource.type.startswith("azure-native:")
                yield found, {key.lower() if folds else key: item for key, item in value.items()}
    yield from tag_texts(resource)
