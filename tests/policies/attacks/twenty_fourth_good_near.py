"""Attacks beside the good programs of the twenty-fourth set: what comes close to what now passes.

Written on 2026-12-02 with the rules at hand. Properties by pulumi-azure-native 3.29.0.
"""

from ..blind import HERE, KEY, OURS, RG, TAGS, aws, az, k8s, meta
from ..harness import Given
from . import Attack

PLACE, FORGE, TURNS = ("FJ-RES-201",), ("FJ-RES-002",), ("FJ-ENC-209",)
APIS = "/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Web/locations/uaenorth/managedApis"
TERMS = {"properties": {"hostingModel": "Web", "planType": "STT", "autoRenew": False, "current": {"tier": "T1"}}}
READS = "the vendor's service gets what the flow reads (Microsoft Learn, connectors reference)"


def repository(name: str, url: str) -> Given:
    """Returns a repository that Flux applies to the cluster."""
    return k8s("source.toolkit.fluxcd.io/v1:GitRepository", {"metadata": meta(name, "flux-system"), "spec": {
        "interval": "10m", "url": url, "ref": {"branch": "main"}}}, name)  # fmt: skip


def connection(api: str) -> Given:
    """Returns a connection of flows to an API."""
    return az("web:Connection", {**HERE, "connectionName": "out", "properties": {
        "displayName": "out", "api": {"id": f"{APIS}/{api}"}}}, "out")  # fmt: skip


def key_set(**more: object) -> Given:
    """Returns a set of disks whose key does not turn."""
    return az("compute:DiskEncryptionSet", {
        **HERE, "diskEncryptionSetName": "des", "identity": {"type": "SystemAssigned"}, "activeKey": {
            "keyUrl": "https://kv-bank.vault.azure.net/keys/cmk/0123456789abcdef0123456789abcdef", "sourceVault": {
                "id": f"{OURS}.KeyVault/vaults/kv-bank"}}, "rotationToLatestKeyVersionEnabled": False, **more},
        "set")  # fmt: skip


ATTACKS = (
    Attack("Flux reads the apps of an organisation whose name begins as the bank's", FORGE, (
        repository("apps", "https://github.com/bank-stranger/apps"),), "critical",
        "a stranger's repository runs in the cluster (fluxcd.io, GitRepository)"),
    Attack("Flux reads apps by a path that leaves the bank's organisation", FORGE, (
        repository("apps", "https://github.com/bank/../stranger/apps"),), "critical",
        "a stranger's repository runs in the cluster (fluxcd.io, GitRepository)"),
    Attack("Flux reads the bank's organisation at another forge", FORGE, (
        repository("apps", "https://git.stranger.example/github.com/bank/apps"),), "critical",
        "a stranger's repository runs in the cluster (fluxcd.io, GitRepository)"),
    Attack("a function sends to a host that has the name of a machine of OpenSearch", ("FJ-RES-",), (
        aws("lambda/Function", {
            "name": "send", "runtime": "python3.13", "handler": "app.handler", "role":
            "arn:aws:iam::123456789012:role/send", "s3Bucket": "bank-artifacts", "s3Key": "send.zip", "kmsKeyArn": KEY,
            "environment": {"variables": {"WARM_TYPE_URL": "https://ultrawarm1.medium.search/in"}}, "tags": TAGS}),),
        "major", "the owner of the domain gets what the function sends"),
    Attack("a flow sends what Sentinel found by a mail service abroad", ("FJ-RES-210",), (connection("sendgrid"),),
           "major", READS),
    Attack("a flow uses an API whose name only begins as that of Sentinel", ("FJ-RES-210",), (
        connection("azuresentinel-export"),), "major", READS),
    Attack("a commitment of hours of speech says that it lies in Europe", PLACE, (
        az("cognitiveservices:CommitmentPlan", {**RG, "location": "westeurope", "tags": TAGS, "accountName": "spch",
                                                "commitmentPlanName": "hours", **TERMS}),), "major",
        "speech is worked on outside the country"),
    Attack("a commitment of hours without an account of its own says nowhere where it lies", PLACE, (
        az("cognitiveservices:SharedCommitmentPlan", {
            "resourceGroupName": "rg-speech", "tags": TAGS, "commitmentPlanName": "hours", **TERMS}),),
        "minor", "speech is worked on outside the country"),
    Attack("nodes of a spread database speak with each other in plain text", ("FJ-ESC-115",), (
        az("dbforpostgresql:Configuration", {**RG, "serverName": "psql", "configurationName": "citus.node_conninfo",
                                             "value": "sslmode=disable", "source": "user-override"}),), "major",
        "rows cross the network in plain text (citusdata/citus 007c0cab, shared_library_init.c, read 2026-12-02)"),
    Attack("the key of plain disks never turns", TURNS, (key_set(encryptionType="EncryptionAtRestWithCustomerKey"),),
           "minor", "a key that leaked opens all disks for good (Azure, disk encryption sets)"),
    Attack("the key of disks of no stated kind never turns", TURNS, (key_set(),), "minor",
           "a key that leaked opens all disks for good (Azure, disk encryption sets)"),
)  # fmt: skip
