"""A real endpoint picker as a process, the model servers that it watches, and the gateway's side of Envoy's external
processing.

Pods of the laboratory run nothing. Here they are on a node that nothing simulates, and get loopback addresses, on which
the test answers for their servers.
"""

import datetime
import json
import os
import re
import ssl
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import grpc
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from falaj.components.core.serving.backend_tls import MOUNT, TLS_PORT
from falaj.components.core.serving.endpoint_picker import HEALTH_PORT, PICKER_PORT
from falaj.sandbox.lab.certificates import ADDRESS
from falaj.sandbox.lab.ports import free_ports

WAITING = "vllm:num_requests_waiting"
CHOSEN = b"x-gateway-destination-endpoint"
"""Header and key of the metadata in which the picker names a pod."""


SERVED_BY = "x-served-by"
"""Header of answers with the address of the server."""


class ModelServer(ThreadingHTTPServer):
    """A model server in a pod, by TLS if it has certificates: its metrics, and answers with its address. `waiting`: its
    waiting requests; `reads` and `asked`: how often its metrics were read, and how often it was asked."""

    daemon_threads = True

    def __init__(self, address: str, certificates: Path | None, waiting: int) -> None:
        super().__init__((address, TLS_PORT), _Answers)
        self.waiting, self.reads, self.asked = waiting, 0, 0
        if certificates is None:
            return
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificates / "tls.crt", certificates / "tls.key")
        self.socket = context.wrap_socket(self.socket, server_side=True)


class _Answers(BaseHTTPRequestHandler):
    server: ModelServer  # pyright: ignore[reportIncompatibleVariableOverride]

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path != "/metrics":
            return self.do_POST()
        self.server.reads += 1
        gauges = {WAITING: self.server.waiting, "vllm:num_requests_running": 1, "vllm:kv_cache_usage_perc": 0.5}
        self._send("".join(f"# TYPE {name} gauge\n{name} {value}\n" for name, value in gauges.items()).encode())

    def do_POST(self) -> None:
        self.server.asked += 1
        if self.headers["Transfer-Encoding"] == "chunked":
            while int(size := self.rfile.readline(), 16):
                self.rfile.read(int(size, 16) + 2)
            self.rfile.readline()
        else:
            self.rfile.read(int(self.headers["Content-Length"] or 0))
        self._send(b"{}")

    def _send(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.send_header(SERVED_BY, str(self.server.server_address[0]))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Writes nothing."""


@contextmanager
def model_servers(certificates: Path | None, waiting: Mapping[str, int]) -> Iterator[Mapping[str, ModelServer]]:
    """Yields the servers by address, with these waiting requests."""
    servers = {address: ModelServer(address, certificates, count) for address, count in waiting.items()}
    for server in servers.values():
        Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield servers
    finally:
        for server in servers.values():
            server.shutdown()
            server.server_close()


def serving_certificate(folder: Path, names: Sequence[str]) -> None:
    """Writes a certificate of its own authority for these names, as cert-manager fills the secret of a namespace."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "serving")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    (folder / "tls.crt").write_bytes(certificate.public_bytes(encoding))
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "tls.key").touch(mode=0o600)
    (folder / "tls.key").write_bytes(private)


class Picker:
    """A running picker, and the calls of a gateway to it."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, health: int, certificate: bytes, name: str):
        self.process, self.port = process, port
        self._health = grpc.insecure_channel(f"{ADDRESS}:{health}")
        # The gateway expects this name, and accepts no other.
        options = [("grpc.ssl_target_name_override", name)]
        credentials = grpc.ssl_channel_credentials(certificate)
        self._channel = grpc.secure_channel(f"{ADDRESS}:{port}", credentials, options)

    def is_ready(self) -> bool:
        """Returns the answer to the planned probe."""
        check = self._health.unary_unary("/grpc.health.v1.Health/Check")
        try:
            return check(b"", timeout=3) == b"\x08\x01"  # HealthCheckResponse{status: SERVING}
        except grpc.RpcError:
            return False

    def choice(self, prompt: str, seconds: float = 10) -> str:
        """Returns the address that the picker chooses for a completion; empty if none."""
        body = json.dumps({"model": "m", "prompt": prompt}).encode()
        headers = {":path": "/v1/completions", ":method": "POST", "content-type": "application/json"}
        call = self._channel.stream_stream("/envoy.service.ext_proc.v3.ExternalProcessor/Process")
        answers = b"".join(call(iter([_headers(headers), _body(body)]), timeout=seconds))
        found = re.search(CHOSEN + rb".{1,4}?(\d+\.\d+\.\d+\.\d+:\d+)", answers, re.DOTALL)
        return found[1].decode() if found else ""


@contextmanager
def running_picker(
    program: Path, args: Sequence[str], kubeconfig: Path, certificates: Path, namespace: str, name: str
) -> Iterator[Picker]:
    """Runs the planned arguments, with other ports and another folder of the certificate."""
    port, health, metrics = [*free_ports().values()][:3]
    replaced = {
        f"--grpc-port={PICKER_PORT}": f"--grpc-port={port}",
        f"--grpc-health-port={HEALTH_PORT}": f"--grpc-health-port={health}",
        f"--cert-path={MOUNT}": f"--cert-path={certificates}",
    }
    assert {*replaced} <= {*args}
    given = [replaced.get(arg, arg).replace("$(NAMESPACE)", namespace) for arg in args]
    log = (certificates / "picker.log").open("wb")
    process = subprocess.Popen(
        [str(program), *given, f"--metrics-port={metrics}"],
        env={"KUBECONFIG": str(kubeconfig), "NAMESPACE": namespace, "PATH": os.environ["PATH"]},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        yield Picker(process, port, health, (certificates / "tls.crt").read_bytes(), name)
    finally:
        process.terminate()
        process.wait(40)
        log.close()


def kubeconfig_with_token(administrator: Path, token: str, target: Path) -> Path:
    """Writes a kubeconfig of the same cluster for a token; returns its path."""
    config: Any = yaml.safe_load(administrator.read_text())
    config["users"][0]["user"] = {"token": token}
    target.touch(mode=0o600)
    target.write_text(yaml.safe_dump(config))
    return target


def field(number: int, content: bytes) -> bytes:
    """Returns a length-delimited field of a protobuf message."""
    length, size = b"", len(content)
    while size > 0x7F:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return bytes([number << 3 | 2]) + length + bytes([size]) + content


def _headers(headers: Mapping[str, str]) -> bytes:
    """Returns a ProcessingRequest with request headers (envoy/service/ext_proc/v3/external_processor.proto)."""
    values = [field(1, field(1, key.encode()) + field(3, value.encode())) for key, value in headers.items()]
    return field(2, field(1, b"".join(values)))


def _body(content: bytes) -> bytes:
    """Returns a ProcessingRequest with the whole request body."""
    return field(4, field(1, content) + b"\x10\x01")
