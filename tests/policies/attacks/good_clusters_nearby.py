"""Attacks beside what good programs of clusters need: stores of vectors, values set by Gatekeeper and archives.

Weaviate: weaviate/weaviate-helm 4213da52, weaviate/values.yaml and templates/weaviateStatefulset.yaml; Gatekeeper:
open-policy-agent/gatekeeper 07d4e88a, website/docs/mutation.md; Barman: cloudnative-pg/plugin-barman-cloud 009a66e7,
api/v1/objectstore_types.go. All read 2026-12-03.
"""

from collections.abc import Mapping

from ..blind import KEY, crd, release
from ..harness import Given
from . import Attack

READ = "read 2026-12-03"
SET = ("FJ-ESC-103",)
CHART = f"weaviate/weaviate-helm 4213da52 weaviate/values.yaml, {READ}"
CLOSED: Mapping[str, object] = {
    "replicas": 3, "image": {"registry": "cr.weaviate.io", "tag": "1.38.2"}, "service": {"type": "ClusterIP"},
    "grpcService": {"type": "ClusterIP"}, "authentication": {"anonymous_access": {"enabled": False}},
    "initContainers": {"sysctlInitContainer": {"enabled": False}}, "env": {"DISABLE_TELEMETRY": "true"}}  # fmt: skip
ARCHIVE = {"s3Credentials": {"inheritFromIAMRole": True}, "destinationPath": "s3://devaws-archives/shop",
           "data": {"encryption": "aws:kms"}, "wal": {"encryption": "aws:kms"}}  # fmt: skip


def weaviate(**values: object) -> tuple[Given, ...]:
    """Returns a release of the chart of Weaviate that is closed, but for the values given; None leaves one out."""
    return release("weaviate", "17.8.1", {
        key: value for key, value in {**CLOSED, **values}.items() if value is not None})  # fmt: skip


def assign(location: str, value: object, kind: str = "Assign") -> tuple[Given, ...]:
    """Returns what Gatekeeper sets at a location of each object."""
    return (crd(f"mutations.gatekeeper.sh/v1:{kind}", {
        "applyTo": [{"groups": [""], "versions": ["v1"], "kinds": ["Pod"]}], "location": location, "parameters": {
            "assign": value if kind == "AssignMetadata" and isinstance(value, dict) else {"value": value}}}),
        )  # fmt: skip


def archive(spec: Mapping[str, object], **configuration: object) -> tuple[Given, ...]:
    """Returns an archive of a database by the plug-in of Barman."""
    return (crd("barmancloud.cnpg.io/v1:ObjectStore", {
        "retentionPolicy": "35d", "configuration": {**ARCHIVE, **configuration}, **spec}),)  # fmt: skip


