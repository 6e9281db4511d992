"""Records that are deleted before anybody missed them: short lives of documents, queues, topics and events, and files
that a pipeline deletes whatever their age.

MicrosoftDocs/azure-docs 00771b6d articles/cosmos-db/nosql/time-to-live.md; MicrosoftDocs/azure-databases-docs 02b79467
articles/cosmos-db/mongodb/indexing.md (TTL indexes); "Azure Service Bus - messaging entities" (autoDeleteOnIdle, in
descriptions of public modules) and "Delete activity in Azure Data Factory" (modifiedDatetimeEnd, found in copies of its
pages on file stores); awsdocs/aws-lambda-developer-guide 806c0ebf doc_source/with-kinesis.md and with-ddb.md, records
that are discarded; awsdocs/amazon-eventbridge-user-guide 5d194fb9 doc_source/eb-rule-dlq.md; apache/kafka 1eb76443
clients TopicConfig.java; read 2026-12-01; Amazon Keyspaces, "How it works: Amazon Keyspaces Time to Live (TTL)", read
2026-12-02. Properties by pulumi-azure-native 3.29.0 and pulumi-aws 7.51.1. How short a
life is, and which names have records, was decided here.
"""

from collections.abc import Iterator, Mapping

from ..engine.conditions import is_true
from ..engine.durations import seconds_of
from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, Plain, Resource, from_json, texts_in, walk
from ..engine.rows import Predicate, aws, azure
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import objects
from .lost_records import FLEETING
from .taken_records import RECORDS

_HOUR, _DAY, _WEEK, _HOUR_MS = 3600, 86_400, 7 * 86_400, 3_600_000
_FEW_HOURS = 4 * _HOUR
_QUEUES = (*aws("sqs/Queue"), *azure("servicebus:Queue"))
_FEW_BYTES = 100_000_000
_IDLE = lazy_regex(r"P(?:T\S{1,40}|\dDT?\S{0,40})")
"""A life after its last use of less than ten days, which a long holiday has."""
_PASSING = lazy_regex(r"(?i:cache|te?mp|scratch|staging|session|token|otp|captcha|lock|draft|nonce|idempoten)")
_NAMES = ("containerName", "tableName", "graphName", "collectionName", "queueName", "topicName", "subscriptionName",
          "eventHubName", "eventSourceArn", "functionName", "rule", "targetId", "arn", "source", "name")  # fmt: skip
_LIVES = ("resource?.defaultTtl?", "resource?.indexes[*].options?.expireAfterSeconds?", "defaultTimeToLive?")
_PIPES = tuple(f"sourceParameters?.{kind}StreamParameters?" for kind in ("kinesis", "dynamodb"))
_ATTEMPTS = ("maximumRetryAttempts?", "retryPolicy?.maximumRetryAttempts?",
             *(f"{place}.maximumRetryAttempts?" for place in _PIPES))  # fmt: skip
_AGES = ("maximumRecordAgeInSeconds?", *(f"{place}.maximumRecordAgeInSeconds?" for place in _PIPES))
_KEPT = ("destinationConfig?", "deadLetterConfig?", *(f"{place}.deadLetterConfig?" for place in _PIPES))
_DEEPEST = 8


def _has_records(*names: Plain) -> bool:
    texts = [name for name in names if isinstance(name, str)]
    return any(RECORDS.search(text) for text in texts) and not any(
        pattern.search(text) for text in texts for pattern in (FLEETING, _PASSING)
    )


def _is_of_records(resource: Resource) -> bool:
    return _has_records(*map(resource.get, _NAMES), *texts_in(resource.get("topics")))


def _documents(resource: Resource) -> Iterator[Outcome]:
    for place in _LIVES:
        for path, value in walk(resource.props, place):
            seconds = number_of(value)
            if seconds is not None and 0 < seconds < _WEEK and _is_of_records(resource):
                yield failed(f"{path} deletes records after less than a week: remove it, or keep them for longer", path)


def _idle(resource: Resource) -> Iterator[Outcome]:
    life = resource.get("autoDeleteOnIdle")
    if isinstance(life, str) and _IDLE.fullmatch(life.strip().upper()) and _is_of_records(resource):
        yield failed("autoDeleteOnIdle deletes what nobody used for some days, with its messages: remove it, or set a "
                     "month", "autoDeleteOnIdle")  # fmt: skip


def _entity(resource: Resource) -> Iterator[Outcome]:
    yield from _idle(resource)
    if resource.type in _QUEUES:
        yield from _waiting(resource)


