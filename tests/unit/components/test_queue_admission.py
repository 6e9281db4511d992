"""The admission policies of namespaces with a queue: what they match, whom they bind, and what their rules name."""

from typing import Any

import pytest

from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.tenancy.admission_policies import AdmissionPolicy
from falaj.components.core.tenancy.queue_admission import JOBS, PODS
from falaj.components.core.tenancy.queue_specs import QUEUED
from falaj.components.core.validation.enums import Profile
from tests.unit.components.queueing_sample import queueing

GROUP = "kubernetes:admissionregistration.k8s.io/v1:"
POLICY, BINDING = GROUP + "ValidatingAdmissionPolicy", GROUP + "ValidatingAdmissionPolicyBinding"


def spec(kind: str, name: str) -> dict[str, Any]:
    return queueing().one(kind, name).inputs["spec"]


@pytest.mark.parametrize("policy", [PODS, JOBS])
def test_it_denies_in_namespaces_with_a_queue_and_fails_closed(policy: AdmissionPolicy) -> None:
    name = f"uae-admission-{policy.name.removeprefix('falaj-')}"
    assert spec(BINDING, f"{name}-binding") == {
        "policyName": policy.name,
        "validationActions": ["Deny"],
        "matchResources": {"namespaceSelector": {"matchExpressions": [{"key": "falaj/queued", "operator": "Exists"}]}},
    }
    created = spec(POLICY, f"{name}-policy")
    assert created["failurePolicy"] == "Fail"
    assert all(item["reason"] == "Forbidden" for item in created["validations"])
    assert len(created["validations"]) == len(policy.checks)


def test_it_matches_creates_and_updates_of_pods_and_of_jobs_that_kueue_manages() -> None:
    def rules(name: str) -> set[Any]:
        return {
            (*rule["apiGroups"], *rule["apiVersions"], tuple(rule["operations"]), tuple(rule["resources"]))
            for rule in spec(POLICY, name)["matchConstraints"]["resourceRules"]
        }

    both = ("CREATE", "UPDATE")
    assert rules("uae-admission-queued-pods-policy") == {("", "*", both, ("pods",))}
    assert rules("uae-admission-queued-jobs-policy") == {
        ("batch", "*", both, ("jobs",)),
        ("jobset.x-k8s.io", "*", both, ("jobsets",)),
        ("trainer.kubeflow.org", "*", both, ("trainjobs",)),
        ("ray.io", "*", both, ("rayjobs", "rayclusters")),
    }


def test_every_profile_of_queued_work_has_a_taint_that_the_policy_of_pods_knows() -> None:
    """Without a taint, a pod without any toleration would run beside the queue."""
    for profile in QUEUED:
        assert [(taint.key, taint.value) for taint in TRAITS[profile].taints] == [("falaj/profile", profile.value)]
        assert f"'{profile.value}'" in PODS.variables["tolerates"]
    for profile in set(Profile) - set(QUEUED):
        assert f"'{profile.value}'" not in PODS.variables["tolerates"]


def test_an_existing_cluster_with_kueue_gets_them_too() -> None:
    assert len(queueing(install=False).of(POLICY)) == 2
