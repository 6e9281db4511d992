"""Pods, and volumes of each, that operators of databases, messages and search create.

Sources, read on 2026-11-29: cloudnative-pg/cloudnative-pg a95a534db (api/v1/cluster_types.go, pkg/reconciler/
persistentvolumeclaim/build.go); strimzi/strimzi-kafka-operator 8541da1e3 (packaging/install/cluster-operator, its CRDs;
version v1beta2 also has the brokers in the Kafka itself); elastic/cloud-on-k8s 7b93383d8 (pkg/apis, and
pkg/controller/elasticsearch/volume/defaults.go: 1 GiB a node); rabbitmq/cluster-operator 06cda8e8
(api/v1beta1/rabbitmqcluster_types.go: 10 GiB and 2 GiB of memory for a node).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from falaj.finops.properties import get_dict, get_list, get_path, get_str, unknown_at
from falaj.finops.work.pod_group import PodForm, PodGroup, get_count

_PLACEMENT = ("affinity", "nodeSelector", "tolerations", "topologySpreadConstraints")
_ELASTICSEARCH_DATA = "elasticsearch-data"
_RABBITMQ_RESOURCES = {"requests": {"cpu": "1000m", "memory": "2Gi"}, "limits": {"cpu": "2000m", "memory": "2Gi"}}


def _claim(size: Any, storage_class: Any = None, spec: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Returns a claim with a size and a class of its own where they are stated, beside the rest of a specification."""
    own: dict[str, Any] = {} if size is None else {"resources": {"requests": {"storage": size}}}
    return {"spec": {**(spec or {}), **own, **({} if storage_class is None else {"storageClassName": storage_class})}}


def _pod(resources: Any, placement: Mapping[str, Any]) -> dict[str, Any]:
    chosen = {key: placement[key] for key in _PLACEMENT if key in placement}
    return {"spec": {"containers": [{"resources": resources}], **chosen}}


def _postgresql(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """Each instance has a volume for the data, and others for the write-ahead log and each tablespace."""
    tablespaces = (get_dict(each, "storage") for each in get_list(spec, "tablespaces"))
    volumes = (get_dict(spec, "storage"), get_dict(spec, "walStorage"), *tablespaces)
    claims = [
        _claim(volume.get("size"), volume.get("storageClass"), get_dict(volume, "pvcTemplate"))
        for volume in volumes
        if volume
    ]
    # Its `affinity` holds what a pod has beside it; the names that it does not share with a pod are left out.
    placement = {**get_dict(spec, "affinity"), **spec, "affinity": {}}
    template = _pod(get_dict(spec, "resources"), placement)
    yield PodGroup(template, 1, get_count(spec, "instances"), tuple(claims), unknown_at(spec, "instances"))


def _brokers(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """Each broker has the volume, or those of type persistent-claim in the list, of `storage`."""
    storage = get_dict(spec, "storage")
    volumes = get_list(storage, "volumes") if storage.get("type") == "jbod" else [storage]
    claims = [
        _claim(get_path(volume, "size"), get_path(volume, "class"))
        for volume in volumes
        if get_str(volume, "type") == "persistent-claim"
    ]
    template = _pod(get_dict(spec, "resources"), get_dict(spec, "template", "pod"))
    yield PodGroup(template, 1, get_count(spec, "replicas"), tuple(claims), unknown_at(spec, "replicas"))


def _kafka(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """Brokers and ZooKeeper of version v1beta2, and one pod for each part beside them. Brokers of node pools are those
    of the pools."""
    for part in ("kafka", "zookeeper"):
        if "replicas" in get_dict(spec, part):
            yield from _brokers(get_dict(spec, part))
    entity = get_dict(spec, "entityOperator")
    operators = [get_dict(entity, name, "resources") for name in ("topicOperator", "userOperator") if name in entity]
    if operators:
        template = _pod({}, get_dict(entity, "template", "pod"))
        containers = [{"resources": each} for each in operators]
        yield PodGroup({"spec": {**template["spec"], "containers": containers}}, 1)
    for part in ("cruiseControl", "kafkaExporter"):
        if part in spec:
            yield PodGroup(_pod(get_dict(spec, part, "resources"), get_dict(spec, part, "template", "pod")), 1)


def _kafka_clients(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """`replicas` pods of Kafka Connect, of MirrorMaker or of the bridge."""
    template = _pod(get_dict(spec, "resources"), get_dict(spec, "template", "pod"))
    yield PodGroup(template, 1, get_count(spec, "replicas"))


def _elasticsearch(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """Each node of a set has its claims, and one of 1 GiB for data if no volume has the name of that."""
    for nodes in get_list(spec, "nodeSets"):
        claims = get_list(nodes, "volumeClaimTemplates")
        volumes = get_list(nodes, "podTemplate", "spec", "volumes")
        names = {get_str(claim, "metadata", "name") for claim in claims} | {get_str(each, "name") for each in volumes}
        if _ELASTICSEARCH_DATA not in names:
            claims = [*claims, _claim("1Gi")]
        template = _main_container(nodes, "elasticsearch")
        yield PodGroup(template, 1, get_count(nodes, "count"), tuple(claims), unknown_at(nodes, "count"))


def _kibana(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    yield PodGroup(_main_container(spec, "kibana"), 1, get_count(spec, "count"))


def _main_container(nodes: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Returns the template of the pods; the main container has 2 GiB of memory if nothing else is stated."""
    template, pod = get_dict(nodes, "podTemplate"), get_dict(nodes, "podTemplate", "spec")
    containers = get_list(pod, "containers")
    main = next((each for each in containers if get_str(each, "name") == name), {})
    stated = get_dict(nodes, "resources") or get_dict(main, "resources") or {"requests": {"memory": "2Gi"}}
    others = [each for each in containers if each is not main]
    return {**template, "spec": {**pod, "containers": [{"name": name, "resources": stated}, *others]}}


def _rabbitmq(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """Each node has a volume; one of size 0 is a folder of the machine."""
    disk = get_dict(spec, "persistence")
    size = disk.get("storage", "10Gi")
    claims = () if str(size) in {"0", "0Gi"} else (_claim(size, disk.get("storageClassName")),)
    template = _pod(get_dict(spec, "resources") or _RABBITMQ_RESOURCES, spec)
    yield PodGroup(template, 1, get_count(spec, "replicas"), claims, unknown_at(spec, "replicas"))


OPERATOR_FORMS: Mapping[tuple[str, str], PodForm] = {
    ("postgresql.cnpg.io", "Cluster"): PodForm(_postgresql),
    ("kafka.strimzi.io", "Kafka"): PodForm(_kafka),
    ("kafka.strimzi.io", "KafkaNodePool"): PodForm(_brokers),
    **{
        ("kafka.strimzi.io", kind): PodForm(_kafka_clients)
        for kind in ("KafkaBridge", "KafkaConnect", "KafkaMirrorMaker2")
    },
    ("elasticsearch.k8s.elastic.co", "Elasticsearch"): PodForm(_elasticsearch),
    ("kibana.k8s.elastic.co", "Kibana"): PodForm(_kibana),
    ("rabbitmq.com", "RabbitmqCluster"): PodForm(_rabbitmq),
}
"""(API group, kind) -> form."""
