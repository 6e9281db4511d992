"""Names, values and limits of others that were wrong until their sources were read: each case failed before."""

import json

import pytest
from guardrails.encryption.at_rest.aws.ai_and_analytics import KEYED_VOLUMES
from guardrails.engine.verdicts import Verdict

from tests.processor_time import within

from .blind import crd, k8s, meta
from .harness import UNKNOWN, Given, Pack, rules

PACK = Pack()
RBAC = "rbac.authorization.k8s.io/v1"
COPIES = "snapshot.storage.k8s.io/v1:VolumeSnapshotClass"
GROUPS = "groupsnapshot.storage.k8s.io/v1beta1"


def refuses(given: Given, rule: str) -> bool:
    """Returns whether a rule refuses a resource."""
    return rule in rules(PACK.evaluate_resource(given))


@pytest.mark.parametrize(("name", "refused"), [
    ("crossplane-rbac-manager", True), ("crossplane-view", False), ("crossplane-browse", False),
])  # fmt: skip
def test_the_role_of_crossplane_that_grants_what_it_does_not_have(name: str, *, refused: bool) -> None:
    """crossplane/crossplane 2d040d2d cluster/charts/crossplane/templates/rbac-manager-clusterrole.yaml: it may bind and
    escalate roles."""
    role = {"metadata": meta(namespace="team-a"), "rules": [{
        "apiGroups": ["rbac.authorization.k8s.io"], "resources": ["clusterroles"], "verbs": ["bind"],
        "resourceNames": [name]}]}  # fmt: skip
    assert refuses(k8s(f"{RBAC}:Role", role), "FJ-IDN-305") is refused


@pytest.mark.parametrize(("kind", "key", "value", "refused"), [
    (COPIES, "snapshotter-secret-namespace", "${volumesnapshot.namespace}", False),
    (COPIES, "snapshotter-secret-namespace", "payments", True),
    (f"{GROUPS}:VolumeGroupSnapshotClass", "group-snapshotter-secret-namespace", "${volumegroupsnapshot.namespace}",
     False),
    (f"{GROUPS}:VolumeGroupSnapshotClass", "group-snapshotter-secret-namespace", "payments", True),
    ("storage.k8s.io/v1:StorageClass", "node-stage-secret-namespace", "${pvc.namespace}", False),
])  # fmt: skip
def test_classes_of_copies_take_the_secret_of_each_copy(kind: str, key: str, value: str, *, refused: bool) -> None:
    """kubernetes-csi/docs 883ce07b book/src/secrets-and-credentials-volume-snapshot-class.md and
    kubernetes-csi/external-snapshotter afb2f0d8 pkg/utils/util.go."""
    props = {"metadata": {"name": "x"}, "driver": "rbd.csi.ceph.com", "provisioner": "rbd.csi.ceph.com",
             "deletionPolicy": "Retain", "parameters": {f"csi.storage.k8s.io/{key}": value}}  # fmt: skip
    assert refuses(k8s(kind, props), "FJ-IDN-314") is refused


@pytest.mark.parametrize(("namespace", "refused"), [("payments", True), ("team-a", False), ("rook-ceph", False)])
def test_a_copy_of_several_volumes_is_deleted_with_its_own_secret(namespace: str, *, refused: bool) -> None:
    """kubernetes-csi/external-snapshotter afb2f0d8 pkg/utils/util.go, AnnDeletionGroupSecretRefNamespace."""
    copy = k8s(f"{GROUPS}:VolumeGroupSnapshotContent", {
        "metadata": {"name": "x", "annotations": {
            "groupsnapshot.storage.kubernetes.io/deletion-secret-name": "x",
            "groupsnapshot.storage.kubernetes.io/deletion-secret-namespace": namespace}},
        "spec": {"driver": "rbd.csi.ceph.com", "deletionPolicy": "Retain",
                 "source": {"groupSnapshotHandles": {"volumeGroupSnapshotHandle": "g", "volumeSnapshotHandles": ["s"]}},
                 "volumeGroupSnapshotRef": {"name": "x", "namespace": "team-a"}}})  # fmt: skip
    assert refuses(copy, "FJ-IDN-314") is refused


