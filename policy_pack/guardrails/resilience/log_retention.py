"""Records of who did what are kept: buckets of trails do not expire them, and database servers write them.

Parameters by the sources of `record_filters`; `connection_throttle.enable` as a string in public repositories, read
2026-11-30; property names checked against pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0.
"""

from collections.abc import Iterator

from ..engine.conditions import Condition, none_of, one_of
from ..engine.families import resilience_rule
from ..engine.number_conditions import number_of
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource, one_or_many, walk
from ..engine.rows import Check, Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from .azure_records import AZURE_RECORDS, check_collected, check_syslog, check_tables, check_transforms
from .dropped_events import PIPELINES, check_dropped_events
from .record_filters import RECORD_TYPES, check_deletions, check_records, classes_of, says_who
from .record_writers import (
    ORGANISATION_POLICIES,
    POLICY_TYPES,
    ROLE_POLICIES,
    SESSIONS,
    as_name,
    check_refused_writes,
    check_unwritten,
    written_into,
)
from .refused_recorders import check_beginnings

_FEWEST_DAYS = 30
"""Days for which records are kept at least: an intrusion is often found weeks later."""
_EXPIRIES = aws("s3/BucketLifecycleConfiguration", "s3/BucketLifecycleConfigurationV2")


def _judge_expiry(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Judges the rules of a bucket's lifecycle that delete everything, or expire what a trail or a recorder of the plan
    writes there."""
    yield from check_deletions(resource)
    yield from check_collected(resource, plan)
    yield from check_refused_writes(resource, plan)
    for written in written_into(resource, plan) if resource.type in _EXPIRIES else ():
        for path, rule in walk(resource.props, "rules[*]"):
            yield from (_judge_rule(item, path, written) for item in one_or_many(rule))


def _judge_rule(rule: Plain, path: str, written: str) -> Outcome:
    if not isinstance(rule, dict) or str(rule.get("status")) == "Disabled":
        return passed()
    days = [number for _, value in walk(rule, "expiration?.days?") if (number := number_of(value)) is not None]
    prefix = next((as_name(value) for key in ("filter?.prefix?", "prefix?") for _, value in walk(rule, key)), "")
    covers = written.startswith(prefix) or prefix.startswith(written)
    if covers and any(number < _FEWEST_DAYS for number in days):
        text = f"expires records of the account after {min(days):.0f} days, less than {_FEWEST_DAYS}"
        return failed(f"{path} {text}", path)
    return passed()


_ON = one_of("on", "ON", "1", "true")
WHO_CONNECTS = Condition("must be on, all, or a list with authentication or authorization", says_who)
AUDITED_STATEMENTS = Condition("must name classes of statements, such as ddl,role", lambda text: bool(classes_of(text)))
AUDITED_CONNECTIONS = Condition(
    "must have CONNECTION",
    lambda text: any(part.strip().startswith("connection") for part in str(text).lower().split(",")),
)
"""Who signs in, and where from (prowler-cloud/prowler 3e000faa,
mysql_flexible_server_audit_log_connection_activated, read 2026-12-01)."""
_POSTGRESQL, _MYSQL = azure("dbforpostgresql:Configuration"), azure("dbformysql:Configuration")


def _parameter(types: tuple[str, ...], name: str, condition: Condition = _ON) -> Check:
    return Check(types, "value", condition, when=("configurationName", one_of(name)))


AUDIT_ROWS = (
    _parameter(_POSTGRESQL, "pgaudit.log", AUDITED_STATEMENTS),
    _parameter(_POSTGRESQL, "log_connections", WHO_CONNECTS),
    _parameter(_POSTGRESQL, "log_disconnections"),
    _parameter(_POSTGRESQL, "connection_throttle.enable"),
    _parameter(_MYSQL, "audit_log_enabled"),
    _parameter(_MYSQL, "audit_log_events", AUDITED_CONNECTIONS),
    # What a build did is written to CloudWatch Logs, to S3 or nowhere (botocore 1.44.8, codebuild, LogsConfig).
    Check(aws("codebuild/Project"), "logsConfig?.cloudwatchLogs?.status", none_of("DISABLED"),
          when=("logsConfig.s3Logs.status", none_of("ENABLED"))),
    # Connectivity logs have who connects; messages and requests have categories of their own (docs of
    # ResourceLogCategory of pulumi-azure-native 3.29.0: names and values in any case; read 2026-11-29).
    Check(azure("signalrservice:SignalR", "webpubsub:WebPubSub"), "resourceLogConfiguration?.categories[*].enabled",
          none_of("false", "False"),
          when=("resourceLogConfiguration?.categories[*].name", one_of("ConnectivityLogs"))),
    *(Check(_POSTGRESQL, "value", none_of("fatal", "FATAL", "panic", "PANIC"), when=("configurationName", one_of(name)))
      for name in ("log_min_messages", "log_min_error_statement")),
)  # fmt: skip


def _check(resource: Resource) -> Iterator[Outcome]:
    yield from check_records(resource)
    yield from check_tables(resource)
    yield from check_syslog(resource)
    yield from check_transforms(resource)
    yield from check_unwritten(resource)
    yield from check_beginnings(resource)
    yield from check_dropped_events(resource)


RECORDS: tuple[Guardrail, ...] = (
    resilience_rule(117, Severity.HIGH, "Records of who did what are written, and kept for a month at least",
                    "an intrusion is often found weeks later, and without records nobody knows what was taken",
                    "Expire what trails and recorders write after a year or more, or leave other prefixes to the rule; "
                    "set pgaudit.log to ddl,role,write, and log_connections, connection_throttle.enable and "
                    "audit_log_enabled to on; enable ConnectivityLogs; leave nobody out of an audit; limit what "
                    "deletes within days to a prefix; collect the category of the audit (Administrative, AuditEvent, "
                    "AuditLogs, StorageRead), and keep it, with the column of who did it, for 30 days; name a log "
                    "group for sessions, and let no policy refuse the services that write, or deny what begins to "
                    "record without what ends it",
                    checks=AUDIT_ROWS, predicate=_check, plan_predicate=_judge_expiry,
                    types=tuple(dict.fromkeys((*_EXPIRIES, *RECORD_TYPES, *AZURE_RECORDS, *SESSIONS, *POLICY_TYPES,
                                               *ORGANISATION_POLICIES, *ROLE_POLICIES, *PIPELINES)))),
)  # fmt: skip
