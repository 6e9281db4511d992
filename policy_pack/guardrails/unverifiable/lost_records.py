"""Services of Azure and switches of programs that lose what is asked of them: records, messages, checks and findings.

Microsoft Learn, "Log compaction in Azure Event Hubs", "SQL vulnerability assessment rules" (VA1020; VA2108 by Az.Sql's
example, VA2065 by the same and as a string in public programs, read 2026-12-01) and
CreateQueueOptions.DefaultMessageTimeToLive, and that what expires is discarded unless it goes to dead letters by
NServiceBus, "Expired heartbeats"; that a message of SQS goes to the queue of failures once it was received too often,
and its periods and defaults, by botocore 1.44.8 (sqs, CreateQueue); that a machine which ends when it is shut down is
ended in spite of disableApiTermination, by Amazon EC2, "Terminate your instance"; read 2026-11-30. Properties by
pulumi-azure-native 3.29.0 and pulumi-aws 7.51.1. How short a life of messages is, and which names queues have, was
decided here.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.conditions import is_true
from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, Plain, Resource, from_json, one_or_many, walk
from ..engine.rows import Predicate, aws, azure
from ..engine.verdicts import Outcome, failed
from ..readers.feature_flags import leaves_check_out, switches
from .taken_records import RECORDS, TAKING_RECORDS

_SHORT = lazy_regex(r"P(?:0D)?T(?:0H)?(?:0M)?0*[1-5]?\d(?:\.\d{1,9})?S", re.IGNORECASE)
FLEETING = lazy_regex(
    r"repl(?:y|ies)|response|rpc|heartbeat|telemetry|(?<![a-z])pings?(?![a-z])|presence|price|quote|(?<![a-z])ticks?"
    r"(?:er|ers)?(?![a-z])|status|(?<![a-z])signal|notif|(?<![a-z])live(?![a-z])|cache|(?<![a-z])te?mp(?:orary)?(?![a-z])"
    r"|(?<!al)(?<!re)(?<!dis)location|cursor|(?<![a-z])locks?(?![a-z])",
    re.IGNORECASE,
)
"""Names of queues whose messages nobody misses once they are old."""
_FEW_MINUTES, _DAY, _HIDDEN = 300, 86_400, 30
"""Seconds: a life that survives a restart, one that trials of hours fit in, and how long SQS hides a message by
default."""
_PASSING = lazy_regex(
    r"(?<![a-z])(?:runners?|build(?:er|s)?|jobs?|batch|once|ephemeral|te?mp(?:orary)?|tests?|scan(?:ner)?|bake|loader"
    r"|train(?:ing|er)?|experiments?)(?![a-z])",
    re.IGNORECASE,
)
"""Names of machines that end by themselves once their work is done."""
_POWERFUL = frozenset({
    "db_owner", "db_securityadmin", "db_accessadmin", "db_ddladmin", "sysadmin", "securityadmin", "serveradmin",
    "control", "control server", "alter any user", "alter any role", "alter any login", "impersonate", "take ownership",
})  # fmt: skip
_PERSONS = frozenset({"external_user", "sql_user", "windows_user", "sql_login", "windows_login", "external_login"})
_EVERYBODY = frozenset({"guest", "public"})
_OPEN = frozenset({"0.0.0.0", "255.255.255.255"})  # noqa: S104 - the ends of a range, to which nothing is bound


def check_lost_records(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each of these settings."""
    check = _CHECKS.get(resource.type)
    if check is not None:
        yield from check(resource)


def _compaction(resource: Resource) -> Iterator[Outcome]:
    path = "retentionDescription.cleanupPolicy"
    name = resource.get("eventHubName")
    for _, policy in walk(resource.props, path):
        if "compact" in str(policy).lower() and isinstance(name, str) and RECORDS.search(name):
            yield failed(f"{path} keeps of the events of a key the last one only, and {name} has records", path)


def _expiry(resource: Resource) -> Iterator[Outcome]:
    life, name = resource.get("defaultMessageTimeToLive"), resource.get("queueName")
    is_kept = str(resource.get("deadLetteringOnMessageExpiration")).lower() == "true"
    is_fleeting = not isinstance(name, str) or FLEETING.search(name) is not None
    if isinstance(life, str) and _SHORT.fullmatch(life.strip()) and not is_kept and not is_fleeting:
        yield failed("defaultMessageTimeToLive is less than a minute, and what expires is kept nowhere: set "
                     "deadLetteringOnMessageExpiration", "defaultMessageTimeToLive")  # fmt: skip


