"""Protection against accidental data loss, and copies of data in another UAE region."""

from collections.abc import Mapping
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.rows import Check
from guardrails.resilience.data_protection import PRODUCTION_ROWS

from falaj.sandbox.clouds.sdk_schema import sdk
from tests.samples import COST_TAGS as TAGS

from .cases import compliant, put, samples
from .harness import UNKNOWN, Given, Pack

TEST_TAGS = TAGS | {"environment": "test"}
BUCKET = "aws:s3/bucket:Bucket"
ROWS = [(row, token) for row in PRODUCTION_ROWS for token in row.tokens]


def _rules(token: str, props: dict[str, object], stack: str = "prod-uae") -> set[str]:
    reports = Pack().evaluate_resource(Given(token, props, stack=stack))
    return {item.rule for item in reports if item.rule.startswith("FJ-RSL")}


@pytest.mark.parametrize(("row", "token"), ROWS, ids=[f"{token} {row.path}" for row, token in ROWS])
def test_protection_is_required_in_production_only(row: Check, token: str) -> None:
    assert _rules(token, compliant(token)) == set()
    for bad in samples(row.condition)[1]:
        props = compliant(token)
        put(props, row.path, bad)
        assert len(_rules(token, props)) == 1, bad
        assert _rules(token, props, "test") == set()
        assert len(_rules(token, props | {"tags": TEST_TAGS})) == 1, "a tag lifts no protection in a production stack"
        assert len(_rules(token, props | {"tags": TEST_TAGS}, "platform")) == 1


def test_the_sdks_have_the_properties() -> None:
    for row, token in ROWS:
        package = f"pulumi_{token.split(':')[0].replace('-', '_')}"
        assert row.path.split(".")[0].rstrip("?") in sdk(package).schema(token).inputs, (token, row.path)


def test_a_read_replica_needs_no_backups() -> None:
    token = "aws:rds/instance:Instance"
    props = compliant(token) | {"backupRetentionPeriod": 0}
    assert _rules(token, props) == {"FJ-RSL-103"}
    assert _rules(token, props | {"replicateSourceDb": ""}) == {"FJ-RSL-103"}
    for source in ("orders", UNKNOWN):  # the ARN of a new source is not known yet
        assert _rules(token, props | {"replicateSourceDb": source}) == set()


def _stack_rules(*plan: Given, settings: Mapping[str, Any] | None = None) -> set[str]:
    pack = Pack(Enforcement.model_validate({"default": {}, "resilience": settings or {}}))
    return {item.rule for item in pack.evaluate_stack(*plan) if item.rule.startswith("FJ-RSL")}


KEPT_ELSEWHERE = {"kept_elsewhere": dict.fromkeys(("data", "it", "files"), "In the systems that it comes from")}


def test_production_buckets_are_versioned() -> None:
    kind = "aws:s3/bucketVersioning:BucketVersioning"
    bucket = Given(BUCKET, {"tags": TAGS}, "data")
    on, off = ({"bucket": UNKNOWN, "versioningConfiguration": {"status": status}} for status in ("Enabled", "Disabled"))
    links = {"bucket": ("data",)}
    assert _stack_rules(bucket, settings=KEPT_ELSEWHERE) == {"FJ-RSL-111"}
    assert _stack_rules(bucket, Given(kind, on, "v", links=links), settings=KEPT_ELSEWHERE) == set()
    assert _stack_rules(bucket, Given(kind, on, "v"), settings=KEPT_ELSEWHERE) == {"FJ-RSL-111"}
    assert _stack_rules(bucket, Given(kind, off, "v", links=links), settings=KEPT_ELSEWHERE) == {"FJ-RSL-111"}
    assert (
        _stack_rules(Given(BUCKET, {"tags": TAGS, "versioning": {"enabled": True}}), settings=KEPT_ELSEWHERE) == set()
    )
    assert _stack_rules(Given(BUCKET, {"tags": TEST_TAGS}, stack="test")) == set()


def test_blobs_and_shares_have_soft_delete() -> None:
    account = Given(
        "azure-native:storage:StorageAccount", {"tags": TAGS, "location": "uaenorth"}, "account", protect=True
    )
    link = {"accountName": ("account",)}
    blob = Given("azure-native:storage:BlobContainer", {}, "c", links=link)
    share = Given("azure-native:storage:FileShare", {}, "s", links=link)
    retention = {"enabled": True, "days": 7}
    kept = {"deleteRetentionPolicy": retention, "containerDeleteRetentionPolicy": retention}
    blobs = Given("azure-native:storage:BlobServiceProperties", kept, "bs", links=link)
    blobs_only = Given("azure-native:storage:BlobServiceProperties", {"deleteRetentionPolicy": retention}, links=link)
    shares = Given(
        "azure-native:storage:FileServiceProperties", {"shareDeleteRetentionPolicy": retention}, "fs", links=link
    )
    assert _stack_rules(account) == set()
    assert _stack_rules(account, blob) == {"FJ-RSL-112"}
    assert _stack_rules(account, blob, shares) == {"FJ-RSL-112"}
    assert _stack_rules(account, blob, blobs) == set()
    assert _stack_rules(account, blob, blobs_only) == {"FJ-RSL-112"}
    assert _stack_rules(account, share) == {"FJ-RSL-113"}
    assert _stack_rules(account, share, shares) == set()


