"""Tables of Kubernetes kinds: cluster-scoped kinds, known CRD groups, replacement and immutable fields."""

from __future__ import annotations

import re
from collections.abc import Mapping

LABEL_VALUE = re.compile(r"(?=.{0,63}$)([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?")
"""The pattern of label values."""

_CLUSTER_SCOPED = {
    "core": "Namespace Node PersistentVolume ComponentStatus",
    "storage.k8s.io": "StorageClass CSIDriver CSINode VolumeAttachment VolumeAttributesClass",
    "rbac.authorization.k8s.io": "ClusterRole ClusterRoleBinding",
    "scheduling.k8s.io": "PriorityClass",
    "node.k8s.io": "RuntimeClass",
    "networking.k8s.io": "IngressClass IPAddress ServiceCIDR",
    "certificates.k8s.io": "CertificateSigningRequest ClusterTrustBundle",
    "apiextensions.k8s.io": "CustomResourceDefinition",
    "apiregistration.k8s.io": "APIService",
    "admissionregistration.k8s.io": "MutatingWebhookConfiguration ValidatingWebhookConfiguration "
    "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding MutatingAdmissionPolicy "
    "MutatingAdmissionPolicyBinding",
    "flowcontrol.apiserver.k8s.io": "FlowSchema PriorityLevelConfiguration",
    "resource.k8s.io": "DeviceClass ResourceSlice",
    "karpenter.sh": "NodePool NodeClaim NodeOverlay",
    "karpenter.k8s.aws": "EC2NodeClass",
    "karpenter.azure.com": "AKSNodeClass",
    "eks.amazonaws.com": "CNINode IngressClassParams NodeClass NodeDiagnostic",
    "kueue.x-k8s.io": "ClusterQueue ResourceFlavor Cohort Topology WorkloadPriorityClass AdmissionCheck "
    "ProvisioningRequestConfig MultiKueueCluster MultiKueueConfig",
    "trainer.kubeflow.org": "ClusterTrainingRuntime",
    "keda.sh": "ClusterTriggerAuthentication",
    "gateway.networking.k8s.io": "GatewayClass",
    "nvidia.com": "ClusterPolicy GPUCluster NVIDIADriver",
    "cert-manager.io": "ClusterIssuer",
    "cilium.io": "CiliumClusterwideNetworkPolicy",
}
"""API group -> cluster-scoped kinds (API reference of Kubernetes 1.36, and the projects' CRDs, 2026)."""

_METADATA = ("metadata.name", "metadata.namespace")
_STATEFUL_SET = ("podManagementPolicy", "revisionHistoryLimit", "selector", "serviceName", "volumeClaimTemplates")

REPLACE_ON_CHANGES: Mapping[str, tuple[str, ...]] = {
    "ConfigMap": ("binaryData", "data", "immutable"),
    "Secret": ("type", "stringData", "data", "immutable"),
    "Deployment": ("spec.selector",),
    "StatefulSet": tuple(f"spec.{field}" for field in _STATEFUL_SET),
    "Job": ("spec.selector", "spec.template"),
    "PersistentVolumeClaim": ("spec",),
    "ResourceQuota": ("spec.scopes",),
    "Service": ("spec.clusterIP", "spec.type"),
    "RoleBinding": ("roleRef",),
    "ClusterRoleBinding": ("roleRef",),
    "StorageClass": ("parameters", "provisioner"),
}
"""Kind -> paths whose change replaces the object (force-new table in pulumi-kubernetes, provider/pkg/provider)."""

IMMUTABLE: Mapping[str, tuple[str, ...]] = {
    "DaemonSet": ("spec.selector",),
    "ReplicaSet": ("spec.selector",),
    "Job": ("spec.completionMode", "spec.podFailurePolicy"),
    "StorageClass": ("reclaimPolicy", "volumeBindingMode"),
    "PriorityClass": ("value", "preemptionPolicy"),
    "RuntimeClass": ("handler",),
    "IngressClass": ("spec.controller",),
}
"""Kind -> immutable paths for which the provider does not replace the object: the API server rejects the update."""


def group_and_kind(token: str) -> tuple[str, str]:
    """Returns (`apps`, `Deployment`) for `kubernetes:apps/v1:Deployment`; the `Patch` of a kind counts as the kind."""
    _, version, kind = token.split(":")
    return version.partition("/")[0], kind.removesuffix("Patch")


def is_namespaced(token: str) -> bool:
    """Returns whether objects of the type are namespaced."""
    group, kind = group_and_kind(token)
    return kind not in _CLUSTER_SCOPED.get(group, "").split()


def replace_on_changes(token: str) -> tuple[str, ...]:
    """Returns the paths whose change replaces the object."""
    return (*_METADATA, *REPLACE_ON_CHANGES.get(group_and_kind(token)[1], ()))


def plural(token: str) -> str:
    """Returns the plural with the group, such as `deployments.apps`, as in messages of the API server."""
    group, kind = group_and_kind(token)
    word = kind.lower()
    if word.endswith("s") and not word.endswith("ss"):
        plural_name = word
    elif word.endswith("y"):
        plural_name = word[:-1] + "ies"
    else:
        plural_name = word + ("es" if word.endswith(("ss", "x", "ch")) else "s")
    return plural_name if group == "core" else f"{plural_name}.{group}"
