"""Databases, brokers and search of operators: the pods that they start, and a volume for each. The sources are those of
`falaj.finops.work.operator_pods`."""

from collections.abc import Mapping
from typing import Any

import pytest

from falaj.finops.work.pod_groups import form_of
from falaj.finops.work.requests import requests
from tests.unit.finops.plans import UNKNOWN_WORD
from tests.unit.finops.volume_plans import bill, ebs, volumes
from tests.unit.finops.work_plans import of_kind, pod

POSTGRESQL, KAFKA = "postgresql.cnpg.io/v1:Cluster", "kafka.strimzi.io/v1beta2:Kafka"
BROKERS, SEARCH = "kafka.strimzi.io/v1:KafkaNodePool", "elasticsearch.k8s.elastic.co/v1:Elasticsearch"
QUEUES, KIBANA = "rabbitmq.com/v1beta1:RabbitmqCluster", "kibana.k8s.elastic.co/v1:Kibana"
TWO_CORES = {"requests": {"cpu": "2", "memory": "4Gi"}}
DISK = {"size": "100Gi", "storageClass": "fast"}
BROKER_DISK = {"type": "persistent-claim", "size": "100Gi", "class": "fast"}
NODES = [{"metadata": {"name": "elasticsearch-data"}, "spec": {
    "resources": {"requests": {"storage": "100Gi"}}, "storageClassName": "fast"}}]  # fmt: skip


def gib(kind: str, spec: Mapping[str, Any]) -> float:
    """Returns the GiB of the class `fast` that an object claims."""
    lines = volumes("aws", ebs("fast", type="gp3"), of_kind(kind, "data", spec))
    assert all(line.priced for line in lines), [line.price.source for line in lines]
    return float(sum(line.charge.quantity.expected for line in lines if line.charge.sku == "gp3"))


