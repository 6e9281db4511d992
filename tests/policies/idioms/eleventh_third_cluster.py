"""Good idioms of clusters in everyday shapes, written blind after the mends of the eleventh set (2026-11-29)."""

import json

from ..blind import IMAGE, ME, TAGS, k8s, meta, pod
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, listed, secret_variable
from .eleventh_cluster import allowed, priced, top
from .fourth_kubernetes import release
from .sixth_kubernetes import GPU, MODELS, TOLERATED, claim, service

ECR = f"{ME}.dkr.ecr.me-central-1.amazonaws.com"
CERTIFICATE = f"arn:aws:acm:me-central-1:{ME}:certificate/11111111-2222-3333-4444-555555555555"
POOL = {"issuer": "https://login.example.ae/realms/bank",
        "authorizationEndpoint": "https://login.example.ae/realms/bank/protocol/openid-connect/auth",
        "tokenEndpoint": "https://login.example.ae/realms/bank/protocol/openid-connect/token",
        "userInfoEndpoint": "https://login.example.ae/realms/bank/protocol/openid-connect/userinfo",
        "secretName": "portal-oidc"}  # fmt: skip
SHIPPER = """[SERVICE]
    Flush 5
[INPUT]
    Name tail
    Path /var/log/app/*.log
[FILTER]
    Name modify
    Match *
    Remove authorization
[OUTPUT]
    Name loki
    Match *
    Host loki.monitoring.svc.cluster.local
    Port 3100
    tls on
    tls.verify on
    labels job=app
"""
TRAINED = {"residency": MODELS["residency"], "identity": {"trusted": {"login.example.ae": "our own sign-in"}}}


