"""A small client of the Kubernetes API."""

import base64
import json
import ssl
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

Json = Any
Manifest = Mapping[str, Any]

_DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
OWNER = "falaj-lab"
"""Field manager of server-side apply."""

RETRY_SECONDS = 20
"""How long a request with status 429 (too many requests) is retried. The API server returns it for a CRD that has just
been established.
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
            for key in ("client-certificate-data", "client-key-data"):
                file.write(base64.b64decode(user[key]))
            file.flush()
            self._tls.load_cert_chain(file.name)
        self._kinds: dict[tuple[str, str], ApiResource] = {}

    def request(self, method: str, path: str, body: Json = None, content: str = "application/json") -> Json:
        """Sends a request and returns the parsed response. Raises `ApiError`, or `OSError` without a response."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": content, "Accept": _DISCOVERY if path in ("/api", "/apis") else "application/json"}
        http_request = urllib.request.Request(self._server + path, data, headers, method=method)  # noqa: S310 (always https)
        end = time.monotonic() + RETRY_SECONDS
        while True:
            try:
                with urllib.request.urlopen(http_request, context=self._tls, timeout=60) as response:  # noqa: S310
                    text = response.read()
                break
            except urllib.error.HTTPError as error:
                if error.code != 429 or time.monotonic() > end:
                    raise ApiError(error.code, _message(error)) from None
            time.sleep(0.2)
        return json.loads(text) if text[:1] in (b"{", b"[") else text.decode()

    def apply(self, manifest: Manifest) -> Json:
        """Creates or updates an object by server-side apply, with strict field validation. Raises `ApiError`."""
        query = urllib.parse.urlencode({"fieldManager": OWNER, "fieldValidation": "Strict", "force": "true"})
        return self.request("PATCH", f"{self.path(manifest)}?{query}", manifest, "application/apply-patch+yaml")

    def create(self, manifest: Manifest) -> Json:
        """Creates an object, with strict field validation. Raises `ApiError`."""
        collection = self.path(manifest, named=False)
        return self.request("POST", f"{collection}?fieldValidation=Strict", manifest)

    def merge(self, manifest: Manifest, change: Manifest, subresource: str = "") -> Json:
        """Changes fields of an object, or of a subresource such as `/status`, by merge patch. Raises `ApiError`."""
        return self.request("PATCH", self.path(manifest) + subresource, change, "application/merge-patch+json")

    def get(self, manifest: Manifest) -> Json | None:
        """Returns the current object, or None if it does not exist."""
        try:
            return self.request("GET", self.path(manifest))
        except ApiError as error:
            if error.status == 404:
                return None
            raise

    def delete(self, manifest: Manifest, grace: int | None = None) -> None:
        """Requests the deletion of an object. `grace`: seconds. No error if the object does not exist."""
        body = {"propagationPolicy": "Background"} | ({} if grace is None else {"gracePeriodSeconds": grace})
        try:
            self.request("DELETE", self.path(manifest), body)
        except ApiError as error:
            if error.status != 404:
                raise

    def list(self, version: str, kind: str, namespace: str | None = None, labels: str = "") -> list[Json]:
        """Returns all objects of a kind, filtered by namespace and labels (`a=b,c=d`)."""
        resource = self._resource(version, kind)
        in_namespace = f"/namespaces/{namespace}" if namespace and resource.namespaced else ""
        query = f"?labelSelector={urllib.parse.quote(labels)}" if labels else ""
        items = self.request("GET", f"{resource.prefix}{in_namespace}/{resource.plural}{query}")["items"]
        return [{"apiVersion": version, "kind": kind, **item} for item in items]

    def watch(self, version: str, kind: str, seconds: int) -> Iterator[Json]:
        """Yields the changes of all objects of a kind as they happen, for some seconds; first those that exist.

        Raises `OSError` without a response."""
        resource = self._resource(version, kind)
        url = f"{self._server}{resource.prefix}/{resource.plural}?watch=1&timeoutSeconds={seconds}"
        with urllib.request.urlopen(url, context=self._tls, timeout=seconds + 10) as response:  # noqa: S310
            for line in response:
                yield json.loads(line)

    def path(self, manifest: Manifest, named: bool = True) -> str:
        """Returns the URL path of an object, or with `named=False` of its collection."""
        resource = self._resource(manifest["apiVersion"], manifest["kind"])
        metadata = manifest["metadata"]
        in_namespace = f"/namespaces/{metadata.get('namespace', 'default')}" if resource.namespaced else ""
        return f"{resource.prefix}{in_namespace}/{resource.plural}" + (f"/{metadata['name']}" if named else "")

    def _resource(self, version: str, kind: str) -> ApiResource:
        """Returns the API resource of a kind, from discovery. Raises `ApiError` for an unknown kind."""
        if (version, kind) not in self._kinds:
            self._discover()
        if (version, kind) not in self._kinds:
            raise ApiError(404, f"the API server does not serve {kind} of {version}")
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
    """Calls `condition` until its result is true, and returns the result. Raises a `TimeoutError` that names `what`."""
    end = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:g} s for {what}")
        time.sleep(pause)


def _message(error: urllib.error.HTTPError) -> str:
    text = error.read().decode(errors="replace")
    try:
        return json.loads(text)["message"]
    except (ValueError, KeyError):
        return text.strip()[:300] or f"HTTP {error.code}"
