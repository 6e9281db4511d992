"""Attacks on clusters that earlier readings had left open (2026-12-01): policies of a vault as texts, parameters that
become commands, and certificates and gateways of every namespace.

Fields as in the projects named, as known unless a date stands beside it.
"""

import json

from ..blind import IMAGE, TAGS, k8s, meta
from ..harness import Given
from . import Attack
from .twenty_third_critical_kube import nightly

IDN = ("FJ-IDN-313",)
_SUDO = "the policy covers each path (HashiCorp Vault, 'Policies')"
_TEKTON = "a parameter is text of the script (tektoncd/catalog 15caec9b recommendations.md, read 2026-12-01)"
_EVENT = "an event is written by whoever pushes (argo-events docs/sensors, 'Trigger parameterization')"
_CLOSED = {
    "image": IMAGE,
    "securityContext": {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "runAsNonRoot": True,
                        "runAsUser": 10001, "capabilities": {"drop": ["ALL"]},
                        "seccompProfile": {"type": "RuntimeDefault"}},
}  # fmt: skip
_SIZE = {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"cpu": "1", "memory": "128Mi"}}


def kept(file: str, text: object) -> tuple[Given, ...]:
    """Returns a file of a policy in a ConfigMap."""
    content = text if isinstance(text, str) else json.dumps(text)
    return (k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {file: content}, "immutable": True}),)


def task(declared: object = None, **step: object) -> tuple[Given, ...]:
    """Returns a task of Tekton with one closed step and the parameter `branch`."""
    params = declared or [{"name": "branch", "type": "string"}]
    steps = [{"name": "make", **_CLOSED, "computeResources": _SIZE, **step}]
    return (k8s("tekton.dev/v1:Task", {"metadata": meta(), "spec": {"params": params, "steps": steps}}),)


def sensor(script: str, *parameters: object, value: str = "{{workflow.parameters.branch}}") -> tuple[Given, ...]:
    """Returns a sensor that starts a workflow for each push, with values of the event. `value`: the parameter of its
    template."""
    workflow = {
        "apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "metadata": {"generateName": "build-"},
        "spec": {
            "entrypoint": "main", "serviceAccountName": "app", "activeDeadlineSeconds": 3600,
            "arguments": {"parameters": [{"name": "url", "value": "x"}, {"name": "branch", "value": "main"}]},
            "templates": [
                {"name": "main", "steps": [[{"name": "make", "template": "make", "arguments": {"parameters": [
                    {"name": "of", "value": value}]}}]]},
                {"name": "make", "inputs": {"parameters": [{"name": "of"}]}, "script": {
                    **_CLOSED, "resources": _SIZE, "command": ["sh"], "source": script,
                    "env": [{"name": "BRANCH", "value": "{{inputs.parameters.of}}"}]}}]}}  # fmt: skip
    trigger = {"template": {"name": "build", "argoWorkflow": {
        "operation": "submit", "source": {"resource": workflow}, "parameters": list(parameters)}}}  # fmt: skip
    return (k8s("argoproj.io/v1alpha1:Sensor", {"metadata": meta(), "spec": {
        "dependencies": [{"name": "push", "eventSourceName": "forge", "eventName": "push"}],
        "triggers": [trigger]}}),)  # fmt: skip


PUSHED = {"dependencyName": "push", "dataKey": "body.ref"}


def everywhere(*rules: object) -> tuple[Given, ...]:
    """Returns the account of a portal, with a role of every namespace."""
    return (
        k8s("core/v1:ServiceAccount", {"metadata": meta("portal"), "automountServiceAccountToken": False}, "portal"),
        k8s("rbac.authorization.k8s.io/v1:ClusterRole", {
            "metadata": {"name": "portal", "labels": TAGS}, "rules": list(rules)}, "role"),
        k8s("rbac.authorization.k8s.io/v1:ClusterRoleBinding", {
            "metadata": {"name": "portal", "labels": TAGS},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "portal"},
            "subjects": [{"kind": "ServiceAccount", "name": "portal", "namespace": "team-a"}]}, "binding"),
    )  # fmt: skip


