"""Volumes and classes of volumes that use the secrets of a namespace for others.

Kubernetes, "Persistent Volumes" (`claimRef`) and types.go of core/v1 (kubernetes/api 10b39a39, `SecretReference`,
`secretNamespace`, `endpointsNamespace`); kubernetes-csi, "Secrets and Credentials" (parameters
`csi.storage.k8s.io/*-secret-namespace`), as known; read 2026-11-29.
"""

import re
from collections.abc import Iterator

from ..engine.reading import MISSING
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart
from ..readers.webhooks import is_of_platform

_NAMESPACE_KEY = re.compile(
    r"csi\.storage\.k8s\.io/[\w-]{1,40}-secret-namespace|(?:admin|user)?secretnamespace", re.IGNORECASE
)
_OF_STORAGE = re.compile(
    r"(?:.*-)?(?:rook|ceph|longhorn|openebs|portworx|juicefs|linstor|piraeus|storage|csi)(?:-.*)?", re.DOTALL
)
"""Namespaces of operators of storage (rook/rook 1938299f deploy/examples/csi/rbd/storageclass.yaml,
read 2026-11-29; others as known)."""
_OF_THE_CLAIM = "${pvc.namespace}"
"""What a class writes for the namespace of each claim."""
_NAMESPACES = ("namespace", "secretNamespace", "endpointsNamespace")


def _is_shared(namespace: str) -> bool:
    """Returns whether a namespace is of the platform or of an operator of storage, whose secrets are for all claims."""
    return is_of_platform(namespace) or _OF_STORAGE.fullmatch(namespace) is not None


def check_volume(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that a volume uses the secrets of the platform, or of the namespace of its only claim."""
    spec = item.child("spec")
    claim = spec.child("claimRef").get("namespace")
    for path, namespace in _lent(spec):
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


def check_class(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that a class uses the secrets of the platform, or of the namespace of each claim."""
    parameters = item.child("parameters")
    for key, value in parameters.data.items():
        if not _NAMESPACE_KEY.fullmatch(key) or not isinstance(value, str) or value == "":
            continue
        path = parameters.path_to(key)
        text = f"{path} is {value}, whose secrets claims of each namespace use"
        yield passed() if value == _OF_THE_CLAIM or _is_shared(value) else failed(text, path)
