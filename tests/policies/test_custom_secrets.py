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


@pytest.mark.parametrize(("spec", "is_refused"), [
    ({"sparkConf": {"spark.kubernetes.driver.secretKeyRef.DB_PASSWORD": "db:password"}}, False),
    ({"sparkConf": {"spark.kubernetes.executor.secretKeyRef.API_TOKEN": "api:token"}}, False),
    ({"sparkConf": {"spark.kubernetes.container.image.pullSecrets": "registry"}}, False),
    ({"sparkConf": {"spark.kubernetes.driver.secretKeyRef.API_TOKEN": KEY}}, True),
    ({"sparkConf": {"spark.kubernetes.kerberos.tokenSecret.name": "hadoop",
                    "spark.kubernetes.kerberos.tokenSecret.itemKey": "token"}}, False),
    ({"sparkConf": {"spark.hadoop.fs.s3a.secret.key": "hunter2hunter2"}}, True),
    ({"sparkConf": {"spark.kubernetes.driverEnv.DB_PASSWORD": "hunter2hunter2"}}, True),
    ({"flinkConfiguration": {"s3.secret-key": "hunter2hunter2"}}, True),
    ({"flinkConfiguration": {"kubernetes.env.secretKeyRef": "env:API_TOKEN,secret:api,key:token"}}, False),
    ({"flinkConfiguration": {"security.ssl.rest.truststore.password": "changeit"}}, False),
    ({"env": {"TOKEN": {"valueFrom": {"secretKeyRef": {"name": "api", "key": "token"}}}}}, False),
    ({"env": {"API_TOKEN": {"value": "hunter2hunter2", "valueFrom": {}}}}, True),
    ({"env": {"API_TOKEN": {"value": "hunter2hunter2"}}}, True),
    ({"configuration": {"users": {"admin/password": "hunter2hunter2"}}}, True),
    ({"configuration": {"users": {"admin/k8s_secret_password": "ledger/admin"}}}, False),
    ({"configuration": {"users": {"admin/password_sha256_hex": "65e84be33532fb784c48129675f9eff3"}}}, False),
    ({"config": {"ssl.truststore.password": "changeit"}}, False),
    ({"config": {"ssl.truststore.password": "hunter2hunter2"}}, True),
    ({"config": {"ssl.keystore.password": "changeit"}}, True),
    ({"target": {"additionalFormats": {"jks": {"key": "bundle.jks", "password": "changeit"}}}}, False),
    ({"target": {"additionalFormats": {"jks": {"key": "bundle.jks", "password": "hunter2hunter2"}}}}, True),
])  # fmt: skip
def test_settings_with_a_secret_and_with_the_name_of_one(spec: object, *, is_refused: bool) -> None:
    assert refused("operators.example.ae/v1:Thing", spec) == ({"FJ-EXP-326"} if is_refused else set())
