"""What a malicious tenant tries with the rights of its deployer, and what the API server refuses it with.

`rbac` refusals name the user, `admission` ones the policy; others come from Pod Security or the quota.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.lab.objects import Object, container, pod_spec
from tests.lab.tenant_cluster import SITE, TENANT, platform

OWN, OTHER = "tenant-insurance", "tenant-retail-banking"
RBAC = r'is forbidden: User "mallory" cannot '


def admission(policy: str, words: str) -> str:
    """Returns the pattern of a refusal by an admission policy."""
    return rf"ValidatingAdmissionPolicy 'falaj-tenant-{policy}'.*{words}"


@dataclass(frozen=True)
class Attempt:
    """A request and the pattern of its refusal. `target` is an object; `subresource` and `change` refine it."""

    name: str
    method: str
    target: Mapping[str, Any]
    refused: str = RBAC
    subresource: str = ""
    change: Mapping[str, Any] | None = None


def thing(version: str, kind: str, name: str = "x", namespace: str | None = None, **fields: Any) -> Object:
    """Returns an object."""
    where = {} if namespace is None else {"namespace": namespace}
    return {"apiVersion": version, "kind": kind, "metadata": {"name": name, **where}, **fields}


def create(name: str, refused: str, version: str, kind: str, namespace: str | None = OWN, **fields: Any) -> Attempt:
    """Returns the attempt to create an object."""
    return Attempt(name, "POST", thing(version, kind, namespace=namespace, **fields), refused)


def _patch(name: str, target: Object, change: Mapping[str, Any], refused: str = RBAC) -> Attempt:
    return Attempt(name, "PATCH", target, refused, change=change)


def _read(name: str, target: Object, subresource: str = "") -> Attempt:
    return Attempt(name, "GET", target, subresource=subresource)


_RBAC_API, _CORE = "rbac.authorization.k8s.io/v1", "v1"
_ADMIN: Mapping[str, Any] = {
    "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
    "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "mallory"}],
}
_POD = pod_spec(None, container())
_ROLE_RULES: Mapping[str, Any] = {"rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]}
_TOKEN = thing("authentication.k8s.io/v1", "TokenRequest", "default", spec={"audiences": ["https://kubernetes"]})

RIGHTS: tuple[Attempt, ...] = (
    _read("secrets of another namespace", thing(_CORE, "Secret", "token", OTHER)),
    _read("secrets of its own namespace", thing(_CORE, "Secret", "token", OWN)),
    _read("pods of another namespace", thing(_CORE, "Pod", "x", OTHER)),
    _read("logs of another namespace", thing(_CORE, "Pod", "x", OTHER), "/log"),
    Attempt("a shell in another's pod", "POST", thing(_CORE, "Pod", "x", OTHER), subresource="/exec?command=sh"),
    Attempt("a shell in its own pod", "POST", thing(_CORE, "Pod", "x", OWN), subresource="/exec?command=sh"),
    create("a pod past the controllers", RBAC, _CORE, "Pod", spec=_POD),
    create("a pod in kube-system", RBAC, _CORE, "Pod", "kube-system", spec=_POD),
    create("a deployment in another namespace", RBAC, "apps/v1", "Deployment", OTHER),
    create("a namespace", RBAC, _CORE, "Namespace", None),
    create("a ClusterRoleBinding", RBAC, _RBAC_API, "ClusterRoleBinding", None, **_ADMIN),
    create("a ClusterRole", RBAC, _RBAC_API, "ClusterRole", None, **_ROLE_RULES),
    create("a Role of all rights", RBAC, _RBAC_API, "Role", **_ROLE_RULES),
    create("a RoleBinding to cluster-admin", RBAC, _RBAC_API, "RoleBinding", **_ADMIN),
    _patch("its own Role", thing(_RBAC_API, "Role", "tenant-deployer", OWN), _ROLE_RULES),
    _patch("its quota", thing(_CORE, "ResourceQuota", "tenant", OWN), {"spec": {"hard": {"requests.cpu": "9k"}}}),
    Attempt("its LimitRange", "DELETE", thing(_CORE, "LimitRange", "tenant", OWN)),
    create("a LocalQueue", RBAC, "kueue.x-k8s.io/v1beta2", "LocalQueue", spec={"clusterQueue": "retail-banking"}),
    _patch("its ClusterQueue", thing("kueue.x-k8s.io/v1beta2", "ClusterQueue", "insurance"), {"spec": {}}),
    _patch("its Workload", thing("kueue.x-k8s.io/v1beta2", "Workload", "x", OWN), {"spec": {"priority": 9}}),
    _patch(
        "the Pod Security level of its namespace",
        thing(_CORE, "Namespace", OWN),
        {"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "privileged"}}},
    ),
    _patch("its tenant label", thing(_CORE, "Namespace", OWN), {"metadata": {"labels": {"falaj/tenant": "x"}}}),
    _patch("its hosts", thing(_CORE, "Namespace", OWN), {"metadata": {"annotations": {"falaj/hosts": "*.ae"}}}),
    create("a PriorityClass", RBAC, "scheduling.k8s.io/v1", "PriorityClass", None, value=999_999),
    Attempt("a token of its service account", "POST", thing(_CORE, "ServiceAccount", "default", OWN),
            subresource="/token", change=_TOKEN),
    Attempt("a token of a controller", "POST", thing(_CORE, "ServiceAccount", "default", "kube-system"),
            subresource="/token", change=_TOKEN),
    create("a ReferenceGrant of KEDA's namespace", RBAC, "gateway.networking.k8s.io/v1beta1", "ReferenceGrant", "keda"),
    create("a Gateway", RBAC, "gateway.networking.k8s.io/v1", "Gateway"),
    create("an AuthorizationPolicy of the gateway", RBAC, "security.istio.io/v1", "AuthorizationPolicy",
           "falaj-gateway"),
    create("a TriggerAuthentication", RBAC, "keda.sh/v1alpha1", "TriggerAuthentication"),
    create("a webhook", RBAC, "admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", None),
    Attempt("an admission policy", "DELETE",
            thing("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", "falaj-tenant-pods")),
    create("a CRD", RBAC, "apiextensions.k8s.io/v1", "CustomResourceDefinition", None),
    _patch("a node", thing(_CORE, "Node", "x"), {"spec": {"taints": []}}),
    create("a persistent volume", RBAC, _CORE, "PersistentVolume", None),
    create("a storage class", RBAC, "storage.k8s.io/v1", "StorageClass", None, provisioner="x"),
    create("endpoints of its choice", RBAC, "discovery.k8s.io/v1", "EndpointSlice", addressType="IPv4", endpoints=[]),
    create("a certificate", RBAC, "certificates.k8s.io/v1", "CertificateSigningRequest", None),
    create("an Ingress", RBAC, "networking.k8s.io/v1", "Ingress"),
    create("a CronJob", RBAC, "batch/v1", "CronJob"),
    create("a DaemonSet", RBAC, "apps/v1", "DaemonSet"),
    create("a StatefulSet", RBAC, "apps/v1", "StatefulSet"),
    create("a LeaderWorkerSet in another namespace", RBAC, "leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet", OTHER),
    create("an InferencePool in another namespace", RBAC, "inference.networking.k8s.io/v1", "InferencePool", OTHER),
    Attempt("a token of its endpoint pickers", "POST", thing(_CORE, "ServiceAccount", "endpoint-picker", OWN),
            subresource="/token", change=_TOKEN),
    _patch("the Role of its endpoint pickers", thing(_RBAC_API, "Role", "endpoint-picker", OWN), _ROLE_RULES),
    create("a DisaggregatedSet", RBAC, "disaggregatedset.x-k8s.io/v1", "DisaggregatedSet"),
)  # fmt: skip
"""Attempts that the Role does not allow."""

_PORTS = {"ports": [{"port": 80}]}
_SELECTOR: Mapping[str, Any] = {"podSelector": {}}
_PEER_ALL: Mapping[str, Any] = {"namespaceSelector": {}}
GATEWAY = {"name": "awsuae-models", "namespace": "falaj-gateway"}
OWN_HOST, _OTHER_HOST = "claims.models.example.ae", "sentiment.models.example.ae"
_ROUTE, _SCALED = "gateway.networking.k8s.io/v1", "keda.sh/v1alpha1"
_TARGET = {"scaleTargetRef": {"name": "claims"}}
_POOL = {"group": "inference.networking.k8s.io", "kind": "InferencePool", "name": "claims"}


def _policy(name: str, **spec: Any) -> Attempt:
    refused = admission("networks", "policyTypes")
    return create(name, refused, "networking.k8s.io/v1", "NetworkPolicy", spec={**_SELECTOR, **spec})


def _service(name: str, refused: str, **spec: Any) -> Attempt:
    return create(name, refused, _CORE, "Service", spec={**_PORTS, **spec})


def _route(name: str, words: str, **spec: Any) -> Attempt:
    given = {"parentRefs": [GATEWAY], "hostnames": [OWN_HOST], **spec}
    return create(name, admission("routes", words), _ROUTE, "HTTPRoute", spec=given)


def _held(name: str, **spec: Any) -> Attempt:
    given = {"target": {"service": "claims", "port": 80}, "scalingMetric": {"concurrency": {"targetValue": 1}}, **spec}
    return create(name, admission("interceptors", "hosts"), "http.keda.sh/v1beta1", "InterceptorRoute", spec=given)


def _scaled(name: str, words: str, trigger: Mapping[str, Any]) -> Attempt:
    return create(name, admission("scaling", words), _SCALED, "ScaledObject", spec={**_TARGET, "triggers": [trigger]})


def _monitored(name: str, **endpoint: Any) -> Attempt:
    spec = {"selector": {}, "podMetricsEndpoints": [{"port": "http", **endpoint}]}
    refused = admission("monitors", "labels")
    return create(name, refused, "monitoring.coreos.com/v1", "PodMonitor", spec=spec)


CONTENTS: tuple[Attempt, ...] = (
    _policy("ingress from everywhere", policyTypes=["Ingress"], ingress=[{}]),
    _policy("ingress from all namespaces", policyTypes=["Ingress"], ingress=[{"from": [_PEER_ALL]}]),
    _policy(
        "ingress from an address", policyTypes=["Ingress"], ingress=[{"from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}],
    ),
    _policy(
        "ingress from another tenant",
        policyTypes=["Ingress"],
        ingress=[{"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": OTHER}}}]}],
    ),
    _policy("egress to everywhere", policyTypes=["Egress"], egress=[{}]),
    Attempt("the policy that denies all", "DELETE", thing("networking.k8s.io/v1", "NetworkPolicy", "closed", OWN),
            admission("networks", "belongs to the platform")),
    _patch("the pods that it denies", thing("networking.k8s.io/v1", "NetworkPolicy", "closed", OWN),
           {"spec": {"podSelector": {"matchLabels": {"a": "b"}}}}, admission("networks", "belongs to the platform")),
    _patch("where its pods may connect", thing("networking.k8s.io/v1", "NetworkPolicy", "private-endpoints", OWN),
           {"spec": {"egress": [{}]}}, admission("networks", "policyTypes")),
    _service("a load balancer", admission("services", "ClusterIP") + "|exceeded quota", type="LoadBalancer"),
    _service("a node port", admission("services", "ClusterIP") + "|exceeded quota", type="NodePort"),
    _service("an external name", admission("services", "ClusterIP"), type="ExternalName",
             externalName="sentiment.tenant-small-business.svc"),
    _service("external addresses", admission("services", "externalIPs"), externalIPs=["10.30.0.1"]),
    create("a role of the cloud", admission("accounts", "role-arn"), _CORE, "ServiceAccount",
           metadata={"name": "x", "namespace": OWN,
                     "annotations": {"eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/admin"}}),
    create("a second claim of the shared files", admission("claims", "falaj-shared"), _CORE, "PersistentVolumeClaim",
           spec={"accessModes": ["ReadWriteMany"], "storageClassName": "falaj-shared",
                 "resources": {"requests": {"storage": "1Gi"}}}),
    create("a secret with a token", admission("secrets", "tokens"), _CORE, "Secret",
           type="kubernetes.io/service-account-token",
           metadata={"name": "x", "namespace": OWN, "annotations": {"kubernetes.io/service-account.name": "default"}}),
    _route("another tenant's host", "hosts", hostnames=[_OTHER_HOST]),
    _route("a wildcard of hosts", "hosts", hostnames=["*.models.example.ae"]),
    _route("one host of its own and one of another", "hosts", hostnames=[OWN_HOST, _OTHER_HOST]),
    _route("all hosts", "hosts", hostnames=[]),
    _route("another gateway", "attach", parentRefs=[{"name": "corporate", "namespace": "falaj-gateway"}]),
    _route("a gateway of its own", "attach", parentRefs=[{"name": "awsuae-models"}]),
    _route("a service as parent", "attach", parentRefs=[{**GATEWAY, "kind": "Service", "group": ""}]),
    _route("another tenant's host for its pool", "hosts", hostnames=[_OTHER_HOST], rules=[{"backendRefs": [_POOL]}]),
    _route("a pool with a filter", "filters", rules=[{"backendRefs": [
        {**_POOL, "filters": [{"type": "RequestHeaderModifier", "requestHeaderModifier": {"remove": ["x"]}}]}]}]),
    _patch("where its endpoint pickers may connect", thing("networking.k8s.io/v1", "NetworkPolicy", "endpoint-picker",
           OWN), {"spec": {"egress": [{}]}}, admission("networks", "policyTypes")),
    _route("a rewritten host", "filters", rules=[
        {"filters": [{"type": "URLRewrite", "urlRewrite": {"hostname": _OTHER_HOST}}]}]),
    _held("another tenant's host at the interceptor", rules=[{"hosts": [_OTHER_HOST]}]),
    _held("all hosts at the interceptor"),
    _held("all hosts of a path at the interceptor", rules=[{"paths": [{"value": "/"}]}]),
    _scaled("an address in the network", "addresses",
            {"type": "prometheus", "metadata": {"serverAddress": "http://10.30.0.9", "query": "x", "threshold": "1"}}),
    _scaled("a scaler of its own", "addresses",
            {"type": "external-push", "metadata": {"scalerAddress": "x.tenant-insurance:9090"}}),
    _scaled("a metric of the cloud", "addresses", {"type": "aws-sqs-queue", "metadata": {"queueURL": "x"}}),
    _scaled("KEDA's identity", "authenticationRef",
            {"type": "cpu", "metadata": {"value": "1"},
             "authenticationRef": {"name": "x", "kind": "ClusterTriggerAuthentication"}}),
    create("metrics of all namespaces", admission("monitors", "own namespace"), "monitoring.coreos.com/v1",
           "PodMonitor", spec={"selector": {}, "namespaceSelector": {"any": True}, "podMetricsEndpoints": []}),
    _monitored("metrics as another tenant", relabelings=[{"targetLabel": "tenant", "replacement": "retail-banking"}]),
    _monitored("metrics as another namespace", relabelings=[{"targetLabel": "namespace", "replacement": OTHER}]),
    _monitored("metrics with labels of its pods", honorLabels=True),
    _monitored("metrics relabelled later", metricRelabelings=[{"targetLabel": "tenant", "replacement": "x"}]),
    create("metrics of another namespace", admission("monitors", "own namespace"), "monitoring.coreos.com/v1",
           "PodMonitor", spec={"selector": {}, "namespaceSelector": {"matchNames": [OTHER]},
                               "podMetricsEndpoints": []}),
)  # fmt: skip
"""Attempts with kinds that the Role allows."""


@dataclass(frozen=True)
class PodAttempt:
    """A Deployment whose pods are refused: changes of its pod's spec and metadata, and the pattern of the refusal."""

    name: str
    refused: str
    spec: Mapping[str, Any]
    metadata: Mapping[str, Any]


