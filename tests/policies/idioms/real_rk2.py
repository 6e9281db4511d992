"""Good idioms as published manifests of operators and of platform teams have them, in words of our own (2026-11-30):
names in the form of a domain, and settings whose names only sound like secrets."""

from ..blind import TAGS, k8s, meta
from ..harness import Given
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, secret_variable
from .eleventh_cluster import top
from .twelfth_charts import POD, image, ours

READ = "read 2026-11-30"
HOOKS = "admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration"
STORE = "external-secrets.io/v1:SecretStore"
REPORT = """SELECT blocked.pid, blocked_locks.pid, blocking_locks.pid
FROM pg_catalog.pg_locks blocked_locks JOIN pg_catalog.pg_stat_activity blocked ON blocked.pid = blocked_locks.pid
"""
PAGE = """import os
endpoint = os.environ.get("MODEL_ENDPOINT")
base_url = self.settings.addresses["model"]
"""
SPARK = {"cores": 1, "memory": "2g", "serviceAccount": "spark", "labels": TAGS, "template": {"spec": {
    "securityContext": POD, "automountServiceAccountToken": True, "serviceAccountName": "spark", "containers": [{
        "name": "spark-kubernetes-driver", "securityContext": CLOSED, "resources": SMALL}]}}}  # fmt: skip
HOSTS = "git.bank.ae ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP4qOHQ1yUAkY1mDVKqUuxa6g3Wv3mFZ7wF0fEJ5yC0r\n"


def _pods(name: str, container: dict[str, object], **spec: object) -> tuple[Given, ...]:
    """Returns a Deployment of two pods with one container, and its budget."""
    labels = {"app": name}
    containers = [{"name": name, "image": image(name), "securityContext": CLOSED, "resources": SMALL, **container}]
    return (
        inside("apps/v1:Deployment", name, {"replicas": 2, "selector": {"matchLabels": labels}, "template": {
            "metadata": {"labels": {**TAGS, **labels}},
            "spec": {"securityContext": POD, "automountServiceAccountToken": False, "containers": containers,
                     **spec}}}),
        inside("policy/v1:PodDisruptionBudget", f"{name}-budget", {
            "minAvailable": 1, "selector": {"matchLabels": labels}}),
    )  # fmt: skip


def _text(name: str, data: dict[str, str]) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(name), "data": data}, name)


