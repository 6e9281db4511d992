"""The API server itself refuses what a tenant's namespace must not hold."""

import pytest

from falaj.sandbox.lab.api import ApiError, wait_for
from tests.lab.objects import Place, container, pod

DEFAULT_DENY = {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


def test_a_closed_pod_runs_where_it_is_restricted(place: Place) -> None:
    assert place.api.create(pod(place, "closed", None, container()))["metadata"]["uid"]


@pytest.mark.parametrize(
    ("opened", "said"),
    [
        ({"privileged": True, "allowPrivilegeEscalation": True}, "privileged"),
        ({"allowPrivilegeEscalation": True}, "allowPrivilegeEscalation"),
        ({"runAsNonRoot": False}, "runAsNonRoot"),
        ({"capabilities": {"add": ["SYS_ADMIN"]}}, "capabilities"),
        ({"seccompProfile": {"type": "Unconfined"}}, "seccompProfile"),
    ],
)
def test_an_open_pod_is_refused_where_it_is_restricted(place: Place, opened: dict, said: str) -> None:
    one = container()
    one["securityContext"] = one["securityContext"] | opened
    with pytest.raises(ApiError, match=said) as refused:
        place.api.create(pod(place, "open", None, one))
    assert refused.value.status == 403


def test_a_namespace_that_denies_by_default_holds_exactly_its_policies(place: Place) -> None:
    policy = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "deny", "namespace": place.name},
        "spec": DEFAULT_DENY,
    }
    place.apply(policy)
    found = place.api.list("networking.k8s.io/v1", "NetworkPolicy", place.name)
    assert [(one["metadata"]["name"], one["spec"]) for one in found] == [("deny", DEFAULT_DENY)]


def test_a_quota_refuses_what_is_over_it(place: Place) -> None:
    quota = {
        "apiVersion": "v1",
        "kind": "ResourceQuota",
        "metadata": {"name": "gpus", "namespace": place.name},
        "spec": {"hard": {"requests.nvidia.com/gpu": "1"}},
    }
    place.apply(quota)
    wait_for(lambda: (place.api.get(quota) or {}).get("status", {}).get("used"), 30, "the quota to be counted")
    place.apply(pod(place, "first", None, container(gpus=1)))
    with pytest.raises(ApiError, match="exceeded quota"):
        place.api.create(pod(place, "second", None, container(gpus=1)))
