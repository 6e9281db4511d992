"""Registers KEDA's metrics server as the API of external metrics, from which the autoscaler of pods reads.

KEDA v2.21.0: config/metrics-server/api_service.yaml and service.yaml; the name of the service is that of its chart.
"""

import base64

from falaj.sandbox.lab.api import Api
from falaj.sandbox.lab.services import LabContext

NAMESPACE, SERVICE = "keda", "keda-operator-metrics-apiserver"
GROUP, VERSION = "external.metrics.k8s.io", "v1beta1"


def register(api: Api, context: LabContext) -> None:
    """Registers the API. The service is an alias of this machine: endpoints may not be loopback addresses."""
    authority = base64.b64encode(context.certificates.authority.certificate.read_bytes()).decode()
    reference = {"name": SERVICE, "namespace": NAMESPACE, "port": context.ports["keda-adapter"]}
    for manifest in (
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}},
        {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {"name": SERVICE, "namespace": NAMESPACE},
            "spec": {"type": "ExternalName", "externalName": "localhost"},
        },
        {
            "apiVersion": "apiregistration.k8s.io/v1",
            "kind": "APIService",
            "metadata": {"name": f"{VERSION}.{GROUP}"},
            "spec": {
                "group": GROUP,
                "version": VERSION,
                "service": reference,
                "caBundle": authority,
                "groupPriorityMinimum": 100,
                "versionPriority": 100,
            },
        },
    ):
        api.apply(manifest)
