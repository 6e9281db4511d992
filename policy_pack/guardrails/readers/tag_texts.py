"""Tags that objects of Kubernetes state in one text, for what a driver or controller creates: disks, copies, balancers.

Parameters of classes by kubernetes-sigs/aws-ebs-csi-driver 429e202e (docs/parameters.md, docs/tagging.md,
docs/modify-volume.md) and kubernetes-sigs/azuredisk-csi-driver d983d613 (docs/driver-parameters.md); annotations by
kubernetes-sigs/aws-load-balancer-controller 225f4456 (docs/guide) and
kubernetes-sigs/cloud-provider-azure 7b31c76c (pkg/consts), read 2026-11-29.
"""

from collections.abc import Iterator

from ..engine.kubernetes_lists import expand_list
from ..engine.reading import Plain, Resource
from .kubernetes_objects import ObjectPart

_CLASSES = ("StorageClass", "VolumeAttributesClass", "VolumeSnapshotClass")
_PARAMETERS = ("tagspecification_", "tags", "extratags")
"""Beginnings of names of parameters, in lower case."""
_RELEASES = "kubernetes:helm.sh/"
_OF_CHARTS = frozenset({"extravolumetags", "extratags", "defaulttags", "tags"})
"""Values, in lower case, with the tags of all volumes, file systems and balancers of a cluster (kubernetes-sigs/
aws-ebs-csi-driver 429e202e and aws-efs-csi-driver a4fc6760, charts, values.yaml; aws/eks-charts 52396092,
stable/aws-load-balancer-controller/values.yaml, defaultTags; read 2026-11-29)."""
_ANNOTATIONS = (
    "alb.ingress.kubernetes.io/tags", "service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags",
    "service.beta.kubernetes.io/azure-pip-tags",
)  # fmt: skip


def tag_texts(resource: Resource) -> Iterator[tuple[str, dict[str, Plain]]]:
    """Yields the tags of each text with its path."""
    if not resource.type.startswith("kubernetes:"):
        return
    yield from _of_charts(resource)
    for item in expand_list(resource):
        part = ObjectPart("", item.props)
        if item.type.endswith(_CLASSES):
            parameters = part.child("parameters")
            for key, value in parameters.data.items():
                if key.lower().startswith(_PARAMETERS):
                    yield parameters.path_to(key), _pairs(value)
        annotations = part.child("metadata").child("annotations")
        for key in _ANNOTATIONS:
            if key in annotations.data:
                yield annotations.path_to(key), _pairs(annotations.data[key])


def _of_charts(resource: Resource) -> Iterator[tuple[str, dict[str, Plain]]]:
    """Yields the tags that a release has a driver or a controller set on whatever it creates, two levels deep."""
    values = ObjectPart("", resource.props).child("values") if resource.type.startswith(_RELEASES) else None
    for part in (values, *(values.child(key) for key in values.data)) if values else ():
        for key, tags in part.data.items():
            if key.lower() in _OF_CHARTS and isinstance(tags, dict):
                yield part.path_to(key), dict(tags)


def _pairs(text: Plain) -> dict[str, Plain]:
    pairs = (pair.partition("=") for pair in text.split(",")) if isinstance(text, str) else ()
    return {key.strip(): value.strip() for key, _, value in pairs}
