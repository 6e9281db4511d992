"""Attacks on clusters by work that grows and by values of charts (2026-11-29, twelfth set, blind).

Objects and values by the documentation of their projects, as known.
"""

import json

from ..blind import TAGS, crd, k8s, meta, pod, release, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
MONEY = ("FJ-COST-", "FJ-ESC-")
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
BUYS = "an autoscaler of another stack buys the machines"
SIXTEEN = {"cpu": "16", "memory": "64Gi"}
NINETY_SIX = {"cpu": "96", "memory": "384Gi"}
EIGHT_GPUS = {"cpu": "96", "memory": "1Ti", "nvidia.com/gpu": "8"}


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _same(resources: object) -> dict[str, object]:
    return {"requests": resources, "limits": resources}


def _template(resources: object, **annotations: str) -> dict[str, object]:
    """Returns the template of a pod that asks for resources."""
    more = {"annotations": annotations} if annotations else {}
    return {"metadata": {"labels": TAGS, **more}, "spec": pod({"resources": _same(resources)})}


CONSUL = {"acl": {"enabled": True, "default_policy": "allow", "enable_token_persistence": True}}
REALM = {
    "realm": "bank", "enabled": True, "sslRequired": "all", "clients": [{
        "clientId": "portal", "publicClient": True, "standardFlowEnabled": True, "implicitFlowEnabled": True,
        "redirectUris": ["*"], "webOrigins": ["+"]}],
}  # fmt: skip
BROKERS = [{
    "name": "ledger", "bootstrapServers": "ledger-kafka-bootstrap.payments.svc:9093",
    "properties": {"security.protocol": "SSL"},
}]  # fmt: skip

