"""Attacks beside the good programs of the twenty-sixth set: what comes close to what now passes.

Written on 2026-12-02 with the rules at hand. Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0.
"""

import json
from dataclasses import replace

from ..blind import HERE, ME, OURS, TAGS, aws, az, k8s
from ..harness import UNKNOWN, Given
from . import Attack

OFTEN, UNLOCKED, CHANGES, UNPRICED, ABROAD = (
    ("FJ-COST-126",), ("FJ-RSL-116",), ("FJ-ESC-103",), ("FJ-COST-004",), ("FJ-RES-003", "FJ-RES-112"))  # fmt: skip
RUNS = "each run takes workers of its own, which are charged by the second (AWS Glue, pricing)"
LOST = "one wrong command deletes a database that nobody has a copy of (Azure Database for PostgreSQL, as known)"
LOOSE = "pods get what no guardrail has seen, when they are admitted (Kyverno, Mutate Rules)"
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
AKS = {"kubeconfig": json.dumps({"clusters": [{"name": "aks", "cluster": {
    "server": "https://aks-x1y2z3.privatelink.uaenorth.azmk8s.io:443"}}]})}  # fmt: skip
SOURCE = f"{OURS}.DBforPostgreSQL/flexibleServers/psql-ledger"


def restarted(command: str, runs: object, names: tuple[object, ...] = (UNKNOWN,)) -> tuple[Given, ...]:
    """Returns a job of Glue that a trigger starts each half hour, beside other jobs."""
    return (
        aws("glue/Job", {
            "name": "transfers", "roleArn": f"arn:aws:iam::{ME}:role/glue", "glueVersion": "5.0", "workerType": "G.1X",
            "numberOfWorkers": 4, "timeout": 2880, "executionProperty": {"maxConcurrentRuns": runs}, "command": {
                "name": command, "pythonVersion": "3", "scriptLocation": "s3://platform-artifacts/glue/job.py"},
            "tags": TAGS}, "job"),
        aws("glue/Trigger", {
            "name": "restart", "type": "SCHEDULED", "schedule": "cron(0/30 * * * ? *)", "actions": [
                {"jobName": name} for name in names], "tags": TAGS}, "restart", links={"actions": ("job",)}),
    )  # fmt: skip


def follower(**more: object) -> tuple[Given, ...]:
    """Returns a closed server of PostgreSQL that follows another one."""
    identity = f"{OURS}.ManagedIdentity/userAssignedIdentities/id"
    return (az("dbforpostgresql:Server", {
        **HERE, "serverName": "psql-read", "createMode": "Replica", "sourceServerResourceId": SOURCE, "version": "17",
        "sku": {"name": "Standard_D4ds_v5", "tier": "GeneralPurpose"}, "storage": {"storageSizeGB": 256}, "authConfig":
        {"activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled"}, "network": {"publicNetworkAccess": "Disabled"},
        "identity": {"type": "UserAssigned", "userAssignedIdentities": {identity: {}}}, "dataEncryption": {
            "type": "AzureKeyVault", "primaryKeyURI": "https://kv-bank.vault.azure.net/keys/cmk",
            "primaryUserAssignedIdentityId": identity}, **more}, "reader"),)  # fmt: skip


def mutates(**mutate: object) -> tuple[Given, ...]:
    """Returns a policy of Kyverno that changes pods before they are stored."""
    return (
        k8s(
            "kyverno.io/v1:ClusterPolicy",
            {
                "metadata": {"name": "harder", "labels": TAGS},
                "spec": {
                    "rules": [{"name": "pods", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]}, "mutate": mutate}]
                },
            },
            "policy",
        ),
    )


def patches(**spec: object) -> tuple[Given, ...]:
    """Returns a policy of Kyverno that hardens pods, and changes something else."""
    return mutates(patchStrategicMerge={"spec": {"automountServiceAccountToken": False, **spec}})


def copied(claim: str, **template: object) -> tuple[Given, ...]:
    """Returns a set of pods with a claim for each, and a copy of one claim."""
    objects = (
        k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "fast", "labels": TAGS}, "provisioner": "disk.csi.azure.com"}, "class"),
        k8s("apps/v1:StatefulSet", {"metadata": {"name": "index", "namespace": "index", "labels": TAGS}, "spec": {
            "replicas": 1, "serviceName": "index", "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {
                "storageClassName": "fast", "resources": {"requests": {"storage": "10Gi"}}, **template}}]}}, "set"),
        k8s("snapshot.storage.k8s.io/v1:VolumeSnapshot", {
            "metadata": {"name": "copy", "namespace": "index", "labels": TAGS}, "spec": {
                "source": {"persistentVolumeClaimName": claim}}}, "copy"),
    )  # fmt: skip
    return (STACK, *(replace(item, provider=AKS) for item in objects))


