"""EnvoyFilters: what istiod's webhook refuses, and what the proxies would ignore.

The rules are those of istio/istio 1.31.0-rc.0, pkg/config/validation/envoyfilter. istiod warns of a field that Envoy's
message lacks and drops it; the emulator refuses it, because the filter then does something else than written. The
messages' fields are those of go-control-plane v1.37.0 (2026-11-27), in `data/envoy_filters.json`. Filters of another
type are not judged.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from falaj.sandbox.clouds.kubernetes.crd_schemas import to_field_schema
from falaj.sandbox.clouds.kubernetes.field_schema import FieldSchema, schema_errors
from falaj.sandbox.clouds.kubernetes.kinds import group_and_kind
from falaj.sandbox.clouds.kubernetes.messages import invalid
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import Json, get_all, get_path, get_str

FILE = Path(__file__).parent / "data" / "envoy_filters.json"

_CONNECTION_MANAGER = "envoy.filters.network.http_connection_manager"
_FILTER = "match.listener.filterChain.filter"


def valid(op: Operation) -> str | None:
    """Checks the patches of an EnvoyFilter."""
    if group_and_kind(op.token) != ("networking.istio.io", "EnvoyFilter"):
        return None
    for index, patch in enumerate(get_all(op.inputs, "spec.configPatches[*]")):
        for path, problem in (*_patch_errors(patch), *_config_errors(patch)):
            return invalid(op, f"spec.configPatches[{index}].{path}", op.name, f"Envoy filter: {problem}")
    return None


def _patch_errors(patch: Json) -> Iterator[tuple[str, str]]:
    if get_path(patch, "applyTo") is None:
        yield "applyTo", "missing applyTo"
    operation = get_path(patch, "patch.operation")
    if operation is None:
        yield "patch", "missing patch operation"
    elif operation != "REMOVE" and get_path(patch, "patch.value") is None:
        yield "patch", "missing patch value for non-remove operation"
    if get_path(patch, f"{_FILTER}.subFilter") is not None:
        if get_path(patch, "applyTo") != "HTTP_FILTER":
            yield _FILTER, "subfilter match can be used with applyTo HTTP_FILTER only"
        if get_path(patch, f"{_FILTER}.name") != _CONNECTION_MANAGER:
            yield _FILTER, f"subfilter match requires filter match with {_CONNECTION_MANAGER}"


def _config_errors(patch: Json) -> Iterator[tuple[str, str]]:
    config = get_path(patch, "patch.value.typed_config")
    if not isinstance(config, Mapping):
        return
    message = get_str(config, "@type").rpartition("/")[2]
    if "." not in message or ".v2." in message:
        yield "patch.value.typed_config", "referenced type unknown"
    elif message in _messages():
        fields = {key: value for key, value in config.items() if key != "@type"}
        for path, problem in schema_errors(_messages()[message], fields, ""):
            yield f"patch.value.typed_config{path}", str(problem)


@cache
def _messages() -> Mapping[str, FieldSchema]:
    """Returns the name of an Envoy message -> its schema."""
    return {name: to_field_schema(schema) for name, schema in json.loads(FILE.read_text(encoding="utf-8")).items()}