def _pods(name: str, refused: str, metadata: Mapping[str, Any] | None = None, **spec: Any) -> PodAttempt:
    return PodAttempt(name, refused, spec, metadata or {})


def _volume(mount: Mapping[str, Any], **source: Any) -> dict[str, Any]:
    mounted = {**container(), "volumeMounts": [{"name": "v", "mountPath": "/v", **mount}]}
    return {"containers": [mounted], "volumes": [{"name": "v", **source}]}


_SPACE = platform().tenants[TENANT].spaces[SITE]
_SHARED: Mapping[str, Any] = {"persistentVolumeClaim": {"claimName": "falaj-shared"}}
_NOT_TOLERATED = admission("pods", "tolerate")
_PICKER = "falaj/endpoint-picker"
_PRIVILEGED = {**container(), "securityContext": {"privileged": True}}
_AFFINITY = {"matchExpressions": [{"key": "falaj/tenant", "operator": "In", "values": ["retail-banking"]}]}

PODS: tuple[PodAttempt, ...] = (
    _pods("privileged", "violates PodSecurity", containers=[_PRIVILEGED]),
    _pods("host-path", "violates PodSecurity", **_volume({}, hostPath={"path": "/"})),
    _pods("host-network", "violates PodSecurity", hostNetwork=True),
    _pods("host-pid", "violates PodSecurity", hostPID=True),
    _pods("gpus-over-quota", "exceeded quota", containers=[container(gpus=_SPACE.gpus + 1)]),
    _pods("cpu-over-quota", "maximum cpu usage per Container", containers=[container(cpu=str(_SPACE.cpu + 1))]),
    _pods("node-name", admission("pods", "placed by the scheduler"), nodeName="system-node"),
    _pods("system-priority", admission("pods", "priority"), priorityClassName="system-cluster-critical"),
    _pods("platform-priority", admission("pods", "priority"), priorityClassName="falaj-platform"),
    _pods("all-taints", _NOT_TOLERATED, tolerations=[{"operator": "Exists"}]),
    _pods("system-pool", _NOT_TOLERATED, tolerations=[{"key": "CriticalAddonsOnly", "operator": "Exists"}]),
    _pods("control-plane", _NOT_TOLERATED, tolerations=[{"key": "node-role.kubernetes.io/control-plane"}]),
    _pods("all-tenants", _NOT_TOLERATED, tolerations=[{"key": "falaj/tenant", "operator": "Exists"}]),
    _pods("other-tenant", _NOT_TOLERATED, tolerations=[{"key": "falaj/tenant", "value": "retail-banking"}]),
    _pods("all-profiles", _NOT_TOLERATED, tolerations=[{"key": "falaj/profile", "operator": "Exists"}]),
    _pods("anothers-pool", admission("pods", "node selector"), nodeSelector={"falaj/tenant": "retail-banking"}),
    _pods(
        "anothers-pool-by-affinity",
        admission("pods", "affinity"),
        affinity={
            "nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [_AFFINITY]}}
        },
    ),
    _pods("anothers-bill", admission("pods", "label"), {"labels": {"falaj/tenant": "retail-banking"}}),
    _pods(
        "held-node",
        admission("pods", "only pods of a run"),
        {"annotations": {"karpenter.sh/do-not-disrupt": "true"}},
    ),
    _pods("way-to-the-api-server", admission("pods", "have the service account"), {"labels": {_PICKER: "claims"}}),
    _pods("inline-volume", admission("pods", "by claim"), **_volume({}, csi={"driver": "efs.csi.aws.com"})),
    _pods(
        "anothers-folder",
        admission("pods", "subPath"),
        **_volume({"subPath": OTHER}, **_SHARED),
    ),
    _pods(
        "all-folders", admission("pods", "subPath"), **_volume({}, persistentVolumeClaim={"claimName": "falaj-shared"})
    ),
)
"""Attempts with the pods of a Deployment, each refused when its controller creates the pod."""