def rule(group: str, kind: str, *verbs: str) -> dict[str, object]:
    """Returns a rule of a role."""
    return {"apiGroups": [group], "resources": [kind], "verbs": list(verbs or ("get", "create", "patch"))}


ATTACKS = (
    Attack("a policy of a vault in JSON has each path", IDN, kept("app.json", {"path": {"*": {
        "capabilities": ["sudo", "read"]}}}), "critical", _SUDO),
    Attack("a policy of a vault has each path below a part", IDN, kept(
        "app.hcl", 'path "+/*" {\n  capabilities = ["list", "update"]\n}\n'), "critical", _SUDO),
    Attack("a policy of a vault has each path behind a comment, by the older word", IDN, kept(
        "app.hcl", 'path "/*" # apps\n{\n  policy = "write"\n}\n'), "critical", _SUDO),
    Attack("a job writes a policy of a vault in JSON with each path", IDN, (nightly(
        "vault policy write app - <<EOF", json.dumps({"path": {"*": {"capabilities": ["create", "sudo"]}}}), "EOF"),),
        "critical", _SUDO),
    Attack("a policy of a vault for an app has the system's own paths", IDN, kept(
        "app.hcl", 'path "sys/*" {\n  capabilities = ["create", "update", "sudo"]\n}\n'), "critical", _SUDO),
    Attack("a policy of a vault for an app writes policies", IDN, kept("app.json", {"path": {
        "secret/data/app/*": {"capabilities": ["read"]},
        "sys/policies/acl/*": {"capabilities": ["create", "update"]}}}), "critical", _SUDO),
    Attack("a task runs the name of a branch", ("FJ-IDN-308",), task(script="#!/bin/sh\nmake $(params.branch)\n"),
           "critical", _TEKTON),
    Attack("a task runs the name of a branch in quotes, by another notation", ("FJ-IDN-308",), task(
        command=["/bin/bash", "-ec"], args=["make \"$(params['branch'])\""]), "critical", _TEKTON),
    Attack("a program of a task has a parameter in its text", ("FJ-IDN-308",), task(
        script="#!/usr/bin/env python3\nprint('$(params.branch)')\n"), "critical", _TEKTON),
    Attack("a sensor puts the name of a branch into a script", ("FJ-IDN-308",), sensor(
        "make {{inputs.parameters.of}}", {"src": PUSHED, "dest": "spec.arguments.parameters.1.value"}), "critical",
        _EVENT),
    Attack("a sensor adds what an event says to a script", ("FJ-IDN-308",), sensor(
        "make", {"src": PUSHED, "dest": "spec.templates.1.script.source", "operation": "append"}), "critical", _EVENT),
    Attack("a portal gets certificates in the names of all others", ("FJ-IDN-305",),
           everywhere(rule("cert-manager.io", "certificates")), "critical",
           "a Certificate writes the Secret that it names (cert-manager, 'Certificate resource')"),
    Attack("a portal makes authorities in every namespace", ("FJ-IDN-305",),
           everywhere(rule("cert-manager.io", "issuers", "create")), "critical", "an Issuer signs for its namespace"),
    Attack("a portal approves the requests of all others", ("FJ-IDN-305",),
           everywhere(rule("cert-manager.io", "certificaterequests/approval", "update")), "critical",
           "an approved request is signed (cert-manager, 'CertificateRequest resource')"),
    Attack("a portal changes the gateways of every namespace", ("FJ-IDN-305",),
           everywhere(rule("gateway.networking.k8s.io", "gateways")), "critical",
           "a Gateway has hosts and secrets of its listeners (gateway-api apis/v1/gateway_types.go)"),
    Attack("a portal changes the gateways of the mesh", ("FJ-IDN-305",),
           everywhere(rule("networking.istio.io", "gateways", "update")), "critical",
           "a Gateway has hosts and secrets of its servers (istio/api networking/v1/gateway.proto)"),
)  # fmt: skip
