"""Exports the schemas of released CRDs for the emulated Kubernetes.

Run `python -m falaj.sandbox.lab.export_crd_schemas` after a change of `upstream_files.DEFINITIONS`.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from falaj.sandbox.clouds.kubernetes.crd_schemas import FILE
from falaj.sandbox.lab import upstream_files
from falaj.sandbox.lab.installation import manifests

Json = Any

KINDS: Mapping[str, str] = {
    "kueue.x-k8s.io": "ResourceFlavor ClusterQueue LocalQueue Cohort WorkloadPriorityClass AdmissionCheck Topology "
    "ProvisioningRequestConfig MultiKueueConfig MultiKueueCluster",
    "jobset.x-k8s.io": "JobSet",
    "trainer.kubeflow.org": "TrainJob TrainingRuntime",
    "ray.io": "RayJob",
    "leaderworkerset.x-k8s.io": "LeaderWorkerSet",
    "keda.sh": "ScaledObject TriggerAuthentication ClusterTriggerAuthentication",
    "http.keda.sh": "InterceptorRoute",
    "gateway.networking.k8s.io": "Gateway GatewayClass HTTPRoute ReferenceGrant",
    "inference.networking.k8s.io": "InferencePool",
    "security.istio.io": "AuthorizationPolicy PeerAuthentication RequestAuthentication",
    "networking.istio.io": "DestinationRule EnvoyFilter",
    "cert-manager.io": "Certificate ClusterIssuer Issuer",
    "monitoring.coreos.com": "PrometheusRule ServiceMonitor PodMonitor",
}
"""API group -> kinds that Falaj's components create."""

_KEYWORDS = (
    "type",
    "required",
    "enum",
    "pattern",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "minLength",
    "maxLength",
    "minProperties",
    "maxProperties",
)
"""JSON Schema keywords that the reduced schemas retain."""
_ANY = {"x-kubernetes-preserve-unknown-fields": True}


def collect_schemas(folder: Path) -> dict[str, Json]:
    """Returns `group/version/Kind` -> schema, from the CRDs in the folder of `upstream_files.ensure`."""
    schemas = {}
    for definition in _definitions(folder):
        spec = definition["spec"]
        group, kind = spec["group"], spec["names"]["kind"]
        for version in spec["versions"]:
            if version["served"] and kind in KINDS.get(group, "").split():
                schema = version["schema"]["openAPIV3Schema"]
                schemas[f"{group}/{version['name']}/{kind}"] = _reduce(_without_metadata(schema))
    return dict(sorted(schemas.items()))


def to_json_lines(definitions: Mapping[str, Json]) -> str:
    """Returns the text of the schema file: one kind per line, for readable diffs."""
    lines = (
        f"{json.dumps(name)}: {json.dumps(definition, separators=(',', ':'))}"
        for name, definition in definitions.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _definitions(folder: Path) -> Iterator[Json]:
    files = [file for source in upstream_files.DEFINITIONS for file in upstream_files.files(folder, source)]
    for definition in manifests(files):
        if definition["kind"] == "CustomResourceDefinition":
            yield definition


def _without_metadata(schema: Json) -> Json:
    excluded = ("apiVersion", "kind", "metadata")
    properties = {key: value for key, value in schema["properties"].items() if key not in excluded}
    required = [name for name in schema.get("required", ()) if name not in excluded]
    return {
        **schema,
        "required": required,
        "properties": properties | ({"status": _ANY} if "status" in properties else {}),
    }


def _reduce(schema: Json) -> Json:
    """Returns the schema without descriptions, defaults and CEL rules. A pod template becomes an arbitrary object."""
    if schema.get("x-kubernetes-preserve-unknown-fields") or "initContainers" in schema.get("properties", {}):
        return _ANY
    if schema.get("x-kubernetes-int-or-string"):
        return {"x-kubernetes-int-or-string": True}
    reduced = {key: schema[key] for key in _KEYWORDS if key in schema}
    if "properties" in schema:
        # The API server applies defaults before it validates.
        reduced["required"] = [
            name for name in reduced.get("required", ()) if "default" not in schema["properties"][name]
        ]
        reduced["properties"] = {name: _reduce(definition) for name, definition in schema["properties"].items()}
    for inner in ("items", "additionalProperties"):
        if isinstance(schema.get(inner), dict):
            reduced[inner] = _reduce(schema[inner])
    return reduced


if __name__ == "__main__":
    FILE.write_text(to_json_lines(collect_schemas(upstream_files.ensure(print))))
