"""A stand-in of the services that exchange a job's token: Entra ID, AWS STS, and the code hosts' own.

It is a proxy that answers under the services' real names with a certificate of its own, so the programs run with the
environment of production. Messages and fields: Microsoft identity platform, "client credentials flow with a federated
credential"; AWS STS API reference, AssumeRoleWithWebIdentity; GitHub, "OpenID Connect reference"; Azure DevOps REST
API, "Oidctoken - Create" (all 2026-11).
"""

from __future__ import annotations

import datetime
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ENTRA, STS = "login.microsoftonline.com", "sts.me-central-1.amazonaws.com"
GITHUB, AZURE_DEVOPS = "pipelines.actions.githubusercontent.com", "dev.azure.com"
AUDIENCES = {"aws": "sts.amazonaws.com", "azure": "api://AzureADTokenExchange"}
ROLE = "arn:aws:iam::123456789012:role/falaj-prod-uae-plan"
CLIENT, TENANT = "11111111-2222-3333-4444-555555555555", "99999999-8888-7777-6666-555555555555"
CONNECTION = "0c0c0c0c-1111-2222-3333-444444444444"
JOB = "the-job-itself"
"""Token with which a job asks its host for tokens."""

OF_THE_JOB, OF_THE_SITE = "ASIAEXAMPLE", "ASIAOFTHESITE"
"""Access keys of the job's own session, and of the role that a site's provider assumes with it."""

SITE_ROLE = "arn:aws:iam::111122223333:role/platform/falaj"
EXTERNAL_ROLE = "arn:aws:iam::111122223333:role/platform/external"
"""Roles of a site, which trust the job's role: the second one only with an external ID."""


def _credentials(operation: str, key: str) -> str:
    return f"""<{operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{operation}Result>
<Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>example</SecretAccessKey>
<SessionToken>session of {key}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
</{operation}Result></{operation}Response>"""


def token_of(audience: str) -> str:
    """Returns the token that a code host issues to a job for an audience."""
    return f"token for {audience}"


@dataclass
class TokenServices:
    """The running stand-in: its environment for programs, and what it was asked."""

    environment: dict[str, str]
    """Proxy and certificate, as a company's network has them."""
    requests: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Host and path of each request."""


@contextmanager
def token_services(folder: Path) -> Iterator[TokenServices]:
    """Runs the stand-in; its certificate is in `folder`."""
    certificate, key = _certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with ThreadingTCPServer(("127.0.0.1", 0), _Proxy) as server:
        server.daemon_threads = True
        proxy = f"http://127.0.0.1:{server.server_address[1]}"
        trust = {name: str(certificate) for name in ("SSL_CERT_FILE", "AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE")}
        services = TokenServices({"HTTPS_PROXY": proxy, "https_proxy": proxy, **trust})
        server.context, server.services = context, services  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield services
        server.shutdown()


class _Proxy(StreamRequestHandler):
    """Answers CONNECT, and then the request inside the encrypted connection."""

    def handle(self) -> None:
        while self.rfile.readline().strip():
            pass
        self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with self.server.context.wrap_socket(self.request, server_side=True) as connection:  # type: ignore[attr-defined]
            _Service(connection, self.client_address, self.server)  # type: ignore[arg-type]


class _Service(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer({name: values[0] for name, values in parse_qs(body.decode()).items()})

    def _answer(self, form: dict[str, str]) -> None:
        host, url = self.headers["Host"].split(":")[0], urlsplit(self.path)
        self.server.services.requests.append((host, url.path))  # type: ignore[attr-defined]
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        status, content = _response(host, url.path, form | query, self.headers.get("Authorization", ""))
        text = content if isinstance(content, str) else json.dumps(content)
        self.send_response(status)
        self.send_header("Content-Type", "text/xml" if isinstance(content, str) else "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Stays silent."""


def _response(host: str, path: str, values: dict[str, str], authorization: str) -> tuple[int, Any]:
    if host == ENTRA:
        return _entra(path, values)
    if host == STS:
        return _sts(values, authorization)
    if authorization.partition(" ")[2] != JOB:
        return 401, {"message": "Unauthorized"}
    if host == GITHUB:
        return 200, {"value": token_of(values.get("audience", ""))}
    if host == AZURE_DEVOPS and values.get("serviceConnectionId") == CONNECTION:
        return 200, {"oidcToken": token_of(AUDIENCES["azure"])}
    return 404, {"message": "Not Found"}


def _entra(path: str, values: dict[str, str]) -> tuple[int, Any]:
    authority = f"https://{ENTRA}/{TENANT}"
    if path.endswith("/discovery/instance"):
        metadata = [{"preferred_network": ENTRA, "preferred_cache": ENTRA, "aliases": [ENTRA]}]
        return 200, {
            "tenant_discovery_endpoint": f"{authority}/v2.0/.well-known/openid-configuration",
            "metadata": metadata,
        }
    if path.endswith("/openid-configuration"):
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token"}
        endpoints = {name: f"{authority}/oauth2/v2.0/{end}" for name, end in ends.items()}
        return 200, {"issuer": f"{authority}/v2.0", **endpoints}
    if values.get("client_id") != CLIENT or TENANT not in path:
        return 400, {"error": "unauthorized_client", "error_description": "AADSTS700016: Application was not found"}
    if values.get("client_assertion") != token_of(AUDIENCES["azure"]):
        return 401, {"error": "invalid_client", "error_description": "AADSTS700212: No matching federated identity"}
    return 200, {"token_type": "Bearer", "expires_in": 3600, "access_token": f"entra token for {values['scope']}"}


def _sts(values: dict[str, str], authorization: str) -> tuple[int, str]:
    operation = values.get("Action", "")
    if operation == "AssumeRoleWithWebIdentity" and _trusts_the_token(values):
        return 200, _credentials(operation, OF_THE_JOB)
    if operation == "AssumeRole" and _trusts_the_job(values, authorization):
        return 200, _credentials(operation, OF_THE_SITE)
    return (
        403,
        "<ErrorResponse><Error><Code>AccessDenied</Code><Message>Not authorized</Message></Error></ErrorResponse>",
    )


def _trusts_the_token(values: dict[str, str]) -> bool:
    tokens = [token_of(AUDIENCES[cloud]) for cloud in ("aws", "azure")]  # the latter is that of Azure Pipelines
    return values.get("RoleArn") == ROLE and values.get("WebIdentityToken") in tokens


def _trusts_the_job(values: dict[str, str], authorization: str) -> bool:
    """Returns whether a role of the site lets the job's session assume it. The request is signed by that session."""
    signed_by_job = f"Credential={OF_THE_JOB}/" in authorization
    needs_external_id = values.get("RoleArn") == EXTERNAL_ROLE
    return (
        signed_by_job
        and values.get("RoleArn") in (SITE_ROLE, EXTERNAL_ROLE)
        and ("ExternalId" in values) is needs_external_id
    )


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Creates a certificate with the services' names, signed with its own key."""
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "token services")])
    today = datetime.datetime.now(datetime.UTC)
    hosts = x509.SubjectAlternativeName([x509.DNSName(host) for host in (ENTRA, STS, GITHUB, AZURE_DEVOPS)])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(hosts, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    files[1].write_bytes(private)
    return files
