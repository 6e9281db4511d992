"""Small Kubernetes objects for tests, and a helper for expected rejections."""

import json
from collections.abc import Callable, Sequence

from falaj.sandbox.clouds.kubernetes.connection import EXISTING_CHARTS
from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.driver import CreatedResource, Driver, refused

NAMESPACE = "kubernetes:core/v1:Namespace"
CONFIG_MAP = "kubernetes:core/v1:ConfigMap"
DEPLOYMENT = "kubernetes:apps/v1:Deployment"
RELEASE = "kubernetes:helm.sh/v3:Release"
CRD = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition"

Open = Callable[..., Driver]


def kubeconfig(server: str = "https://one.example", charts: Sequence[str] = ()) -> str:
    """Returns a kubeconfig of an emulated cluster that already has these charts."""
    extensions = [{"name": EXISTING_CHARTS, "extension": {"charts": [*charts]}}]
    return json.dumps(
        {
            "current-context": "c",
            "clusters": [{"name": "c", "cluster": {"server": server, "extensions": extensions}}],
            "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}],
        }
    )


def meta(name: str, **more: Json) -> dict[str, Json]:
    return {"name": name, **more}


def namespace(k8s: Driver, name: str = "ml") -> CreatedResource:
    return k8s.create(NAMESPACE, name, metadata=meta(name))


def deployment(**changes: Json) -> dict[str, Json]:
    labels: dict[str, Json] = {"app": "serve"}
    template = {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "main", "image": "img"}]}}
    spec: dict[str, Json] = {"replicas": 1, "selector": {"matchLabels": labels}, "template": template, **changes}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": meta("serve"), "spec": spec}


def job(image: str) -> dict[str, Json]:
    """Returns the inputs of a job with one container."""
    spec = {"restartPolicy": "Never", "containers": [{"name": "main", "image": image}]}
    return {"spec": {"template": {"spec": spec}}}


def release(**changes: Json) -> dict[str, Json]:
    inputs: dict[str, Json] = {
        "name": "kueue",
        "chart": "kueue",
        "version": "0.17.0",
        "repositoryOpts": {"repo": "https://charts.example"},
        **changes,
    }
    return {key: value for key, value in inputs.items() if value is not None}


def refusal(k8s: Driver, token: str, /, **inputs: Json) -> str:
    """Returns the message of a create that must be rejected and must leave no resource."""
    before = len(k8s.everything())
    message = refused(lambda: k8s.create(token, "wrong", **inputs))
    assert len(k8s.everything()) == before
    return message
