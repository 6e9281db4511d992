"""Cost tags of machines and disks that a cluster creates. Node classes and storage classes set them.

Fields of `EC2NodeClass` v1 and `AKSNodeClass` v1beta1, and parameters of the drivers (aws-ebs-csi-driver
`tagSpecification_N`, azuredisk, azurefile and blob `tags`, aws-fsx-csi-driver `extraTags`; their manuals as of
2026-08). The EBS driver also puts the tags `controller.extraVolumeTags` of its EKS add-on on all volumes (its
docs/tagging.md and chart, read 2026-11-26). EKS Auto Mode has a node class and a provisioner of its own, with the same
names of both ("Create a Node Class" and "Create a storage class" of Amazon EKS, read 2026-11-30).
"""

from collections.abc import Iterator
from itertools import islice

from ..engine.families import tag_rule
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, from_json, walk
from ..engine.rows import Severity
from ..engine.verdicts import Outcome, Verdict, passed, undetermined
from ..readers.effective_tags import EffectiveTags, judge_tags, merge

_NODE_CLASSES = ("EC2NodeClass", "AKSNodeClass", "NodeClass")
_AUTO_MODE = "kubernetes:eks.amazonaws.com/"
_STORAGE_CLASS = "kubernetes:storage.k8s.io/v1:StorageClass"
_SNAPSHOT_CLASSES = "kubernetes:snapshot.storage.k8s.io/"
_EBS_PROVISIONERS = ("ebs.csi.aws.com", "kubernetes.io/aws-ebs", "ebs.csi.eks.amazonaws.com")
_EBS_ADDON = "aws-ebs-csi-driver"
_ADDON, _CLUSTER = "aws:eks/addon:Addon", "aws:eks/cluster:Cluster"
_TEXTS = {
    **dict.fromkeys(
        ("disk.csi.azure.com", "kubernetes.io/azure-disk", "file.csi.azure.com", "blob.csi.azure.com"), "tags"
    ),
    "fsx.csi.aws.com": "extraTags",
}
"""Driver -> parameter with all tags in one text."""
_TAGGING_SNAPSHOTS = (*_EBS_PROVISIONERS, "disk.csi.azure.com")
"""Drivers that set tags of a class of snapshots, by the same parameters (aws-ebs-csi-driver, docs/tagging.md, and
azuredisk, docs/driver-parameters.md; commits in `readers/tag_texts`, read 2026-11-29)."""


def _parse_pairs(pairs: list[str]) -> dict[str, Plain]:
    return {key.strip(): value.strip() for key, _, value in (pair.partition("=") for pair in pairs)}


def _disk_tags(provisioner: Plain, parameters: dict[str, Plain]) -> EffectiveTags | None:
    """Returns the tags that a storage driver sets on its disks; None if it creates no disks, or supports no tags."""
    if provisioner in _EBS_PROVISIONERS:
        specifications = [value for key, value in parameters.items() if key.lower().startswith("tagspecification_")]
        is_complete = UNKNOWN not in specifications
        return EffectiveTags(_parse_pairs([value for value in specifications if isinstance(value, str)]), is_complete)
    # File shares in an existing storage account have the tags of that account.
    name = _TEXTS.get(provisioner) if isinstance(provisioner, str) else None
    if name is not None and not parameters.get("storageAccount"):
        text = parameters.get(name, MISSING)
        return merge(UNKNOWN if text is UNKNOWN else _parse_pairs(text.split(",") if isinstance(text, str) else []))
    return None


def _check_created_resources(resource: Resource) -> Iterator[Outcome]:
    if resource.type.rsplit(":", 1)[-1] in _NODE_CLASSES:
        for path, tags in walk(resource.props, "spec.tags"):
            yield from judge_tags(merge(tags), f"a machine that it creates ({path})", path)
    elif resource.type == _STORAGE_CLASS or _is_of_snapshots(resource):
        for outcome in _class_outcomes(resource):
            by_addon = outcome.verdict is Verdict.FAIL and _driver(resource) in _EBS_PROVISIONERS
            yield undetermined(outcome.sentence, outcome.path) if by_addon else outcome


