"""The API server of the cluster, for the programs that CronJobs run with the standard library alone."""

import json
import ssl
import urllib.request
from collections.abc import Mapping
from os import environ
from pathlib import Path
from typing import Any


class ApiServer:
    """The API server, with the token of the pod's service account."""

    def __init__(self, address: str, account: Path) -> None:
        self.address, self.account = address, account
        self.tls = ssl.create_default_context(cafile=str(account / "ca.crt"))

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Returns the answer to a request; a PATCH is a merge patch. Raises OSError."""
        kind = "application/merge-patch+json" if method == "PATCH" else "application/json"
        token = (self.account / "token").read_text().strip()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": kind, "Accept": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, headers, method=method)  # noqa: S310
        with urllib.request.urlopen(request, timeout=30, context=self.tls) as answer:  # noqa: S310
            return json.load(answer)


def own_api_server(account: str) -> tuple[str, Path]:
    """Returns the address of the cluster's API server, from inside a pod, and the folder of the service account."""
    host, port = environ["KUBERNETES_SERVICE_HOST"], environ["KUBERNETES_SERVICE_PORT"]
    return f"https://{f'[{host}]' if ':' in host else host}:{port}", Path(account)
