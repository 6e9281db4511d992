"""Good idioms of clusters: rights of operators and teams, admission and networks (thirteenth set, blind)."""

from ..blind import TAGS, k8s, meta, pod
from ..harness import Given
from . import Idiom
from .eleventh_charts import SMALL, inside, role
from .eleventh_cluster import DNS, FROM_GATEWAY, top
from .twelfth_charts import image, ours

RBAC = "rbac.authorization.k8s.io"
READ = ["get", "list", "watch"]
ADMISSION = "admissionregistration.k8s.io/v1"
LEASES = {"apiGroups": ["coordination.k8s.io"], "resources": ["leases"]}
ELECTION: list[dict[str, object]] = [
    {**LEASES, "verbs": ["create"]},
    {**LEASES, "verbs": ["get", "update", "patch"], "resourceNames": ["datasets.ml.bank.ae"]},
]
SPEC = {"type": "object", "properties": {
    "spec": {"type": "object", "required": ["owner"], "properties": {
        "owner": {"type": "string", "maxLength": 63}, "class": {"type": "string", "enum": ["internal", "secret"]}}},
    "status": {"type": "object", "properties": {"phase": {"type": "string"}}}}}  # fmt: skip
TLS_VOLUME = [{"name": "certs", "secret": {"secretName": "datasets-webhook-tls"}}]
METADATA = "169.254.169.254/32"


def wide(name: str, *rules: dict[str, object], **labels: str) -> Given:
    """Returns a ClusterRole."""
    return k8s(f"{RBAC}/v1:ClusterRole", {
        "metadata": {"name": name, "labels": {**TAGS, **labels}}, "rules": list(rules)}, f"{name}-wide")  # fmt: skip


def subject(name: str, namespace: str) -> dict[str, object]:
    """Returns a service account or, without a namespace, a group of staff as the subject of a binding."""
    if not namespace:
        return {"kind": "Group", "name": name, "apiGroup": RBAC}
    return {"kind": "ServiceAccount", "name": name, "namespace": namespace}


def everywhere(name: str, namespace: str = "", who: str = "") -> Given:
    """Returns the binding of a ClusterRole to a service account, or to a group, in all namespaces."""
    return k8s(f"{RBAC}/v1:ClusterRoleBinding", {
        "metadata": {"name": name, "labels": TAGS}, "subjects": [subject(who or name, namespace)],
        "roleRef": {"apiGroup": RBAC, "kind": "ClusterRole", "name": name}}, f"{name}-everywhere")  # fmt: skip


def within(name: str, who: str, namespace: str, kind: str = "ClusterRole") -> Given:
    """Returns the binding of a role to a group in one namespace."""
    return k8s(f"{RBAC}/v1:RoleBinding", {
        "metadata": meta(name, namespace), "subjects": [subject(who, "")],
        "roleRef": {"apiGroup": RBAC, "kind": kind, "name": name}}, f"{name}-{namespace}")  # fmt: skip


