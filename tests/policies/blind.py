"""Resources of plans that were written without sight of the rules' tests: attacks (`blind_*`) and good idioms."""

import json
from collections.abc import Mapping

from tests.samples import COST_TAGS as TAGS

from .harness import Given

Props = Mapping[str, object]

ME = "123456789012"
THEM = "999999999999"
KEY = f"arn:aws:kms:me-central-1:{ME}:key/11111111-2222-3333-4444-555555555555"
SUB = "/subscriptions/00000000-0000-0000-0000-000000000001"
THEIR_SUB = "/subscriptions/99999999-0000-0000-0000-000000000001"
GROUP = f"{SUB}/resourceGroups/rg-platform"
OURS, THEIRS = f"{GROUP}/providers/Microsoft", f"{THEIR_SUB}/resourceGroups/rg/providers/Microsoft"
THEIR_TENANT = "99999999-1111-2222-3333-444444444444"
RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
IMAGE = f"{ME}.dkr.ecr.me-central-1.amazonaws.com/a@sha256:" + "a" * 64
SERVER = "https://kubernetes.dc1.example.ae:6443"
KUBE = {"kubeconfig": json.dumps({"clusters": [{"name": "c", "cluster": {"server": SERVER}}]})}


def aws(kind: str, props: Props, name: str = "it", **more: object) -> Given:
    """Returns a resource of AWS by its module and class, such as `iam/RolePolicy`."""
    module, _, cls = kind.partition("/")
    return Given(f"aws:{module}/{cls[0].lower()}{cls[1:]}:{cls}", props, name, **more)  # type: ignore[arg-type]


def az(kind: str, props: Props, name: str = "it", **more: object) -> Given:
    """Returns a resource of Azure."""
    return Given(f"azure-native:{kind}", props, name, **more)  # type: ignore[arg-type]


def k8s(kind: str, props: Props, name: str = "it", **more: object) -> Given:
    """Returns a Kubernetes object of an on-premises cluster in the country."""
    group, _, cls = kind.rpartition(":")
    is_object = not group.startswith("helm.sh/")
    head = {"apiVersion": group.removeprefix("core/"), "kind": cls.removesuffix("Patch")} if is_object else {}
    return Given(f"kubernetes:{kind}", {**head, **props}, name, provider=KUBE, **more)  # type: ignore[arg-type]


def meta(name: str = "x", namespace: str = "team-a", **more: object) -> dict[str, object]:
    """Returns the metadata of an object with the cost labels."""
    return {"name": name, "namespace": namespace, "labels": TAGS, **more}


def release(chart: str, version: str, values: object, namespace: str = "") -> tuple[Given, ...]:
    """Returns a release of a chart that the bank mirrors."""
    return (Given("kubernetes:helm.sh/v3:Release", {
        "chart": f"oci://registry.dc1.example.ae/charts/{chart}", "version": version, "namespace": namespace or chart,
        "values": values}, chart, provider=KUBE),)  # fmt: skip


def crd(kind: str, spec: Props, name: str = "x") -> Given:
    """Returns a custom resource with a spec."""
    return k8s(kind, {"metadata": meta(name), "spec": spec})


def statement(action: object, resource: object = "*", condition: object = None, **more: object) -> dict[str, object]:
    """Returns an Allow statement."""
    extra = {"Condition": condition} if condition else {}
    return {"Effect": "Allow", "Action": action, "Resource": resource, **extra, **more}


def document(*statements: Mapping[str, object]) -> str:
    """Returns a policy document."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def policy(*statements: Mapping[str, object]) -> Given:
    """Returns a managed policy of the account."""
    return aws("iam/Policy", {"policy": document(*statements), "tags": TAGS})


def role(principal: Props, condition: object = None, action: object = "sts:AssumeRole", name: str = "it") -> Given:
    """Returns a role with one statement of trust."""
    trust = {"Effect": "Allow", "Principal": principal, "Action": action}
    trust |= {"Condition": condition} if condition else {}
    return aws("iam/Role", {"assumeRolePolicy": document(trust), "tags": TAGS}, name)


def cluster_role(*rules: Mapping[str, object]) -> Given:
    """Returns a ClusterRole."""
    return k8s("rbac.authorization.k8s.io/v1:ClusterRole", {"metadata": {"name": "x"}, "rules": list(rules)})


def pod(container: Props, **spec: object) -> dict[str, object]:
    """Returns the spec of a pod with one container that is compliant unless the arguments say otherwise."""
    return {
        "automountServiceAccountToken": False,
        "serviceAccountName": "app",
        "securityContext": {"runAsNonRoot": True, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [{
            "name": "app",
            "image": IMAGE,
            "securityContext": {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "privileged": False,
                                "capabilities": {"drop": ["ALL"]}},
            "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"cpu": "1", "memory": "128Mi"}},
            **container,
        }],
        **spec,
    }  # fmt: skip


def workload(kind: str, container: Props, replicas: int = 2, **spec: object) -> Given:
    """Returns a Deployment, StatefulSet or the like of one compliant container."""
    labels = {**TAGS, "app": "x"}
    template = {"metadata": {"labels": labels}, "spec": pod(container, **spec)}
    return k8s(kind, {"metadata": meta(), "spec": {
        "replicas": replicas, "selector": {"matchLabels": {"app": "x"}}, "template": template}})  # fmt: skip
