"""Attacks on clusters by rights, policies and secrets of others (2026-11-29, twelfth set, blind).

Objects by the documentation of Kubernetes and of the operators, as known.
"""

from ..blind import IMAGE, TAGS, THEM, cluster_role, crd, k8s, meta, pod
from ..harness import Given
from . import Attack

IDN = ("FJ-IDN-", "FJ-ESC-", "FJ-EXP-")
OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
RBAC = "rbac.authorization.k8s.io"
CONTROL_PLANE = "node-role.kubernetes.io/control-plane"


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


NAMES = {"kind": "ClusterPolicy", "plural": "clusterpolicies", "singular": "clusterpolicy"}
SCHEMA = {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}
CONVERSION = {"strategy": "Webhook", "webhook": {
    "conversionReviewVersions": ["v1"], "clientConfig": {"service": {
        "name": "convert", "namespace": "team-a", "path": "/convert", "port": 443}}}}  # fmt: skip
NAMESPACES = {"any": [{"resources": {"kinds": ["Namespace"]}}]}
CLONE = {
    "name": "ledger", "match": NAMESPACES, "generate": {
        "apiVersion": "v1", "kind": "Secret", "name": "ledger-db", "namespace": "{{request.object.metadata.name}}",
        "synchronize": True, "clone": {"namespace": "payments", "name": "ledger-db"}},
}  # fmt: skip
LABEL = {
    "name": "level", "match": NAMESPACES, "mutate": {"patchStrategicMerge": {"metadata": {"labels": {
        "pod-security.kubernetes.io/enforce": "privileged"}}}},
}  # fmt: skip
CONTENT = "object.data.map(k, k + '=' + string(object.data[k])).join(',')"
TRIAL = {
    "apiVersion": "batch/v1", "kind": "Job", "spec": {"template": {"metadata": {"labels": TAGS}, "spec": {
        **pod({"name": "training", "command": ["python", "train.py", "--rate=${trialParameters.rate}"]}),
        "restartPolicy": "Never"}}},
}  # fmt: skip
SWEEP = {
    "maxTrialCount": 12, "parallelTrialCount": 2, "maxFailedTrialCount": 3,
    "objective": {"type": "maximize", "objectiveMetricName": "accuracy"},
    "algorithm": {"algorithmName": "random"},
    "parameters": [{"name": "rate", "parameterType": "double", "feasibleSpace": {"min": "0.01", "max": "0.1"}}],
    "metricsCollectorSpec": {
        "source": {"fileSystemPath": {"path": "/metrics/log", "kind": "File"}},
        "collector": {"kind": "Custom", "customCollector": {
            "name": "collector", "image": IMAGE, "command": ["collect", "--path=/metrics/log"],
            "securityContext": {"privileged": True}}}},
    "trialTemplate": {"primaryContainerName": "training", "trialSpec": TRIAL, "trialParameters": [
        {"name": "rate", "reference": "rate"}]},
}  # fmt: skip
CHECK = {"template": {"metadata": {"labels": TAGS}, "spec": {
    **pod({"name": "check", "command": ["check", "--once"]}), "hostPID": True, "restartPolicy": "Never"}}}  # fmt: skip
TENANT = {
    "tenantName": "payments", "tenantId": "6f1a1f6e-0c1f-4c0f-9a63-5e5b8b2f8a11", "oidc": {
        "issuerURL": "https://login.collector.io/realms/logs", "redirectURL": "https://logs.example.ae/oidc/callback",
        "secret": {"name": "logs-oidc"}, "usernameClaim": "email", "groupClaim": "groups"},
}  # fmt: skip

