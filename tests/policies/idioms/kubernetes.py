"""Objects and charts of clusters: namespaces, policies, workloads, operators, and charts from listed sources."""

from dataclasses import replace

from ..blind import KEY, ME, TAGS, cluster_role, crd, k8s, meta, pod, workload
from ..harness import UNKNOWN, Given
from . import Idiom
from .aws_platform import BUDGET as BUDGET_AWS
from .aws_platform import EKS
from .azure_platform import AKS, lock
from .azure_platform import BUDGET as BUDGET_AZURE

ECR = f"oci://{ME}.dkr.ecr.me-central-1.amazonaws.com/charts"
RBAC = "rbac.authorization.k8s.io/v1"
NETWORKING = "networking.k8s.io/v1"
DOCS = "kubernetes.io/docs"
RESTRICTED = {"pod-security.kubernetes.io/enforce": "restricted", "pod-security.kubernetes.io/warn": "restricted"}
RESOURCES = {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "128Mi"}}
PROBES = {
    "readinessProbe": {"httpGet": {"path": "/readyz", "port": 8080}},
    "livenessProbe": {"httpGet": {"path": "/healthz", "port": 8080}},
    "ports": [{"containerPort": 8080, "name": "http"}],
}  # fmt: skip
SPREAD = [{"maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "ScheduleAnyway",
           "labelSelector": {"matchLabels": {"app": "x"}}}]  # fmt: skip
BUDGET = k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(), "spec": {
    "maxUnavailable": 1, "selector": {"matchLabels": {"app": "x"}}}}, "pdb")  # fmt: skip


def chart(name: str, repo: str, version: str, values: dict[str, object], namespace: str = "platform") -> Given:
    """Returns a release of a chart."""
    return k8s("helm.sh/v3:Release", {
        "chart": name, "version": version, "namespace": namespace, "createNamespace": False, "atomic": True,
        "repositoryOpts": {"repo": repo}, "values": values}, name)  # fmt: skip


def mirrored(name: str, version: str, values: dict[str, object]) -> Given:
    """Returns a release of a chart that is mirrored to the platform's own registry."""
    return k8s("helm.sh/v3:Release", {"chart": f"{ECR}/{name}", "version": version, "namespace": name,
                                      "values": values}, name)  # fmt: skip


