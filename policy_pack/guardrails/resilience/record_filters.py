"""Filters by which records of who did what are not written, and rules that delete whatever is stored within days.

AWS CloudTrail API Reference (AdvancedFieldSelector, read 2026-11-29), awsdocs/amazon-rds-user-guide 054491c5
(doc_source/Appendix.MariaDB.Options.md), MicrosoftDocs/azure-databases-docs 0a87d3e2 (articles/mysql/flexible-server/
concepts-audit-logs.md) and pgaudit/pgaudit 014e6b77 (README.md), read 2026-11-30; predicates of auditing and rules of
lifecycles by the descriptions in pulumi-azure-native 3.29.0; properties by it and pulumi-aws 7.51.1.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import UNKNOWN, Plain, Resource, one_or_many, texts_in, walk
from ..engine.rows import aws, azure
from ..engine.verdicts import Outcome, failed
from ..readers.task_containers import CONTAINERS, containers

_TRAILS = aws("cloudtrail/Trail", "cloudtrail/EventDataStore")
_NOT = ("notEquals", "notStartsWiths", "notEndsWiths")
_NOISE = frozenset({"kms.amazonaws.com", "rdsdata.amazonaws.com"})
"""Services that call so often that CloudTrail lets their management events be left out."""
_PARAMETERS = (
    *aws(
        "rds/ParameterGroup",
        "rds/ClusterParameterGroup",
        "rds/OptionGroup",
        "docdb/ClusterParameterGroup",
        "neptune/ClusterParameterGroup",
        "redshift/ParameterGroup",
    ),
    *azure("dbformysql:Configuration", "dbforpostgresql:Configuration"),
)
_LEFT_OUT = lazy_regex(
    r"(?:server_)?audit(?:_log)?_(?:excl|exclude)_(?:users|accounts|databases|commands)", re.IGNORECASE
)
"""Parameters of MariaDB, MySQL and Aurora that leave users, databases or statements out of the audit."""
_OF_THE_SERVICE = frozenset({"rdsadmin", "rdsrepladmin", "azure_superuser"})
"""Users of the service itself: AWS and Azure let them be left out, since they ask many times a minute."""
_NO, _NONE = frozenset({"0", "off", "false", "no"}), frozenset({"none", "disabled", ""})
_WRITERS = {
    "server_audit_logging": _NO, "enable_user_activity_logging": _NO, "log_connections": _NO,
    "neptune_enable_audit_log": _NO, "audit_trail": frozenset({"none", "false"}),
    "audit_sys_operations": _NO, "audit_log_enabled": _NO, "audit_log_policy": frozenset({"none"}),
    "default trace enabled": _NO,
    "audit_logs": _NONE, "pgaudit.log": _NONE, "server_audit_events": frozenset({""}),
}  # fmt: skip
"""Parameters of Aurora, RDS, Redshift, DocumentDB and Neptune that write records -> values with which none are written;
audit_logs by a copy of Amazon DocumentDB, "Auditing", and server_audit_events by a copy of Amazon RDS, "MariaDB Audit
Plugin", read 2026-11-29; of Oracle by its Database References 11.2 and 18c, AUDIT_TRAIL, and what `false` does by notes
on it, read 2026-11-30. AUDIT_SYS_OPERATIONS is true by default since 12c (CIS Oracle Server 12c and 19c Benchmark
2.2.1 in tenable.com audits, read 2026-11-30); of MySQL by CIS MySQL 5.6 Enterprise Benchmark in tenable.com audits
(audit_log_policy) and Microsoft Learn, "Audit Logs in Azure Database for MySQL", and of SQL Server by Microsoft Learn,
"default trace enabled", read 2026-11-30."""
_AS_LISTS = {"log_connections": frozenset({"on", "true", "yes", "1", "all", "authentication", "authorization"})}
"""Parameters that have been lists since PostgreSQL 18 -> items of which one says who came (postgrespro/postgres
9219093c: an empty list writes nothing, and a receipt has no name; read 2026-11-30)."""
_AUDITS = azure("sql:ExtendedServerBlobAuditingPolicy", "sql:ExtendedDatabaseBlobAuditingPolicy")
_WHO = r"(?:\w{0,30}principal_(?:name|s?id)|client_ip|object_(?:name|id)|(?:application|host|schema|database)_name)"
_PREDICATE = lazy_regex(
    r"(?<![\w.])(\d+)\s*=\s*(?!\1\b)\d+|(?<![\w.])(\d+)\s*(?:<>|!=|<|>)\s*\2\b"
    rf"|\b{_WHO}\W{{0,3}}\s*(?:<>|!=|not\s+(?:like|in)\b)"
    rf"|\bnot\s*[(\[\s]{{1,9}}{_WHO}\]?\s*(?:=|like\b|in\b)",
    re.IGNORECASE,
)
"""A comparison of numbers that is never true, and one that leaves out a user, a place from which he comes, or what he
asks for (fields of sys.fn_get_audit_file by Microsoft Learn, read 2026-12-01; a user has a number and a key too)."""
_LIFECYCLES = aws("s3/BucketLifecycleConfiguration", "s3/BucketLifecycleConfigurationV2")
_BUCKETS = aws("s3/Bucket", "s3/BucketV2")
"""Buckets with rules of their own, in the form before the separate resource."""
_POLICIES = azure("storage:ManagementPolicy")
_WEEK = 7
"""Days in which most mistakes are noticed; judged, not read anywhere."""
_SCRATCH = lazy_regex(
    r"(?<![a-z])(?:tmp|temp|temporary|scratch|cache|spill|(?:query|athena)[-_.]?results)(?![a-z])", re.IGNORECASE
)
_OF_AUDITS = lazy_regex(
    r"insights-activity-logs|insights-logs-[\w-]{0,40}(?:audit|administrative|sign-?in|security"
    r"|storage(?:read|write|delete))|sqldbauditlogs|\$logs",
    re.IGNORECASE,
)
"""Containers in which Azure writes who did what (`insights-logs-` and `sqldbauditlogs` found in copies of Microsoft's
pages on logs of vaults, on monitoring Azure Storage and on the format of audit logs of Azure SQL,
`insights-activity-logs` in one on the lifetimes of diagnostic logs, `$logs` in a post on Azure Storage, read
2026-12-01)."""
_MONTH = 30
_RECORDS = lazy_regex(r"log|audit|trail|record|archiv|backup|evidence", re.IGNORECASE)
"""Words in the name of a bucket whose content is made again when it is missed, and of one that has records."""
_OF_THE_BUSINESS = lazy_regex(
    r"(?<![a-z])(?:audits?|evidence|fraud|journals?|ledgers?|payments?|trails?|transactions?)(?![a-z])", re.IGNORECASE
)
_ON_ITS_WAY = lazy_regex(r"te?mp|scratch|stag|cache|incoming|inbox|landing|upload|export|draft|session", re.IGNORECASE)
"""Folders of records, and those through which they only pass; decided here."""
_SMALL, _LARGE = 1024, 1024**2
"""Bytes: files of records have more than a marker and less than a dataset; judged, not read anywhere."""
RECORD_TYPES = (*_TRAILS, *_PARAMETERS, *_AUDITS, *_LIFECYCLES, *_BUCKETS, *_POLICIES, *CONTAINERS)
"""Types that `check_records` and `check_deletions` evaluate."""


def check_records(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each filter of records."""
    if resource.type in _TRAILS:
        yield from _selectors(resource)
    elif resource.type in _PARAMETERS:
        yield from _parameters(resource.props)
    elif resource.type in _AUDITS:
        for path, value in walk(resource.props, "predicateExpression?"):
            if isinstance(value, str) and _PREDICATE.search(value):
                yield failed(f"{path} leaves records out", path)
    for place, container in containers(resource):
        log, path = container.get("logConfiguration"), f"{place}.logConfiguration.logDriver"
        # Of the values of Docker, ECS documents no `none` (botocore 1.44.8, ecs, LogConfiguration, read 2026-11-29).
        if isinstance(log, dict) and log.get("logDriver") == "none":
            yield failed(f"{path} is none, so that nobody sees what the container did", path)


