"""An MLflow tracking server: its names, its configuration, and how its database outlives its disk. Pure.

Options and variables are those of MLflow 3.16.1, read in its source and tried with it, without privileges and on a
read-only root file system, 2026-11-24.
"""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from falaj.components.core.network.blocks import InsideBlock
from falaj.components.core.validation.args import Accepts, Input, Spec
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.text_forms import TextForm
from falaj.facts.regions import REGIONS, Cloud

NAME = "tracking"
"""Name of every object, and of the service account that gets its identity in the cloud."""

PORT = 5000

DATA = "/data"
"""Mount path of its disk, if its database is on one."""

SCRATCH = "/tmp"  # noqa: S108 - an empty directory of the pod's own
"""The only other writable folder. Files pass through it on their way to the vault."""

DATABASE_FILE = f"{DATA}/mlflow.db"

URI_KEY = "uri"
"""Key of the database's address in its secret."""


class TrackingSpec(Spec):
    """A tracking server and model registry (MLflow), as far as settings and component say the same of it."""

    database_gib: int = Field(default=10, ge=1, le=1024)
    """Size in GiB of its database's disk, which counts against the tenant's `storage_gib`."""


class DatabaseSpec(Spec):
    """An existing PostgreSQL database, instead of a file on a disk."""

    secret: Input[Label]
    """Name of a secret in the namespace, whose key `uri` is the address with its password:
    `postgresql://user:password@host:5432/mlflow`. You create it; it is never part of a stack's state."""
    cidr: Accepts[InsideBlock, InsideBlock | str]
    """Private block that the database answers from."""
    port: int = Field(default=5432, ge=1, le=65535)
    """Its port."""


HostName = Annotated[
    str,
    TextForm(
        r"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?$",
        "a host name in lower case, without wildcard, and its port if it is not the default",
        "mlflow.example.ae",
        max_length=253,
    ),
]
"""A name of the server in requests, with its port unless that is the default one; no wildcard."""


def names_of(namespace: str, others: Sequence[str]) -> list[str]:
    """Values of the Host header that the server accepts; it refuses others (DNS rebinding). `localhost` is for those
    who may forward the port to their machine."""
    inside = (NAME, f"{NAME}.{namespace}", f"{NAME}.{namespace}.svc", f"{NAME}.{namespace}.svc.cluster.local")
    return [*(f"{host}:{PORT}" for host in (*inside, "localhost")), *others]


def url_of(namespace: str) -> str:
    """Its address inside the cluster."""
    return f"http://{NAME}.{namespace}.svc:{PORT}"


def server_command(hosts: Sequence[str], has_file: bool) -> list[str]:
    """Command of the server. One process where the database is a file: SQLite takes one writer at a time."""
    return [
        "mlflow",
        "server",
        "--host=0.0.0.0",  # reached at the pod's address; `--allowed-hosts` and network policies restrict it
        f"--port={PORT}",
        f"--workers={1 if has_file else 4}",
        "--serve-artifacts",
        f"--allowed-hosts={','.join(hosts)}",
        "--x-frame-options=DENY",
    ]


UPGRADE = ["mlflow", "db", "upgrade", "$(MLFLOW_BACKEND_STORE_URI)"]
"""Creates the tables, or upgrades those of an older version, which the server would refuse."""


def environment(region: str | None) -> dict[str, str]:
    """Environment variables of every container, without a secret: the identity is that of the pod's service account,
    and no other is tried, above all not the node's."""
    in_aws = {"AWS_REGION": region, "AWS_DEFAULT_REGION": region} if region else {}
    is_aws = region is not None and REGIONS[region].cloud is Cloud.AWS
    return {
        "HOME": SCRATCH,
        "TMPDIR": SCRATCH,
        "PYTHONDONTWRITEBYTECODE": "1",
        # No telemetry, and no jobs of its own.
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AZURE_TOKEN_CREDENTIALS": "WorkloadIdentityCredential",
        **(in_aws if is_aws else {}),
    }


COPIES = "FALAJ_COPIES"
"""Environment variable with the folder in the vault that holds copies of the database."""

COPY_SECONDS = 3600
"""Seconds between copies: at most this much is lost with the disk."""

RETRY_SECONDS = 60

COPYING = f"""
import os, pathlib, signal, sqlite3, sys, time
from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

file = pathlib.Path(os.environ.get("FALAJ_DATABASE", "{DATABASE_FILE}"))
vault = get_artifact_repository(os.environ["{COPIES}"])


def restore():
    there = [found.path for found in vault.list_artifacts()]
    if not file.exists() and file.name in there:
        aside = file.parent / "restoring"
        aside.mkdir(exist_ok=True)
        vault.download_artifacts(file.name, dst_path=str(aside))
        os.replace(aside / file.name, file)
        print("restored from the vault", flush=True)


def copy(source):
    aside = pathlib.Path(os.environ["TMPDIR"], file.name)
    target = sqlite3.connect(aside)
    with target:
        source.backup(target)
    target.close()
    vault.log_artifact(str(aside))
    print("copied to the vault", flush=True)


def follow():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    source = sqlite3.connect(f"file:{{file}}?mode=ro", uri=True)
    copied = None
    try:
        while True:
            # Changes whenever another connection has written.
            (state,) = source.execute("PRAGMA data_version").fetchone()
            wait = {COPY_SECONDS}
            if state != copied:
                try:
                    copy(source)
                    copied = state
                except Exception as error:
                    print(f"not copied: {{error}}", file=sys.stderr, flush=True)
                    wait = {RETRY_SECONDS}
            time.sleep(wait)
    finally:
        copy(source)


{{"restore": restore, "follow": follow}}[sys.argv[1]]()
"""
"""Copies the database to the vault, whose versions keep the former copies, and restores it where the disk is new.

It uses MLflow's own client of the vault, so that it needs nothing beyond the image."""


def copying(mode: str) -> list[str]:
    """Command of mode `restore`, before the server starts, or `follow`, beside it."""
    return ["python", "-c", COPYING, mode]