ATTACKS = (
    Attack("a role changes the image of every pod that runs", IDN, (cluster_role(
        {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "patch"]}),),
        "critical", "the image of a running container may be changed, so that a program of one's own runs with each "
        "pod's account and volumes (Kubernetes, 'Pod update and replacement')"),
    Attack("a role reads what lies in the folder of logs of every machine", IDN, (cluster_role(
        {"apiGroups": [""], "resources": ["nodes"], "verbs": ["get", "list"]},
        {"apiGroups": [""], "resources": ["nodes/log"], "verbs": ["get"]}),),
        "major", "the kubelet serves /var/log, where the output of each tenant's containers is (Kubernetes, 'Kubelet "
        "authentication/authorization', /logs/* is nodes/log)"),
    Attack("an account of one team edits what is of payments", IDN, (k8s(f"{RBAC}/v1:RoleBinding", {
        "metadata": meta("helpers", "payments"),
        "roleRef": {"apiGroup": RBAC, "kind": "ClusterRole", "name": "edit"},
        "subjects": [{"kind": "ServiceAccount", "name": "builder", "namespace": "team-a"}]}),),
        "major", "whoever starts a pod in team-a reads the secrets of payments and runs pods there (Kubernetes, 'Using "
        "RBAC Authorization', user-facing roles)"),
    Attack("policies of Kyverno are rewritten by the service of a team when they are read", IDN, (
        k8s("apiextensions.k8s.io/v1:CustomResourceDefinition", {
            "metadata": {"name": "clusterpolicies.kyverno.io", "labels": TAGS},
            "spec": {"group": "kyverno.io", "scope": "Cluster", "names": NAMES, "conversion": CONVERSION, "versions": [
                {"name": "v1", "served": True, "storage": True, "schema": SCHEMA},
                {"name": "v2beta1", "served": True, "storage": False, "schema": SCHEMA}]}}),),
        "critical", "the team answers what each policy says, and so whether anything is refused (Kubernetes, 'Versions "
        "in CustomResourceDefinitions', webhook conversion)"),
    Attack("pods of a class of runtimes start beside the API server", IDN, (k8s("node.k8s.io/v1:RuntimeClass", {
        "metadata": {"name": "fast", "labels": TAGS}, "handler": "runc", "scheduling": {
            "nodeSelector": {CONTROL_PLANE: ""},
            "tolerations": [{"key": CONTROL_PLANE, "operator": "Exists", "effect": "NoSchedule"}]}}),),
        "major", "a team names the class and its pods stand on the machines of the cluster itself (Kubernetes, "
        "'Runtime Class', scheduling)"),
    Attack("a policy of Kyverno copies the password of payments into each namespace", IDN, (
        _top("kyverno.io/v1:ClusterPolicy", "ledger", {"rules": [CLONE]}),),
        "critical", "every tenant signs in to the database of payments (Kyverno, 'Generate Rules', clone)"),
    Attack("a policy of Kyverno labels each namespace as one for privileged pods", IDN, (
        _top("kyverno.io/v1:ClusterPolicy", "level", {"rules": [LABEL]}),),
        "critical", "every tenant starts pods with each right of their machine (Kyverno, 'Mutate Rules'; Kubernetes, "
        "'Pod Security Admission')"),
    Attack("an admission policy writes each secret into the audit log", OPEN, (
        _top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", "secrets", {
            "failurePolicy": "Fail", "matchConstraints": {"resourceRules": [{
                "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                "resources": ["secrets"]}]},
            "validations": [{"expression": "size(object.metadata.name) < 64", "message": "The name is too long"}],
            "auditAnnotations": [{"key": "content", "valueExpression": CONTENT}]}),
        _top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", "secrets-here", {
            "policyName": "secrets", "validationActions": ["Deny"]})),
        "major", "whoever reads the audit log has each secret that somebody writes (Kubernetes, 'Validating Admission "
        "Policy', audit annotations)"),
    Attack("the password of Argo CD is for each host that begins like a forge", OPEN, (k8s("core/v1:Secret", {
        "metadata": meta("forge", "argocd") | {"labels": {**TAGS, "argocd.argoproj.io/secret-type": "repo-creds"}},
        "stringData": {"type": "git", "url": "https://git", "useAzureWorkloadIdentity": "true"}}),),
        "critical", "an application names https://git.collector.io and Argo CD sends its token there (Argo CD, "
        "'Repository credentials': the template is for every address that begins with its url)"),
    Attack("a measurement of a rollout runs beside the processes of its machine", IDN, (
        crd("argoproj.io/v1alpha1:AnalysisTemplate", {"metrics": [{
            "name": "check", "count": 1, "provider": {"job": {"spec": {"backoffLimit": 1, **CHECK}}}}]}),),
        "critical", "the pod reads the memory and the variables of each process of the node (Argo Rollouts, 'Job "
        "Metrics')"),
    Attack("each step of a task is privileged by the template of its steps", IDN, (crd("tekton.dev/v1:Task", {
        "stepTemplate": {"securityContext": {"privileged": True, "runAsUser": 0}},
        "steps": [{"name": "build", "image": IMAGE, "command": ["make", "image"]}]}),),
        "critical", "whoever pushes a branch takes over the node (Tekton, 'Tasks', stepTemplate)"),
    Attack("the collector of a sweep's numbers is privileged", IDN, (
        crd("kubeflow.org/v1beta1:Experiment", SWEEP),),
        "critical", "it is put into the pod of each trial and has the node (Kubeflow Katib, 'Metrics Collector', "
        "custom collector)"),
    Attack("the proxies of a gateway share their machine by a patch of their deployment", IDN, (
        crd("gateway.envoyproxy.io/v1alpha1:EnvoyProxy", {"provider": {"type": "Kubernetes", "kubernetes": {
            "envoyService": {"type": "ClusterIP"}, "envoyDeployment": {"replicas": 2, "patch": {
                "type": "StrategicMerge", "value": {"spec": {"template": {"spec": {
                    "hostNetwork": True, "hostPID": True}}}}}}}}}),),
        "major", "who breaks into the proxy has the network and the processes of the node (Envoy Gateway, "
        "'Customize EnvoyProxy', patch)"),
    Attack("users of the logs are those of a stranger's issuer", OPEN, (
        k8s("loki.grafana.com/v1:LokiStack", {"metadata": meta("logs", "monitoring"), "spec": {
            "size": "1x.small", "storageClassName": "encrypted", "storage": {
                "schemas": [{"version": "v13", "effectiveDate": "2026-01-01"}],
                "secret": {"name": "logs-store", "type": "s3"}},
            "tenants": {"mode": "static", "authentication": [TENANT], "authorization": {
                "roles": [{"name": "read", "resources": ["logs"], "tenants": ["payments"], "permissions": ["read"]}],
                "roleBindings": [{"name": "read", "roles": ["read"], "subjects": [
                    {"kind": "group", "name": "payments-operators"}]}]}}}}),),
        "critical", "the stranger writes himself a token with the group and reads the logs of payments (Loki Operator, "
        "'API', TenantsSpec)"),
    Attack("secrets are pushed to the account of a stranger by the role of their store", OPEN, (
        crd("external-secrets.io/v1:SecretStore", {"provider": {"aws": {
            "service": "SecretsManager", "region": "me-central-1", "role": f"arn:aws:iam::{THEM}:role/inbox",
            "auth": {"jwt": {"serviceAccountRef": {"name": "app"}}}}}}),
        k8s("external-secrets.io/v1alpha1:PushSecret", {"metadata": meta("ledger"), "spec": {
            "secretStoreRefs": [{"name": "x", "kind": "SecretStore"}], "selector": {"secret": {"name": "ledger-db"}},
            "data": [{"match": {"secretKey": "password", "remoteRef": {"remoteKey": "ledger"}}}]}}, "push")),
        "critical", "the stranger has the password of the database (External Secrets, 'AWS Secrets Manager', role, and "
        "'PushSecret')"),
    Attack("a team has the certificate of each host of the bank", IDN, (crd("cert-manager.io/v1:Certificate", {
        "secretName": "edge", "dnsNames": ["*.example.ae"], "duration": "2160h",
        "issuerRef": {"name": "public", "kind": "ClusterIssuer"},
        "privateKey": {"algorithm": "ECDSA", "size": 384, "rotationPolicy": "Always"}}),),
        "major", "with its key the team answers as the page of sign-in and as payments (cert-manager, 'Certificate "
        "resource', dnsNames)"),
)  # fmt: skip
