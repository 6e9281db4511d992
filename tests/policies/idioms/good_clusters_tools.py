"""Good programs of clusters: machines, tools of models and messages (2026-12-03, before any rule ran)."""

from ..blind import ME, TAGS
from . import Idiom, unpriced
from .fourth import R
from .good_clusters_data import known
from .twentieth_goodb_charts import merged
from .twenty_fifth_good_clusters import ACR, AT_TMP, DIGEST, SCRATCH, account, guarded, probe, served
from .twenty_fourth_good_clusters import USER, head, named, on_eks, whole
from .twenty_third_azure import GROUP, TENANT
from .twenty_third_azure_charts import CLIENT, MONITOR, POD, chart, closed, listed, made, sized, space

AQUA, CROSSPLANE = "https://aquasecurity.github.io/helm-charts", "https://charts.crossplane.io/stable"
NVIDIA, KARPENTER = "https://helm.ngc.nvidia.com/nvidia", "oci://public.ecr.aws/karpenter"
TEMPORAL, WEAVIATE = "https://go.temporal.io/helm-charts", "https://weaviate.github.io/weaviate-helm"
HELD = {"automountServiceAccountToken": False, "securityContext": POD, "volumes": [SCRATCH]}

IDIOMS: tuple[Idiom, ...] = (
    Idiom("chart trivy-operator: images and settings of chosen namespaces are checked each day, from the bank's mirror",
        (
        space("trivy-system"), closed("trivy-system"),
        chart("trivy-operator", AQUA, "0.31.0", "trivy-system", {
            "targetNamespaces": "shop,claims,chat", "excludeNamespaces": "kube-system", "operator": {
                "scanJobsConcurrentLimit": 3, "scanJobTTL": "30m", "configAuditScannerEnabled": True,
                "exposedSecretScannerEnabled": True, "infraAssessmentScannerEnabled": False, "clusterComplianceEnabled":
                False, "scannerReportTTL": "24h", "accessGlobalSecretsAndServiceAccount": False, "podLabels": TAGS},
            "trivy": {"mode": "Standalone", "severity": "HIGH,CRITICAL", "ignoreUnfixed": True, "offlineScan": True,
                      "dbRegistry": ACR, "dbRepository": "mirror/trivy-db", "javaDbRegistry": ACR, "javaDbRepository":
                      "mirror/trivy-java-db", "resources": sized("100m", "500Mi")}, "trivyOperator": {
                "scanJobAutomountServiceAccountToken": False, "scanJobPodTemplateContainerSecurityContext": USER,
                "scanJobPodTemplatePodSecurityContext": POD, "scanJobCompressLogs": True}, "nodeCollector": {
                "useNodeSelector": False}, "podSecurityContext": POD, "securityContext": USER, "resources":
            sized("100m", "512Mi"), "serviceMonitor": {"enabled": True}})),
        "aquasecurity/trivy-operator deploy/helm/values.yaml; aquasecurity.github.io/trivy-operator/latest/getting-"
        "started/installation/configuration, as known", listed(AQUA), charts=("trivy-operator",)),
    Idiom("Karpenter: pools of two kinds, GPUs that end when idle, budgets of changes by hours and sealed disks",
        on_eks(
        chart("karpenter", KARPENTER, "1.8.2", "kube-system", {
            "serviceAccount": {"create": True, "name": "karpenter"}, "settings": {
                "clusterName": "apps", "interruptionQueue": "karpenter-interruptions", "featureGates": {
                    "spotToSpotConsolidation": True}}, "replicas": 2, "controller": {"resources": sized("1", "1Gi")},
            "podLabels": TAGS, "serviceMonitor": {"enabled": True}, "dnsPolicy": "Default"}),
        whole("karpenter.k8s.aws/v1:EC2NodeClass", "bank", {
            "amiFamily": "Bottlerocket", "amiSelectorTerms": [{"alias": "bottlerocket@v1.49.0"}], "role":
            "karpenter-node", "subnetSelectorTerms": [{"tags": {"karpenter.sh/discovery": "apps"}}],
            "securityGroupSelectorTerms": [{"tags": {"karpenter.sh/discovery": "apps"}}], "associatePublicIPAddress":
            False, "metadataOptions": {"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit":
                                       1, "httpProtocolIPv6": "disabled"}, "blockDeviceMappings": [
                {"deviceName": name, "ebs": {"volumeSize": size, "volumeType": "gp3", "encrypted": True, "kmsKeyID":
                    f"arn:aws:kms:{R}:{ME}:key/11111111-2222-3333-4444-555555555555", "deleteOnTermination": True}}
                for name, size in (("/dev/xvda", "4Gi"), ("/dev/xvdb", "100Gi"))], "detailedMonitoring": False,
            "kubelet": {"maxPods": 58, "systemReserved": {"cpu": "100m", "memory": "200Mi"}}, "tags": TAGS}),
        *(whole("karpenter.sh/v1:NodePool", name, {
            "weight": weight, "limits": limits, "disruption": {
                "consolidationPolicy": "WhenEmptyOrUnderutilized" if name == "general" else "WhenEmpty",
                "consolidateAfter": "5m", "budgets": [{"nodes": "10%"}, {
                    "nodes": "0", "schedule": "0 4 * * 1-5", "duration": "10h", "reasons": ["Drifted"]}]},
            "template": {"metadata": {"labels": {**TAGS, "pool": name}}, "spec": {
                "expireAfter": "336h", "terminationGracePeriod": "1h", "nodeClassRef": {
                    "group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "bank"}, "taints": taints,
                "requirements": [
                    {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["spot", "on-demand"]},
                    {"key": "kubernetes.io/arch", "operator": "In", "values": ["amd64"]},
                    {"key": "karpenter.k8s.aws/instance-family", "operator": "In", "values": families},
                    {"key": "karpenter.k8s.aws/instance-size", "operator": "In", "values": sizes},
                    {"key": "topology.kubernetes.io/zone", "operator": "In", "values": [f"{R}{z}" for z in "abc"]}]}}})
          for name, weight, limits, taints, families, sizes in (
            ("general", 10, {"cpu": "96", "memory": "384Gi"}, [], ["m6i", "m7i", "c6i", "c7i"], ["xlarge", "2xlarge"]),
            ("gpu", 5, {"nvidia.com/gpu": "4"}, [{"key": "nvidia.com/gpu", "effect": "NoSchedule"}], ["g5", "g6"], [
                "xlarge", "2xlarge"])))),
        "karpenter.sh/docs/concepts/nodepools; .../nodeclasses; .../disruption, as known", listed()),
    Idiom("KEDA: a service of Azure answers by the figures of Prometheus in the cluster, no more than its hours allow",
        (
        space("translate"), closed("translate"), account("translate", "translate"),
        served("translate", "translate", {"image": f"{ACR}/translate{DIGEST}", "resources": sized("500m", "1Gi"),
            "ports":
            [{"name": "http", "containerPort": 8080}], "readinessProbe": probe("/ready", 8080), "lifecycle": {
                "preStop": {"sleep": {"seconds": 10}}}}),
        *guarded("translate", "translate", 8080, "portal"),
        named("keda.sh/v1alpha1:TriggerAuthentication", "figures", "translate", {"secretTargetRef": [
            {"parameter": "bearerToken", "name": "figures", "key": "token"},
            {"parameter": "ca", "name": "bank-ca", "key": "ca.crt"}]}),
        named("keda.sh/v1alpha1:ScaledObject", "translate", "translate", {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "translate"},
                "minReplicaCount": 2,
            "maxReplicaCount": 12, "pollingInterval": 15, "cooldownPeriod": 600, "fallback": {
                "failureThreshold": 3, "replicas": 4, "behavior": "currentReplicasIfHigher"}, "advanced": {
                "scalingModifiers": {"formula": "max(calls, wait)", "target": "10", "activationTarget": "1"}},
            "triggers": [
                {"type": "prometheus", "name": name, "metricType": "AverageValue", "metadata": {
                    "serverAddress": "https://prometheus.monitoring.svc:9090", "query": query, "threshold": "10",
                    "authModes": "bearer", "unsafeSsl": "false"}, "authenticationRef": {"name": "figures"}}
                for name, query in (("calls", 'sum(rate(http_requests_total{app="translate"}[1m]))'), (
                    "wait", 'max(http_queue_depth{app="translate"})'))]})),
        "keda.sh/docs/2.18/scalers/prometheus; .../concepts/scaling-deployments#scaling-modifiers, as known", listed()),
    Idiom("chart gpu-operator: drivers come with the image, cards are shared in time, and figures of cards are kept", (
        chart("gpu-operator", NVIDIA, "v25.10.0", "gpu-operator", {
            "driver": {"enabled": False}, "toolkit": {"enabled": True, "env": [
                {"name": "CONTAINERD_SOCKET", "value": "/run/containerd/containerd.sock"}]}, "cdi": {
                    "enabled": True, "default": True}, "devicePlugin": {"config": {
                        "create": True, "name": "sharing", "default": "any", "data": {"any":
                            "version: v1\nsharing:\n  timeSlicing:\n    failRequestsGreaterThanOne: true\n"
                            "    resources:\n    - name: nvidia.com/gpu\n      replicas: 4\n"}}},
            "dcgmExporter": {"serviceMonitor": {"enabled": True, "interval": "30s"},
                "config": {"name": "dcgm-figures"}},
            "mig": {"strategy": "single"}, "gfd": {"enabled": True}, "nfd": {"enabled": True}, "sandboxWorkloads": {
                "enabled": False}, "operator": {"upgradeCRD": False, "cleanupCRD": False, "resources":
                                                sized("200m", "512Mi")}, "daemonsets": {"labels": TAGS, "tolerations": [
                    {"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]}}),
        made("core/v1:ConfigMap", {"metadata": head("dcgm-figures", "gpu-operator"), "data": {"dcgm-metrics.csv":
            "DCGM_FI_DEV_GPU_UTIL, gauge, GPU utilization (in %).\nDCGM_FI_DEV_FB_USED, gauge, memory used (in MiB).\n"
            }}, "figures")),
        "docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/gpu-sharing.html; .../getting-started, as known",
        listed()),
    Idiom("chart temporal: flows of payments in the bank's own tables by TLS, with tokens of Entra and a closed screen",
        (
        space("temporal"), closed("temporal"),
        chart("temporal", TEMPORAL, "0.71.0", "temporal", {
            "server": {
                "replicaCount": 2, "podLabels": TAGS, "resources": sized("500m", "1Gi"), "config": {
                    "logLevel": "info", "numHistoryShards": 512, "persistence": {"defaultStore": "default",
                        "visibilityStore": "visibility", "datastores": {name: {"sql": {
                            "pluginName": "postgres12", "databaseName": f"temporal_{name}", "connectAddr":
                            "temporal-rw.temporal.svc:5432", "user": "temporal", "existingSecret": "temporal-db",
                            "secretKey": "password", "maxConns": 20, "tls": {
                                "enabled": True, "caFile": "/tls/ca.crt", "serverName": "temporal-rw.temporal.svc"}}}
                            for name in ("default", "visibility")}},
                    "tls": {part: {"server": {"certFile": "/tls/tls.crt", "keyFile": "/tls/tls.key",
                        "requireClientAuth":
                                              True, "clientCaFiles": ["/tls/ca.crt"]}, "client": {
                                                  "serverName": "frontend.temporal.svc", "rootCaFiles": [
                                                      "/tls/ca.crt"]}} for part in ("internode", "frontend")},
                    "authorization": {"jwtKeyProvider": {"keySourceURIs": [
                        f"https://login.microsoftonline.com/{TENANT}/discovery/v2.0/keys"], "refreshInterval": "1h"},
                        "permissionsClaimName": "roles", "authorizer": "default", "claimMapper": "default"}},
                "additionalVolumes": [{"name": "tls", "secret": {"secretName": "temporal-tls"}}],
                "additionalVolumeMounts": [{"name": "tls", "mountPath": "/tls", "readOnly": True}], "metrics": MONITOR},
            "cassandra": {"enabled": False}, "mysql": {"enabled": False}, "postgresql": {"enabled": True},
            "elasticsearch": {"enabled": False}, "prometheus": {"enabled": False}, "grafana": {"enabled": False},
            "admintools": {"enabled": False}, "web": {"enabled": False}, "schema": {
                "createDatabase": {"enabled": False}, "setup": {"enabled": True}, "update": {"enabled": True}}})),
        "temporalio/helm-charts charts/temporal/values/values.postgresql.yaml; docs.temporal.io/self-hosted-guide/"
        "security, as known", listed(TEMPORAL), charts=("temporal",)),
    Idiom("MLflow: records of trainings with the bank's sign-in before it, tables of the bank, files by identity", (
        space("records"), closed("records"), account("mlflow", "records",
            **{"azure.workload.identity/client-id": CLIENT}),
        served("mlflow", "records", {}, containers=[
                {"name": "mlflow", "image": f"{ACR}/mlflow{DIGEST}", "securityContext": USER, "volumeMounts": [AT_TMP],
                 "args": ["mlflow", "server", "--host=127.0.0.1", "--port=5000", "--serve-artifacts", "--workers=4",
                          "--artifacts-destination=abfss://records@stmlflowprod.dfs.core.windows.net/"], "env": [
                     {"name": "MLFLOW_BACKEND_STORE_URI", "valueFrom": {"secretKeyRef": {"name": "mlflow",
                         "key": "uri"}}},
                     {"name": "MLFLOW_DISABLE_TELEMETRY", "value": "true"}], "resources": sized("500m", "2Gi")},
                {"name": "sign-in", "image": f"{ACR}/oauth2-proxy{DIGEST}", "securityContext": USER, "args": [
                    "--provider=entra-id", f"--oidc-issuer-url=https://login.microsoftonline.com/{TENANT}/v2.0",
                    f"--client-id={CLIENT}", "--entra-id-federated-token-auth=true", "--upstream=http://127.0.0.1:5000",
                    "--https-address=0.0.0.0:8443", "--tls-cert-file=/tls/tls.crt", "--tls-key-file=/tls/tls.key",
                    "--tls-min-version=TLS1.3", "--email-domain=bank.ae", "--cookie-secure=true",
                    "--cookie-samesite=strict", "--redirect-url=https://mlflow.apps.bank.ae/oauth2/callback",
                    "--allowed-group=22222222-3333-4444-5555-666666666666"], "env": [
                        {"name": "OAUTH2_PROXY_COOKIE_SECRET", "valueFrom": {"secretKeyRef": {
                            "name": "sign-in", "key": "cookie"}}}], "ports": [{"name": "https", "containerPort": 8443}],
                 "readinessProbe": {"httpGet": {"path": "/ready", "port": 8443, "scheme": "HTTPS"},
                     "periodSeconds": 10},
                 "volumeMounts": [{"name": "tls", "mountPath": "/tls", "readOnly": True}], "resources":
                 sized("50m", "128Mi")}], volumes=[SCRATCH, {"name": "tls", "secret": {"secretName": "mlflow-tls"}}]),
        *guarded("mlflow", "records", 8443, "ingress")),
        "mlflow.org/docs/latest/self-hosting/architecture; oauth2-proxy.github.io/oauth2-proxy/configuration/providers/"
        "ms_entra_id, as known", merged(listed(), {"residency": {"known": {
            "stmlflowprod.dfs.core.windows.net": "our own, in uaenorth"}}})),
    Idiom("chart weaviate: three nodes by sign-in and roles, vectors of the bank's own model, and copies", (
        space("search"), closed("search"),
        chart("weaviate", WEAVIATE, "17.5.0", "search", {
            "image": {"registry": "cr.weaviate.io", "tag": "1.34.0"}, "initContainers": {
                "sysctlInitContainer": {"enabled": False}}, "replicas": 3, "resources": sized("2", "8Gi"),
            "labels": TAGS, "storage": {"size": "100Gi", "storageClassName": "sealed-zrs"}, "service": {
                "type": "ClusterIP"}, "grpcService": {"enabled": True, "type": "ClusterIP"}, "authentication": {
                "anonymous_access": {"enabled": False}, "oidc": {
                    "enabled": True, "issuer": f"https://login.microsoftonline.com/{TENANT}/v2.0", "client_id": CLIENT,
                    "username_claim": "oid", "groups_claim": "groups"}}, "authorization": {"rbac": {
                        "enabled": True, "root_users": ["33333333-4444-5555-6666-777777777777"]}}, "modules": {
                "text2vec-huggingface": {"enabled": False}, "text2vec-transformers": {
                    "enabled": True, "passageQueryServices": {}, "inferenceUrl": "http://embedder.search.svc:8080"}},
            "backups": {"s3": {"enabled": True, "envconfig": {
                "BACKUP_S3_BUCKET": "vectors", "BACKUP_S3_ENDPOINT": "s3.dc1.example.ae", "BACKUP_S3_USE_SSL": True},
                "envSecrets": {"AWS_ACCESS_KEY_ID": "weaviate-s3", "AWS_SECRET_ACCESS_KEY": "weaviate-s3"}}}, "env": {
                "DISABLE_TELEMETRY": "true", "DEFAULT_VECTORIZER_MODULE": "text2vec-transformers", "LOG_LEVEL": "info",
                "PROMETHEUS_MONITORING_ENABLED": True}, "containerSecurityContext": USER, "podSecurityContext": POD,
            "serviceMonitor": {"enabled": True}})),
        "weaviate/weaviate-helm weaviate/values.yaml; docs.weaviate.io/deploy/configuration/authentication, as known",
        merged(listed(WEAVIATE), {"residency": {"known": {"vectors": "our bucket of the store of the data centre"}}})),
    Idiom("RabbitMQ: a cluster of three by the operator, rooms, users and rules of topology as objects, by TLS", (
        space("letters"), closed("letters"),
        named("rabbitmq.com/v1beta1:RabbitmqCluster", "letters", "letters", {
            "replicas": 3, "image": f"{ACR}/rabbitmq{DIGEST}", "service": {"type": "ClusterIP"}, "tls": {
                "secretName": "letters-tls", "caSecretName": "bank-ca", "disableNonTLSListeners": True},
                    "persistence": {
                "storageClassName": "sealed-zrs", "storage": "20Gi"}, "resources": sized("500m", "2Gi"), "rabbitmq": {
                "additionalPlugins": ["rabbitmq_prometheus"], "additionalConfig":
                "ssl_options.versions.1 = tlsv1.3\nssl_options.verify = verify_peer\n"
                "ssl_options.fail_if_no_peer_cert = true\nvm_memory_high_watermark.relative = 0.7\n"},
            "terminationGracePeriodSeconds": 600, "override": {"statefulSet": {"spec": {"template": {
                "metadata": {"labels": TAGS}, "spec": {"securityContext": POD, "containers": [
                    {"name": "rabbitmq", "securityContext": USER}]}}}}}}),
        *(named(f"rabbitmq.com/v1beta1:{kind}", name, "letters", {
            **spec, "rabbitmqClusterReference": {"name": "letters"}}) for kind, name, spec in (
            ("Vhost", "claims", {"name": "claims", "defaultQueueType": "quorum"}),
            ("Queue", "claims-new", {"name": "claims-new", "vhost": "claims", "type": "quorum", "durable": True,
                                     "arguments": {"x-delivery-limit": 5}}),
            ("User", "claims-app", {"tags": [], "importCredentialsSecret": {"name": "claims-user"}}),
            ("Permission", "claims-app", {"vhost": "claims", "userReference": {"name": "claims-app"}, "permissions": {
                "configure": "", "write": "^claims-.*$", "read": "^claims-.*$"}}),
            ("Policy", "lengths", {"name": "lengths", "vhost": "claims", "pattern": "^claims-.*", "applyTo": "queues",
                                   "definition": {"max-length": 100000, "overflow": "reject-publish"}})))),
        "rabbitmq.com/kubernetes/operator/using-operator; .../using-topology-operator, as known", merged(
            listed(escape=known("rabbitmq.com")), unpriced(
                "kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster::letters-RabbitmqCluster"))),
    Idiom("chart crossplane: a store of Azure is made of one claim by workload identity, in the country and closed", (
        space("crossplane-system"), closed("crossplane-system"),
        chart("crossplane", CROSSPLANE, "2.1.1", "crossplane-system", {
            "replicas": 2, "customLabels": TAGS, "leaderElection": True, "resourcesCrossplane": sized("200m", "1Gi"),
            "resourcesRBACManager": sized("50m", "256Mi"), "metrics": {"enabled": True},
                "securityContextCrossplane": USER,
            "podSecurityContextCrossplane": POD, "provider": {"packages": []}, "args": ["--enable-usages"]}),
        whole("pkg.crossplane.io/v1:Provider", "provider-azure-storage", {
            "package": f"{ACR}/provider-azure-storage:v2.3.0@sha256:" + "7" * 64, "packagePullPolicy": "IfNotPresent",
            "revisionActivationPolicy": "Manual", "revisionHistoryLimit": 2, "runtimeConfigRef": {
                "apiVersion": "pkg.crossplane.io/v1beta1", "kind": "DeploymentRuntimeConfig", "name": "azure"}}),
        whole("azure.m.upbound.io/v1beta1:ClusterProviderConfig", "default", {
            "credentials": {"source": "OIDCTokenFile"}, "clientID": CLIENT, "tenantID": TENANT, "subscriptionID":
            "00000000-0000-0000-0000-000000000001"}),
        space("archive"),
        named("storage.azure.m.upbound.io/v1beta1:Account", "starchiveprod", "archive", {
            "managementPolicies": ["Observe", "Create", "Update", "LateInitialize"], "forProvider": {
                "location": "UAE North", "resourceGroupName": GROUP.rpartition("/")[2], "accountTier": "Standard",
                "accountReplicationType": "ZRS", "accountKind": "StorageV2", "minTlsVersion": "TLS1_2",
                "httpsTrafficOnlyEnabled": True, "allowNestedItemsToBePublic": False,
                    "publicNetworkAccessEnabled": False,
                "sharedAccessKeyEnabled": False, "infrastructureEncryptionEnabled": True, "tags": TAGS}})),
        "docs.crossplane.io/latest/packages/providers; marketplace.upbound.io provider-azure-storage, "
        "as known", merged(listed(CROSSPLANE, residency={"known": {ACR: "our own registry, in uaenorth"}},
            escape={"allowed_types": {
            f"kubernetes:{group}/*": "the platform team's own room of Azure" for group in (
                "pkg.crossplane.io", "azure.m.upbound.io", "storage.azure.m.upbound.io")}}), unpriced(
            "kubernetes:storage.azure.m.upbound.io/v1beta1:Account::starchiveprod-Account",
            "kubernetes:pkg.crossplane.io/v1:Provider::provider-azure-storage-Provider",
            "kubernetes:azure.m.upbound.io/v1beta1:ClusterProviderConfig::default-ClusterProviderConfig")),
                charts=("crossplane",)),
    Idiom("Cluster API: a cluster of the data centre has three controllers, closed servers and sound machines", (
        space("clusters", "baseline"),
        named("cluster.x-k8s.io/v1beta2:Cluster", "dc1-apps", "clusters", {
            "clusterNetwork": {"pods": {"cidrBlocks": ["192.168.0.0/16"]},
                "services": {"cidrBlocks": ["10.96.0.0/16"]}},
            "controlPlaneRef": {"apiGroup": "controlplane.cluster.x-k8s.io", "kind": "KubeadmControlPlane", "name":
                                "dc1-apps"}, "infrastructureRef": {
                "apiGroup": "infrastructure.cluster.x-k8s.io", "kind": "Metal3Cluster", "name": "dc1-apps"}}),
        named("controlplane.cluster.x-k8s.io/v1beta2:KubeadmControlPlane", "dc1-apps", "clusters", {
            "replicas": 3, "version": "v1.34.2", "machineTemplate": {"spec": {"infrastructureRef": {
                "apiGroup": "infrastructure.cluster.x-k8s.io", "kind": "Metal3MachineTemplate",
                    "name": "dc1-control"}}},
            "rollout": {"strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1}}}, "kubeadmConfigSpec": {
                "clusterConfiguration": {"apiServer": {"extraArgs": [
                    {"name": "anonymous-auth", "value": "false"}, {"name": "profiling", "value": "false"},
                    {"name": "audit-log-path", "value": "/var/log/kubernetes/audit.log"},
                    {"name": "audit-policy-file", "value": "/etc/kubernetes/audit.yaml"},
                    {"name": "encryption-provider-config", "value": "/etc/kubernetes/encryption.yaml"},
                    {"name": "tls-min-version", "value": "VersionTLS12"}, {"name": "authorization-mode", "value":
                                                                          "Node,RBAC"}]}},
                "initConfiguration": {"nodeRegistration": {"kubeletExtraArgs": [
                    {"name": "anonymous-auth", "value": "false"}, {"name": "rotate-certificates",
                        "value": "true"}]}}}}),
        named("cluster.x-k8s.io/v1beta2:MachineHealthCheck", "dc1-apps", "clusters", {
            "clusterName": "dc1-apps", "selector": {"matchLabels": {"pool": "workers"}}, "checks": {
                "nodeStartupTimeoutSeconds": 1200, "unhealthyNodeConditions": [
                    {"type": "Ready", "status": "Unknown", "timeoutSeconds": 300}]}, "remediation": {
                "triggerIf": {"unhealthyLessThanOrEqualTo": "40%"}}})),
        "cluster-api.sigs.k8s.io/tasks/control-plane/kubeadm-control-plane; .../automated-machine-management/"
        "healthchecking, as known", merged(listed(escape={"allowed_types": {
            "kubernetes:cluster.x-k8s.io/*": "the data centre's own clusters, read by the platform team",
            "kubernetes:controlplane.cluster.x-k8s.io/*":
                "the data centre's own clusters, read by the platform team"}}),
            unpriced(
                "kubernetes:controlplane.cluster.x-k8s.io/v1beta2:KubeadmControlPlane::dc1-apps-KubeadmControlPlane",
                     "kubernetes:cluster.x-k8s.io/v1beta2:Cluster::dc1-apps-Cluster",
                     "kubernetes:cluster.x-k8s.io/v1beta2:MachineHealthCheck::dc1-apps-MachineHealthCheck"))),
)  # fmt: skip
