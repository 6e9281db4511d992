"""The API server refuses objects that are not allowed in a tenant's namespace."""

import pytest

from falaj.sandbox.lab.api import ApiError, wait_for
from tests.lab.objects import LabNamespace, container, pod

DEFAULT_DENY = {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


def test_a_closed_pod_runs_where_it_is_restricted(namespace: LabNamespace) -> None:
    assert namespace.api.create(pod(namespace, "closed", None, container()))["metadata"]["uid"]


@pytest.mark.parametrize(
    ("security_context", "message"),
    [
        ({"privileged": True, "allowPrivilegeEscalation": True}, "privileged"),
        ({"allowPrivilegeEscalation": True}, "allowPrivilegeEscalation"),
        ({"runAsNonRoot": False}, "runAsNonRoot"),
        ({"capabilities": {"add": ["SYS_ADMIN"]}}, "capabilities"),
        ({"seccompProfile": {"type": "Unconfined"}}, "seccompProfile"),
    ],
)
def test_an_open_pod_is_refused_where_it_is_restricted(
    namespace: LabNamespace, security_context: dict, message: str
) -> None:
    container_spec = container()
    container_spec["securityContext"] = container_spec["securityContext"] | security_context
    with pytest.raises(ApiError, match=message) as refused:
        namespace.api.create(pod(namespace, "open", None, container_spec))
    assert refused.value.status == 403


def test_a_namespace_that_denies_by_default_holds_exactly_its_policies(namespace: LabNamespace) -> None:
    policy = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "deny", "namespace": namespace.name},
        "spec": DEFAULT_DENY,
    }
    namespace.apply(policy)
    policies = namespace.api.list("networking.k8s.io/v1", "NetworkPolicy", namespace.name)
    assert [(item["metadata"]["name"], item["spec"]) for item in policies] == [("deny", DEFAULT_DENY)]


def test_a_quota_refuses_what_is_over_it(namespace: LabNamespace) -> None:
    quota = {
        "apiVersion": "v1",
        "kind": "ResourceQuota",
        "metadata": {"name": "gpus", "namespace": namespace.name},
        "spec": {"hard": {"requests.nvidia.com/gpu": "1"}},
    }
    namespace.apply(quota)
    wait_for(lambda: (namespace.api.get(quota) or {}).get("status", {}).get("used"), 30, "the quota to be counted")
    namespace.apply(pod(namespace, "first", None, container(gpus=1)))
    with pytest.raises(ApiError, match="exceeded quota"):
        namespace.api.create(pod(namespace, "second", None, container(gpus=1)))