def test_file_systems_are_backed_up_by_policy_or_by_a_plan_that_selects_their_tag() -> None:
    files = Given("aws:efs/fileSystem:FileSystem", {"tags": TAGS | {"backup": "daily"}}, "files")
    policy, selection = "aws:efs/backupPolicy:BackupPolicy", "aws:backup/selection:Selection"
    assert _stack_rules(files, settings=KEPT_ELSEWHERE) == {"FJ-RSL-114"}
    for status, expected in (("ENABLED", set[str]()), ("DISABLED", {"FJ-RSL-114"})):
        backup_policy = Given(policy, {"backupPolicy": {"status": status}}, "p", links={"fileSystemId": ("files",)})
        assert _stack_rules(files, backup_policy, settings=KEPT_ELSEWHERE) == expected
    for value, expected in (("daily", set[str]()), ("weekly", {"FJ-RSL-114"})):
        condition = {"conditions": [{"stringEquals": [{"key": "aws:ResourceTag/backup", "value": value}]}]}
        assert _stack_rules(files, Given(selection, condition, "s"), settings=KEPT_ELSEWHERE) == expected
        tagged = {"selectionTags": [{"type": "STRINGEQUALS", "key": "backup", "value": value}]}
        assert _stack_rules(files, Given(selection, tagged, "s"), settings=KEPT_ELSEWHERE) == expected
    assert (
        _stack_rules(files, Given(selection, {}, "s", links={"resources": ("files",)}), settings=KEPT_ELSEWHERE)
        == set()
    )


def test_backup_vaults_are_locked() -> None:
    vault = Given("aws:backup/vault:Vault", {"tags": TAGS, "name": "v"}, "vault")
    lock = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
    assert _stack_rules(vault) == {"FJ-RSL-115"}
    assert _stack_rules(vault, Given(lock, {"backupVaultName": "v"}, "l")) == {"FJ-RSL-115"}
    assert _stack_rules(vault, Given(lock, {"backupVaultName": "v", "minRetentionDays": 30}, "l")) == set()
    assert _stack_rules(vault, Given(lock, {"backupVaultName": "other", "minRetentionDays": 30}, "l")) == {"FJ-RSL-115"}


def _is_copied(*plan: Given, settings: Mapping[str, Any] | None = None) -> bool:
    return "FJ-RSL-001" not in _stack_rules(*plan, settings=settings)


def test_data_in_an_impaired_region_is_copied_to_another_uae_region() -> None:
    bucket = Given(BUCKET, {"tags": TAGS}, "site-models-bucket")
    assert not _is_copied(bucket)
    assert _is_copied(Given(BUCKET, {"tags": TEST_TAGS}, "site-models-bucket", stack="test"))
    assert not _is_copied(Given("aws:dynamodb/table:Table", {"tags": TAGS}))
    assert not _is_copied(Given("aws:memorydb/cluster:Cluster", {"tags": TAGS}))
    assert _is_copied(Given("aws:sqs/queue:Queue", {"tags": TAGS}))
    assert _is_copied(Given("azure-native:storage:StorageAccount", {"tags": TAGS, "location": "UAE North"}))
    assert _is_copied(bucket, settings={"kept_elsewhere": {"site-*": "In the registry of models"}})
    assert not _is_copied(bucket, settings={"kept_elsewhere": {"other-*": "In the registry of models"}})


def test_a_copy_job_is_recognised_by_its_dependencies_or_its_label() -> None:
    bucket = Given(BUCKET, {"tags": TAGS}, "site-models-bucket")
    job = "kubernetes:batch/v1:CronJob"
    for purpose, expected in (("models", True), ("datasets", False), ("", False)):
        labelled = Given(job, {"metadata": {"labels": {"falaj/replicates": purpose}}}, "copy")
        assert _is_copied(bucket, labelled) is expected
    assert _is_copied(bucket, Given(job, {"spec": UNKNOWN}, "copy", links={"spec": ("site-models-bucket",)}))
    assert not _is_copied(bucket, Given("kubernetes:core/v1:ConfigMap", {}, "c", links={"data": (bucket.name,)}))
