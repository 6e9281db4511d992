"""A pool that is reserved for a tenant is closed to pods of others: by a taint, which only its own pods tolerate."""

from typing import Any

import pytest

from falaj.components.core.node_pools.regional_pool import RegionalPool
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.tenancy.tenant_admission import AdmissionSpec, admission_policies
from falaj.components.core.validation.enums import Profile
from falaj.components.kubernetes.training.tracking_pod import tolerations
from tests.samples import COST_TAGS
from tests.unit.components import training_sample
from tests.unit.components.queueing_sample import ARGS, POOLS, RETAIL, queueing
from tests.unit.components.serving_samples import LARGE, SLEEPING
from tests.unit.components.test_kubernetes_inference import pod, service

RESERVED = {"key": "falaj/tenant", "value": "retail", "effect": "NoSchedule"}
TOLERATED = {**RESERVED, "operator": "Equal"}


def pool_taints(**changed: Any) -> list[str]:
    spec = NodePoolSpec(profile=Profile.TRAINING, machines=["g5.12xlarge"], max=2, **changed)
    return [str(taint) for taint in RegionalPool("gpu", "me-central-1", spec, COST_TAGS).taints]


def test_only_a_reserved_pool_has_the_taint() -> None:
    shared = pool_taints()
    assert not any("falaj/tenant" in taint for taint in shared)
    assert pool_taints(tenant="retail") == [*shared, "falaj/tenant=retail:NoSchedule"]


def of_tenant(tolerated: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in tolerated if one["key"] == "falaj/tenant"]


@pytest.mark.parametrize("serving", [LARGE, SLEEPING])
def test_a_served_model_tolerates_the_taint_of_its_tenant_only(serving: Any) -> None:
    assert of_tenant(pod(service(serving))["tolerations"]) == [TOLERATED]


def test_a_run_tolerates_the_taint_of_its_tenant_only() -> None:
    assert of_tenant(training_sample.pod(tenant="retail")["tolerations"]) == [TOLERATED]
    assert of_tenant(training_sample.pod()["tolerations"]) == []


def test_small_jobs_beside_services_tolerate_it_too() -> None:
    assert tolerations(Profile.INFERENCE_CPU, "retail") == [TOLERATED]


def test_kueue_knows_the_taint() -> None:
    """Otherwise it would admit jobs whose pods the scheduler never places."""
    pools = {**POOLS, "gpu": {**POOLS["gpu"], "tenant": "retail"}}
    tenants = {"retail": RETAIL, "sme": ARGS["tenants"]["sme"]}
    flavors = queueing(pools=pools, tenants=tenants).of("kubernetes:kueue.x-k8s.io/v1beta2:ResourceFlavor")
    specs = [flavor.inputs["spec"] for flavor in flavors]
    reserved = [spec["nodeLabels"]["falaj/pool"] for spec in specs if RESERVED in spec.get("nodeTaints", [])]
    assert reserved == ["gpu"]


def test_a_tenant_may_tolerate_its_own_taint_only() -> None:
    [policy] = [one for one in admission_policies(AdmissionSpec()) if one.name == "falaj-tenant-pods"]
    [check] = [one for one in policy.checks if "tolerations" in one.expression]
    own = "taint.?value.orValue('') == namespaceObject.metadata.labels['falaj/tenant']"
    assert f"(taint.key != 'falaj/tenant' || {own})" in check.expression
