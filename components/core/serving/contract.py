"""The contract between the platform and any model server image: environment variables, files and endpoints.

`examples/workloads/inference/` implements it, and shows the minimum of a server:

| variable | meaning |
| --- | --- |
| `FALAJ_MODEL` | folder of the model's files, read-only |
| `FALAJ_WEIGHTS` | `int8`, `fp16`, `bf16` or `fp32`: numeric type of the weights |
| `FALAJ_THREADS` | compute threads; `OMP_NUM_THREADS` has the same value for libraries |
| `FALAJ_PORT` | port of all endpoints |
| `TMPDIR` | the only writable folder; deleted with the pod |

The server answers `GET /healthz` (200 while the process is healthy), `GET /readyz` (200 once the model is loaded) and
`GET /metrics` (Prometheus), and stops accepting requests on SIGTERM.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

import pulumi

from falaj.components.core.serving.specs import ServingSpec
from falaj.components.core.storage.stores import StoreSpec
from falaj.components.core.validation.args import Input
from falaj.facts.regions import REGIONS, Cloud

PORT = 8080
"""Port of a server."""

MODELS = "/models"
"""Folder of the model in the container."""

SCRATCH = "/tmp"  # noqa: S108  a volume of the pod's own
"""The only writable folder."""

HEALTHY, READY, METRICS = "/healthz", "/readyz", "/metrics"


def server_environment(serving: ServingSpec) -> dict[str, Input[str]]:
    """Environment variables of the server. Threads are the whole processors of its limit: one more would be
    throttled."""
    threads = str(max(1, int(serving.cpu)))
    return {
        "FALAJ_MODEL": MODELS,
        "FALAJ_WEIGHTS": serving.weight_type.value,
        "FALAJ_THREADS": threads,
        "FALAJ_PORT": str(PORT),
        "OMP_NUM_THREADS": threads,
        "TMPDIR": SCRATCH,
        "HOME": SCRATCH,
        **serving.environment,
    }


def vault_cloud(uri: Input[str], region: str | None) -> Cloud:
    """The cloud of a model's vault: by its address, or by the site's region while the address is unknown."""
    if isinstance(uri, str):
        return Cloud.AWS if urlsplit(uri).scheme == "s3" else Cloud.AZURE
    return REGIONS[region].cloud if region else Cloud.AWS


def fetch_command(uri: Input[str]) -> list[Input[str]]:
    """Arguments of rclone that copy a model's folder; a corrupt file fails the start."""
    source = (
        f"vault:{_folder(uri)}" if isinstance(uri, str) else pulumi.Output.concat("vault:", _resolved(uri, _folder))
    )
    return ["copy", source, MODELS, "--transfers=8", "--use-json-log", "--log-level=NOTICE"]


def fetch_environment(uri: Input[str], region: str | None, store: StoreSpec | None = None) -> dict[str, Input[str]]:
    """rclone's whole configuration, without a secret: the identity is that of the pod's service account.

    No other identity is tried, above all not the node's. Options as in `core/storage/replication.py`.
    """
    vault: dict[str, Input[str]]
    if store is not None:
        vault = {"TYPE": "s3", "PROVIDER": "Other", "ENDPOINT": store.endpoint}
    elif vault_cloud(uri, region) is Cloud.AWS:
        vault = {"TYPE": "s3", "PROVIDER": "AWS", "REGION": region or ""}
    else:
        vault = {"TYPE": "azureblob", "ACCOUNT": _account(uri) if isinstance(uri, str) else _resolved(uri, _account)}
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


def _resolved(uri: Input[str], part: Callable[[str], str]) -> pulumi.Output[str]:
    return pulumi.Output.from_input(uri).apply(part)


def _folder(uri: str) -> str:
    parts = urlsplit(uri)
    return f"{parts.netloc}{parts.path}" if parts.scheme == "s3" else parts.path.lstrip("/")


def _account(uri: str) -> str:
    return urlsplit(uri).netloc
