"""What a server of a model is told, as variables and files: the contract between the platform and any server image.

`examples/workloads/inference/` keeps it, and shows the least that a server has to do:

| given | meaning |
| --- | --- |
| `FALAJ_MODEL` | folder of the model's files, read-only |
| `FALAJ_WEIGHTS` | `int8`, `fp16`, `bf16` or `fp32`: what the numbers of the model are |
| `FALAJ_THREADS` | threads that calculate; `OMP_NUM_THREADS` says the same to libraries |
| `FALAJ_PORT` | port to listen on, for everything |
| `TMPDIR` | the only folder that can be written; gone with the pod |

The server answers `GET /healthz` (200 while the process is well), `GET /readyz` (200 once the model is loaded) and
`GET /metrics` (Prometheus), and stops taking work on SIGTERM.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

import pulumi

from falaj.components.core.serving.serving import CheckedServing
from falaj.components.core.storage.stores import CheckedStore
from falaj.facts.regions import REGIONS, Cloud

PORT = 8080
"""Port of a server."""

MODELS = "/models"
"""Where the model lies in the container."""

SCRATCH = "/tmp"  # noqa: S108  a volume of the pod's own
"""The only folder that can be written."""

HEALTHY, READY, METRICS = "/healthz", "/readyz", "/metrics"


def server_environment(serving: CheckedServing) -> dict[str, str]:
    """The variables of the server. Threads are the whole processors of its limit: one more would wait for its turn."""
    threads = str(max(1, int(serving.cpu)))
    return {
        "FALAJ_MODEL": MODELS,
        "FALAJ_WEIGHTS": serving.numbers.value,
        "FALAJ_THREADS": threads,
        "FALAJ_PORT": str(PORT),
        "OMP_NUM_THREADS": threads,
        "TMPDIR": SCRATCH,
        "HOME": SCRATCH,
        **serving.environment,
    }


def vault_cloud(uri: pulumi.Input[str], region: str | None) -> Cloud:
    """Whose vault a model lies in: the address says it, or the site's region while the address is not known."""
    if isinstance(uri, str):
        return Cloud.AWS if urlsplit(uri).scheme == "s3" else Cloud.AZURE
    return REGIONS[region].cloud if region else Cloud.AWS


def fetch_command(uri: pulumi.Input[str]) -> list[pulumi.Input[str]]:
    """Arguments of rclone that copy a model's folder; a file that arrives broken is a failed start."""
    source = f"vault:{_folder(uri)}" if isinstance(uri, str) else pulumi.Output.concat("vault:", _known(uri, _folder))
    return ["copy", source, MODELS, "--transfers=8", "--use-json-log", "--log-level=NOTICE"]


def fetch_environment(
    uri: pulumi.Input[str], region: str | None, store: CheckedStore | None = None
) -> dict[str, pulumi.Input[str]]:
    """rclone's whole configuration, without a secret: who the pod is, its service account says.

    Nothing but that is tried, above all not the identity of the node. Options as in `core/storage/replication.py`.
    """
    vault: dict[str, pulumi.Input[str]]
    if store is not None:
        vault = {"TYPE": "s3", "PROVIDER": "Other", "ENDPOINT": store.endpoint}
    elif vault_cloud(uri, region) is Cloud.AWS:
        vault = {"TYPE": "s3", "PROVIDER": "AWS", "REGION": region or ""}
    else:
        vault = {"TYPE": "azureblob", "ACCOUNT": _account(uri) if isinstance(uri, str) else _known(uri, _account)}
    configured = {f"RCLONE_CONFIG_VAULT_{option}": value for option, value in vault.items()}
    return {
        "RCLONE_CONFIG": "",
        "RCLONE_CACHE_DIR": SCRATCH,
        "HOME": SCRATCH,
        **configured,
        "RCLONE_CONFIG_VAULT_ENV_AUTH": "true",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AZURE_TOKEN_CREDENTIALS": "WorkloadIdentityCredential",
    }


def _known(uri: pulumi.Input[str], part: Callable[[str], str]) -> pulumi.Output[str]:
    return pulumi.Output.from_input(uri).apply(part)


def _folder(uri: str) -> str:
    parts = urlsplit(uri)
    return f"{parts.netloc}{parts.path}" if parts.scheme == "s3" else parts.path.lstrip("/")


def _account(uri: str) -> str:
    return urlsplit(uri).netloc
