"""`falaj tour` reads the state of an unchanged stack while the engine looks for changes, else after the deployment."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from falaj.cli import tour
from falaj.sandbox import last_deployment

OUTPUTS, STATE = ("output", "--json", "--stack", "dev"), ("export", "--stack", "dev")


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The operations of the engine in their order; a deployment succeeds."""
    done: list[str] = []
    monkeypatch.setattr(tour, "_deploy", lambda *_: done.append("up") or "Deployed")
    return done


def deployed(steps: list[str], monkeypatch: pytest.MonkeyPatch, as_deployed: bool, unchanged: bool) -> tuple[str, Any]:
    def read(*arguments: str) -> Any:
        steps.append(arguments[0])
        return arguments

    monkeypatch.setattr(last_deployment, "is_as_deployed", lambda *_: as_deployed)
    monkeypatch.setattr(tour, "_needs_no_change", lambda *_: steps.append("preview") or unchanged)
    session: Any = SimpleNamespace()
    return tour._deployed(session, "dev", Path("policy_pack"), read)


def test_an_unchanged_stack_is_read_during_the_preview(steps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert deployed(steps, monkeypatch, True, True) == ("Found nothing to change", [OUTPUTS, STATE])
    assert steps == ["output", "export", "preview"]


def test_a_changed_stack_is_read_again_after_its_deployment(steps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert deployed(steps, monkeypatch, True, False) == ("Deployed", [OUTPUTS, STATE])
    assert steps == ["output", "export", "preview", "up", "output", "export"]


def test_other_files_are_deployed_without_another_preview(steps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert deployed(steps, monkeypatch, False, True) == ("Deployed", [OUTPUTS, STATE])
    assert steps == ["up", "output", "export"]