def bound(kind: str, role: str, subject: dict[str, str], namespace: str = "team-a") -> Given:
    """Returns the binding of a role in a namespace."""
    return k8s(f"{RBAC}:RoleBinding", {
        "metadata": {"name": "x", "namespace": namespace}, "subjects": [subject],
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": kind, "name": role}}, "binding")  # fmt: skip


def within(cluster: tuple[Given, ...], name: str, *plan: Given) -> tuple[Given, ...]:
    """Returns a plan in a cluster of the stack, whose kubeconfig is not known before deployment."""
    provider = Given("pulumi:providers:kubernetes", {"kubeconfig": UNKNOWN}, "site", links={"kubeconfig": (name,)})
    return (*cluster, provider, *(replace(given, provider={"kubeconfig": UNKNOWN}) for given in plan))


def on_eks(*plan: Given) -> tuple[Given, ...]:
    """Returns a plan in the EKS cluster of the stack."""
    return within((BUDGET_AWS, EKS), "cluster", *plan)


def on_aks(*plan: Given) -> tuple[Given, ...]:
    """Returns a plan in the AKS cluster of the stack."""
    return within((BUDGET_AZURE, AKS, lock(UNKNOWN, "aks")), "aks", *plan)


IDIOMS: tuple[Idiom, ...] = (
    Idiom("namespace of a team with quota, limits and a policy that denies", (
        k8s("core/v1:Namespace", {"metadata": {"name": "team-a", "labels": {**TAGS, **RESTRICTED}}}, "ns"),
        k8s("core/v1:ResourceQuota", {"metadata": meta(), "spec": {"hard": {
            "requests.cpu": "20", "requests.memory": "64Gi", "services.loadbalancers": "0"}}}, "quota"),
        k8s("core/v1:LimitRange", {"metadata": meta(), "spec": {"limits": [{
            "type": "Container", "defaultRequest": {"cpu": "100m", "memory": "128Mi"},
            "default": {"memory": "256Mi"}}]}}, "limits"),
        k8s(f"{NETWORKING}:NetworkPolicy", {"metadata": meta("deny"), "spec": {
            "podSelector": {}, "policyTypes": ["Ingress", "Egress"]}}, "deny"),
        k8s("core/v1:ServiceAccount", {"metadata": meta("default"), "automountServiceAccountToken": False}, "sa")),
        f"{DOCS}/concepts/security/multi-tenancy"),
    Idiom("network policy for one's own namespace, the gateway and DNS", (
        k8s(f"{NETWORKING}:NetworkPolicy", {"metadata": meta(), "spec": {
            "podSelector": {"matchLabels": {"app": "x"}}, "policyTypes": ["Ingress", "Egress"],
            "ingress": [{"from": [{"namespaceSelector": {"matchLabels": {
                "kubernetes.io/metadata.name": "ingress"}}}, {"podSelector": {}}], "ports": [{"port": 8080}]}],
            "egress": [{"to": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}},
                                "podSelector": {"matchLabels": {"k8s-app": "kube-dns"}}}],
                        "ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]}]}}),),
        "ahmetb/kubernetes-network-policy-recipes"),
    Idiom("deployment with probes, a spread and a disruption budget", (
        workload("apps/v1:Deployment", PROBES, 3, topologySpreadConstraints=SPREAD), BUDGET),
        f"{DOCS}/concepts/security/pod-security-standards"),
    Idiom("stateful set with an encrypted volume of its class", on_eks(
        k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "gp3"}, "provisioner": "ebs.csi.aws.com", "reclaimPolicy": "Retain",
            "volumeBindingMode": "WaitForFirstConsumer", "allowVolumeExpansion": True, "parameters": {
                "type": "gp3", "encrypted": "true", "kmsKeyId": KEY, **{
                    f"tagSpecification_{n}": f"{key}={value}" for n, (key, value) in enumerate(TAGS.items(), 1)}}},
            "gp3"),
        k8s("apps/v1:StatefulSet", {"metadata": meta(), "spec": {
            "serviceName": "x", "replicas": 3, "selector": {"matchLabels": {"app": "x"}},
            "template": {"metadata": {"labels": {**TAGS, "app": "x"}}, "spec": pod(
                {**PROBES, "volumeMounts": [{"name": "data", "mountPath": "/data"}]},
                topologySpreadConstraints=SPREAD)},
            "volumeClaimTemplates": [{"metadata": {"name": "data", "labels": TAGS}, "spec": {
                "accessModes": ["ReadWriteOnce"], "storageClassName": "gp3",
                "resources": {"requests": {"storage": "20Gi"}}}}]}}, "sts"), BUDGET),
        "kubernetes-sigs/aws-ebs-csi-driver docs/parameters.md"),
    Idiom("nightly job with a history", (k8s("batch/v1:CronJob", {"metadata": meta(), "spec": {
        "schedule": "0 2 * * *", "timeZone": "Asia/Dubai", "concurrencyPolicy": "Forbid",
        "successfulJobsHistoryLimit": 3, "jobTemplate": {"spec": {
            "backoffLimit": 2, "activeDeadlineSeconds": 3600, "ttlSecondsAfterFinished": 86400,
            "template": {"metadata": {"labels": TAGS}, "spec": pod({}, restartPolicy="Never")}}}}}),),
        f"{DOCS}/concepts/workloads/controllers/cron-jobs"),
    Idiom("autoscaler of a deployment", (
        workload("apps/v1:Deployment", PROBES, 3, topologySpreadConstraints=SPREAD), BUDGET,
        k8s("autoscaling/v2:HorizontalPodAutoscaler", {"metadata": meta(), "spec": {
            "minReplicas": 3, "maxReplicas": 10, "scaleTargetRef": {
                "apiVersion": "apps/v1", "kind": "Deployment", "name": "x"},
            "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": {
                "type": "Utilization", "averageUtilization": 70}}}]}}, "hpa")),
        f"{DOCS}/tasks/run-application/horizontal-pod-autoscale"),
    Idiom("internal ingress with TLS for each host", (k8s(f"{NETWORKING}:Ingress", {
        "metadata": meta(annotations={"cert-manager.io/cluster-issuer": "internal-ca",
                                      "nginx.ingress.kubernetes.io/force-ssl-redirect": "true"}),
        "spec": {"ingressClassName": "nginx-internal", "tls": [{"hosts": ["orders.example.ae"], "secretName": "tls"}],
                 "rules": [{"host": "orders.example.ae", "http": {"paths": [{
                     "path": "/", "pathType": "Prefix", "backend": {
                         "service": {"name": "x", "port": {"number": 8080}}}}]}}]}}),),
        "cert-manager.io/docs/usage/ingress"),
    Idiom("internal ingress of the AWS Load Balancer Controller", on_eks(k8s(f"{NETWORKING}:Ingress", {
        "metadata": meta(annotations={
            "alb.ingress.kubernetes.io/scheme": "internal", "alb.ingress.kubernetes.io/target-type": "ip",
            "alb.ingress.kubernetes.io/listen-ports": '[{"HTTPS": 443}]',
            "alb.ingress.kubernetes.io/ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
            "alb.ingress.kubernetes.io/tags": ",".join(f"{key}={value}" for key, value in TAGS.items()),
            "alb.ingress.kubernetes.io/certificate-arn":
                f"arn:aws:acm:me-central-1:{ME}:certificate/11111111-2222-3333-4444-555555555555"}),
        "spec": {"ingressClassName": "alb", "rules": [{"host": "orders.example.ae", "http": {"paths": [{
            "path": "/", "pathType": "Prefix", "backend": {"service": {
                "name": "x", "port": {"number": 8080}}}}]}}]}}),),
        "kubernetes-sigs/aws-load-balancer-controller docs/guide/ingress/annotations.md"),
    Idiom("internal network load balancer of EKS", on_eks(k8s("core/v1:Service", {
        "metadata": meta(annotations={
            "service.beta.kubernetes.io/aws-load-balancer-type": "external",
            "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
            "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
            "service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags":
                ",".join(f"{key}={value}" for key, value in TAGS.items())}),
        "spec": {"type": "LoadBalancer", "selector": {"app": "x"}, "ports": [{"port": 443, "targetPort": 8443}]}}),),
        "docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html"),
    Idiom("internal load balancer of AKS", on_aks(k8s("core/v1:Service", {
        "metadata": meta(annotations={"service.beta.kubernetes.io/azure-load-balancer-internal": "true",
                                      "service.beta.kubernetes.io/azure-load-balancer-internal-subnet": "snet-lb"}),
        "spec": {"type": "LoadBalancer", "selector": {"app": "x"}, "ports": [{"port": 443, "targetPort": 8443}]}}),),
        "learn.microsoft.com/azure/aks/internal-lb"),
    Idiom("team that edits its own namespace", (
        bound("ClusterRole", "edit", {"kind": "Group", "name": "team-a", "apiGroup": "rbac.authorization.k8s.io"}),),
        f"{DOCS}/reference/access-authn-authz/rbac"),
    Idiom("role of an operator for its own objects", (cluster_role(
        {"apiGroups": ["example.ae"], "resources": ["widgets", "widgets/status"],
         "verbs": ["get", "list", "watch", "update", "patch"]},
        {"apiGroups": [""], "resources": ["configmaps", "services"], "verbs": ["get", "list", "watch", "create"]},
        {"apiGroups": ["coordination.k8s.io"], "resources": ["leases"], "verbs": ["get", "create", "update"]}),),
        "book.kubebuilder.io, controller markers"),
    Idiom("Karpenter pool of general machines, with limits", on_eks(
        k8s("karpenter.sh/v1:NodePool", {"metadata": {"name": "general"}, "spec": {
            "limits": {"cpu": "200", "memory": "800Gi"},
            "disruption": {"consolidationPolicy": "WhenEmptyOrUnderutilized", "consolidateAfter": "1m"},
            "template": {"metadata": {"labels": TAGS}, "spec": {
                "expireAfter": "720h", "nodeClassRef": {
                    "group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "default"},
                "requirements": [
                    {"key": "karpenter.k8s.aws/instance-family", "operator": "In", "values": ["m6i", "m6g"]},
                    {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["on-demand"]},
                    {"key": "topology.kubernetes.io/zone", "operator": "In",
                     "values": ["me-central-1a", "me-central-1b"]}]}}}}, "pool"),
        k8s("karpenter.k8s.aws/v1:EC2NodeClass", {"metadata": {"name": "default"}, "spec": {
            "amiSelectorTerms": [{"alias": "al2023@v20251103"}], "role": "KarpenterNodeRole-platform", "tags": TAGS,
            "subnetSelectorTerms": [{"tags": {"karpenter.sh/discovery": "platform"}}],
            "securityGroupSelectorTerms": [{"tags": {"karpenter.sh/discovery": "platform"}}],
            "metadataOptions": {"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1},
            "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "encrypted": True, "kmsKeyID": KEY, "volumeSize": "80Gi", "volumeType": "gp3",
                "deleteOnTermination": True}}]}}, "class")), "karpenter.sh/docs/concepts/nodepools"),
    Idiom("KEDA scaler on a queue in the country", (crd("keda.sh/v1alpha1:ScaledObject", {
        "scaleTargetRef": {"name": "x"}, "minReplicaCount": 0, "maxReplicaCount": 10, "triggers": [{
            "type": "aws-sqs-queue", "authenticationRef": {"name": "aws"}, "metadata": {
                "queueURL": f"https://sqs.me-central-1.amazonaws.com/{ME}/orders", "queueLength": "5",
                "awsRegion": "me-central-1"}}]}),), "keda.sh/docs/latest/scalers/aws-sqs"),
    Idiom("external secret from Secrets Manager in the country", (
        crd("external-secrets.io/v1:SecretStore", {"provider": {"aws": {
            "service": "SecretsManager", "region": "me-central-1",
            "auth": {"jwt": {"serviceAccountRef": {"name": "orders"}}}}}}, "store"),
        k8s("external-secrets.io/v1:ExternalSecret", {"metadata": meta("db"), "spec": {
            "refreshInterval": "1h", "secretStoreRef": {"kind": "SecretStore", "name": "store"},
            "target": {"name": "db", "creationPolicy": "Owner"},
            "data": [{"secretKey": "url", "remoteRef": {"key": "orders/db", "property": "url"}}]}}, "es")),
        "external-secrets.io/latest/provider/aws-secrets-manager"),
    Idiom("issuer of cert-manager with the bank's own authority", (
        k8s("cert-manager.io/v1:ClusterIssuer", {"metadata": {"name": "internal-ca"}, "spec": {
            "ca": {"secretName": "internal-ca"}}}, "issuer"),
        crd("cert-manager.io/v1:Certificate", {
            "secretName": "tls", "dnsNames": ["orders.example.ae"], "duration": "2160h", "renewBefore": "360h",
            "privateKey": {"algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"},
            "issuerRef": {"name": "internal-ca", "kind": "ClusterIssuer"}})), "cert-manager.io/docs/configuration/ca"),
    Idiom("Istio: strict mTLS, callers by identity, JWT", (
        k8s("security.istio.io/v1:PeerAuthentication", {"metadata": {"name": "default", "namespace": "istio-system"},
                                                        "spec": {"mtls": {"mode": "STRICT"}}}, "pa"),
        crd("security.istio.io/v1:AuthorizationPolicy", {
            "selector": {"matchLabels": {"app": "x"}}, "action": "ALLOW", "rules": [{
                "from": [{"source": {"principals": ["cluster.local/ns/ingress/sa/gateway"]}}],
                "to": [{"operation": {"methods": ["GET"], "paths": ["/orders/*"]}}]}]}),
        k8s("security.istio.io/v1:RequestAuthentication", {"metadata": meta("jwt"), "spec": {
            "jwtRules": [{"issuer": "https://login.example.ae", "jwksUri": "https://login.example.ae/jwks",
                          "audiences": ["orders"]}]}},
            "jwt")), "istio.io/latest/docs/ops/best-practices/security"),
    Idiom("Prometheus rule and monitor of a service", (
        crd("monitoring.coreos.com/v1:ServiceMonitor", {
            "selector": {"matchLabels": {"app": "x"}}, "endpoints": [{"port": "http", "interval": "30s"}]}),
        k8s("monitoring.coreos.com/v1:PrometheusRule", {"metadata": meta("rules"), "spec": {"groups": [{
            "name": "orders", "rules": [{"alert": "Errors", "for": "10m", "labels": {"severity": "page"},
                                         "expr": 'rate(http_errors_total{app="x"}[5m]) > 0.1'}]}]}}, "rule")),
        "prometheus-operator.dev/docs"),
    Idiom("cert-manager by its chart", (chart(
        "cert-manager", "https://charts.jetstack.io", "1.18.2", {
            "crds": {"enabled": True, "keep": True}, "replicaCount": 2, "resources": RESOURCES,
            "global": {"commonLabels": TAGS, "leaderElection": {"namespace": "cert-manager"}},
            "podDisruptionBudget": {"enabled": True, "minAvailable": 1}}),), "cert-manager.io/docs/installation/helm"),
    Idiom("AWS Load Balancer Controller by its chart", (chart(
        "aws-load-balancer-controller", "https://aws.github.io/eks-charts", "1.13.4", {
            "clusterName": "platform", "region": "me-central-1", "vpcId": "vpc-1", "defaultTags": TAGS,
            "enableShield": False, "enableWafv2": False, "defaultTargetType": "ip", "replicaCount": 2,
            "serviceAccount": {"create": True, "annotations": {
                "eks.amazonaws.com/role-arn": f"arn:aws:iam::{ME}:role/alb"}}}, "kube-system"),),
        "aws/eks-charts stable/aws-load-balancer-controller"),
    Idiom("Prometheus by its chart, with alerts inside the cluster", (chart(
        "kube-prometheus-stack", "https://prometheus-community.github.io/helm-charts", "77.6.2", {
            "commonLabels": TAGS, "grafana": {"enabled": False}, "prometheus": {"prometheusSpec": {
                "retention": "15d", "resources": RESOURCES, "storageSpec": {"volumeClaimTemplate": {"spec": {
                    "storageClassName": "gp3", "resources": {"requests": {"storage": "50Gi"}}}}}}}}),),
        "prometheus-community/helm-charts"),
    Idiom("ingress-nginx, internal, from the platform's registry", (mirrored("ingress-nginx", "4.13.2", {
        "controller": {"replicaCount": 2, "allowSnippetAnnotations": False, "config": {"ssl-protocols": "TLSv1.3"},
                       "ingressClassResource": {"name": "nginx-internal"}, "service": {
                           "external": {"enabled": False}, "internal": {"enabled": True, "annotations": {
                               "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
                               "service.beta.kubernetes.io/aws-load-balancer-internal": "true"}}}}}),),
        "kubernetes/ingress-nginx charts/ingress-nginx"),
    Idiom("Velero from the platform's registry, with a bucket in the country", (
        mirrored("velero", "10.1.3", {"credentials": {"useSecret": False}, "configuration": {
            "backupStorageLocation": [{"name": "default", "provider": "aws", "bucket": "platform-velero",
                                       "config": {"region": "me-central-1", "kmsKeyId": KEY}}],
            "volumeSnapshotLocation": [{"provider": "aws", "config": {"region": "me-central-1"}}]}}),
        crd("velero.io/v1:Schedule", {"schedule": "0 3 * * *", "template": {
            "ttl": "720h", "includedNamespaces": ["team-a"]}})), "vmware-tanzu/helm-charts charts/velero"),
    Idiom("External Secrets from a listed source", (chart(
        "external-secrets", "https://charts.external-secrets.io", "0.20.1", {
            "installCRDs": True, "replicaCount": 2, "commonLabels": TAGS, "resources": RESOURCES}),),
        "external-secrets.io/latest/introduction/getting-started",
        {"escape": {"helm_sources": {"https://charts.external-secrets.io": "published by its project, reviewed"}}}),
    Idiom("Argo CD project and application that the team lists", (
        crd("argoproj.io/v1alpha1:AppProject", {
            "sourceRepos": ["https://git.example.ae/platform/apps.git"],
            "destinations": [{"namespace": "team-a", "server": "https://kubernetes.default.svc"}]}, "team-a"),
        k8s("argoproj.io/v1alpha1:Application", {"metadata": meta("orders", "argocd"), "spec": {
            "project": "team-a", "source": {"repoURL": "https://git.example.ae/platform/apps.git", "path": "orders",
                                            "targetRevision": "v1.4.2"},
            "destination": {"namespace": "team-a", "server": "https://kubernetes.default.svc"}}}, "app")),
        "argo-cd.readthedocs.io, declarative setup",
        {"escape": {"allowed_types": {"kubernetes:argoproj.io/v1alpha1:Application":
                                      "its repository runs the guardrails in its own pipeline"}}}),
)  # fmt: skip