@pytest.mark.parametrize("key", ["server-ca", "server-crt", "auth-secret"])
@pytest.mark.parametrize(("value", "refused"), [("payments/x", True), ("team-a/x", False), ("x", False)])
def test_certificates_and_keys_that_haproxy_reads(key: str, value: str, *, refused: bool) -> None:
    """haproxytech/kubernetes-ingress fc120676 documentation/annotations.md: on ingresses and services."""
    metadata = meta(annotations={f"haproxy.org/{key}": value})
    rule = {
        "host": "chat.example.ae",
        "http": {
            "paths": [
                {"path": "/", "pathType": "Prefix", "backend": {"service": {"name": "x", "port": {"number": 8443}}}}
            ]
        },
    }
    ingress = k8s("networking.k8s.io/v1:Ingress", {"metadata": metadata, "spec": {
        "ingressClassName": "haproxy", "rules": [rule]}})  # fmt: skip
    assert refuses(ingress, "FJ-IDN-314") is refused
    service = k8s("core/v1:Service", {"metadata": metadata, "spec": {
        "type": "ClusterIP", "selector": {"app": "x"}, "ports": [{"port": 8443}]}})  # fmt: skip
    assert refuses(service, "FJ-IDN-314") is (refused and key.startswith("server-"))


@pytest.mark.parametrize(("spec", "refused"), [
    ({}, True), ({"watchNamespaces": []}, True), ({"watchNamespaces": ["team-a"]}, False),
    ({"watchNamespaceSelector": {"matchLabels": {"team": "a"}}}, False), ({"watchNamespaceSelector": {}}, True),
    ({"watchNamespaces": UNKNOWN}, False),
])  # fmt: skip
def test_a_collector_without_namespaces_watches_all(spec: dict[str, object], *, refused: bool) -> None:
    """kube-logging/logging-operator 51679aa5 pkg/sdk/logging/api/v1beta1/logging_types.go, WatchAllNamespaces."""
    own = crd("logging.banzaicloud.io/v1beta1:Logging", {"controlNamespace": "team-a", **spec})
    assert refuses(own, "FJ-IDN-314") is refused
    platform = crd("logging.banzaicloud.io/v1beta1:Logging", {"controlNamespace": "logging", **spec})
    assert not refuses(platform, "FJ-IDN-314")


@pytest.mark.parametrize(("name", "value", "refused"), [
    ("GIT_SSL_NO_VERIFY", "false", True), ("GIT_SSL_NO_VERIFY", "0", True), ("GIT_SSL_NO_VERIFY", "", True),
    ("CURL_SSL_NO_VERIFY", "false", False), ("VAULT_SKIP_VERIFY", "t", True), ("VAULT_SKIP_VERIFY", "f", False),
])  # fmt: skip
def test_git_checks_no_certificate_whatever_its_variable_says(name: str, value: str, *, refused: bool) -> None:
    """git/git 00755505 http.c: whether the variable is there counts; Go's strconv.ParseBool takes t for true."""
    container = {"name": "x", "image": "registry.example.ae/x@sha256:" + "0" * 64, "env": [
        {"name": name, "value": value}]}  # fmt: skip
    work = k8s("apps/v1:Deployment", {"metadata": meta(), "spec": {"template": {"spec": {"containers": [container]}}}})
    assert refuses(work, "FJ-ENC-425") is refused


@pytest.mark.parametrize(("name", "refused"), [("bearertokenauth", True), ("bearertokenauth/backend", True)])
@pytest.mark.parametrize("value", [{"token": "abcdefghijklmnop"}, {"tokens": ["${env:FIRST}", "abcdefghijklmnop"]}])
def test_tokens_of_collectors(name: str, value: dict[str, object], *, refused: bool) -> None:
    """open-telemetry/opentelemetry-collector-contrib extension/bearertokenauthextension/config.go."""
    collector = crd("opentelemetry.io/v1beta1:OpenTelemetryCollector", {"config": {"extensions": {name: value}}})
    assert refuses(collector, "FJ-EXP-326") is refused
    held = {"tokens": ["${env:FIRST}"], "filename": "/run/token"}
    named = crd("opentelemetry.io/v1beta1:OpenTelemetryCollector", {"config": {"extensions": {name: held}}})
    assert not refuses(named, "FJ-EXP-326")


