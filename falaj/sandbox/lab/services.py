"""The running programs of the laboratory: their arguments and health checks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import falaj
from falaj.sandbox.lab import etcd, shortage
from falaj.sandbox.lab.certificates import ADDRESS, FRONT_PROXY, Certificates
from falaj.sandbox.lab.chart_flags import keda_flags, kuberay_flags

POD_ADDRESSES = "10.244.0.0/16"
SERVICE_ADDRESSES = "10.96.0.0/16"

PYTHON = "python"
"""Program name of services written in Python: the interpreter of the supervisor runs them."""

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class LabContext:
    """What the services share: folder, certificates, programs, upstream files and ports."""

    folder: Path
    certificates: Certificates
    programs: Mapping[str, Path]
    upstream_files: Path
    ports: Mapping[str, int]
    gates: Mapping[str, str]
    """Program -> its feature gates, as the value of a flag."""

    @property
    def kubeconfig(self) -> Path:
        """The administrator's kubeconfig."""
        return self.folder / "kubeconfig"

    def kubeconfig_of(self, program: str) -> Path:
        """The kubeconfig of a controller that runs as a service account."""
        return self.folder / f"kubeconfig-{program}"

    @property
    def server(self) -> str:
        """The address of the API server."""
        return f"https://{ADDRESS}:{self.ports['api']}"


@dataclass(frozen=True)
class LabService:
    """A running program of the laboratory.

    program: one of `programs.PROGRAMS`, or `PYTHON`.
    health: URL that responds when the service is ready, or `tcp:` and the port on which it listens.
    """

    name: str
    program: str
    arguments: Callable[[LabContext], Sequence[str]]
    health: Callable[[LabContext], str]
    environment: Callable[[LabContext], Mapping[str, str]] = field(default=lambda context: {})


def _apiserver(context: LabContext) -> list[str]:
    keys = context.certificates
    return [
        "apiserver",
        *etcd.client_arguments(context),
        f"--bind-address={ADDRESS}",
        f"--secure-port={context.ports['api']}",
        f"--tls-cert-file={keys.server.certificate}",
        f"--tls-private-key-file={keys.server.key}",
        f"--client-ca-file={keys.authority.certificate}",
        "--service-account-issuer=https://kubernetes.default.svc",
        f"--service-account-key-file={keys.accounts}",
        f"--service-account-signing-key-file={keys.accounts}",
        "--authorization-mode=Node,RBAC",
        "--allow-privileged=true",  # as in managed clusters, where Pod Security rejects privileged pods
        f"--service-cluster-ip-range={SERVICE_ADDRESSES}",
        "--endpoint-reconciler-type=none",  # its address is the loopback, which is invalid in endpoints
        # For KEDA's aggregated API of metrics.
        f"--requestheader-client-ca-file={keys.authority.certificate}",
        f"--requestheader-allowed-names={FRONT_PROXY}",
        "--requestheader-username-headers=X-Remote-User",
        "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
        f"--proxy-client-cert-file={keys.front_proxy.certificate}",
        f"--proxy-client-key-file={keys.front_proxy.key}",
    ]


def _collect_rarely(_: LabContext) -> dict[str, str]:
    return {"GOGC": "200"}  # garbage collection was a quarter of its time; this takes half a GiB more (2026-11-27)


def _manager(context: LabContext) -> list[str]:
    keys = context.certificates
    return [
        "controller-manager",
        f"--kubeconfig={context.kubeconfig}",
        f"--bind-address={ADDRESS}",
        f"--secure-port={context.ports['manager']}",
        "--leader-elect=false",
        "--controllers=*,-node-ipam-controller",  # kwok assigns pod addresses
        "--horizontal-pod-autoscaler-sync-period=5s",
        f"--service-account-private-key-file={keys.accounts}",
        f"--root-ca-file={keys.authority.certificate}",
        "--use-service-account-credentials=true",
    ]


def _scheduler(context: LabContext) -> list[str]:
    return [
        "scheduler",
        f"--kubeconfig={context.kubeconfig}",
        f"--bind-address={ADDRESS}",
        f"--secure-port={context.ports['scheduler']}",
        "--leader-elect=false",
    ]


def _kwok(context: LabContext) -> list[str]:
    stages = [*sorted(context.upstream_files.glob("node-*/*.yaml")), DATA / "pods.yaml"]
    return [
        f"--kubeconfig={context.kubeconfig}",
        f"--cidr={POD_ADDRESSES}",
        f"--node-ip={ADDRESS}",
        f"--server-address={ADDRESS}:{context.ports['kwok']}",
        "--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake",
        "--node-lease-duration-seconds=40",
        *(f"--config={stage}" for stage in stages),
    ]


def _karpenter(context: LabContext) -> dict[str, str]:
    return {
        "KUBECONFIG": str(context.kubeconfig),
        "INSTANCE_TYPES_FILE_PATH": str(context.folder / "instance-types.json"),
        "SHORTAGE_FILE_PATH": str(context.folder / shortage.FILE),
        "DISABLE_LEADER_ELECTION": "true",
        "SYSTEM_NAMESPACE": "kube-system",
        "HEALTH_PROBE_PORT": str(context.ports["karpenter"]),
        "METRICS_PORT": "0",
        "LOG_LEVEL": "info",
        "FEATURE_GATES": context.gates["karpenter"],
    }


