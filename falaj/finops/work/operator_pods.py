"""Pods, and volumes of each, that operators of databases, messages and search create.

Sources, read on 2026-11-29: cloudnative-pg/cloudnative-pg a95a534db (api/v1/cluster_types.go, pkg/reconciler/
persistentvolumeclaim/build.go); strimzi/strimzi-kafka-operator 8541da1e3 (its CRDs, and CHANGELOG.md: without ZooKeeper
since 0.46, brokers of node pools alone since 0.48) and its API v1beta2 (`replicas` of Kafka Connect: 3);
elastic/cloud-on-k8s 7b93383d8 (pkg/apis, pkg/controller/common/defaults, pkg/controller/elasticsearch/volume: 1 GiB a
node); rabbitmq/cluster-operator 06cda8e8 (api/v1beta1/rabbitmqcluster_types.go: 10 GiB and 2 GiB of memory a node).
"""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from falaj.finops.properties import get_dict, get_list, get_path, get_str, unknown_at
from falaj.finops.work.pod_group import PodForm, PodGroup, get_count

_PLACEMENT = ("affinity", "nodeSelector", "tolerations", "topologySpreadConstraints")
_ELASTICSEARCH_DATA = "elasticsearch-data"
_RABBITMQ_RESOURCES = {"requests": {"cpu": "1000m", "memory": "2Gi"}, "limits": {"cpu": "2000m", "memory": "2Gi"}}


_NOTHING = re.compile(r"0+(?:\.0*)?[A-Za-z]*")
"""A size of nought, in any unit."""


