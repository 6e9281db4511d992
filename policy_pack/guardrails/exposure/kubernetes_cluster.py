"""What reaches past the pods of a cluster: volumes in machines' folders, checks that the API server calls elsewhere,
and the settings from which controllers make load balancers."""

from collections.abc import Iterator

from ..engine.families import exposure_rule
from ..engine.reading import MISSING, UNKNOWN, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import ObjectPart, objects

_WEBHOOKS = ("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration")
_BALANCER_SETTINGS = ("IngressClassParams", "LoadBalancerConfiguration")
"""Of AWS's controllers (elbv2.k8s.aws, eks.amazonaws.com, gateway.k8s.aws): they decide over an ingress or gateway."""


def _host_path_volumes(resource: Resource) -> Iterator[Outcome]:
    for volume in objects(resource, "PersistentVolume"):
        spec = volume.child("spec")
        if spec.get("hostPath") is MISSING:
            yield passed()
        else:
            yield failed(
                f"{spec.path_to('hostPath')} is a folder of whatever machine the pod is on", spec.path_to("hostPath")
            )


def _webhook_clients(resource: Resource) -> Iterator[ObjectPart]:
    for configuration in objects(resource, *_WEBHOOKS):
        for webhook in configuration.children("webhooks"):
            yield webhook.child("clientConfig")
    for definition in objects(resource, "CustomResourceDefinition"):
        yield definition.child("spec").child("conversion").child("webhook").child("clientConfig")


def _webhook_targets(resource: Resource) -> Iterator[Outcome]:
    for client in _webhook_clients(resource):
        url = client.get("url")
        if url is MISSING:
            yield passed()
        else:
            yield failed(
                f"{client.path_to('url')} sends the objects of the cluster to an address", client.path_to("url")
            )
    for service in objects(resource, "APIService"):
        spec = service.child("spec")
        path = spec.path_to("insecureSkipTLSVerify")
        if spec.get("insecureSkipTLSVerify") is UNKNOWN:
            yield undetermined(f"{path} is not known before deployment", path)
        elif str(spec.get("insecureSkipTLSVerify")).lower() == "true":
            yield failed(f"{path} takes whoever answers for the API", path)
        else:
            yield passed()


def _load_balancer_scheme(resource: Resource) -> Iterator[Outcome]:
    for settings in objects(resource, *_BALANCER_SETTINGS):
        spec = settings.child("spec")
        if spec.get("scheme") is UNKNOWN:
            yield undetermined(f"{spec.path_to('scheme')} is not known before deployment", spec.path_to("scheme"))
        elif str(spec.get("scheme")).lower() == "internet-facing":
            yield failed(
                f"{spec.path_to('scheme')} makes every load balancer of its class public", spec.path_to("scheme")
            )
        else:
            yield passed()


CLUSTER_EXPOSURE: tuple[Guardrail, ...] = (
    exposure_rule(328, Severity.HIGH, "No volume is a folder of a machine",
                  "whoever mounts it reads, and may change, what the machine runs on",
                  "Use a claim of a storage class, or a local volume on a disk of its own",
                  predicate=_host_path_volumes, types=("kubernetes:",)),
    exposure_rule(329, Severity.HIGH,
                  "The API server calls services of its own cluster, and knows them by their certificate",
                  "such a service sees every object that is written, secrets too, and may change it",
                  "Name a service in client_config instead of a url, and a ca_bundle instead of insecure_skip_tls_verify",
                  predicate=_webhook_targets, types=("kubernetes:",)),
    exposure_rule(330, Severity.HIGH, "Settings of load balancers keep them internal",
                  "they overrule what an ingress or gateway says of itself",
                  "Set spec.scheme to internal",
                  predicate=_load_balancer_scheme, types=("kubernetes:",)),
)  # fmt: skip
