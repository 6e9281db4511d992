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
`GET /metrics` (Prometheus). On SIGTERM it stops accepting requests and completes those in progress. Images with another
server name it as their `runtime` (`falaj.components.core.serving.runtimes`).
"""

from collections.abc import Mapping

import pulumi

from falaj.components.core.serving.runtimes import MODELS, SCRATCH
from falaj.components.core.storage.stores import StoreSpec
from falaj.components.core.storage.vault_notation import VaultNotation, identity_variables, of_model, vault_notation
from falaj.components.core.validation.args import Input
from falaj.facts.regions import REGIONS

PORT = 8080
"""Port of a served model's Service, whatever the port of its server."""


def vault_of(uri: Input[str], region: str | None) -> VaultNotation:
    """Returns the notation of a model's vault: by its address, or by the site's region if the address is not known yet.

    Raises ValueError for an address with an unregistered scheme, and for an unknown address without a region.
    """
    if isinstance(uri, str):
        return of_model(uri)
    if region is None:
        raise ValueError("region of the model: required if the address of the model is not known yet. Fix: add it")
    return vault_notation(REGIONS[region].cloud)


def needs_region(uri: Input[str]) -> bool:
    """Returns whether the region of a model's vault is required: by its address, or because that is not known yet."""
    return not isinstance(uri, str) or of_model(uri).needs_region


def fetch_command(uri: Input[str]) -> list[Input[str]]:
    """Returns the rclone arguments that copy a model's folder. A corrupt file makes the copy, and so the start,
    fail."""
    source = (
        f"vault:{_path(uri)}"
        if isinstance(uri, str)
        else pulumi.Output.concat("vault:", pulumi.Output.from_input(uri).apply(_path))
    )
    return ["copy", source, MODELS, "--transfers=8", "--use-json-log", "--log-level=NOTICE"]


def fetch_environment(uri: Input[str], region: str | None, store: StoreSpec | None = None) -> dict[str, Input[str]]:
    """Returns the complete configuration of rclone. It contains no secrets.

    rclone authenticates with the identity of the pod's service account only, never with that of the node. The options
    are those of `core/storage/replication.py`.
    """
    vault: Mapping[str, Input[str]]
    if store is not None:
        vault = {"TYPE": "s3", "PROVIDER": "Other", "ENDPOINT": store.endpoint}
    else:
        vault = vault_of(uri, region).rclone_options(uri, region)
    remote_options = {f"RCLONE_CONFIG_VAULT_{option}": value for option, value in vault.items()}
    return {
        "RCLONE_CONFIG": "",
        "RCLONE_CACHE_DIR": SCRATCH,
        "HOME": SCRATCH,
        **remote_options,
        "RCLONE_CONFIG_VAULT_ENV_AUTH": "true",
        **identity_variables(),
    }


def _path(uri: str) -> str:
    return of_model(uri).rclone_path(uri)
