"""Policies and limits that are written and hold nothing back: of networks, meshes and devices."""

from typing import cast

import pytest
from guardrails.engine.conditions import Condition
from guardrails.engine.reading import Plain
from guardrails.engine.verdicts import Verdict
from guardrails.exposure.azure import SIGNED_TOKENS
from guardrails.exposure.verified_access import LIMITED_PERMITS

from .blind import crd, k8s, meta, workload
from .condition_samples import SAMPLES
from .harness import UNKNOWN, Given, Pack, rules

PACK = Pack()
PEERS = {"fromEndpoints": [{"matchLabels": {"app": "api"}}]}
OPEN = {"ingress": False}


def found(given_resource: Given) -> set[str]:
    """Returns the rules that a resource violates."""
    return set(rules(PACK.evaluate_resource(given_resource)))


def cilium(kind: str = "CiliumNetworkPolicy", **spec: object) -> Given:
    """Returns a policy for the pods of a vault."""
    return crd(f"cilium.io/v2:{kind}", {"endpointSelector": {"matchLabels": {"app": "vault"}}, **spec})


@pytest.mark.parametrize(
    ("policy", "refused"),
    [
        (cilium(ingress=[PEERS], enableDefaultDeny=OPEN), True),
        (cilium(ingress=[PEERS], enableDefaultDeny={"ingress": "false"}), True),
        (cilium(egress=[{"toEndpoints": [{}]}], enableDefaultDeny={"egress": False}), True),
        (cilium(ingress=[PEERS]), False),
        (cilium(ingress=[PEERS], enableDefaultDeny={"ingress": True}), False),
        (cilium(ingress=[PEERS], enableDefaultDeny={"egress": False}), False),
        (cilium(ingress=[PEERS], enableDefaultDeny={"ingress": UNKNOWN}), False),
        # Rules that deny, and rules of names and requests, have an effect without a closed door.
        (cilium(ingress=[PEERS], ingressDeny=[PEERS], enableDefaultDeny=OPEN), False),
        (cilium(egress=[{"toPorts": [{"rules": {"dns": [{"matchPattern": "*"}]}}]}],
                enableDefaultDeny={"egress": False}), False),
        (cilium("CiliumClusterwideNetworkPolicy", ingress=[PEERS], enableDefaultDeny=OPEN), False),
    ],
)  # fmt: skip
def test_a_policy_that_lists_sources_refuses_the_others(policy: Given, refused: bool) -> None:
    assert ("FJ-EXP-324" in found(policy)) is refused


def _pod(value: object, resources: object = None, name: str = "NVIDIA_VISIBLE_DEVICES") -> Given:
    container = {"env": [{"name": name, "value": value}], **({"resources": resources} if resources else {})}
    return workload("apps/v1:Deployment", container, replicas=1)


@pytest.mark.parametrize("value", ["all", "0,1", "GPU-8a56a4bc-aaaa-bbbb-cccc-0123456789ab"])
def test_gpus_are_asked_for_and_not_taken_by_a_variable(value: str) -> None:
    assert "FJ-EXP-311" in found(_pod(value))
    for silent in ("void", "none", "", UNKNOWN):
        assert "FJ-EXP-311" not in found(_pod(silent))
    assert "FJ-EXP-311" not in found(_pod(value, name="CUDA_VISIBLE_DEVICES"))
    for resources in ({"limits": {"nvidia.com/gpu": 1}}, {"requests": {"nvidia.com/mig-1g.10gb": "1"}},
                      {"claims": [{"name": "gpu"}]}):  # fmt: skip
        assert "FJ-EXP-311" not in found(_pod(value, resources))
    assert "FJ-EXP-311" in found(_pod(value, {"limits": {"memory": "1Gi"}}))


@pytest.mark.parametrize(
    ("kinds", "first", "refused"),
    [
        ("secrets", "identity: {}", True),
        ("configmaps, secrets", "identity: {}", True),
        ("'*.*'", "identity: {}", True),
        ("secrets", "kms: {apiVersion: v2, name: vault}", False),
        # Events are left out of what is encrypted (Kubernetes, "Encrypting Confidential Data at Rest").
        ("events", "identity: {}", False),
    ],
)
def test_the_first_provider_of_a_clusters_encryption_encrypts_secrets(kinds: str, first: str, refused: bool) -> None:
    text = (
        "apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources:\n"
        f"- resources: [{kinds}]\n  providers:\n  - {first}\n  - identity: {{}}\n"
    )
    for kind, key in (("ConfigMap", "data"), ("Secret", "stringData")):
        given_resource = k8s(f"core/v1:{kind}", {"metadata": meta("kubeadm"), key: {"encryption.yaml": text}})
        assert ("FJ-ESC-115" in found(given_resource)) is refused


@pytest.mark.parametrize(("operation", "refused"), [("REMOVE", True), ("REPLACE", True), ("INSERT_BEFORE", False)])
def test_a_filter_of_the_mesh_adds_and_removes_nothing(operation: str, refused: bool) -> None:
    patch = {"applyTo": "HTTP_FILTER", "patch": {"operation": operation}}
    given_resource = crd("networking.istio.io/v1alpha3:EnvoyFilter", {"configPatches": [patch]})
    assert ("FJ-ESC-115" in found(given_resource)) is refused


@pytest.mark.parametrize("limit", [LIMITED_PERMITS, SIGNED_TOKENS], ids=["doors", "tokens"])
def test_permits_and_tokens_say_who_calls(limit: Condition) -> None:
    good, bad = SAMPLES[id(limit)]
    assert [value for value in good if limit.judge(cast(Plain, value)) is not Verdict.PASS] == []
    assert [value for value in bad if limit.judge(cast(Plain, value)) is not Verdict.FAIL] == []