def _keda(context: LabContext) -> list[str]:
    return _with(
        keda_flags(),
        {
            "--health-probe-bind-address": f"{ADDRESS}:{context.ports['keda']}",
            "--metrics-service-bind-address": f"{ADDRESS}:{context.ports['keda-metrics']}",
            "--metrics-bind-address": "0",
            "--cert-dir": str(context.certificates.server.certificate.parent),
            "--enable-cert-rotation": "false",
            "--leader-elect": "false",
        },
    )


def _kuberay(context: LabContext) -> list[str]:
    return _with(
        kuberay_flags(),
        {
            "--health-probe-bind-address": f"{ADDRESS}:{context.ports['kuberay']}",
            "--metrics-addr": "0",
            "--enable-leader-election": "false",
        },
    )


def _with(production: Mapping[str, str], laboratory: Mapping[str, str]) -> list[str]:
    return [f"{flag}={value}" for flag, value in {**production, **laboratory}.items()]


def _keda_environment(context: LabContext) -> dict[str, str]:
    return {
        "KUBECONFIG": str(context.kubeconfig),
        "KEDA_CLUSTER_OBJECT_NAMESPACE": "keda",
        "POD_NAMESPACE": "keda",
        "WATCH_NAMESPACE": "",  # all namespaces
        # Service names resolve inside a cluster only. Loopback addresses bypass the proxy.
        "HTTPS_PROXY": f"http://{ADDRESS}:{context.ports['service-names']}",
    }


def _keda_adapter(context: LabContext) -> list[str]:
    served = context.certificates.server
    return [
        f"--bind-address={ADDRESS}",
        f"--secure-port={context.ports['keda-adapter']}",
        f"--tls-cert-file={served.certificate}",
        f"--tls-private-key-file={served.key}",
        f"--client-ca-file={context.certificates.authority.certificate}",
        f"--cert-dir={served.certificate.parent}",
        f"--metrics-service-address={ADDRESS}:{context.ports['keda-metrics']}",
        *(f"--{use}-kubeconfig={context.kubeconfig}" for use in ("authentication", "authorization", "lister")),
        "--port=0",
        "--zap-log-level=info",
    ]


def _interceptor(context: LabContext) -> list[str]:
    ports = (str(context.ports[name]) for name in ("interceptor", "scaler", "service-names"))
    return ["-m", "falaj.sandbox.lab.interceptor", str(context.kubeconfig), *ports]


def _port_open(name: str) -> Callable[[LabContext], str]:
    return lambda context: f"tcp:{context.ports[name]}"


def _http_ok(name: str, path: str) -> Callable[[LabContext], str]:
    return lambda context: f"http://{ADDRESS}:{context.ports[name]}{path}"


ETCD = LabService("etcd", "etcd", etcd.arguments, _port_open("etcd"))
API_SERVER = LabService("apiserver", "kube", _apiserver, lambda context: f"{context.server}/readyz", _collect_rarely)
CONTROLLERS: tuple[LabService, ...] = (
    LabService("controller-manager", "kube", _manager, _port_open("manager")),
    LabService("scheduler", "kube", _scheduler, _port_open("scheduler")),
    LabService("kwok", "kwok", _kwok, _http_ok("kwok", "/healthz")),
)
ADDONS: tuple[LabService, ...] = (
    LabService(
        "kueue",
        "kueue",
        lambda context: [
            f"--config={context.folder / 'kueue.yaml'}",
            f"--feature-gates={context.gates['kueue']}",
        ],
        _http_ok("kueue", "/readyz"),
        lambda context: {"KUBECONFIG": str(context.kubeconfig_of("kueue"))},
    ),
    LabService(
        "jobset",
        "jobset",
        lambda context: [f"--config={context.folder / 'jobset.yaml'}", "--metrics-bind-address=0"],
        _http_ok("jobset", "/readyz"),
        lambda context: {"KUBECONFIG": str(context.kubeconfig_of("jobset"))},
    ),
    LabService(
        "trainer",
        "trainer",
        lambda context: [f"--config={context.folder / 'trainer.yaml'}"],
        _http_ok("trainer", "/readyz"),
        # Trainer reads the certificate of its webhooks from the folder for temporary files.
        lambda context: {
            "KUBECONFIG": str(context.kubeconfig_of("trainer")),
            "TMPDIR": str(context.folder / "trainer"),
        },
    ),
    LabService(
        "kuberay",
        "kuberay",
        _kuberay,
        _http_ok("kuberay", "/readyz"),
        lambda context: {"KUBECONFIG": str(context.kubeconfig_of("kuberay"))},
    ),
    LabService(
        "lws",
        "lws",
        lambda context: [f"--config={context.folder / 'lws.yaml'}", "--metrics-bind-address=0"],
        _http_ok("lws", "/readyz"),
        lambda context: {"KUBECONFIG": str(context.kubeconfig_of("lws"))},
    ),
    LabService("karpenter", "karpenter", lambda context: [], _http_ok("karpenter", "/healthz"), _karpenter),
    LabService(
        "interceptor",
        PYTHON,
        _interceptor,
        _port_open("interceptor"),
        lambda context: {"PYTHONPATH": str(Path(falaj.__file__).parents[1])},
    ),
    LabService("keda", "keda", _keda, _http_ok("keda", "/readyz"), _keda_environment),
    LabService(
        "keda-adapter",
        "keda-adapter",
        _keda_adapter,
        lambda context: f"https://{ADDRESS}:{context.ports['keda-adapter']}/readyz",
        lambda context: {"KUBECONFIG": str(context.kubeconfig), "POD_NAMESPACE": "keda", "WATCH_NAMESPACE": ""},
    ),
)
"""Services that need the CRDs of their resources."""
