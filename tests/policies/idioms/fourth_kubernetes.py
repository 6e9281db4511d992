"""Good idioms of clusters, written with the code of the pack and without sight of the others (2026-11-28)."""

from collections.abc import Mapping

from ..blind import GROUP, IMAGE, KEY, KUBE, ME, TAGS, aws, az, k8s, meta, pod, workload
from ..harness import UNKNOWN, Given
from . import Idiom
from .fourth import HERE, ID, KEY_URL, RG, VNET

OURS = f"{GROUP}/providers/Microsoft"
GATEWAY, PROJECTS = "gateway-api.sigs.k8s.io", "github.com"
TOP = {"labels": TAGS}
LAW = f"{OURS}.OperationalInsights/workspaces/law"
BUDGET = aws("budgets/Budget", {
    "name": "platform", "budgetType": "COST", "timeUnit": "MONTHLY", "limitAmount": "20000", "limitUnit": "USD",
    "tags": TAGS, "notifications": [
        {"comparisonOperator": "GREATER_THAN", "threshold": 80, "thresholdType": "PERCENTAGE",
         "notificationType": kind, "subscriberEmailAddresses": ["finops@example.ae"]}
        for kind in ("ACTUAL", "FORECASTED")]}, "budget")  # fmt: skip
AZURE_BUDGET = az("consumption:Budget", {
    "scope": GROUP[1:], "budgetName": "platform", "amount": 60000, "category": "Cost", "timeGrain": "Monthly",
    "timePeriod": {"startDate": "2026-11-01T00:00:00Z"}, "notifications": {
        kind: {"enabled": True, "operator": "GreaterThan", "threshold": 80, "thresholdType": kind,
               "contactEmails": ["finops@example.ae"]} for kind in ("Actual", "Forecasted")}}, "budget")  # fmt: skip
SYSTEM_POOL = {
    "name": "system", "mode": "System", "vmSize": "Standard_D4ds_v5", "count": 3, "osType": "Linux", "osSKU":
    "AzureLinux", "enableAutoScaling": True, "minCount": 3, "maxCount": 5, "availabilityZones": ["1", "2", "3"],
    "vnetSubnetID": f"{VNET}/subnets/nodes", "enableEncryptionAtHost": True, "enableNodePublicIP": False,
    "tags": TAGS, "type": "VirtualMachineScaleSets",
}  # fmt: skip


def _crd(kind: str, spec: Mapping[str, object], name: str = "x") -> Given:
    return k8s(kind, {"metadata": meta(name), "spec": spec}, name)


def _top(kind: str, name: str = "x", **fields: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, **TOP}, **fields}, name)