def account(name: str, namespace: str) -> Given:
    """Returns a service account whose token its pods ask for themselves."""
    return k8s("core/v1:ServiceAccount", {"metadata": meta(name, namespace), "automountServiceAccountToken": False},
               f"{name}-account")  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("Prometheus finds what it scrapes in the whole cluster and reads no secrets", (
        account("prometheus-platform", "monitoring"),
        wide("prometheus-platform",
             {"apiGroups": [""], "resources": ["nodes", "nodes/metrics", "services", "endpoints", "pods"],
              "verbs": READ},
             {"apiGroups": ["discovery.k8s.io"], "resources": ["endpointslices"], "verbs": READ},
             {"apiGroups": ["networking.k8s.io"], "resources": ["ingresses"], "verbs": READ},
             {"nonResourceURLs": ["/metrics", "/metrics/slis"], "verbs": ["get"]}),
        everywhere("prometheus-platform", "monitoring")),
        "prometheus-operator.dev/docs/platform/rbac", ours()),
    Idiom("kube-state-metrics lists objects for its figures without secrets and maps", (
        account("kube-state-metrics", "monitoring"),
        wide("kube-state-metrics",
             {"apiGroups": [""], "verbs": ["list", "watch"], "resources": [
                 "nodes", "pods", "services", "serviceaccounts", "resourcequotas", "replicationcontrollers",
                 "limitranges", "persistentvolumeclaims", "persistentvolumes", "namespaces", "endpoints"]},
             {"apiGroups": ["apps"], "verbs": ["list", "watch"], "resources": [
                 "statefulsets", "daemonsets", "deployments", "replicasets"]},
             {"apiGroups": ["batch"], "verbs": ["list", "watch"], "resources": ["cronjobs", "jobs"]},
             {"apiGroups": ["autoscaling"], "verbs": ["list", "watch"], "resources": ["horizontalpodautoscalers"]},
             {"apiGroups": ["policy"], "verbs": ["list", "watch"], "resources": ["poddisruptionbudgets"]},
             {"apiGroups": ["storage.k8s.io"], "verbs": ["list", "watch"], "resources": [
                 "storageclasses", "volumeattachments"]},
             {"apiGroups": ["networking.k8s.io"], "verbs": ["list", "watch"], "resources": [
                 "networkpolicies", "ingressclasses", "ingresses"]}),
        everywhere("kube-state-metrics", "monitoring")),
        "github.com/kubernetes/kube-state-metrics, examples/standard/cluster-role.yaml", ours()),
    Idiom("drivers of Spark start executors in a namespace of their own", (
        k8s("core/v1:Namespace", {"metadata": {"name": "spark-risk", "labels": {
            **TAGS, "pod-security.kubernetes.io/enforce": "restricted"}}}, "spark-risk"),
        account("spark-driver", "spark-risk"),
        *role("spark-driver", "spark-risk",
              {"apiGroups": [""], "resources": ["pods", "services", "configmaps", "persistentvolumeclaims"],
               "verbs": [*READ, "create", "delete", "deletecollection"]},
              {"apiGroups": [""], "resources": ["pods"], "verbs": ["update", "patch"]}),
        inside("core/v1:ResourceQuota", "bounds", {"hard": {
            "requests.cpu": "64", "requests.memory": "256Gi", "limits.memory": "256Gi", "pods": "40"}}, "spark-risk"),
        inside("networking.k8s.io/v1:NetworkPolicy", "closed", {
            "podSelector": {}, "policyTypes": ["Ingress", "Egress"], "ingress": [{"from": [{"podSelector": {}}]}],
            "egress": [*DNS, {"to": [{"podSelector": {}}]}, {"to": [{"ipBlock": {"cidr": "10.40.0.0/24"}}],
                                                            "ports": [{"port": 443, "protocol": "TCP"}]}]},
               "spark-risk")),
        "github.com/kubeflow/spark-operator, config/rbac/spark-application-rbac.yaml", ours()),
    Idiom("steps of Argo Workflows report their results by the smallest role", (
        account("steps", "team-a"),
        *role("steps", "team-a", {"apiGroups": ["argoproj.io"], "resources": ["workflowtaskresults"],
                                  "verbs": ["create", "patch"]}),
        inside("argoproj.io/v1alpha1:WorkflowTemplate", "score", {
            "entrypoint": "score", "serviceAccountName": "steps", "activeDeadlineSeconds": 7200,
            "podGC": {"strategy": "OnWorkflowCompletion"}, "ttlStrategy": {"secondsAfterCompletion": 86400},
            "podMetadata": {"labels": TAGS}, "securityContext": pod({})["securityContext"],
            "templates": [{"name": "score", "container": {
                "image": image("score"), "command": ["python", "-m", "score"], "resources": SMALL,
                "securityContext": {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                                    "capabilities": {"drop": ["ALL"]}}}}]})),
        "argo-workflows.readthedocs.io/en/latest/workflow-rbac", ours(
            "argoproj.io", prices=("argoproj.io/v1alpha1:WorkflowTemplate::score",))),
    Idiom("the people on call look at everything but secrets, and restart in two namespaces", (
        wide("on-call-read",
             {"apiGroups": [""], "verbs": READ, "resources": [
                 "pods", "pods/log", "services", "events", "nodes", "namespaces", "persistentvolumeclaims",
                 "resourcequotas"]},
             {"apiGroups": ["apps", "batch", "autoscaling", "policy"], "verbs": READ, "resources": [
                 "deployments", "statefulsets", "daemonsets", "replicasets", "jobs", "cronjobs",
                 "horizontalpodautoscalers", "poddisruptionbudgets"]},
             {"apiGroups": ["metrics.k8s.io"], "verbs": ["get", "list"], "resources": ["pods", "nodes"]},
             {"apiGroups": ["events.k8s.io"], "verbs": READ, "resources": ["events"]}),
        everywhere("on-call-read", who="oncall@bank.ae"),
        wide("on-call-act",
             {"apiGroups": [""], "resources": ["pods/eviction"], "verbs": ["create"]},
             {"apiGroups": ["apps"], "resources": ["deployments/scale", "statefulsets/scale"],
              "verbs": ["get", "update", "patch"]}),
        within("on-call-act", "oncall@bank.ae", "models"), within("on-call-act", "oncall@bank.ae", "gateway")),
        "kubernetes.io/docs/concepts/security/rbac-good-practices", ours()),
    Idiom("an operator of the bank's own has its kind, its rights, its webhook and its lease", (
        k8s("apiextensions.k8s.io/v1:CustomResourceDefinition", {
            "metadata": {"name": "datasets.ml.bank.ae", "labels": TAGS}, "spec": {
                "group": "ml.bank.ae", "scope": "Namespaced", "names": {
                    "kind": "Dataset", "listKind": "DatasetList", "plural": "datasets", "singular": "dataset"},
                "versions": [{"name": "v1", "served": True, "storage": True, "subresources": {"status": {}},
                              "schema": {"openAPIV3Schema": SPEC}}]}}, "kind"),
        account("datasets", "datasets"),
        wide("datasets",
             {"apiGroups": ["ml.bank.ae"], "resources": ["datasets"], "verbs": READ},
             {"apiGroups": ["ml.bank.ae"], "resources": ["datasets/status"], "verbs": ["get", "update", "patch"]},
             {"apiGroups": ["ml.bank.ae"], "resources": ["datasets/finalizers"], "verbs": ["update"]},
             {"apiGroups": [""], "resources": ["persistentvolumeclaims"], "verbs": [*READ, "create", "patch"]},
             {"apiGroups": ["events.k8s.io"], "resources": ["events"], "verbs": ["create", "patch"]}),
        everywhere("datasets", "datasets"), *role("datasets", "datasets", *ELECTION),
        inside("cert-manager.io/v1:Certificate", "webhook", {
            "secretName": "datasets-webhook-tls", "dnsNames": ["datasets-webhook.datasets.svc"],
            "privateKey": {"algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"},
            "issuerRef": {"name": "bank", "kind": "ClusterIssuer", "group": "cert-manager.io"}}, "datasets"),
        k8s("apps/v1:Deployment", {"metadata": meta("datasets", "datasets"), "spec": {
            "replicas": 2, "selector": {"matchLabels": {"app": "datasets"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "datasets"}}, "spec": {**pod(
                    {"image": image("datasets-operator"), "args": ["--leader-elect"], "resources": SMALL,
                     "ports": [{"name": "webhook", "containerPort": 9443}],
                     "livenessProbe": {"httpGet": {"path": "/healthz", "port": 8081}},
                     "readinessProbe": {"httpGet": {"path": "/readyz", "port": 8081}},
                     "volumeMounts": [{"name": "certs", "mountPath": "/certs", "readOnly": True}]},
                    volumes=TLS_VOLUME), "serviceAccountName": "datasets",
                    "automountServiceAccountToken": True}}}}, "operator"),
        inside("core/v1:Service", "datasets-webhook", {
            "type": "ClusterIP", "selector": {"app": "datasets"}, "ports": [
                {"name": "webhook", "port": 443, "targetPort": 9443}]}, "datasets"),
        inside("policy/v1:PodDisruptionBudget", "datasets", {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "datasets"}}}, "datasets"),
        k8s(f"{ADMISSION}:ValidatingWebhookConfiguration", {
            "metadata": {"name": "datasets", "labels": TAGS, "annotations": {
                "cert-manager.io/inject-ca-from": "datasets/webhook"}},
            "webhooks": [{
                "name": "datasets.ml.bank.ae", "admissionReviewVersions": ["v1"], "sideEffects": "None",
                "failurePolicy": "Fail", "matchPolicy": "Equivalent", "timeoutSeconds": 5, "clientConfig": {
                    "service": {"name": "datasets-webhook", "namespace": "datasets", "path": "/validate"}},
                "rules": [{"apiGroups": ["ml.bank.ae"], "apiVersions": ["v1"], "resources": ["datasets"],
                           "operations": ["CREATE", "UPDATE"], "scope": "Namespaced"}]}]}, "webhook-configuration")),
        "book.kubebuilder.io/reference/markers/rbac", ours()),
    Idiom("pods with GPUs must wait in a queue, by a policy of the API server", (
        top(f"{ADMISSION}:ValidatingAdmissionPolicy", "queued-gpus", {
            "failurePolicy": "Fail", "matchConstraints": {"resourceRules": [{
                "apiGroups": ["batch"], "apiVersions": ["v1"], "resources": ["jobs"],
                "operations": ["CREATE", "UPDATE"]}]},
            "variables": [{"name": "gpus", "expression":
                           "object.spec.template.spec.containers.exists(c, has(c.resources) && has(c.resources.limits)"
                           " && 'nvidia.com/gpu' in c.resources.limits)"}],
            "validations": [{"expression": "!variables.gpus || (has(object.metadata.labels) && "
                                           "'kueue.x-k8s.io/queue-name' in object.metadata.labels)",
                             "message": "a job with GPUs needs a queue", "reason": "Invalid"}]}),
        top(f"{ADMISSION}:ValidatingAdmissionPolicyBinding", "queued-gpus", {
            "policyName": "queued-gpus", "validationActions": ["Deny", "Audit"]})),
        "kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy", ours()),
    Idiom("finished jobs of experiments are removed by Kyverno every night", (
        inside("kyverno.io/v2:CleanupPolicy", "old-jobs", {
            "schedule": "0 1 * * *", "match": {"any": [{"resources": {
                "kinds": ["batch/v1/Job"], "selector": {"matchLabels": {"lifetime": "day"}}}}]},
            "conditions": {"all": [{"key": "{{ target.status.succeeded || `0` }}", "operator": "GreaterThan",
                                    "value": 0}]}}, "experiments"),
        wide("kyverno-remove-jobs", {"apiGroups": ["batch"], "resources": ["jobs"], "verbs": [*READ, "delete"]},
             **{"rbac.kyverno.io/aggregate-to-cleanup-controller": "true"})),
        "kyverno.io/docs/policy-types/cleanup-policy", ours(),
        doubt="a controller deletes what no guardrail sees, with rights in every namespace; both need to be allowed"),
    Idiom("nobody but the system reaches the metadata of machines, whatever policies of teams say", (
        top("policy.networking.k8s.io/v1alpha1:AdminNetworkPolicy", "no-metadata", {
            "priority": 10, "subject": {"namespaces": {"matchExpressions": [
                {"key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": ["kube-system"]}]}},
            "egress": [{"name": "metadata", "action": "Deny", "to": [{"networks": [METADATA]}]}]}),
        top("policy.networking.k8s.io/v1alpha1:BaselineAdminNetworkPolicy", "default", {
            "subject": {"namespaces": {"matchLabels": {"tenant.bank.ae/kind": "team"}}},
            "ingress": [{"name": "others", "action": "Deny", "from": [{"namespaces": {}}]}]})),
        "network-policy-api.sigs.k8s.io/api-overview", ours()),
    Idiom("a team makes its own queues' work and sees how long it waits, but changes no quota", (
        wide("queue-users",
             {"apiGroups": ["kueue.x-k8s.io"], "resources": ["localqueues", "workloads", "workloads/status"],
              "verbs": READ},
             {"apiGroups": ["batch"], "resources": ["jobs"], "verbs": [*READ, "create", "delete"]},
             {"apiGroups": ["visibility.kueue.x-k8s.io"], "resources": ["localqueues/pendingworkloads"],
              "verbs": ["get"]}),
        within("queue-users", "risk-scientists", "risk"),
        inside("kueue.x-k8s.io/v1beta2:LocalQueue", "work", {"clusterQueue": "risk"}, "risk")),
        "kueue.sigs.k8s.io/docs/tasks/manage/rbac", ours()),
    Idiom("the store of External Secrets in a namespace reads two secrets of another by name", (
        account("copier", "team-a"),
        k8s(f"{RBAC}/v1:Role", {"metadata": meta("copied", "shared"), "rules": [
            {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get"], "resourceNames": ["smtp", "licence"]}]},
            "copied"),
        k8s(f"{RBAC}/v1:RoleBinding", {
            "metadata": meta("copied", "shared"), "subjects": [subject("copier", "team-a")],
            "roleRef": {"apiGroup": RBAC, "kind": "Role", "name": "copied"}}, "copied-binding"),
        wide("copier", {"apiGroups": ["authorization.k8s.io"], "resources": ["selfsubjectrulesreviews"],
                        "verbs": ["create"]}),
        everywhere("copier", "team-a"),
        inside("external-secrets.io/v1:SecretStore", "shared", {"provider": {"kubernetes": {
            "remoteNamespace": "shared", "server": {"caProvider": {
                "type": "ConfigMap", "name": "kube-root-ca.crt", "key": "ca.crt"}},
            "auth": {"serviceAccount": {"name": "copier"}}}}}),
        inside("external-secrets.io/v1:ExternalSecret", "smtp", {
            "refreshInterval": "1h0m0s", "secretStoreRef": {"name": "shared", "kind": "SecretStore"},
            "target": {"name": "smtp", "creationPolicy": "Owner", "deletionPolicy": "Retain"},
            "data": [{"secretKey": "password", "remoteRef": {"key": "smtp", "property": "password"}}]}),
        inside("networking.k8s.io/v1:NetworkPolicy", "gateway-only", {
            "podSelector": {}, "policyTypes": ["Ingress"], "ingress": FROM_GATEWAY})),
        "external-secrets.io/latest/provider/kubernetes", ours(),
        doubt="secrets of another namespace are read, which the team that owns them has to allow"),
)  # fmt: skip
