"""Attacks on clusters by roles of tools, lost records and machines without a limit (2026-12-01, twenty-first
set, written before any rule ran on it).

Fields as in the sources named; 'read' is the day on which they were looked up, the rest is as known.
"""

import json
from dataclasses import replace

from ..blind import IMAGE, TAGS, crd, k8s, meta, release
from . import Attack
from .twenty_first_clusters_a import GROWN, READ, text

LOST = ("FJ-RSL-", "FJ-ESC-", "FJ-IDN-")
SCALE = ("FJ-COST-", "FJ-ESC-115", "FJ-ESC-124", "FJ-ESC-125")

HUB = {
    "hub": {
        "existingSecret": "hub", "loadRoles": {
            "user": {"description": "people help each other", "scopes": ["self", "access:servers"]}},
        "config": {
            "JupyterHub": {"authenticator_class": "generic-oauth"},
            "GenericOAuthenticator": {
                "client_id": "hub", "authorize_url": "https://login.example.ae/auth", "allowed_groups": ["science"],
                "token_url": "https://login.example.ae/token", "userdata_url": "https://login.example.ae/userinfo"}}},
    "proxy": {"service": {"type": "ClusterIP"}}}  # fmt: skip
MAPPED = """_meta:
  type: rolesmapping
  config_version: 2
all_access:
  reserved: false
  hosts: ["*"]
  description: everything for what is in the cluster
kibana_user:
  reserved: false
  backend_roles: [analysts]
"""
REALM_TEXT = json.dumps({
    "realm": "bank", "enabled": True, "sslRequired": "external", "bruteForceProtected": True, "eventsEnabled": True,
    "adminEventsEnabled": True, "defaultRole": {
        "name": "default-roles-bank", "composite": True, "composites": {
            "realm": ["offline_access"], "client": {
                "realm-management": ["manage-users"], "account": ["view-profile"]}}},
})  # fmt: skip
POLICY = """p, role:developers, applications, get, */*, allow
p, role:developers, applications, sync, team-a/*, allow
p, role:developers, projects, update, team-a, allow
g, team-a, role:developers
"""
LEDGER = {
    "instances": 3, "enableSuperuserAccess": False, "inheritedMetadata": {"labels": TAGS},
    "imageName": IMAGE, "storage": {"size": "50Gi", "storageClass": "encrypted"},
    "resources": {"requests": {"cpu": "1", "memory": "4Gi"}, "limits": {"cpu": "2", "memory": "4Gi"}},
    "postgresql": {"parameters": {"max_connections": "200"}},
    "managed": {"roles": [{
        "name": "reports", "ensure": "present", "login": True, "superuser": False, "connectionLimit": 10,
        "passwordSecret": {"name": "reports"}, "inRoles": ["pg_read_server_files", "pg_execute_server_program"]}]},
    "backup": {"retentionPolicy": "35d", "barmanObjectStore": {
        "destinationPath": "s3://ledger-backups/", "endpointURL": "https://objects.platform.svc.cluster.local",
        "s3Credentials": {"accessKeyId": {"name": "b", "key": "id"}, "secretAccessKey": {"name": "b", "key": "key"}},
        "data": {"encryption": "AES256"}, "wal": {"encryption": "AES256"}}}}  # fmt: skip
ZONES = {
    "provider": {"name": "rfc2136"},
    "policy": "sync",
    "registry": "noop",
    "sources": ["ingress"],
    "domainFilters": ["example.ae"],
    "extraArgs": ["--rfc2136-host=dns.platform.svc", "--rfc2136-zone=example.ae"],
}
LOGS = {"loki": {
    "auth_enabled": True, "analytics": {"reporting_enabled": False}, "commonConfig": {"replication_factor": 3},
    "storage": {"type": "s3", "bucketNames": {"chunks": "logs", "ruler": "logs"}, "s3": {
        "endpoint": "https://objects.platform.svc.cluster.local", "s3ForcePathStyle": True}},
    "compactor": {"retention_enabled": True, "delete_request_store": "s3"},
    "limits_config": {"retention_period": "8760h", "retention_stream": [
        {"selector": '{namespace="payments", stream="audit"}', "priority": 1, "period": "24h"}]}}}  # fmt: skip