def _is_of_snapshots(resource: Resource) -> bool:
    return resource.type.startswith(_SNAPSHOT_CLASSES) and resource.type.endswith(":VolumeSnapshotClass")


def _driver(resource: Resource) -> Plain:
    return resource.get("driver" if _is_of_snapshots(resource) else "provisioner")


def _class_outcomes(resource: Resource) -> Iterator[Outcome]:
    parameters, driver = resource.get("parameters"), _driver(resource)
    disk_tags = _disk_tags(driver, parameters if isinstance(parameters, dict) else {})
    if disk_tags is not None and (driver in _TAGGING_SNAPSHOTS or not _is_of_snapshots(resource)):
        unknown = EffectiveTags({}, complete=False)
        tags = unknown if parameters is UNKNOWN else disk_tags
        what = "a snapshot" if _is_of_snapshots(resource) else "a disk"
        yield from judge_tags(tags, f"{what} that it creates", "parameters")


def _ancestors(resource: Resource, plan: Plan) -> list[str]:
    """Returns the URNs of the components that contain a resource, the innermost first."""
    chain: list[str] = []
    while resource.parent in plan.resources:
        resource = plan.resources[resource.parent]
        chain.append(resource.urn)
    return chain


def _addons_of(resource: Resource, plan: Plan) -> list[Resource]:
    """Returns the EBS add-ons of the class's cluster: those in the innermost component that contains both, or those of
    a plan with one cluster."""
    addons = plan.once(_addons_by_component, "")
    components = [urn for urn in _ancestors(resource, plan) if plan.resources[urn].type != "pulumi:pulumi:Stack"]
    is_only = len(list(islice(plan.of_type(_CLUSTER), 2))) == 1
    return next((addons[urn] for urn in components if urn in addons), addons.get("", []) if is_only else [])


def _addons_by_component(plan: Plan, _: str) -> dict[str, list[Resource]]:
    """Returns the EBS add-ons of a plan by each component that contains them; all under an empty text."""
    found: dict[str, list[Resource]] = {}
    for addon in plan.of_type(_ADDON):
        for urn in ("", *_ancestors(addon, plan)) if addon.get("addonName") == _EBS_ADDON else ():
            found.setdefault(urn, []).append(addon)
    return found


def _addon_tags(addon: Resource) -> Plain:
    values = from_json(addon.get("configurationValues"))
    controller = values.get("controller") if isinstance(values, dict) else values
    return controller.get("extraVolumeTags", MISSING) if isinstance(controller, dict) else controller


def _resolve_by_addon(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Passes a class without tags if the EBS add-on of its cluster tags all volumes."""
    if _driver(resource) not in _EBS_PROVISIONERS:
        return outcome
    addons = _addons_of(resource, plan)
    tags = [merge(_addon_tags(addon)) for addon in addons]
    by_addon = [item for tag in tags for item in judge_tags(tag, "a disk that the add-on creates")]
    if by_addon and all(item.verdict is Verdict.PASS for item in by_addon):
        return passed()
    if any(item.verdict is Verdict.UNDETERMINED for item in by_addon):
        return outcome
    return next(_class_outcomes(resource), outcome)


CLUSTER_CREATED_TAGS = tag_rule(
    8,
    Severity.HIGH,
    "Machines and disks that a cluster creates carry the cost tags",
    "they are created without a deployment, so nothing else tags them",
    "Set them in spec.tags of the node class, in controller.extraVolumeTags of the EKS add-on aws-ebs-csi-driver, or "
    "as tagSpecification_N (EBS), extraTags (FSx) or tags (Azure) in the parameters of the class of disks or snapshots",
    predicate=_check_created_resources,
    resolve=_resolve_by_addon,
    types=(
        "kubernetes:karpenter.k8s.aws/",
        "kubernetes:karpenter.azure.com/",
        _AUTO_MODE,
        _STORAGE_CLASS,
        _SNAPSHOT_CLASSES,
    ),
)
