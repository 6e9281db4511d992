"""Workloads of the same name in two namespaces are two workloads."""

from typing import Any

import pytest

from falaj.finops.errors import BadInput
from falaj.finops.usage_names import refuse_unknown_names
from tests.unit.finops.plans import AWS_NETWORK, TAGS, Row, plan, priced
from tests.unit.finops.test_work_nodes import GPU_POD, QUIET, gpu_pool, nodes
from tests.unit.finops.work_plans import deployment, of_kind, pod, scaled_object

HOST = "kubernetes.io/hostname"


def within(namespace: str, row: Row) -> Row:
    kind, name, props = row
    return kind, f"{name}-{namespace}", props | {"metadata": props["metadata"] | {"namespace": namespace}}


def server(namespace: str, replicas: int = 1) -> Row:
    return within(namespace, deployment("server", replicas, GPU_POD))


def test_an_autoscaler_scales_the_workload_of_its_own_namespace() -> None:
    scaling = within("a", scaled_object("server", 3, 4))
    assert nodes(gpu_pool(), server("a"), server("b"), scaling, usage=QUIET)[:2] == (4, 4)
    assert nodes(gpu_pool(), server("a"), server("b"), scaled_object("server", 3, 4), usage=QUIET)[:2] == (2, 2)


def apart(namespace: str, replicas: int = 1, **term: Any) -> Row:
    rule = {"labelSelector": {"matchLabels": {"app": "server"}}, "topologyKey": HOST} | term
    affinity = {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [rule]}}
    return within(namespace, deployment("server", replicas, pod("1", labels={"app": "server"}, affinity=affinity)))


@pytest.mark.parametrize(
    ("term", "needed"),
    [
        ({}, 1),
        ({"namespaces": ["b"]}, 2),
        ({"namespaces": ["c"]}, 1),
        ({"namespaceSelector": {}}, 2),
        ({"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "b"}}}, 2),
        ({"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "c"}}}, 1),
        ({"namespaceSelector": {"matchLabels": {"team": "blue"}}}, 2),
        ({"namespaceSelector": {"matchLabels": {"team": "red"}}}, 1),
        ({"namespaceSelector": {}, "labelSelector": None}, 1),
    ],
)
def test_pods_are_apart_from_those_of_the_namespaces_that_a_term_names(term: dict[str, Any], needed: int) -> None:
    """A term without namespaces is about its own; a selector without labels selects no pod (core/v1 PodAffinityTerm,
    Kubernetes 1.34)."""
    other = within("b", deployment("server", 1, pod("1", labels={"app": "server"})))
    blue = "kubernetes:core/v1:Namespace", "uae-b", {"metadata": {"name": "b", "labels": TAGS | {"team": "blue"}}}
    assert nodes(gpu_pool(), apart("a", **term), other, blue, usage=QUIET)[1] == needed


def test_a_selector_of_namespaces_takes_the_place_of_the_own_one() -> None:
    assert nodes(gpu_pool(), apart("a", 2), usage=QUIET)[1] == 2
    other = {"namespaceSelector": {"matchLabels": {"team": "red"}}}
    assert nodes(gpu_pool(), apart("a", 2, **other), usage=QUIET)[1] == 1


def test_the_usage_file_names_workloads_of_a_namespace() -> None:
    work = server("a"), server("b"), within("a", scaled_object("server", 1, 4))
    usage = f"{QUIET}\nsites: {{uae: {{workloads: {{a/server: {{replicas: 3}}}}}}}}"
    assert nodes(gpu_pool(), *work, usage=usage)[:2] == (2, 4)
    refuse_unknown_names(priced(plan(AWS_NETWORK, gpu_pool(), *work), usage))


def test_an_ambiguous_name_in_the_usage_file_is_refused_with_the_full_names() -> None:
    usage = "sites: {uae: {workloads: {server: {replicas: 3}}}}"
    with pytest.raises(BadInput, match=r"sites\.uae\.workloads\.server: ambiguous.*a/server, b/server"):
        refuse_unknown_names(priced(plan(AWS_NETWORK, gpu_pool(), server("a"), server("b")), usage))
    refuse_unknown_names(priced(plan(AWS_NETWORK, gpu_pool(), server("a")), usage))
    with pytest.raises(BadInput, match=r"sites\.uae\.workloads\.c/server: unknown name; the plan has: .*server"):
        refuse_unknown_names(priced(plan(AWS_NETWORK, gpu_pool(), server("a")), usage.replace("server", "c/server")))


def test_jobs_of_the_same_name_are_two_jobs() -> None:
    jobs = [within(space, of_kind("batch/v1:Job", "train", {"template": GPU_POD})) for space in ("a", "b")]
    hours = "workloads: {a/train: {hours: 73}, b/train: {hours: 146}}"
    assert nodes(gpu_pool(), *jobs, usage=f"{QUIET}\nsites: {{uae: {{{hours}}}}}")[1] == pytest.approx(0.3)
