"""Attempts to evade the Kubernetes rules: lists, type aliases, custom resources, and objects other than pods."""

from typing import Any

import pytest
from guardrails.engine.tokens import normalise

from .exposure_cases import CONTAINER, refused, reported
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
LIST = "kubernetes:core/v1:List"
PUBLIC = {"kind": "Service", "apiVersion": "v1", "spec": {"type": "LoadBalancer"}}
UNENCRYPTED_CLASS = {
    "kind": "StorageClass",
    "apiVersion": "storage.k8s.io/v1",
    "provisioner": "ebs.csi.aws.com",
    "parameters": {"encrypted": "false"},
}


@pytest.mark.parametrize(
    ("token", "current"),
    [
        ("kubernetes:v1:Service", "kubernetes:core/v1:Service"),
        ("kubernetes:v1:ServicePatch", "kubernetes:core/v1:Service"),
        ("kubernetes:apps/v1beta2:DeploymentPatch", "kubernetes:apps/v1:Deployment"),
        ("kubernetes:helm.sh/v3:Release", "kubernetes:helm.sh/v1:Release"),
        ("kubernetes:yaml:ConfigFile", "kubernetes:yaml:ConfigFile"),
    ],
)
def test_alias_tokens_of_built_in_kinds_are_normalised(token: str, current: str) -> None:
    assert normalise(token) == current


def test_a_custom_resource_of_a_built_in_kind_is_evaluated_as_that_kind() -> None:
    assert refused("kubernetes:v1:Service", {"spec": {"type": "LoadBalancer"}}) == {"FJ-EXP-321"}
    assert refused("kubernetes:v1:ServicePatch", {"spec": {"type": "LoadBalancer"}}) == {"FJ-EXP-321"}


def test_items_of_nested_lists_are_evaluated() -> None:
    assert refused(LIST, {"items": [{"kind": "List", "items": [PUBLIC]}]}) == {"FJ-EXP-321"}
    assert refused(LIST, {"items": [{"kind": "ServiceList", "items": [{"spec": PUBLIC["spec"]}]}]}) == {"FJ-EXP-321"}
    assert refused(LIST, {"items": [UNKNOWN, None, PUBLIC]}) == {"FJ-EXP-321"}


def test_rows_apply_to_items_of_lists() -> None:
    def stops(token: str, props: dict[str, Any]) -> bool:
        return "FJ-ENC-301" in blocking(PACK.evaluate_resource(Given(token, props)))

    assert stops(LIST, {"items": [UNENCRYPTED_CLASS]})
    assert stops(LIST, {"items": [{"kind": "List", "apiVersion": "v1", "items": [UNENCRYPTED_CLASS]}]})
    assert stops("kubernetes:storage.k8s.io/v1:StorageClassList", {"items": [{**UNENCRYPTED_CLASS, "kind": None}]})
    assert stops("kubernetes:storage.k8s.io/v1beta1:StorageClass", UNENCRYPTED_CLASS)
    assert not stops(LIST, {"items": [{**UNENCRYPTED_CLASS, "provisioner": "csi.example.ae"}]})
    assert not stops(LIST, {"items": UNKNOWN})


WORKFLOW = "kubernetes:argoproj.io/v1alpha1:Workflow"
PRIVILEGED = {**CONTAINER, "securityContext": {**CONTAINER["securityContext"], "privileged": True}}
SAFE = {**CONTAINER, "securityContext": {**CONTAINER["securityContext"], "runAsNonRoot": True}}


@pytest.mark.parametrize(
    ("token", "spec", "expected"),
    [
        (WORKFLOW, {"templates": [{"name": "a", "container": PRIVILEGED}]}, {"FJ-EXP-301"}),
        (WORKFLOW, {"templates": [{"name": "a", "script": PRIVILEGED}]}, {"FJ-EXP-301"}),
        (WORKFLOW, {"hostNetwork": True, "templates": []}, {"FJ-EXP-302"}),
        ("kubernetes:tekton.dev/v1:Task", {"steps": [PRIVILEGED]}, {"FJ-EXP-301"}),
        ("kubernetes:serving.kserve.io/v1beta1:InferenceService", {"predictor": {"hostPID": "true"}}, {"FJ-EXP-302"}),
        ("kubernetes:serving.kserve.io/v1beta1:InferenceService", {"predictor": {"hostPID": False}}, set()),
        ("kubernetes:example.ae/v1:Tool", {"container": {"name": "no image"}, "steps": ["one", "two"]}, set()),
    ],
)
def test_pods_in_custom_resources_are_evaluated(token: str, spec: dict[str, object], expected: set[str]) -> None:
    assert refused(token, {"spec": spec}) & {"FJ-EXP-301", "FJ-EXP-302"} == expected


def test_a_workflow_template_may_omit_pod_settings() -> None:
    assert refused(WORKFLOW, {"spec": {"templates": [{"name": "a", "container": SAFE}]}}) <= {"FJ-EXP-310"}


VOLUME = "kubernetes:core/v1:PersistentVolume"
HOOKS = "kubernetes:admissionregistration.k8s.io/v1:MutatingWebhookConfiguration"
DEFINITION = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition"
API = "kubernetes:apiregistration.k8s.io/v1:APIService"
EXTERNAL_URL = {"url": "https://hooks.example.com"}


