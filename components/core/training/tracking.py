"""A tracking server of MLflow: its names, what it is told, and how its database outlives its disk. Pure.

Options and variables are MLflow 3.16.1's, read in its source and tried with it, without privileges and on a root file
system that nobody can write, 2026-11-24.
"""

from collections.abc import Sequence
from typing import Annotated, NotRequired, TypedDict

from pydantic import Field, StringConstraints

from falaj.components.core.network.blocks import InsideBlock
from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.names import Label
from falaj.facts.regions import REGIONS, Cloud

NAME = "tracking"
"""Of every object, and of the service account that its identity in the cloud is given to."""

PORT = 5000

DATA = "/data"
"""Where its disk is, if its database is on one."""

SCRATCH = "/tmp"  # noqa: S108 - an empty directory of the pod's own
"""The only other folder that can be written. A file passes through it on its way to the vault."""

DATABASE_FILE = f"{DATA}/mlflow.db"

URI_KEY = "uri"
"""Key of the database's address in its secret."""


class DatabaseSpec(TypedDict):
    """A PostgreSQL database that is there, in place of a file on a disk."""

    secret: str
    """Name of a secret in the namespace, whose key `uri` is the address with its password:
    `postgresql://user:password@host:5432/mlflow`. It is made by you, and never part of a stack's state."""
    cidr: str
    """Private block that the database answers from."""
    port: NotRequired[int]
    """Its port; 5432 if absent."""


class CheckedDatabase(Checked):
    """The validated form of `DatabaseSpec`."""

    secret: Label
    cidr: InsideBlock
    port: Annotated[int, Field(ge=1, le=65535)] = 5432


HostName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?$", max_length=253)]
"""A name under which a server is asked, with its port unless that is the usual one; no wildcard."""


def names_of(namespace: str, others: Sequence[str]) -> list[str]:
    """What a request may say that it asks for; anything else is refused (DNS rebinding). `localhost` is for whoever has
    the right to forward the port to a machine of theirs."""
    inside = (NAME, f"{NAME}.{namespace}", f"{NAME}.{namespace}.svc", f"{NAME}.{namespace}.svc.cluster.local")
    return [*(f"{host}:{PORT}" for host in (*inside, "localhost")), *others]


def url_of(namespace: str) -> str:
    """Where it is asked, inside the cluster."""
    return f"http://{NAME}.{namespace}.svc:{PORT}"


def server_command(hosts: Sequence[str], has_file: bool) -> list[str]:
    """The server itself. One process where the database is a file, because only one of them could write at a time."""
    return [
        "mlflow",
        "server",
        "--host=0.0.0.0",  # reached by the pod's own address; `--allowed-hosts` and policies say by whom
        f"--port={PORT}",
        f"--workers={1 if has_file else 4}",
        "--serve-artifacts",
        f"--allowed-hosts={','.join(hosts)}",
        "--x-frame-options=DENY",
    ]


UPGRADE = ["mlflow", "db", "upgrade", "$(MLFLOW_BACKEND_STORE_URI)"]
"""Makes the tables, or brings those of a former version up to this one. A server refuses older ones."""


def environment(region: str | None) -> dict[str, str]:
    """The variables of every container, without a secret: who the pod is, its service account says, and nothing else is
    tried, above all not the identity of the node."""
    in_aws = {"AWS_REGION": region, "AWS_DEFAULT_REGION": region} if region else {}
    is_aws = region is not None and REGIONS[region].cloud is Cloud.AWS
    return {
        "HOME": SCRATCH,
        "TMPDIR": SCRATCH,
        "PYTHONDONTWRITEBYTECODE": "1",
        # Nothing is told to its makers, and it starts no jobs of its own.
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AZURE_TOKEN_CREDENTIALS": "WorkloadIdentityCredential",
        **(in_aws if is_aws else {}),
    }


COPIES = "FALAJ_COPIES"
"""Variable with the folder in the vault where copies of the database lie."""

COPY_SECONDS = 3600
"""How much is lost at most with the disk, beside what is lost on the way."""

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
"""Copies the database to the vault, whose versions keep the former copies, and takes it back where the disk is new.

MLflow's own way to the vault serves, so that the program needs nothing that the image has not."""


def copying(what: str) -> list[str]:
    """The command of `restore`, before the server starts, or `follow`, beside it."""
    return ["python", "-c", COPYING, what]
