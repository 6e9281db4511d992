"""Kinds of Kubernetes objects that cost nothing themselves, and the others of the same APIs that nobody has judged.

What they run is counted at the node pools.
"""

from collections.abc import Container, Iterator, Mapping

from falaj.facts.clouds import CLOUDS
from falaj.finops.free_objects import is_free_object
from falaj.finops.meters import cluster_meters
from falaj.finops.pricing_context import PricingContext
from falaj.finops.work.pod_groups import form_of, name_of
from falaj.finops.work.uncounted import has_containers

_FREE: Mapping[str, tuple[str, ...]] = {
    "core": (
        "Binding", "ComponentStatus", "ConfigMap", "Endpoints", "Event", "LimitRange", "Namespace", "Node",
        "PersistentVolume", "PodTemplate", "ResourceQuota", "Secret", "ServiceAccount",
    ),
    "apps": ("ControllerRevision",),
    "batch": (),
    "policy": ("Eviction", "PodDisruptionBudget", "PodSecurityPolicy"),
    "networking.k8s.io": ("ClusterCIDR", "IPAddress", "IngressClass", "NetworkPolicy", "ServiceCIDR"),
    "rbac.authorization.k8s.io": ("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"),
    "storage.k8s.io": (
        "CSIDriver", "CSINode", "CSIStorageCapacity", "StorageClass", "VolumeAttachment", "VolumeAttributesClass",
    ),
    "scheduling.k8s.io": ("CompositePodGroup", "PodGroup", "PriorityClass", "Workload"),
    "autoscaling": ("HorizontalPodAutoscaler",),
    "admissionregistration.k8s.io": (
        "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding", "MutatingWebhookConfiguration",
        "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration",
    ),
    "apiextensions.k8s.io": ("CustomResourceDefinition",),
    "apiregistration.k8s.io": ("APIService",),
    "auditregistration.k8s.io": ("AuditSink",),
    "authentication.k8s.io": ("SelfSubjectReview", "TokenRequest", "TokenReview"),
    "authorization.k8s.io": (
        "LocalSubjectAccessReview", "SelfSubjectAccessReview", "SelfSubjectRulesReview", "SubjectAccessReview",
    ),
    "certificates.k8s.io": ("CertificateSigningRequest", "ClusterTrustBundle", "PodCertificateRequest"),
    "coordination.k8s.io": ("Lease", "LeaseCandidate"),
    "node.k8s.io": ("RuntimeClass",),
    "discovery.k8s.io": ("EndpointSlice",),
    "events.k8s.io": ("Event",),
    "flowcontrol.apiserver.k8s.io": ("FlowSchema", "PriorityLevelConfiguration"),
    "imagepolicy.k8s.io": ("ImageReview",),
    "internal.apiserver.k8s.io": ("StorageVersion",),
    "lifecycle.k8s.io": ("Eviction", "EvictionRequest"),
    "settings.k8s.io": ("PodPreset",),
    "storagemigration.k8s.io": ("StorageVersionMigration",),
    "resource.k8s.io": (
        "DeviceClass", "DeviceTaintRule", "PodScheduling", "PodSchedulingContext", "ResourceClaim",
        "ResourceClaimParameters", "ResourceClaimTemplate", "ResourceClass", "ResourceClassParameters",
        "ResourcePoolStatusRequest", "ResourceSlice",
    ),
    "gateway.networking.k8s.io": (
        "BackendLBPolicy", "BackendTLSPolicy", "GRPCRoute", "GatewayClass", "HTTPRoute", "ListenerSet",
        "ReferenceGrant", "TCPRoute", "TLSRoute", "UDPRoute",
    ),
    "inference.networking.k8s.io": ("InferencePool",),
    "snapshot.storage.k8s.io": ("VolumeSnapshotClass",),
    "helm.sh": ("Chart",),
    "yaml": ("ConfigFile", "ConfigGroup"),
    "kustomize": ("Directory",),
    "kueue.x-k8s.io": (
        "AdmissionCheck", "ClusterQueue", "Cohort", "LocalQueue", "MultiKueueCluster", "MultiKueueConfig",
        "ProvisioningRequestConfig", "Topology", "Workload", "WorkloadPriorityClass",
    ),
    "kubeflow.org": ("PodDefault", "Profile"),
    "trainer.kubeflow.org": (),
    "jobset.x-k8s.io": (),
    "leaderworkerset.x-k8s.io": (),
    "sparkoperator.k8s.io": (),
    "ray.io": (),
    "serving.kserve.io": (
        "ClusterServingRuntime", "ClusterStorageContainer", "LLMInferenceServiceConfig", "ServingRuntime",
        "TrainedModel",
    ),
    "keda.sh": ("ClusterTriggerAuthentication", "ScaledObject", "TriggerAuthentication"),
    "http.keda.sh": ("HTTPScaledObject", "InterceptorRoute"),
    "monitoring.coreos.com": (
        "AlertmanagerConfig", "PodMonitor", "Probe", "PrometheusRule", "ScrapeConfig", "ServiceMonitor",
    ),
    "karpenter.sh": ("NodeOverlay",),
    "nvidia.com": ("ClusterPolicy", "NVIDIADriver"),
    "security.istio.io": ("AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication"),
    "networking.istio.io": (
        "DestinationRule", "EnvoyFilter", "Gateway", "ProxyConfig", "ServiceEntry", "Sidecar", "VirtualService",
        "WorkloadEntry", "WorkloadGroup",
    ),
    "cert-manager.io": ("Certificate", "CertificateRequest", "ClusterIssuer", "Issuer"),
}  # fmt: skip
"""API group -> kinds that cost nothing. Kinds with a meter or with pods are not among them. Those of Kubernetes itself
were compared with all that kubernetes/api 10b39a39 registers (1.35 and after), those of Gateway API with the CRDs of
kubernetes-sigs/gateway-api 4564255a; both read on 2026-11-30. Of the latter a Gateway alone may have a load balancer: a
ListenerSet adds listeners to a Gateway that is there."""

