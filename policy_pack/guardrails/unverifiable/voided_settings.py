"""Settings that say a protection is on and leave it without effect: times, lists and states of one resource, and what
`void_denials` and `voided_by_others` find of several.

- Read-only management events reach rules whose state says so alone; GetFederationToken and GetSessionToken are none
  (Amazon EventBridge, "Receiving read-only management events from AWS services", read 2026-12-02).
- A baseline installs the patches that its rules and lists approve (AWS Systems Manager, "Patch baselines").
- Events beyond the tolerance are dropped with Drop; five seconds late are tolerated by default (Azure Stream Analytics,
  "Event ordering", and pulumi-azure-native 3.29.0, StreamingJob).
- Settings that are not listed follow a slot (Azure App Service, "Set up staging environments").
- Events are dropped after their time to live, without dead letters for good (Azure Event Grid, "Message delivery and
  retry"); identifiers of messages are remembered for the window (Azure Service Bus, "Duplicate detection").
- So many periods must fail before an alert fires (pulumi-azure-native 3.29.0, ConditionFailingPeriods).

As known on 2026-12-02 where no other day stands. How long is too long, and which services have readings that are no
records of data, was decided here.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.conditions import is_true
from ..engine.durations import seconds_of
from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, each_item, from_json, one_or_many, texts_in, walk
from ..engine.rows import Predicate, aws, azure
from ..engine.verdicts import Outcome, failed
from .lost_records import FLEETING
from .void_denials import check_void_denials
from .voided_by_others import check_voided_by_others

_READING = lazy_regex(r"(?!get(?:federation|session)token)(?:batch)?(?:get|list|describe)\w{0,80}", re.IGNORECASE)
_MANAGED = frozenset({
    "secretsmanager", "ssm", "kms", "iam", "sts", "organizations", "ec2", "rds", "ecr", "eks", "ecs", "cloudtrail",
    "guardduty", "sso", "identitystore", "acm", "acm-pca", "config", "securityhub", "access-analyzer", "lambda",
})  # fmt: skip
"""Services of which no call that reads is a data event, which rules get in each state."""
_EVERYTHING = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
_TOLERANCE, _MINUTE, _FEW_MINUTES, LATEST_ALARM = 5, 60, 10, 3600
"""Seconds late by default, least window of duplicates, minutes of trials of an event, and seconds in which an alarm on
records rings at the latest."""
_AUDIT_TABLES = lazy_regex(
    r"\b(?:AzureActivity|AuditLogs|SigninLogs|AAD\w{1,40}SignInLogs|AADProvisioningLogs|SecurityEvent|SecurityAlert"
    r"|MicrosoftGraphActivityLogs|OfficeActivity|AKSAudit\w{0,10}|AZKVAuditLogs|AWSCloudTrail|StorageBlobLogs)\b",
    re.IGNORECASE,
)
_LISTS_OF_SLOTS = ("appSettingNames", "connectionStringNames", "azureStorageConfigNames")


def _texts(value: Plain) -> list[str]:
    return texts_in(one_or_many(value))


def _unheard(resource: Resource) -> Iterator[Outcome]:
    pattern = from_json(resource.get("eventPattern"))
    detail = pattern.get("detail") if isinstance(pattern, dict) else None
    state = resource.get("state")
    if not isinstance(pattern, dict) or not isinstance(detail, dict) or state in (UNKNOWN, _EVERYTHING, "DISABLED"):
        return
    sources = {text.removeprefix("aws.") for text in _texts(pattern.get("source"))}
    sources |= {text.partition(".")[0] for text in _texts(detail.get("eventSource"))}
    names = [item.get("prefix") if isinstance(item, dict) else item for item in one_or_many(detail.get("eventName"))]
    unheard = [name for name in names if isinstance(name, str) and _READING.fullmatch(name)]
    if unheard and sources & _MANAGED:
        yield failed(f"eventPattern asks for {unheard[0]}, which only reads: set state to {_EVERYTHING}, or the rule "
                     "never gets it", "eventPattern")  # fmt: skip


def _patches(resource: Resource) -> Iterator[Outcome]:
    if all(resource.get(key) in (MISSING, None, []) for key in ("approvalRules", "approvedPatches")):
        yield failed("it approves no patch: set approvalRules, or machines get none", "")


def _late(resource: Resource) -> Iterator[Outcome]:
    late = number_of(resource.get("eventsLateArrivalMaxDelayInSeconds"))
    is_dropped = str(resource.get("eventsOutOfOrderPolicy")).lower() == "drop"
    if is_dropped and late is not None and 0 <= late < _TOLERANCE:
        yield failed("eventsLateArrivalMaxDelayInSeconds drops events that arrive within the five seconds of the "
                     "default: set a tolerance, or eventsOutOfOrderPolicy Adjust",
                     "eventsLateArrivalMaxDelayInSeconds")  # fmt: skip


def _slots(resource: Resource) -> Iterator[Outcome]:
    if all(resource.get(key) in (MISSING, None, []) for key in _LISTS_OF_SLOTS):
        yield failed("it lists no setting, so that all of them follow a slot when slots are swapped, passwords too: "
                     "list those of production", "")  # fmt: skip


def _events(resource: Resource) -> Iterator[Outcome]:
    kept = (resource.get(key) for key in ("deadLetterDestination", "deadLetterWithResourceIdentity"))
    is_kept = any(value not in (MISSING, None, {}) for value in kept)
    names = [name for key in ("scope", "topicName", "domainName", "eventSubscriptionName")
             for name in _texts(resource.get(key))]  # fmt: skip
    is_fleeting = any(FLEETING.search(name.rpartition("/")[2]) for name in names)
    for path, value in walk(resource.props, "retryPolicy?.eventTimeToLiveInMinutes?"):
        minutes = number_of(value)
        if minutes is not None and minutes < _FEW_MINUTES and not is_kept and not is_fleeting:
            yield failed(f"{path} drops events after some minutes, and they are kept nowhere: set "
                         "deadLetterDestination", path)  # fmt: skip


def _duplicates(resource: Resource) -> Iterator[Outcome]:
    key = "duplicateDetectionHistoryTimeWindow"
    window = seconds_of(resource.get(key))
    if is_true(resource.get("requiresDuplicateDetection")) and window is not None and window < _MINUTE:
        yield failed(f"{key} forgets a message within a minute, so that what is sent again is taken twice: leave it at "
                     "ten minutes", key)  # fmt: skip


def _alerts(resource: Resource) -> Iterator[Outcome]:
    each = seconds_of(resource.get("evaluationFrequency"))
    for path, item in each_item(walk(resource.props, "criteria?.allOf?")):
        periods = item.get("failingPeriods") if isinstance(item, dict) else None
        least = number_of(periods.get("minFailingPeriodsToAlert")) if isinstance(periods, dict) else None
        query = item.get("query") if isinstance(item, dict) else None
        is_audit = isinstance(query, str) and _AUDIT_TABLES.search(query[:4000]) is not None
        if is_audit and each and least is not None and least > 1 and least * each > LATEST_ALARM:
            place = f"{path}.failingPeriods.minFailingPeriodsToAlert"
            yield failed(f"{place} asks for records in {least:.0f} periods before the alert rings: set 1", place)


_SUBSCRIPTIONS = azure(
    "eventgrid:EventSubscription", "eventgrid:SystemTopicEventSubscription", "eventgrid:TopicEventSubscription",
    "eventgrid:DomainEventSubscription", "eventgrid:DomainTopicEventSubscription",
    "eventgrid:PartnerTopicEventSubscription",
)  # fmt: skip
_CHECKS: Mapping[str, Predicate] = {
    **dict.fromkeys(aws("cloudwatch/EventRule"), _unheard),
    **dict.fromkeys(aws("ssm/PatchBaseline"), _patches),
    **dict.fromkeys(azure("streamanalytics:StreamingJob"), _late),
    **dict.fromkeys(azure("web:WebAppSlotConfigurationNames"), _slots),
    **dict.fromkeys(_SUBSCRIPTIONS, _events),
    **dict.fromkeys(azure("servicebus:Queue", "servicebus:Topic"), _duplicates),
    **dict.fromkeys(azure("monitor:ScheduledQueryRule"), _alerts),
}  # fmt: skip
"""Type -> what evaluates it."""


def _check_voided(resource: Resource) -> Iterator[Outcome]:
    check = _CHECKS.get(resource.type)
    if check is not None:
        yield from check(resource)


VOIDED = (_check_voided,)
VOIDED_IN_PLAN = (check_void_denials, check_voided_by_others)
"""Checks of a resource, and of a resource beside the others of the plan."""