def _claim(size: Any, storage_class: Any = None, spec: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Returns a claim with a size and a class of its own where they are stated, beside the rest of a specification."""
    own: dict[str, Any] = {} if size is None else {"resources": {"requests": {"storage": size}}}
    return {"spec": {**(spec or {}), **own, **({} if storage_class is None else {"storageClassName": storage_class})}}


def _pod(resources: Any, placement: Mapping[str, Any]) -> dict[str, Any]:
    chosen = {key: placement[key] for key in _PLACEMENT if key in placement}
    return {"spec": {"containers": [{"resources": resources}], **chosen}}


def _unknown(spec: Mapping[str, Any], *paths: str) -> Iterable[PodGroup]:
    """Yields a group of pods of which nothing is known, if one of the paths is not."""
    if unknown := unknown_at(spec, *paths):
        yield PodGroup({"spec": {"containers": []}}, 1, unknown=unknown)


def _postgresql(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """Each instance has a volume for the data, and others for the write-ahead log, each tablespace and temporary
    files."""
    tablespaces = get_list(spec, "tablespaces")
    volumes = (
        get_dict(spec, "storage"),
        get_dict(spec, "walStorage"),
        *(get_dict(each, "storage") for each in tablespaces),
    )
    claims = [
        _claim(volume.get("size"), volume.get("storageClass"), get_dict(volume, "pvcTemplate"))
        for volume in volumes
        if volume
    ]
    if temporary := get_dict(spec, "ephemeralVolumeSource", "volumeClaimTemplate"):
        claims.append(dict(temporary))
    # Its `affinity` holds what a pod has beside it, and of a pod's own the affinity to nodes.
    stated = get_dict(spec, "affinity")
    nodes = {"nodeAffinity": stated["nodeAffinity"]} if "nodeAffinity" in stated else {}
    template = _pod(get_dict(spec, "resources"), {**stated, **spec, "affinity": nodes})
    unknown = (
        *unknown_at(spec, "instances", "storage", "walStorage", "tablespaces", "ephemeralVolumeSource"),
        *(path for each in tablespaces for path in unknown_at(each, "storage")),
    )
    yield PodGroup(template, 1, get_count(spec, "instances"), tuple(claims), unknown)


def _brokers(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """Each broker has the volume, or those of type persistent-claim in the list, of `storage`."""
    storage = get_dict(spec, "storage")
    volumes = get_list(storage, "volumes") if storage.get("type") == "jbod" else [storage]
    claims = [
        _claim(get_path(volume, "size"), get_path(volume, "class"), _attributes(volume))
        for volume in volumes
        if get_str(volume, "type") == "persistent-claim"
    ]
    template = _pod(get_dict(spec, "resources"), get_dict(spec, "template", "pod"))
    unknown = unknown_at(spec, "replicas", "storage.type", "storage.volumes")
    yield PodGroup(template, 1, get_count(spec, "replicas"), tuple(claims), unknown)


def _attributes(volume: Any) -> Mapping[str, Any]:
    name = get_str(volume, "volumeAttributesClass")
    return {"volumeAttributesClassName": name} if name else {}


def _kafka(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """Brokers and ZooKeeper where the object has ZooKeeper, as until version 0.45, and one pod for each part beside
    them. Later brokers are those of node pools, whatever the object says of them."""
    if "zookeeper" in spec:
        yield from _unknown(spec, "kafka", "zookeeper")
        yield from _brokers(get_dict(spec, "kafka"))
        yield from _brokers(get_dict(spec, "zookeeper"))
    entity = get_dict(spec, "entityOperator")
    operators = [get_dict(entity, name, "resources") for name in ("topicOperator", "userOperator") if name in entity]
    if operators:
        template = _pod({}, get_dict(entity, "template", "pod"))
        containers = [{"resources": each} for each in operators]
        yield PodGroup({"spec": {**template["spec"], "containers": containers}}, 1)
    for part in ("cruiseControl", "kafkaExporter"):
        if part in spec:
            yield PodGroup(_pod(get_dict(spec, part, "resources"), get_dict(spec, part, "template", "pod")), 1)


def _kafka_clients(spec: Mapping[str, Any], pods: int) -> Iterable[PodGroup]:
    """`replicas` pods, or the kind's own number of them."""
    template = _pod(get_dict(spec, "resources"), get_dict(spec, "template", "pod"))
    yield PodGroup(template, 1, get_count(spec, "replicas", default=pods))


def _elasticsearch(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """Each node of a set has its claims. Without any, it has one of 1 GiB, if no volume of the pod has its name."""
    yield from _unknown(spec, "nodeSets")
    for nodes in get_list(spec, "nodeSets"):
        claims = get_list(nodes, "volumeClaimTemplates")
        names = {get_str(each, "name") for each in get_list(nodes, "podTemplate", "spec", "volumes")}
        if not claims and _ELASTICSEARCH_DATA not in names:
            claims = [_claim("1Gi")]
        template = _main_container(nodes, "elasticsearch")
        unknown = unknown_at(nodes, "count", "volumeClaimTemplates", "podTemplate.spec.volumes")
        yield PodGroup(template, 1, get_count(nodes, "count"), tuple(claims), unknown)


def _kibana(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    yield PodGroup(_main_container(spec, "kibana"), 1, get_count(spec, "count", default=0))


def _main_container(nodes: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Returns the template of the pods. `resources` of the object are laid over those of its main container, which has
    2 GiB of memory if nothing else is stated."""
    template, pod = get_dict(nodes, "podTemplate"), get_dict(nodes, "podTemplate", "spec")
    containers = get_list(pod, "containers")
    main = next((each for each in containers if get_str(each, "name") == name), {})
    own, inner = get_dict(nodes, "resources"), get_dict(main, "resources")
    stated = {key: {**get_dict(inner, key), **get_dict(own, key)} for key in ("requests", "limits")}
    if not any("memory" in amounts for amounts in stated.values()):
        stated["requests"] = {"memory": "2Gi", **stated["requests"]}
    others = [each for each in containers if each is not main]
    return {**template, "spec": {**pod, "containers": [{"name": name, "resources": stated}, *others]}}


def _rabbitmq(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """Each node has a volume; one of size 0 is a folder of the machine."""
    disk = get_dict(spec, "persistence")
    size = disk.get("storage", "10Gi")
    claims = () if _NOTHING.fullmatch(str(size)) else (_claim(size, disk.get("storageClassName")),)
    template = _pod(get_dict(spec, "resources") or _RABBITMQ_RESOURCES, spec)
    yield PodGroup(template, 1, get_count(spec, "replicas"), claims, unknown_at(spec, "replicas", "persistence"))


OPERATOR_FORMS: Mapping[tuple[str, str], PodForm] = {
    ("postgresql.cnpg.io", "Cluster"): PodForm(_postgresql, claims_in_spec=True),
    ("kafka.strimzi.io", "Kafka"): PodForm(_kafka, claims_in_spec=True),
    ("kafka.strimzi.io", "KafkaNodePool"): PodForm(_brokers, claims_in_spec=True),
    **{
        ("kafka.strimzi.io", kind): PodForm(partial(_kafka_clients, pods=pods))
        for kind, pods in (("KafkaConnect", 3), ("KafkaMirrorMaker2", 3), ("KafkaBridge", 1))
    },
    ("elasticsearch.k8s.elastic.co", "Elasticsearch"): PodForm(_elasticsearch, claims_in_spec=True),
    ("kibana.k8s.elastic.co", "Kibana"): PodForm(_kibana),
    ("rabbitmq.com", "RabbitmqCluster"): PodForm(_rabbitmq, claims_in_spec=True),
}
"""(API group, kind) -> form."""
