"""What reaches past the pods of a cluster: volumes in machines' folders, checks that the API server calls elsewhere,
and the settings from which controllers make load balancers."""

from collections.abc import Iterator

from ..engine.reading import MISSING, UNKNOWN, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import Piece, objects
from .kubernetes import kubernetes_rule

_WEBHOOKS = ("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration")
_BALANCER_SETTINGS = ("IngressClassParams", "LoadBalancerConfiguration")
"""Of AWS's controllers (elbv2.k8s.aws, eks.amazonaws.com, gateway.k8s.aws): they decide over an ingress or gateway."""


def _volumes(resource: Resource) -> Iterator[Outcome]:
    for volume in objects(resource, "PersistentVolume"):
        spec = volume.below("spec")
        if spec.get("hostPath") is MISSING:
            yield passed()
        else:
            yield failed(f"{spec.at('hostPath')} is a folder of whatever machine the pod is on", spec.at("hostPath"))


def _clients(resource: Resource) -> Iterator[Piece]:
    for configuration in objects(resource, *_WEBHOOKS):
        for webhook in configuration.each("webhooks"):
            yield webhook.below("clientConfig")
    for definition in objects(resource, "CustomResourceDefinition"):
        yield definition.below("spec").below("conversion").below("webhook").below("clientConfig")


def _called(resource: Resource) -> Iterator[Outcome]:
    for client in _clients(resource):
        url = client.get("url")
        if url is MISSING:
            yield passed()
        else:
            yield failed(f"{client.at('url')} sends the objects of the cluster to an address", client.at("url"))
    for service in objects(resource, "APIService"):
        spec = service.below("spec")
        path = spec.at("insecureSkipTLSVerify")
        if spec.get("insecureSkipTLSVerify") is UNKNOWN:
            yield undetermined(f"{path} is not known before deployment", path)
        elif str(spec.get("insecureSkipTLSVerify")).lower() == "true":
            yield failed(f"{path} takes whoever answers for the API", path)
        else:
            yield passed()


def _balancers(resource: Resource) -> Iterator[Outcome]:
    for settings in objects(resource, *_BALANCER_SETTINGS):
        spec = settings.below("spec")
        if spec.get("scheme") is UNKNOWN:
            yield undetermined(f"{spec.at('scheme')} is not known before deployment", spec.at("scheme"))
        elif str(spec.get("scheme")).lower() == "internet-facing":
            yield failed(f"{spec.at('scheme')} makes every load balancer of its class public", spec.at("scheme"))
        else:
            yield passed()


CLUSTER_EXPOSURE: tuple[Guardrail, ...] = (
    kubernetes_rule(
        328,
        Severity.HIGH,
        "No volume is a folder of a machine",
        "whoever mounts it reads, and may change, what the machine runs on",
        "Use a claim of a storage class, or a local volume on a disk of its own",
        _volumes,
    ),
    kubernetes_rule(
        329,
        Severity.HIGH,
        "The API server calls services of its own cluster, and knows them by their certificate",
        "such a service sees every object that is written, secrets too, and may change it",
        "Name a service in client_config instead of a url, and a ca_bundle instead of insecure_skip_tls_verify",
        _called,
    ),
    kubernetes_rule(
        330,
        Severity.HIGH,
        "Settings of load balancers keep them internal",
        "they overrule what an ingress or gateway says of itself",
        "Set spec.scheme to internal",
        _balancers,
    ),
)
