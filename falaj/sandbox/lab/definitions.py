"""The data of an API server that serves all CRDs, made once and copied into each new laboratory.

Accepting a hundred CRDs one after the other takes the API server 25 seconds of a processor, which was half of the start
of a laboratory; reading them from etcd takes five (2026-11-27).
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from falaj.sandbox.go_build import Log
from falaj.sandbox.lab.programs import ProgramsUnavailable
from falaj.sandbox.paths import cache


def ensure(programs: Mapping[str, Path], upstream_files: Path, log: Log) -> Path:
    """Returns the folder of etcd's data in the cache; makes it if necessary, in one process at a time.

    `programs`: paths by name; `upstream_files`: the folder of `upstream_files.ensure`. Raises `ProgramsUnavailable`.
    """
    target = _folder(programs, upstream_files)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.is_dir():
            log("CRDs: installing them into the data of new laboratories, once")
            with tempfile.TemporaryDirectory(dir=target.parent, prefix="definitions-new-") as folder:
                os.rename(_install(Path(folder), programs, upstream_files, lock.fileno()), target)
    return target


def _folder(programs: Mapping[str, Path], upstream_files: Path) -> Path:
    """Returns the path in the cache. It contains a digest of the programs, of the CRDs, and of the code here."""
    made_of = [programs["etcd"].parent.name, programs["kube"].parent.name, upstream_files.name]
    sources = [Path(__file__).with_name(name).read_bytes() for name in ("definitions.py", "installation.py")]
    digest = hashlib.sha256(b"\n".join([repr(made_of).encode(), *sources])).hexdigest()[:12]
    return cache() / "lab" / f"definitions-{digest}"


def _install(folder: Path, programs: Mapping[str, Path], upstream_files: Path, lock: int) -> Path:
    """Installs the CRDs with an API server of their own; returns the folder of its etcd's data."""
    from falaj.sandbox.lab import certificates, installation  # a running laboratory needs none of these
    from falaj.sandbox.lab.api import ApiError
    from falaj.sandbox.lab.ports import free_ports
    from falaj.sandbox.lab.services import LabContext
    from falaj.sandbox.lab.supervisor import ProgramFailed, Supervisor

    keys = certificates.create_certificates(folder / "certificates")
    context = LabContext(folder, keys, programs, upstream_files, free_ports(), {})
    supervisor = Supervisor(context, lock, with_parent=False)
    try:
        installation.install_definitions(supervisor.start_api_server(), context)
    except (ProgramFailed, ApiError, OSError) as reason:  # a time-out is an OSError
        raise ProgramsUnavailable(f"the laboratory's CRDs cannot be installed: {reason}") from None
    finally:
        supervisor.stop()
    return folder / "etcd"
