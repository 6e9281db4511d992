"""Mutating webhooks that change objects of others (FJ-ESC-103)."""

import pytest

from .blind import k8s
from .harness import UNKNOWN, Given, Pack, rules

PACK = Pack()
RULE = "FJ-ESC-103"
PODS = {"apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"], "operations": ["CREATE"]}
OWN = {**PODS, "apiGroups": ["widgets.example.ae"], "resources": ["widgets"]}
QUEUES = {**PODS, "apiGroups": ["kueue.x-k8s.io"], "resources": ["workloads"]}
NAME = "kubernetes.io/metadata.name"


def hook(namespace: object = "team-a", *rules_of: object, kind: str = "Configuration", **fields: object) -> Given:
    """Returns a configuration of one webhook whose server stands in a namespace."""
    webhook = {"name": "v.example.ae", "clientConfig": {"service": {"name": "a", "namespace": namespace}}, **fields}
    listed = {"rules": list(rules_of)} if rules_of else {}
    return k8s(f"admissionregistration.k8s.io/v1:MutatingWebhook{kind}", {
        "metadata": {"name": "x"}, "webhooks": [{**webhook, **listed}]})  # fmt: skip


def labelled(key: str, value: str = "a") -> dict[str, object]:
    """Returns a selector by one label."""
    return {"matchLabels": {key: value}}


@pytest.mark.parametrize(("given_resource", "refused"), [
    (hook("team-a", PODS), True),
    (hook("team-a", {**PODS, "apiGroups": ["*"]}), True),
    (hook("team-a", {**PODS, "apiGroups": ["rbac.authorization.k8s.io"]}), True),
    (hook("team-a", OWN, PODS), True),
    (hook("team-a"), True),
    (hook("team-a", {"operations": ["CREATE"]}), True),
    (hook("team-a", kind="ConfigurationPatch"), True),
    (hook("team-a", OWN), False),
    (hook("team-a", QUEUES), False),
    (hook("kyverno", PODS), False),
    (hook("istio-system", PODS), False),
    (hook("gpu-operator", PODS), False),
    (hook(UNKNOWN, PODS), False),
    (hook("team-a", PODS, objectSelector=labelled("widgets.example.ae/inject")), False),
    (hook("team-a", PODS, namespaceSelector=labelled("bank.ae/inject")), False),
    (hook("team-a", PODS, namespaceSelector=labelled(NAME, "team-a")), False),
    (hook("team-a", PODS, namespaceSelector=labelled(NAME, "kube-system")), True),
    (hook("team-a", PODS, namespaceSelector={"matchExpressions": [{"key": "a", "operator": "DoesNotExist"}]}), True),
    (hook("team-a", PODS, namespaceSelector={"matchExpressions": [
        {"key": NAME, "operator": "In", "values": ["team-a", "payments"]}]}), True),
])  # fmt: skip
def test_webhooks_that_change_objects_of_others(given_resource: Given, *, refused: bool) -> None:
    assert (RULE in rules(PACK.evaluate_resource(given_resource))) is refused
