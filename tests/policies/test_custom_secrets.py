"""Secrets in custom resources: which groups are custom resources, decided group by group, and what is read in them by
the one rule, FJ-EXP-326."""

import pytest
from guardrails.engine.reading import Resource
from guardrails.readers.custom_resources import is_custom

from .blind import crd, k8s, meta
from .harness import Pack, blocking

PACK = Pack()
KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow"
SECRETS = frozenset({"FJ-EXP-315", "FJ-EXP-326"})
"""The rule on variables of containers, and that on custom resources."""


def refused(kind: str, spec: object) -> set[str]:
    return blocking(PACK.evaluate_resource(k8s(kind, {"metadata": meta(), "spec": spec}))) & SECRETS


@pytest.mark.parametrize(
    ("group", "is_one"),
    [
        ("ray.io", True), ("argoproj.io", True), ("cert-manager.io", True), ("karpenter.k8s.aws", True),
        # Subprojects of Kubernetes have operators and settings like others, which the older of two readers left out.
        ("jobset.x-k8s.io", True), ("kueue.x-k8s.io", True), ("bootstrap.cluster.x-k8s.io", True),
        ("gateway.networking.k8s.io", True), ("snapshot.storage.k8s.io", True), ("secrets-store.csi.x-k8s.io", True),
        ("resource.k8s.io", True),
        # The template of a SealedSecret is plain text; what is encrypted is left out by its path.
        ("bitnami.com", True),
        ("config.gatekeeper.sh", True), ("externaldata.gatekeeper.sh", True),
        ("templates.gatekeeper.sh", False), ("constraints.gatekeeper.sh", False), ("mutations.gatekeeper.sh", False),
        ("kyverno.io", False), ("policies.kyverno.io", False), ("cleanup.kyverno.io", False),
        ("helm.sh", False), ("core", False), ("apps", False), ("batch", False), ("policy", False),
        ("networking.k8s.io", False), ("storage.k8s.io", False), ("apiextensions.k8s.io", False),
        ("rbac.authorization.k8s.io", False), ("flowcontrol.apiserver.k8s.io", False), ("custom.metrics.k8s.io", False),
    ],
)  # fmt: skip
def test_groups_of_custom_resources_are_decided_one_by_one(group: str, is_one: bool) -> None:
    assert is_custom(Resource("urn", f"kubernetes:{group}/v1:Thing", "x", {})) is is_one


@pytest.mark.parametrize("kind", ["jobset.x-k8s.io/v1alpha2:JobSet", "externaldata.gatekeeper.sh/v1beta1:Provider",
                                  "bootstrap.cluster.x-k8s.io/v1beta1:KubeadmConfig",
                                  "ray.io/v1:RayCluster"])  # fmt: skip
def test_each_secret_is_found_once_and_by_one_rule(kind: str) -> None:
    for spec in ({"files": [{"content": KEY}]}, {"adminPassword": "hunter2hunter2"},
                 {"options": {"env": [{"name": "API_TOKEN", "value": "hunter2hunter2"}]}},
                 {"options": {"envVars": {"DB_PASSWORD": "hunter2hunter2"}}}):  # fmt: skip
        given = k8s(kind, {"metadata": meta(), "spec": spec})
        found = [report for report in PACK.evaluate_resource(given) if report.rule in SECRETS]
        assert [report.rule for report in found] == ["FJ-EXP-326"]


@pytest.mark.parametrize("spec", [
    {"adminPassword": "${ADMIN}"}, {"passwordSecret": {"password": "key-of-secret"}},
    {"options": {"env": [{"name": "API_TOKEN", "valueFrom": {"secretKeyRef": {"name": "a", "key": "b"}}}]}},
    {"encryptedData": {"key": KEY}},
])  # fmt: skip
def test_references_and_what_is_encrypted_are_none(spec: object) -> None:
    assert refused("bitnami.com/v1alpha1:SealedSecret", spec) == set()


def test_variables_of_containers_are_left_to_their_rule() -> None:
    container = {"name": "a", "image": "a", "env": [{"name": "DB_PASSWORD", "value": "hunter2hunter2"}]}
    found = [report.rule for report in PACK.evaluate_resource(crd(
        "ray.io/v1:RayCluster", {"headGroupSpec": {"template": {"spec": {"containers": [container]}}}}))
        if report.rule in SECRETS]  # fmt: skip
    assert found == ["FJ-EXP-315"]
    steps = {"stepTemplate": {"env": container["env"]}, "steps": [{"name": "a", "image": "a", "env": container["env"]}]}
    assert refused("tekton.dev/v1:Task", steps) == {"FJ-EXP-315"}
