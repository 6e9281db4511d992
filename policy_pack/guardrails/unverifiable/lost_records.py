"""Services of Azure and switches of programs that lose what is asked of them: records, messages, checks and findings.

Microsoft Learn, "Log compaction in Azure Event Hubs", "SQL vulnerability assessment rules" (VA1020; VA2108 by Az.Sql's
example, VA2065 as known) and CreateQueueOptions.DefaultMessageTimeToLive, and that what expires is discarded unless it
goes to dead letters by NServiceBus, "Expired heartbeats"; read 2026-11-30. "BGP peering with a virtual hub", and that
`acr purge` deletes what its filters match and is older than `--ago`, one day if it is left out, but for the newest of
`--keep`, as known.
Properties by pulumi-azure-native 3.29.0 and pulumi-aws 7.51.1. How short a life of messages is, and which names queues
have, was decided here.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.durations import seconds_of
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, Plain, Resource, one_or_many, texts_in, walk
from ..engine.rows import Predicate, aws, azure
from ..engine.verdicts import Outcome, failed
from ..readers.feature_flags import leaves_check_out, switches
from ..readers.plaintext_secrets import decode

_RECORDS = re.compile(
    r"audit|siem|security|compliance|fraud|forensic|records?\b|sign-?ins?\b|log-?ins?\b|(?<!cata)(?<!change)(?<!dia)(?<!(?<![a-z])b)logs?\b|trail|payment"
    r"|transaction|ledger|journal|evidence",
    re.IGNORECASE,
)
"""Names of streams of which each event counts, and not only the last one of its key."""
_SHORT = re.compile(r"P(?:0D)?T(?:0H)?(?:0M)?0*[1-5]?\d(?:\.\d{1,9})?S", re.IGNORECASE)
_FLEETING = re.compile(
    r"repl(?:y|ies)|response|rpc|heartbeat|telemetry|(?<![a-z])pings?(?![a-z])|presence|price|quote|(?<![a-z])ticks?"
    r"(?:er|ers)?(?![a-z])|status|(?<![a-z])signal|notif|(?<![a-z])live(?![a-z])|cache|(?<![a-z])te?mp(?:orary)?(?![a-z])"
    r"|(?<!al)(?<!re)(?<!dis)location|cursor|(?<![a-z])locks?(?![a-z])",
    re.IGNORECASE,
)
"""Names of queues whose messages nobody misses once they are old."""
_WEEK, _DAYS = 7 * 86400, 7
"""Seconds, and days, in which most mistakes are noticed; decided here."""
_PURGE = re.compile(r"\bacr(?:-cli(?::[\w.-]{1,60})?)?\s+purge\b([^\n]{0,2000})")
_OPTION = re.compile(r"(?<!\S)--?(filter|f|ago|keep)[\s=]{1,4}(\"[^\"]{0,300}\"|'[^']{0,300}'|\S{1,300})")
_AGE = re.compile(r"(?:(?P<days>\d{1,6}(?:\.\d{1,6})?)d)?(?:\d{1,9}h)?(?:\d{1,9}m)?(?:\d{1,9}s)?")
_ANYTHING = r"[\^(]{0,3}(?:\.|\[\^?[\w/.\\-]{1,40}\]|\\[wS])[*+][)$]{0,3}"
_EVERY_IMAGE = re.compile(rf"{_ANYTHING}:{_ANYTHING}")
"""Two expressions that are one repeated sign or class."""
_POLICY = re.compile(
    r"\.(?:alter|alter-merge|create-or-alter)\s+(?:tables?|database|materialized-view)\s+(?P<name>[^\n|;]{1,200}?)\s+policy"
    r"\s+retention\b(?P<policy>[^;]{0,400})",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"soft-?delete(?:period)?\W{1,12}(?P<number>\d{1,6})(?P<unit>[dhms]|\.\d\d:|:)", re.IGNORECASE)
_EMPTIES = re.compile(
    r"\.(?:clear\s+table\s+(\S{1,200})\s+data|drop\s+extents\b[^\n]{0,200}?\b(?:from|table)\s+(\S{1,200})"
    r"|purge\s+table\s+(\S{1,200})|delete\s+table\s+(\S{1,200})\s+records)",
    re.IGNORECASE,
)
_PASSING = re.compile(r"raw|stag(?:e|ing)|landing|ingest|source|te?mp|scratch|test", re.IGNORECASE)
"""Names of tables from which rows go on to another one, which is kept (Kusto, "Retention policy": a period of nothing
for tables whose rows an update policy takes on; read 2026-11-30)."""
_CHANGES = ("Microsoft.Resources.", "Microsoft.KeyVault.", "Microsoft.PolicyInsights.", "Microsoft.Authorization.")
"""Beginnings of the types of events that say who changed what."""
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
        if "compact" in str(policy).lower() and isinstance(name, str) and _RECORDS.search(name):
            yield failed(f"{path} keeps of the events of a key the last one only, and {name} has records", path)


def _expiry(resource: Resource) -> Iterator[Outcome]:
    life, name = resource.get("defaultMessageTimeToLive"), resource.get("queueName")
    is_kept = str(resource.get("deadLetteringOnMessageExpiration")).lower() == "true"
    is_fleeting = not isinstance(name, str) or _FLEETING.search(name) is not None
    if isinstance(life, str) and _SHORT.fullmatch(life.strip()) and not is_kept and not is_fleeting:
        yield failed("defaultMessageTimeToLive is less than a minute, and what expires is kept nowhere: set "
                     "deadLetteringOnMessageExpiration", "defaultMessageTimeToLive")  # fmt: skip


def _retention(resource: Resource) -> Iterator[Outcome]:
    path, name = "softDeletePeriod", resource.get("databaseName")
    seconds = seconds_of(resource.get(path))
    if seconds is not None and seconds < _WEEK and isinstance(name, str) and _RECORDS.search(name):
        yield failed(f"{path} is less than a week, and {name} has records", path)


def _script(resource: Resource) -> Iterator[Outcome]:
    text = resource.get("scriptContent")
    if not isinstance(text, str):
        return
    for found in _POLICY.finditer(text):
        period = _PERIOD.search(found["policy"].split("\n.")[0])
        if period is not None and _seconds(period) < _WEEK and _keeps_records(found["name"]):
            yield failed(
                f"scriptContent keeps the records of {found['name'][:60]} for less than a week", "scriptContent"
            )
    for found in _EMPTIES.finditer(text):
        name = next(filter(None, found.groups()), "")
        if _keeps_records(name):
            yield failed(f"scriptContent takes records out of {name[:60]}", "scriptContent")


def _seconds(period: re.Match[str]) -> float:
    unit = (period["unit"] or "").lower()
    return float(period["number"]) * {"d": 86400, ".": 86400, "h": 3600, ":": 3600, "m": 60, "s": 1}[unit[:1]]


def _keeps_records(name: str) -> bool:
    return _RECORDS.search(name) is not None and not _PASSING.search(name)


def _attempts(resource: Resource) -> Iterator[Outcome]:
    names = [resource.get(key) for key in ("topicName", "systemTopicName", "eventSubscriptionName", "domainTopicName")]
    kinds = [kind for _, value in walk(resource.props, "filter?.includedEventTypes?") for kind in texts_in(value)]
    has_records = any(isinstance(name, str) and _RECORDS.search(name) for name in names) or any(
        kind.startswith(_CHANGES) for kind in kinds
    )
    is_kept = any(
        resource.get(key) is not MISSING for key in ("deadLetterDestination", "deadLetterWithResourceIdentity")
    )
    for path, value in walk(resource.props, "retryPolicy?.maxDeliveryAttempts?"):
        if has_records and not is_kept and (number := number_of(value)) is not None and number <= 1:
            yield failed(f"{path} is one, and what is not delivered at once is kept nowhere: set a dead letter "
                         "destination, or try again", path)  # fmt: skip


def _purge(resource: Resource) -> Iterator[Outcome]:
    for place in ("step", "runRequest"):
        for path, content in walk(resource.props, f"{place}?.encodedTaskContent?"):
            for command in _PURGE.findall(decode(content)):
                if purges_everything(command):
                    yield failed(f"{path} deletes every image that is older than a few days, also those that run: name "
                                 "repositories, or keep some", path)  # fmt: skip


def purges_everything(command: str) -> bool:
    """Returns whether the arguments of a purge have a filter that every image meets, keep none and wait for days only.

    A filter is an expression for the repository and one for the tag."""
    options = {name: value.strip("\"'") for name, value in _OPTION.findall(command)}
    keeps = options.get("keep", "0").strip() not in ("", "0") or "--dry-run" in command
    age = _AGE.fullmatch(options.get("ago", "1d").strip())
    days = float(age["days"] or 0) if age else 0.0
    filters = [value.strip("\"'") for name, value in _OPTION.findall(command) if name in ("filter", "f")]
    return not keeps and days < _DAYS and any(_EVERY_IMAGE.fullmatch(text) for text in filters)


def _peer(resource: Resource) -> Iterator[Outcome]:
    address = resource.get("peerIp")
    if isinstance(address, str) and address:
        yield failed("peerIp is the address of a machine that the plan does not have: whoever has it announces routes, "
                     "and gets what is sent there", "peerIp")  # fmt: skip


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


_HOSTED = aws("appconfig/HostedConfigurationVersion")
_CHECKS: Mapping[str, Predicate] = {
    **dict.fromkeys(azure("eventhub:EventHub"), _compaction),
    **dict.fromkeys(azure("servicebus:Queue"), _expiry),
    **dict.fromkeys(azure("kusto:ReadWriteDatabase"), _retention),
    **dict.fromkeys(azure("kusto:Script"), _script),
    **dict.fromkeys(azure(*(f"eventgrid:{kind}EventSubscription" for kind in (
        "", "SystemTopic", "Topic", "Domain", "DomainTopic", "PartnerTopic"))), _attempts),
    **dict.fromkeys(azure("containerregistry:Task", "containerregistry:TaskRun"), _purge),
    **dict.fromkeys(azure("network:VirtualHubBgpConnection"), _peer),
    **dict.fromkeys(azure(
        "sql:DatabaseSqlVulnerabilityAssessmentRuleBaseline", "sql:DatabaseVulnerabilityAssessmentRuleBaseline",
        "sql:ManagedDatabaseVulnerabilityAssessmentRuleBaseline", "sql:SqlVulnerabilityAssessmentRuleBaseline",
    ), _baseline),
    **dict.fromkeys((*azure("appconfiguration:KeyValue"), *_HOSTED), _features),
}  # fmt: skip
"""Type -> what evaluates it."""
