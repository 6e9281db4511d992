"""Volumes, their copies and classes of both that use the secrets, or the directory, of a namespace for others.

Kubernetes, "Persistent Volumes" (`claimRef`) and types.go of core/v1 (kubernetes/api 10b39a39, `SecretReference`,
`secretNamespace`, `endpointsNamespace`); kubernetes-csi, "Secrets and Credentials" (parameters
`csi.storage.k8s.io/*-secret-namespace`; kubernetes-csi/docs 883ce07b book/src); read 2026-11-29.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import ObjectPart
from ..readers.webhooks import is_of_platform
from .namespace_loans import is_known, namespace_of

_NAMESPACE_KEY = lazy_regex(
    r"csi\.storage\.k8s\.io/[\w-]{1,40}-secret-namespace|(?:admin|user)?secretnamespace"
    r"|openstorage\.io/auth-secret-namespace",
    re.IGNORECASE,
)
_OF_PORTWORX = "px/secret-namespace"
"""Annotation of a claim with the namespace of the secret by which Portworx encrypts its volume; the parameter of a
class with that by which it signs in is `openstorage.io/auth-secret-namespace` (documents of Portworx, found as strings;
read 2026-11-30)."""
_OF_STORAGE = lazy_regex(
    r"(?:.*-)?(?:rook|ceph|longhorn|openebs|portworx|juicefs|linstor|piraeus|storage|csi)(?:-.*)?", re.DOTALL
)
"""Namespaces of operators of storage (rook/rook 1938299f deploy/examples/csi/rbd/storageclass.yaml,
longhorn/longhorn bb2f2223 deploy/longhorn.yaml, openebs/dynamic-localpv-provisioner 2f165df9 deploy/kubectl, read
2026-11-29; ceph-csi, portworx, piraeus-datastore, linstor and juicefs in classes of public repositories, found as
strings, 2026-11-30)."""
_DELETION = lazy_regex(
    r"(?:volume|(?:group)?snapshot\.storage)\.kubernetes\.io/(?:provisioner-)?deletion-secret-namespace"
)
"""Annotations with the namespace of the secret by which a volume or a copy is deleted (kubernetes/website 3842a284,
"Well-Known Labels, Annotations and Taints", and kubernetes-csi/external-snapshotter afb2f0d8 pkg/utils/util.go; read
2026-11-29)."""
_OF_THE_CLAIM = frozenset(f"${{{kind}.namespace}}" for kind in ("pvc", "volumesnapshot", "volumegroupsnapshot"))
"""What a class writes for the namespace of each claim, copy or copy of several volumes (kubernetes-csi/docs 883ce07b
book/src/secrets-and-credentials-*-class.md and external-snapshotter afb2f0d8 pkg/utils/util.go; read 2026-11-29)."""
_CLAIMS = ("volumeSnapshotRef", "volumeGroupSnapshotRef")
"""Fields of a copy with whom it is for."""
_NAMESPACES = ("namespace", "secretNamespace", "endpointsNamespace")


def _is_shared(namespace: str) -> bool:
    """Returns whether a namespace is of the platform or of an operator of storage, whose secrets are for all claims."""
    return is_of_platform(namespace) or _OF_STORAGE.fullmatch(namespace) is not None


def check_volume(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that a volume, or a copy, uses the secrets of the platform, or of the namespace of its only claim."""
    spec = item.child("spec")
    claim = spec.child(next((key for key in _CLAIMS if key in spec.data), "claimRef")).get("namespace")
    annotations = item.child("metadata").child("annotations")
    annotated = (
        (annotations.path_to(key), value) for key, value in annotations.data.items() if _DELETION.fullmatch(key)
    )
    for path, namespace in (*_lent(spec), *annotated):
        if not isinstance(namespace, str) or _is_shared(namespace) or namespace == claim:
            yield passed()
        elif claim is MISSING:
            yield failed(f"{path} is {namespace}, whose secret claims of each namespace use: set claimRef", path)
        else:
            yield failed(f"{path} is {namespace}, and the volume is for another namespace", path)


def _lent(spec: ObjectPart) -> Iterator[tuple[str, object]]:
    """Yields the namespaces of secrets and endpoints that the source of a volume names."""
    for source in spec.data:
        if source == "claimRef":
            continue
        part = spec.child(source)
        for key in part.data:
            if key in _NAMESPACES:
                yield part.path_to(key), part.get(key)
            elif key.lower().endswith("secretref"):
                yield part.child(key).path_to("namespace"), part.child(key).get("namespace")


def check_claim(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that a claim has its volume encrypted with a secret of its own namespace, or of the platform."""
    annotations = item.child("metadata").child("annotations")
    path, namespace = annotations.path_to(_OF_PORTWORX), annotations.get(_OF_PORTWORX)
    if not isinstance(namespace, str):
        return
    # A namespace that is not known yet, or a provider's default one, may be that of the secret.
    refused = failed if is_known(item) else undetermined
    is_own = _is_shared(namespace) or namespace == namespace_of(item)
    yield passed() if is_own else refused(f"{path} is {namespace}, whose secret opens the volume", path)


def check_class(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that a class uses the secrets of the platform, or of the namespace of each claim, and that claims of the
    same name have directories of their own."""
    parameters = item.child("parameters")
    yield from _check_directories(parameters)
    for key, value in parameters.data.items():
        if not _NAMESPACE_KEY.fullmatch(key) or not isinstance(value, str) or value == "":
            continue
        path = parameters.path_to(key)
        text = f"{path} is {value}, whose secrets claims of each namespace use"
        yield passed() if value in _OF_THE_CLAIM or _is_shared(value) else failed(text, path)


_DIRECTORIES = frozenset({"subdir", "subpathpattern", "foldername", "sharename", "containername"})
_OF_ONE_CLAIM = lazy_regex(r"pvc?\.(?:metadata\.)?(?:namespace|uid)|pv\.(?:metadata\.)?name", re.IGNORECASE)
_OF_A_NAME = lazy_regex(r"pvc\.(?:metadata\.)?name", re.IGNORECASE)
"""Parameters, in lower case, with a pattern of the directory of a claim, and what tells namespaces apart in it
(kubernetes-sigs/aws-efs-csi-driver a4fc6760 docs/parameters.md, kubernetes-csi/csi-driver-nfs d3b27c00 and
csi-driver-smb 95c69680 docs/driver-parameters.md, kubernetes-sigs/azurefile-csi-driver 7b5ae18e, read 2026-11-29)."""


def _check_directories(parameters: ObjectPart) -> Iterator[Outcome]:
    lowered = {key.lower(): str(value) for key, value in parameters.data.items()}
    # The driver of EFS adds a number of its own unless it is told not to.
    is_numbered = "subpathpattern" in lowered and lowered.get("ensureuniquedirectory", "true").lower() != "false"
    for key, value in parameters.data.items():
        pattern = str(value)
        is_for_all = key.lower() == "subpathpattern" or _OF_A_NAME.search(pattern) is not None
        is_shared = is_for_all and _OF_ONE_CLAIM.search(pattern) is None and not is_numbered
        if key.lower() in _DIRECTORIES and is_shared:
            path = parameters.path_to(key)
            yield failed(f"{path} gives claims of other namespaces the same directory", path)
