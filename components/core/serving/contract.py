"""The contract between the platform and a model server image: environment variables, files and endpoints.

`examples/workloads/inference/` is a minimal implementation.

| variable | meaning |
| --- | --- |
| `FALAJ_MODEL` | folder of the model's files, read-only |
| `FALAJ_WEIGHTS` | `int8`, `fp16`, `bf16` or `fp32`: numeric type of the weights |
| `FALAJ_THREADS` | number of compute threads; `OMP_NUM_THREADS` has the same value for libraries |
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
"""Port of the server."""

MODELS = "/models"
"""Mount path of the model."""

SCRATCH = "/tmp"  # noqa: S108  an emptyDir volume of the pod
"""The only writable folder."""

HEALTHY, READY, METRICS = "/healthz", "/readyz", "/metrics"


def server_environment(serving: ServingSpec) -> dict[str, Input[str]]:
    """Returns the environment variables of the server. Uses one thread per full vCPU, because more would be
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
    """Returns the cloud of a model's vault: by its address, or by the site's region if the address is not known yet."""
    if isinstance(uri, str):
        return Cloud.AWS if urlsplit(uri).scheme == "s3" else Cloud.AZURE
    return REGIONS[region].cloud if region else Cloud.AWS


def fetch_command(uri: Input[str]) -> list[Input[str]]:
    """Returns the rclone arguments that copy a model's folder. A corrupt file makes the copy, and so the start,
    fail."""
    source = (
        f"vault:{_folder(uri)}" if isinstance(uri, str) else pulumi.Output.concat("vault:", _resolved(uri, _folder))
    )
    return ["copy", source, MODELS, "--transfers=8", "--use-json-log", "--log-level=NOTICE"]


def fetch_environment(uri: Input[str], region: str | None, store: StoreSpec | None = None) -> dict[str, Input[str]]:
    """Returns the complete configuration of rclone. It contains no secrets.

    rclone authenticates with the identity of the pod's service account only, never with that of the node. The options
    are those of `core/storage/replication.py`.
    """
    vault: dict[str, Input[str]]
    if store is not None:
        vault = {"TYPE": "s3", "PROVIDER": "Other", "ENDPOINT": store.endpoint}
    elif vault_cloud(uri, region) is Cloud.AWS:
        vault = {"TYPE": "s3", "PROVIDER": "AWS", "REGION": region or ""}
    else:
        vault = {"TYPE": "azureblob", "ACCOUNT": _account(uri) if isinstance(uri, str) else _resolved(uri, _account)}
    remote_options = {f"RCLONE_CONFIG_VAULT_{option}": value for option, value in vault.items()}
    return {
        "RCLONE_CONFIG": "",
        "RCLONE_CACHE_DIR": SCRATCH,
        "HOME": SCRATCH,
        **remote_options,
        "RCLONE_CONFIG_VAULT_ENV_AUTH": "true",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AZURE_TOKEN_CREDENTIALS": "WorkloadIdentityCredential",
    }


def _resolved(uri: Input[str], transform: Callable[[str], str]) -> pulumi.Output[str]:
    return pulumi.Output.from_input(uri).apply(transform)


def _folder(uri: str) -> str:
    parts = urlsplit(uri)
    return f"{parts.netloc}{parts.path}" if parts.scheme == "s3" else parts.path.lstrip("/")


def _account(uri: str) -> str:
    return urlsplit(uri).netloc
