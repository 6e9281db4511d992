"""Images that controllers exchange, settings of the agent of Azure, default roles and counts of waiting pods."""

import json

import pytest
from guardrails.identity.default_roles import check_default_roles
from guardrails.identity.program_switch_rows import program_switches
from guardrails.readers.texts import Leaf
from guardrails.residency.bucket_settings import may_be_bucket

from tests.processor_time import within

from .blind import crd, k8s, meta
from .harness import Given, Pack

ODD = (None, 1, True, [], {}, "", "[", "[1, null]", '{"from": 1}', '[{"from": {"name": null}}]', "[" * 20_000)
NAME = "container-azm-ms-agentconfig"


def _findings(pack: Pack, given: Given, *words: str) -> list[str]:
    texts = [report.text for report in pack.evaluate_plan(given) if report.mandatory]
    return [text for text in texts if any(word in text for word in words)]


def _triggered(value: object) -> Given:
    return k8s("apps/v1:Deployment", {"metadata": meta(annotations={"image.openshift.io/triggers": value}), "spec": {}})


def _agent(value: object, name: str = NAME) -> Given:
    return k8s("core/v1:ConfigMap", {
        "metadata": meta(name, "kube-system"), "data": {"log-data-collection-settings": value}})  # fmt: skip


@pytest.mark.parametrize("value", ODD)
def test_odd_values_raise_nothing(value: object) -> None:
    pack = Pack()
    for given in (_triggered(value), _agent(value), crd("apps.openshift.io/v1:DeploymentConfig", {"triggers": value})):
        assert _findings(pack, given, "raised", "replaces the program", "is collected") == []


@pytest.mark.parametrize(
    ("source", "is_refused"),
    [
        ({"kind": "ImageStreamTag", "name": "app:2.4"}, False),
        ({"kind": "ImageStreamTag", "name": "app:2.4", "namespace": "team-a"}, False),
        ({"kind": "ImageStreamTag", "name": "app:2.4", "namespace": "team-b"}, True),
        ({"kind": "ImageStreamTag", "name": "nodejs:22-ubi9", "namespace": "openshift"}, False),
        ({"kind": "ImageStreamTag", "name": "nodejs:latest", "namespace": "openshift"}, True),
        ({"kind": "ImageStreamTag", "name": "app:latest", "namespace": "team-a"}, True),
        ({"kind": "ImageStreamImage", "name": "app@sha256:" + "a" * 64, "namespace": "team-b"}, False),
    ],
)
def test_streams_of_others_and_moving_tags_are_refused(source: dict[str, str], is_refused: bool) -> None:
    pack = Pack()
    annotation = _triggered(json.dumps([{"from": source, "fieldPath": "spec"}]))
    config = crd("apps.openshift.io/v1:DeploymentConfig", {
        "triggers": [{"type": "ImageChange", "imageChangeParams": {"automatic": True, "from": source}}]})  # fmt: skip
    for given in (annotation, config):
        assert bool(_findings(pack, given, "replaces the program")) is is_refused


def test_a_config_map_of_another_name_is_none_of_the_agent() -> None:
    text = "[log_collection_settings.stdout]\nenabled = false\n"
    assert _findings(Pack(), _agent(text), "is collected")
    assert _findings(Pack(), _agent(text, "other"), "is collected") == []


def test_a_permission_is_evaluated_by_itself() -> None:
    def outcomes(*places: int, topics: str = ".*") -> int:
        leaves = [
            Leaf(f"rbac.default-role.permissions[{places[0]}].value", "value", topics, is_in_text=False),
            Leaf(
                f"rbac.default-role.permissions[{places[1]}].actions[0]", "actions", "messages_read", is_in_text=False
            ),
        ]
        return len(list(check_default_roles(leaves)))

    assert outcomes(0, 0) == 1
    assert outcomes(0, 1) == 0
    assert all(outcomes(0, 0, topics=text) for text in ("(.*)", "[^/]+", "(.*)*", "*"))
    assert not any(outcomes(0, 0, topics=text) for text in ("team-a-.*", "[", "(a|.)*" * 20))


@pytest.mark.parametrize("unit", ["deb [", "[prober: http", "apt \t", "<match **> ", "Trusted: ", "\n", "-", "rpm  --"])
def test_expressions_are_linear(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    with within(2):
        for switch in program_switches():
            if switch.name is None:
                switch.pattern.search(text)
        may_be_bucket(Leaf("s3." * 6_000 + "bucket", "bucket", "x", is_in_text=False))
