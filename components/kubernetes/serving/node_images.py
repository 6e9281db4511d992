"""Images of an inference service that stay on the nodes of its pool, so that a replica starts without pulling them."""

from typing import Any

import pulumi
from pulumi_kubernetes.apps.v1 import DaemonSet

from falaj.components.core.charts.images import mirrored_input
from falaj.components.core.serving.backend_tls import PROXY_IMAGE
from falaj.components.core.serving.inference_args import InferenceServiceArgs
from falaj.components.kubernetes.cluster.keep_warm import PAUSE
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_pod
from falaj.components.kubernetes.serving.inference_pod import USER, PodContext, image_volume, placement

NAME_LABEL = "app.kubernetes.io/name"


def keep_images(
    name: str, args: InferenceServiceArgs, context: PodContext, meta: ObjectMeta, opts: pulumi.ResourceOptions
) -> DaemonSet:
    """Creates a DaemonSet on the nodes of the service that mounts its images and runs none of them: an image without a
    shell cannot wait, and a mounted image is neither pulled again nor removed from the node."""
    selector = {NAME_LABEL: f"{args.object_name}-images"}
    # Nodes that start later, or pull slowly, must not fail the deployment.
    annotations = {"pulumi.com/skipAwait": "true"}
    return DaemonSet(
        f"{name}-images",
        metadata=ObjectMeta(f"{meta.name}-images", meta.namespace, meta.labels).args(annotations),
        spec={
            "selector": {"match_labels": selector},
            "template": {"metadata": {"labels": selector}, "spec": _pod(args, context)},
        },
        opts=opts,
    )


def _pod(args: InferenceServiceArgs, context: PodContext) -> Any:
    serving = args.serving
    images = [serving.image, *([serving.model.image] if serving.model.image is not None else [])]
    if args.encrypted:
        images.append(mirrored_input(PROXY_IMAGE, args.image_mirror))
    names = [f"image-{number}" for number in range(len(images))]
    return {
        **placement(serving, context),
        "automount_service_account_token": False,
        "enable_service_links": False,
        "termination_grace_period_seconds": 0,
        "security_context": restricted_pod(USER),
        **({"image_pull_secrets": serving.pull_secret_references} if serving.pull_secrets else {}),
        "containers": [
            {
                "name": "pause",
                "image": mirrored_input(PAUSE, args.image_mirror),
                "resources": {"requests": {"cpu": "1m", "memory": "8Mi"}, "limits": {"cpu": "10m", "memory": "16Mi"}},
                "security_context": restricted_container(),
                "volume_mounts": [{"name": name, "mount_path": f"/{name}", "read_only": True} for name in names],
            }
        ],
        "volumes": [image_volume(name, image) for name, image in zip(names, images, strict=True)],
    }
