"""A no-op provider: with it, the time of a preview is that of the engine and the program only.

`python -m tests.bench.nothing ENGINE`: accepts every resource unchanged, and gives functions fixed answers.
"""

import asyncio
import os
import signal
import sys

import grpc.aio
from google.protobuf import empty_pb2, json_format, struct_pb2
from pulumi.runtime import proto
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

_ACCOUNT, _TENANT = "123456789012", "00000000-0000-0000-0000-000000000000"
_ANSWERS: dict[str, dict[str, object]] = {
    "aws:index/getCallerIdentity:getCallerIdentity": {
        "accountId": _ACCOUNT,
        "arn": f"arn:aws:sts::{_ACCOUNT}:assumed-role/bench/run",
    },
    "aws:iam/getSessionContext:getSessionContext": {"issuerArn": f"arn:aws:iam::{_ACCOUNT}:role/bench"},
    "aws:eks/getAddonVersion:getAddonVersion": {"version": "v1.0.0-eksbuild.1"},
    "azure-native:authorization:getClientConfig": {
        "clientId": _TENANT,
        "objectId": _TENANT,
        "subscriptionId": _TENANT,
        "tenantId": _TENANT,
    },
}
"""Function -> what the stacks of the project need of its result to go on; others get an empty result."""


class NoOpProvider(provider_pb2_grpc.ResourceProviderServicer):
    """Returns every input unchanged, without decoding, checking or storing it."""

    async def GetPluginInfo(self, request, context):
        return proto.PluginInfo(version="1.0.0")

    async def CheckConfig(self, request, context):
        return proto.CheckResponse(inputs=request.news)

    async def DiffConfig(self, request, context):
        return proto.DiffResponse(changes=proto.DiffResponse.DIFF_NONE)

    async def Configure(self, request, context):
        return proto.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    async def Check(self, request, context):
        return proto.CheckResponse(inputs=request.news)

    async def Diff(self, request, context):
        return proto.DiffResponse(changes=proto.DiffResponse.DIFF_NONE)

    async def Create(self, request, context):
        # Without outputs the program treats all of them as unknown, as in the first preview on a real cloud.
        if request.preview:
            return proto.CreateResponse()
        properties = struct_pb2.Struct()
        properties.CopyFrom(request.properties)
        properties["arn"] = request.urn  # what the plain program passes on
        return proto.CreateResponse(id=request.urn, properties=properties)

    async def Read(self, request, context):
        return proto.ReadResponse(id=request.id, properties=request.properties, inputs=request.inputs)

    async def Update(self, request, context):
        return proto.UpdateResponse(properties=request.news)

    async def Delete(self, request, context):
        return empty_pb2.Empty()

    async def Invoke(self, request, context):
        result = json_format.ParseDict(_ANSWERS.get(request.tok, {}), struct_pb2.Struct())
        response = provider_pb2.InvokeResponse()
        getattr(response, "return").CopyFrom(result)  # the field name is a Python keyword
        return response

    async def Cancel(self, request, context):
        return empty_pb2.Empty()


async def main() -> None:
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signal_number, os._exit, 0)
    server = grpc.aio.server()
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(NoOpProvider(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await server.wait_for_termination()


if __name__ == "__main__":
    asyncio.run(main())
