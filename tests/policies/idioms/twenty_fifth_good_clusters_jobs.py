"""Good programs of clusters: shares, memories and nightly work (set 25, before any rule ran)."""

from ..blind import TAGS
from . import Idiom, unpriced
from .twentieth_goodb_charts import merged
from .twenty_fifth_good_clusters import ACR, AT_TMP, DIGEST, SCRATCH, YUNIKORN, account, guarded, probe, served
from .twenty_fourth_good_clusters import USER, head, named, on_eks
from .twenty_third_azure_charts import CLIENT, POD, chart, closed, listed, made, sized, space

IDIOMS: tuple[Idiom, ...] = (
    Idiom("chart yunikorn: queues with shares and limits for each team, placed by namespace", (
        space("yunikorn"), closed("yunikorn"),
        chart("yunikorn", YUNIKORN, "1.7.0", "yunikorn", {
            "embedAdmissionController": True, "resources": sized("500m", "1Gi"), "podLabels": TAGS, "web": {
                "resources": sized("50m", "128Mi")}, "admissionController": {"replicaCount": 2, "resources": sized(
                    "100m", "256Mi")}, "service": {"type": "ClusterIP"}, "yunikornDefaults": {
                "service.policyGroup": "queues", "admissionController.filtering.processNamespaces": "^team-",
                "admissionController.accessControl.bypassAuth": "false", "queues.yaml":
                "partitions:\n- name: default\n  placementrules:\n  - name: tag\n    value: namespace\n"
                "    create: false\n"
                "  queues:\n  - name: root\n    submitacl: ' platform'\n    queues:\n    - name: team-risk\n"
                "      resources: {guaranteed: {vcore: 32, memory: 256Gi}, max: {vcore: 64, memory: 512Gi}}\n"}})),
        "apache/yunikorn-release helm-charts/yunikorn/values.yaml; yunikorn.apache.org/docs/user_guide/queue_config, "
        "as known", listed(YUNIKORN), charts=("yunikorn",)),
    Idiom("pgvector: three instances hold what models remember, with TLS, a pool and backups by identity", (
        space("memory"), closed("memory"),
        named("postgresql.cnpg.io/v1:ImageCatalog", "ours", "memory", {"images": [
            {"major": 17, "image": f"{ACR}/cnpg-pgvector{DIGEST}"}]}),
        named("postgresql.cnpg.io/v1:Cluster", "memory", "memory", {
            "instances": 3, "imageCatalogRef": {"apiGroup": "postgresql.cnpg.io", "kind": "ImageCatalog",
                "name": "ours",
                                                "major": 17}, "primaryUpdateStrategy": "unsupervised",
            "enableSuperuserAccess": False, "minSyncReplicas": 1, "maxSyncReplicas": 1, "storage": {
                "size": "200Gi", "storageClass": "premium-zrs-cmk"}, "walStorage": {"size": "40Gi", "storageClass":
                                                                                  "premium-zrs-cmk"},
            "inheritedMetadata": {"labels": TAGS}, "resources": {"requests": {"cpu": "2", "memory": "8Gi"}, "limits": {
                "cpu": "2", "memory": "8Gi"}}, "affinity": {"podAntiAffinityType": "required", "topologyKey":
                                                            "topology.kubernetes.io/zone"},
            "bootstrap": {"initdb": {"database": "memory", "owner": "memory", "dataChecksums": True, "encoding": "UTF8",
                                     "postInitApplicationSQL": ["CREATE EXTENSION IF NOT EXISTS vector"]}},
            "postgresql": {"parameters": {"log_connections": "on", "log_statement": "ddl", "ssl_min_protocol_version":
                                          "TLSv1.3", "password_encryption": "scram-sha-256"}, "pg_hba": [
                "hostssl all all all scram-sha-256"]}, "certificates": {
                "serverTLSSecret": "memory-tls", "serverCASecret": "memory-ca"},
                    "monitoring": {"enablePodMonitor": True},
            "serviceAccountTemplate": {"metadata": {"annotations": {"azure.workload.identity/client-id": CLIENT}}},
            "backup": {"retentionPolicy": "30d", "barmanObjectStore": {
                "destinationPath": "https://stmemory.blob.core.windows.net/backups", "azureCredentials": {
                    "inheritFromAzureAD": True}, "wal": {"compression": "gzip"}, "data": {"compression": "gzip"}}}}),
        named("postgresql.cnpg.io/v1:ScheduledBackup", "nightly", "memory", {
            "schedule": "0 0 21 * * *", "cluster": {"name": "memory"}, "backupOwnerReference": "self",
                "immediate": True}),
        named("postgresql.cnpg.io/v1:Pooler", "memory", "memory", {
            "cluster": {"name": "memory"}, "instances": 2, "type": "rw", "pgbouncer": {
                "poolMode": "transaction", "parameters": {"max_client_conn": "500", "default_pool_size": "20",
                                                          "client_tls_sslmode": "require"}}})),
        "cloudnative-pg.io/documentation/current/security; .../samples/cluster-example-full.yaml, as known",
        merged(listed(residency={"known": {"stmemory.blob.core.windows.net": "our own account, in uaenorth"}}),
               unpriced(
            "kubernetes:postgresql.cnpg.io/v1:Cluster::memory-Cluster",
            "kubernetes:postgresql.cnpg.io/v1:Pooler::memory-Pooler"))),
    Idiom("TEI: vectors of texts on processors from an image of ours, for one namespace of callers", (
        space("embed"), closed("embed"), account("embed", "embed"),
        served("embed", "embed", {
            "image": f"{ACR}/embeddings{DIGEST}", "args": [
                "--model-id=/model", "--port=8443", "--max-concurrent-requests=128", "--max-client-batch-size=32",
                "--auto-truncate", "--json-output"], "env": [
                {"name": "HF_HUB_OFFLINE", "value": "1"}, {"name": "API_KEY", "valueFrom": {"secretKeyRef": {
                    "name": "embed", "key": "api-key"}}}], "ports": [{"containerPort": 8443}], "resources": sized(
                "4", "8Gi"), "readinessProbe": probe("/health", 8443)}),
        *guarded("embed", "embed", 8443, "search"),
        named("autoscaling/v2:HorizontalPodAutoscaler", "embed", "embed", {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "embed"}, "minReplicas": 2,
            "maxReplicas": 8, "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": {
                "type": "Utilization", "averageUtilization": 70}}}]})),
        "huggingface.co/docs/text-embeddings-inference/cli_arguments, as known", listed()),
    Idiom("nightly marks of a model: a job at a fixed hour that never runs twice, ends itself and holds no token", (
        space("marks"), closed("marks"), account("marks", "marks"),
        named("batch/v1:CronJob", "marks", "marks", {
            "schedule": "0 1 * * 1-5", "timeZone": "Asia/Dubai", "concurrencyPolicy": "Forbid",
            "startingDeadlineSeconds": 600, "successfulJobsHistoryLimit": 2, "failedJobsHistoryLimit": 3,
                "jobTemplate": {
                "metadata": {"labels": TAGS}, "spec": {
                    "backoffLimit": 2, "activeDeadlineSeconds": 7200, "ttlSecondsAfterFinished": 86400,
                    "podFailurePolicy": {"rules": [{"action": "FailJob", "onExitCodes": {
                        "containerName": "marks", "operator": "In", "values": [42]}}, {
                        "action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}]},
                    "template": {"metadata": {"labels": TAGS}, "spec": {
                        "restartPolicy": "Never", "serviceAccountName": "marks", "automountServiceAccountToken": False,
                        "securityContext": POD, "volumes": [SCRATCH, {"name": "config", "configMap": {"name": "marks",
                            "defaultMode": 288}}], "containers": [{
                            "name": "marks", "image": f"{ACR}/marks{DIGEST}", "securityContext": USER, "resources":
                            sized("2", "4Gi"), "volumeMounts": [AT_TMP, {"name": "config", "mountPath": "/etc/marks",
                                                                         "readOnly": True}]}]}}}}}),
        made("core/v1:ConfigMap", {"metadata": head("marks", "marks"), "immutable": True, "data": {
            "marks.yaml": "tasks: [mmlu, arabic-mmlu]\nlimit: 500\nseed: 7\noutput: /tmp/marks.json\n"}},
                "marks-config"),
        named("monitoring.coreos.com/v1:PrometheusRule", "marks", "marks", {"groups": [{"name": "marks", "rules": [{
            "alert": "MarksMissing",
                "expr": "time() - kube_cronjob_status_last_successful_time{cronjob='marks'} > 180000",
            "for": "15m", "labels": {"severity": "warning"},
                "annotations": {"summary": "No marks since two days"}}]}]})),
        "kubernetes.io/docs/tasks/job/pod-failure-policy; .../concepts/workloads/controllers/cron-jobs, as known",
        listed()),
    Idiom("chart aws-node-termination-handler: nodes are drained by a queue before they end", (
        *on_eks(
            space("termination", "restricted"),
            chart("aws-node-termination-handler", "oci://public.ecr.aws/aws-ec2/helm", "0.27.0", "termination", {
                "enableSqsTerminationDraining": True, "queueURL":
                "https://sqs.me-central-1.amazonaws.com/123456789012/apps-interruption-queue", "awsRegion":
                "me-central-1", "replicas": 2, "useHostNetwork": False, "podLabels": TAGS,
                    "enablePrometheusServer": True,
                "checkTagBeforeDraining": True, "managedTag": "termination/apps", "enableRebalanceMonitoring": False,
                "jsonLogging": True, "resources": sized("50m", "128Mi"), "podSecurityContext": POD, "securityContext":
                USER, "serviceAccount": {"create": True, "annotations": {
                    "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/termination"}}})),),
        "aws/aws-node-termination-handler config/helm/aws-node-termination-handler/values.yaml, as known",
        listed("oci://public.ecr.aws/aws-ec2"), charts=("aws-node-termination-handler",)),
)  # fmt: skip
