"""Tenants on a real API server: network policies, quotas, pod security, and queues that Kueue accepts."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from falaj.sandbox.lab.api import Api, ApiError, wait_for
from falaj.sandbox.lab.cluster import Lab
from falaj.sandbox.lab.versions import MINOR
from tests.engine.harness import Project
from tests.lab.engine import lab_project
from tests.lab.objects import Object, container, pod_spec
from tests.lab.stuck_work import stuck

CARDS, SHOPS = "tenant-cards", "tenant-shops"
KUEUE = "kueue.x-k8s.io/v1beta2"
ADMISSION = "admissionregistration.k8s.io/v1"
KINDS = (
    ("v1", "Namespace"),
    ("v1", "ResourceQuota"),
    ("v1", "LimitRange"),
    ("networking.k8s.io/v1", "NetworkPolicy"),
    ("scheduling.k8s.io/v1", "PriorityClass"),
    (ADMISSION, "ValidatingAdmissionPolicy"),
    (ADMISSION, "ValidatingAdmissionPolicyBinding"),
    (KUEUE, "ResourceFlavor"),
    (KUEUE, "ClusterQueue"),
    (KUEUE, "LocalQueue"),
)
"""Kinds of objects that the program creates."""

HTTPS = [{"protocol": "TCP", "port": 443}]
OUT, BOTH = ["Egress"], ["Ingress", "Egress"]
POLICIES = {
    "closed": {"podSelector": {}, "policyTypes": BOTH},
    "dns": {
        "podSelector": {},
        "policyTypes": OUT,
        "egress": [
            {
                "to": [
                    {
                        "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}},
                        "podSelector": {"matchLabels": {"k8s-app": "kube-dns"}},
                    }
                ],
                "ports": [{"protocol": "UDP", "port": 53}, {"protocol": "TCP", "port": 53}],
            }
        ],
    },
    "same-namespace": {
        "podSelector": {},
        "policyTypes": BOTH,
        "ingress": [{"from": [{"podSelector": {}}]}],
        "egress": [{"to": [{"podSelector": {}}]}],
    },
    "private-endpoints": {
        "podSelector": {},
        "policyTypes": OUT,
        "egress": [{"to": [{"ipBlock": {"cidr": "10.30.0.0/16"}}], "ports": HTTPS}],
    },
    "object-store": {
        "podSelector": {},
        "policyTypes": OUT,
        "egress": [{"to": [{"ipBlock": {"cidr": "3.5.0.0/19"}}], "ports": HTTPS}],
    },
    "identity": {
        "podSelector": {},
        "policyTypes": OUT,
        "egress": [
            {"to": [{"ipBlock": {"cidr": "169.254.170.23/32"}}], "ports": [{"protocol": "TCP", "port": 80}]},
        ],
    },
}
"""All network policies of a tenant on AWS. None allows the instance metadata service (169.254.169.254)."""


def _names(api: Api) -> set[tuple[str, str, str]]:
    return {
        (kind, item["metadata"].get("namespace", ""), item["metadata"]["name"])
        for version, kind in KINDS
        for item in api.list(version, kind)
    }


@pytest.fixture(scope="module")
def project(lab: Lab, api: Api, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The program, deployed by the real provider; destroyed afterwards, which must leave no object."""
    before = _names(api)
    created = lab_project(lab, "tenants_program.py", tmp_path_factory.mktemp("tenants project"))
    up = created.run("up", "dev")
    try:
        assert up.status == 0, up.output
        yield created
    finally:
        down = created.run("destroy", "dev")
    assert down.status == 0, down.output
    wait_for(lambda: _names(api) <= before, 60, f"only what was there before to be left: {_names(api) - before}")


@pytest.fixture
def tenants(project: Project, api: Api) -> Api:
    """The API server, with the tenants deployed."""
    return api


def _pod(namespace: str, **resources: Any) -> Object:
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "one", "namespace": namespace},
        "spec": pod_spec(None, container(**resources)),
    }


def _admitted(api: Api, pod: Object) -> Any:
    return api.request("POST", f"{api.path(pod, named=False)}?dryRun=All", pod)


@pytest.mark.parametrize("namespace", [CARDS, SHOPS])
def test_a_tenant_has_exactly_its_policies(tenants: Api, namespace: str) -> None:
    policies = tenants.list("networking.k8s.io/v1", "NetworkPolicy", namespace)
    assert {policy["metadata"]["name"]: policy["spec"] for policy in policies} == POLICIES


def test_pods_within_the_quota_are_admitted_and_others_refused(tenants: Api) -> None:
    for namespace in (CARDS, SHOPS):
        (quota,) = tenants.list("v1", "ResourceQuota", namespace)
        wait_for(lambda one=quota: (tenants.get(one) or {})["status"].get("used"), 30, "the quota to be counted")
    assert _admitted(tenants, _pod(CARDS, cpu="90", memory="300Gi", gpus=4))
    assert _admitted(tenants, _pod(SHOPS, cpu="8", memory="32Gi"))
    for over in (_pod(CARDS, gpus=5), _pod(SHOPS, gpus=1)):
        with pytest.raises(ApiError, match="exceeded quota") as refused:
            _admitted(tenants, over)
        assert refused.value.status == 403
    with pytest.raises(ApiError, match="maximum cpu usage per Container is 8"):
        _admitted(tenants, _pod(SHOPS, cpu="9"))


def test_the_quota_counts_existing_pods(tenants: Api) -> None:
    half = _pod(SHOPS, cpu="5", memory="20Gi")
    tenants.create(half)
    try:
        with pytest.raises(ApiError, match="exceeded quota"):
            _admitted(tenants, {**half, "metadata": {**half["metadata"], "name": "two"}})
        assert _admitted(tenants, _pod(CARDS, cpu="90"))  # the other tenant has a separate quota
    finally:
        tenants.delete(half, grace=0)


