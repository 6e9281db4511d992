"""Attacks by policies that are for namespaces which are nowhere, or that leave out those that matter (2026-11-28)."""

from ..blind import SUB, TAGS, az, k8s, meta
from ..harness import Given
from . import Attack

ESC = ("FJ-ESC-115", "FJ-ESC-117", "FJ-ESC-119")
HARM = "what the policy forbids is created in each namespace that there is"
NAME = "kubernetes.io/metadata.name"
TEAM = k8s("core/v1:Namespace", {"metadata": {"name": "team-a", "labels": {
    **TAGS, "pod-security.kubernetes.io/enforce": "restricted"}}}, "team")  # fmt: skip
NOWHERE = {"matchExpressions": [{"key": NAME, "operator": "In", "values": ["sandbox-old"]}]}
PODS = {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "resources": ["pods"]}
ADMISSION = "admissionregistration.k8s.io/v1"
CLUSTER = f"{SUB}/resourceGroups/rg-platform/providers/Microsoft.ContainerService/managedClusters/aks"


def _top(kind: str, spec: object) -> tuple[Given, ...]:
    return (TEAM, k8s(kind, {"metadata": {"name": "x", "labels": TAGS}, "spec": spec}))


def _kyverno(match: object, **rule: object) -> tuple[Given, ...]:
    return _top("kyverno.io/v1:ClusterPolicy", {"rules": [{
        "name": "x", "match": match, **rule, "validate": {
            "failureAction": "Enforce", "message": "no", "pattern": {"spec": {"=(hostNetwork)": "false"}}}}
    ]})  # fmt: skip


def _pods(**more: object) -> dict[str, object]:
    return {"resources": {"kinds": ["Pod"], **more}}


def _policy(**spec: object) -> tuple[Given, ...]:
    return _top(f"{ADMISSION}:ValidatingAdmissionPolicy", {
        "failurePolicy": "Fail", "matchConstraints": {"resourceRules": [PODS]},
        "validations": [{"expression": "object.spec.hostNetwork != true", "message": "no"}], **spec})  # fmt: skip


def _gatekeeper(**match: object) -> tuple[Given, ...]:
    return _top("constraints.gatekeeper.sh/v1beta1:K8sPSPHostNetwork", {"enforcementAction": "deny", "match": {
        "kinds": [{"apiGroups": [""], "kinds": ["Pod"]}], **match}})  # fmt: skip


def _safeguard(*excluded: str) -> tuple[Given, ...]:
    return (az("containerservice:DeploymentSafeguard", {
        "resourceUri": CLUSTER, "level": "Enforce", "excludedNamespaces": list(excluded)}),)  # fmt: skip