IDIOMS = (
    Idiom("webhooks have the name of their operator", (
        k8s(HOOKS, {"metadata": {"name": "elastic-webhook.k8s.elastic.co", "labels": TAGS}, "webhooks": [{
            "name": "elastic-es-validation-v1.k8s.elastic.co", "failurePolicy": "Fail", "sideEffects": "None",
            "admissionReviewVersions": ["v1"], "matchPolicy": "Exact",
            "clientConfig": {"service": {"name": "webhook", "namespace": "elastic-system", "path": "/validate"}},
            "rules": [{"apiGroups": ["elasticsearch.k8s.elastic.co"], "apiVersions": ["v1"], "resources": [
                "elasticsearches"], "operations": ["CREATE", "UPDATE"]}]}]}, "hooks"),),
        f"elastic/cloud-on-k8s config/webhook; kubernetes-sigs/kueue config/default; {READ}", ours()),
    Idiom("a pod reads an annotation of its own, and tolerates a taint of a vendor", _pods("agent", {"env": [
        {"name": "ROLE", "valueFrom": {"fieldRef": {"fieldPath": "metadata.annotations['mongodb.com/role']"}}}]},
        tolerations=[{"key": "aws.amazon.com/neuron", "operator": "Exists", "effect": "NoSchedule"}]),
        f"mongodb/mongodb-kubernetes public/mongodb-kubernetes.yaml; aws/karpenter-provider-aws examples; {READ}",
        ours()),
    Idiom("an ingress of the class that AKS gives its own controller", (
        inside("networking.k8s.io/v1:Ingress", "store", {
            "ingressClassName": "webapprouting.kubernetes.azure.com",
            "tls": [{"hosts": ["store.bank.ae"], "secretName": "store-tls"}],
            "rules": [{"host": "store.bank.ae", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": {
                "service": {"name": "store", "port": {"number": 443}}}}]}}]}),),
        f"Azure-Samples/aks-store-demo aks-store-ingress-quickstart.yaml; {READ}",
        ours(prices=("networking.k8s.io/v1:Ingress::store",))),
    Idiom("a policy refers its readers to the page of its vendor, and is for a kind by its group", (
        k8s("kyverno.io/v1:ClusterPolicy", {"metadata": {"name": "retention", "labels": TAGS, "annotations": {
            "policies.kyverno.io/title": "Retention of copies",
            "policies.kyverno.io/description": "Copies are kept for a week (docs.kasten.io). The label "
            "`pod-security.kubernetes.io/enforce=privileged` is refused by another policy."}},
            "spec": {"rules": [{"name": "keep", "match": {"any": [{"resources": {
                "kinds": ["config.kio.kasten.io/v1alpha1/Policy"]}}]}, "validate": {
                    "failureAction": "Enforce", "message": "keep copies for a week",
                    "pattern": {"spec": {"retention": {"daily": ">=7"}}}}}]}}, "retention"),),
        f"kyverno/policies kasten/kasten-minimum-retention and psa/deny-privileged-profile; {READ}", ours()),
    Idiom("the topology of machines by the labels of their racks", (
        top("kueue.x-k8s.io/v1beta1:Topology", "racks", {"levels": [
            {"nodeLabel": "cloud.provider.com/topology-block"}, {"nodeLabel": "kubernetes.io/hostname"}]}),),
        f"kubernetes-sigs/kueue site/static/examples/tas; {READ}", ours()),
    Idiom("Kueue answers for its own API of waiting work", (
        top("apiregistration.k8s.io/v1:APIService", "v1beta1.visibility.kueue.x-k8s.io", {
            "group": "visibility.kueue.x-k8s.io", "version": "v1beta1", "groupPriorityMinimum": 100,
            "versionPriority": 100, "caBundle": "Y2EK",
            "service": {"name": "kueue-visibility-server", "namespace": "kueue-system"}}),),
        f"kubernetes-sigs/kueue config/components/visibility; {READ}", ours()),
    Idiom("keys of hosts that Git compares", (_text("ssh-known-hosts", {"ssh_known_hosts": HOSTS + HOSTS.replace(
        "git.bank.ae", "bitbucket.org")}),),
        f"argoproj/argo-cd manifests/base/config/argocd-ssh-known-hosts-cm.yaml; {READ}", ours()),
    Idiom("queries of the monitoring of PostgreSQL", (_text("monitoring", {"queries": REPORT}),),
        f"cloudnative-pg/cloudnative-pg config/manager/default-monitoring.yaml; {READ}", ours()),
    Idiom("zones of private addresses", (_text("zones", {"named.conf": "zone \"49.168.192.in-addr.arpa\" { type "
        "primary; file \"db.49.168.192\"; allow-transfer { none; }; };\nzone \"in-addr.arpa\" { type hint; };\n"}),),
        f"kubernetes-sigs/external-dns docs/snippets/tutorials/rfc2136; {READ}", ours()),
    Idiom("settings of the operator of PostgreSQL with names of secrets and how long they are kept", (
        _text("postgres-operator", {
            "secret_name_template": "{username}.{cluster}.credentials.{tprkind}.{tprgroup}",
            "password_rotation_user_retention": "180", "password_rotation_interval": "90",
            "private_registry_secrets_names": "{}", "RESTIC_PASSWORD_COMMAND": "cat /keys/restic"}),),
        f"zalando/postgres-operator manifests/configmap.yaml; aquasecurity/trivy-operator deploy/static; "
        f"operate-first/apps openmetadata-dependencies/configmaps (DATABASE_PASSWORD_CMD); {READ}",
        ours()),
    Idiom("MySQL makes a password of its administrator, and etcd has a name for the cluster", _pods("mysql", {"env": [
        {"name": "MYSQL_RANDOM_ROOT_PASSWORD", "value": "yes"},
        {"name": "ETCD_INITIAL_CLUSTER_TOKEN", "value": "etcd-cluster-1"},
        secret_variable("MYSQL_PASSWORD", "mysql", "password")]}),
        f"argoproj/argo-workflows manifests/components/mysql; {READ}", ours()),
    Idiom("an alert finds addresses with a password in records", (
        inside("monitoring.coreos.com/v1:PrometheusRule", "leaks", {"groups": [{"name": "leaks", "rules": [{
            "alert": "PasswordInRecords", "for": "10m", "labels": {"severity": "critical"},
            "expr": 'sum(count_over_time({app="shop"} |~ "http(s?)://(\\\\w+):(\\\\w+)@" [5m])) > 0',
            "annotations": {"documentation": "https://docs.ceph.com/en/latest/rados/operations/health-checks"}}]}]}),),
        f"grafana/loki operator/config/samples; rook/rook deploy/examples/monitoring; {READ}", ours()),
    Idiom("secrets of a vault in the cluster, by the short name of its service", (
        inside(STORE, "vault", {"provider": {"vault": {
            "server": "https://vault.default:8200", "path": "team-a", "version": "v2",
            "caProvider": {"type": "ConfigMap", "name": "vault-ca", "key": "ca.crt"},
            "auth": {"kubernetes": {"mountPath": "kubernetes", "role": "team-a",
                                    "serviceAccountRef": {"name": "shop", "audiences": ["https://vault.bank.com"]}}}}}}),),
        f"external-secrets/external-secrets docs/snippets; {READ}", ours()),
    Idiom("Spark on S3 with classes that sign in, and its own execution in native code", (
        inside("sparkoperator.k8s.io/v1beta2:ScheduledSparkApplication", "trips", {"schedule": "@daily", "template": {
            "type": "Python", "mode": "cluster", "sparkVersion": "3.5.3", "image": image("spark"),
            "mainApplicationFile": "local:///opt/app/trips.py", "timeToLiveSeconds": 3600, "sparkConf": {
                "spark.comet.exec.enabled": "true",
                "spark.hadoop.fs.s3a.aws.credentials.provider.mapping": "com.amazonaws.auth.WebIdentityTokenCredentials"
                "Provider=software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider"},
            "driver": SPARK, "executor": {**SPARK, "instances": 2}}}),),
        f"awslabs/data-on-eks data-stacks/spark-on-eks/examples/taxi-trip; {READ}", ours(
            prices=("sparkoperator.k8s.io/v1beta2:ScheduledSparkApplication::trips",))),
    Idiom("a program of a page reads its address from its environment", (_text("page", {"app.py": PAGE}),),
        f"awslabs/ai-on-eks blueprints/inference/mistral-7b-rayserve-inf2; {READ}", ours()),
    Idiom("a site of Contour under its own name", (
        inside("projectcontour.io/v1:HTTPProxy", "shop", {
            "virtualhost": {"fqdn": "shop.bank-customers.com", "tls": {"secretName": "shop-tls"}},
            "routes": [{"conditions": [{"prefix": "/"}], "services": [{"name": "shop", "port": 443, "protocol": "tls",
                "validation": {"caSecret": "shop-ca", "subjectName": "shop"}}]}]}),),
        f"projectcontour/contour examples/example-workload/httpproxy; {READ}", ours()),
)  # fmt: skip