@pytest.mark.parametrize(("machine", "refused"), [
    ("p6-b200.48xlarge", True), ("p6-b300.48xlarge", True), ("gr6f.4xlarge", True), ("dl2q.24xlarge", True),
    ("p5.48xlarge", True), ("m7i-flex.large", False), ("c8i-flex.large", False), ("dl380.large", False),
])  # fmt: skip
def test_machines_with_gpus_of_new_families(machine: str, *, refused: bool) -> None:
    """aws/karpenter-provider-aws 1d927085 website/content/en/docs/reference/instance-types.md, instance-gpu-count and
    instance-accelerator-count."""
    spec = {"nodeSelector": {"node.kubernetes.io/instance-type": machine}, "containers": [{
        "name": "x", "image": "registry.example.ae/x@sha256:" + "0" * 64, "ports": [{
            "containerPort": 80, "hostPort": 80}]}]}  # fmt: skip
    work = k8s("apps/v1:Deployment", {"metadata": meta(), "spec": {"replicas": 9, "template": {"spec": spec}}})
    found = PACK.evaluate_resource(work)
    assert any("machines with GPUs" in str(item) for item in found) is refused


@pytest.mark.parametrize(("machine", "needs_a_key"), [
    ("ml.p6-b200.48xlarge", False), ("ml.p3dn.24xlarge", False), ("ml.g7e.2xlarge", False), ("ml.g6.xlarge", False),
    ("ml.p3.2xlarge", True), ("ml.m7i-flex.large", True), ("ml.c8i.large", True),
])  # fmt: skip
def test_steps_on_machines_with_disks_of_their_own(machine: str, *, needs_a_key: bool) -> None:
    """botocore 1.44.8, sagemaker, ResourceConfig: AWS refuses a key there; families by the page above,
    instance-local-nvme."""
    cluster = {"InstanceType": machine, "InstanceCount": 1, "VolumeSizeInGB": 100}
    steps = [{"Name": "x", "Type": "Training", "Arguments": {"ResourceConfig": cluster}}]
    definition = json.dumps({"Version": "2020-12-01", "Steps": steps})
    assert (KEYED_VOLUMES.judge(definition) is Verdict.FAIL) is needs_a_key


@pytest.mark.parametrize(("driver", "refused"), [
    ("lustre-csi.hpe.com", False), ("lustre.csi.hpe.com", True), ("csi.hpe.com", False), ("exa.csi.ddn.com", False),
])  # fmt: skip
def test_the_driver_of_hpes_lustre(driver: str, *, refused: bool) -> None:
    """kubernetes-csi/docs 883ce07b book/src/drivers.md."""
    volume = k8s("core/v1:PersistentVolume", {"metadata": {"name": "x"}, "spec": {
        "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteMany"], "storageClassName": "x",
        "claimRef": {"name": "x", "namespace": "team-a"}, "csi": {"driver": driver, "volumeHandle": "h"}}})  # fmt: skip
    found = PACK.evaluate_resource(volume)
    assert any("nobody reviewed" in str(item) for item in found) is refused


def test_a_hostile_name_of_a_machine_costs_no_time() -> None:
    """Its time grew with the square of its length: 20,000 letters took half a second."""
    cluster = {"InstanceType": f"ml.m5{'d' * 20_000}", "VolumeSizeInGB": 100}
    definition = json.dumps({"Steps": [{"Arguments": {"ResourceConfig": cluster}}]})
    with within(0.1):
        assert KEYED_VOLUMES.judge(definition) is Verdict.FAIL
