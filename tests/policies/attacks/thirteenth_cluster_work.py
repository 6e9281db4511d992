"""Attacks on clusters by work that grows and by values of charts (2026-11-29, thirteenth set, blind).

Objects and values by the documentation of their projects; what is not marked as read is as known.
"""

from ..blind import TAGS, crd, k8s, meta, pod, release, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
MONEY = ("FJ-COST-", "FJ-ESC-")
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
BUYS = "an autoscaler of another stack buys the machines"
SIXTEEN = {"cpu": "16", "memory": "64Gi"}
EIGHT_GPUS = {"cpu": "96", "memory": "1Ti", "nvidia.com/gpu": "8"}


def _same(resources: object) -> dict[str, object]:
    return {"requests": resources, "limits": resources}


def _template(resources: object, **spec: object) -> dict[str, object]:
    """Returns the template of a pod that asks for resources."""
    return {"metadata": {"labels": {**TAGS, "app": "x"}}, "spec": pod({"resources": _same(resources)}, **spec)}


VAULT = """ui = false
listener "tcp" {
  address = "[::]:8200"
  tls_cert_file = "/vault/userconfig/vault-tls/tls.crt"
  tls_key_file = "/vault/userconfig/vault-tls/tls.key"
}
storage "raft" {
  path = "/vault/data"
}
seal "gcpckms" {
  project = "bank-keys"
  region = "global"
  key_ring = "vault"
  crypto_key = "unseal"
}
"""
SEARCH = """cluster.name: search
network.host: 0.0.0.0
plugins.security.ssl.transport.pemcert_filepath: certs/tls.crt
plugins.security.ssl.transport.pemkey_filepath: certs/tls.key
plugins.security.ssl.transport.pemtrustedcas_filepath: certs/ca.crt
plugins.security.ssl.http.enabled: true
plugins.security.ssl.http.pemcert_filepath: certs/tls.crt
plugins.security.ssl.http.pemkey_filepath: certs/tls.key
plugins.security.ssl.http.pemtrustedcas_filepath: certs/ca.crt
plugins.security.authcz.admin_dn:
  - CN=search-admin,O=bank
plugins.security.nodes_dn:
  - "*"
"""
TRINO = [
    "internal-communication.shared-secret=${ENV:SHARED_SECRET}",
    "http-server.authentication.allow-insecure-over-http=true",
]
RULES = '{"catalogs": [{"group": "analysts", "catalog": "lake", "allow": "read-only"}]}'
MESSAGES = {
    "config": {
        "merge": {"authorization": {"timeout": 2, "token": "<< $NATS_TOKEN >>"}},
        "leafnodes": {"enabled": True, "tls": {"enabled": True, "secretName": "nats-leaf-tls"},
                      "merge": {"remotes": [{"url": "tls://hub.collector.io:7422"}]}}},
    "container": {"env": {"NATS_TOKEN": {"valueFrom": {"secretKeyRef": {"name": "nats", "key": "token"}}}}},
}  # fmt: skip
PORTAL = {"proxy": {"endpoints": {"/argocd/api": {
    "target": "https://argocd-server.argocd.svc.cluster.local/api/v1/",
    "credentials": "dangerously-allow-unauthenticated",
    "headers": {"Authorization": "Bearer ${ARGOCD_AUTH_TOKEN}"}}}}}  # fmt: skip

