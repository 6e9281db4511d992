"""What one mistake must not lose, and data that lies in one place only."""

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

TRIAL = TAGS | {"environment": "test"}
BUCKET = "aws:s3/bucket:Bucket"
ROWS = [(row, token) for row in PRODUCTION_ROWS for token in row.tokens]


def _rules(token: str, props: dict[str, object]) -> set[str]:
    return {item.rule for item in Pack().evaluate_resource(Given(token, props)) if item.rule.startswith("FJ-RSL")}


@pytest.mark.parametrize(("row", "token"), ROWS, ids=[f"{token} {row.path}" for row, token in ROWS])
def test_production_is_protected_and_a_trial_need_not_be(row: Check, token: str) -> None:
    assert _rules(token, compliant(token)) == set()
    for bad in samples(row.condition)[1]:
        props = compliant(token)
        put(props, row.path, bad)
        assert len(_rules(token, props)) == 1, bad
        assert _rules(token, props | {"tags": TRIAL}) == set()


def test_the_sdks_have_the_properties() -> None:
    for row, token in ROWS:
        package = f"pulumi_{token.split(':')[0].replace('-', '_')}"
        assert row.path.split(".")[0].rstrip("?") in sdk(package).schema(token).inputs, (token, row.path)


def test_a_copy_of_another_database_needs_no_backups_of_its_own() -> None:
    token = "aws:rds/instance:Instance"
    props = compliant(token) | {"backupRetentionPeriod": 0}
    assert _rules(token, props) == {"FJ-RSL-103"}
    assert _rules(token, props | {"replicateSourceDb": UNKNOWN}) == {"FJ-RSL-103"}
    assert _rules(token, props | {"replicateSourceDb": "orders"}) == set()


def _stack(*plan: Given, settings: Mapping[str, Any] | None = None) -> set[str]:
    pack = Pack(Enforcement.model_validate({"default": {}, "resilience": settings or {}}))
    return {item.rule for item in pack.evaluate_stack(*plan) if item.rule.startswith("FJ-RSL")}


COPIED = {"kept_elsewhere": {"*": "In the systems that it comes from"}}


def test_buckets_of_production_keep_versions() -> None:
    kind = "aws:s3/bucketVersioning:BucketVersioning"
    bucket = Given(BUCKET, {"tags": TAGS}, "data")
    on, off = ({"bucket": UNKNOWN, "versioningConfiguration": {"status": status}} for status in ("Enabled", "Disabled"))
    links = {"bucket": ("data",)}
    assert _stack(bucket, settings=COPIED) == {"FJ-RSL-111"}
    assert _stack(bucket, Given(kind, on, "v", links=links), settings=COPIED) == set()
    assert _stack(bucket, Given(kind, on, "v"), settings=COPIED) == {"FJ-RSL-111"}
    assert _stack(bucket, Given(kind, off, "v", links=links), settings=COPIED) == {"FJ-RSL-111"}
    assert _stack(Given(BUCKET, {"tags": TAGS, "versioning": {"enabled": True}}), settings=COPIED) == set()
    assert _stack(Given(BUCKET, {"tags": TRIAL})) == set()


def test_blobs_and_shares_come_back_after_deletion() -> None:
    account = Given(
        "azure-native:storage:StorageAccount", {"tags": TAGS, "location": "uaenorth"}, "account", protect=True
    )
    link = {"accountName": ("account",)}
    blob = Given("azure-native:storage:BlobContainer", {}, "c", links=link)
    share = Given("azure-native:storage:FileShare", {}, "s", links=link)
    kept = {"enabled": True, "days": 7}
    blobs = Given("azure-native:storage:BlobServiceProperties", {"deleteRetentionPolicy": kept}, "bs", links=link)
    shares = Given("azure-native:storage:FileServiceProperties", {"shareDeleteRetentionPolicy": kept}, "fs", links=link)
    assert _stack(account) == set()
    assert _stack(account, blob) == {"FJ-RSL-112"}
    assert _stack(account, blob, shares) == {"FJ-RSL-112"}
    assert _stack(account, blob, blobs) == set()
    assert _stack(account, share) == {"FJ-RSL-113"}
    assert _stack(account, share, shares) == set()


