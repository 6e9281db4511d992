"""Cost labels in clusters: on objects, on the pods that they make, and on the claims of those."""

from collections.abc import Mapping
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement
from pydantic import ValidationError

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack

PACK = Pack()
META = {"metadata": {"name": "x", "labels": TAGS}}
BARE: dict[str, Any] = {"metadata": {"name": "x"}}
SPEC = {"spec": {"containers": [{"name": "main", "image": "registry/x:1"}]}}
WORKLOADS = (
    "apps/v1:Deployment", "apps/v1:StatefulSet", "apps/v1:DaemonSet", "apps/v1:ReplicaSet", "batch/v1:Job",
    "core/v1:ReplicationController",
)  # fmt: skip


def _stops(token: str, props: Mapping[str, object], pack: Pack = PACK) -> bool:
    reports = [
        item for item in pack.evaluate_resource(Given(f"kubernetes:{token}", props)) if item.rule == "FJ-TAG-004"
    ]
    assert all(item.mandatory for item in reports)
    return bool(reports)


def _workload(template: object, meta: dict[str, Any] = META) -> dict[str, object]:
    return {**meta, "spec": {"replicas": 1, "template": template}}


@pytest.mark.parametrize("token", WORKLOADS)
def test_a_workload_and_its_pods_carry_the_labels(token: str) -> None:
    assert not _stops(token, _workload({**META, **SPEC}))
    assert _stops(token, _workload({**META, **SPEC}, BARE))
    assert _stops(token, _workload({**BARE, **SPEC}))
    assert _stops(token, _workload(SPEC))


def test_the_pods_of_a_cron_job_are_two_templates_down() -> None:
    def job(pods: dict[str, Any]) -> dict[str, object]:
        return {**META, "spec": {"jobTemplate": {"spec": {"template": {**pods, **SPEC}}}}}

    assert not _stops("batch/v1:CronJob", job(META))
    assert _stops("batch/v1:CronJob", job(BARE))
    assert _stops("batch/v1beta1:CronJob", job(BARE))


@pytest.mark.parametrize("token", ["core/v1:Pod", "core/v1:Namespace", "core/v1:PersistentVolumeClaim"])
def test_what_costs_by_itself_carries_the_labels(token: str) -> None:
    spec = SPEC if token.endswith("Pod") else {}
    assert not _stops(token, {**META, **spec})
    assert _stops(token, {**BARE, **spec})
    assert _stops(token, spec)
    for key in TAGS:
        assert _stops(token, {"metadata": {"labels": {**TAGS, key: ""}}, **spec})


def test_claims_of_a_stateful_set_carry_the_labels() -> None:
    def claims(meta: dict[str, Any]) -> dict[str, object]:
        return {**META, "spec": {"template": {**META, **SPEC}, "volumeClaimTemplates": [META, meta]}}

    assert not _stops("apps/v1:StatefulSet", claims(META))
    assert _stops("apps/v1:StatefulSet", claims(BARE))


def test_pods_of_kinds_that_no_sdk_knows_carry_the_labels() -> None:
    def jobs(meta: dict[str, Any]) -> dict[str, object]:
        template = {"spec": {"template": {**meta, **SPEC}}}
        return {**BARE, "spec": {"replicatedJobs": [{"name": "workers", "template": template}]}}

    assert not _stops("jobset.x-k8s.io/v1alpha2:JobSet", jobs(META))
    assert _stops("jobset.x-k8s.io/v1alpha2:JobSet", jobs(BARE))


def test_lists_are_searched_and_patches_left_alone() -> None:
    item = {"kind": "Namespace", "apiVersion": "v1"}
    assert not _stops("core/v1:List", {"items": [{**item, **META}]})
    assert _stops("core/v1:List", {"items": [{**item, **META}, {**item, **BARE}]})
    assert not _stops("core/v1:NamespacePatch", BARE)
    assert not _stops("apps/v1:DeploymentPatch", _workload({**BARE, **SPEC}, BARE))


def test_other_kinds_need_no_labels() -> None:
    for token in ("core/v1:ConfigMap", "core/v1:Service", "rbac.authorization.k8s.io/v1:Role", "helm.sh/v3:Release"):
        assert not _stops(token, BARE)


def test_labels_that_are_not_known_are_told() -> None:
    for meta in ({"metadata": {"labels": UNKNOWN_OBJECT}}, {"metadata": UNKNOWN_OBJECT}):
        reports = PACK.evaluate_resource(Given("kubernetes:core/v1:Namespace", meta))
        assert [(item.rule, item.mandatory) for item in reports] == [("FJ-TAG-004", False)]
    assert not _stops("core/v1:Namespace", {"metadata": {"labels": {**TAGS, "owner": UNKNOWN}}})


@pytest.mark.parametrize(
    ("key", "value"), [("cost-centre", "marketing"), ("environment", "production"), ("owner", "a@b.ae")]
)
def test_values_are_legal(key: str, value: str) -> None:
    props = {"metadata": {"labels": {**TAGS, key: value}}}
    assert _stops("core/v1:Namespace", props)
    assert value not in PACK.evaluate_resource(Given("kubernetes:core/v1:Namespace", props))[0].text


def _pack(**tags: object) -> Pack:
    return Pack(Enforcement.model_validate({"default": {}, "tags": tags}))


def test_labels_may_have_keys_of_their_own() -> None:
    pack = _pack(labels={"cost-centre": "finance.bank.ae/cost-centre"})
    mapped = {("finance.bank.ae/cost-centre" if key == "cost-centre" else key): value for key, value in TAGS.items()}
    assert not _stops("core/v1:Namespace", {"metadata": {"labels": mapped}}, pack)
    assert _stops("core/v1:Namespace", META, pack)


def test_cost_centres_may_be_listed() -> None:
    vpc = "aws:ec2/vpc:Vpc"
    for pack, stopped in ((_pack(cost_centres=["cc-4711"]), False), (_pack(cost_centres=["cc-1001", "cc-100"]), True)):
        reports = {item.rule for item in pack.evaluate_resource(Given(vpc, {"tags": TAGS}))}
        assert reports == ({"FJ-TAG-002"} if stopped else set())
        assert _stops("core/v1:Namespace", META, pack) == stopped


@pytest.mark.parametrize(
    "tags",
    [
        {"cost_centres": ["finance"]},
        {"labels": {"team": "x"}},
        {"labels": {"owner": "not a label"}},
        {"labels": {"owner": "x" * 64}},
        {"owners": []},
    ],
)
def test_other_settings_are_refused(tags: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        _pack(**tags)
