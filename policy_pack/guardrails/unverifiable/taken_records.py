"""Records and images that somebody takes away: short retention, emptied tables, events told once, and purges.

Kusto, "Retention policy"; Event Grid, "Message delivery and retry" (no dead letters by default); Azure/acr-cli 0119a615
cmd/acr/purge.go: what its filters match and is older than `--ago` (`2d3h6m`) is deleted, but for the newest of
`--keep`; all read 2026-11-30. A command without `--ago`, which the tool refuses today, counts as one of a day.
Properties by pulumi-azure-native 3.29.0. How short a life is, and which names have records, was decided here.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.durations import seconds_of, seconds_of_span
from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, Resource, texts_in, walk
from ..engine.rows import Predicate, azure
from ..engine.verdicts import Outcome, failed
from ..readers.plaintext_secrets import decode

RECORDS = lazy_regex(
    r"audit|siem|security|compliance|fraud|forensic|records?\b|sign-?ins?\b|log-?ins?\b|(?<!cata)(?<!change)(?<!dia)(?<!(?<![a-z])b)logs?\b|trail|payment"
    r"|transaction|ledger|journal|evidence",
    re.IGNORECASE,
)
"""Names of streams of which each event counts, and not only the last one of its key."""
_WEEK = 7 * 86400
"""Seconds in which most mistakes are noticed; decided here."""
_PURGE = lazy_regex(r"\bacr(?:-cli(?::[\w.-]{1,60})?)?\s+purge\b([^\n]{0,2000})")
_OPTION = lazy_regex(r"(?<!\S)--?(filter|f|ago|keep)[\s=]{1,4}(\"[^\"]{0,300}\"|'[^']{0,300}'|\S{1,300})")
_ANYTHING = r"[\^(]{0,3}(?:\.|\[\^?[\w/.\\-]{1,40}\]|\\[wS])[*+][)$]{0,3}"
_EVERY_IMAGE = lazy_regex(rf"{_ANYTHING}:{_ANYTHING}")
"""Two expressions that are one repeated sign or class."""
_POLICY = lazy_regex(
    r"\.(?:alter|alter-merge|create-or-alter)\s++(?:tables?|database|materialized-view)\s++(?P<name>[^\n|;]{1,200}?)\s++policy"
    r"\s++retention\b(?P<policy>[^;]{0,400})",
    re.IGNORECASE,
)
_PERIOD = lazy_regex(r"soft-?delete(?:period)?\W{1,12}(?P<period>\d[\d.:]{0,20}[dhms]?)", re.IGNORECASE)
_EMPTIES = lazy_regex(
    r"\.(?:clear\s+table\s+(\S{1,200})\s+data|drop\s+extents\b[^\n]{0,200}?\b(?:from|table)\s+(\S{1,200})"
    r"|purge\s+table\s+(\S{1,200})|delete\s+table\s+(\S{1,200})\s+records)",
    re.IGNORECASE,
)
_PASSING = lazy_regex(r"raw|stag(?:e|ing)|landing|ingest|source|te?mp|scratch|test", re.IGNORECASE)
"""Names of tables from which rows go on to another one, which is kept (Kusto, "Retention policy": a period of nothing
for tables whose rows an update policy takes on; read 2026-11-30)."""
_CHANGES = ("Microsoft.Resources.", "Microsoft.KeyVault.", "Microsoft.PolicyInsights.", "Microsoft.Authorization.")
"""Beginnings of the types of events that say who changed what."""


def _retention(resource: Resource) -> Iterator[Outcome]:
    path, name = "softDeletePeriod", resource.get("databaseName")
    seconds = seconds_of(resource.get(path))
    if seconds is not None and seconds < _WEEK and isinstance(name, str) and RECORDS.search(name):
        yield failed(f"{path} is less than a week, and {name} has records", path)


def _script(resource: Resource) -> Iterator[Outcome]:
    text = resource.get("scriptContent")
    if not isinstance(text, str):
        return
    for found in _POLICY.finditer(text):
        period = _PERIOD.search(found["policy"].split("\n.")[0])
        if period is not None and _seconds(period["period"]) < _WEEK and _keeps_records(found["name"]):
            yield failed(
                f"scriptContent keeps the records of {found['name'][:60]} for less than a week", "scriptContent"
            )
    for found in _EMPTIES.finditer(text):
        name = next(filter(None, found.groups()), "")
        if _keeps_records(name):
            yield failed(f"scriptContent takes records out of {name[:60]}", "scriptContent")


def _seconds(period: str) -> float:
    seconds = seconds_of(period)
    return seconds_of_span(period) if seconds is None else seconds


def _keeps_records(name: str) -> bool:
    return RECORDS.search(name) is not None and not _PASSING.search(name)


def _attempts(resource: Resource) -> Iterator[Outcome]:
    names = [resource.get(key) for key in ("topicName", "systemTopicName", "eventSubscriptionName", "domainTopicName")]
    kinds = [kind for _, value in walk(resource.props, "filter?.includedEventTypes?") for kind in texts_in(value)]
    has_records = any(isinstance(name, str) and RECORDS.search(name) for name in names) or any(
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
    age = seconds_of_span(options.get("ago", "1d"))
    filters = [value.strip("\"'") for name, value in _OPTION.findall(command) if name in ("filter", "f")]
    return not keeps and age < _WEEK and any(_EVERY_IMAGE.fullmatch(text) for text in filters)


TAKING_RECORDS: Mapping[str, Predicate] = {
    **dict.fromkeys(azure("kusto:ReadWriteDatabase"), _retention),
    **dict.fromkeys(azure("kusto:Script"), _script),
    **dict.fromkeys(azure(*(f"eventgrid:{kind}EventSubscription" for kind in (
        "", "SystemTopic", "Topic", "Domain", "DomainTopic", "PartnerTopic"))), _attempts),
    **dict.fromkeys(azure("containerregistry:Task", "containerregistry:TaskRun"), _purge),
}  # fmt: skip
"""Type -> what evaluates it."""