def _selectors(resource: Resource) -> Iterator[Outcome]:
    for path, selector in _items(resource.get("advancedEventSelectors"), "advancedEventSelectors"):
        fields = [item for _, item in _items(selector.get("fieldSelectors"), "")]
        is_management = any("Management" in texts_in(item.get("equals")) for item in fields)
        for item in fields:
            name, left_out = str(item.get("field")), [text for key in _NOT for text in texts_in(item.get(key))]
            is_noise = name == "eventSource" and _NOISE.issuperset(left_out)
            if left_out and not is_noise and (is_management or name.startswith("userIdentity")):
                yield failed(f"{path} leaves out of the records what has the {name} {left_out[0]}", path)
            if is_management and name == "readOnly" and "true" in texts_in(item.get("equals")):
                yield failed(f"{path} leaves out of the records whatever changes something", path)


def _items(value: Plain, path: str) -> Iterator[tuple[str, dict[str, Plain]]]:
    """Yields the objects of a list, or the one that stands for a list of one, with their paths."""
    for index, item in enumerate(one_or_many(value)):
        if isinstance(item, dict):
            yield f"{path}[{index}]", item


def _parameters(value: Plain, path: str = "") -> Iterator[Outcome]:
    """Yields a failure for each parameter, by name and value, that leaves something out of an audit."""
    if isinstance(value, dict):
        name = next((value[key] for key in ("name", "configurationName") if isinstance(value.get(key), str)), "")
        if value.get("value") is UNKNOWN:
            return
        left_out = {part.strip() for part in _spelling(value).split(",")} - {""}
        if _LEFT_OUT.fullmatch(str(name)) and not left_out <= _OF_THE_SERVICE:
            yield failed(f"{path or 'value'} leaves users or statements out of the audit by {name}", path or "value")
        if "name" in value and "value" in value and _is_silent(str(name).lower(), value):
            yield failed(f"{path} writes no records, by {name}", path)
        for key, item in value.items():
            yield from _parameters(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _parameters(item, f"{path}[{index}]")


def _is_silent(name: str, parameter: Mapping[str, Plain]) -> bool:
    value = _spelling(parameter)
    if name in _AS_LISTS and isinstance(parameter.get("value"), str):
        return not says_who(value)
    return value in _WRITERS.get(name, ()) or (name == "pgaudit.log" and not classes_of(value))


def says_who(value: Plain) -> bool:
    """Returns whether log_connections writes who comes, as a switch or as a list of what is written."""
    return not _AS_LISTS["log_connections"].isdisjoint(part.strip() for part in str(value).lower().split(","))


def classes_of(value: Plain) -> set[str]:
    """Returns the classes of statements that pgaudit.log has written: one with `-` takes a class away again."""
    found = set[str]()
    for part in str(value).lower().replace(" ", "").split(","):
        if part == "-all":
            found.clear()
        elif part.startswith("-"):
            found.discard(part[1:])
        elif part not in ("", "none"):
            found.add(part)
    return found


def _spelling(parameter: Mapping[str, Plain]) -> str:
    value = parameter.get("value")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip().lower()


def check_deletions(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each rule that deletes everything in a store within the week. Only the plan says what makes
    a bucket whose name is not known yet."""
    is_aws = resource.type in (*_LIFECYCLES, *_BUCKETS)
    if not (is_aws or resource.type in _POLICIES) or _is_scratch(resource, "bucket" if is_aws else "accountName"):
        return
    place = "lifecycleRules" if resource.type in _BUCKETS else "rules" if is_aws else "policy.rules"
    policy = resource.get("policy")
    rules = resource.get(place) if is_aws else policy.get("rules") if isinstance(policy, dict) else None
    for path, rule in _items(rules, place):
        if rule.get("status") == "Disabled" or rule.get("enabled") is False:
            continue
        dates = [value for _, value in walk(dict(rule), "expiration?.date?") if isinstance(value, str) and value]
        if is_aws and dates and not _is_limited(rule):
            # From the date on, also what is stored later (awsdocs/amazon-s3-userguide, doc_source/
            # intro-lifecycle-rules.md, "Lifecycle rules: Based on a specific date", read 2026-11-30).
            yield failed(f"{path} deletes everything from {dates[0]} on, also records", path)
        days = _days(rule, is_aws=is_aws)
        if days and min(days) < _WEEK and not _is_limited(rule):
            yield failed(f"{path} deletes everything after {min(days):.0f} days, also records", path)
        kept = [text for place in _PREFIXES for _, value in walk(dict(rule), place) for text in one_or_many(value)
                if isinstance(text, str)]  # fmt: skip
        folder = next((text for text in kept if _OF_THE_BUSINESS.search(text) and not _ON_ITS_WAY.search(text)), None)
        if folder is not None and days and min(days) < _WEEK:
            yield failed(f"{path} deletes the records in {folder} after {min(days):.0f} days", path)
        records = next((text for text in kept if _OF_AUDITS.match(text.lstrip("/"))), None)
        if records is not None and days and min(days) < _MONTH:
            yield failed(f"{path} deletes records in {records} after {min(days):.0f} days, less than {_MONTH}", path)
        if not _is_limited(rule):
            yield from _former(rule, path, is_aws=is_aws)


def _former(rule: Mapping[str, Plain], path: str, *, is_aws: bool) -> Iterator[Outcome]:
    """Yields a failure for a rule by which nothing can be restored that was overwritten or deleted a week ago. A number
    of former versions that are kept whenever they were made is enough (Amazon S3,
    NoncurrentVersionExpiration: both its conditions must be met; found as a string, read 2026-12-02)."""
    for place in _FORMER if is_aws else ():
        for kept in (item for _, value in walk(dict(rule), place) for item in one_or_many(value)):
            if not isinstance(kept, dict):
                continue
            days = next((number for key in _AGES if (number := number_of(kept.get(key))) is not None), None)
            if days is not None and days < _WEEK and not number_of(kept.get("newerNoncurrentVersions")):
                yield failed(f"{path} keeps what an object was before for {days:.0f} days", path)
    for part in () if is_aws else ("version", "snapshot"):
        for _, value in walk(dict(rule), f"definition?.actions?.{part}?.delete?.daysAfterCreationGreaterThan?"):
            if number_of(value) == 0:
                yield failed(f"{path} deletes each {part} as soon as it is there, so that none is restored", path)


_FORMER = ("noncurrentVersionExpiration?", "noncurrentVersionExpirations?")
_AGES = ("noncurrentDays", "days")
_PREFIXES = ("filter?.prefix?", "prefix?", "filter?.and?.prefix?", "definition?.filters?.prefixMatch?")


def _is_scratch(resource: Resource, key: str) -> bool:
    """Returns whether the name of the store, or of the resource that makes it, says that nothing in it is kept."""
    made_by = " ".join(urn.rpartition("::")[2] for urn in resource.dependencies.get(key, ()))
    name = resource.get(key)
    own = resource.name if resource.type in _BUCKETS else ""
    text = f"{name if isinstance(name, str) else ''} {made_by} {own}"
    return _SCRATCH.search(text) is not None and not _RECORDS.search(text)


def _days(rule: Mapping[str, Plain], *, is_aws: bool) -> list[float]:
    """Returns the days after which a rule deletes what is stored; former versions and snapshots may go before."""
    patterns = ("expiration?.days?", "expirations?.days?") if is_aws else ("definition?.actions?.baseBlob?.delete?",)
    named = [value for pattern in patterns for _, value in walk(dict(rule), pattern)]
    found = named if is_aws else [value for item in named if isinstance(item, dict) for value in item.values()]
    return [number for value in found if (number := number_of(value)) is not None]


def _is_limited(rule: Mapping[str, Plain]) -> bool:
    """Returns whether a rule is for some objects only: by a beginning of their names, by a tag or by their size."""
    sizes = {
        key: number_of(value)
        for key in ("objectSizeLessThan", "objectSizeGreaterThan")
        for start in ("filter?", "filter?.and?")
        for _, value in walk(dict(rule), f"{start}.{key}?")
    }
    less, more = sizes.get("objectSizeLessThan"), sizes.get("objectSizeGreaterThan")
    if (less is not None and less <= _SMALL) or (more is not None and more >= _LARGE):
        return True
    patterns = (
        "filter?.prefix?", "prefix?", "tags?", "filter?.tag?.key?", "filter?.and?.prefix?", "filter?.and?.tags?",
        "definition?.filters?.prefixMatch?", "definition?.filters?.blobIndexMatch?",
    )  # fmt: skip
    return any(value is UNKNOWN or (isinstance(value, str | list | dict) and bool(value))
               for pattern in patterns for _, value in walk(dict(rule), pattern))  # fmt: skip
