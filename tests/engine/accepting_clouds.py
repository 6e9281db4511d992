"""Provider plug-ins that accept every resource: a preview then evaluates plans of which the emulators know too little.

Arguments are those of `falaj.sandbox.clouds`. A preview is all they serve: they create nothing.
"""

import asyncio
import sys
from pathlib import Path

from pulumi.provider.experimental import provider as rpc

from falaj.sandbox.clouds.__main__ import load
from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.clouds.plugin import serve
from falaj.sandbox.clouds.provider import EmulatedCloud


class AcceptingCloud(EmulatedCloud):
    """A cloud that accepts the inputs as they are, and returns them as outputs of a preview."""

    async def check_config(self, request: rpc.CheckRequest) -> rpc.CheckResponse:
        """Accepts the provider's settings."""
        return rpc.CheckResponse(request.new_inputs, [])

    async def configure(self, request: rpc.ConfigureRequest) -> rpc.ConfigureResponse:
        """Needs no settings."""
        return rpc.ConfigureResponse(accept_secrets=True, supports_preview=True)

    async def check(self, request: rpc.CheckRequest) -> rpc.CheckResponse:
        """Accepts the inputs."""
        return rpc.CheckResponse(request.new_inputs, [])

    async def create(self, request: rpc.CreateRequest) -> rpc.CreateResponse:
        """Predicts the inputs as outputs. Raises ValueError outside a preview."""
        if not request.preview:
            raise ValueError("these clouds serve previews only")
        return rpc.CreateResponse("", request.properties)


if __name__ == "__main__":
    asyncio.run(serve(AcceptingCloud(load(sys.argv[1]), Inventory(Path("unused"), sys.argv[1])), sys.argv[2]))
