"""Programs that a controller or a workload loads from a service of another namespace, without a checksum.

The team of that namespace decides what runs, each time anew. Places of programs: plug-ins of Argo Rollouts (`location`,
`sha256`: argoproj/argo-rollouts 9f8d111d8, docs/analysis/plugins.md), artifacts of Kafka Connect (`url`, `sha512sum`:
strimzi-kafka-operator 8541da1e, CRD of KafkaConnect), filters of WebAssembly (`url`, `sha256`: istio/api b8f8791d,
extensions/v1alpha1/wasm.proto; `code.http.url`: envoyproxy/gateway d32f2829, wasm_types.go), programs of Flink and
Spark (`jarURI`: apache/flink-kubernetes-operator, CRD; `mainApplicationFile`, `deps`: kubeflow/spark-operator 38082f33)
and packages of Fission (`url`, `checksum`: fission/fission, Archive); read 2026-11-30.
"""

import re
from collections.abc import Iterator

from ..engine.reading import Resource
from ..readers.leaf_cache import cached_by_leaf
from ..readers.service_addresses import namespace_of_service
from ..readers.shared_namespaces import is_shared
from ..readers.texts import Leaf, Leaves
from ..readers.webhooks import is_of_platform

_PLACE = re.compile(
    r"(?:.*(?:plugins?|artifacts|providers|extensions|librar(?:y|ies)|modules?)\[\d{1,4}\]\.(?:location|url|uri)"
    r"|.*\bwasm(?:\[\d{1,4}\])?(?:\.\w{1,20}){0,3}\.(?:url|uri)|.*(?:jar|main_?class|entry_?point)_?ur[il]"
    r"|.*main_?application_?file|.*\b(?:deps|sparkConf|hadoopConf)\.(?:jars|files|pyFiles|archives|spark\.jars)"
    r"(?:\[\d{1,4}\])?|.*\b(?:source|deployment)\.url|.*\b(?:additional|extra)_?(?:jars?|dependenc(?:y|ies))"
    r"(?:\[\d{1,4}\])?|.*\bworking_?dir)",
    re.IGNORECASE | re.DOTALL,
)
_WASM = (":WasmPlugin",)
_CHECKSUM = re.compile(
    r"(?P<above>.*)\.(?:sha(?:256|512)(?:sum)?|checksum(?:\.sum)?|digest)", re.IGNORECASE | re.DOTALL
)
_ADDRESS = re.compile(r"https?://\S{1,300}", re.IGNORECASE)
_LONGEST = 400
"""Characters of a path that is read."""


def served_programs(resource: Resource, every: Leaves) -> Iterator[tuple[str, str]]:
    """Yields the path and the address of each program that a service of another namespace serves."""
    found = [leaf for leaf, _ in _is_served.among(every) if _is_place(leaf, resource)]
    if not found:
        return
    checked = {match["above"] for leaf in every if leaf.value and (match := _CHECKSUM.fullmatch(leaf.path))}
    own = _namespace(resource)
    for leaf in found:
        address = str(leaf.value).strip()
        named = namespace_of_service(address)
        is_own = named in ("", own) or is_shared(named) or is_of_platform(named)
        if not is_own and leaf.path.rpartition(".")[0] not in checked:
            yield leaf.path, address.lower()


@cached_by_leaf
def _is_served(leaf: Leaf) -> bool:
    """Returns whether a leaf is an address in the cluster, of which a few are those of programs."""
    text = str(leaf.value)
    return "://" in text and ".svc" in text.lower() and _ADDRESS.fullmatch(text.strip()) is not None


def _is_place(leaf: Leaf, resource: Resource) -> bool:
    is_filter = resource.type.endswith(_WASM) and leaf.path == "spec.url"
    return is_filter or (len(leaf.path) <= _LONGEST and _PLACE.fullmatch(leaf.path) is not None)


def _namespace(resource: Resource) -> str:
    metadata = resource.props.get("metadata")
    stated = metadata.get("namespace") if isinstance(metadata, dict) else resource.props.get("namespace")
    return str(stated)
