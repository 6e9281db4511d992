"""Kubernetes objects whose controllers create what no guardrail sees: cloud resources, other objects, machines.

Groups are an allow-list. A group is listed if what its controllers create follows from the object that the guardrails
evaluate: inside the cluster, or machines and load balancers, of which other rules read the object. Judged by what is
known of the projects, not read in the documentation of each; names of a sample were compared with the projects' CRDs on
2026-11-27.
"""

from collections.abc import Iterator, Mapping

from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.reading import Plain, Resource
from ..engine.rows import Predicate
from ..engine.verdicts import Outcome, failed, passed
from .allowed_types import is_allowed
from .cluster_policies import engine_deed, only_narrows
from .mutating_webhooks import webhook_deed
from .price_overlays import states_real_prices

_BUILT_IN = (
    "core", "apps", "batch", "autoscaling", "policy", "extensions", "meta", "admissionregistration.k8s.io",
    "apiextensions.k8s.io", "apiregistration.k8s.io", "auditregistration.k8s.io", "authentication.k8s.io",
    "authorization.k8s.io", "certificates.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io",
    "flowcontrol.apiserver.k8s.io", "internal.apiserver.k8s.io", "metrics.k8s.io", "networking.k8s.io", "node.k8s.io",
    "rbac.authorization.k8s.io", "resource.k8s.io", "scheduling.k8s.io", "settings.k8s.io", "storage.k8s.io",
    "storagemigration.k8s.io",
)  # fmt: skip
"""Groups of Kubernetes itself (API reference of 1.36)."""
_PROVIDER_MODULES = ("helm.sh", "yaml", "kustomize")
"""Modules of the Pulumi provider: the objects of their components are evaluated, and FJ-ESC-105 to 107 read charts."""
_WORKLOADS = (
    "agents.x-k8s.io", "apps.openshift.io", "jobset.x-k8s.io", "keda.sh", "http.keda.sh", "kubeflow.org", "ray.io",
    "leaderworkerset.x-k8s.io", "serving.kserve.io", "sparkoperator.k8s.io", "trainer.kubeflow.org", "flagger.app",
    "serving.knative.dev", "batch.volcano.sh", "postgresql.cnpg.io", "kafka.strimzi.io", "autoscaling.k8s.io",
    "argoproj.io",
)  # fmt: skip
"""Groups of workloads. Their pods are evaluated by their shape."""
_QUEUES_AND_NODES = (
    "kueue.x-k8s.io", "scheduling.volcano.sh", "scheduling.x-k8s.io", "scheduling.run.ai", "karpenter.sh",
    "karpenter.k8s.aws", "karpenter.azure.com", "eks.amazonaws.com", "nvidia.com", "resource.nvidia.com",
    "nfd.k8s-sigs.io", "mellanox.com", "amd.com", "crd.k8s.amazonaws.com", "vpcresources.k8s.aws",
)  # fmt: skip
"""Groups of queues, and of node pools: the cost rules read their limits."""
_NETWORK = (
    "gateway.networking.k8s.io", "inference.networking.k8s.io", "inference.networking.x-k8s.io", "networking.istio.io",
    "security.istio.io", "telemetry.istio.io", "extensions.istio.io", "elbv2.k8s.aws", "gateway.k8s.aws",
    "networking.k8s.aws", "crd.projectcalico.org", "projectcalico.org", "cilium.io", "policy.networking.k8s.io",
    "metallb.io", "traefik.io", "projectcontour.io", "gateway.envoyproxy.io", "k8s.cni.cncf.io", "linkerd.io",
    "policy.linkerd.io", "snapshot.storage.k8s.io", "groupsnapshot.storage.k8s.io", "k8s.nginx.org",
)  # fmt: skip
"""Groups of gateways, meshes, network policies and snapshots: the exposure rules read them."""
_OPERATIONS = (
    "cert-manager.io", "acme.cert-manager.io", "trust.cert-manager.io", "monitoring.coreos.com", "velero.io",
    "opentelemetry.io", "external-secrets.io", "generators.external-secrets.io", "secrets-store.csi.x-k8s.io",
    "bitnami.com", "grafana.integreatly.org", "kyverno.io", "policies.kyverno.io", "templates.gatekeeper.sh",
    "constraints.gatekeeper.sh", "config.gatekeeper.sh", "status.gatekeeper.sh", "aquasecurity.github.io",
    "wgpolicyk8s.io", "logging.banzaicloud.io", "loki.grafana.com", "tempo.grafana.com",
)  # fmt: skip
"""Groups of certificates, monitoring, backup, secrets and policies of the cluster."""
_GROUPS = frozenset({*_BUILT_IN, *_PROVIDER_MODULES, *_WORKLOADS, *_QUEUES_AND_NODES, *_NETWORK, *_OPERATIONS})