def _rest(port: int) -> dict[str, object]:
    return {"service": {"name": "portal", "port": {"number": port}}}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("an inner balancer of AWS signs people in before the portal", (inside(
        "networking.k8s.io/v1:Ingress", "portal", {
            "ingressClassName": "alb", "tls": [{"hosts": ["portal.example.ae"]}], "rules": [{
                "host": "portal.example.ae", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend":
                                                                 _rest(443)}]}}]},
        annotations={
            "alb.ingress.kubernetes.io/scheme": "internal", "alb.ingress.kubernetes.io/target-type": "ip",
            "alb.ingress.kubernetes.io/listen-ports": json.dumps([{"HTTPS": 443}]),
            "alb.ingress.kubernetes.io/certificate-arn": CERTIFICATE,
            "alb.ingress.kubernetes.io/ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
            "alb.ingress.kubernetes.io/backend-protocol": "HTTPS",
            "alb.ingress.kubernetes.io/auth-type": "oidc", "alb.ingress.kubernetes.io/auth-scope": "openid email",
            "alb.ingress.kubernetes.io/auth-on-unauthenticated-request": "authenticate",
            "alb.ingress.kubernetes.io/auth-idp-oidc": json.dumps(POOL)}),),
        "kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations",
        {**TRAINED, **priced("networking.k8s.io/v1:Ingress", "portal")}),
    Idiom("an inner gateway of Azure has the portal's certificate from a vault", (inside(
        "networking.k8s.io/v1:Ingress", "claims", {
            "ingressClassName": "azure-application-gateway", "tls": [{"hosts": ["claims.example.ae"]}], "rules": [{
                "host": "claims.example.ae", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend":
                                                                 _rest(8443)}]}}]},
        annotations={"appgw.ingress.kubernetes.io/use-private-ip": "true",
                     "appgw.ingress.kubernetes.io/ssl-redirect": "true",
                     "appgw.ingress.kubernetes.io/appgw-ssl-certificate": "claims",
                     "appgw.ingress.kubernetes.io/backend-protocol": "https"}),),
        "azure.github.io/application-gateway-kubernetes-ingress/annotations",
        {**MODELS, **priced("networking.k8s.io/v1:Ingress", "claims")}),
    Idiom("a database of the data centre is a service of the cluster", (
        inside("core/v1:Service", "core", {
            "type": "ExternalName", "externalName": "core.example.ae"}),),
        "kubernetes.io/docs/concepts/services-networking/service", MODELS),
    Idiom("a quota lets important pods have most of the machines", (inside("core/v1:ResourceQuota", "important", {
        "hard": {"cpu": "40", "memory": "160Gi", "pods": "100"}, "scopeSelector": {"matchExpressions": [
            {"scopeName": "PriorityClass", "operator": "In", "values": ["business"]}]}}),),
        "kubernetes.io/docs/concepts/policy/resource-quotas"),
    Idiom("shares of Azure for several pods are private and spread over zones", (k8s(
        "storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "shared", "labels": TAGS}, "provisioner": "file.csi.azure.com",
            "allowVolumeExpansion": True, "reclaimPolicy": "Retain", "mountOptions": ["mfsymlinks", "actimeo=30"],
            "parameters": {"skuName": "Premium_ZRS", "protocol": "smb", "networkEndpointType": "privateEndpoint",
                           "allowBlobPublicAccess": "false", "requireInfraEncryption": "true",
                           "location": "uaenorth", "storageAccount": "stbank", "resourceGroup": "rg-platform"}},
        "shared"),), "github.com/kubernetes-sigs/azurefile-csi-driver, docs/driver-parameters",
        {"residency": {"known": {
            "stbank": "the bank's own account, in uaenorth"}}}),
    Idiom("an app on AKS signs in by its service account", (
        k8s("core/v1:ServiceAccount", {"metadata": meta("claims", annotations={
            "azure.workload.identity/client-id": "11111111-2222-3333-4444-555555555555",
            "azure.workload.identity/tenant-id": "00000000-1111-2222-3333-444444444444"})}, "account"),
        k8s("apps/v1:Deployment", {"metadata": meta("claims"), "spec": {
            "replicas": 2, "selector": {"matchLabels": {"app": "claims"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "claims", "azure.workload.identity/use": "true"}},
                "spec": pod({"env": [{"name": "VAULT", "value": "https://kv-bank.vault.azure.net"}]},
                            serviceAccountName="claims")}}}, "claims"),
        inside("policy/v1:PodDisruptionBudget", "claims", {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "claims"}}})),
        "azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations",
        {"residency": {"known": {"kv-bank.vault.azure.net": "the bank's own vault, in uaenorth"}}}),
    Idiom("how large pods should be is only recommended", (inside(
        "autoscaling.k8s.io/v1:VerticalPodAutoscaler", "claims", {
            "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "claims"},
            "updatePolicy": {"updateMode": "Off"}}),), "kubernetes.io/docs/concepts/workloads/autoscaling"),
    Idiom("viewers of namespaces see the team's own kinds too", (k8s(
        "rbac.authorization.k8s.io/v1:ClusterRole", {
            "metadata": {"name": "models-view", "labels": {
                **TAGS, "rbac.authorization.k8s.io/aggregate-to-view": "true"}},
            "rules": [{"apiGroups": ["serving.kserve.io"], "resources": ["inferenceservices", "servingruntimes"],
                       "verbs": ["get", "list", "watch"]}]}, "view"),),
        "kubernetes.io/docs/reference/access-authn-authz/rbac"),
    Idiom("images have a digest or a version by a policy of Kyverno", (top("kyverno.io/v1:ClusterPolicy", "versions", {
        "background": True, "failurePolicy": "Fail", "rules": [{
            "name": "versions", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]}, "validate": {
                "failureAction": "Enforce", "message": "Name a version", "pattern": {"spec": {"containers": [
                    {"image": "!*:latest & *:*"}], "=(initContainers)": [{"image": "!*:latest & *:*"}]}}}}]}),),
        "kyverno.io/policies/best-practices/disallow-latest-tag"),
    Idiom("images come from the bank's registry, by Gatekeeper", (top(
        "constraints.gatekeeper.sh/v1beta1:K8sAllowedRepos", "bank", {
            "enforcementAction": "deny", "match": {
                "kinds": [{"apiGroups": [""], "kinds": ["Pod"]}], "excludedNamespaces": ["kube-system"]},
            "parameters": {"repos": [f"{ECR}/"]}}),),
        "open-policy-agent.github.io/gatekeeper-library/website/validation/allowedrepos"),
    Idiom("limits of replicas are parameters of an admission policy", (
        top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", "replicas", {
            "failurePolicy": "Fail", "paramKind": {"apiVersion": "v1", "kind": "ConfigMap"}, "matchConstraints": {
                "resourceRules": [{"apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                                   "resources": ["deployments"]}]},
            "validations": [{"expression": "object.spec.replicas <= int(params.data.most)",
                             "messageExpression": "'at most ' + params.data.most"}]}),
        top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", "replicas", {
            "policyName": "replicas", "validationActions": ["Deny", "Audit"],
            "paramRef": {"name": "replicas", "namespace": "kube-system", "parameterNotFoundAction": "Deny"}})),
        "kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy"),
    Idiom("logs of an app go to the cluster's own store, without tokens", (k8s("core/v1:ConfigMap", {
        "metadata": meta("shipper"), "data": {"fluent-bit.conf": SHIPPER}}, "shipper"),),
        "docs.fluentbit.io/manual/data-pipeline/outputs/loki"),
    Idiom("alarms of a team are sent to the bank's own desk", (inside(
        "monitoring.coreos.com/v1alpha1:AlertmanagerConfig", "desk", {
            "route": {"receiver": "desk", "groupBy": ["alertname"], "repeatInterval": "4h"},
            "receivers": [{"name": "desk", "webhookConfigs": [{
                "url": "https://desk.example.ae/alarms", "sendResolved": True, "httpConfig": {
                    "authorization": {"type": "Bearer", "credentials": {"name": "desk", "key": "token"}},
                    "tlsConfig": {"ca": {"configMap": {"name": "bank-authority", "key": "ca.crt"}}}}}]}]}),),
        "prometheus-operator.dev/docs/developer/alerting", MODELS),
    Idiom("texts become vectors by a small model on processors", service(
        "vectors", IMAGE, 8080, "/health", args=["--model-id", "/models/bge-m3", "--port", "8080"], env=[
            {"name": "HF_HUB_OFFLINE", "value": "1"}, secret_variable("API_KEY", "vectors", "key")],
        volumes=[{"name": "models", "persistentVolumeClaim": {"claimName": "models", "readOnly": True}}],
        volumeMounts=[{"name": "models", "mountPath": "/models", "readOnly": True}]),
        "huggingface.co/docs/text-embeddings-inference"),
    Idiom("a model of claims has a step before it that cuts pages", (inside(
        "serving.kserve.io/v1beta1:InferenceService", "claims", {
            "predictor": {"minReplicas": 1, "maxReplicas": 2, "tolerations": TOLERATED, **pod(
                {"name": "kserve-container", "resources": {"requests": GPU, "limits": GPU}})},
            "transformer": {"minReplicas": 1, "maxReplicas": 2, **pod({"name": "kserve-container"})}}),),
        "kserve.github.io/website/docs/model-serving/predictive-inference/transformers",
        priced("serving.kserve.io/v1beta1:InferenceService", "claims")),
    Idiom("a claim of a volume is filled from a snapshot", (inside("core/v1:PersistentVolumeClaim", "restored", {
        "accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted", "resources": {"requests": {
            "storage": "20Gi"}}, "dataSource": {
                "apiGroup": "snapshot.storage.k8s.io", "kind": "VolumeSnapshot", "name": "before"}}),),
        "kubernetes.io/docs/concepts/storage/persistent-volumes", priced("core/v1:PersistentVolumeClaim", "restored")),
    Idiom("certificates of the mesh come from a private authority of AWS", (top(
        "awspca.cert-manager.io/v1beta1:AWSPCAClusterIssuer", "bank", {
            "arn": f"arn:aws:acm-pca:me-central-1:{ME}:certificate-authority/1111", "region": "me-central-1"}),),
        "github.com/cert-manager/aws-privateca-issuer", allowed(
            "awspca.cert-manager.io", **priced("awspca.cert-manager.io/v1beta1:AWSPCAClusterIssuer", "bank"))),
    Idiom("secrets of a vault of Azure are read by the operator's own identity", (top(
        "external-secrets.io/v1:ClusterSecretStore", "bank", {
            "conditions": [{"namespaces": ["team-a"]}], "provider": {"azurekv": {
                "authType": "WorkloadIdentity", "vaultUrl": "https://kv-bank.vault.azure.net",
                "serviceAccountRef": {"name": "reader", "namespace": "team-a"}}}}),),
        "external-secrets.io/latest/provider/azure-key-vault", {"residency": {"known": {
            "kv-bank.vault.azure.net": "the bank's own vault, in uaenorth"}}}),
    Idiom("hosts of the bank are probed from the cluster", (release(
        "prometheus-blackbox-exporter", "https://prometheus-community.github.io/helm-charts", "11.4.1", {
            "replicas": 2, "resources": SMALL, "securityContext": CLOSED, "config": {"modules": {"https": {
                "prober": "http", "timeout": "5s", "http": {"fail_if_not_ssl": True, "tls_config": {
                    "insecure_skip_verify": False, "ca_file": "/etc/ca/ca.crt"}}}}},
            "serviceMonitor": {"enabled": True, "targets": [
                {"name": "portal", "url": "https://portal.example.ae/health", "module": "https"}]}}),),
        "github.com/prometheus-community/helm-charts", MODELS),
    Idiom("the operator of PostgreSQL is installed by its chart", (release(
        "cloudnative-pg", "https://cloudnative-pg.github.io/charts", "0.26.1", {
            "replicaCount": 2, "resources": SMALL, "crds": {"create": True}, "config": {"clusterWide": True, "data": {
                "INHERITED_LABELS": ",".join(TAGS)}}, "monitoring": {"podMonitorEnabled": True}}),),
        "cloudnative-pg.io/charts", listed("https://cloudnative-pg.github.io/charts")),
    Idiom("volumes of EKS are encrypted by the class that the driver's chart makes", (release(
        "aws-ebs-csi-driver", "https://kubernetes-sigs.github.io/aws-ebs-csi-driver", "2.52.1", {
            "controller": {"replicaCount": 2, "extraVolumeTags": TAGS, "resources": SMALL, "serviceAccount": {
                "annotations": {"eks.amazonaws.com/role-arn": f"arn:aws:iam::{ME}:role/ebs"}}},
            "storageClasses": [{"name": "encrypted", "volumeBindingMode": "WaitForFirstConsumer", "parameters": {
                "type": "gp3", "encrypted": "true"}}], "node": {"tolerateAllTaints": True}}),),
        "github.com/kubernetes-sigs/aws-ebs-csi-driver",
        listed("https://kubernetes-sigs.github.io/aws-ebs-csi-driver")),
    Idiom("GPUs are found and offered by two charts without an operator", (
        release("node-feature-discovery", "https://kubernetes-sigs.github.io/node-feature-discovery/charts", "0.18.2", {
            "master": {"replicaCount": 1, "resources": SMALL}, "worker": {"tolerations": TOLERATED},
            "gc": {"interval": "1h"}}),
        release("nvidia-device-plugin", "https://nvidia.github.io/k8s-device-plugin", "0.18.0", {
            "migStrategy": "single", "failOnInitError": True, "tolerations": TOLERATED, "nodeSelector": {
                "nvidia.com/gpu.present": "true"}, "gfd": {"enabled": True}})),
        "github.com/NVIDIA/k8s-device-plugin", listed(
            "https://kubernetes-sigs.github.io/node-feature-discovery/charts",
            "https://nvidia.github.io/k8s-device-plugin")),
    Idiom("a stack of vLLM by its chart reads the bank's own weights", (release(
        "vllm-stack", "https://vllm-project.github.io/production-stack", "0.1.7", {
            "servingEngineSpec": {
                "enableEngine": True, "vllmApiKey": {"secretName": "vllm", "secretKey": "key"}, "modelSpec": [{
                    "name": "llama", "repository": f"{ECR}/vllm", "tag": "v0.11.2", "modelURL": "/models/llama-3.1-8b",
                    "replicaCount": 1, "requestCPU": 6, "requestMemory": "24Gi", "requestGPU": 1, "labels": TAGS,
                    "pvcStorage": "50Gi", "storageClass": "encrypted", "vllmConfig": {
                        "maxModelLen": 8192, "extraArgs": ["--disable-log-requests"]}}]},
            "routerSpec": {"enableRouter": True, "repository": f"{ECR}/vllm-router", "tag": "v0.1.7",
                           "replicaCount": 2, "serviceType": "ClusterIP", "ingress": {"enabled": False}}}),),
        "docs.vllm.ai/projects/production-stack", listed("https://vllm-project.github.io/production-stack")),
    Idiom("datasets of a team lie on a claim that a job fills once", (
        claim("datasets", "50Gi"),
        inside("batch/v1:Job", "fill", {"backoffLimit": 2, "activeDeadlineSeconds": 7200, "ttlSecondsAfterFinished":
                                        3600, "template": {"metadata": {"labels": TAGS}, "spec": pod({
                                            "command": ["aws", "s3", "sync", "s3://bank-models/datasets", "/data"],
                                            "env": [{"name": "AWS_REGION", "value": "me-central-1"}],
                                            "volumeMounts": [{"name": "data", "mountPath": "/data"}]},
                                            restartPolicy="Never", volumes=[{"name": "data", "persistentVolumeClaim": {
                                                "claimName": "datasets"}}])}})),
        "awscli.amazonaws.com/v2/documentation/api/latest/reference/s3/sync",
        {**MODELS, **priced("core/v1:PersistentVolumeClaim", "datasets")}),
    Idiom("databases may only be asked by the apps of their namespace", (
        inside("networking.k8s.io/v1:NetworkPolicy", "database", {
            "podSelector": {"matchLabels": {"cnpg.io/cluster": "orders"}}, "policyTypes": ["Ingress"], "ingress": [
                {"from": [{"podSelector": {"matchLabels": {"database": "orders"}}}],
                 "ports": [{"port": 5432, "protocol": "TCP"}]},
                {"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "cnpg-system"}}}],
                 "ports": [{"port": 8000, "protocol": "TCP"}]}]}),),
        "cloudnative-pg.io/documentation/current/networking"),
    Idiom("routes of TLS lead to a database by its name", (inside(
        "gateway.networking.k8s.io/v1alpha3:TLSRoute", "orders", {
            "parentRefs": [{"name": "inner", "sectionName": "tls"}], "hostnames": ["orders.db.example.ae"],
            "rules": [{"backendRefs": [{"name": "orders-rw", "port": 5432}]}]}),),
        "gateway-api.sigs.k8s.io/guides/tls-routing", {**MODELS, "kubernetes": {"authenticated_gateways": {
            "team-a/inner": "passes TLS through to databases, which ask for passwords"}}}),
    Idiom("a session of R is closed to others and rests at night", (
        inside("apps/v1:StatefulSet", "rstudio", {
            "serviceName": "rstudio", "replicas": 1, "selector": {"matchLabels": {"app": "rstudio"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "rstudio"}}, "spec": pod(
                    {"env": [secret_variable("PASSWORD", "rstudio", "password")], "ports": [{"containerPort": 8787}],
                     "readinessProbe": {"tcpSocket": {"port": 8787}},
                     "volumeMounts": [{"name": "home", "mountPath": "/home/rstudio"}]},
                    volumes=[{"name": "home", "persistentVolumeClaim": {"claimName": "home"}}])}}),
        claim("home", "10Gi"),
        inside("policy/v1:PodDisruptionBudget", "rstudio", {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "rstudio"}}}),
        inside("keda.sh/v1alpha1:ScaledObject", "rstudio", {
            "scaleTargetRef": {"kind": "StatefulSet", "name": "rstudio"}, "minReplicaCount": 0, "maxReplicaCount": 1,
            "triggers": [{"type": "cron", "metadata": {"timezone": "Asia/Dubai", "start": "0 7 * * 1-5",
                                                       "end": "0 19 * * 1-5", "desiredReplicas": "1"}}]})),
        "rocker-project.org/images/versioned/rstudio", priced("core/v1:PersistentVolumeClaim", "home")),
    Idiom("pods of a batch are spread by descending importance", (
        k8s("scheduling.k8s.io/v1:PriorityClass", {"metadata": {"name": "batch", "labels": TAGS}, "value": 100,
                                                   "preemptionPolicy": "Never", "globalDefault": False}, "batch"),
        inside("batch/v1:CronJob", "score", {
            "schedule": "0 4 * * *", "timeZone": "Asia/Dubai", "concurrencyPolicy": "Forbid", "suspend": False,
            "jobTemplate": {"metadata": {"labels": TAGS}, "spec": {
                "parallelism": 4, "completions": 4, "completionMode": "Indexed", "activeDeadlineSeconds": 10800,
                "template": {"metadata": {"labels": TAGS}, "spec": pod(
                    {"args": ["score", "--shards=4"]}, restartPolicy="OnFailure", priorityClassName="batch")}}}})),
        "kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption"),
)  # fmt: skip
