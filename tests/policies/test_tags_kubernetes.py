"""Cost labels in clusters: on objects, on their pods, and on the volume claims of stateful sets."""

from collections.abc import Mapping
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement
from pydantic import ValidationError

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack

PACK = Pack()
LABELLED = {"metadata": {"name": "x", "labels": TAGS}}
UNLABELLED: dict[str, Any] = {"metadata": {"name": "x"}}
SPEC = {"spec": {"containers": [{"name": "main", "image": "registry/x:1"}]}}
WORKLOADS = (
    "apps/v1:Deployment", "apps/v1:StatefulSet", "apps/v1:DaemonSet", "apps/v1:ReplicaSet", "batch/v1:Job",
    "core/v1:ReplicationController",
)  # fmt: skip


def _blocked(token: str, props: Mapping[str, object], pack: Pack = PACK) -> bool:
    reports = [
        item for item in pack.evaluate_resource(Given(f"kubernetes:{token}", props)) if item.rule == "FJ-TAG-004"
    ]
    assert all(item.mandatory for item in reports)
    return bool(reports)


def _workload(template: object, meta: dict[str, Any] = LABELLED) -> dict[str, object]:
    return {**meta, "spec": {"replicas": 1, "template": template}}


@pytest.mark.parametrize("token", WORKLOADS)
def test_a_workload_and_its_pods_carry_the_labels(token: str) -> None:
    assert not _blocked(token, _workload({**LABELLED, **SPEC}))
    assert _blocked(token, _workload({**LABELLED, **SPEC}, UNLABELLED))
    assert _blocked(token, _workload({**UNLABELLED, **SPEC}))
    assert _blocked(token, _workload(SPEC))


def test_the_pods_of_a_cron_job_carry_the_labels() -> None:
    def job(pods: dict[str, Any]) -> dict[str, object]:
        return {**LABELLED, "spec": {"jobTemplate": {"spec": {"template": {**pods, **SPEC}}}}}

    assert not _blocked("batch/v1:CronJob", job(LABELLED))
    assert _blocked("batch/v1:CronJob", job(UNLABELLED))
    assert _blocked("batch/v1beta1:CronJob", job(UNLABELLED))


@pytest.mark.parametrize("token", ["core/v1:Pod", "core/v1:Namespace", "core/v1:PersistentVolumeClaim"])
def test_billable_objects_carry_the_labels(token: str) -> None:
    spec = SPEC if token.endswith("Pod") else {}
    assert not _blocked(token, {**LABELLED, **spec})
    assert _blocked(token, {**UNLABELLED, **spec})
    assert _blocked(token, spec)
    for key in TAGS:
        assert _blocked(token, {"metadata": {"labels": {**TAGS, key: ""}}, **spec})


def test_claims_of_a_stateful_set_carry_the_labels() -> None:
    def claims(meta: dict[str, Any]) -> dict[str, object]:
        return {**LABELLED, "spec": {"template": {**LABELLED, **SPEC}, "volumeClaimTemplates": [LABELLED, meta]}}

    assert not _blocked("apps/v1:StatefulSet", claims(LABELLED))
    assert _blocked("apps/v1:StatefulSet", claims(UNLABELLED))


def test_pods_of_custom_resources_carry_the_labels() -> None:
    def jobs(meta: dict[str, Any]) -> dict[str, object]:
        template = {"spec": {"template": {**meta, **SPEC}}}
        return {**UNLABELLED, "spec": {"replicatedJobs": [{"name": "workers", "template": template}]}}

    assert not _blocked("jobset.x-k8s.io/v1alpha2:JobSet", jobs(LABELLED))
    assert _blocked("jobset.x-k8s.io/v1alpha2:JobSet", jobs(UNLABELLED))


NAMESPACED = {"metadata": {"name": "x", "namespace": "tenant-retail", "labels": TAGS}}


@pytest.mark.parametrize("token", WORKLOADS)
def test_pods_may_be_allocated_by_the_labels_of_their_namespace(token: str) -> None:
    """A changed cost tag then restarts nothing."""
    assert not _blocked(token, _workload({**UNLABELLED, **SPEC}, NAMESPACED))
    assert not _blocked(token, _workload(SPEC, NAMESPACED))
    unknown = {"metadata": {**NAMESPACED["metadata"], "namespace": UNKNOWN}}
    assert not _blocked(token, _workload({**UNLABELLED, **SPEC}, unknown))


@pytest.mark.parametrize(
    "metadata",
    [
        {"namespace": "default", "labels": TAGS},
        {"namespace": "kube-system", "labels": TAGS},
        {"namespace": "tenant-retail", "labels": {**TAGS, "owner": ""}},
        {"namespace": "tenant-retail"},
    ],
    ids=["default", "kube-system", "incomplete", "unlabelled"],
)
def test_pods_without_labels_need_a_labelled_workload_in_a_namespace_of_its_own(metadata: dict[str, Any]) -> None:
    assert _blocked("apps/v1:Deployment", _workload({**UNLABELLED, **SPEC}, {"metadata": {"name": "x", **metadata}}))


