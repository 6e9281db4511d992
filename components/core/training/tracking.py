"""An MLflow tracking server: its names, its configuration, and the backup of its database to a vault. Pure.

Options and variables are those of MLflow 3.16.1, read in its source and tested with that version, without privileges
and on a read-only root file system, 2026-11-24.
"""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from falaj.components.core.network.blocks import InsideBlock
from falaj.components.core.storage.vault_notation import identity_variables, vault_notation
from falaj.components.core.tenancy.queue_specs import PodTotals
from falaj.components.core.validation.args import Accepts, Input, Spec
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.text_forms import TextForm
from falaj.facts.regions import REGIONS

NAME = "tracking"
"""Name of all objects of the server, and of its service account, which is bound to a cloud identity."""

PORT = 5000

DATA = "/data"
"""Mount path of the disk with the database; unused with an external database."""

SCRATCH = "/tmp"  # noqa: S108 - an emptyDir volume of the pod
"""The only other writable folder; uploads are buffered here on their way to the vault."""

DATABASE_FILE = f"{DATA}/mlflow.db"

URI_KEY = "uri"
"""Key of the secret that contains the address of the database."""


POD_LIMITS = PodTotals(cpu=0.3, memory_gib=3)
"""CPU requests and memory limits of the pod, with the container that copies the database."""


class TrackingSpec(Spec):
    """Fields of a tracking server and model registry (MLflow) that stack settings and the component share."""

    database_gib: int = Field(default=10, ge=1, le=1024)
    """Size in GiB of the database's disk. It counts against the tenant's `storage_gib`."""


class DatabaseSpec(Spec):
    """An existing PostgreSQL database, used instead of SQLite on a disk."""

    secret: Input[Label]
    """Name of an existing secret in the namespace. Its key `uri` contains the address with the password:
    `postgresql://user:password@host:5432/mlflow`. You create the secret; it is never stored in a stack's state."""
    cidr: Accepts[Input[InsideBlock], Input[InsideBlock | str]]
    """Private IPv4 block of the database, to which the server's network policy allows egress."""
    port: Input[Annotated[int, Field(ge=1, le=65535)]] = 5432
    """TCP port of the database."""


HostName = Annotated[
    str,
    TextForm(
        r"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?$",
        "a host name in lower case, without wildcard, and its port if it is not the default",
        "mlflow.example.ae",
        max_length=253,
    ),
]
"""A host name in the Host header of requests, with the port unless it is the default one; no wildcards."""


def allowed_hosts(namespace: str, extra_hosts: Sequence[str]) -> list[str]:
    """Returns the values of the Host header that the server accepts; it rejects others to prevent DNS rebinding.

    Includes `localhost` for users who may forward the port to their machine.
    """
    cluster_names = (NAME, f"{NAME}.{namespace}", f"{NAME}.{namespace}.svc", f"{NAME}.{namespace}.svc.cluster.local")
    return [*(f"{host}:{PORT}" for host in (*cluster_names, "localhost")), *extra_hosts]


def tracking_url(namespace: str) -> str:
    """Returns the address of the server inside the cluster."""
    return f"http://{NAME}.{namespace}.svc:{PORT}"


def server_command(hosts: Sequence[str], has_file: bool) -> list[str]:
    """Returns the command of the server, with a single worker for SQLite, which allows one writer at a time."""
    return [
        "mlflow",
        "server",
        "--host=0.0.0.0",  # access is restricted by `--allowed-hosts` and network policies
        f"--port={PORT}",
        f"--workers={1 if has_file else 4}",
        "--serve-artifacts",
        f"--allowed-hosts={','.join(hosts)}",
        "--x-frame-options=DENY",
    ]


UPGRADE_COMMAND = ["mlflow", "db", "upgrade", "$(MLFLOW_BACKEND_STORE_URI)"]
"""Command that creates the tables or upgrades those of an older version, which the server rejects."""


def environment(region: str | None) -> dict[str, str]:
    """Returns the environment variables of all containers. None is a secret.

    Containers authenticate with the identity of the pod's service account only, never with that of the node.
    """
    region_variables = vault_notation(REGIONS[region].cloud).region_variables if region else ()
    return {
        "HOME": SCRATCH,
        "TMPDIR": SCRATCH,
        "PYTHONDONTWRITEBYTECODE": "1",
        # Disables telemetry and background jobs.
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
        **identity_variables(),
        **{variable: region for variable in region_variables if region},
    }


COPIES_VARIABLE = "FALAJ_COPIES"
"""Environment variable with the folder in the vault that contains the copies of the database."""

COPY_SECONDS = 3600
"""Seconds between copies, and so the maximum data loss if the disk is lost."""

RETRY_SECONDS = 60
"""Seconds until a failed copy is retried."""

DATABASE_COPY_SCRIPT = f"""
import os, pathlib, signal, sqlite3, sys, time
from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

file = pathlib.Path(os.environ.get("FALAJ_DATABASE", "{DATABASE_FILE}"))
vault = get_artifact_repository(os.environ["{COPIES_VARIABLE}"])


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
"""Script that copies the database to the vault, and restores it to a new disk. The vault's object versions keep
previous
copies.

Uses MLflow's own storage client, so that the image is sufficient."""


def database_copy_command(mode: str) -> list[str]:
    """Returns the command for `restore`, run before the server starts, or `follow`, run next to the server."""
    return ["python", "-c", DATABASE_COPY_SCRIPT, mode]
