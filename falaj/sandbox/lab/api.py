"""A small client of the Kubernetes API."""

import base64
import json
import ssl
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

Json = Any
Manifest = Mapping[str, Any]

_DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
OWNER = "falaj-lab"

RETRY_SECONDS = 20
"""How long a request with status 429 (try again later) is repeated. The API server returns it for a CRD that is just
established.
"""


class ApiError(Exception):
    """The API server rejects a request. `status`: HTTP status. The message is the server's."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class ApiResource(NamedTuple):
    """The API resource of a kind."""

    prefix: str
    plural: str
    namespaced: bool


class Api:
    """A client for the API server of a kubeconfig; authenticates with the certificate."""

    def __init__(self, kubeconfig: Path) -> None:
        config = yaml.safe_load(kubeconfig.read_text())
        cluster, user = config["clusters"][0]["cluster"], config["users"][0]["user"]
        self._server = cluster["server"]
        authority = base64.b64decode(cluster["certificate-authority-data"]).decode()
        self._tls = ssl.create_default_context(cadata=authority)
        with tempfile.NamedTemporaryFile(suffix=".pem") as file:  # `ssl` loads key pairs from files only
            for part in ("client-certificate-data", "client-key-data"):
                file.write(base64.b64decode(user[part]))
            file.flush()
            self._tls.load_cert_chain(file.name)
        self._kinds: dict[tuple[str, str], ApiResource] = {}

    def request(self, method: str, path: str, body: Json = None, content: str = "application/json") -> Json:
        """Any request. Raises `ApiError`, or `OSError` if the server does not respond."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": content, "Accept": _DISCOVERY if path in ("/api", "/apis") else "application/json"}
        http_request = urllib.request.Request(self._server + path, data, headers, method=method)  # noqa: S310 (always https)
        end = time.monotonic() + RETRY_SECONDS
        while True:
            try:
                with urllib.request.urlopen(http_request, context=self._tls, timeout=30) as answer:  # noqa: S310
                    text = answer.read()
                break
            except urllib.error.HTTPError as error:
                if error.code != 429 or time.monotonic() > end:
                    raise ApiError(error.code, _message(error)) from None
            time.sleep(0.2)
        return json.loads(text) if text[:1] in (b"{", b"[") else text.decode()

    def apply(self, manifest: Manifest) -> Json:
        """Create or update an object by server-side apply, with strict field validation. Raises `ApiError`."""
        query = urllib.parse.urlencode({"fieldManager": OWNER, "fieldValidation": "Strict", "force": "true"})
        return self.request("PATCH", f"{self.path(manifest)}?{query}", manifest, "application/apply-patch+yaml")

    def create(self, manifest: Manifest) -> Json:
        """Create an object, with strict field validation. Raises `ApiError`."""
        collection = self.path(manifest, named=False)
        return self.request("POST", f"{collection}?fieldValidation=Strict", manifest)

    def merge(self, manifest: Manifest, change: Manifest, part: str = "") -> Json:
        """Change some fields of an object; `part`: a subresource such as `/status`. Raises `ApiError`."""
        return self.request("PATCH", self.path(manifest) + part, change, "application/merge-patch+json")

    def get(self, manifest: Manifest) -> Json | None:
        """The current object, or None."""
        try:
            return self.request("GET", self.path(manifest))
        except ApiError as error:
            if error.status == 404:
                return None
            raise

    def delete(self, manifest: Manifest, grace: int | None = None) -> None:
        """Request the deletion of an object. No error if it does not exist."""
        body = {"propagationPolicy": "Background"} | ({} if grace is None else {"gracePeriodSeconds": grace})
        try:
            self.request("DELETE", self.path(manifest), body)
        except ApiError as error:
            if error.status != 404:
                raise

    def list(self, version: str, kind: str, namespace: str | None = None, labels: str = "") -> list[Json]:
        """All objects of a kind, filtered by namespace and labels (`a=b,c=d`)."""
        found = self._kind(version, kind)
        inside = f"/namespaces/{namespace}" if namespace and found.namespaced else ""
        query = f"?labelSelector={urllib.parse.quote(labels)}" if labels else ""
        items = self.request("GET", f"{found.prefix}{inside}/{found.plural}{query}")["items"]
        return [{"apiVersion": version, "kind": kind, **item} for item in items]

    def path(self, manifest: Manifest, named: bool = True) -> str:
        """The URL path of an object, or with `named=False` of its collection."""
        kind = self._kind(manifest["apiVersion"], manifest["kind"])
        metadata = manifest["metadata"]
        inside = f"/namespaces/{metadata.get('namespace', 'default')}" if kind.namespaced else ""
        return f"{kind.prefix}{inside}/{kind.plural}" + (f"/{metadata['name']}" if named else "")

    def _kind(self, version: str, kind: str) -> ApiResource:
        if (version, kind) not in self._kinds:
            self._discover()
        if (version, kind) not in self._kinds:
            raise ApiError(404, f"the API server knows no {kind} of {version}")
        return self._kinds[version, kind]

    def _discover(self) -> None:
        for root in ("/api", "/apis"):
            for group in self.request("GET", root)["items"]:
                name = group["metadata"].get("name", "")
                for version in group["versions"]:
                    full = f"{name}/{version['version']}" if name else version["version"]
                    for resource in version.get("resources", ()):
                        kind = resource["responseKind"].get("kind") or resource.get("singularResource", "")
                        api_resource = ApiResource(
                            f"{root}/{full}", resource["resource"], resource["scope"] == "Namespaced"
                        )
                        self._kinds[full, kind] = api_resource


def wait_for(condition: Callable[[], Any], seconds: float, what: str, pause: float = 0.25) -> Any:
    """The result of `condition` once it is true. Raises `TimeoutError` that names `what`."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:g} s for {what}")
        time.sleep(pause)


def _message(error: urllib.error.HTTPError) -> str:
    text = error.read().decode(errors="replace")
    try:
        return json.loads(text)["message"]
    except (ValueError, KeyError):
        return text.strip()[:300] or f"HTTP {error.code}"