def _queue(resource: Resource) -> Iterator[Outcome]:
    """Evaluates how long a queue of SQS keeps what nobody took: most programs restart within some minutes, and what is
    tried again must live as long as all of its trials."""
    key = "messageRetentionSeconds"
    life, policy = number_of(resource.get(key)), from_json(resource.get("redrivePolicy"))
    if life is None:
        return
    if life < _FEW_MINUTES and FLEETING.search(_name(resource)) is None:
        yield failed(f"{key} is less than five minutes, and what expires is kept nowhere", key)
    tries = number_of(policy.get("maxReceiveCount")) if isinstance(policy, dict) else None
    hidden = number_of(resource.get("visibilityTimeoutSeconds"))
    if tries is not None and life < _DAY and life <= tries * (_HIDDEN if hidden is None else hidden):
        yield failed(f"{key} ends before a message was tried {tries:.0f} times, so that none reaches the queue of "
                     "failures", key)  # fmt: skip


def _machine(resource: Resource) -> Iterator[Outcome]:
    key = "instanceInitiatedShutdownBehavior"
    is_spot = resource.get("instanceMarketOptions") is not MISSING
    is_single = resource.type in _MACHINES and not is_spot and _PASSING.search(_name(resource)) is None
    if str(resource.get(key)).lower() == "terminate" and (is_single or is_true(resource.get("disableApiTermination"))):
        yield failed(f"{key} must not be terminate: a machine that is shut down is gone with its disks, also one that "
                     "is protected from termination", key)  # fmt: skip


def _name(resource: Resource) -> str:
    """Returns the name of a resource in the cloud, the beginning of it or else the one in the program."""
    return next((name for key in ("name", "namePrefix") if isinstance(name := resource.get(key), str)), resource.name)


def _rows(value: Plain, depth: int = 0) -> Iterator[list[str]]:
    """Yields each row of a baseline as its words."""
    items = one_or_many(value.get("result") if isinstance(value, dict) else value)
    if items and all(isinstance(item, str) for item in items):
        yield [str(item).strip().lower() for item in items]
    elif depth < 4:
        for item in items:
            if isinstance(item, list | dict):
                yield from _rows(item, depth + 1)


def _baseline(resource: Resource) -> Iterator[Outcome]:
    for path in ("results", "baselineResults"):
        for row in (row for item in one_or_many(resource.get(path)) for row in _rows(item)):
            is_person = not _PERSONS.isdisjoint(row) and not _POWERFUL.isdisjoint(row) and "dbo" not in row
            if is_person or (len(row) > 1 and row[0] in _EVERYBODY) or set(row) >= _OPEN:
                yield failed(f"{path} accepts what the scan would report: a person with every right, guests, or every "
                             "address; give rights to groups", path)  # fmt: skip


def _features(resource: Resource) -> Iterator[Outcome]:
    path = "content" if resource.type in _HOSTED else "value"
    for name, is_on in switches(resource.get(path)):
        if leaves_check_out(name, is_on):
            yield failed(f"{path} has the switch {name} {'on' if is_on else 'off'}: programs leave the check out", path)


_MACHINES, _TEMPLATES = aws("ec2/Instance"), aws("ec2/LaunchTemplate")
_HOSTED = aws("appconfig/HostedConfigurationVersion")
_CHECKS: Mapping[str, Predicate] = {
    **TAKING_RECORDS,
    **dict.fromkeys(azure("eventhub:EventHub"), _compaction),
    **dict.fromkeys(azure("servicebus:Queue"), _expiry),
    **dict.fromkeys(azure(
        "sql:DatabaseSqlVulnerabilityAssessmentRuleBaseline", "sql:DatabaseVulnerabilityAssessmentRuleBaseline",
        "sql:ManagedDatabaseVulnerabilityAssessmentRuleBaseline", "sql:SqlVulnerabilityAssessmentRuleBaseline",
    ), _baseline),
    **dict.fromkeys(aws("sqs/Queue"), _queue),
    **dict.fromkeys((*_MACHINES, *_TEMPLATES), _machine),
    **dict.fromkeys((*azure("appconfiguration:KeyValue"), *_HOSTED), _features),
}  # fmt: skip
"""Type -> what evaluates it."""
