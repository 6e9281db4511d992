"""What is paid for and holds nothing, asks KMS too often, or keeps machines from being given back."""

from typing import Any

import pytest

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, Given, Pack

PACK = Pack()
VOLUME = "aws:ebs/volume:Volume"
DISK = "azure-native:compute:Disk"
PLAN = "azure-native:web:AppServicePlan"
BUDGET = "kubernetes:policy/v1:PodDisruptionBudget"
ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"


def _stack(*plan: Given) -> set[str]:
    return {item.rule for item in PACK.stack(*plan) if item.rule.startswith("FJ-COST-12")}


def _alone(token: str, props: dict[str, Any], *rules: str) -> set[str]:
    return {item.rule for item in PACK.alone(Given(token, props)) if item.rule in rules}


@pytest.mark.parametrize("token", [VOLUME, DISK])
def test_a_disk_is_attached_by_what_refers_to_it(token: str) -> None:
    disk = Given(token, {"tags": TAGS, "id": "disk-1"}, "disk")
    assert _stack(disk) == {"FJ-COST-124"}
    user = "kubernetes:core/v1:PersistentVolume"
    assert _stack(disk, Given(user, {"spec": {"csi": {"volumeHandle": "disk-1"}}}, "pv")) == set()
    assert _stack(disk, Given(user, {"spec": {"csi": {"volumeHandle": "disk-2"}}}, "pv")) == {"FJ-COST-124"}
    assert _stack(disk, Given(user, {"spec": UNKNOWN}, "pv", links={"spec": ("disk",)})) == set()


@pytest.mark.parametrize(
    ("size", "expected"),
    [("P1v3", {"FJ-COST-125"}), ("F1", set()), ("y1", set()), ("FC1", set()), (UNKNOWN, {"FJ-COST-125"})],
)
def test_a_plan_has_an_app_in_it_or_costs_nothing(size: str, expected: set[str]) -> None:
    plan = Given(PLAN, {"tags": TAGS, "sku": {"name": size}}, "plan")
    assert _stack(plan) == expected
    app = Given("azure-native:web:WebApp", {"serverFarmId": UNKNOWN}, "app", links={"serverFarmId": ("plan",)})
    assert _stack(plan, app) == set()


def test_prefixes_of_addresses_are_used() -> None:
    prefix = Given("azure-native:network:PublicIPPrefix", {"tags": TAGS}, "prefix")
    gateway = Given("azure-native:network:NatGateway", {"tags": TAGS}, "out", links={"publicIpPrefixes": ("prefix",)})
    subnet = Given("azure-native:network:Subnet", {}, "subnet", links={"natGateway": ("out",)})
    assert _stack(prefix) == {"FJ-COST-121"}
    assert _stack(prefix, gateway) == {"FJ-COST-125"}
    assert _stack(prefix, gateway, subnet) == set()


def _encrypted(algorithm: str, **rule: Any) -> dict[str, Any]:
    default = {"sseAlgorithm": algorithm, "kmsMasterKeyId": "arn:aws:kms:me-central-1:1:key/1"}
    return {"bucket": "data", "rules": [{"applyServerSideEncryptionByDefault": default, **rule}]}


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        (_encrypted("aws:kms"), {"FJ-COST-118"}),
        (_encrypted("aws:kms", bucketKeyEnabled=True), set()),
        (_encrypted("aws:kms", bucketKeyEnabled=False), {"FJ-COST-118"}),
        (_encrypted("aws:kms:dsse"), set()),
        (_encrypted("AES256"), set()),
    ],
)
def test_a_bucket_asks_kms_for_a_key_of_its_own(props: dict[str, Any], expected: set[str]) -> None:
    assert _alone(ENCRYPTION, props, "FJ-COST-118") == expected


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([{"status": "Enabled", "expiration": {"days": 30}}], {"FJ-COST-119"}),
        ([{"status": "Enabled"}, {"status": "Enabled", "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}],
         set()),
        ([{"status": "Disabled", "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}], {"FJ-COST-119"}),
        ([UNKNOWN], set()),
        (UNKNOWN, {"FJ-COST-119"}),
    ],
)  # fmt: skip
def test_unfinished_uploads_end(rules: object, expected: set[str]) -> None:
    assert _alone(LIFECYCLE, {"bucket": "data", "rules": rules}, "FJ-COST-119") == expected


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"maxUnavailable": 0}, {"FJ-COST-303"}),
        ({"maxUnavailable": "0%"}, {"FJ-COST-303"}),
        ({"minAvailable": "100%"}, {"FJ-COST-303"}),
        ({"maxUnavailable": 1}, set()),
        ({"minAvailable": 1}, set()),
        ({"minAvailable": UNKNOWN}, set()),
        ({}, set()),
    ],
)
def test_a_disruption_budget_lets_a_pod_go(spec: dict[str, Any], expected: set[str]) -> None:
    for token in (BUDGET, BUDGET.replace("/v1:", "/v1beta1:")):
        assert _alone(token, {"metadata": {"name": "api"}, "spec": spec}, "FJ-COST-303") == expected


def test_logs_of_azure_end_too() -> None:
    for days, expected in ((30, set[str]()), (-1, {"FJ-COST-113"}), (0, {"FJ-COST-113"}), (UNKNOWN, {"FJ-COST-113"})):
        props = {"tags": TAGS, "location": "uaenorth", "retentionInDays": days}
        assert _alone("azure-native:operationalinsights:Workspace", props, "FJ-COST-113") == expected
    assert _alone("azure-native:operationalinsights:Workspace", {"tags": TAGS}, "FJ-COST-113") == set()


HEARD = {"subscriberEmailAddresses": ["finops@example.ae"]}
AWS_BUDGET = "aws:budgets/budget:Budget"


@pytest.mark.parametrize(
    ("alarms", "expected"),
    [
        ([{"threshold": 80, "notificationType": "ACTUAL", **HEARD}], set()),
        ([{"threshold": 100, "notificationType": "ACTUAL", **HEARD}], {"FJ-COST-005"}),
        ([{"threshold": 100, "notificationType": "FORECASTED", **HEARD}], set()),
        ([{"threshold": 80, "notificationType": "ACTUAL"}, {"threshold": 100, **HEARD}], {"FJ-COST-005"}),
        ([{"threshold": "400", "thresholdType": "ABSOLUTE_VALUE", **HEARD}], set()),
        ([{"threshold": 500, "thresholdType": "ABSOLUTE_VALUE", **HEARD}], {"FJ-COST-005"}),
        ([{"threshold": UNKNOWN, **HEARD}], set()),
        ([], set()),
    ],
)
def test_a_budget_warns_before_it_is_spent(alarms: list[dict[str, Any]], expected: set[str]) -> None:
    props = {"limitAmount": "500", "notifications": alarms}
    assert _alone(AWS_BUDGET, props, "FJ-COST-005") == expected