def test_some_labels_of_pods_are_not_enough() -> None:
    some = {"metadata": {"labels": {"owner": TAGS["owner"]}}}
    assert _blocked("apps/v1:Deployment", _workload({**some, **SPEC}, NAMESPACED))


def test_claims_do_not_take_the_labels_of_the_namespace() -> None:
    spec = {"template": {**UNLABELLED, **SPEC}, "volumeClaimTemplates": [UNLABELLED]}
    assert _blocked("apps/v1:StatefulSet", {**NAMESPACED, "spec": spec})


def test_list_items_are_evaluated_and_patches_are_not() -> None:
    item = {"kind": "Namespace", "apiVersion": "v1"}
    assert not _blocked("core/v1:List", {"items": [{**item, **LABELLED}]})
    assert _blocked("core/v1:List", {"items": [{**item, **LABELLED}, {**item, **UNLABELLED}]})
    assert not _blocked("core/v1:NamespacePatch", UNLABELLED)
    assert not _blocked("apps/v1:DeploymentPatch", _workload({**UNLABELLED, **SPEC}, UNLABELLED))


def test_other_kinds_need_no_labels() -> None:
    for token in ("core/v1:ConfigMap", "core/v1:Service", "rbac.authorization.k8s.io/v1:Role", "helm.sh/v3:Release"):
        assert not _blocked(token, UNLABELLED)


def test_unknown_labels_are_reported_but_not_blocked() -> None:
    for meta in ({"metadata": {"labels": UNKNOWN_OBJECT}}, {"metadata": UNKNOWN_OBJECT}):
        reports = PACK.evaluate_resource(Given("kubernetes:core/v1:Namespace", meta))
        assert [(item.rule, item.mandatory) for item in reports] == [("FJ-TAG-004", False)]
    assert not _blocked("core/v1:Namespace", {"metadata": {"labels": {**TAGS, "owner": UNKNOWN}}})


@pytest.mark.parametrize(
    ("key", "value"), [("cost-centre", "marketing"), ("environment", "production"), ("owner", "a@b.ae")]
)
def test_invalid_values_are_refused_without_being_repeated(key: str, value: str) -> None:
    props = {"metadata": {"labels": {**TAGS, key: value}}}
    assert _blocked("core/v1:Namespace", props)
    assert value not in PACK.evaluate_resource(Given("kubernetes:core/v1:Namespace", props))[0].text


def _pack(**tags: object) -> Pack:
    return Pack(Enforcement.model_validate({"default": {}, "tags": tags}))


def test_label_keys_may_be_mapped() -> None:
    pack = _pack(labels={"cost-centre": "finance.bank.ae/cost-centre"})
    mapped = {("finance.bank.ae/cost-centre" if key == "cost-centre" else key): value for key, value in TAGS.items()}
    assert not _blocked("core/v1:Namespace", {"metadata": {"labels": mapped}}, pack)
    assert _blocked("core/v1:Namespace", LABELLED, pack)


def test_a_cost_centre_off_the_list_is_told_what_the_list_has() -> None:
    several = [f"cc-10{number}" for number in range(1, 9)]
    for allowed, named in ((["cc-100"], "cc-100"), (several, "cc-101, cc-102, cc-103, cc-104, cc-105 and 3 more")):
        [report] = _pack(cost_centres=allowed).evaluate_resource(Given("aws:ec2/vpc:Vpc", {"tags": TAGS}))
        assert f"cost centres: {named}. Fix: " in report.text


def test_cost_centres_may_be_limited_to_a_list() -> None:
    vpc = "aws:ec2/vpc:Vpc"
    for pack, stopped in ((_pack(cost_centres=["cc-4711"]), False), (_pack(cost_centres=["cc-1001", "cc-100"]), True)):
        reports = {item.rule for item in pack.evaluate_resource(Given(vpc, {"tags": TAGS}))}
        assert reports == ({"FJ-TAG-002"} if stopped else set())
        assert _blocked("core/v1:Namespace", LABELLED, pack) == stopped


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
def test_invalid_settings_are_refused(tags: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        _pack(**tags)


def test_operators_that_hand_labels_down_need_them_once() -> None:
    claims = {"spec": {"templates": {"volumeClaimTemplates": [{"name": "data", "spec": {}}]}}}
    for token in ("clickhouse.altinity.com/v1:ClickHouseInstallation",
                  "clickhouse-keeper.altinity.com/v1:ClickHouseKeeperInstallation"):  # fmt: skip
        assert not _blocked(token, {**LABELLED, **claims})
        assert _blocked(token, {**UNLABELLED, **claims})
    assert _blocked("example.com/v1:Database", {**LABELLED, **claims})
