"""Models in images, and images that stay on the nodes of a service."""

from typing import Any

import pytest

from falaj.components.core.charts.images import mirrored
from falaj.components.core.serving.backend_tls import PROXY_IMAGE
from falaj.components.kubernetes.cluster.keep_warm import PAUSE
from tests.samples import COST_TAGS
from tests.unit.components.mocks import RegisteredResource
from tests.unit.components.serving_samples import AWAKE, SLEEPING, service

DAEMON_SET, DEPLOYMENT = "kubernetes:apps/v1:DaemonSet", "kubernetes:apps/v1:Deployment"
MODEL = "registry.example/models/sentiment:3"
SERVER = "registry.example/falaj/onnx-server:1.0.0"
IN_IMAGE: Any = {"image": MODEL, "gib": 0.5}
KEPT: Any = {**SLEEPING["cold_start"], "node_seconds": 0, "images_on_nodes": True}


def _volume(name: str, image: str) -> dict[str, Any]:
    return {"name": name, "image": {"reference": image, "pullPolicy": "IfNotPresent"}}


def _images(model: Any = IN_IMAGE) -> RegisteredResource:
    return service({**SLEEPING, "model": model, "cold_start": KEPT}).one(DAEMON_SET)


def _pod(of: RegisteredResource) -> dict[str, Any]:
    return of.inputs["spec"]["template"]["spec"]


def test_a_model_in_an_image_is_mounted_and_not_copied() -> None:
    pod = _pod(service({**AWAKE, "model": IN_IMAGE}).one(DEPLOYMENT))
    assert [container["name"] for container in pod["initContainers"]] == ["tls"]
    assert pod["volumes"][0] == _volume("model", MODEL)
    [container] = pod["containers"]
    assert {"name": "model", "mountPath": "/models", "readOnly": True} in container["volumeMounts"]


def test_the_images_are_mounted_on_the_nodes_of_the_service_and_none_is_run() -> None:
    pod = _pod(_images())
    assert pod["volumes"] == [_volume("image-0", SERVER), _volume("image-1", MODEL), _volume("image-2", PROXY_IMAGE)]
    [container] = pod["containers"]
    assert container["image"] == mirrored(PAUSE, None)
    assert "command" not in container
    assert [mount["name"] for mount in container["volumeMounts"]] == ["image-0", "image-1", "image-2"]
    assert all(mount["readOnly"] for mount in container["volumeMounts"])
    served = _pod(service({**SLEEPING, "cold_start": KEPT}).one(DEPLOYMENT))
    assert [pod[key] for key in ("nodeSelector", "tolerations")] == [
        served[key] for key in ("nodeSelector", "tolerations")
    ]
    assert "affinity" not in pod  # the service is interruptible, and may run on spot machines


def test_a_model_in_a_vault_is_not_kept_on_nodes() -> None:
    assert _pod(_images(SLEEPING["model"]))["volumes"] == [_volume("image-0", SERVER), _volume("image-1", PROXY_IMAGE)]


def test_the_images_of_private_registries_are_pulled_with_the_secrets_of_the_service() -> None:
    kept = {**SLEEPING, "cold_start": KEPT}
    assert _pod(service({**kept, "pull_secrets": ["registry"]}).one(DAEMON_SET))["imagePullSecrets"] == [
        {"name": "registry"}
    ]
    assert "imagePullSecrets" not in _pod(service(kept).one(DAEMON_SET))


def test_the_pods_have_no_rights_and_take_no_requests() -> None:
    images = _images()
    pod = _pod(images)
    [container] = pod["containers"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    labels = images.inputs["spec"]["template"]["metadata"]["labels"]
    assert labels == images.inputs["spec"]["selector"]["matchLabels"] == {"app.kubernetes.io/name": "sentiment-images"}
    assert COST_TAGS.items() <= images.inputs["metadata"]["labels"].items()


@pytest.mark.parametrize("cold_start", [SLEEPING["cold_start"], {**KEPT, "images_on_nodes": False}])
def test_images_are_kept_only_where_that_is_asked_for(cold_start: Any) -> None:
    assert service({**SLEEPING, "cold_start": cold_start}).of(DAEMON_SET) == []
    assert service(AWAKE).of(DAEMON_SET) == []
