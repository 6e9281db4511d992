"""The CRD of InferencePools, version v1 of the Gateway API Inference Extension 1.5.0. Pure.

Upstream publishes it as a manifest, which would be read from the internet at each preview, and in no chart. The
laboratory compares this one with upstream's (`tests/lab/test_inference_pools.py`).

Source: sigs.k8s.io/gateway-api-inference-extension v1.5.0, api/v1 and config/crd/bases, read 2026-11-27. Istio 1.31
requires the same version (go.mod).
"""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

_GROUP = "inference.networking.k8s.io"

POOL_CRD = f"inferencepools.{_GROUP}"
"""Name of the CRD."""

POOL_CRD_ANNOTATIONS: Mapping[str, str] = {
    # The API server refuses a CRD of a group of Kubernetes without the address of its approval.
    "api-approved.kubernetes.io": "https://github.com/kubernetes-sigs/gateway-api-inference-extension/pull/1173",
    "inference.networking.k8s.io/bundle-version": "v1.5.0",
}

_SUBDOMAIN = r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"
_KIND = r"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"
_LABEL_VALUE = r"^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$"
_CONTROLLER = rf"^{_SUBDOMAIN}\/[A-Za-z0-9\/\-._~%!$&'()*+,;=:]+$"
_REASON = r"^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$"
_CONDITION = rf"^({_SUBDOMAIN}/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$"


def _text(least: int, most: int, pattern: str | None = None, **more: Any) -> Schema:
    return {
        "type": "string",
        "minLength": least,
        "maxLength": most,
        **({"pattern": pattern} if pattern else {}),
        **more,
    }


def _object(properties: Schema, *required: str, **more: Any) -> Schema:
    return {"type": "object", "properties": properties, **({"required": sorted(required)} if required else {}), **more}


def _list(items: Schema, most: int, **more: Any) -> Schema:
    return {"type": "array", "items": items, "maxItems": most, **more}


def _rule(rule: str, message: str) -> Schema:
    return {"x_kubernetes_validations": [{"rule": rule, "message": message}]}


_PORT = _object({"number": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 65535}}, "number")

_SELECTOR = _object(
    {
        "matchLabels": {
            "type": "object",
            "additionalProperties": _text(0, 63, _LABEL_VALUE),
            "minProperties": 1,
            "maxProperties": 64,
        }
    },
    "matchLabels",
)

_PICKER = _object(
    {
        "group": _text(0, 253, rf"^$|^{_SUBDOMAIN}$", default=""),
        "kind": _text(1, 63, _KIND, default="Service"),
        "name": _text(1, 253),
        "port": _PORT,
        "failureMode": {"type": "string", "enum": ["FailOpen", "FailClose"], "default": "FailClose"},
    },
    "name",
    **_rule("self.kind != 'Service' || has(self.port)", "a Service needs a port"),
)

_SPEC = _object(
    {
        "selector": _SELECTOR,
        "targetPorts": _list(
            _PORT,
            8,
            minItems=1,
            x_kubernetes_list_type="atomic",
            **_rule("self.all(p1, self.exists_one(p2, p1.number==p2.number))", "each port once"),
        ),
        "appProtocol": {"type": "string", "enum": ["http", "kubernetes.io/h2c"], "default": "http"},
        "endpointPickerRef": _PICKER,
    },
    "endpointPickerRef",
    "selector",
    "targetPorts",
)

_CONDITIONS = _list(
    _object(
        {
            "lastTransitionTime": {"type": "string", "format": "date-time"},
            "message": {"type": "string", "maxLength": 32768},
            "observedGeneration": {"type": "integer", "format": "int64", "minimum": 0},
            "reason": _text(1, 1024, _REASON),
            "status": {"type": "string", "enum": ["True", "False", "Unknown"]},
            "type": {"type": "string", "maxLength": 316, "pattern": _CONDITION},
        },
        "lastTransitionTime",
        "message",
        "reason",
        "status",
        "type",
    ),
    8,
    x_kubernetes_list_type="map",
    x_kubernetes_list_map_keys=["type"],
)

_PARENT = _object(
    {
        "group": _text(0, 253, rf"^$|^{_SUBDOMAIN}$", default="gateway.networking.k8s.io"),
        "kind": _text(1, 63, _KIND, default="Gateway"),
        "name": _text(1, 253),
        "namespace": _text(1, 63, "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"),
    },
    "name",
)

_PARENTS = _list(
    _object(
        {"conditions": _CONDITIONS, "controllerName": _text(1, 253, _CONTROLLER), "parentRef": _PARENT}, "parentRef"
    ),
    32,
    x_kubernetes_list_type="atomic",
)


def pool_definition() -> Schema:
    """Returns the spec of the CRD. The provider takes `x_kubernetes_...` for `x-kubernetes-...`."""
    schema = _object(
        {
            "apiVersion": {"type": "string"},
            "kind": {"type": "string"},
            "metadata": {"type": "object"},
            "spec": _SPEC,
            "status": _object({"parents": _PARENTS}),
        },
        "spec",
    )
    return {
        "group": _GROUP,
        "scope": "Namespaced",
        "names": {
            "kind": "InferencePool",
            "listKind": "InferencePoolList",
            "plural": "inferencepools",
            "singular": "inferencepool",
            "shortNames": ["infpool"],
        },
        "versions": [
            {
                "name": "v1",
                "served": True,
                "storage": True,
                "schema": {"openAPIV3Schema": schema},
                "subresources": {"status": {}},
            }
        ],
    }
