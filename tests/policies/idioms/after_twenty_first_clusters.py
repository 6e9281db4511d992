"""Good neighbours of the attacks `twenty_first_clusters*`: poolers and shares with TLS, roles of teams within their
projects, archives beside nightly backups, limits of runners, and parameters with values (2026-12-01)."""

from ..attacks.after_twenty_first_clusters import (
    SPARK,
    every,
    kept,
    policy,
    pooler,
    run,
    saved,
    scheduled,
    sends,
    spark,
    task,
    volume,
    volumes,
)
from ..attacks.twenty_first_clusters_a import text
from ..attacks.twenty_first_clusters_b import RUNNERS, SAVED
from ..blind import TAGS, crd, k8s, meta, release, workload
from . import Idiom, unpriced

OURS = {"residency": {"known": {"example.ae": "our own domain", "velero-copies": "our own store"}},
        "escape": {"helm_sources": {"oci://registry.dc1.example.ae": "our own mirror of charts"}}}  # fmt: skip
DOCS = "argoproj/argo-cd, docs/operator-manual/rbac.md (as known)"
MAN = "nfs(5) of nfs-utils (as known)"
ARGO = "Argo Workflows, 'Parameters' (as known)"
AUDIT = '{namespace="payments", stream="audit"}'

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a pooler in the pod of a program listens there alone", pooler(
        "listen_addr = 127.0.0.1", "server_tls_sslmode = verify-full"), "PgBouncer, 'Config' (as known)"),
    Idiom("a pooler asks for TLS and verifies the server", pooler(
        "client_tls_sslmode = require", "server_tls_sslmode = verify-full",
        "client_tls_cert_file = /tls/tls.crt", "client_tls_key_file = /tls/tls.key"), "PgBouncer, 'Config' (as known)"),
    Idiom("teams deploy and open shells within their projects", policy(
        "p, role:team-a, applications, *, team-a/*, allow", "p, role:team-a, exec, create, team-a/*, allow",
        "p, role:team-a, logs, get, team-a/*, allow", "p, role:team-a, projects, get, team-a, allow",
        "p, role:team-a, repositories, get, *, allow", "p, role:team-a, clusters, get, *, allow",
        "p, role:team-a, projects, update, *, deny", "g, bank:team-a, role:team-a"), DOCS),
    Idiom("the platform's administrators change projects and clusters", policy(
        "p, role:org-admin, projects, update, *, allow", "p, role:org-admin, clusters, *, *, allow",
        "p, role:platform, *, *, *, allow", "p, role:auditors, *, get, *, allow", "g, bank:platform, role:org-admin"),
        DOCS),
    Idiom("lines of debugging are kept for a day and records for more than a year", kept({
        "retention_period": "744h", "retention_stream": [
            {"selector": '{namespace="team-a", level="debug"}', "priority": 2, "period": "24h"},
            {"selector": AUDIT, "priority": 3, "period": "9600h"}]}), "Grafana Loki, 'Log retention' (as known)", OURS),
    Idiom("an archive of each year stands beside a nightly backup", (
        saved("0 4 1 1 *", name="archive"), saved("0 1 * * *", name="nightly")), "velero.io, 'Schedule' (as known)"),
    Idiom("a backup of each month has every namespace, and an archive has one", (
        saved("@yearly", name="archive"), saved("@monthly", name="all", includedNamespaces=["*"])),
        "velero.io, 'Schedule' (as known)"),
    Idiom("a database is backed up each night by six fields", (
        scheduled("0 0 2 * * *"), scheduled("0 0 4 1 1 *", "archive")), "CloudNativePG, 'Backup' (as known)"),
    Idiom("a report of each year is a job", (every("0 3 1 1 *", "/usr/bin/report", name="yearly-report"),),
          "Kubernetes, 'CronJob' (as known)"),
    Idiom("a nightly job and one of each year make backups", (
        every("0 3 1 1 *", "/b", name="archive-backup"), every("0 1 * * *", "/b")), "Kubernetes, 'CronJob' (as known)"),
    Idiom("a chart of Velero has an archive and a nightly backup", release("velero", "11.2.0", {
        "credentials": {"useSecret": True, "existingSecret": "velero"}, "configuration": {"backupStorageLocation": [{
            "name": "site", "provider": "aws", "bucket": "velero-copies", "config": {
                "region": "me-central-1", "s3Url": "https://objects.platform.svc.cluster.local"}}]},
        "schedules": {"archive": {"schedule": "0 3 1 1 *", "template": SAVED["template"]},
                      "nightly": {"schedule": "0 1 * * *", "template": SAVED["template"]}}}),
        "vmware-tanzu/helm-charts charts/velero/values.yaml (as known)", OURS),
    Idiom("at most eight runners with accelerators run", release(
        "gha-runner-scale-set", "0.13.0", {**RUNNERS, "maxRunners": 8}, "runners"),
        "GitHub, 'Deploying runner scale sets' (read 2026-12-01)", OURS),
    Idiom("clusters of Dask have a highest number of workers in a file", release("dask-gateway", "2026.3.0", {
        "gateway": {"extraConfig": {"limits": "c.ClusterConfig.cluster_max_cores = 64\n"}, "auth": {
            "type": "jupyterhub", "jupyterhub": {"apiTokenFromSecretName": "hub", "apiTokenFromSecretKey": "token"}}},
        "traefik": {"service": {"type": "ClusterIP"}}}, "dask"),
        "Dask Gateway, 'Cluster resource limits' (as known)", OURS),
    Idiom("executors have their tags by properties of Spark", (k8s("sparkoperator.k8s.io/v1beta2:SparkApplication", {
        "metadata": meta("report", "default"), "spec": {
            **SPARK, "executor": {key: value for key, value in SPARK["driver"].items() if key != "labels"} | {
                "instances": 4}, "sparkConf": {
                f"spark.kubernetes.executor.label.{key}": value for key, value in TAGS.items()}}}, "report"),),
        "Apache Spark, 'Running Spark on Kubernetes' (as known)"),
    Idiom("executors in a namespace of their own leave tags to it", spark("team-a"),
        "OpenCost, applyLabels (as known)"),
    Idiom("files of a team are sealed by Kerberos", volume("nfsvers=4.2", "sec=krb5p"), MAN),
    Idiom("files of a team go by TLS with certificates of both", volume("nfsvers=4.2,xprtsec=mtls", kind="csi"), MAN),
    Idiom("volumes of teams are mounted by TLS", volumes("vers=4.2", "xprtsec=tls"), MAN),
    Idiom("a pod waits for a port by netcat", (
        workload("apps/v1:StatefulSet", {"command": [
            "sh", "-c", "until nc -z ledger-rw 5432; do sleep 1; done; /app/run.sh"]}, replicas=1),),
        "netcat, -z (as known)"),
    Idiom("a job removes pods that failed, and old jobs of a backup", (every(
        "0 3 * * *", "sh", "-c", "kubectl delete pods --field-selector=status.phase==Failed -n team-a; "
        "kubectl delete job backup-old -n team-a; kubectl delete pod/backup-runner -n team-a; "
        "kubectl delete pvc scratch-1 -n team-a; kubectl get backups --all-namespaces", name="tidy"),),
        "Kubernetes, 'kubectl delete' (as known)"),
    Idiom("copies of an index go to a store by TLS", (crd("elasticsearch.k8s.elastic.co/v1:Elasticsearch", {
        "version": "9.2.0", "nodeSets": [{"name": "all", "count": 3, "config": {
            "node.store.allow_mmap": False, "s3.client.default.endpoint": "https://objects.platform.svc:9000"},
            "podTemplate": {"metadata": {"labels": TAGS}, "spec": {}}}]}),), "Elastic, 'S3 repository' (as known)",
        {"escape": {"allowed_types": {"kubernetes:elasticsearch.k8s.elastic.co/*": "each object is read"}},
         **unpriced("kubernetes:elasticsearch.k8s.elastic.co/v1:Elasticsearch::it")}),
    Idiom("a workflow sends to one of two stores", sends("{{inputs.parameters.to}}", {
        "enum": ["https://objects.platform.svc/in", "https://archive.platform.svc/in"]}), ARGO),
    Idiom("a workflow sends to the store with a name that its caller states",
          sends("https://objects.platform.svc/in/{{inputs.parameters.to}}", {}), ARGO),
    Idiom("a workflow has the address of the store as the value of a parameter",
          sends("{{inputs.parameters.to}}", {"value": "https://objects.platform.svc/in"}), ARGO),
    Idiom("a task sends to the store unless its caller states another place",
          task("$(params.target)", default="https://objects.platform.svc/in"), "Tekton, 'Tasks' (as known)",
          doubt="whoever starts the task states another address, which stands in an object of its own"),
    Idiom("logs of a platform are kept for three days and more", kept({"retention_period": "72h"}),
          "Grafana Loki, 'Log retention' (as known)", OURS),
    Idiom("a pooler of Odyssey calls the database of its own pod", text("odyssey", "payments", {
        "odyssey.conf": 'listen {\n  host "*"\n  port 6432\n  tls "require"\n  tls_cert_file "/tls/tls.crt"\n}\n'
                        'storage "ledger" {\n  type "remote"\n  host "127.0.0.1"\n  tls "disable"\n}\n'}),
        "Odyssey of Yandex, tls (as known)"),
    Idiom("who comes without TLS is refused", text("ledger", "payments", {
        "pg_hba.conf": "local all all peer\nhostnossl all all 0.0.0.0/0 reject\n"
                       "hostnossl all all 127.0.0.1/32 scram-sha-256\nhostssl all all all scram-sha-256\n"}),
        "PostgreSQL, 'The pg_hba.conf File' (as known)"),
    Idiom("a script waits for a port by bash", (workload("apps/v1:StatefulSet", {"command": [
        "bash", "-c", "until (exec 3<>/dev/tcp/ledger-rw/5432) 2>/dev/null; do sleep 1; done; exec /app/run.sh"]},
        replicas=1),), "GNU Bash, redirections (as known)"),
    Idiom("a sidecar lends the socket of a database to its pod", (workload("apps/v1:StatefulSet", {"command": [
        "socat", "TCP-LISTEN:5432,bind=127.0.0.1,fork", "UNIX-CONNECT:/run/db.sock"]}, replicas=1),),
        "socat (as known)"),
    Idiom("a workflow fetches what its caller names and puts it into the bucket of the plan", run(
        "sh", "-c", "aws s3 cp s3://{{inputs.parameters.to}} /data/in.csv && "
        "aws s3 cp /data/in.csv https://objects.platform.svc/in/{{inputs.parameters.to}}"), ARGO),
    Idiom("a workflow copies into the folder that its caller names", run(
        "rclone", "copy", "site:models/llm", "{{inputs.parameters.to}}"), ARGO),
    Idiom("a workflow pushes the branch that its caller names", run(
        "git", "push", "https://git.platform.svc/code.git", "HEAD:{{inputs.parameters.to}}"), ARGO),
)  # fmt: skip
