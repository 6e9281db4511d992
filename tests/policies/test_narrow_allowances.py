"""What good idioms of the fifteenth set showed to be wrong alarms, and what is still refused beside each."""

from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement

from .blind import az, k8s, meta
from .harness import Given, Pack, blocking

PACK = Pack(Enforcement.model_validate({
    "default": {"all": "disabled", "FJ-RES-002": "mandatory", "FJ-RES-003": "mandatory", "FJ-RES-106": "mandatory",
                "FJ-ESC-102": "mandatory", "FJ-ESC-107": "mandatory", "FJ-EXP-314": "mandatory"},
    "residency": {"known": {"platform-*": "our own series of buckets"}}}))  # fmt: skip
EXPORT = "aws:dynamodb/tableExport:TableExport"
ACCOUNT = "spark.kubernetes.authenticate.driver.serviceAccountName"


def refused(*plan: Given) -> set[str]:
    return blocking(PACK.evaluate_plan(*plan))


def spark(account: object, template: str = "driverSpec") -> Given:
    containers = {"spec": {"containers": [{"name": "a", "image": "registry.bank.ae/a:1"}]}}
    spec = {"sparkConf": {ACCOUNT: account} if account else {}, template: {"podTemplateSpec": containers}}
    return k8s("spark.apache.org/v1:SparkApplication", {"metadata": meta(), "spec": spec})


def assignment(**more: object) -> Given:
    return az("guestconfiguration:GuestConfigurationAssignment", {"properties": {
        "guestConfiguration": {"name": "AzureLinuxBaseline", "version": "1.*", **more}}})  # fmt: skip


def connector(key: str, value: str) -> Given:
    return k8s("kafka.strimzi.io/v1:KafkaConnector", {"metadata": meta(), "spec": {"config": {key: value}}})


def release(**secret: str) -> Given:
    values = {"jdbc": {"secret": secret}}
    return k8s("helm.sh/v3:Release", {"chart": "oci://registry.bank.ae/nessie", "version": "0.1.0", "values": values})


def attested(key: str) -> Given:
    authorities = [{"attestations": [{key: "https://cosign.sigstore.dev/attestation/v1"}]}]
    return k8s("policy.sigstore.dev/v1:ClusterImagePolicy", {"metadata": meta(), "spec": {"authorities": authorities}})


@pytest.mark.parametrize(
    ("given", "rule", "is_refused"),
    [
        (spark("driver"), "FJ-EXP-314", False),
        (spark(""), "FJ-EXP-314", True),
        (spark("default"), "FJ-EXP-314", True),
        (spark(" default"), "FJ-EXP-314", True),
        (spark(["a"]), "FJ-EXP-314", True),
        (spark("driver", "executorSpec"), "FJ-EXP-314", True),
        (assignment(assignmentType="Audit"), "FJ-ESC-102", False),
        (assignment(), "FJ-ESC-102", True),
        (assignment(assignmentType="ApplyAndAutoCorrect"), "FJ-ESC-102", True),
        (assignment(assignmentType="Audit", contentUri="https://a.example.com/a.zip"), "FJ-ESC-102", True),
        (assignment(assignmentType="Audit", contentManagedIdentity="/subscriptions/x/a"), "FJ-ESC-102", True),
        (connector("column.mask.with.8.chars", "public.balances.name"), "FJ-RES-003", False),
        (connector("message.key.columns", "public.orders.name"), "FJ-RES-003", False),
        (connector("table.include.list", "public.balances.name"), "FJ-RES-003", False),
        (connector("column", "public.balances.name"), "FJ-RES-003", True),
        (release(name="db", username="username", password="password"), "FJ-ESC-107", False),
        (release(name="db", password="postgres-password"), "FJ-ESC-107", False),
        (release(name="db", username="username", password="Passw0rd1"), "FJ-ESC-107", True),
        (release(name="db", username="username", password="hunter2"), "FJ-ESC-107", True),
        (release(name="db", create="yes", password="password"), "FJ-ESC-107", True),
        (release(password="password"), "FJ-ESC-107", True),
        (attested("predicateType"), "FJ-RES-003", False),
        (attested("predicateType"), "FJ-RES-002", False),
        (attested("url"), "FJ-RES-002", True),
        # Anybody may have a bucket of a series, so what is copied there needs its whole name.
        (Given(EXPORT, {"s3Bucket": "platform-exports-0a1b2c3"}), "FJ-RES-106", True),
    ],
)
def test_what_is_allowed_and_what_is_not(given: Given, rule: str, is_refused: bool) -> None:
    assert (rule in refused(given)) is is_refused


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("kubernetes:couchbase.com/v2:CouchbaseCluster", "clientCertificatePaths", "subject.cn"),
        ("kubernetes:couchbase.com/v2:CouchbaseCluster", "otherPaths", "subject.cn"),
    ],
)
def test_the_part_of_a_certificate_is_no_host(kind: str, path: str, value: str) -> None:
    spec: dict[str, Any] = {"networking": {"tls": {path: [{"path": value}]}}}
    given = k8s(kind.removeprefix("kubernetes:"), {"metadata": meta(), "spec": spec})
    assert ("FJ-RES-003" in refused(given)) is (path == "otherPaths")


def test_the_page_of_the_portal_is_no_store() -> None:
    watcher = "databasewatcher:Watcher"
    page = az(watcher, {"datastore": {"kustoManagementUrl": "https://portal.azure.com/resource/a/overview"}})
    store = az(watcher, {"datastore": {"kustoDatabaseName": "https://portal.azure.com/resource/a/overview"}})
    assert "FJ-RES-003" not in refused(page)
    assert "FJ-RES-003" in refused(store)
