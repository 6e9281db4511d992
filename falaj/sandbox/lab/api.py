"""A small client of an API server: enough to put objects into the laboratory and to watch what becomes of them."""

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
"""How long a server is asked again that says to ask later (429), as it does of a kind that was defined just now."""


class ApiError(Exception):
    """The API server said no; `status` as HTTP has it, the message in its own words."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class ApiResource(NamedTuple):
    """Where objects of a kind lie."""

    prefix: str
    plural: str
    namespaced: bool


class Api:
    """The API server that a kubeconfig names, by its certificate."""

    def __init__(self, kubeconfig: Path) -> None:
        config = yaml.safe_load(kubeconfig.read_text())
        cluster, user = config["clusters"][0]["cluster"], config["users"][0]["user"]
        self._server = cluster["server"]
        authority = base64.b64decode(cluster["certificate-authority-data"]).decode()
        self._tls = ssl.create_default_context(cadata=authority)
        with tempfile.NamedTemporaryFile(suffix=".pem") as file:  # the library reads pairs from files only
            for part in ("client-certificate-data", "client-key-data"):
                file.write(base64.b64decode(user[part]))
            file.flush()
            self._tls.load_cert_chain(file.name)
        self._kinds: dict[tuple[str, str], ApiResource] = {}

    def request(self, method: str, path: str, body: Json = None, content: str = "application/json") -> Json:
        """Any request; `ApiError` when the server says no, `OSError` when it does not answer."""
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
        """Put an object there or bring it up to date, by server-side apply, with every field checked."""
        query = urllib.parse.urlencode({"fieldManager": OWNER, "fieldValidation": "Strict", "force": "true"})
        return self.request("PATCH", f"{self.path(manifest)}?{query}", manifest, "application/apply-patch+yaml")

    def create(self, manifest: Manifest) -> Json:
        """Put a new object there, with every field checked."""
        collection = self.path(manifest, named=False)
        return self.request("POST", f"{collection}?fieldValidation=Strict", manifest)

    def merge(self, manifest: Manifest, change: Manifest, part: str = "") -> Json:
        """Change some fields of an object; `part` is `/status` or another part with a path of its own."""
        return self.request("PATCH", self.path(manifest) + part, change, "application/merge-patch+json")

    def get(self, manifest: Manifest) -> Json | None:
        """The object as it is now, None where there is none."""
        try:
            return self.request("GET", self.path(manifest))
        except ApiError as error:
            if error.status == 404:
                return None
            raise

    def delete(self, manifest: Manifest, grace: int | None = None) -> None:
        """Ask for the object to go; no error if it is gone."""
        body = {"propagationPolicy": "Background"} | ({} if grace is None else {"gracePeriodSeconds": grace})
        try:
            self.request("DELETE", self.path(manifest), body)
        except ApiError as error:
            if error.status != 404:
                raise

    def list(self, version: str, kind: str, namespace: str | None = None, labels: str = "") -> list[Json]:
        """All objects of a kind, of one namespace or of all, with those labels (`a=b,c=d`)."""
        found = self._kind(version, kind)
        inside = f"/namespaces/{namespace}" if namespace and found.namespaced else ""
        query = f"?labelSelector={urllib.parse.quote(labels)}" if labels else ""
        items = self.request("GET", f"{found.prefix}{inside}/{found.plural}{query}")["items"]
        return [{"apiVersion": version, "kind": kind, **item} for item in items]

    def path(self, manifest: Manifest, named: bool = True) -> str:
        """Where an object lies, or with `named=False` those beside it."""
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
    """What `condition` gives as soon as it is true. Raises `TimeoutError` that says what was waited for."""
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
