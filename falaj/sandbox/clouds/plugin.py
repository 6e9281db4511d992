"""The plug-in process of an emulated cloud: serves the engine over gRPC, and exits at once on a signal."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from typing import IO

import grpc
import grpc.aio
from pulumi.provider.experimental import provider as rpc
from pulumi.provider.experimental.property_value import PropertyValue
from pulumi.provider.experimental.server import ProviderServicer
from pulumi.runtime import proto
from pulumi.runtime._grpc_settings import _GRPC_CHANNEL_OPTIONS
from pulumi.runtime.proto import provider_pb2_grpc

from falaj.facts.loopback import protect_servers
from falaj.facts.parents import wait_for_end_of
from falaj.sandbox.clouds import inventory_errors
from falaj.sandbox.clouds.diff import DiffRequest
from falaj.sandbox.clouds.package_schema import package_schema
from falaj.sandbox.clouds.provider import EmulatedCloud
from falaj.sandbox.clouds.sdk_schema import UnknownResourceType
from falaj.sandbox.clouds.spec import CloudError
from falaj.sandbox.engines_at_work import Engines, EnginesAtWork, record

_CHANGES = ("Create", "Update", "Delete")
_RPCS = ("Invoke", "CheckConfig", "Configure", "Check", "Create", "Update", "Delete", "Read")


class Servicer(ProviderServicer):
    """The SDK's servicer with one-sentence errors, and with the old inputs of Diff requests, which the SDK's own
    omits.
    """

    def __init__(self, cloud: EmulatedCloud, engine: str) -> None:
        super().__init__([], cloud.sdk.version, cloud, engine)
        self.cloud = cloud
        self._lock: IO[str] | None = None

    def join_engines(self) -> None:
        """Shows others, until this process ends, that an engine changes the clouds. Raises `EnginesAtWork`."""
        if self._lock is None:
            self._lock = Engines(self.cloud.inventory.path.parent).join()
            record(self._lock, os.getppid())

    async def GetSchema(
        self, request: proto.GetSchemaRequest, context: grpc.aio.ServicerContext
    ) -> proto.GetSchemaResponse:
        """Returns the schema of the package, for YAML programs and generators of SDKs."""
        return proto.GetSchemaResponse(schema=package_schema(self.cloud.spec))

    async def Diff(self, request: proto.DiffRequest, context: grpc.aio.ServicerContext) -> proto.DiffResponse:
        """Computes the diff of a resource."""
        diff_request = _diff_request(request)
        return _to_diff_response(await self.cloud.diff(diff_request))

    async def DiffConfig(self, request: proto.DiffRequest, context: grpc.aio.ServicerContext) -> proto.DiffResponse:
        """Computes the diff of the provider's configuration."""
        diff_request = _diff_request(request)
        return _to_diff_response(await self.cloud.diff_config(diff_request))


def _with_plain_errors(name: str) -> Callable[[Servicer, object, grpc.aio.ServicerContext], Awaitable[object]]:
    """Returns the SDK's RPC method, changed to report an exception as its message, without a traceback."""
    inherited = getattr(ProviderServicer, name)

    async def serve(self: Servicer, request: object, context: grpc.aio.ServicerContext) -> object:
        try:
            if name in _CHANGES and not getattr(request, "preview", False):
                self.join_engines()
            return await inherited(self, request, context)
        except Exception as wrapped:
            # The SDK's servicer wraps the exception, and puts the traceback into the message.
            cause = wrapped if isinstance(wrapped, EnginesAtWork) else wrapped.__context__ or wrapped
            await context.abort(grpc.StatusCode.UNKNOWN, _sentence(cause))
            raise  # not reached: `abort` raises

    return serve


def _sentence(cause: BaseException) -> str:
    if isinstance(cause, CloudError | UnknownResourceType | EnginesAtWork):
        return str(cause)
    if isinstance(cause, sqlite3.DatabaseError):
        return inventory_errors.sentence(cause)
    return f"the emulated cloud failed because of a bug in the sandbox: {type(cause).__name__}: {cause}"


for _name in _RPCS:
    setattr(Servicer, _name, _with_plain_errors(_name))


def _diff_request(request: proto.DiffRequest) -> DiffRequest:
    diff_request = DiffRequest(
        request.urn,
        request.id,
        PropertyValue.unmarshal_map(request.olds),
        PropertyValue.unmarshal_map(request.news),
        list(request.ignoreChanges),
    )
    diff_request.old_inputs = PropertyValue.unmarshal_map(request.old_inputs)
    return diff_request


def _to_diff_response(diff_response: rpc.DiffResponse) -> proto.DiffResponse:
    return proto.DiffResponse(
        replaces=diff_response.replaces,
        deleteBeforeReplace=diff_response.delete_before_replace,
        changes=proto.DiffResponse.DIFF_SOME if diff_response.changes else proto.DiffResponse.DIFF_NONE,
        diffs=diff_response.diffs,
        detailedDiff={
            path: proto.PropertyDiff(kind=proto.PropertyDiff.Kind.Value(property_diff.kind.name), inputDiff=True)
            for path, property_diff in diff_response.detailed_diff.items()
        },
        hasDetailedDiff=True,
    )


async def serve(cloud: EmulatedCloud, engine: str) -> None:
    """Serves until a signal arrives or the parent engine exits."""
    for number in (signal.SIGINT, signal.SIGTERM):
        # Each change is one transaction, so an immediate exit loses nothing. The engine waits 5 s for a plug-in that
        # does not exit.
        asyncio.get_running_loop().add_signal_handler(number, os._exit, 0)
    protect_servers()
    server = grpc.aio.server(options=_GRPC_CHANNEL_OPTIONS)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Servicer(cloud, engine), server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await asyncio.to_thread(wait_for_end_of, os.getppid())
    os._exit(0)