def release(chart: str, repository: str, version: str, values: Mapping[str, object]) -> Given:
    return Given("kubernetes:helm.sh/v3:Release", {
        "chart": chart, "version": version, "namespace": chart, "values": values,
        "repositoryOpts": {"repo": repository}}, chart, provider=KUBE)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a private cluster of EKS with a group of nodes", (
        BUDGET,
        aws("eks/Cluster", {"name": "bank", "roleArn": f"arn:aws:iam::{ME}:role/eks", "version": "1.34", "tags": TAGS,
            "deletionProtection": True, "accessConfig": {"authenticationMode": "API"},
            "enabledClusterLogTypes": ["api", "audit", "authenticator"], "encryptionConfig": {
                "provider": {"keyArn": KEY}, "resources": ["secrets"]}, "vpcConfig": {
                    "subnetIds": ["subnet-1", "subnet-2"], "endpointPrivateAccess": True,
                    "endpointPublicAccess": False}}, "cluster", protect=True),
        aws("ec2/LaunchTemplate", {"name": "nodes", "tags": TAGS, "metadataOptions": {
            "httpTokens": "required", "httpPutResponseHopLimit": 1}, "blockDeviceMappings": [{
                "deviceName": "/dev/xvda", "ebs": {"encrypted": "true", "kmsKeyId": KEY, "volumeType": "gp3",
                                                   "volumeSize": 80}}],
            "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in (
                "instance", "volume", "network-interface")]}, "lt"),
        aws("eks/NodeGroup", {"clusterName": "bank", "nodeRoleArn": f"arn:aws:iam::{ME}:role/node", "tags": TAGS,
            "subnetIds": ["subnet-1", "subnet-2"], "instanceTypes": ["m6i.xlarge"], "scalingConfig": {
                "minSize": 2, "maxSize": 6, "desiredSize": 2}, "launchTemplate": {"id": UNKNOWN, "version": "1"},
            "labels": {"falaj.io/workload-profile": "general"}}, "nodes", links={"launchTemplate": ("lt",)})),
        f"{PROJECTS}/pulumi/pulumi-eks"),
    Idiom("a private cluster of AKS with add-ons of Azure", (
        AZURE_BUDGET, az("containerservice:ManagedCluster", {
            **HERE, "resourceName": "aks", "kubernetesVersion": "1.33", "dnsPrefix": "bank", "enableRBAC": True,
            "disableLocalAccounts": True, "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]},
            "sku": {"name": "Base", "tier": "Standard"}, "aadProfile": {"managed": True, "enableAzureRBAC": True},
            "apiServerAccessProfile": {"enablePrivateCluster": True, "privateDNSZone": "system"},
            "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay", "networkPolicy": "cilium",
                               "networkDataplane": "cilium", "outboundType": "userDefinedRouting"},
            "agentPoolProfiles": [SYSTEM_POOL], "diskEncryptionSetID":
                f"{OURS}.Compute/diskEncryptionSets/des", "oidcIssuerProfile": {"enabled": True},
            "securityProfile": {"workloadIdentity": {"enabled": True}, "azureKeyVaultKms": {
                "enabled": True, "keyId": KEY_URL, "keyVaultNetworkAccess": "Private",
                "keyVaultResourceId": f"{OURS}.KeyVault/vaults/kv-bank"}},
            "addonProfiles": {"azurepolicy": {"enabled": True}, "azureKeyvaultSecretsProvider": {
                "enabled": True, "config": {"enableSecretRotation": "true"}}, "omsagent": {
                    "enabled": True, "config": {"logAnalyticsWorkspaceResourceID": LAW, "useAADAuth": "true"}}},
            "autoUpgradeProfile": {"upgradeChannel": "patch", "nodeOSUpgradeChannel": "NodeImage"}}, "aks",
            protect=True)), "learn.microsoft.com/azure/aks"),
    Idiom("a private workspace of Azure ML", (az("machinelearningservices:Workspace", {
        **HERE, "workspaceName": "ml", "sku": {"name": "Basic", "tier": "Basic"}, "publicNetworkAccess": "Disabled",
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}, "primaryUserAssignedIdentity": ID,
        "keyVault": f"{OURS}.KeyVault/vaults/kv-bank", "storageAccount": f"{OURS}.Storage/storageAccounts/stbank",
        "applicationInsights": f"{OURS}.Insights/components/ml", "systemDatastoresAuthMode": "Identity",
        "containerRegistry": f"{OURS}.ContainerRegistry/registries/crbank", "managedNetwork": {
            "isolationMode": "AllowOnlyApprovedOutbound"}, "encryption": {
                "status": "Enabled", "keyVaultProperties": {
                    "keyIdentifier": KEY_URL, "keyVaultArmId": f"{OURS}.KeyVault/vaults/kv-bank"}}}, "ml",
        protect=True),), "learn.microsoft.com/azure/machine-learning"),
    Idiom("a namespace of a team with quota and a closed network", (
        k8s("core/v1:Namespace", {"metadata": {"name": "team-a", "labels": {
            **TAGS, "pod-security.kubernetes.io/enforce": "restricted"}}}, "ns"),
        k8s("core/v1:ResourceQuota", {"metadata": meta("quota"), "spec": {"hard": {
            "requests.cpu": "40", "requests.memory": "160Gi", "requests.nvidia.com/gpu": "4"}}}, "quota"),
        _crd("networking.k8s.io/v1:NetworkPolicy", {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}, "deny"),
        k8s("core/v1:ServiceAccount", {"metadata": meta("default"), "automountServiceAccountToken": False}, "default"),
    ), "kubernetes.io/docs/concepts/policy"),
    Idiom("a web service with its budget of disruption", (
        workload("apps/v1:Deployment", {"ports": [{"containerPort": 8443}], "readinessProbe": {
            "httpGet": {"path": "/ready", "port": 8443, "scheme": "HTTPS"}}}, topologySpreadConstraints=[{
                "maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "ScheduleAnyway",
                "labelSelector": {"matchLabels": {"app": "x"}}}]),
        k8s("core/v1:Service", {"metadata": meta(), "spec": {"type": "ClusterIP", "selector": {"app": "x"}, "ports": [
            {"port": 443, "targetPort": 8443}]}}, "svc"),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(), "spec": {"maxUnavailable": 1, "selector": {
            "matchLabels": {"app": "x"}}}}, "pdb")), "kubernetes.io/docs/tasks/run-application"),
    Idiom("an issuer and a certificate of the bank's own authority", (
        _top("cert-manager.io/v1:ClusterIssuer", "bank-ca", spec={"ca": {"secretName": "bank-ca"}}),
        _crd("cert-manager.io/v1:Certificate", {
            "secretName": "orders-tls", "dnsNames": ["orders.example.ae"], "duration": "2160h", "privateKey": {
                "algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"},
            "issuerRef": {"name": "bank-ca", "kind": "ClusterIssuer"}}, "orders")), "cert-manager.io/docs"),
    Idiom("cert-manager by its chart, twice", (release("cert-manager", "https://charts.jetstack.io", "v1.19.1", {
        "crds": {"enabled": True}, "replicaCount": 2, "podDisruptionBudget": {"enabled": True}}),),
        "cert-manager.io/docs/installation/helm"),
    Idiom("a store of secrets in the country and what it fills", (
        _crd("external-secrets.io/v1:SecretStore", {"provider": {"aws": {
            "service": "SecretsManager", "region": "me-central-1", "auth": {"jwt": {"serviceAccountRef": {
                "name": "orders"}}}}}}, "store"),
        _crd("external-secrets.io/v1:ExternalSecret", {
            "refreshInterval": "1h", "secretStoreRef": {"name": "store", "kind": "SecretStore"},
            "target": {"name": "orders-db", "creationPolicy": "Owner"},
            "data": [{"secretKey": "password", "remoteRef": {"key": "orders/db", "property": "password"}}]}, "db")),
        "external-secrets.io"),
    Idiom("a vault of Azure fills secrets by workload identity", (_crd("external-secrets.io/v1:SecretStore", {
        "provider": {"azurekv": {"authType": "WorkloadIdentity", "vaultUrl": "https://kv-bank.vault.azure.net",
                                 "serviceAccountRef": {"name": "orders"}}}}, "store"),), "external-secrets.io"),
    Idiom("Argo CD's applications of a team, listed with their reviewer", (
        _crd("argoproj.io/v1alpha1:AppProject", {
            "sourceRepos": ["https://git.example.ae/bank/orders.git"], "destinations": [{
                "namespace": "orders", "server": "https://kubernetes.default.svc"}], "clusterResourceWhitelist": []},
             "orders"),
        _crd("argoproj.io/v1alpha1:Application", {
            "project": "orders", "source": {"repoURL": "https://git.example.ae/bank/orders.git", "path": "deploy",
                                            "targetRevision": "main"},
            "destination": {"namespace": "orders", "server": "https://kubernetes.default.svc"},
            "syncPolicy": {"automated": {"prune": True, "selfHeal": True}}}, "app")), "argo-cd.readthedocs.io",
        {"escape": {"allowed_types": {
            "kubernetes:argoproj.io/v1alpha1:Application": "bank/orders, reviewed by the platform team"}},
         "residency": {"known": {"git.example.ae": "the bank's own server in Abu Dhabi"}}}),
    Idiom("monitors and rules of a service", (
        _crd("monitoring.coreos.com/v1:ServiceMonitor", {"selector": {"matchLabels": {"app": "x"}}, "endpoints": [{
            "port": "metrics", "interval": "30s", "scheme": "https"}]}, "monitor"),
        _crd("monitoring.coreos.com/v1:PrometheusRule", {"groups": [{"name": "x", "rules": [{
            "alert": "Errors", "expr": "rate(errors_total[5m]) > 1", "for": "10m", "labels": {"severity": "page"},
            "annotations": {"summary": "See https://runbooks.example.ae/errors"}}]}]}, "rule")),
        "prometheus-operator.dev"),
    Idiom("the stack of Prometheus by its chart", (
        release("kube-prometheus-stack", "https://prometheus-community.github.io/helm-charts", "79.1.0", {
            "grafana": {"enabled": False}, "alertmanager": {"enabled": True}, "prometheus": {"prometheusSpec": {
                "retention": "15d", "storageSpec": {"volumeClaimTemplate": {"metadata": {"labels": TAGS}, "spec": {
                    "storageClassName": "fast", "resources": {"requests": {"storage": "100Gi"}}}}}}}}),),
        f"{PROJECTS}/prometheus-community/helm-charts"),
    Idiom("a collector that exports into its own cluster", (_crd("opentelemetry.io/v1beta1:OpenTelemetryCollector", {
        "mode": "deployment", "replicas": 2, "image": IMAGE, "resources": {
            "requests": {"cpu": "200m", "memory": "512Mi"}, "limits": {"memory": "512Mi"}},
        "securityContext": {"runAsNonRoot": True, "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                            "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}},
        "config": {"receivers": {"otlp": {"protocols": {"grpc": {"endpoint": "0.0.0.0:4317"}}}},
                   "exporters": {"otlp": {"endpoint": "tempo.monitoring.svc.cluster.local:4317", "tls": {
                       "ca_file": "/tls/ca.crt"}}},
                   "service": {"pipelines": {"traces": {"receivers": ["otlp"], "exporters": ["otlp"]}}}}}, "otel"),),
        "opentelemetry.io/docs/platforms/kubernetes/operator"),
    Idiom("a class of encrypted volumes and its snapshots", (
        _top("storage.k8s.io/v1:StorageClass", "fast", provisioner="ebs.csi.aws.com", allowVolumeExpansion=True,
             reclaimPolicy="Retain", volumeBindingMode="WaitForFirstConsumer", parameters={
                 "type": "gp3", "encrypted": "true", "kmsKeyId": KEY, **{
                     f"tagSpecification_{number}": f"{key}={value}" for number, (key, value) in enumerate(
                         TAGS.items(), 1)}}),
        _top("snapshot.storage.k8s.io/v1:VolumeSnapshotClass", "daily", driver="ebs.csi.aws.com",
             deletionPolicy="Retain", parameters={f"tagSpecification_{number}": f"{key}={value}" for number, (
                 key, value) in enumerate(TAGS.items(), 1)})), f"{PROJECTS}/kubernetes-sigs/aws-ebs-csi-driver"),
    Idiom("a job of every night with a deadline", (k8s("batch/v1:CronJob", {"metadata": meta(), "spec": {
        "schedule": "0 1 * * *", "concurrencyPolicy": "Forbid", "timeZone": "Asia/Dubai", "jobTemplate": {"spec": {
            "activeDeadlineSeconds": 3600, "backoffLimit": 1, "template": {"metadata": {"labels": TAGS}, "spec": pod(
                {"args": ["close-of-day", "--date=yesterday"]}, restartPolicy="Never")}}}}}),),
        "kubernetes.io/docs/concepts/workloads/controllers/cron-jobs"),
    Idiom("a strict mesh with a policy for one caller", (
        _crd("security.istio.io/v1:PeerAuthentication", {"mtls": {"mode": "STRICT"}}, "strict"),
        _crd("security.istio.io/v1:AuthorizationPolicy", {"action": "ALLOW", "selector": {"matchLabels": {"app": "x"}},
             "rules": [{"from": [{"source": {"principals": ["cluster.local/ns/web/sa/web"]}}],
                        "to": [{"operation": {"methods": ["GET"], "paths": ["/orders/*"]}}]}]}, "web"),
        _crd("networking.istio.io/v1:DestinationRule", {"host": "x.team-a.svc.cluster.local", "trafficPolicy": {
            "tls": {"mode": "ISTIO_MUTUAL"}}}, "mtls")), "istio.io/latest/docs"),
    Idiom("scaling of a consumer by the length of its queue", (
        _crd("keda.sh/v1alpha1:TriggerAuthentication", {"podIdentity": {"provider": "aws"}}, "aws"),
        _crd("keda.sh/v1alpha1:ScaledObject", {"scaleTargetRef": {"name": "x"}, "minReplicaCount": 0,
             "maxReplicaCount": 20, "triggers": [{"type": "aws-sqs-queue", "authenticationRef": {"name": "aws"},
                 "metadata": {"queueURL": f"https://sqs.me-central-1.amazonaws.com/{ME}/work", "queueLength": "10",
                              "awsRegion": "me-central-1"}}]}, "scale")), "keda.sh/docs"),
    Idiom("a database of CloudNativePG with backups in the country", (_crd("postgresql.cnpg.io/v1:Cluster", {
        "instances": 3, "imageName": IMAGE, "storage": {"size": "100Gi", "storageClass": "fast"},
        "inheritedMetadata": {"labels": TAGS}, "enableSuperuserAccess": False, "resources": {
            "requests": {"cpu": "2", "memory": "8Gi"}, "limits": {"memory": "8Gi"}},
        "backup": {"retentionPolicy": "30d", "barmanObjectStore": {
            "destinationPath": "s3://bank-backups/orders", "endpointURL": "https://s3.me-central-1.amazonaws.com",
            "s3Credentials": {"inheritFromIAMRole": True}, "wal": {"encryption": "aws:kms"},
            "data": {"encryption": "aws:kms"}}}}, "orders"),), "cloudnative-pg.io/documentation",
        {"residency": {"known": {"bank-backups": "the bank's own bucket, in me-central-1"}}},
        doubt="The class of its volumes is in another stack, so that their price is not known"),
    Idiom("a place of Velero's backups and their schedule", (
        _crd("velero.io/v1:BackupStorageLocation", {"provider": "aws", "objectStorage": {
            "bucket": "bank-backups", "prefix": "velero"}, "config": {
                "region": "me-central-1", "kmsKeyId": KEY, "serverSideEncryption": "aws:kms"}}, "default"),
        _crd("velero.io/v1:Schedule", {"schedule": "0 2 * * *", "template": {
            "includedNamespaces": ["orders"], "ttl": "720h", "storageLocation": "default"}}, "nightly")),
        "velero.io/docs"),
    Idiom("a role of people who look at one namespace", (
        k8s("rbac.authorization.k8s.io/v1:Role", {"metadata": meta("viewer"), "rules": [{
            "apiGroups": ["", "apps"], "resources": ["pods", "pods/log", "deployments", "events"],
            "verbs": ["get", "list", "watch"]}]}, "role"),
        k8s("rbac.authorization.k8s.io/v1:RoleBinding", {"metadata": meta("viewers"), "roleRef": {
            "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "viewer"}, "subjects": [{
                "apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "team-a-developers"}]}, "binding")),
        "kubernetes.io/docs/reference/access-authn-authz/rbac"),
    Idiom("a cache of Azure that only the spoke reaches", (az("redis:Redis", {
        **HERE, "name": "cache", "sku": {"name": "Premium", "family": "P", "capacity": 1}, "enableNonSslPort": False,
        "minimumTlsVersion": "1.2", "publicNetworkAccess": "Disabled", "disableAccessKeyAuthentication": True,
        "zones": ["1", "2"], "redisConfiguration": {"aadEnabled": "true"}}, "cache", protect=True),
        az("network:PrivateEndpoint", {**RG, "location": "uaenorth", "tags": TAGS, "privateEndpointName": "cache",
           "subnet": {"id": f"{VNET}/subnets/app"}, "privateLinkServiceConnections": [{
               "name": "cache", "groupIds": ["redisCache"], "privateLinkServiceId": f"{OURS}.Cache/redis/cache"}]},
           "pe")), "learn.microsoft.com/azure/azure-cache-for-redis"),
)  # fmt: skip