def _waiting(resource: Resource) -> Iterator[Outcome]:
    """Evaluates how long a queue keeps messages that nobody took, and an event hub its events."""
    for key in ("messageRetentionSeconds", "defaultMessageTimeToLive", "retentionDescription.retentionTimeInHours"):
        for path, value in walk(resource.props, key.replace(".", "?.") + "?"):
            number = seconds_of(value) if isinstance(value, str) and value.startswith("P") else number_of(value)
            life = None if number is None else number * (_HOUR if key.endswith("Hours") else 1)
            is_short = life is not None and life < (_DAY if resource.type in _QUEUES else _FEW_HOURS)
            is_kept = is_true(resource.get("deadLetteringOnMessageExpiration")) or any(
                is_true(enabled) for _, enabled in walk(resource.props, "captureDescription?.enabled?"))  # fmt: skip
            if is_short and not is_kept and _is_of_records(resource):
                yield failed(f"{path} deletes records that nobody took within hours, and they are kept nowhere", path)


def _attempts(resource: Resource) -> Iterator[Outcome]:
    """Evaluates events of a stream, which are tried until they expire unless a number is set, and of a bus, which are
    tried for a day."""
    is_stream = resource.get("rule") is MISSING
    is_kept = any(value not in (None, {}, []) for place in _KEPT for _, value in walk(resource.props, place))
    for place in (*_ATTEMPTS, *_AGES):
        for path, value in walk(resource.props, place):
            number = number_of(value)
            least = _HOUR if place in _AGES else 0
            is_few = number is not None and (0 <= number <= (least or number) if is_stream else number == 0)
            if is_few and not is_kept and _is_of_records(resource):
                yield failed(f"{path} throws away what fails so often, and it is kept nowhere: set a destination for "
                             "failures", path)  # fmt: skip


def _topic(name: Plain, settings: Plain, path: str) -> Iterator[Outcome]:
    given = settings if isinstance(settings, dict) else {}
    if "compact" in str(given.get("cleanup.policy")).lower() or not _has_records(name):
        return
    for key, least in (("retention.ms", _HOUR_MS), ("retention.bytes", _FEW_BYTES)):
        number = number_of(given.get(key))
        if number is not None and 0 <= number < least:
            yield failed(f"{path}.{key} deletes records before all who read them came", f"{path}.{key}")


def _managed_topic(resource: Resource) -> Iterator[Outcome]:
    yield from _topic(resource.get("name"), from_json(resource.get("configs")), "configs")


def _pipeline(resource: Resource) -> Iterator[Outcome]:
    yield from _activities(resource.props.get("activities"), "activities", 0)


def _activities(value: Plain, path: str, depth: int) -> Iterator[Outcome]:
    """Yields a failure for each activity, also in a loop or branch, that deletes records of every age."""
    for index, item in enumerate(value if isinstance(value, list) and depth <= _DEEPEST else ()):
        place = f"{path}[{index}]"
        if not isinstance(item, dict):
            continue
        store, data = item.get("storeSettings"), item.get("dataset")
        dataset = data if isinstance(data, dict) else {}
        if str(item.get("type")) == "Delete" and isinstance(store, dict):
            given = dataset.get("parameters")
            names = [dataset.get("referenceName"), *(given.values() if isinstance(given, dict) else ())]
            names += [store.get(key) for key in ("wildcardFolderPath", "prefix")]
            if store.get("modifiedDatetimeEnd") is None and _has_records(*names):
                yield failed(f"{place} deletes records whatever their age: set modifiedDatetimeEnd", place)
        for key in ("activities", "ifTrueActivities", "ifFalseActivities", "defaultActivities"):
            yield from _activities(item.get(key), f"{place}.{key}", depth + 1)


_CHECKS: Mapping[str, Predicate] = {
    **dict.fromkeys(azure(
        "cosmosdb:SqlResourceSqlContainer", "cosmosdb:DatabaseAccountSqlContainer",
        "cosmosdb:CassandraResourceCassandraTable", "cosmosdb:GremlinResourceGremlinGraph",
        "cosmosdb:DatabaseAccountGremlinGraph", "cosmosdb:MongoDBResourceMongoDBCollection",
    ), _documents),
    **dict.fromkeys(aws("keyspaces/Table"), _documents),
    **dict.fromkeys(azure("servicebus:Queue", "servicebus:Topic", "servicebus:Subscription"), _entity),
    **dict.fromkeys((*aws("sqs/Queue"), *azure("eventhub:EventHub")), _waiting),
    **dict.fromkeys(aws("lambda/EventSourceMapping", "cloudwatch/EventTarget", "pipes/Pipe"), _attempts),
    **dict.fromkeys(aws("msk/Topic"), _managed_topic),
    **dict.fromkeys(azure("datafactory:Pipeline"), _pipeline),
}  # fmt: skip
"""Type -> what evaluates it."""


def check_short_lives(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each setting that deletes records before anybody missed them."""
    check = _CHECKS.get(resource.type)
    if check is not None:
        yield from check(resource)
    if resource.type.startswith("kubernetes:kafka.strimzi.io/"):
        for item in objects(resource, "KafkaTopic"):
            spec = item.child("spec")
            name = spec.get("topicName")
            name = item.child("metadata").get("name") if name is MISSING else name
            yield from _topic(name, spec.data.get("config"), spec.path_to("config"))
