"""Exposure of a whole cluster: host path volumes, webhooks outside the cluster, and load balancer parameters."""

from collections.abc import Iterator

from ..engine.families import exposure_rule
from ..engine.reading import MISSING, UNKNOWN, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.host_directories import has_keys_of_others
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, objects
from .node_volumes import check_node_volumes

_WEBHOOKS = ("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration")
_LOAD_BALANCER_KINDS = ("IngressClassParams", "LoadBalancerConfiguration")
"""Kinds of the AWS controllers (elbv2.k8s.aws, eks.amazonaws.com, gateway.k8s.aws) that override the settings of an
ingress or gateway."""


def _check_host_path_volumes(resource: Resource) -> Iterator[Outcome]:
    volumes = (volume.child("spec") for volume in objects(resource, "PersistentVolume"))
    groups = (group.child("spec").child("persistentVolumeSpec") for group in objects(resource, "LocalModelNodeGroup"))
    for spec in (*volumes, *groups):
        local, path = spec.child("local").get("path"), spec.child("local").path_to("path")
        if isinstance(local, str) and has_keys_of_others(local, is_written=True):
            yield failed(f"{path} has the keys or the files of the node itself", path)
        elif spec.get("hostPath") is MISSING:
            yield passed()
        else:
            yield failed(f"{spec.path_to('hostPath')} is a directory of the pod's node", spec.path_to("hostPath"))
    yield from check_node_volumes(resource)


def _webhook_clients(resource: Resource) -> Iterator[ObjectPart]:
    for configuration in objects(resource, *_WEBHOOKS):
        for webhook in configuration.children("webhooks"):
            yield webhook.child("clientConfig")
    for definition in objects(resource, "CustomResourceDefinition"):
        yield definition.child("spec").child("conversion").child("webhook").child("clientConfig")


def _check_webhook_targets(resource: Resource) -> Iterator[Outcome]:
    for client in _webhook_clients(resource):
        url = client.get("url")
        if url is MISSING:
            yield passed()
        else:
            yield failed(
                f"{client.path_to('url')} sends the cluster's objects to an external address", client.path_to("url")
            )
    for service in objects(resource, "APIService"):
        spec = service.child("spec")
        path = spec.path_to("insecureSkipTLSVerify")
        if spec.get("insecureSkipTLSVerify") is UNKNOWN:
            yield undetermined(f"{path} is not known before deployment", path)
        elif str(spec.get("insecureSkipTLSVerify")).lower() == "true":
            yield failed(f"{path} does not verify the API's certificate", path)
        else:
            yield passed()


def _check_load_balancer_scheme(resource: Resource) -> Iterator[Outcome]:
    for settings in objects(resource, *_LOAD_BALANCER_KINDS):
        spec = settings.child("spec")
        if spec.get("scheme") is UNKNOWN:
            yield undetermined(f"{spec.path_to('scheme')} is not known before deployment", spec.path_to("scheme"))
        elif str(spec.get("scheme")).lower() == "internet-facing":
            yield failed(
                f"{spec.path_to('scheme')} makes every load balancer of its class internet-facing",
                spec.path_to("scheme"),
            )
        else:
            yield passed()


CLUSTER_EXPOSURE: tuple[Guardrail, ...] = (
    exposure_rule(328, Severity.HIGH, "No persistent volume is a directory of a node",
                  "a pod that mounts it can read, and may change, the node's own files",
                  "Use a persistent volume claim of a storage class, or a local volume on a separate disk",
                  predicate=_check_host_path_volumes, types=KUBERNETES_TYPES),
    exposure_rule(329, Severity.HIGH,
                  "The API server calls webhooks in its own cluster, and verifies their certificates",
                  "a webhook sees every object that is written, including secrets, and may change it",
                  "Set a service in client_config instead of a url, and a ca_bundle instead of "
                  "insecure_skip_tls_verify",
                  predicate=_check_webhook_targets, types=KUBERNETES_TYPES),
    exposure_rule(330, Severity.HIGH, "Load balancer parameters keep load balancers internal",
                  "the parameters override the annotations of an ingress or gateway",
                  "Set spec.scheme to internal",
                  predicate=_check_load_balancer_scheme, types=KUBERNETES_TYPES),
)  # fmt: skip
