"""Cost tags of machines and disks that a cluster creates, set in its node and storage classes.

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
_EBS = ("ebs.csi.aws.com", "kubernetes.io/aws-ebs")
_AZURE = ("disk.csi.azure.com", "kubernetes.io/azure-disk", "file.csi.azure.com")


def _pairs(parts: list[str]) -> dict[str, Plain]:
    return {key.strip(): value.strip() for key, _, value in (part.partition("=") for part in parts)}


def _disk_tags(provisioner: Plain, parameters: dict[str, Plain]) -> EffectiveTags | None:
    """The tags that a storage driver sets on its disks; None if it creates none, or supports no tags."""
    if provisioner in _EBS:
        stated = [value for key, value in parameters.items() if key.lower().startswith("tagspecification_")]
        complete = UNKNOWN not in stated
        return EffectiveTags(_pairs([value for value in stated if isinstance(value, str)]), complete)
    # File shares in an existing account have the account's tags.
    if provisioner in _AZURE and not parameters.get("storageAccount"):
        text = parameters.get("tags", MISSING)
        return merge(UNKNOWN if text is UNKNOWN else _pairs(text.split(",") if isinstance(text, str) else []))
    return None


def _cluster_created(resource: Resource) -> Iterator[Outcome]:
    if resource.type.rsplit(":", 1)[-1] in _NODE_CLASSES:
        for _, tags in walk(resource.props, "spec.tags"):
            yield from judge_tags(merge(tags), "what it makes (spec.tags)")
    elif resource.type == _STORAGE_CLASS:
        parameters = resource.get("parameters")
        disk_tags = _disk_tags(resource.get("provisioner"), parameters if isinstance(parameters, dict) else {})
        if disk_tags is not None:
            yield from judge_tags(
                EffectiveTags({}, complete=False) if parameters is UNKNOWN else disk_tags, "a disk of it"
            )


MADE_IN_CLUSTERS = tag_rule(
    8,
    Severity.HIGH,
    "Machines and disks that a cluster creates carry the cost tags",
    "they are created without a deployment, so nothing else tags them",
    "Set them in spec.tags of the node class, or as tagSpecification_N (EBS) or tags (Azure) "
    "in the parameters of the storage class",
    predicate=_cluster_created,
    types=("kubernetes:karpenter.k8s.aws/", "kubernetes:karpenter.azure.com/", _STORAGE_CLASS),
)