def test_file_systems_are_backed_up_by_policy_or_by_a_plan_that_takes_their_tag() -> None:
    files = Given("aws:efs/fileSystem:FileSystem", {"tags": TAGS | {"backup": "daily"}}, "files")
    policy, selection = "aws:efs/backupPolicy:BackupPolicy", "aws:backup/selection:Selection"
    assert _stack(files, settings=COPIED) == {"FJ-RSL-114"}
    for status, expected in (("ENABLED", set[str]()), ("DISABLED", {"FJ-RSL-114"})):
        given = Given(policy, {"backupPolicy": {"status": status}}, "p", links={"fileSystemId": ("files",)})
        assert _stack(files, given, settings=COPIED) == expected
    for value, expected in (("daily", set[str]()), ("weekly", {"FJ-RSL-114"})):
        condition = {"conditions": [{"stringEquals": [{"key": "aws:ResourceTag/backup", "value": value}]}]}
        assert _stack(files, Given(selection, condition, "s"), settings=COPIED) == expected
        tagged = {"selectionTags": [{"type": "STRINGEQUALS", "key": "backup", "value": value}]}
        assert _stack(files, Given(selection, tagged, "s"), settings=COPIED) == expected
    assert _stack(files, Given(selection, {}, "s", links={"resources": ("files",)}), settings=COPIED) == set()


def test_backups_are_locked() -> None:
    vault = Given("aws:backup/vault:Vault", {"tags": TAGS, "name": "v"}, "vault")
    lock = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
    assert _stack(vault) == {"FJ-RSL-115"}
    assert _stack(vault, Given(lock, {"backupVaultName": "v"}, "l")) == {"FJ-RSL-115"}
    assert _stack(vault, Given(lock, {"backupVaultName": "v", "minRetentionDays": 30}, "l")) == set()
    assert _stack(vault, Given(lock, {"backupVaultName": "other", "minRetentionDays": 30}, "l")) == {"FJ-RSL-115"}


def _elsewhere(*plan: Given, settings: Mapping[str, Any] | None = None) -> bool:
    return "FJ-RSL-001" not in _stack(*plan, settings=settings)


def test_data_in_an_impaired_region_is_elsewhere_in_the_country_too() -> None:
    bucket = Given(BUCKET, {"tags": TAGS}, "site-models-bucket")
    assert not _elsewhere(bucket)
    assert _elsewhere(Given(BUCKET, {"tags": TRIAL}, "site-models-bucket"))
    assert not _elsewhere(Given("aws:dynamodb/table:Table", {"tags": TAGS}))
    assert not _elsewhere(Given("aws:memorydb/cluster:Cluster", {"tags": TAGS}))
    assert _elsewhere(Given("aws:sqs/queue:Queue", {"tags": TAGS}))
    assert _elsewhere(Given("azure-native:storage:StorageAccount", {"tags": TAGS, "location": "UAE North"}))
    assert _elsewhere(bucket, settings={"kept_elsewhere": {"site-*": "In the registry of models"}})
    assert not _elsewhere(bucket, settings={"kept_elsewhere": {"other-*": "In the registry of models"}})


def test_what_copies_it_is_found_by_its_values_or_by_its_label() -> None:
    bucket = Given(BUCKET, {"tags": TAGS}, "site-models-bucket")
    job = "kubernetes:batch/v1:CronJob"
    for purpose, expected in (("models", True), ("datasets", False), ("", False)):
        labelled = Given(job, {"metadata": {"labels": {"falaj/replicates": purpose}}}, "copy")
        assert _elsewhere(bucket, labelled) is expected
    assert _elsewhere(bucket, Given(job, {"spec": UNKNOWN}, "copy", links={"spec": ("site-models-bucket",)}))
    assert not _elsewhere(bucket, Given("kubernetes:core/v1:ConfigMap", {}, "c", links={"data": (bucket.name,)}))
