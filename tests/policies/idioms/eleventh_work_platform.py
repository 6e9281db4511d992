"""Good idioms of programs on clusters: pipelines, controllers, machines and gateways (eleventh set, blind)."""

from ..blind import GROUP, IMAGE, KEY, ME, TAGS, aws, k8s, meta, pod
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .eleventh_charts import SIGN_IN, SMALL, inside, listed, role
from .eleventh_cluster import allowed, top
from .fourth_kubernetes import BUDGET, release

IDIOMS: tuple[Idiom, ...] = (
    Idiom("workflows by their chart ask for the bank's sign-in and are archived", (release(
        "argo-workflows", "https://argoproj.github.io/argo-helm", "0.46.1", {
            "server": {"authModes": ["sso"], "secure": True, "replicas": 2, "resources": SMALL, "sso": {
                "enabled": True, "issuer": "https://login.example.ae/realms/bank",
                "clientId": {"name": "workflows-sso", "key": "id"},
                "clientSecret": {"name": "workflows-sso", "key": "secret"}, "rbac": {"enabled": True},
                "redirectUrl": "https://workflows.example.ae/oauth2/callback", "scopes": ["groups"]},
                "ingress": {"enabled": True, "ingressClassName": "nginx-internal", "hosts": ["workflows.example.ae"],
                            "tls": [{"secretName": "workflows-tls", "hosts": ["workflows.example.ae"]}]}},
            "controller": {"workflowNamespaces": ["team-a"], "parallelism": 20, "persistence": {
                "archive": True, "archiveTTL": "30d", "postgresql": {
                    "host": "workflows-db.argo.svc.cluster.local", "port": 5432, "database": "argo", "ssl": True,
                    "sslMode": "verify-full", "userNameSecret": {"name": "argo-db", "key": "user"},
                    "passwordSecret": {"name": "argo-db", "key": "password"}}}, "resources": SMALL},
            "singleNamespace": False, "artifactRepository": {"s3": {
                "bucket": "bank-models", "endpoint": "s3.me-central-1.amazonaws.com", "region": "me-central-1",
                "useSDKCreds": True, "encryptionOptions": {"enableEncryption": True}}}}),),
        "argo-workflows.readthedocs.io/en/latest/argo-server-sso",
        listed("https://argoproj.github.io/argo-helm", identity=SIGN_IN)),
    Idiom("jobs of the bank's own GitLab run in pods without rights", (release(
        "gitlab-runner", "https://charts.gitlab.io", "0.83.0", {
            "gitlabUrl": "https://gitlab.example.ae/", "concurrent": 10, "checkInterval": 10, "rbac": {
                "create": False}, "serviceAccount": {"create": False, "name": "runner"},
            "certsSecretName": "bank-authority", "securityContext": {"runAsUser": 10001, "fsGroup": 65533},
            "runners": {"secret": "runner", "config": f"""[[runners]]
  executor = "kubernetes"
  [runners.kubernetes]
    namespace = "builds"
    image = "{IMAGE}"
    privileged = false
    allow_privilege_escalation = false
    service_account = "build"
    cpu_limit = "2"
    memory_limit = "4Gi"
    [runners.kubernetes.pod_security_context]
      run_as_non_root = true
      run_as_user = 10001
"""}, "resources": SMALL}),),
        "docs.gitlab.com/runner/install/kubernetes", listed("https://charts.gitlab.io"), charts=("gitlab-runner",)),
    Idiom("pipelines of data by the chart of Dagster keep their runs in the bank's database", (release(
        "dagster", "https://dagster-io.github.io/helm", "1.12.2", {
            "global": {"postgresqlSecretName": "dagster-db"}, "generatePostgresqlPasswordSecret": False,
            "postgresql": {"enabled": False, "postgresqlHost": "dagster-db.data.svc.cluster.local",
                           "postgresqlUsername": "dagster", "postgresqlParams": {"sslmode": "verify-full"}},
            "telemetry": {"enabled": False}, "dagsterWebserver": {"replicaCount": 2, "enableReadOnly": True},
            "dagster-user-deployments": {"enabled": True, "deployments": [{
                "name": "marts", "image": {"repository": f"{ME}.dkr.ecr.me-central-1.amazonaws.com/marts",
                                           "tag": "2026.11.3", "pullPolicy": "IfNotPresent"}, "port": 3030,
                "dagsterApiGrpcArgs": ["-m", "marts"], "envSecrets": [{"name": "marts"}], "resources": SMALL}]},
            "runLauncher": {"type": "K8sRunLauncher", "config": {"k8sRunLauncher": {
                "runK8sConfig": {"podTemplateSpecMetadata": {"labels": TAGS}}}}},
            "ingress": {"enabled": False}}),),
        "docs.dagster.io/deployment/oss/deployment-options/kubernetes",
        listed("https://dagster-io.github.io/helm"), charts=("dagster",)),
    Idiom("a controller of the team watches its own objects and leads alone", (
        k8s("core/v1:ServiceAccount", {"metadata": meta("keeper")}, "keeper"),
        *role("keeper", "team-a", {"apiGroups": ["coordination.k8s.io"], "resources": ["leases"],
                                   "resourceNames": ["keeper"], "verbs": ["get", "update"]},
              {"apiGroups": ["models.example.ae"], "resources": ["adapters"], "verbs": ["get", "list", "watch"]},
              {"apiGroups": ["models.example.ae"], "resources": ["adapters/status"], "verbs": ["update", "patch"]}),
        k8s("apps/v1:Deployment", {"metadata": meta("controller"), "spec": {
            "replicas": 2, "selector": {"matchLabels": {"app": "keeper"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "keeper"}}, "spec": pod(
                    {"args": ["--leader-elect", "--metrics-bind-address=:8443", "--metrics-secure"]},
                    serviceAccountName="keeper", automountServiceAccountToken=True)}}}, "controller"),
        inside("policy/v1:PodDisruptionBudget", "keeper", {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "keeper"}}})),
        "book.kubebuilder.io/reference/metrics"),
    Idiom("a program of the stack's own cluster of EKS, by its kubeconfig", (
        BUDGET,
        Given("pulumi:providers:kubernetes", {"kubeconfig": UNKNOWN, "enableServerSideApply": "true"}, "eks",
              links={"kubeconfig": ("cluster",)}),
        aws("eks/Cluster", {
            "name": "bank", "version": "1.34", "roleArn": f"arn:aws:iam::{ME}:role/eks", "tags": TAGS,
            "deletionProtection": True, "accessConfig": {"authenticationMode": "API"}, "zonalShiftConfig": {
                "enabled": True}, "upgradePolicy": {"supportType": "STANDARD"},
            "enabledClusterLogTypes": ["api", "audit", "authenticator", "controllerManager", "scheduler"],
            "encryptionConfig": {"provider": {"keyArn": KEY}, "resources": ["secrets"]}, "vpcConfig": {
                "subnetIds": ["subnet-1", "subnet-2"], "endpointPrivateAccess": True, "endpointPublicAccess": False}},
            "cluster", protect=True)),
        "pulumi.com/docs/iac/clouds/kubernetes/guides/eks", unpriced("aws:eks/cluster:Cluster::cluster")),
    Idiom("machines of AKS for batches are made by need, and of few kinds", (
        top("karpenter.azure.com/v1beta1:AKSNodeClass", "batch", {
            "imageFamily": "AzureLinux", "osDiskSizeGB": 128, "maxPods": 60, "tags": TAGS,
            "security": {"encryptionAtHost": True}, "vnetSubnetID":
            f"{GROUP}/providers/Microsoft.Network/virtualNetworks/spoke/subnets/nodes"}),
        top("karpenter.sh/v1:NodePool", "batch", {
            "limits": {"cpu": "64"}, "disruption": {"consolidationPolicy": "WhenEmptyOrUnderutilized",
                                                    "consolidateAfter": "5m"},
            "template": {"metadata": {"labels": {**TAGS, "falaj.io/workload-profile": "general"}}, "spec": {
                "nodeClassRef": {"group": "karpenter.azure.com", "kind": "AKSNodeClass", "name": "batch"},
                "expireAfter": "168h", "requirements": [
                    {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["spot"]},
                    {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": ["Standard_D8s_v5"]}]}}})),
        "learn.microsoft.com/azure/aks/node-auto-provisioning-node-pools", unpriced(
            "kubernetes:karpenter.sh/v1:NodePool::batch")),
    Idiom("models of several servers are reached through one gateway for models", (
        inside("aigateway.envoyproxy.io/v1alpha1:AIGatewayRoute", "models", {
            "parentRefs": [{"name": "models", "kind": "Gateway", "group": "gateway.networking.k8s.io"}],
            "rules": [{"matches": [{"headers": [{"type": "Exact", "name": "x-ai-eg-model", "value": "llama-3.1-8b"}]}],
                       "backendRefs": [{"name": "llama"}], "timeouts": {"request": "120s"}}],
            "llmRequestCosts": [{"metadataKey": "llm_total_token", "type": "TotalToken"}]}),
        inside("aigateway.envoyproxy.io/v1alpha1:AIServiceBackend", "llama", {
            "schema": {"name": "OpenAI"}, "backendRef": {
                "name": "llama", "kind": "Backend", "group": "gateway.envoyproxy.io"}}),
        inside("gateway.envoyproxy.io/v1alpha1:Backend", "llama", {"endpoints": [{"fqdn": {
            "hostname": "llama.models.svc.cluster.local", "port": 8000}}]})),
        "aigateway.envoyproxy.io/docs/capabilities/llm-integrations/connect-providers",
        allowed("aigateway.envoyproxy.io")),
)  # fmt: skip