FREE_KINDS: Mapping[str, tuple[str, ...]] = {
    **_FREE,
    **{group: kinds for cloud in CLOUDS for group, kinds in cluster_meters(cloud).free_kinds.items()},
}
"""The same, with those of the clouds."""


def has_known_group(kind: str) -> bool:
    """Returns whether the API group of a type token is known, or its kind is free or has pods that are counted."""
    group, name = _split(kind)
    return group in FREE_KINDS or is_free_object(group, name) or form_of(kind.removesuffix("Patch")) is not None


def unjudged_kinds(context: PricingContext, metered: Container[str]) -> Iterator[str]:
    """Yields a sentence for each object of a known API whose kind is neither free, nor `metered`, nor has pods."""
    for item in context.plan.resources:
        group, name = _split(item.type)
        if group not in FREE_KINDS or item.type in metered or form_of(item.type.removesuffix("Patch")) is not None:
            continue
        if has_containers(item.props.get("spec")):
            continue  # named as a kind that starts pods
        if not _is_free(group, name) and item.type.removesuffix("Patch") not in metered:
            yield (
                f"site {context.site(item) or '(unknown)'}: {name} {name_of(item.props, item.name)} is of a kind whose "
                "cost nobody has judged, and it is not in the estimate: state the nodes that its pods need as `nodes` "
                "of their pool in the usage file"
            )


def _is_free(group: str, name: str) -> bool:
    """Returns whether a kind, a patch or a list of it costs nothing."""
    kinds = FREE_KINDS[group]
    return name in kinds or name.removesuffix("Patch") in kinds or name.removesuffix("List") in kinds


def _split(kind: str) -> tuple[str, str]:
    """Returns the API group and the kind of a type token of Kubernetes, both empty for others."""
    package, _, rest = kind.partition(":")
    version, _, name = rest.partition(":")
    return (version.partition("/")[0], name) if package == "kubernetes" else ("", "")
