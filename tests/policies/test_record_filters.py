"""Nothing is left out of records of who did what, and nothing deletes everything within days (FJ-RSL-117)."""

from dataclasses import replace

import pytest
from guardrails.resilience.record_filters import RECORD_TYPES
from hypothesis import given
from hypothesis import strategies as st

from .blind import RG, TAGS, aws, az
from .harness import UNKNOWN, Given, Pack, blocking
from .sdk_paths import has_path

RULE = "FJ-RSL-117"
PACK = Pack()


def refused(resource: Given) -> bool:
    return RULE in blocking(PACK.evaluate_plan(resource))


@pytest.mark.parametrize(
    ("token", "path"),
    [
        ("aws:cloudtrail/eventDataStore:EventDataStore", "advancedEventSelectors.fieldSelectors.notStartsWiths"),
        ("aws:cloudtrail/trail:Trail", "advancedEventSelectors.fieldSelectors.notEquals"),
        ("aws:rds/optionGroup:OptionGroup", "options.optionSettings.value"),
        ("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "rules.expiration.days"),
        ("azure-native:storage:ManagementPolicy", "policy.rules.definition.actions.baseBlob.delete"),
        ("azure-native:sql:ExtendedDatabaseBlobAuditingPolicy", "predicateExpression"),
    ],
)
def test_types_and_properties_are_of_the_sdk(token: str, path: str) -> None:
    assert token in RECORD_TYPES
    assert has_path(token, path)


def _selected(kind: str, category: str, **field: object) -> Given:
    return aws(f"cloudtrail/{kind}", {"tags": TAGS, "name": "t", "advancedEventSelectors": [{"fieldSelectors": [
        {"field": "eventCategory", "equals": [category]}, field]}]})  # fmt: skip


@given(
    kind=st.sampled_from(["Trail", "EventDataStore"]),
    operator=st.sampled_from(["notEquals", "notStartsWiths", "notEndsWiths"]),
    name=st.sampled_from(["userIdentity.arn", "eventName", "eventSource", "eventType", "sessionCredentialFromConsole"]),
    value=st.text(min_size=1, max_size=40),
)  # fmt: skip
def test_whatever_is_left_out_of_management_events_is_refused(kind: str, operator: str, name: str, value: str) -> None:
    assert refused(_selected(kind, "Management", **{"field": name, operator: [value]}))


@pytest.mark.parametrize(
    ("resource", "is_refused"),
    [
        (_selected("Trail", "Management", field="eventSource", notEquals=["kms.amazonaws.com"]), False),
        (
            _selected("Trail", "Management", field="eventSource", notEquals=["kms.amazonaws.com", "iam.amazonaws.com"]),
            True,
        ),
        (_selected("Trail", "Management", field="eventType", notEquals=["kms.amazonaws.com"]), True),
        (_selected("Trail", "Data", field="resources.ARN", notStartsWiths=["arn:aws:s3:::bank-audit/"]), False),
        (_selected("EventDataStore", "Data", field="userIdentity.arn", notEndsWiths=["/deploy"]), True),
        (_selected("EventDataStore", "Management", field="readOnly", equals=["false"]), False),
        (aws("cloudtrail/Trail", {"tags": TAGS}), False),
    ],
)
def test_selectors_of_trails(resource: Given, is_refused: bool) -> None:
    assert refused(resource) == is_refused


@pytest.mark.parametrize("name", ["server_audit_excl_users", "SERVER_AUDIT_EXCL_USERS", "audit_log_exclude_users",
                                  "audit_log_exclude_accounts", "audit_log_exclude_databases"])  # fmt: skip
@pytest.mark.parametrize(
    ("value", "is_refused"),
    [
        ("admin", True), ("%", True), ("", False), (None, False), (UNKNOWN, False), ("rdsadmin", False),
        ("azure_superuser, RDSREPLADMIN", False), ("rdsadmin,etl", True),
    ],
)  # fmt: skip
def test_parameters_leave_nobody_out_but_users_of_the_service(name: str, value: object, is_refused: bool) -> None:
    pair = {"name": name, "value": value}
    assert refused(az("dbformysql:Configuration", {**RG, "configurationName": name, "value": value})) == is_refused
    assert refused(aws("rds/ClusterParameterGroup", {"family": "aurora-mysql8.0", "parameters": [pair]})) == is_refused
    assert refused(aws("rds/OptionGroup", {"options": [{"optionName": "X", "optionSettings": [pair]}]})) == is_refused


@pytest.mark.parametrize(
    ("name", "value", "is_refused"),
    [
        ("log_connections", 0, True), ("log_connections", 0.0, True), ("log_connections", False, True),
        ("log_connections", 1, False), ("log_connections", True, False), ("log_connections", UNKNOWN, False),
        ("pgaudit.log", UNKNOWN, False), ("pgaudit.log", "", True), ("server_audit_events", UNKNOWN, False),
    ],
)  # fmt: skip
def test_numbers_and_unknown_values_of_parameters(name: str, value: object, is_refused: bool) -> None:
    group = aws("rds/ParameterGroup", {"family": "f", "parameters": [{"name": name, "value": value}], "tags": TAGS})
    assert refused(group) == is_refused


def test_users_who_are_audited_may_be_listed() -> None:
    included = {"name": "SERVER_AUDIT_INCL_USERS", "value": "admin"}
    assert not refused(aws("rds/OptionGroup", {"options": [{"optionName": "X", "optionSettings": [included]}]}))


@pytest.mark.parametrize(
    ("predicate", "is_refused"),
    [
        ("1=0", True), ("(2 = 3) and state = 1", True), ("1 <> 1", True), ("7!=7", True),
        ("server_principal_name <> 'admin'", True), ("[database_principal_name] NOT LIKE 'etl%'", True),
        ("object_name = 'Employees'", False), ("statement not like '[select 1]%'", False), ("1 = 1", False),
        ("(statement <> 'select 1')", False), ("", False),
    ],
)  # fmt: skip
def test_predicates_of_audits(predicate: str, is_refused: bool) -> None:
    for kind in ("Server", "Database"):
        audit = {**RG, "serverName": "s", "databaseName": "d", "state": "Enabled", "predicateExpression": predicate}
        assert refused(az(f"sql:Extended{kind}BlobAuditingPolicy", audit)) == is_refused


def _lifecycle(days: int, **rule: object) -> Given:
    return aws("s3/BucketLifecycleConfiguration", {"bucket": "b", "rules": [
        {"id": "r", "status": "Enabled", "expiration": {"days": days}, **rule}]})  # fmt: skip


def _management(days: int, age: str = "daysAfterModificationGreaterThan", **filters: object) -> Given:
    return az("storage:ManagementPolicy", {**RG, "accountName": "st", "policy": {"rules": [{
        "name": "r", "type": "Lifecycle", "enabled": True, "definition": {
            "filters": {"blobTypes": ["blockBlob"], **filters},
            "actions": {"baseBlob": {"delete": {age: days}}}}}]}})  # fmt: skip


@given(days=st.integers(0, 400), age=st.sampled_from(["Modification", "Creation", "LastAccessTime"]))
def test_what_deletes_everything_waits_for_a_week(days: int, age: str) -> None:
    assert refused(_management(days, f"daysAfter{age}GreaterThan")) == (days < 7)
    assert refused(_lifecycle(days)) == (days < 7)


@pytest.mark.parametrize(
    "resource",
    [
        _management(1, prefixMatch=["scratch/"]),
        _management(1, blobIndexMatch=[{"name": "kind", "op": "==", "value": "scratch"}]),
        _lifecycle(1, filter={"prefix": "scratch/"}), _lifecycle(1, prefix="scratch/"),
        _lifecycle(1, filter={"tag": {"key": "kind", "value": "scratch"}}), _lifecycle(1, status="Disabled"),
        _lifecycle(1, filter={"and": {"prefix": "scratch/", "tags": {}}}),
    ],
    ids=range(7),
)  # fmt: skip
def test_what_deletes_a_folder_may_be_quick(resource: Given) -> None:
    assert not refused(resource)


@pytest.mark.parametrize("kind", ["snapshot", "version"])
def test_snapshots_and_versions_may_be_pruned(kind: str) -> None:
    """S3's noncurrentVersionExpiration passes too: the blob itself stays."""
    given = _management(365)
    actions = given.props["policy"]["rules"][0]["definition"]["actions"]  # type: ignore[index, call-overload]
    actions[kind] = {"delete": {"daysAfterCreationGreaterThan": 3}}  # type: ignore[index, call-overload]
    assert not refused(given)


def _named(name: object, links: dict[str, tuple[str, ...]] | None = None) -> Given:
    rules = [{"filter": {}, "expiration": {"days": 3}}]
    return aws("s3/BucketLifecycleConfiguration", {"bucket": name, "rules": rules}, links=links or {})


@pytest.mark.parametrize(
    ("name", "is_refused"),
    [
        ("athena-results", False), ("bank.spill", False), ("etl_tmp", False), ("scratch", False), ("Cache", False),
        ("athena-results-audit", True), ("temp-logs", True), ("bank-templates", True), ("bank", True),
        ("backup-staging", True), ("orders-staging", True), ("exam-results", True), ("app-tmp", False),
        ("query_results", False),
    ],
)  # fmt: skip
def test_what_is_made_again_may_be_deleted_soon(name: str, is_refused: bool) -> None:
    assert refused(_named(name)) == is_refused
    account = _management(3)
    assert refused(replace(account, props={**account.props, "accountName": name})) == is_refused


@pytest.mark.parametrize(("maker", "is_refused"), [("scratch", False), ("lake", True), ("trail-cache", True)])
def test_an_unknown_bucket_is_named_by_what_makes_it(maker: str, is_refused: bool) -> None:
    bucket = aws("s3/Bucket", {"tags": TAGS}, maker)
    reports = PACK.evaluate_stack(bucket, _named(UNKNOWN, {"bucket": (maker,)}))
    assert (RULE in blocking(reports)) == is_refused


@pytest.mark.parametrize(
    ("limit", "is_refused"),
    [
        ({"prefix": UNKNOWN}, False), ({"objectSizeLessThan": 10}, False), ({"objectSizeGreaterThan": 2**30}, False),
        ({"and": {"objectSizeLessThan": "1024"}}, False), ({"objectSizeGreaterThan": 0}, True),
        ({"objectSizeLessThan": 10**12}, True), ({"objectSizeLessThan": 131072}, True),
        ({"prefix": ""}, True), ({"tag": {"key": UNKNOWN}}, False),
    ],
)  # fmt: skip
def test_unknown_prefixes_and_sizes_limit_what_is_deleted(limit: dict[str, object], is_refused: bool) -> None:
    assert refused(_lifecycle(1, filter=limit)) == is_refused


@pytest.mark.parametrize(
    ("kind", "name", "off", "on"),
    [
        ("rds/ClusterParameterGroup", "server_audit_logging", "0", "1"),
        ("rds/ClusterParameterGroup", "server_audit_logging", "OFF", "ON"),
        ("rds/ParameterGroup", "pgaudit.log", "none", "ddl,role"),
        ("rds/ParameterGroup", "log_connections", "0", "1"),
        ("docdb/ClusterParameterGroup", "audit_logs", "disabled", "enabled"),
        ("redshift/ParameterGroup", "enable_user_activity_logging", "false", "true"),
    ],
)
def test_databases_of_aws_write_records(kind: str, name: str, off: str, on: str) -> None:
    for value, is_refused in ((off, True), (on, False)):
        group = {"family": "f", "parameters": [{"name": name, "value": value}], "tags": TAGS}
        assert refused(aws(kind, group)) == is_refused
