"""A first `up` of `falaj tour` that ends without a state does not leave its resources in the emulated clouds."""

import json
from pathlib import Path

import pytest

from falaj.cli import tour
from falaj.cli.common import CommandError
from falaj.sandbox import last_deployment
from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.deferred_checkpoints import discard_interrupted_up
from falaj.sandbox.paths import Paths
from falaj.sandbox.session import Session
from falaj.sandbox.toolchain import Engine
from tests.unit.cli import sandbox_files


@pytest.mark.parametrize("has_state", [False, True])
def test_resources_of_an_engine_that_has_written_no_state_are_discarded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_state: bool
) -> None:
    """An engine that was killed has written none; one that fails by itself has."""
    paths = Paths(tmp_path)
    state = paths.sandbox / sandbox_files.STATE

    def creates_and_fails(*_: object) -> bool:
        sandbox_files.write_inventory(paths.inventory)
        state.parent.mkdir(parents=True)
        resources = [{"id": item.id} for item in sandbox_files.ITEMS] if has_state else []
        state.write_text(json.dumps({"checkpoint": {"latest": {"resources": resources}}}))
        return False

    monkeypatch.setattr(tour, "run_after_preview", creates_and_fails)
    monkeypatch.setattr(last_deployment, "sources", lambda *_: "")
    with pytest.raises(CommandError, match="the deployment of dev failed"):
        tour._deploy(Session(paths, Engine(Path("pulumi"), "3.259.0", "a stand-in"), {}), "dev", None)
    assert discard_interrupted_up(paths) is not has_state
    with Inventory(paths.inventory).transaction() as transaction:
        assert len(transaction.all_items()) == (len(sandbox_files.ITEMS) if has_state else 0)
    assert not discard_interrupted_up(paths)
