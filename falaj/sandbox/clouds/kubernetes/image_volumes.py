"""Images as volumes: the API server drops them without an error where the feature gate `ImageVolume` is off.

The gate is on by default since Kubernetes 1.35 and cannot be switched off since 1.36 (Kubernetes v1.36.3,
pkg/features/kube_features.go; pkg/api/pod/util.go, `dropImageVolumes`; read 2026-11-27). EKS and AKS do not let users
set gates. A container then starts without its mount. The emulator refuses the object instead.
"""

from __future__ import annotations

from falaj.facts.kubernetes_versions import number
from falaj.sandbox.clouds.kubernetes.connection import managed_cluster
from falaj.sandbox.clouds.kubernetes.kinds import group_and_kind
from falaj.sandbox.clouds.kubernetes.pods import POD_TEMPLATES
from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import get_all, get_path, get_str

FIRST_VERSION = "1.35"


def kept(op: Operation) -> str | None:
    """Checks that the API server keeps the image volumes of a pod or pod template. Clusters outside EKS and AKS are
    taken to have a version that does."""
    kind = group_and_kind(op.token)[1]
    if kind not in POD_TEMPLATES or op.variables["custom"] == "yes":
        return None
    path = f"{POD_TEMPLATES[kind][0]}.volumes"
    dropped = [get_str(item, "name") for item in get_all(op.inputs, f"{path}[*]") if get_path(item, "image")]
    version = _version(managed_cluster(op)) if dropped else ""
    if not version or number(version) >= number(FIRST_VERSION):
        return None
    return (
        f"{path}: the API server of Kubernetes {version} drops the image volumes {', '.join(dropped)}, and their "
        f"mounts: feature gate ImageVolume is off before {FIRST_VERSION}"
    )


def _version(cluster: InventoryItem | None) -> str:
    if cluster is None:
        return ""
    return get_str(cluster.outputs, "version") or get_str(cluster.outputs, "kubernetesVersion")
