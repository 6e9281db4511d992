"""What a stack was deployed from is known again, and every change of it is seen."""

import os
import sysconfig
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from falaj.sandbox import last_deployment
from falaj.sandbox.environment import prepare
from falaj.sandbox.last_deployment import is_as_deployed, remember_deployment, sources
from falaj.sandbox.paths import Paths
from falaj.sandbox.session import Session
from falaj.sandbox.toolchain import Engine

ENGINE = Engine(Path("/usr/bin/true"), "3.259.0", "test")


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A project with a program in a folder, a link to another folder, and an installed Falaj."""
    project, library, packages = (tmp_path / name for name in ("project", "library", "packages"))
    for file in (project / "program" / "__main__.py", library / "shared.py", packages / "falaj" / "__init__.py"):
        file.parent.mkdir(parents=True)
        file.write_text("")
    (project / "linked").symlink_to(library)
    (library / "itself").symlink_to(library)
    (project / "Pulumi.yaml").write_text("name: p\nruntime: python\nmain: program\n")
    (project / "Pulumi.dev.yaml").write_text("config: {}\n")
    monkeypatch.setattr(last_deployment.falaj, "__file__", str(packages / "falaj" / "__init__.py"))
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(packages))
    opened = Session(Paths(project), ENGINE, {})
    prepare(opened.paths, ENGINE)
    opened.checkpoint("dev").parent.mkdir(parents=True)
    opened.checkpoint("dev").write_text("{}")
    remember_deployment(opened, "dev", sources(opened, "dev"))
    return opened


def test_the_same_files_are_known_again(session: Session) -> None:
    (session.paths.project / "__pycache__").mkdir()
    (session.paths.project / "__pycache__" / "a.pyc").write_text("")
    (session.paths.inventory).write_text("")
    assert is_as_deployed(session, "dev")
    assert not is_as_deployed(session, "prod")


def test_what_is_edited_during_a_deployment_is_not_deployed(session: Session) -> None:
    before = sources(session, "dev")
    (session.paths.project / "program" / "__main__.py").write_text("x = 1")
    remember_deployment(session, "dev", before)
    assert not is_as_deployed(session, "dev")


def _same_size_and_time(file: Path) -> None:
    times = file.stat()
    file.write_text("{ }"[: times.st_size])
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


CHANGES: dict[str, Callable[[Session], object]] = {
    "program": lambda session: (session.paths.project / "program" / "__main__.py").write_text("x = 1"),
    "new file": lambda session: (session.paths.project / "program" / "more.py").write_text(""),
    "removed file": lambda session: (session.paths.project / "program" / "__main__.py").unlink(),
    "linked file": lambda session: (session.paths.project / "linked" / "shared.py").write_text("x = 1"),
    "settings": lambda session: session.paths.stack_file("dev").write_text("config: {a: b}\n"),
    "state": lambda session: session.checkpoint("dev").write_text("{}\n"),
    "state, with the old size and time": lambda session: _same_size_and_time(session.checkpoint("dev")),
    "state of another stack": lambda session: session.checkpoint("other").write_text("{}"),
    "Falaj": lambda session: (session.paths.project.parent / "packages" / "falaj" / "new.py").write_text(""),
    "packages": lambda session: (session.paths.project.parent / "packages" / "pulumi").mkdir(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_seen(change: str, session: Session) -> None:
    CHANGES[change](session)
    assert not is_as_deployed(session, "dev")


def test_another_engine_is_seen(session: Session) -> None:
    assert not is_as_deployed(replace(session, engine=replace(ENGINE, version="3.260.0")), "dev")
