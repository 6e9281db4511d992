"""Helm releases from sources, with values or with programs that no guardrail sees."""

from ..harness import Given
from . import Attack

CHART = {"chart": "keda", "version": "2.18.1", "repositoryOpts": {"repo": "https://kedacore.github.io/charts"}}
OBJECT = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}}
OBJECT_TEXT = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n"
ECR = "oci://999999999999.dkr.ecr.me-central-1.amazonaws.com/charts/keda"
BINDING = {"kind": "ClusterRoleBinding", "roleRef": {"name": "cluster-admin"}}


def release(name: str, rule: str, **changes: object) -> Attack:
    """Returns the attack with a release that differs from a good one."""
    return Attack(name, (rule,), (Given("kubernetes:helm.sh/v3:Release", {**CHART, **changes}),))


ATTACKS: tuple[Attack, ...] = (
    release("a chart of any Azure registry", "FJ-ESC-105", chart="oci://evil.azurecr.io/keda"),
    release("a chart of a stranger's registry in the UAE", "FJ-ESC-105", chart=ECR),
    release("a local folder beside an allowed repository", "FJ-ESC-105", chart="./charts/keda"),
    release("a folder above, beside an allowed repository", "FJ-ESC-105", chart="../keda"),
    release(
        "a chart at another port of an allowed host",
        "FJ-ESC-105",
        repositoryOpts={"repo": "https://kedacore.github.io:8443/charts"},
    ),
    release(
        "a chart behind an encoded path",
        "FJ-ESC-105",
        chart="https://kedacore.github.io/charts/%2e%2e/%2e%2e/evil/a.tgz",
    ),
    release(
        "a host in the user part of an address",
        "FJ-ESC-105",
        repositoryOpts={"repo": "https://kedacore.github.io@evil.example/charts"},
    ),
    release("a post-renderer", "FJ-ESC-107", postrender="sh -c 'cat evil.yaml'"),
    release("extra objects in values", "FJ-ESC-107", values={"extraObjects": [BINDING]}),
    release("extraDeploy as text", "FJ-ESC-107", values={"extraDeploy": ['{{ include "a" . }}']}),
    release("an object deep in values under another key", "FJ-ESC-107", values={"a": {"b": [{"c": OBJECT}]}}),
    release("the text of an object in values", "FJ-ESC-107", values={"hooks": {"pre": OBJECT_TEXT}}),
    release("extra manifests in a subchart", "FJ-ESC-107", values={"grafana": {"extraManifests": [OBJECT_TEXT]}}),
    release(
        "a privileged container by a value in a list",
        "FJ-ESC-107",
        values={"pods": [{"securityContext": {"privileged": "True"}}]},
    ),
    release("a folder of the host", "FJ-ESC-107", values={"extraVolumes": [{"name": "a", "hostPath": {"path": "/"}}]}),
    release("a host path as text", "FJ-ESC-107", values={"agent": {"hostPath": "/var/run/containerd"}}),
    release("a capability", "FJ-ESC-107", values={"a": {"securityContext": {"capabilities": {"add": ["SYS_ADMIN"]}}}}),
    release(
        "a public load balancer",
        "FJ-ESC-107",
        values={
            "controller": {"annotations": {"service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing"}}
        },
    ),
    release(
        "a public load balancer of Azure",
        "FJ-ESC-107",
        values={"controller": {"annotations": {"service.beta.kubernetes.io/azure-load-balancer-internal": "false"}}},
    ),
    release("a type of services under another key", "FJ-ESC-107", values={"serviceType": "LoadBalancer"}),
    release("a binding to cluster-admin", "FJ-ESC-107", values={"rbac": {"clusterRoleName": "cluster-admin"}}),
    release(
        "rules that allow every verb",
        "FJ-ESC-107",
        values={"rbac": {"extraRules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]}},
    ),
)