ATTACKS = (
    Attack("each pod of a class of runtimes books forty-eight processors more than it asks for", MONEY, (
        STACK, k8s("node.k8s.io/v1:RuntimeClass", {
            "metadata": {"name": "vm", "labels": TAGS}, "handler": "kata",
            "overhead": {"podFixed": {"cpu": "48", "memory": "96Gi"}}})),
        "critical", f"a hundred small pods take a hundred machines: {BUYS} (Kubernetes, 'Pod Overhead')"),
    Attack("nodes of Kafka take nine thousand processors", MONEY, (
        STACK, k8s("kafka.strimzi.io/v1beta2:KafkaNodePool", {"metadata": meta("brokers", "payments") | {
            "labels": {**TAGS, "strimzi.io/cluster": "ledger"}}, "spec": {
            "replicas": 96, "roles": ["broker"], "resources": _same(NINETY_SIX),
            "storage": {"type": "jbod", "volumes": [{
                "id": 0, "type": "persistent-claim", "size": "100Gi", "class": "encrypted", "deleteClaim": False}]},
            "template": {"pod": {"metadata": {"labels": TAGS}}}}})),
        "critical", f"96 brokers of 96 processors: {BUYS} (Strimzi, 'KafkaNodePoolSpec')"),
    Attack("each minute sixteen pods with eight GPUs start by a schedule of Volcano", MONEY, (
        STACK, crd("batch.volcano.sh/v1alpha1:CronJob", {
            "schedule": "* * * * *", "concurrencyPolicy": "Allow", "jobTemplate": {"spec": {
                "schedulerName": "volcano", "minAvailable": 1, "tasks": [
                    {"name": "train", "replicas": 16, "template": _template(EIGHT_GPUS)}]}}})),
        "critical", f"an hour of runs has 7,680 GPUs: {BUYS} (Volcano, 'Cron VolcanoJob')"),
    Attack("a service of Knative grows without a limit by an annotation", MONEY, (
        STACK, k8s("serving.knative.dev/v1:Service", {"metadata": meta("chat"), "spec": {
            "template": _template(SIXTEEN, **{
                "autoscaling.knative.dev/max-scale": "0", "autoscaling.knative.dev/target": "1"})}})),
        "critical", f"each request may start a pod of 16 processors: {BUYS} (Knative, 'Configuring scale bounds', 0 is "
        "unlimited)"),
    Attack("a machine of eight GPUs is claimed past the limits of each pool", MONEY, (
        STACK, _top("karpenter.sh/v1:NodeClaim", "training", {
            "nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "general"},
            "requirements": [
                {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": ["p5.48xlarge"]},
                {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["on-demand"]}]})),
        "major", "it costs tens of thousands of dollars a month and no pod asked for it (Karpenter, 'NodeClaims')"),
    Attack("machines of AKS that are bought for pods carry no tags", ("FJ-TAG-",), (
        _top("karpenter.azure.com/v1beta1:AKSNodeClass", "general", {
            "imageFamily": "AzureLinux", "osDiskSizeGB": 128}),),
        "major", "nobody knows who pays for them (Karpenter for Azure, 'AKSNodeClass', tags)"),
    Attack("the server of metrics verifies no certificate of a kubelet", OPEN, release(
        "metrics-server", "3.13.0", {"args": ["--kubelet-insecure-tls"]}, "kube-system"),
        "major", "whoever is in between gets its token and says how much each pod uses (metrics-server, README, "
        "--kubelet-insecure-tls)"),
    Attack("everybody runs builds by a line of Jenkins's settings", OPEN, release(
        "jenkins", "5.8.90", {"controller": {
            "serviceType": "ClusterIP", "admin": {"existingSecret": "jenkins-admin"},
            "JCasC": {"defaultConfig": True, "authorizationStrategy": "unsecured"}}}),
        "critical", "whoever reaches the page runs programs with the keys of each pipeline (Jenkins, 'Configuration as "
        "Code'; Jenkins chart, values)"),
    Attack("the page of Kafka asks nobody who he is and takes clusters from callers", OPEN, release(
        "kafka-ui", "1.5.3", {"yamlApplicationConfig": {
            "auth": {"type": "DISABLED"}, "dynamic": {"config": {"enabled": True}}, "kafka": {"clusters": BROKERS}}}),
        "critical", "whoever reaches the page reads and deletes messages of payments (Kafbat UI, 'Authentication', "
        "'Misc configuration properties')"),
    Attack("whoever has no token may do everything in Consul", OPEN, release(
        "consul", "1.8.4", {
            "global": {"name": "consul", "datacenter": "dc1", "tls": {"enabled": True, "verify": True},
                       "gossipEncryption": {"autoGenerate": True}},
            "server": {"replicas": 3, "extraConfig": json.dumps(CONSUL)}}),
        "critical", "each pod changes which services may call which and where names lead (Consul, 'ACL configuration', "
        "default_policy)"),
    Attack("the administration of Kong is open to every pod in plain text", OPEN, release(
        "kong", "2.52.0", {
            "proxy": {"type": "ClusterIP"}, "admin": {
                "enabled": True, "type": "ClusterIP", "http": {"enabled": True, "containerPort": 8001},
                "tls": {"enabled": False}}}),
        "critical", "each pod adds routes and plug-ins without sign-in (Kong, 'Securing the Admin API'; Kong chart, "
        "admin)"),
    Attack("users of Dask say themselves who they are", OPEN, release(
        "dask-gateway", "2026.3.0", {
            "gateway": {"auth": {"type": "simple", "simple": {"password": None}}},
            "traefik": {"service": {"type": "ClusterIP"}}}),
        "critical", "whoever reaches the gateway runs programs in the clusters of every user (Dask Gateway, "
        "'Authentication', simple)"),
    Attack("a proxy of sign-in accepts tokens of a stranger's issuer", OPEN, release(
        "oauth2-proxy", "8.3.2", {
            "config": {"existingSecret": "proxy", "configFile": 'email_domains = ["bank.example.ae"]\n'},
            "extraArgs": {
                "provider": "oidc", "oidc-issuer-url": "https://login.example.ae/realms/bank",
                "skip-jwt-bearer-tokens": "true",
                "extra-jwt-issuers": "https://login.collector.io/realms/x=portal"}}),
        "critical", "the stranger writes a token for whichever user he likes (OAuth2 Proxy, 'Overview', "
        "extra-jwt-issuers)"),
    Attack("tokens of a client go to each address that a link names", OPEN, release(
        "keycloak", "25.2.0", {
            "production": True, "tls": {"enabled": True, "existingSecret": "keycloak-tls"},
            "auth": {"adminUser": "operator", "existingSecret": "keycloak-admin"},
            "keycloakConfigCli": {"enabled": True, "configuration": {"bank.json": json.dumps(REALM)}}}),
        "major", "who clicks on a link is signed in at the stranger's (Keycloak, 'Threat model mitigation', unspecific "
        "redirect URIs)"),
    Attack("a stranger's Teleport opens the cluster to its users", OPEN, release(
        "teleport-kube-agent", "18.4.0", {
            "roles": "kube", "proxyAddr": "collector.teleport.sh:443", "kubeClusterName": "prod",
            "joinParams": {"method": "iam", "tokenName": "prod"}}),
        "critical", "its agent may act as every user and group of the cluster (Teleport, 'teleport-kube-agent chart', "
        "proxyAddr)"),
    Attack("the API server is called through a network of Tailscale", OPEN, release(
        "tailscale-operator", "1.90.5", {
            "apiServerProxyConfig": {"mode": "true", "allowImpersonation": "true"},
            "operatorConfig": {"hostname": "prod", "defaultTags": ["tag:k8s-operator"]}}),
        "critical", "devices outside of the bank's network act as groups that a list at the vendor names (Tailscale, "
        "'Access the Kubernetes API server')"),
    Attack("a cluster of a stranger is a peer of the cluster's network", OPEN, release(
        "cilium", "1.18.4", {
            "cluster": {"name": "prod", "id": 1}, "clustermesh": {"useAPIServer": True, "config": {
                "enabled": True, "clusters": [{"name": "partner", "ips": ["198.51.100.44"], "port": 2379}]}}},
        "kube-system"),
        "critical", "its services and identities are among those of the bank, so that calls end there (Cilium, "
        "'Setting up Cluster Mesh'; Cilium chart, clustermesh.config)"),
    Attack("a store of keys and settings asks nobody for a password", OPEN, release(
        "etcd", "12.0.18", {
            "replicaCount": 3, "auth": {"rbac": {"create": False, "allowNoneAuthentication": True}},
            "persistence": {"enabled": True, "size": "8Gi", "storageClass": "encrypted"}}),
        "critical", "each pod reads and writes what others keep there (Bitnami chart of etcd, auth.rbac)"),
    Attack("callers of a server of models bring models of their own", OPEN, (workload("apps/v1:Deployment", {
        "command": ["tritonserver", "--model-repository=/models", "--model-control-mode=explicit"],
        "ports": [{"name": "http", "containerPort": 8000}]}),),
        "critical", "a call loads a model with files that are in it, and a model in Python is a program (Triton, "
        "'Model Repository Extension', file override; 'Secure Deployment Considerations')"),
)  # fmt: skip