_KINDS: Mapping[str, frozenset[str]] = {"tekton.dev": frozenset({"Task"})}
"""Kinds of groups of which the others are not known: a task's steps are evaluated as containers, while runs and
pipelines name programs that others define."""

_DEPLOYING_KINDS: Mapping[tuple[str, str], str] = {
    ("argoproj.io", "Application"): "deploys a repository",
    ("argoproj.io", "ApplicationSet"): "deploys repositories",
    ("argoproj.io", "Sensor"): "creates objects for events",
    ("argoproj.io", "WorkflowEventBinding"): "starts workflows for events from outside",
    ("admissionregistration.k8s.io", "MutatingAdmissionPolicy"): "changes objects after their evaluation",
    ("kueue.x-k8s.io", "MultiKueueCluster"): "runs jobs in another cluster",
    ("velero.io", "DeleteBackupRequest"): "deletes a backup",
    ("velero.io", "Restore"): "creates the objects of a backup",
}
"""Group and kind in a listed group -> what its controller does."""
KINDS_OF_NODES: Mapping[str, frozenset[str]] = {
    "karpenter.sh": frozenset({"NodePool", "NodeClaim", "Provisioner", "Machine"}),
    "karpenter.k8s.aws": frozenset({"EC2NodeClass", "AWSNodeTemplate"}),
    "karpenter.azure.com": frozenset({"AKSNodeClass"}),
    "eks.amazonaws.com": frozenset({"NodeClass", "NodeDiagnostic", "IngressClassParams", "TargetGroupBinding"}),
}
"""Group whose controllers buy machines -> its kinds that the cost rules read (the projects' CRDs as known on
2026-11-28). Another kind changes what is bought; NodeOverlays may state prices (`states_real_prices`)."""
_DEPLOYING_FIELDS: Mapping[str, Mapping[str, str]] = {
    "kyverno.io": {"generate": "creates objects", "mutate": "changes objects after their evaluation"},
    "argoproj.io": {"manifest": "creates objects from a manifest", "manifestFrom": "creates objects from a manifest"},
    "external-secrets.io": {"manifest": "creates an object of any kind"},
    "tekton.dev": {"resolver": "runs steps from elsewhere", "ref": "runs steps that others define"},
}
"""Group -> field at any depth of an object -> what the controller does for it."""


def check_controllers(allowed: Mapping[str, str]) -> Predicate:
    """Returns the check of the groups and kinds of Kubernetes objects. `allowed`: types in the settings."""

    def predicate(resource: Resource) -> Iterator[Outcome]:
        for item in expand_list(resource):
            group = _group_of(item)
            if not group:
                continue
            violation = _violation(group, item)
            yield failed(violation) if violation and not is_allowed(item, allowed) else passed()

    return predicate


def _group_of(resource: Resource) -> str:
    module = resource.type.removeprefix("kubernetes:").partition(":")[0]
    return module.rpartition("/")[0] or ("" if module in _PROVIDER_MODULES else module)


def _violation(group: str, resource: Resource) -> str:
    kind, spec = kind_of(resource), resource.props.get("spec")
    if group not in _GROUPS and kind not in _KINDS.get(group, ()):
        return (
            f"the controllers of API group {group} are not known to the guardrails, and may create or deploy what no "
            "guardrail sees"
        )
    deeds = _DEPLOYING_FIELDS.get(group, {})
    deed = _DEPLOYING_KINDS.get((group, kind)) or next((deeds[key] for key in _keys(spec) if key in deeds), "")
    deed = deed or engine_deed(group, kind, spec)
    if not deed and kind.removesuffix("List") == "MutatingWebhookConfiguration":
        deed = webhook_deed(resource.props)
    bare = kind.removesuffix("List")
    if bare not in KINDS_OF_NODES.get(group, (bare,)) and not (kind == "NodeOverlay" and states_real_prices(spec)):
        deed = f"buys machines by {kind}"
    return f"a controller in the cluster {deed} for it, which no guardrail sees" if deed else ""


def _keys(value: Plain) -> Iterator[str]:
    """Yields every key of an object and of what is in it, except rules of Kyverno that only narrow a namespace."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key == "generate" and only_narrows(item):
                continue
            yield key
            yield from _keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item)
