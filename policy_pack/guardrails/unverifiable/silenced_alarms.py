"""Alarms that reach nobody: another alarm silences each of them, or they are muted the whole week.

An alarm that matches `target` is not told while one that matches `source` rings; `equal` names the labels that both
must share, and without it one alarm silences those of every program (prometheus-operator/prometheus-operator 6adcebc50,
AlertmanagerConfig v1alpha1 and v1beta1; CRD of GrafanaMuteTiming in datreeio/CRDs-catalog; Prometheus, "Alertmanager
configuration", by which what an interval leaves out matches always; Grafana's `muteTimes` as in files of public
repositories; read 2026-11-30). A label that an alarm lacks is equal to one that another lacks, so that a rule whose
`equal` names only such labels holds for every alarm (prometheus/alertmanager docs/configuration.md, inhibit_rule, read
2026-11-30).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed
from ..readers.texts import Leaf, read_texts

_INHIBITION = lazy_regex(r"(?P<rule>.*\binhibit_?rules\[\d{1,4}\])\.(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_OBJECT = lazy_regex(r"(?P<side>source|target)Match\[(?P<index>\d{1,4})\]\.(?P<field>name|value|matchType|regex)")
_LINE = lazy_regex(r"(?P<side>source|target)_?matchers\[\d{1,4}\]", re.IGNORECASE)
_MAP = lazy_regex(r"(?P<side>source|target)_match(?:_re)?\.(?P<label>\w+)")
_MATCHER = lazy_regex(r"\s*\"?(?P<label>[\w.-]{1,100})\"?\s*(?P<operator>=~|!~|!=|=)\s*(?P<value>.*)", re.DOTALL)
_EVERY = lazy_regex(r"[\^(]*\.[*+][)$]*")
_WORD, _LONGEST_LABEL = lazy_regex(r"[A-Z]?[a-z]+|[A-Z]+"), 100
_GRAVE = lazy_regex(r"critical|page|high|sev-?[01]\b|p[01]\b", re.IGNORECASE)
_ALWAYS_RINGS = lazy_regex(r"watch_?dog|dead_?mans?_?(?:switch|snitch)?|always\w*|heart_?beat|alive", re.IGNORECASE)
"""Names of alarms that ring as long as the alarms work at all."""

_SHARED = (
    "account", "alert", "app", "availabilityzone", "az", "bucket", "cluster", "component", "consumer", "container",
    "daemon", "data", "db", "deploy", "dev", "disk", "dns", "domain", "endpoint", "env", "gateway", "gpu", "group",
    "host", "ingress", "instance", "interface", "ip", "job", "machine", "model", "mount", "namespace", "node", "ns",
    "owner", "partition", "persistent", "pod", "pool", "product", "project", "prometheus", "pv", "queue", "rack",
    "region", "release", "replica", "resource", "route", "rule", "server", "service", "shard", "site", "slo", "stack",
    "stage", "stateful", "subscription", "svc", "system", "target", "team", "tenant", "topic", "url", "volume",
    "workload", "zone",
)  # fmt: skip
"""Beginnings of words in labels by which alarms say what they are about (prometheus-operator/kube-prometheus 4d719f1d,
alertmanager.libsonnet: namespace and alertname; kubernetes/kube-state-metrics c92fe0c docs/metrics: objects of
Kubernetes; NVIDIA/dcgm-exporter d5e5f51 README.md: gpu; grafana/loki 65e30f84 and grafana/tempo, rules and documents:
az, bucket, machine, partition, product, queue, region, release, tenant, zone; strimzi/strimzi-kafka-operator 8541da1e:
topic; read 2026-11-30). The others are words that rules of services have, chosen here."""

_INTERVAL = lazy_regex(
    r"(?P<owner>(?:.*\.)?(?P<list>mute_?time_?intervals|time_?intervals|mute_?times)\[\d{1,4}\])"
    r"\.time_?intervals\[\d{1,4}\](?:\.(?P<rest>.+))?|(?P<mute>spec)\.time_intervals\[\d{1,4}\](?:\.(?P<field>.+))?",
    re.IGNORECASE | re.DOTALL,
)
_ITEM = lazy_regex(r".*\.?time_?intervals\[\d{1,4}\](?=\.|$)", re.IGNORECASE | re.DOTALL)
_MUTED_BY = lazy_regex(r".*\bmute_?time_?intervals\[\d{1,4}\]", re.IGNORECASE | re.DOTALL)
_TIME = lazy_regex(r"times\[(?P<index>\d{1,4})\]\.(?P<end>start|end)_?time", re.IGNORECASE)
_CLOCK = lazy_regex(r"(\d{1,2}):(\d{2})")
_DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_RARE = lazy_regex(r"(?:days_?of_?month|months|years)\b", re.IGNORECASE)
_MINUTES, _MOST_LEFT = 24 * 60, 5
"""Minutes of a day, and how many of them may be left without the day being quiet; decided here."""


def check_silenced_alarms(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each rule by which no alarm that matters is told to anybody."""
    texts = read_texts(resource)
    leaves = [leaf for leaf in (*texts.leaves, *texts.empty) if "nhibit" in leaf.path or "nterval" in leaf.path]
    if leaves:
        yield from _inhibitions(leaves)
        yield from _mutes(leaves, resource)