def pods(kind: str, spec: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Returns the pods of each group, and the millicores of each."""
    form = form_of(f"kubernetes:{kind}")
    assert form is not None
    groups = [((group.count or 0) * group.replicas, requests(group.template["spec"])) for group in form.groups(spec)]
    return [(count, asks.get("cpu", 0)) for count, asks in groups]


@pytest.mark.parametrize(("kind", "spec", "expected"), [
    (POSTGRESQL, {"instances": 3, "storage": DISK}, 300),
    (POSTGRESQL, {"instances": 3, "storage": DISK, "walStorage": {**DISK, "size": "20Gi"},
                  "tablespaces": [{"name": "old", "storage": {**DISK, "size": "50Gi"}}]}, 510),
    (POSTGRESQL, {"instances": 1, "storage": {"pvcTemplate": {
        "storageClassName": "fast", "resources": {"requests": {"storage": "7Gi"}}}}}, 7),
    (POSTGRESQL, {"instances": 2, "storage": {"size": "9Gi", "pvcTemplate": {
        "storageClassName": "fast", "resources": {"requests": {"storage": "7Gi"}}}}}, 18),
    (BROKERS, {"replicas": 3, "storage": BROKER_DISK}, 300),
    (BROKERS, {"replicas": 3, "storage": {"type": "jbod", "volumes": [
        BROKER_DISK, {**BROKER_DISK, "size": "50Gi"}, {"type": "ephemeral"}]}}, 450),
    (BROKERS, {"replicas": 3, "storage": {"type": "ephemeral"}}, 0),
    (KAFKA, {"kafka": {"replicas": 3, "storage": BROKER_DISK},
             "zookeeper": {"replicas": 3, "storage": {**BROKER_DISK, "size": "10Gi"}}}, 330),
    (KAFKA, {"kafka": {"config": {}}, "entityOperator": {"topicOperator": {}}}, 0),
    (SEARCH, {"nodeSets": [{"count": 3, "volumeClaimTemplates": NODES}, {"count": 2, "volumeClaimTemplates": NODES}]},
     500),
    (QUEUES, {"replicas": 3, "persistence": {"storage": "20Gi", "storageClassName": "fast"}}, 60),
    (QUEUES, {"replicas": 3, "persistence": {"storageClassName": "fast"}}, 30),
    *((QUEUES, {"replicas": 3, "persistence": {"storage": size}}, 0) for size in ("0Gi", "0", "0.0G", "0Mi", 0)),
    (POSTGRESQL, {"instances": 2, "storage": DISK, "ephemeralVolumeSource": {"volumeClaimTemplate": {"spec": {
        "storageClassName": "fast", "resources": {"requests": {"storage": "5Gi"}}}}}}, 210),
    (KAFKA, {"kafka": {"replicas": 3, "storage": BROKER_DISK}}, 0),
])  # fmt: skip
def test_each_pod_has_its_volumes(kind: str, spec: dict[str, Any], expected: float) -> None:
    assert gib(kind, spec) == expected


@pytest.mark.parametrize(("kind", "spec", "expected"), [
    (POSTGRESQL, {"instances": 3, "storage": DISK, "resources": TWO_CORES}, [(3, 2000)]),
    (BROKERS, {"replicas": 5, "resources": TWO_CORES}, [(5, 2000)]),
    (KAFKA, {"kafka": {"replicas": 3, "resources": TWO_CORES}, "cruiseControl": {"resources": TWO_CORES},
             "entityOperator": {"topicOperator": {"resources": TWO_CORES}, "userOperator": {"resources": TWO_CORES}}},
     [(1, 4000), (1, 2000)]),
    ("kafka.strimzi.io/v1:KafkaConnect", {"replicas": 2, "resources": TWO_CORES}, [(2, 2000)]),
    ("kafka.strimzi.io/v1beta2:KafkaConnect", {"resources": TWO_CORES}, [(3, 2000)]),
    ("kafka.strimzi.io/v1beta2:KafkaBridge", {"resources": TWO_CORES}, [(1, 2000)]),
    (KAFKA, {"kafka": {"replicas": 3, "resources": TWO_CORES}, "zookeeper": {"replicas": 1, "resources": TWO_CORES}},
     [(3, 2000), (1, 2000)]),
    (SEARCH, {"nodeSets": [{"count": 1, "resources": {"limits": {"memory": "4Gi"}}, "podTemplate": {"spec": {
        "containers": [{"name": "elasticsearch", "resources": {"requests": {"cpu": "3"}}}]}}}]}, [(1, 3000)]),
    (KIBANA, {}, [(0, 0)]),
    (SEARCH, {"nodeSets": [{"count": 3, "resources": TWO_CORES}, {"count": 2, "podTemplate": {"spec": {
        "containers": [{"name": "elasticsearch", "resources": TWO_CORES}, {"name": "x", "resources": TWO_CORES}]}}}]},
     [(3, 2000), (2, 4000)]),
    (KIBANA, {"count": 2, "podTemplate": {"spec": {"containers": [{"name": "kibana", "resources": TWO_CORES}]}}},
     [(2, 2000)]),
    (QUEUES, {"replicas": 3}, [(3, 1000)]),
    (QUEUES, {"replicas": 3, "resources": TWO_CORES}, [(3, 2000)]),
])  # fmt: skip
def test_pods_ask_for_what_the_object_states(kind: str, spec: dict[str, Any], expected: list[tuple[int, int]]) -> None:
    assert pods(kind, spec) == expected


def test_pods_run_where_the_object_says() -> None:
    placement = {"nodeSelector": {"pool": "data"}, "tolerations": [{"key": "data"}]}
    for kind, spec in (
        (POSTGRESQL, {"affinity": {**placement, "enablePodAntiAffinity": True, "nodeAffinity": {"a": 1}}}),
        (BROKERS, {"template": {"pod": {"tolerations": placement["tolerations"]}}}),
        (SEARCH, {"nodeSets": [{"podTemplate": pod(**placement)}]}),
        (QUEUES, {"tolerations": placement["tolerations"]}),
    ):
        form = form_of(f"kubernetes:{kind}")
        assert form is not None
        (group,) = form.groups(spec)
        assert group.template["spec"]["tolerations"] == placement["tolerations"]
        assert "enablePodAntiAffinity" not in group.template["spec"].get("affinity", {})
        if kind == POSTGRESQL:
            assert group.template["spec"]["affinity"] == {"nodeAffinity": {"a": 1}}
        if kind in (POSTGRESQL, SEARCH):
            assert group.template["spec"]["nodeSelector"] == placement["nodeSelector"]


def test_a_node_of_elasticsearch_without_a_volume_for_data_gets_one() -> None:
    assert [len(group) for group in _claims({})] == [1]
    assert [len(group) for group in _claims({"volumeClaimTemplates": NODES})] == [1]
    assert [len(group) for group in _claims({"volumeClaimTemplates": [{"metadata": {"name": "logs"}}]})] == [1]
    folder = {"spec": {"volumes": [{"name": "elasticsearch-data", "emptyDir": {}}]}}
    assert [len(group) for group in _claims({"podTemplate": folder})] == [0]


def _claims(nodes: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    form = form_of(f"kubernetes:{SEARCH}")
    assert form is not None
    return [group.claims for group in form.groups({"nodeSets": [nodes]})]


@pytest.mark.parametrize(("kind", "spec"), [
    (POSTGRESQL, {"instances": UNKNOWN_WORD, "storage": DISK}), (BROKERS, {"replicas": UNKNOWN_WORD,
                                                                          "storage": BROKER_DISK}),
    (SEARCH, {"nodeSets": [{"count": UNKNOWN_WORD, "volumeClaimTemplates": NODES}]}),
    (POSTGRESQL, {"instances": 3, "storage": {"size": UNKNOWN_WORD, "storageClass": "fast"}}),
    (POSTGRESQL, {"instances": 3, "storage": {**DISK, "storageClass": "of another stack"}}),
    *((POSTGRESQL, {"instances": 3, "storage": DISK, key: UNKNOWN_WORD})
      for key in ("walStorage", "tablespaces", "ephemeralVolumeSource")),
    (POSTGRESQL, {"storage": UNKNOWN_WORD}), (BROKERS, {"storage": UNKNOWN_WORD}),
    (POSTGRESQL, {"storage": DISK, "tablespaces": [{"name": "a", "storage": UNKNOWN_WORD}]}),
    (BROKERS, {"storage": {**BROKER_DISK, "type": UNKNOWN_WORD}}),
    (BROKERS, {"storage": {"type": "jbod", "volumes": UNKNOWN_WORD}}),
    (KAFKA, {"kafka": UNKNOWN_WORD, "zookeeper": {"replicas": 3, "storage": {"type": "ephemeral"}}}),
    (SEARCH, {"nodeSets": UNKNOWN_WORD}), (SEARCH, {"nodeSets": [{"volumeClaimTemplates": UNKNOWN_WORD}]}),
    (QUEUES, {"persistence": UNKNOWN_WORD}),
])  # fmt: skip
def test_what_is_not_known_has_no_price(kind: str, spec: dict[str, Any]) -> None:
    found = bill("aws", ebs("fast", type="gp3"), of_kind(kind, "data", spec))
    assert [line.charge.service for line in found.unpriced] == ["volume"]


def test_a_specification_that_is_not_known_has_no_price() -> None:
    for kind in (POSTGRESQL, BROKERS, KAFKA, SEARCH, QUEUES):
        token, name, props = of_kind(kind, "data", {})
        found = bill("aws", (token, name, {**props, "spec": UNKNOWN_WORD}))
        assert [line.charge.service for line in found.unpriced] == ["volume"], kind
