"""KEDA's external scaler protocol (`pkg/scalers/externalscaler/externalscaler.proto` of KEDA 2.21.0).

The message types are built from a table, so the project needs no generated code.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, Protocol

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

PACKAGE = "externalscaler"
PUSH_SECONDS = 0.2
"""Interval of activity messages; the add-on's default (`KEDA_HTTP_SCALER_STREAM_INTERVAL_MS`)."""

THREADS = 64
"""Each service that scales to zero occupies one thread."""

_FIELD = descriptor_pb2.FieldDescriptorProto
_MESSAGES: Mapping[str, tuple[tuple[str, Any, bool], ...]] = {
    "ScaledObjectRef": (
        ("name", _FIELD.TYPE_STRING, False),
        ("namespace", _FIELD.TYPE_STRING, False),
        ("scalerMetadata", "ScaledObjectRef.ScalerMetadataEntry", True),
    ),
    "IsActiveResponse": (("result", _FIELD.TYPE_BOOL, False),),
    "MetricSpec": (("metricName", _FIELD.TYPE_STRING, False), ("targetSize", _FIELD.TYPE_INT64, False)),
    "GetMetricSpecResponse": (("metricSpecs", "MetricSpec", True),),
    "GetMetricsRequest": (("scaledObjectRef", "ScaledObjectRef", False), ("metricName", _FIELD.TYPE_STRING, False)),
    "MetricValue": (("metricName", _FIELD.TYPE_STRING, False), ("metricValue", _FIELD.TYPE_INT64, False)),
    "GetMetricsResponse": (("metricValues", "MetricValue", True),),
}
"""Message -> fields in the order of their numbers: name, type, repeated."""


class PendingRequests(NamedTuple):
    """Pending requests of a service, and the target per replica."""

    requests: int
    target: int


class RequestSource(Protocol):
    """Reports the pending requests of routes."""

    def pending_requests(self, namespace: str, route: str) -> PendingRequests:
        """Returns the pending requests of a route's service. Raises `KeyError` for an unknown route."""
        ...


def serve(source: RequestSource, port: int, address: str) -> grpc.Server:
    """Starts the gRPC server. Raises `OSError` if the port is not available."""
    server = grpc.server(ThreadPoolExecutor(THREADS))
    server.add_generic_rpc_handlers([_handlers(source, messages())])
    if not server.add_insecure_port(f"{address}:{port}"):
        raise OSError(f"cannot listen on {address}:{port}")
    server.start()
    return server


def _handlers(source: RequestSource, classes: Mapping[str, Any]) -> Any:
    def pending(ref: Any, context: grpc.ServicerContext) -> PendingRequests:
        route = ref.scalerMetadata.get("interceptorRoute", "")
        try:
            return source.pending_requests(ref.namespace, route)
        except KeyError:
            # KEDA then reports no metric, as with the released add-on.
            context.abort(grpc.StatusCode.NOT_FOUND, f"there is no InterceptorRoute {ref.namespace}/{route}")

    def is_active(ref: Any, context: grpc.ServicerContext) -> Any:
        return classes["IsActiveResponse"](result=pending(ref, context).requests > 0)

    def stream(ref: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        while context.is_active():
            yield is_active(ref, context)
            time.sleep(PUSH_SECONDS)

    def spec(ref: Any, context: grpc.ServicerContext) -> Any:
        metric = classes["MetricSpec"](metricName=_metric(ref), targetSize=pending(ref, context).target)
        return classes["GetMetricSpecResponse"](metricSpecs=[metric])

    def metrics(request: Any, context: grpc.ServicerContext) -> Any:
        requests = pending(request.scaledObjectRef, context).requests
        value = classes["MetricValue"](metricName=request.metricName, metricValue=requests)
        return classes["GetMetricsResponse"](metricValues=[value])

    def unary(answer: Callable[..., Any], request: str) -> Any:
        return grpc.unary_unary_rpc_method_handler(answer, classes[request].FromString, serialise)

    return grpc.method_handlers_generic_handler(
        f"{PACKAGE}.ExternalScaler",
        {
            "IsActive": unary(is_active, "ScaledObjectRef"),
            "GetMetricSpec": unary(spec, "ScaledObjectRef"),
            "GetMetrics": unary(metrics, "GetMetricsRequest"),
            "StreamIsActive": grpc.unary_stream_rpc_method_handler(
                stream, classes["ScaledObjectRef"].FromString, serialise
            ),
        },
    )


def _metric(ref: Any) -> str:
    return f"http-{ref.namespace}-{ref.name}"


def serialise(message: Any) -> bytes:
    """Returns the wire format of a message."""
    return message.SerializeToString()


def messages() -> dict[str, Any]:
    """Builds the message classes; returns them by name."""
    file = descriptor_pb2.FileDescriptorProto(name=f"{PACKAGE}.proto", package=PACKAGE, syntax="proto3")
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        for number, (field, kind, repeated) in enumerate(fields, start=1):
            label = _FIELD.LABEL_REPEATED if repeated else _FIELD.LABEL_OPTIONAL
            if isinstance(kind, str):
                type_name = f".{PACKAGE}.{kind}"
                message.field.add(name=field, number=number, label=label, type=_FIELD.TYPE_MESSAGE, type_name=type_name)
            else:
                message.field.add(name=field, number=number, label=label, type=kind)
    entry = file.message_type[0].nested_type.add(name="ScalerMetadataEntry")
    entry.options.map_entry = True
    for number, field in enumerate(("key", "value"), start=1):
        entry.field.add(name=field, number=number, label=_FIELD.LABEL_OPTIONAL, type=_FIELD.TYPE_STRING)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return {
        name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{PACKAGE}.{name}")) for name in _MESSAGES
    }
