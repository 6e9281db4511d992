"""Cost tags of machines and disks that a cluster creates. Node classes and storage classes set them.

Fields of `EC2NodeClass` v1 and `AKSNodeClass` v1beta1, and parameters of the drivers (aws-ebs-csi-driver
`tagSpecification_N`, azuredisk and azurefile `tags`; their manuals as of 2026-08).
"""

from collections.abc import Iterator

from ..engine.families import tag_rule
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, walk
from ..engine.rows import Severity
from ..engine.verdicts import Outcome
from ..readers.effective_tags import EffectiveTags, judge_tags, merge

_NODE_CLASSES = ("EC2NodeClass", "AKSNodeClass")
_STORAGE_CLASS = "kubernetes:storage.k8s.io/v1:StorageClass"
_EBS_PROVISIONERS = ("ebs.csi.aws.com", "kubernetes.io/aws-ebs")
_AZURE_PROVISIONERS = ("disk.csi.azure.com", "kubernetes.io/azure-disk", "file.csi.azure.com")


def _parse_pairs(pairs: list[str]) -> dict[str, Plain]:
    return {key.strip(): value.strip() for key, _, value in (pair.partition("=") for pair in pairs)}


def _disk_tags(provisioner: Plain, parameters: dict[str, Plain]) -> EffectiveTags | None:
    """Returns the tags that a storage driver sets on its disks; None if it creates no disks, or supports no tags."""
    if provisioner in _EBS_PROVISIONERS:
        specifications = [value for key, value in parameters.items() if key.lower().startswith("tagspecification_")]
        is_complete = UNKNOWN not in specifications
        return EffectiveTags(_parse_pairs([value for value in specifications if isinstance(value, str)]), is_complete)
    # File shares in an existing storage account have the tags of that account.
    if provisioner in _AZURE_PROVISIONERS and not parameters.get("storageAccount"):
        text = parameters.get("tags", MISSING)
        return merge(UNKNOWN if text is UNKNOWN else _parse_pairs(text.split(",") if isinstance(text, str) else []))
    return None


def _check_created_resources(resource: Resource) -> Iterator[Outcome]:
    if resource.type.rsplit(":", 1)[-1] in _NODE_CLASSES:
        for _, tags in walk(resource.props, "spec.tags"):
            yield from judge_tags(merge(tags), "a machine that it creates (spec.tags)")
    elif resource.type == _STORAGE_CLASS:
        parameters = resource.get("parameters")
        disk_tags = _disk_tags(resource.get("provisioner"), parameters if isinstance(parameters, dict) else {})
        if disk_tags is not None:
            yield from judge_tags(
                EffectiveTags({}, complete=False) if parameters is UNKNOWN else disk_tags, "a disk that it creates"
            )


CLUSTER_CREATED_TAGS = tag_rule(
    8,
    Severity.HIGH,
    "Machines and disks that a cluster creates carry the cost tags",
    "they are created without a deployment, so nothing else tags them",
    "Set them in spec.tags of the node class, or as tagSpecification_N (EBS) or tags (Azure) "
    "in the parameters of the storage class",
    predicate=_check_created_resources,
    types=("kubernetes:karpenter.k8s.aws/", "kubernetes:karpenter.azure.com/", _STORAGE_CLASS),
)