ATTACKS = (
    Attack("a job of a stream runs a hundred times at once, each half hour once more", OFTEN, restarted(
        "gluestreaming", 100), "major", RUNS),
    Attack("a job of batches that runs once at a time is started each half hour", OFTEN, restarted("glueetl", 1),
           "major", RUNS),
    Attack("a trigger restarts a job of a stream, and starts a job of another stack beside it", OFTEN, restarted(
        "gluestreaming", 1, ("transfers", "retrain")), "major", RUNS),
    Attack("a connection of Glue sends to the host that the namespace of a schema also has", ABROAD, (
        aws("glue/Schema", {"schemaName": "transfer", "dataFormat": "AVRO", "compatibility": "BACKWARD",
            "schemaDefinition": '{"type": "record", "name": "t", "namespace": "collector.example.net", "fields": []}',
            "tags": TAGS}, "schema"),
        aws("glue/Job", {
            "name": "t", "roleArn": f"arn:aws:iam::{ME}:role/glue", "glueVersion": "5.0", "workerType": "G.1X",
            "numberOfWorkers": 2, "timeout": 60, "command": {"scriptLocation": "s3://platform-artifacts/t.py"},
            "defaultArguments": {"--schema-target": "https://collector.example.net/t"}, "tags": TAGS}, "job")), "major",
        "records go where the bank has nothing (AWS Glue, Job parameters, as known)"),
    Attack("a server that followed another one is promoted, and may be deleted", UNLOCKED, follower(
        replica={"promoteMode": "Standalone", "promoteOption": "Forced"}), "major", LOST),
    Attack("a server that followed another one takes the place of it, and may be deleted", UNLOCKED, follower(
        replica={"promoteMode": "Switchover"}), "major", LOST),
    Attack("a server says that it follows, and names none", UNLOCKED, follower(sourceServerResourceId=""), "major",
           LOST),
    Attack("a server that followed another one is the first now, and may be deleted", UNLOCKED, follower(
        replicationRole="Primary"), "major", LOST),
    Attack("a server is restored from another one, and may be deleted", UNLOCKED, follower(
        createMode="PointInTimeRestore", pointInTimeUTC="2026-12-01T00:00:00Z"), "major", LOST),
    Attack("a rule that takes tokens from pods gives them the network of the node", CHANGES, patches(hostNetwork=True),
           "critical", LOOSE),
    Attack("a rule that takes tokens from pods gives them an account", CHANGES, patches(serviceAccountName="admin"),
           "critical", LOOSE),
    Attack("a rule that hardens containers gives them another image", CHANGES, patches(containers=[
        {"(name)": "*", "securityContext": {"privileged": False}, "image": "registry.example.net/a"}]), "critical",
        LOOSE),
    Attack("a rule that hardens containers adds one by its name", CHANGES, patches(containers=[{
        "name": "helper", "securityContext": {"allowPrivilegeEscalation": False}}]), "major", LOOSE),
    Attack("a rule gives tokens to pods that have none", CHANGES, mutates(patchStrategicMerge={
        "spec": {"+(automountServiceAccountToken)": True}}), "major", LOOSE),
    Attack("a rule hardens the objects that it names, which are there already", CHANGES, mutates(
        targets=[{"apiVersion": "v1", "kind": "Pod"}], patchStrategicMerge={"spec": {"hostPID": False}}), "major",
        LOOSE),
    Attack("a rule hardens pods by a patch, and changes them by another", CHANGES, mutates(
        patchStrategicMerge={"spec": {"hostPID": False}}, patchesJson6902="- op: add\n  path: /spec/hostPID\n"
        "  value: true\n"), "critical", LOOSE),
    Attack("a rule writes a number where a field of pods is true or false", CHANGES, patches(hostIPC=0), "minor",
           LOOSE),
    Attack("a copy of a claim that no set of the plan makes has no price", UNPRICED, copied("data-other-0"), "minor",
           "its size is not known (Azure managed disks, pricing)"),
    Attack("a copy of a claim without the number of a pod has no price", UNPRICED, copied("data-index-x"), "minor",
           "its size is not known (Azure managed disks, pricing)"),
)  # fmt: skip
