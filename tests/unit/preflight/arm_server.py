"""A local server with answers of Azure Resource Manager.

Every answer is held against the examples of Azure's own specifications (`arm_examples.py`).
"""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from falaj.preflight.azure.context import Arm, AzureContext
from falaj.preflight.reach import Network
from tests.unit.preflight.arm_examples import unknown_members
from tests.unit.preflight.aws_answers import settings

SUBSCRIPTION = "00000000-1111-2222-3333-444444444444"
SCOPE = f"/subscriptions/{SUBSCRIPTION}"
DENIED = (403, {"error": {"code": "AuthorizationFailed", "message": "The client has no authorization. More text."}})
ABSENT = (404, {"error": {"code": "NotFound", "message": "Not found."}})

Bodies = Mapping[str, Any]
"""End of a path -> body of the answer, or (status, body), or a function from the body of the request to either. Other
paths are refused with 403."""


class _Handler(BaseHTTPRequestHandler):
    bodies: Bodies
    seen: list[str]
    unknown: list[str]
    versions: dict[str, str]

    def do_GET(self) -> None:
        self._respond(None)

    def do_POST(self) -> None:
        self._respond(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _respond(self, request: Any) -> None:
        parts = urlsplit(self.path)
        assert "api-version" in parse_qs(parts.query)
        assert self.headers["Authorization"] == "Bearer token"
        self.seen.append(self.path)
        key = parts.path + ("?page" if "page" in parse_qs(parts.query) else "")
        match = max((end for end in self.bodies if key.endswith(end)), key=len, default=None)
        answer = self.bodies[match] if match else DENIED
        answer = answer(request) if callable(answer) else answer
        status, body = answer if isinstance(answer, tuple) else (200, answer)
        if status == 200 and not isinstance(body, bytes):
            self.unknown.extend(unknown_members(parts.path, body))
        self.versions[parts.path] = parse_qs(parts.query)["api-version"][0]
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: object) -> None:
        """Prints nothing."""


@contextmanager
def served(bodies: Bodies, given: Any = None, network: Network | None = None) -> Iterator[AzureContext]:
    """Returns the context of prod-uae's site on Azure, whose requests a local server answers."""
    handler = type("Handler", (_Handler,), {"bodies": bodies, "seen": [], "unknown": [], "versions": {}})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        arm = Arm(lambda: "token", f"http://127.0.0.1:{server.server_port}")
        found = given or settings()
        reached = network or Network(lambda host: ["10.20.0.4"], lambda host, port: None)
        yield AzureContext("prod-uae", found, "azuae", found.sites["azuae"], arm, reached, SUBSCRIPTION)
        server.shutdown()
        assert handler.unknown == [], "members that the examples of Azure's specifications do not have"


def sku(
    name: str, family: str, zones: list[str], restrictions: tuple[Any, ...] = (), **capabilities: str
) -> dict[str, Any]:
    """Returns one item of Microsoft.Compute/skus."""
    return {
        "resourceType": "virtualMachines",
        "name": name,
        "tier": "Standard",
        "family": family,
        "locations": ["uaenorth"],
        "locationInfo": [{"location": "UAENorth", "zones": zones, "zoneDetails": []}],
        "capabilities": [{"name": name, "value": value} for name, value in {"vCPUs": "4", **capabilities}.items()],
        "restrictions": [*restrictions],
    }


def usage(name: str, limit: int, current: int = 0) -> dict[str, Any]:
    """Returns one item of a location's compute usages."""
    return {"unit": "Count", "currentValue": current, "limit": limit, "name": {"value": name, "localizedValue": name}}


CLOSED = {"type": "Location", "values": ["uaenorth"], "reasonCode": "NotAvailableForSubscription",
          "restrictionInfo": {"locations": ["uaenorth"]}}  # fmt: skip
NO_ZONE_3 = {"type": "Zone", "values": ["uaenorth"], "reasonCode": "NotAvailableForSubscription",
             "restrictionInfo": {"locations": ["uaenorth"], "zones": ["3"]}}  # fmt: skip

FAMILIES = {
    "Standard_D4as_v5": "standardDASv5Family",
    "Standard_D8as_v5": "standardDASv5Family",
    "Standard_D16as_v5": "standardDASv5Family",
    "Standard_NC40ads_H100_v5": "StandardNCadsH100v5Family",
    "Standard_ND96isr_H200_v5": "standardNDISRH200V5Family",
}


def skus(**restrictions: Any) -> dict[str, Any]:
    """Returns the machine types of prod-uae, all zones, with restrictions by name."""
    zones = ["1", "2", "3"]
    return {"value": [sku(name, family, zones, restrictions.get(name, ())) for name, family in FAMILIES.items()]}