SAVED = {
    "schedule": "0 3 1 1 *",
    "template": {
        "includedNamespaces": ["payments"],
        "ttl": "8784h",
        "storageLocation": "site",
        "snapshotVolumes": True,
    },
}
GPU = {"name": "runner", "image": IMAGE, "command": ["/home/runner/run.sh"], "resources": {
    "requests": {"cpu": "8", "memory": "64Gi", "nvidia.com/gpu": "1"},
    "limits": {"cpu": "8", "memory": "64Gi", "nvidia.com/gpu": "1"}},
    "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}}  # fmt: skip
RUNNERS = {
    "githubConfigUrl": "https://forge.forge.svc.cluster.local/platform", "githubConfigSecret": "runners-app",
    "minRunners": 0, "runnerGroup": "models", "labels": TAGS, "template": {"metadata": {"labels": TAGS}, "spec": {
        "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [GPU]}}}  # fmt: skip
SCALED = {
    "scaleTargetRef": {"name": "inference"}, "minReplicaCount": 1, "maxReplicaCount": 8, "triggers": [{
        "type": "cpu", "metricType": "Utilization", "metadata": {"value": "70"}}]}  # fmt: skip
SIZED = {
    "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "inference"},
    "updatePolicy": {"updateMode": "Recreate"}, "resourcePolicy": {"containerPolicies": [{
        "containerName": "*", "controlledResources": ["cpu", "memory"], "minAllowed": {"cpu": "180", "memory": "3Ti"},
        "maxAllowed": {"cpu": "190", "memory": "4Ti"}}]}}  # fmt: skip

ATTACKS = (
    Attack("everybody opens the notebooks of everybody", GROWN, release("jupyterhub", "4.3.1", HUB, "notebooks"),
        "critical", "the role user is of each person, and access:servers without a filter opens the server, files and "
        f"tokens of all others (JupyterHub, 'Roles', overriding default roles, {READ})"),
    Attack("whichever host calls a store of documents has every right", GROWN,
        text("opensearch-security", "search", {"roles_mapping.yml": MAPPED}),
        "critical", "each user who signs in, from any host, is mapped to all_access (OpenSearch, 'Users and roles', "
        "roles_mapping.yml, hosts, as known)"),
    Attack("each new person administers the people of the realm", GROWN,
        text("realm-bank", "login", {"bank.json": REALM_TEXT}),
        "critical", "the default role of the realm has manage-users of realm-management: each person sets the password "
        "of each other (Keycloak, 'Default roles' and RealmRepresentation.defaultRole, as known)"),
    Attack("a team downloads backups of every namespace", GROWN, (
        k8s("rbac.authorization.k8s.io/v1:ClusterRole", {"metadata": {"name": "downloads"}, "rules": [
            {"apiGroups": ["velero.io"], "resources": ["downloadrequests"], "verbs": ["create", "get"]}]}),
        k8s("rbac.authorization.k8s.io/v1:RoleBinding", {
            "metadata": meta("downloads", "velero"),
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "downloads"},
            "subjects": [{"kind": "ServiceAccount", "name": "support", "namespace": "team-a"}]}, "bound")),
        "critical", "a DownloadRequest is answered with a signed address of the contents of a backup, with all Secrets "
        "(Velero, 'DownloadRequest' in pkg/apis/velero/v1, as known)"),
    Attack("developers change the project that says where they may deploy", GROWN,
        text("argocd-rbac-cm", "argocd", {"policy.csv": POLICY, "policy.default": "", "scopes": "[groups]"}),
        "critical", "who updates a project adds every cluster, namespace and kind to it and deploys there as Argo CD "
        "(Argo CD, 'RBAC Configuration' and 'Projects', as known)"),
    Attack("a role for reports runs programs on the server of a database", GROWN, (
        crd("postgresql.cnpg.io/v1:Cluster", LEDGER),),
        "critical", "COPY FROM PROGRAM is a shell as the account of the server, which reads every row (PostgreSQL, "
        "'Predefined Roles', pg_execute_server_program, as known)"),
    Attack("a controller removes each name of the bank that it did not make", LOST,
        release("external-dns", "1.19.0", ZONES),
        "critical", "noop keeps no ownership, so that sync deletes all records of the zone that no Ingress asks for "
        f"(kubernetes-sigs/external-dns issue 3663 and docs/registry.md, {READ})"),
    Attack("records of who did what in payments are kept for a day", LOST, release("loki", "6.46.0", LOGS, "logging"),
        "critical", "retention_stream comes before the period for all (Loki, 'Log retention', retention_stream, as "
        "known)"),
    Attack("a database of payments is dropped by an object", LOST, (crd("postgresql.cnpg.io/v1:Database", {
        "name": "payments", "owner": "payments", "cluster": {"name": "ledger"}, "ensure": "absent"}),),
        "critical", "the operator drops the database with all rows (CloudNativePG 1.31, 'PostgreSQL Database "
        f"management', ensure: absent, {READ})"),
    Attack("payments are backed up once a year", LOST, (
        replace(crd("velero.io/v1:Schedule", SAVED), stack="prod-backups"),),
        "critical", "what was written since the first of January is gone after a loss (Velero, 'Schedule API Type', "
        "schedule is a cron expression, as known)"),
    Attack("payments are backed up once a year, and another cluster each night", LOST, (
        replace(crd("velero.io/v1:Schedule", SAVED), stack="prod-backups"),
        replace(crd("velero.io/v1:Schedule", {**SAVED, "schedule": "0 1 * * *"}), name="other", stack="prod-backups",
                provider_name="other")),
        "critical", "the other cluster has other volumes (Velero, 'How Velero Works', as known)"),
    Attack("builds with accelerators start as many runners as there are jobs", SCALE,
        release("gha-runner-scale-set", "0.13.0", RUNNERS, "runners"),
        "major", "without maxRunners there is no upper limit, and each runner takes a machine with a GPU "
        f"(GitHub, 'Deploying runner scale sets', unbounded number of runners, {READ})"),
    Attack("a pause of the scaling keeps four hundred copies with a GPU", SCALE, (
        k8s("keda.sh/v1alpha1:ScaledObject", {"metadata": meta("inference", annotations={
            "autoscaling.keda.sh/paused-replicas": "400"}), "spec": SCALED}),),
        "major", "the target is set to this number whatever maxReplicaCount is, and nothing takes it back (KEDA, "
        "'Scaling Deployments', pause autoscaling, as known)"),
    Attack("each copy asks for the largest machine there is", SCALE, (
        crd("autoscaling.k8s.io/v1:VerticalPodAutoscaler", SIZED),),
        "major", "every pod is restarted with a request of 180 cores and 3 TiB, for which a machine is started each "
        "(kubernetes/autoscaler, vertical-pod-autoscaler, ContainerResourcePolicy.minAllowed, as known)"),
)  # fmt: skip
