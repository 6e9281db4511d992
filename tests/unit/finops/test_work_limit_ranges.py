"""Requests that a LimitRange of the namespace gives to containers that state none."""

from typing import Any

import pytest

from tests.unit.finops.plans import TAGS, Row, agent_pool
from tests.unit.finops.test_work_nodes import QUIET, nodes
from tests.unit.finops.work_plans import GPU, of_kind


def limit_range(namespace: str = "default", name: str = "limits", kind: str = "Container", **item: Any) -> Row:
    metadata = {"name": name, "namespace": namespace, "labels": TAGS}
    spec = {"limits": [{"type": kind, **item}]}
    return "kubernetes:core/v1:LimitRange", f"uae-{name}", {"metadata": metadata, "spec": spec}


def four(resources: dict[str, Any] | None = None, key: str = "containers") -> Row:
    """Returns four pods; the machines of the pool have two GPUs."""
    container = {"name": "server"} | ({"resources": resources} if resources else {})
    template = {"spec": {key: [container], "tolerations": [{"operator": "Exists"}]}}
    return of_kind("apps/v1:Deployment", "served", {"replicas": 4, "template": template})


def machines(*rows: Row) -> float:
    return nodes(agent_pool("gpu", "Standard_NC80adis_H100_v5", 0, 16), *rows, usage=QUIET)[1]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        # kubernetes v1.36.3, pkg/apis/core/v1/defaults.go, SetDefaults_LimitRangeItem: a default request, otherwise the
        # default limit, otherwise the maximum, otherwise the minimum.
        ({"defaultRequest": {GPU: "1"}}, 2),
        ({"default": {GPU: "2"}}, 4),
        ({"default": {GPU: "2"}, "defaultRequest": {GPU: "1"}}, 2),
        ({"max": {GPU: "2"}}, 4),
        ({"min": {GPU: "1"}}, 2),
        ({"max": {GPU: "2"}, "default": {GPU: "1"}}, 2),
        ({"kind": "Pod", "max": {GPU: "2"}}, 1),
    ],
)
def test_defaults_of_a_limit_range_are_requests(limits: dict[str, Any], expected: int) -> None:
    assert machines(four({"requests": {"cpu": "1"}}), limit_range(**limits)) == expected


def test_what_a_container_states_is_kept() -> None:
    """A limit is a request already when admission looks (the same, SetDefaults_Pod; limitranger/admission.go)."""
    two = limit_range(defaultRequest={GPU: "2"})
    assert machines(four({"requests": {GPU: "1"}}), two) == 2
    assert machines(four({"limits": {GPU: "1"}}), two) == 2
    assert machines(four(key="initContainers"), two) == 4


def test_only_the_namespace_has_them_and_the_first_one_counts() -> None:
    assert machines(four(), limit_range("other", defaultRequest={GPU: "2"})) == 1
    one, two = limit_range(defaultRequest={GPU: "1"}), limit_range(name="more", defaultRequest={GPU: "2"})
    assert machines(four(), one, two) == 2