def _inhibitions(leaves: Iterable[Leaf]) -> Iterator[Outcome]:
    rules: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for leaf in leaves:
        if (found := _INHIBITION.fullmatch(leaf.path)) is not None:
            rules[found["rule"]].append((found["rest"], str(leaf.value)))
    for path, parts in rules.items():
        targets, sources = (list(_matchers(parts, side)) for side in ("target", "source"))
        if not targets or any(map(_is_narrow, targets)):
            continue
        if any(label == "alertname" and _ALWAYS_RINGS.fullmatch(value) for label, _, value in sources):
            yield failed(f"{path}: an alarm that always rings silences every other", path)
        elif not any(rest.startswith("equal[") and _is_shared(value) for rest, value in parts):
            yield failed(f"{path}: one alarm silences those of every program; state in equal what both share", path)


def _is_shared(label: str) -> bool:
    """Returns whether a label is one that alarms have; one that none has is equal in all."""
    return any(word.lower().startswith(_SHARED) for word in _WORD.findall(label[:_LONGEST_LABEL]))


def _matchers(parts: Sequence[tuple[str, str]], side: str) -> Iterator[tuple[str, str, str]]:
    """Yields label, operator and value of each condition of a side of a rule, however it is written."""
    fields: dict[str, dict[str, str]] = defaultdict(dict)
    for rest, value in parts:
        if (found := _OBJECT.fullmatch(rest)) is not None and found["side"] == side:
            fields[found["index"]][found["field"]] = value
        elif (found := _MAP.fullmatch(rest)) is not None and found["side"] == side:
            yield found["label"], "=~" if "_re." in rest else "=", value
        elif (found := _LINE.fullmatch(rest)) is not None and found["side"].lower() == side:
            matcher = _MATCHER.fullmatch(value)
            yield (matcher["label"], matcher["operator"], matcher["value"].strip(" \"'")) if matcher else ("", "", "")
    for item in fields.values():
        operator = item.get("matchType") or ("=~" if item.get("regex", "").lower() == "true" else "=")
        yield item.get("name", ""), operator, item.get("value", "")


def _is_narrow(matcher: tuple[str, str, str]) -> bool:
    """Returns whether a condition leaves grave alarms of other programs out."""
    label, operator, value = matcher
    if operator.startswith("!"):
        return _GRAVE.search(value) is not None or bool(_EVERY.fullmatch(value))
    if operator == "=~" and _EVERY.fullmatch(value):
        return False
    return label not in ("severity", "priority", "level") or _GRAVE.search(value) is None


def _mutes(leaves: Iterable[Leaf], resource: Resource) -> Iterator[Outcome]:
    is_mute_timing = resource.type.endswith(":GrafanaMuteTiming")
    owners: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    muted: set[str] = set()
    for leaf in leaves:
        found = _INTERVAL.fullmatch(leaf.path)
        if found is not None and (found["owner"] or is_mute_timing):
            item = _ITEM.match(leaf.path)
            owners[found["owner"] or "spec"][item[0] if item else ""].append(
                (found["rest"] or found["field"] or "", str(leaf.value)))  # fmt: skip
        elif leaf.path.lower().endswith("].name"):
            names[leaf.path[: -len(".name")]] = str(leaf.value)
        elif _MUTED_BY.fullmatch(leaf.path):
            muted.add(str(leaf.value))
    for owner, items in owners.items():
        is_mute = is_mute_timing or "mute" in owner.rpartition(".")[2].lower()
        if (is_mute or names.get(owner) in muted) and _is_whole_week(list(items.values())):
            yield failed(f"{owner}: alarms are muted the whole week", owner)


def _is_whole_week(items: Sequence[Sequence[tuple[str, str]]]) -> bool:
    """Returns whether intervals together have every day, all but a few minutes."""
    quiet = [0] * len(_DAYS)
    for item in items:
        if any(_RARE.match(rest) for rest, _ in item):
            continue
        minutes = _minutes(item)
        for day in _days(item):
            quiet[day] |= minutes
    return all(day.bit_count() >= _MINUTES - _MOST_LEFT for day in quiet)


def _minutes(item: Iterable[tuple[str, str]]) -> int:
    """Returns the minutes of an interval, one bit for each of the day."""
    ends: dict[str, dict[str, int]] = defaultdict(dict)
    for rest, value in item:
        found, clock = _TIME.fullmatch(rest), _CLOCK.fullmatch(value.strip())
        if found is not None:
            minute = int(clock[1]) * 60 + int(clock[2]) if clock is not None else 0
            ends[found["index"]][found["end"].lower()] = min(minute, _MINUTES)
    if not ends:
        return _bits(0, _MINUTES)
    return reduce(or_, (_bits(end.get("start", 0), end.get("end", 0)) for end in ends.values()))


def _bits(start: int, end: int) -> int:
    return ((1 << max(end - start, 0)) - 1) << start


def _days(item: Iterable[tuple[str, str]]) -> set[int]:
    values = [value.strip().lower() for rest, value in item if rest.lower().startswith("weekdays[")]
    if not values:
        return set(range(len(_DAYS)))
    days: set[int] = set()
    for value in values:
        first, _, last = value.partition(":")
        if first in _DAYS and (last or first) in _DAYS:
            days |= set(range(_DAYS.index(first), _DAYS.index(last or first) + 1))
    return days
