"""Good idioms close to the attacks on clusters that earlier readings had left open (2026-12-01)."""

from ..attacks.left_probes_clusters import PUSHED, everywhere, kept, rule, sensor, task
from ..blind import k8s, meta
from . import Idiom, unpriced

_VAULT = "HashiCorp Vault, 'Policies'"
_TEKTON = "tektoncd/catalog 15caec9b recommendations.md"
_SENSORS = {**unpriced("kubernetes:argoproj.io/v1:Sensor::it"), "escape": {"allowed_types": {
    "kubernetes:argoproj.io/v1alpha1:Sensor": "the platform reads each sensor"}}}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a policy of a vault denies each path, and opens the app's own", kept(
        "app.hcl", 'path "*" {\n  capabilities = ["deny"]\n}\npath "kv/data/app/*" { capabilities = ["read"] }\n'),
        _VAULT),
    Idiom("a policy of a vault in JSON reads policies and renews leases", kept("app.json", {"path": {
        "sys/policies/acl/*": {"capabilities": ["read", "list"]}, "sys/leases/renew": {"capabilities": ["update"]},
        "sys/health": {"capabilities": ["read", "sudo"]}, "kv/data/+/app": {"capabilities": ["read"]}}}), _VAULT),
    Idiom("a task gets the name of a branch in a variable and as an argument", task(
        script='#!/bin/sh\nmake "$BRANCH" "$1"\n', args=["$(params.branch)"],
        env=[{"name": "BRANCH", "value": "$(params.branch)"}]), _TEKTON),
    Idiom("a task makes one of the listed branches", task(
        [{"name": "branch", "type": "string", "enum": ["main", "next"]}], script="#!/bin/sh\nmake $(params.branch)\n"),
        "tektoncd/pipeline docs/pipelines.md, enum"),
    Idiom("a task writes its result, and its workspace is in the script", task(
        script="#!/bin/sh\nmake $(workspaces.source.path) > $(results.digest.path)\n"), _TEKTON),
    Idiom("a portal sees the certificates and gateways of every namespace", everywhere(
        rule("cert-manager.io", "certificates", "get", "list", "watch"),
        rule("gateway.networking.k8s.io", "gateways", "get", "list", "watch")), "kubernetes-sigs/headlamp, roles"),
    Idiom("a team asks for the certificates of its own namespace", (
        k8s("rbac.authorization.k8s.io/v1:Role", {
            "metadata": meta("certificates"), "rules": [rule("cert-manager.io", "certificates"),
                                                        rule("gateway.networking.k8s.io", "gateways")]}, "role"),
        k8s("core/v1:ServiceAccount", {"metadata": meta("portal"), "automountServiceAccountToken": False}, "portal"),
        k8s("rbac.authorization.k8s.io/v1:RoleBinding", {
            "metadata": meta("certificates"),
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "certificates"},
            "subjects": [{"kind": "ServiceAccount", "name": "portal", "namespace": "team-a"}]}, "binding")),
        "cert-manager, 'Certificate resource'"),
    Idiom("a sensor hands the name of a branch to a workflow, which has it in a variable", sensor(
        'make "$BRANCH"', {"src": PUSHED, "dest": "spec.arguments.parameters.1.value"}),
        "argoproj/argo-events docs/sensors, 'Trigger parameterization'", _SENSORS),
)  # fmt: skip