@pytest.mark.parametrize(
    ("token", "props", "expected"),
    [
        (VOLUME, {"spec": {"hostPath": {"path": "/"}}}, {"FJ-EXP-328"}),
        (VOLUME, {"spec": {"hostPath": UNKNOWN}}, {"FJ-EXP-328"}),
        (VOLUME, {"spec": {"local": {"path": "/mnt/disks/a"}}}, set()),
        (LIST, {"items": [{"kind": "PersistentVolume", "spec": {"hostPath": {"path": "/"}}}]}, {"FJ-EXP-328"}),
        (HOOKS, {"webhooks": [{"clientConfig": {"service": {"name": "a"}}}, {"clientConfig": EXTERNAL_URL}]},
         {"FJ-EXP-329"}),
        (HOOKS, {"webhooks": [{"clientConfig": {"service": {"name": "a"}}}]}, set()),
        (HOOKS, {"webhooks": [{"clientConfig": {"url": UNKNOWN}}]}, {"FJ-EXP-329"}),
        (DEFINITION, {"spec": {"conversion": {"webhook": {"clientConfig": EXTERNAL_URL}}}}, {"FJ-EXP-329"}),
        (DEFINITION, {"spec": {"conversion": {"strategy": "None"}}}, set()),
        (API, {"spec": {"insecureSkipTLSVerify": True}}, {"FJ-EXP-329"}),
        (API, {"spec": {"insecureSkipTLSVerify": UNKNOWN}}, {"FJ-EXP-329"}),
        (API, {"spec": {"caBundle": "YQ=="}}, set()),
        ("kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams", {"spec": {"scheme": "internet-facing"}},
         {"FJ-EXP-330"}),
        ("kubernetes:gateway.k8s.aws/v1beta1:LoadBalancerConfiguration", {"spec": {"scheme": "Internet-Facing"}},
         {"FJ-EXP-330"}),
        ("kubernetes:eks.amazonaws.com/v1:IngressClassParams", {"spec": {"scheme": UNKNOWN}}, {"FJ-EXP-330"}),
        ("kubernetes:eks.amazonaws.com/v1:IngressClassParams", {"spec": {}}, set()),
        ("kubernetes:core/v1:Secret", {"type": "kubernetes.io/service-account-token"}, {"FJ-IDN-306"}),
        ("kubernetes:core/v1:Secret", {"type": "Opaque"}, set()),
        ("kubernetes:core/v1:ConfigMap", {"data": {"type": "kubernetes.io/service-account-token"}}, set()),
    ],
)  # fmt: skip
def test_objects_that_weaken_a_cluster_are_reported(token: str, props: dict[str, object], expected: set[str]) -> None:
    assert reported(token, props) == expected


CILIUM = "kubernetes:cilium.io/v2:CiliumNetworkPolicy"
CALICO = "kubernetes:projectcalico.org/v3:GlobalNetworkPolicy"


@pytest.mark.parametrize(
    ("token", "rule", "is_open"),
    [
        (CILIUM, {"fromEntities": ["world"]}, True),
        (CILIUM, {"fromEntities": ["cluster", "All"]}, True),
        (CILIUM, {"fromEntities": ["cluster"]}, True),
        (CILIUM, {"fromEntities": ["kube-apiserver", "host"]}, False),
        (CILIUM, {"fromCIDR": ["0.0.0.0/1", "128.0.0.0/1"]}, True),
        (CILIUM, {"fromCIDRSet": [{"cidr": "::/0"}]}, True),
        (CILIUM, {"fromCIDR": ["10.0.0.0/8"]}, False),
        (CILIUM, {}, False),
        (CALICO, {"action": "Allow"}, True),
        (CALICO, {"action": "Allow", "source": {"nets": ["0.0.0.0/0"]}}, True),
        (CALICO, {"action": "Allow", "source": {"selector": "app == 'a'"}}, False),
        (CALICO, {"action": "Deny"}, False),
        ("kubernetes:crd.projectcalico.org/v1:NetworkPolicy", {"action": "Allow"}, True),
    ],
)
def test_network_policies_of_cilium_and_calico(token: str, rule: dict[str, object], is_open: bool) -> None:
    assert refused(token, {"spec": {"ingress": [rule]}}) == ({"FJ-EXP-324"} if is_open else set())
    if token == CILIUM:
        assert (refused(token, {"specs": [{"ingress": [rule]}]}) == {"FJ-EXP-324"}) is is_open


ROLE = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole"


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ({}, {"FJ-IDN-305"}),
        ({"matchLabels": {}}, {"FJ-IDN-305"}),
        ({"matchLabels": {"team": "a"}}, {"FJ-IDN-305"}),
        ({"matchExpressions": [{"key": "a", "operator": "Exists"}]}, {"FJ-IDN-305"}),
        ({"matchLabels": {"example.ae/aggregate-to-a": "true"}}, set()),
        ({"matchExpressions": [{"key": "aggregate-to-a", "operator": "Exists"}]}, set()),
        ({"matchLabels": UNKNOWN}, set()),
    ],
)
def test_a_role_does_not_aggregate_all_other_roles(selector: dict[str, object], expected: set[str]) -> None:
    assert refused(ROLE, {"aggregationRule": {"clusterRoleSelectors": [selector]}}) == expected
