"""Whether anything has changed since a stack was deployed: then a preview without changes says all that `up` would.

The signature covers the files of the project, those of Falaj, the installed packages and the engine's state. A program
that is the same on the same resources has the same outputs, which a preview does not compare. The signature has each
file's size and times, the time of its last change of any kind included (`st_ctime`), which no program can set: a false
difference costs an `up`, and a missed one would need a clock that goes back.
"""

import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import falaj
from falaj.sandbox.python_environment import EnvironmentMissing, environment_of
from falaj.sandbox.session import Session

_GENERATED = ("node_modules", "__pycache__")
"""Folders whose files follow from others; so do those in folders whose name begins with a dot."""


def remember_deployment(session: Session, stack: str, deployed_from: str) -> None:
    """Writes the signature of a deployment. `deployed_from`: the sources' signature before it, because files may be
    edited meanwhile."""
    file = _file(session, stack)
    file.parent.mkdir(mode=0o700, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(_signature(session, deployed_from), encoding="utf-8")


def is_as_deployed(session: Session, stack: str) -> bool:
    """Returns whether nothing has changed since the last `remember_deployment`."""
    file = _file(session, stack)
    return file.is_file() and file.read_text(encoding="utf-8") == _signature(session, sources(session, stack))


def _file(session: Session, stack: str) -> Path:
    return session.paths.sandbox / "deployed" / stack


def _signature(session: Session, deployed_from: str) -> str:
    # A program may read the states of other stacks.
    states = sorted(session.paths.state.glob(".pulumi/stacks/*/*.json"))
    return hashlib.sha256("".join([deployed_from, *map(_state_of, states)]).encode()).hexdigest()


def sources(session: Session, stack: str) -> str:
    """Returns the signature of the files and packages that a stack is deployed from."""
    paths = session.paths
    content = hashlib.sha256(f"{session.engine.version} {sys.version}".encode())
    for file in (paths.stack_file(stack), *_environments(session)):
        content.update(_state_of(file).encode())
    for file in _files(paths.project, paths.read_project().program_folder, Path(falaj.__file__).parent):
        content.update(_state_of(file).encode())
    return content.hexdigest()


def _environments(session: Session) -> Iterator[Path]:
    """Yields the folders of installed packages: of Falaj, and of the program. Each installation changes their times."""
    yield Path(sysconfig.get_path("purelib"))
    project = session.paths.read_project()
    try:
        environment = environment_of(session.paths.project, project.program_folder, project.options)
    except EnvironmentMissing:
        return
    if environment is not None:
        yield from sorted(environment.glob("lib/python*/site-packages"))


def _files(*folders: Path) -> Iterator[Path]:
    """Yields the files below folders and below the folders to which links lead, each folder once."""
    seen: set[str] = set()
    for top in folders:
        for parent, below, names in os.walk(top, followlinks=True):
            folder = os.path.realpath(parent)
            kept = () if folder in seen else (name for name in below if name not in _GENERATED and name[0] != ".")
            below[:] = sorted(kept)
            if folder not in seen:
                seen.add(folder)
                yield from (Path(parent, name) for name in sorted(names))


def _state_of(file: Path) -> str:
    try:
        state = file.stat()
    except OSError:  # a link to nothing
        return f"{file} missing\n"
    return f"{file} {state.st_ino} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns}\n"