ATTACKS = (
    Attack("a policy of Kyverno is for a namespace that is nowhere", ESC,
        _kyverno({"any": [_pods(namespaces=["sandbox-old"])]}), "critical", HARM),
    Attack("a policy of Kyverno is for names that no namespace has", ESC,
        _kyverno({"all": [_pods(), {"resources": {"namespaces": ["sandbox-*", "old-?"]}}]}), "critical", HARM),
    Attack("a policy of Kyverno selects a namespace that is nowhere by its label", ESC,
        _kyverno({"any": [_pods(namespaceSelector=NOWHERE)]}), "critical", HARM),
    Attack("a policy of Kyverno asks for a namespace that is nowhere", ESC, _kyverno({"any": [_pods()]}, preconditions={
        "all": [{"key": "{{ request.namespace }}", "operator": "AnyIn", "value": ["sandbox-old"]}]}), "critical", HARM),
    Attack("a policy of Kyverno's newer kind selects a namespace that is nowhere", ESC, _top(
        "policies.kyverno.io/v1:ValidatingPolicy", {
            "validationActions": ["Deny"], "matchConstraints": {"resourceRules": [PODS], "namespaceSelector": NOWHERE},
            "validations": [{"expression": "object.spec.hostNetwork != true", "message": "no"}]}), "critical", HARM),
    Attack("a constraint of Gatekeeper is for a namespace that is nowhere", ESC,
        _gatekeeper(namespaces=["sandbox-old"]), "critical", HARM),
    Attack("a constraint of Gatekeeper selects a namespace that is nowhere by its label", ESC,
        _gatekeeper(namespaceSelector={"matchLabels": {NAME: "sandbox-old"}}), "critical", HARM),
    Attack("an admission policy selects a namespace that is nowhere", ESC, _policy(matchConstraints={
        "resourceRules": [PODS], "namespaceSelector": NOWHERE}), "critical", HARM),
    Attack("an admission policy asks for a namespace that is nowhere", ESC, _policy(matchConditions=[
        {"name": "n", "expression": "object.metadata.namespace in ['sandbox-old', 'sandbox-older']"}]),
        "critical", HARM),
    *(Attack(f"an admission policy asks for a namespace that is nowhere, {how}", ESC, _policy(matchConditions=[
        {"name": "n", "expression": expression}]), "critical", HARM) for how, expression in (
            ("before the field", "'sandbox-old' == request.namespace"),
            ("or another one", "request.namespace == 'sandbox-old' || object.metadata.namespace == 'sandbox-older'"),
            ("with a star", "request.namespace == 'team-*'"))),
    Attack("a policy of Kyverno asks in CEL for a namespace that is nowhere", ESC, _kyverno(
        {"any": [_pods()]}, celPreconditions=[{"name": "n", "expression": "request.namespace == 'sandbox-old'"}]),
        "critical", HARM),
    Attack("a policy of Kyverno asks for any of the namespaces that are nowhere", ESC, _kyverno(
        {"any": [_pods()]}, preconditions={"any": [
            {"key": "{{ request.namespace }}", "operator": "Equals", "value": "sandbox-old"}]}), "critical", HARM),
    Attack("a policy of Kyverno is for the namespace of the leases of nodes", ESC,
        _kyverno({"any": [_pods(namespaces=["kube-node-lease"])]}), "critical", HARM),
    Attack("a webhook of a policy is for a namespace that is nowhere", ESC, (TEAM, k8s(
        f"{ADMISSION}:ValidatingWebhookConfiguration", {"metadata": {"name": "policy", "labels": TAGS}, "webhooks": [{
            "name": "v.policy.example.ae", "admissionReviewVersions": ["v1"], "sideEffects": "None",
            "failurePolicy": "Fail", "namespaceSelector": NOWHERE, "rules": [PODS], "clientConfig": {
                "service": {"name": "policy", "namespace": "policy-system", "path": "/v", "port": 443}}}]})),
        "critical", HARM),
    Attack("safeguards of a cluster leave every namespace out", ESC, _safeguard("*"), "critical", HARM),
    Attack("safeguards of a cluster leave the namespaces of teams out", ESC, _safeguard("kube-system", "team-*"),
        "critical", HARM),
    Attack("a policy of Azure for clusters leaves every namespace out", ESC, (az("authorization:PolicyAssignment", {
        "policyAssignmentName": "pods", "scope": CLUSTER, "enforcementMode": "Default",
        "policyDefinitionId": "/providers/Microsoft.Authorization/policySetDefinitions/"
                              "42b8ef37-b724-4e24-bbc8-7a7708edfe00",
        "parameters": {"effect": {"value": "Deny"}, "excludedNamespaces": {"value": ["*"]}}}),), "critical", HARM),
    Attack("a policy of Kyverno in a list is for a namespace that is nowhere", ESC, (TEAM, k8s(
        "kyverno.io/v1:ClusterPolicyList", {"items": [{"metadata": meta(), "spec": {"rules": [{
            "name": "x", "match": _pods(namespaces=["sandbox-old"]), "validate": {
                "failureAction": "Enforce", "pattern": {"spec": {"=(hostNetwork)": "false"}}}}]}}]}, "list")),
        "critical", HARM),
)  # fmt: skip
