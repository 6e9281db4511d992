"""Good idioms of clusters: stores, experiments and an operator as plain objects (set 23, blind)."""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import SMALL, role, secret_variable, stored
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS, pod
from .sixteenth_stores import password, reached
from .thirteenth_cluster_access import account
from .twelfth_charts import LARGE, image, ours
from .twentieth_goodb_charts import apart, approved, certificate, merged, namespace
from .twenty_first_xcharts import leaving
from .twenty_first_xclusters import MOUNTED, TOKEN

OWN_LABELS = {"escape": {"allowed_annotations": {"bank.ae/*": "our labels"}}}

IDIOMS = approved(
    Idiom("a vector store of three pods has sealed volumes, a key from the bank's store, TLS and peers that know each",
        (
        *namespace("vectors"), account("qdrant", "vectors"), password("qdrant", "vectors", "api-key", "read-only-key"),
        k8s("core/v1:ConfigMap", {"metadata": meta("qdrant", "vectors"), "data": {"production.yaml":
            "cluster:\n  enabled: true\n  p2p:\n    port: 6335\n    enable_tls: true\nservice:\n  enable_tls: true\n"
            "  max_request_size_mb: 32\nstorage:\n  snapshots_path: /qdrant/snapshots\n  performance:\n"
            "    max_search_threads: 0\ntelemetry_disabled: true\ntls:\n  cert: /tls/tls.crt\n  key: /tls/tls.key\n"
            "  ca_cert: /tls/ca.crt\n"}}, "settings"),
        k8s("apps/v1:StatefulSet", {"metadata": meta("qdrant", "vectors"), "spec": {
            "replicas": 3, "serviceName": "qdrant-peers", "podManagementPolicy": "Parallel", "minReadySeconds": 10,
            "persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Retain", "whenScaled": "Retain"}, "selector": {
                "matchLabels": {"app": "qdrant"}}, "template": {"metadata": {"labels": {**TAGS, "app": "qdrant"}},
                    "spec":
                pod("qdrant", LARGE, image=image("qdrant/qdrant"), command=["./entrypoint.sh"], args=[
                    "--uri", "https://qdrant-0.qdrant-peers:6335"], env=[
                    secret_variable("QDRANT__SERVICE__API_KEY", "qdrant", "api-key"),
                    secret_variable("QDRANT__SERVICE__READ_ONLY_API_KEY", "qdrant", "read-only-key")], ports=[
                    {"containerPort": 6333, "name": "https"}, {"containerPort": 6335, "name": "peers"}],
                        readinessProbe={
                        "httpGet": {"path": "/readyz", "port": 6333, "scheme": "HTTPS"}, "initialDelaySeconds": 5},
                    livenessProbe={"httpGet": {"path": "/livez", "port": 6333, "scheme": "HTTPS"}}, volumeMounts=[
                        {"name": "data", "mountPath": "/qdrant/storage"}, {"name": "snapshots", "mountPath":
                                                                           "/qdrant/snapshots"},
                        {"name": "settings", "mountPath": "/qdrant/config/production.yaml",
                            "subPath": "production.yaml",
                         "readOnly": True}, {"name": "tls", "mountPath": "/tls", "readOnly": True}], pod={
                        "affinity": {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{
                            "topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {
                                "app": "qdrant"}}}]}}, "volumes": [
                            {"name": "settings", "configMap": {"name": "qdrant"}}, {"name": "snapshots", "emptyDir": {
                                "sizeLimit": "20Gi"}}, {"name": "tls", "secret": {"secretName": "qdrant-tls"}}]})},
            "volumeClaimTemplates": [{"metadata": {"name": "data", "labels": TAGS}, **stored("100Gi")}]}}, "qdrant"),
        *(k8s("core/v1:Service", {"metadata": meta(name, "vectors"), "spec": {
            "selector": {"app": "qdrant"}, "ports": [{"name": port, "port": number, "targetPort": port}], **more}},
                name)
          for name, port, number, more in (("qdrant", "https", 6333, {}), ("qdrant-peers", "peers", 6335, {
              "clusterIP": "None", "publishNotReadyAddresses": True}))),
        certificate("qdrant", "vectors", "*.qdrant-peers.vectors.svc"), k8s("policy/v1:PodDisruptionBudget", {
            "metadata": meta("qdrant", "vectors"), "spec": {"maxUnavailable": 1, "selector": {"matchLabels": {
                "app": "qdrant"}}}}, "budget"),
        reached("qdrant", "vectors", {"app": "qdrant"}, 6333, "assistant"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("peers", "vectors"), "spec": {
            "podSelector": {"matchLabels": {"app": "qdrant"}}, "policyTypes": ["Ingress", "Egress"], "ingress": [{
                "from": [{"podSelector": {"matchLabels": {"app": "qdrant"}}}], "ports": [{"port": 6335, "protocol":
                                                                                          "TCP"}]}], "egress": [{
                "to": [{"podSelector": {"matchLabels": {"app": "qdrant"}}}], "ports": [{"port": 6335, "protocol":
                                                                                        "TCP"}]}]}}, "peers-network")),
        "qdrant.tech/documentation/guides/security; .../guides/distributed_deployment, as known", ours()),
    Idiom("experiments are tracked by MLflow of two pods behind sign-in, with its tables and its objects of the bank", (
        *namespace("experiments"), account("mlflow", "experiments"), password("mlflow", "experiments", "database-url",
                                                                              "access-key", "secret-key"),
        leaving("stores", "experiments", "10.30.20.32/28", "10.30.21.0/28", port=5432), leaving(
            "objects", "experiments", "10.30.21.0/28"),
        k8s("apps/v1:Deployment", {"metadata": meta("mlflow", "experiments"), "spec": {
            "replicas": 2, "selector": {"matchLabels": {"app": "mlflow"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "mlflow"}}, "spec": pod(
                    "mlflow", LARGE, image=image("mlflow/mlflow"), command=["mlflow", "server"], args=[
                        "--host=0.0.0.0", "--port=8443", "--workers=4", "--serve-artifacts", "--artifacts-destination="
                        "s3://bank-experiments/artifacts", "--app-name=basic-auth", "--gunicorn-opts=--certfile="
                        "/tls/tls.crt --keyfile=/tls/tls.key --timeout=120"], env=[
                        secret_variable("MLFLOW_BACKEND_STORE_URI", "mlflow", "database-url"),
                        secret_variable("AWS_ACCESS_KEY_ID", "mlflow", "access-key"),
                        secret_variable("AWS_SECRET_ACCESS_KEY", "mlflow", "secret-key"),
                        {"name": "MLFLOW_S3_ENDPOINT_URL", "value": "https://objects.bank.ae"},
                        {"name": "MLFLOW_DISABLE_TELEMETRY", "value": "true"}, {"name": "GIT_PYTHON_REFRESH", "value":
                                                                                "quiet"}], ports=[
                            {"containerPort": 8443, "name": "https"}], readinessProbe={"httpGet": {
                                "path": "/health", "port": 8443, "scheme": "HTTPS"}}, livenessProbe={"httpGet": {
                                    "path": "/health", "port": 8443, "scheme": "HTTPS"}}, volumeMounts=[
                        *SCRATCH_MOUNTS, {"name": "tls", "mountPath": "/tls", "readOnly": True}], pod={
                        "topologySpreadConstraints": apart("mlflow"), "volumes": [*SCRATCH, {
                            "name": "tls", "secret": {"secretName": "mlflow-tls"}}]})}}}, "mlflow"),
        k8s("core/v1:Service", {"metadata": meta("mlflow", "experiments"), "spec": {
            "selector": {"app": "mlflow"}, "sessionAffinity": "ClientIP", "ports": [
                {"name": "https", "port": 443, "targetPort": "https"}]}}, "service"),
        certificate("mlflow", "experiments"), k8s("policy/v1:PodDisruptionBudget", {
            "metadata": meta("mlflow", "experiments"), "spec": {"maxUnavailable": 1, "selector": {"matchLabels": {
                "app": "mlflow"}}}}, "budget"), reached("mlflow", "experiments", {"app": "mlflow"}, 8443, "gateway"),
        k8s("batch/v1:CronJob", {"metadata": meta("sweep", "experiments"), "spec": {
            "schedule": "0 3 * * 0", "concurrencyPolicy": "Forbid", "jobTemplate": {"metadata": {"labels": TAGS},
                "spec": {
                "activeDeadlineSeconds": 3600, "template": {"metadata": {"labels": {**TAGS, "app": "sweep"}},
                    "spec": pod(
                    "mlflow", SMALL, image=image("mlflow/mlflow"), command=["mlflow", "gc", "--older-than", "90d"],
                        env=[
                        secret_variable("MLFLOW_BACKEND_STORE_URI", "mlflow", "database-url")], volumeMounts=
                    SCRATCH_MOUNTS, pod={"restartPolicy": "OnFailure", "volumes": SCRATCH})}}}}}, "sweep")),
        "mlflow.org/docs/latest/self-hosting/security; .../auth/basic-http-auth, as known", ours()),
    Idiom("an operator of the bank watches its own kind in every namespace, leads by a lease and writes no secrets", (
        *namespace("datasets-system"), account("datasets", "datasets-system"),
        k8s("apiextensions.k8s.io/v1:CustomResourceDefinition", {
            "metadata": {"name": "datasets.data.bank.ae", "labels": TAGS}, "spec": {
                "group": "data.bank.ae", "scope": "Namespaced", "names": {
                    "kind": "Dataset", "plural": "datasets", "singular": "dataset", "shortNames": ["ds"]},
                        "versions": [{
                    "name": "v1", "served": True, "storage": True, "subresources": {"status": {}},
                    "additionalPrinterColumns": [{"name": "Owner", "type": "string", "jsonPath": ".spec.owner"}],
                    "schema": {"openAPIV3Schema": {"type": "object", "properties": {
                        "spec": {"type": "object", "required": ["owner", "path"], "properties": {
                            "owner": {"type": "string", "minLength": 3}, "path": {"type": "string", "pattern":
                                                                                 "^s3://bank-[a-z-]+/.*$"}},
                            "x-kubernetes-validations": [{"rule": "self.path == oldSelf.path", "message":
                                                          "The path stays"}]},
                        "status": {"type": "object", "properties": {"ready": {"type": "boolean"}}}}}}}]}}, "kind"),
        *role("datasets", "datasets-system", {"apiGroups": ["coordination.k8s.io"], "resources": ["leases"], "verbs": [
            "get", "create", "update", "patch"]}, {"apiGroups": [""], "resources": ["events"], "verbs": [
                "create", "patch"]}),
        k8s("rbac.authorization.k8s.io/v1:ClusterRole", {"metadata": {"name": "datasets", "labels": TAGS}, "rules": [
            {"apiGroups": ["data.bank.ae"], "resources": ["datasets"], "verbs": ["get", "list", "watch"]},
            {"apiGroups": ["data.bank.ae"], "resources": ["datasets/status", "datasets/finalizers"], "verbs": [
                "get", "update", "patch"]},
            {"apiGroups": [""], "resources": ["namespaces"], "verbs": ["get", "list", "watch"]}]}, "rights"),
        k8s("rbac.authorization.k8s.io/v1:ClusterRoleBinding", {"metadata": {"name": "datasets", "labels": TAGS},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "datasets"},
                "subjects": [
                {"kind": "ServiceAccount", "name": "datasets", "namespace": "datasets-system"}]}, "rights-bound"),
        k8s("apps/v1:Deployment", {"metadata": meta("datasets", "datasets-system"), "spec": {
            "replicas": 2, "selector": {"matchLabels": {"app": "datasets"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "datasets"}}, "spec": pod(
                    "datasets", SMALL, args=["--leader-elect", "--metrics-bind-address=:8443", "--metrics-secure=true",
                                             "--health-probe-bind-address=:8081"], ports=[
                        {"containerPort": 8443, "name": "metrics"}, {"containerPort": 8081, "name": "health"}],
                    readinessProbe={"httpGet": {"path": "/readyz", "port": "health"}}, livenessProbe={"httpGet": {
                        "path": "/healthz", "port": "health"}}, volumeMounts=[*SCRATCH_MOUNTS, MOUNTED], pod={
                        "volumes": [*SCRATCH, TOKEN], "topologySpreadConstraints": apart("datasets")})}}}, "datasets"),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta("datasets", "datasets-system"), "spec": {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "datasets"}}}}, "budget"),
        leaving("api", "datasets-system", "10.96.0.1/32"), leaving("servers", "datasets-system", "10.30.1.0/28",
                                                                    port=6443)),
        "book.kubebuilder.io/reference/metrics; kubernetes.io/docs/concepts/extend-kubernetes/operator, as known",
            merged(
            ours("data.bank.ae"), OWN_LABELS)),
)  # fmt: skip
