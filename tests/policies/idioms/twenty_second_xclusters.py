"""Good idioms of clusters: apps, roles, admission, meshes, stores and models as objects (set 22, blind)."""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, role, secret_variable
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS, pod
from .sixteenth_stores import password, reached
from .thirteenth_cluster_access import ADMISSION, RBAC, READ, account, everywhere, wide, within
from .twelfth_charts import LARGE, MIRROR, image, ours
from .twentieth_goodb_charts import apart, approved, certificate, merged, namespace
from .twenty_first_xcharts import leaving
from .twenty_first_xclusters import app

LABELS = {"bank.ae/team": "payments"}
OWN_LABELS = {"escape": {"allowed_annotations": {"bank.ae/*": "our labels"}}}
KEY_PEM = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----"


def rule(name: str, message: str, validate: dict[str, object], *kinds: str) -> dict[str, object]:
    """Returns a rule of Kyverno that refuses objects of some kinds, but for the namespaces of the system."""
    return {"name": name, "match": {"any": [{"resources": {"kinds": list(kinds)}}]}, "exclude": {"any": [{"resources": {
        "namespaces": ["kube-system", "kyverno"]}}]}, "validate": {"failureAction": "Enforce", "message": message,
            **validate}}  # fmt: skip


IDIOMS = (
    *approved(
        Idiom("an app changes its tables before it starts, ships its own records beside it and has a quota", (
            *namespace("payments", **LABELS), account("payments", "payments"), password("payments-db", "payments",
                "password"),
            k8s("core/v1:ResourceQuota", {"metadata": meta("payments", "payments"), "spec": {"hard": {
                "requests.cpu": "40", "requests.memory": "160Gi", "limits.memory": "160Gi",
                    "persistentvolumeclaims": "10",
                "services.loadbalancers": "0", "services.nodeports": "0"}}}, "quota"),
            k8s("core/v1:LimitRange", {"metadata": meta("payments", "payments"), "spec": {"limits": [{
                "type": "Container", "defaultRequest": {"cpu": "100m", "memory": "128Mi"},
                    "default": {"memory": "256Mi"},
                "max": {"cpu": "8", "memory": "32Gi"}}]}}, "limits"),
            k8s("core/v1:ConfigMap", {"metadata": meta("payments", "payments"), "data": {
                "application.yaml":
                    "server:\n  port: 8443\n  ssl:\n    enabled: true\nspring:\n  datasource:\n    url: "
                                    "jdbc:postgresql://db.bank.ae:5432/payments?sslmode=verify-full\n"}}, "settings"),
            k8s("apps/v1:Deployment", {"metadata": meta("payments", "payments"), "spec": {
                "replicas": 3, "revisionHistoryLimit": 5, "strategy": {"rollingUpdate": {"maxUnavailable": 0,
                    "maxSurge": 1}},
                "selector": {"matchLabels": {"app": "payments"}}, "template": {
                    "metadata": {"labels": {**TAGS, "app": "payments"}}, "spec": pod(
                        "payments", LARGE, ports=[{"containerPort": 8443, "name": "https"}], envFrom=[
                            {"configMapRef": {"name": "payments-flags", "optional": True}}], env=[
                                secret_variable("DB_PASSWORD", "payments-db", "password")],
                        startupProbe={"httpGet": {"path": "/live", "port": 8443, "scheme": "HTTPS"},
                            "failureThreshold": 30},
                        readinessProbe={"httpGet": {"path": "/ready", "port": 8443, "scheme": "HTTPS"}},
                        livenessProbe={"httpGet": {"path": "/live", "port": 8443, "scheme": "HTTPS"}},
                        lifecycle={"preStop": {"sleep": {"seconds": 10}}}, volumeMounts=[
                            *SCRATCH_MOUNTS, {"name": "settings", "mountPath": "/etc/app", "readOnly": True}], pod={
                            "terminationGracePeriodSeconds": 45, "enableServiceLinks": False,
                                "topologySpreadConstraints":
                            apart("payments"), "initContainers": [
                                {"name": "tables", "image": image("apps/payments-tables"), "resources": SMALL,
                                 "securityContext": CLOSED, "args": ["migrate"], "env": [secret_variable(
                                     "DB_PASSWORD", "payments-db", "password")]},
                                {"name": "records", "image": image("fluent/fluent-bit"), "restartPolicy": "Always",
                                    "resources":
                                 SMALL, "securityContext": CLOSED, "volumeMounts": [{
                                     "name": "tmp", "mountPath": "/var/cache/app", "readOnly": True}]}],
                            "volumes": [*SCRATCH, {"name": "settings", "configMap": {"name": "payments"}}]})}}},
                                "payments"),
            k8s("core/v1:Service", {"metadata": meta("payments", "payments"), "spec": {
                "type": "ClusterIP", "selector": {"app": "payments"}, "trafficDistribution": "PreferClose", "ports": [
                    {"port": 443, "targetPort": "https", "name": "https"}]}}, "service"),
            k8s("policy/v1:PodDisruptionBudget", {"metadata": meta("payments", "payments"), "spec": {
                "maxUnavailable": 1, "unhealthyPodEvictionPolicy": "AlwaysAllow", "selector": {"matchLabels": {
                    "app": "payments"}}}}, "budget"),
            leaving("database", "payments", "10.30.20.0/28", port=5432),
            reached("payments", "payments", {"app": "payments"}, 8443, "gateway")),
            "kubernetes.io/docs/concepts/workloads/pods/sidecar-containers; "
            "learnk8s.io/production-best-practices, as known",
            merged(ours(), OWN_LABELS)),
        Idiom("Kyverno refuses tags that move, checks signatures of the bank and leaves out one agent by name", (
            k8s("kyverno.io/v1:ClusterPolicy", {"metadata": {"name": "images", "labels": TAGS}, "spec": {
                "background": True, "webhookConfiguration": {"failurePolicy": "Fail", "timeoutSeconds": 10}, "rules": [
                    rule("digest", "Images are named by digest", {"pattern": {"spec": {"containers": [
                        {"image": "*@sha256:*"}]}}}, "Pod"),
                    rule("registry", "Images are of the bank's mirror", {"pattern": {"spec": {"containers": [
                        {"image": f"{MIRROR}/*"}]}}}, "Pod")]}}, "images"),
            k8s("kyverno.io/v1:ClusterPolicy", {"metadata": {"name": "signatures", "labels": TAGS}, "spec": {
                "background": False, "webhookConfiguration": {"failurePolicy": "Fail", "timeoutSeconds": 30},
                    "rules": [{
                    "name": "signed", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]}, "verifyImages": [{
                        "imageReferences": [f"{MIRROR}/*"], "failureAction": "Enforce", "required": True,
                            "verifyDigest": True,
                        "mutateDigest": False, "attestors": [{"count": 1, "entries": [{"keys": {
                            "publicKeys": KEY_PEM, "rekor": {"url": "https://rekor.bank.ae"}}}]}]}]}]}}, "signatures"),
            k8s("kyverno.io/v1:ClusterPolicy", {"metadata": {"name": "accounts", "labels": TAGS}, "spec": {
                "background": True, "webhookConfiguration": {"failurePolicy": "Fail"}, "rules": [
                    rule("no-default", "Pods have an account of their own", {"pattern": {"spec": {
                        "serviceAccountName": "!default"}}}, "Pod"),
                    rule("no-bindings", "Nobody binds cluster-admin", {"deny": {"conditions": {"any": [{
                        "key": "{{ request.object.roleRef.name }}", "operator": "Equals", "value": "cluster-admin"}]}}},
                        "ClusterRoleBinding", "RoleBinding")]}}, "accounts"),
            k8s("kyverno.io/v2:PolicyException", {"metadata": meta("node-exporter", "kyverno"), "spec": {
                "exceptions": [{"policyName": "accounts", "ruleNames": ["no-default"]}],
                    "match": {"any": [{"resources": {
                    "kinds": ["Pod"], "namespaces": ["monitoring"], "names": ["node-exporter-*"]}}]},
                        "background": True}},
                "exception")),
            "kyverno.io/docs/policy-types/cluster-policy/verify-images/sigstore; kyverno.io/docs/exceptions, as known",
            merged(ours(), {"kubernetes": {"namespaces": {"monitoring": "the stack of the monitoring", "kyverno":
                                                          "the stack of the policies"}}})),
        Idiom(
            "an app of OpenShift is behind a route that encrypts again, under the narrow constraint, and the "
            "router alone calls", (
            *namespace("branches"), *app("branches", "branches", 8443),
            k8s("route.openshift.io/v1:Route", {"metadata": meta("branches", "branches"), "spec": {
                "host": "branches.apps.bank.ae", "to": {"kind": "Service", "name": "branches", "weight": 100}, "port": {
                    "targetPort": 8443}, "tls": {"termination": "reencrypt",
                        "insecureEdgeTerminationPolicy": "Redirect",
                        "destinationCACertificate": "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"},
                "wildcardPolicy": "None"}}, "route"),
            k8s(f"{RBAC}/v1:RoleBinding", {
                "metadata": meta("branches-scc", "branches"), "roleRef": {
                    "apiGroup": RBAC, "kind": "ClusterRole", "name": "system:openshift:scc:restricted-v2"},
                        "subjects": [
                    {"kind": "ServiceAccount", "name": "branches", "namespace": "branches"}]}, "constraint"),
            k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("router", "branches"), "spec": {
                "podSelector": {"matchLabels": {"app": "branches"}}, "policyTypes": ["Ingress"], "ingress": [{
                    "from": [{"namespaceSelector": {"matchLabels": {
                        "policy-group.network.openshift.io/ingress": ""}}}], "ports": [{"port": 8443,
                            "protocol": "TCP"}]}]}},
                "router")),
            "docs.redhat.com OpenShift Container Platform 4.18, Networking: secured routes; Managing SCCs, as known",
            ours("route.openshift.io", prices=("route.openshift.io/v1:Route::route",))),
        Idiom(
            "auditors read what runs everywhere but no secrets, those on duty restart, and operators' kinds join "
            "the view", (
            wide("auditor", {"apiGroups": [""], "resources": ["namespaces", "pods", "services", "events", "nodes"],
                "verbs": READ},
                 {"apiGroups": ["apps", "batch"], "resources": ["deployments", "statefulsets", "daemonsets", "jobs",
                     "cronjobs"],
                  "verbs": READ}, {"apiGroups": [RBAC], "resources": ["roles", "rolebindings", "clusterroles",
                                                                      "clusterrolebindings"], "verbs": READ},
                 {"apiGroups": ["networking.k8s.io"], "resources": ["networkpolicies", "ingresses"], "verbs": READ}),
            everywhere("auditor", who="auditors"),
            wide("view-certificates", {"apiGroups": ["cert-manager.io"], "resources": ["certificates", "issuers",
                                                                                      "certificaterequests"],
                                                                                          "verbs": READ},
                 **{"rbac.authorization.k8s.io/aggregate-to-view": "true"}),
            wide("figures", {"nonResourceURLs": ["/metrics"], "verbs": ["get"]}, {
                "apiGroups": [""], "resources": ["nodes/metrics"], "verbs": ["get"]}),
            everywhere("figures", "monitoring", "prometheus"), *namespace("lending"),
            *role("duty", "lending", {"apiGroups": ["apps"], "resources": ["deployments", "statefulsets"], "verbs": [
                "get", "list", "watch", "patch"]}, {"apiGroups": ["apps"], "resources": ["deployments/scale"],
                    "verbs": [
                    "get", "patch"]}, {"apiGroups": [""], "resources": ["pods", "pods/log", "events"], "verbs": READ},
                {"apiGroups": [""], "resources": ["pods"], "verbs": ["delete"]})[:1], within("duty", "lending-duty",
                    "lending", "Role"),
            within("view", "lending-team", "lending"), within("edit", "lending-leads", "lending")),
            "kubernetes.io/docs/concepts/security/rbac-good-practices; "
            "kubernetes.io/docs/reference/access-authn-authz/rbac", ours()),
        Idiom(
            "the API server refuses pods without limits by an expression with parameters, and a webhook checks "
            "names of datasets", (
            k8s(f"{ADMISSION}:ValidatingAdmissionPolicy", {"metadata": {"name": "limits", "labels": TAGS}, "spec": {
                "failurePolicy": "Fail", "paramKind": {"apiVersion": "v1", "kind": "ConfigMap"}, "matchConstraints": {
                    "resourceRules": [{"apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                                       "resources": ["deployments", "statefulsets", "daemonsets"]}]}, "validations": [
                    {"expression":
                        "object.spec.template.spec.containers.all(c, has(c.resources) && has(c.resources.limits) && "
                                   "'memory' in c.resources.limits)",
                                       "message": "Each container has a limit of memory"},
                    {"expression": "!has(object.spec.replicas) || object.spec.replicas <= int(params.data.replicas)",
                     "messageExpression": "'at most ' + params.data.replicas + ' replicas'"}]}}, "limits"),
            k8s(f"{ADMISSION}:ValidatingAdmissionPolicyBinding", {"metadata": {"name": "limits", "labels": TAGS},
                "spec": {
                "policyName": "limits", "validationActions": ["Deny", "Audit"], "paramRef": {
                    "name": "limits", "namespace": "policies", "parameterNotFoundAction": "Deny"}, "matchResources": {
                    "namespaceSelector": {"matchExpressions": [{"key": "kubernetes.io/metadata.name",
                        "operator": "NotIn",
                                                                "values": ["kube-system", "policies"]}]}}}},
                                                                    "limits-binding"),
            *namespace("policies"), k8s("core/v1:ConfigMap", {"metadata": meta("limits", "policies"),
                "data": {"replicas": "20"}},
                                        "limits-values"),
            *app("datasets", "policies", 9443), certificate("datasets", "policies"),
            k8s(f"{ADMISSION}:ValidatingWebhookConfiguration", {
                "metadata": {"name": "datasets", "labels": TAGS, "annotations": {
                    "cert-manager.io/inject-ca-from": "policies/datasets-tls"}}, "webhooks": [{
                    "name": "datasets.ml.bank.ae", "admissionReviewVersions": ["v1"], "sideEffects": "None",
                        "failurePolicy":
                    "Fail", "timeoutSeconds": 5, "matchPolicy": "Equivalent", "clientConfig": {"service": {
                        "name": "datasets", "namespace": "policies", "path": "/validate", "port": 443}}, "rules": [{
                            "apiGroups": ["ml.bank.ae"], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                                "resources": [
                                "datasets"], "scope": "Namespaced"}]}]}, "webhook")),
            "kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy; "
            ".../extensible-admission-controllers",
            merged(ours(), OWN_LABELS)),
    ),
)  # fmt: skip