def test_no_service_of_a_tenant_is_reached_from_outside(tenants: Api) -> None:
    service = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "open", "namespace": CARDS},
        "spec": {"type": "LoadBalancer", "ports": [{"port": 80}]},
    }

    def refusal() -> str:
        with pytest.raises(ApiError) as refused:  # the quota refuses it before the policy is in force
            _admitted(tenants, service)
        return str(refused.value)

    # The API server reads its policies anew once a second, and later without a processor (kubernetes/apiserver
    # v0.36.3, pkg/admission/plugin/policy/generic/policy_source.go), after the command that created them has ended.
    wait_for(lambda: "Services have type ClusterIP" in refusal(), 30, "the admission policies to be in force")


@pytest.mark.parametrize("namespace", [CARDS, SHOPS])
def test_a_privileged_pod_is_refused(tenants: Api, namespace: str) -> None:
    pod = _pod(namespace)
    pod["spec"]["containers"][0]["securityContext"] = {"privileged": True}
    with pytest.raises(
        ApiError, match=rf'violates PodSecurity "restricted:v{re.escape(MINOR)}".*privileged'
    ) as refused:
        _admitted(tenants, pod)
    assert refused.value.status == 403


def test_a_pod_that_says_nothing_gets_limits_and_no_token(tenants: Api) -> None:
    pod = _pod(SHOPS)
    del pod["spec"]["containers"][0]["resources"]
    admitted = _admitted(tenants, pod)
    (main,) = admitted["spec"]["containers"]
    # The default CPU limit is the maximum of a container: the tenant's whole quota.
    expected = {"requests": {"cpu": "100m", "memory": "256Mi"}, "limits": {"cpu": "8", "memory": "1Gi"}}
    assert main["resources"] == expected
    assert "volumes" not in admitted["spec"]


def test_kueue_accepts_the_queues_and_admits_a_run_on_spot(tenants: Api) -> None:
    queue = {"apiVersion": KUEUE, "kind": "ClusterQueue", "metadata": {"name": "cards"}}

    def active() -> bool:
        conditions = (tenants.get(queue) or {}).get("status", {}).get("conditions", ())
        return any(condition["type"] == "Active" and condition["status"] == "True" for condition in conditions)

    wait_for(active, 30, "Kueue to take the queue")
    spec = {"template": {"spec": {**pod_spec(None, container(gpus=1)), **TRAINING}}}
    run = {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": "run", "namespace": CARDS, "labels": {"kueue.x-k8s.io/queue-name": "default"}},
        "spec": {"suspend": True, **spec},
    }
    tenants.create(run)
    try:
        flavors = wait_for(lambda: _flavors(tenants), 30, "the run to be admitted")
        assert flavors == dict.fromkeys(
            ("nvidia.com/gpu", "cpu", "memory"), "spot-spot"
        )  # of the pool, bought on the spot market
    finally:
        tenants.delete(run)


def _job(name: str, namespace: str, gpus: int = 0, **metadata: Any) -> Object:
    spec = {**pod_spec(None, container(gpus=gpus)), **TRAINING}
    named = {"name": name, "namespace": namespace, **metadata}
    return {"apiVersion": "batch/v1", "kind": "Job", "metadata": named, "spec": {"template": {"spec": spec}}}


TRAINING: Object = {
    "nodeSelector": {"falaj/profile": "training"},
    "tolerations": [{"key": "falaj/profile", "value": "training"}, {"key": "nvidia.com/gpu", "operator": "Exists"}],
}
"""Placement on training machines. Tenants tolerate the taints of their pools, and no others."""


def test_a_job_of_a_tenant_without_a_queue_starts_at_once(tenants: Api) -> None:
    run = _job("free", SHOPS)
    tenants.create(run)
    try:
        pods = wait_for(lambda: tenants.list("v1", "Pod", SHOPS, "job-name=free"), 30, "the pod of the job")
        assert len(pods) == 1
        assert not stuck(tenants, SHOPS)
    finally:
        tenants.delete(run)


def test_a_job_without_a_queue_name_gets_the_queue_of_its_tenant(tenants: Api) -> None:
    run = _job("unnamed", CARDS, gpus=1)
    created = tenants.create(run)
    try:
        assert created["metadata"]["labels"]["kueue.x-k8s.io/queue-name"] == "default"
        wait_for(lambda: _flavors(tenants), 30, f"the job to be admitted; there is {stuck(tenants, CARDS)}")
    finally:
        tenants.delete(run)


def test_an_admitted_job_whose_pods_the_quota_refuses_is_reported(tenants: Api) -> None:
    """A queue of more GPUs than the ResourceQuota admits both runs; of the second, no pod is ever created."""
    runs = [_job(name, CARDS, gpus=4) for name in ("within", "beyond")]
    for run in runs:
        tenants.create(run)
    try:
        wait_for(
            lambda: any("exceeded quota: tenant" in reason for reason in stuck(tenants, CARDS)),
            60,
            "the refusal of pods",
        )
    finally:
        for run in runs:
            tenants.delete(run)


def _flavors(api: Api) -> dict[str, str] | None:
    for workload in api.list(KUEUE, "Workload", CARDS):
        for assigned in workload.get("status", {}).get("admission", {}).get("podSetAssignments", ()):
            return assigned["flavors"]
    return None


def test_a_second_up_changes_nothing(project: Project) -> None:
    for command in (("preview", "--diff"), ("up",), ("refresh",)):
        ran = project.run(command[0], "dev", *command[1:])
        assert ran.status == 0, ran.output
        assert set(ran.changes) == {"unchanged"}, ran.output
