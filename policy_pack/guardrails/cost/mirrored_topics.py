"""Topics of Kafka that are copied between clusters in a circle, under names by which no copy is known as one.

MirrorMaker knows what it copied by the name of the cluster in front of a topic's; `IdentityReplicationPolicy` leaves
names as they are, and MirrorMaker cannot prevent cycles then (Apache Kafka, Javadoc of the class; KAFKA-21593 of two
clusters that copy to each other without an end; read 2026-12-02). The first MirrorMaker never renamed. Clusters are
known by their addresses, and by the aliases that both directions use. A topic is copied in a circle if each way takes
it: names without a wildcard are compared, and an expression may be any name. Fields by strimzi/strimzi-kafka-operator,
KafkaMirrorMaker2 with `target` and with `clusters`, as known.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects
from ..readers.texts import read_texts
from .loops import without_first

_STRIMZI = "kubernetes:kafka.strimzi.io/"
_TEXTS = "kubernetes:core/v1:ConfigMap"
_SAME_NAMES = "IdentityReplicationPolicy"
_CONNECTOR = "MirrorSourceConnector"
_WORDS = lazy_regex(r"[\w.-]{1,249}(?:[|,]\s{0,9}[\w.-]{1,249}){0,999}")
"""Topics by their names alone. A dot is one in names of topics, and any character in an expression."""
_WAY = lazy_regex(r"([\w.-]{1,100})\s{0,9}->\s{0,9}([\w.-]{1,100})\.enabled\s{0,9}=\s{0,9}true")
Topics = frozenset[str]
_ANY: Topics = frozenset()


class Copy(NamedTuple):
    """Topics that are copied under their names from one cluster to another one; without names, any."""

    start: str
    end: str
    topics: Topics
    path: str


def check_mirrored(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each copy of topics that others bring back under the same names."""
    copies = list(_copies(resource))
    ways = plan.once(_ways, "") if copies else {}
    found = [copy for copy in copies if _returns(copy, ways)]
    for path in dict.fromkeys(copy.path for copy in found):
        yield failed(f"{path} copies topics that are copied back under the same names, each event for ever", path)


def _ways(plan: Plan, _: str) -> Mapping[str, list[Copy]]:
    ways: dict[str, list[Copy]] = {}
    for item in plan.with_prefix(_STRIMZI, _TEXTS):
        for copy in _copies(item):
            ways.setdefault(copy.start, []).append(copy)
    behind_loops = without_first({start: {copy.end for copy in found} for start, found in ways.items()})
    return {start: found for start, found in ways.items() if start in behind_loops}


def _returns(copy: Copy, ways: Mapping[str, list[Copy]]) -> bool:
    seen, waiting = {copy.end}, [copy.end]
    while waiting and copy.start not in seen:
        new = {way.end for way in ways.get(waiting.pop(), ()) if _meet(way.topics, copy.topics)} - seen
        seen |= new
        waiting.extend(new)
    return copy.start in seen


def _meet(one: Topics, other: Topics) -> bool:
    return not one or not other or not one.isdisjoint(other)


def _copies(resource: Resource) -> Iterator[Copy]:
    if resource.type.startswith(_TEXTS):
        for leaf in read_texts(resource).leaves:
            text = str(leaf.value)
            for start, end in _WAY.findall(text) if _SAME_NAMES in text else ():
                yield Copy(f"{resource.urn} {start}", f"{resource.urn} {end}", _ANY, leaf.path)
    for item in expand_list(resource) if resource.type.startswith(_STRIMZI) else ():
        for one in objects(item, "KafkaMirrorMaker2"):
            yield from _of_mirrors(one.child("spec"))
        for one in objects(item, "KafkaMirrorMaker"):
            spec = one.child("spec")
            ends = [spec.child(key).get("bootstrapServers") for key in ("consumer", "producer")]
            yield from _copy(ends, spec.get("include"), "spec")
        for one in objects(item, "KafkaConnector"):
            spec = one.child("spec")
            config = spec.child("config")
            if str(spec.get("class")).endswith(_CONNECTOR) and _keeps_names(config):
                for key in ("bootstrap.servers", "alias"):
                    ends = [config.get(f"{side}.cluster.{key}") for side in ("source", "target")]
                    yield from _copy(ends, config.get("topics"), config.path)


def _of_mirrors(spec: ObjectPart) -> Iterator[Copy]:
    clusters = {str(item.get("alias")): item for item in spec.children("clusters")}
    for mirror in spec.children("mirrors"):
        if not _keeps_names(mirror.child("sourceConnector").child("config")):
            continue
        topics = mirror.get("topicsPattern")
        names = [mirror.get(key) for key in ("sourceCluster", "targetCluster")]
        if clusters:
            found = [clusters.get(str(name)) for name in names]
            ends = [item.get("bootstrapServers") if item else None for item in found]
        else:
            sides = mirror.child("source"), spec.child("target")
            names, ends = ([side.get(key) for side in sides] for key in ("alias", "bootstrapServers"))
        for places in (ends, names):
            yield from _copy(places, topics, mirror.path)


def _keeps_names(config: ObjectPart) -> bool:
    return str(config.get("replication.policy.class")).endswith(_SAME_NAMES)


def _copy(ends: Sequence[Plain], topics: Plain, path: str) -> Iterator[Copy]:
    """Yields a copy between two clusters that are known by their addresses or aliases."""
    start, end = map(_place, ends)
    if start and end:
        yield Copy(start, end, _topics(topics), path)


def _place(text: Plain) -> str:
    return ",".join(sorted(part.strip().lower() for part in text.split(","))) if isinstance(text, str) else ""


def _topics(pattern: Plain) -> Topics:
    """Returns the names in a pattern that has no other ones; none if it may have any."""
    is_names = isinstance(pattern, str) and _WORDS.fullmatch(pattern.strip()) is not None
    return frozenset(part.strip() for part in str(pattern).replace(",", "|").split("|")) if is_names else _ANY
