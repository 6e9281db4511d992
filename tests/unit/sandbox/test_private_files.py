"""What commands write in the sandbox is the user's alone, whatever the mask of the user's shell is."""

import asyncio
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from falaj.components.core.site import waiting
from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.deferred_checkpoints import defer_checkpoints_if_empty
from falaj.sandbox.engine_process import run_engine
from falaj.sandbox.engines_at_work import Engines
from falaj.sandbox.environment import prepare
from falaj.sandbox.last_deployment import remember_deployment
from falaj.sandbox.paths import Paths
from falaj.sandbox.session import Session
from falaj.sandbox.toolchain import Engine

ENGINE = Engine(Path("pulumi"), "3.259.0", "a stand-in")
STATES = "from pathlib import Path; Path('state').mkdir(); Path('state', 'stack.json').write_text('{}')"


@pytest.fixture
def no_mask() -> Iterator[None]:
    """Lets everybody read and write new files."""
    former = os.umask(0)
    yield
    os.umask(former)


@pytest.mark.usefixtures("no_mask")
def test_no_other_user_reads_a_file_of_the_sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = Paths(tmp_path)
    prepare(paths, ENGINE)
    monkeypatch.setenv(waiting.RECORD, str(paths.waits))
    asyncio.run(waiting.wait_until_effective("role", "", 60))
    inventory = Inventory(paths.inventory)
    session = Session(paths, ENGINE, {})
    with (
        Engines(paths.sandbox).exclusively(),
        defer_checkpoints_if_empty(session),
        inventory.transaction() as transaction,
    ):
        transaction.remember("fact", "value")
        remember_deployment(session, "dev", "")
        readable = _of_others(paths.sandbox)
    inventory.close()
    names = {file.name for file in paths.sandbox.iterdir() if file.is_file()}
    assert names >= {"inventory.db", "engines.lock", "waits"}
    assert readable == []


@pytest.mark.usefixtures("no_mask")
def test_no_other_user_reads_what_the_engine_writes(tmp_path: Path) -> None:
    assert run_engine([sys.executable, "-c", STATES], tmp_path, os.environ, True, None).returncode == 0
    assert (tmp_path / "state" / "stack.json").is_file()
    assert _of_others(tmp_path) == []


def _of_others(folder: Path) -> list[Path]:
    """Returns the files that others may read, write or run."""
    files = (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return [file for file in files if file.stat().st_mode & 0o077]