ATTACKS = (
    Attack("vectors are reached by gRPC from outside by default", ("FJ-EXP-332",), weaviate(grpcService=None),
        "critical",
           f"grpcService.type is LoadBalancer unless it is set ({CHART})"),
    Attack("vectors are reached by gRPC from outside, on a port of its own", ("FJ-EXP-332",), weaviate(
        grpcService={"enabled": True, "ports": [{"name": "grpc", "protocol": "TCP", "port": 50051}]}), "critical",
        f"grpcService.type is LoadBalancer unless it is set ({CHART})"),
    Attack("vectors start with a container that has every right on its machine", ("FJ-EXP-332",), weaviate(
        initContainers=None), "major",
        f"initContainers.sysctlInitContainer is privileged and runs unless it is off ({CHART})"),
    Attack("files of vectors change their owner by a container with every right", ("FJ-ESC-124",),
        weaviate(
        initContainers={"sysctlInitContainer": {"enabled": False}, "ensureFileOwnershipContainer": {"enabled": True}}),
        "major", f"ensureFileOwnershipContainer is privileged ({CHART})"),
    Attack("the key of the store of copies of vectors stands in the values", ("FJ-ESC-107",), weaviate(backups={"s3": {
        "enabled": True, "secrets": {"AWS_SECRET_ACCESS_KEY": "weaviate-s3"}}}), "critical",
        f"secrets are plain text, envSecrets are names of Secrets ({CHART})"),
    Attack("the key of the store of copies of vectors stands where a Secret is named", ("FJ-ESC-107",), weaviate(
        backups={"s3": {"enabled": True, "envSecrets": {
            "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMIK7MDENGbPxRfiCYzEXAMPLEKEY"}}}), "major",
        f"everybody who reads the release has it ({CHART})"),
    Attack("another chart has a password where Weaviate has names of Secrets", ("FJ-ESC-107",), release("portal",
        "1.0.0", {
        "database": {"envSecrets": {"PASSWORD": "winter-of-2026"}}}), "critical", "a chart may pass it on as it is"),
    *(Attack(f"Gatekeeper sets {place} in the pods of others", SET, assign(place, value), severity, f"{harm} ({READ})")
      for place, value, severity, harm in (
        ("spec.containers[name:*].image", "docker.io/stranger/agent:1", "critical", "each pod runs another program"),
        ("spec.containers[name:agent]", {"name": "agent", "image": "quay.io/foo/bar:latest"}, "critical",
         "each pod has one more program"),
        ("spec.containers[name:*].command", ["/bin/sh", "-c", "sleep 1"], "critical", "each pod runs another program"),
        ("spec.dnsConfig", {"nameservers": ["198.51.100.4"]}, "critical", "names lead to a stranger's machines"),
        ("spec.serviceAccountName", "admin", "critical", "each pod has the rights of the account"),
        ("spec.automountServiceAccountToken", "false", "minor", "a text is no switch, and nothing says what it does"),
        ("spec.containers[name:*].securityContext", {"allowPrivilegeEscalation": False, "runAsUser": 0}, "major",
         "programs run as root"),
        ("spec.securityContext", {"seccompProfile": {"type": "RuntimeDefault"}}, "major",
         "the value replaces the part, and programs may run as root"),
        ("spec.initContainers", [], "major", "what checks a program before it starts is gone"),
        ("spec.hostAliases", [{"ip": "198.51.100.4", "hostnames": ["bank.ae"]}], "critical",
         "names lead to a stranger's machines"))),
    Attack("Gatekeeper hardens by what a service answers", SET, (crd("mutations.gatekeeper.sh/v1:Assign", {
        "location": "spec.containers[name:*].securityContext.privileged", "parameters": {"assign": {
            "value": False, "externalData": {"provider": "helper", "failurePolicy": "Ignore"}}}}),), "major",
        f"the value is another's (website/docs/externaldata.md, as known; mutation.md {READ})"),
    Attack("Gatekeeper gives pods the label by which a policy lets them through", SET, assign(
        "metadata.labels.access", "ledger", "AssignMetadata"), "major",
            f"network policies and services choose by labels "
        f"({READ})"),
    Attack("Gatekeeper gives pods the annotation of a sidecar", SET, assign(
        'metadata.annotations."sidecar.istio.io/inject"', "false", "AssignMetadata"), "major",
        f"controllers obey annotations ({READ})"),
    Attack("Gatekeeper adds an argument to every program", SET, (crd("mutations.gatekeeper.sh/v1:ModifySet", {
        "location": "spec.containers[name:*].args", "parameters": {"operation": "merge", "values": {
            "fromList": ["--insecure"]}}}),), "critical", f"each program has another argument ({READ})"),
    Attack("Gatekeeper takes images from another registry", SET, (crd("mutations.gatekeeper.sh/v1:AssignImage", {
        "location": "spec.containers[name:*].image", "parameters": {"assignDomain": "docker.io/stranger"}}),),
            "critical",
        f"each pod runs another program ({READ})"),
    Attack("an archive of a database goes to a bucket of a stranger", ("FJ-RES-003", "FJ-RES-312"), archive(
        {}, destinationPath="s3://stranger/shop"), "critical", f"each row leaves the country ({READ})"),
    Attack("an archive of a database goes to Frankfurt", ("FJ-RES-302", "FJ-RES-312"), archive(
        {}, endpointURL="https://s3.eu-central-1.amazonaws.com"), "critical", f"each row leaves the country ({READ})"),
    Attack("an archive of a database is kept three days", ("FJ-ESC-115",), archive({"retentionPolicy": "3d"}), "major",
           f"what was damaged a week ago cannot be restored ({READ})"),
    Attack("an archive of a database has a switch that nobody has read", ("FJ-ESC-115",), archive(
        {}, data={"skipVerification": True}), "minor", f"what it does is not known ({READ})"),
    Attack("an archive of a database has its key in the program", ("FJ-EXP-326",),
        archive({"instanceSidecarConfiguration": {
        "env": [{"name": "AWS_SECRET_ACCESS_KEY", "value": KEY[-20:]}]}}), "critical",
        f"everybody who reads the object has it ({READ})"),
)  # fmt: skip