ATTACKS = (
    Attack("a server of Spark grows to eight hundred executors", MONEY, (
        STACK, k8s("sparkoperator.k8s.io/v1alpha1:SparkConnect", {"metadata": meta("notebooks"), "spec": {
            "sparkVersion": "4.0.1", "server": {"cores": 2, "memory": "4g", "template": _template(SIXTEEN)},
            "executor": {"instances": 2, "cores": 16, "memory": "64g", "template": _template(SIXTEEN)},
            "dynamicAllocation": {
                "enabled": True, "initialExecutors": 2, "minExecutors": 2, "maxExecutors": 800}}})),
        "major", f"one query takes 12,800 processors: {BUYS} (kubeflow/spark-operator, "
        "api/v1alpha1/sparkconnect_types.go, dynamicAllocation, read 2026-11-29)"),
    Attack("an experiment of a rollout starts six hundred pods beside those that serve", MONEY, (
        STACK, k8s("argoproj.io/v1alpha1:Experiment", {"metadata": meta("compare"), "spec": {"templates": [{
            "name": "canary", "replicas": 600, "selector": {"matchLabels": {"app": "x"}},
            "template": _template(SIXTEEN)}]}})),
        "major", f"they take 9,600 processors, without a duration for ever: {BUYS} (argoproj/argo-rollouts, "
        "experiment_types.go, read 2026-11-29)"),
    Attack("a training by MPI has two hundred machines with eight GPUs", MONEY, (
        STACK, k8s("kubeflow.org/v2beta1:MPIJob", {"metadata": meta("pretraining"), "spec": {
            "slotsPerWorker": 8, "runPolicy": {"cleanPodPolicy": "Running", "activeDeadlineSeconds": 604800},
            "mpiReplicaSpecs": {
                "Launcher": {"replicas": 1, "template": _template({"cpu": "2", "memory": "4Gi"})},
                "Worker": {"replicas": 200, "template": _template(EIGHT_GPUS)}}}})),
        "major", f"1,600 GPUs for a week: {BUYS} (MPI Operator, 'MPIJob v2beta1')"),
    Attack("an autoscaler adds pods and never takes one away", MONEY, (
        STACK, workload("apps/v1:Deployment", {"resources": _same(SIXTEEN)}),
        k8s("autoscaling/v2:HorizontalPodAutoscaler", {"metadata": meta("x"), "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "x"},
            "minReplicas": 2, "maxReplicas": 12, "metrics": [{"type": "Resource", "resource": {
                "name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}}}],
            "behavior": {"scaleDown": {"selectPolicy": "Disabled"}}}}, "grows")),
        "minor", "after the first busy hour the most that is allowed is paid for always (Kubernetes, 'Horizontal Pod "
        "Autoscaling', disable scale down)"),
    Attack("a model that joins a server comes from a bucket of a stranger", OPEN, (
        crd("serving.kserve.io/v1alpha1:TrainedModel", {
            "inferenceService": "scoring",
            "model": {"framework": "pytorch", "memory": "1Gi", "storageUri": "s3://collector-models/scoring"}}),),
        "critical", "a model of PyTorch is a program, which runs beside the bank's models with their keys (KServe, "
        "'Multi Model Serving', TrainedModel)"),
    Attack("the vault is opened by a key of another cloud", OPEN, release(
        "vault", "0.31.0", {
            "global": {"tlsDisable": False}, "injector": {"enabled": False}, "server": {
                "ha": {"enabled": True, "replicas": 3, "raft": {"enabled": True, "config": VAULT}}}}),
        "critical", "the key that decrypts each secret is in Google Cloud, which may read it or take it away "
        "(hashicorp/vault-helm, values.yaml, gcpckms, read 2026-11-29)"),
    Attack("passwords of analysts reach Trino in plain text", OPEN, release(
        "trino", "1.42.0", {
            "server": {"workers": 2, "config": {"authenticationType": "PASSWORD"}},
            "auth": {"passwordAuthSecret": "trino-passwords"}, "additionalConfigProperties": TRINO,
            "accessControl": {"type": "configmap", "refreshPeriod": "60s", "rules": {"rules.json": RULES}},
            "service": {"type": "ClusterIP"}}),
        "major", "whoever is in between has them (Trino, 'TLS and HTTPS', "
        "http-server.authentication.allow-insecure-over-http)"),
    Attack("a proxy of sign-in trusts each address", OPEN, release(
        "oauth2-proxy", "8.3.2", {
            "config": {"existingSecret": "proxy", "configFile": 'email_domains = ["bank.example.ae"]\n'},
            "extraArgs": {"provider": "oidc", "oidc-issuer-url": "https://login.example.ae/realms/bank",
                          "trusted-ip": "0.0.0.0/0"}}),
        "critical", "nobody is asked to sign in (OAuth2 Proxy, 'Overview', --trusted-ip, read 2026-11-29)"),
    Attack("callers of a page of chats write in a header who they are", OPEN, release(
        "open-webui", "8.12.0", {
            "ollama": {"enabled": False}, "pipelines": {"enabled": False}, "service": {"type": "ClusterIP"},
            "openaiBaseApiUrl": "https://models.inference.svc.cluster.local:8443/v1",
            "extraEnvVars": [{"name": "WEBUI_AUTH_TRUSTED_EMAIL_HEADER", "value": "X-User-Email"}]}),
        "critical", "each pod signs in as the administrator and reads every chat (Open WebUI, 'Federated "
        "Authentication', trusted header: a misconfiguration lets users authenticate as any user)"),
    Attack("the bank's messages are on a leaf of a stranger's server", OPEN, release("nats", "2.12.0", MESSAGES),
        "critical", "the stranger subscribes to each subject and publishes to it (NATS, 'Leaf Nodes', remotes; "
        "nats-io/k8s, values.yaml, config.leafnodes.merge)"),
    Attack("a database of payments is a port of the controller of ingresses", OPEN, release(
        "ingress-nginx", "4.13.3", {
            "controller": {"service": {"type": "ClusterIP"}}, "tcp": {"5432": "payments/ledger-rw:5432"}}),
        "major", "whoever reaches the edge connects to the database, past the policies of payments and without TLS "
        "(ingress-nginx, 'Exposing TCP and UDP services')"),
    Attack("no policy of Kyverno is asked while Kyverno is away, by a feature of its chart", OPEN, release(
        "kyverno", "3.5.2", {"features": {"forceFailurePolicyIgnore": {"enabled": True}}}),
        "major", "whoever overloads the webhook creates what policies forbid, although each says Fail (kyverno/"
        "kyverno, pkg/toggle and GetFailurePolicy, read 2026-11-29)"),
    Attack("prompts of the bank are routed to servers of a stranger", OPEN, release(
        "vllm-stack", "0.1.8", {
            "servingEngineSpec": {"enableEngine": False}, "routerSpec": {
                "repository": "registry.dc1.example.ae/lmcache/lmstack-router", "tag": "v0.1.8",
                "serviceType": "ClusterIP", "serviceDiscovery": "static", "staticModels": "jais",
                "staticBackends": "https://models.collector.io",
                "vllmApiKey": {"secretName": "router", "secretKey": "key"}}}),
        "critical", "each question and each document leaves the country (vllm-project/production-stack, "
        "helm/templates/deployment-router.yaml, read 2026-11-29)"),
    Attack("proxies of each machine get identities from the service of a team", OPEN, release(
        "ztunnel", "1.28.0", {"caAddress": "istio-ca.team-a.svc:15012"}, "istio-system"),
        "critical", "the team signs the certificate of every account of the mesh (istio/istio, "
        "manifests/charts/ztunnel/values.yaml, caAddress, read 2026-11-29)"),
    Attack("each certificate of the authority is a node of the search cluster", OPEN, release(
        "opensearch", "3.3.2", {
            "sysctlInit": {"enabled": False}, "config": {"opensearch.yml": SEARCH},
            "extraEnvs": [{"name": "DISABLE_INSTALL_DEMO_CONFIG", "value": "true"}]}),
        "critical", "each pod with a certificate of the cluster joins as a node and has every index without signing in "
        "(OpenSearch, 'Configuring TLS certificates', nodes_dn)"),
    Attack("the manager of trust reads and writes each secret of the cluster", OPEN, release(
        "trust-manager", "0.19.0", {
            "app": {"trust": {"namespace": "cert-manager"}},
            "secretTargets": {"enabled": True, "authorizedSecretsAll": True}}, "cert-manager"),
        "major", "a bundle with the name of a secret writes over it in each namespace (cert-manager/trust-manager, "
        "values.yaml, authorizedSecretsAll, read 2026-11-29)"),
    Attack("whoever calls the portal of developers uses its key of Argo CD", OPEN, release(
        "backstage", "2.6.1", {"backstage": {"appConfig": PORTAL, "image": {
            "registry": "registry.dc1.example.ae", "repository": "portal/backstage", "tag": "1.44.0"}}}),
        "critical", "callers without a session change and delete applications (Backstage, 'Proxying' and release notes "
        "of 1.28, dangerously-allow-unauthenticated, read 2026-11-29)"),
    Attack("volumes are on the bill of development by a value of their driver's chart", ("FJ-TAG-", "FJ-ESC-"),
        release("aws-ebs-csi-driver", "2.52.0", {
            "controller": {"extraVolumeTags": {**TAGS, "environment": "dev"}}}, "kube-system"),
        "major", "what production stores is paid for by development (kubernetes-sigs/aws-ebs-csi-driver, values.yaml, "
        "controller.extraVolumeTags, read 2026-11-29)"),
    Attack("names that others wrote are deleted with those of the cluster", OPEN, release(
        "external-dns", "1.19.0", {
            "provider": {"name": "aws"}, "policy": "sync", "registry": "noop", "sources": ["service", "ingress"],
            "domainFilters": ["example.ae"]}),
        "major", "without a registry of owners each record of the zone that the cluster does not have is removed, that "
        "of the page of sign-in too (ExternalDNS, values.yaml, registry, read 2026-11-29; FAQ, noop)"),
    Attack("the page of Airflow shows its settings with their passwords", OPEN, release(
        "airflow", "1.18.0", {
            "postgresql": {"enabled": False}, "data": {"metadataSecretName": "airflow-metadata"},
            "fernetKeySecretName": "airflow-fernet", "webserverSecretKeySecretName": "airflow-web",
            "apiSecretKeySecretName": "airflow-api", "jwtSecretName": "airflow-jwt",
            "webserver": {"defaultUser": {"enabled": False}}, "createUserJob": {"defaultUser": {"enabled": False}},
            "config": {"api": {"expose_config": "True"}}}),
        "major", "whoever may look at the page reads the connection of the database and the key that encrypts "
        "passwords (Airflow, 'Configuration Reference', expose_config)"),
    Attack("callers of Kong write from which address they call", OPEN, release(
        "kong", "2.52.0", {
            "proxy": {"type": "ClusterIP"}, "manager": {"enabled": False}, "env": {
                "database": "off", "trusted_ips": "0.0.0.0/0,::/0", "real_ip_header": "X-Forwarded-For",
                "real_ip_recursive": "on"}}),
        "major", "each list of allowed addresses is passed with a header (Kong Gateway, 'Configuration reference', "
        "trusted_ips)"),
    Attack("sessions of Argo CD are good for ten years", OPEN, release(
        "argo-cd", "9.1.4", {"configs": {"cm": {"users.session.duration": "87600h"}}}, "argocd"),
        "major", "a stolen session of a local account, that of the administrator too, deploys until somebody changes "
        "the password (Argo CD, argocd-cm, users.session.duration, read 2026-11-29)"),
)  # fmt: skip
