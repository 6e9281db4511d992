"""The emulated Azure and Kubernetes under the real engine: a cluster, what runs on it, and two refusals."""

from collections.abc import Iterator

import pytest

from falaj.sandbox.toolchain import Engine
from tests.engine.test_clouds import STACK, Program, program_in

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def deployed(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program, deployed once, destroyed to nothing at the end."""
    program = program_in(tmp_path_factory.mktemp("azure"), engine, "azure_program")
    planned = program.do("preview")
    assert planned.status == 0, planned.output
    made = program.do("up")
    assert made.status == 0, made.output
    yield program
    gone = program.do("destroy")
    assert gone.status == 0, gone.output
    assert program.inventory() == []


def test_it_stays_as_it_is(deployed: Program) -> None:
    for name in ("up", "refresh"):
        again = deployed.do(name, "--expect-no-changes")
        assert again.status == 0, again.output
    assert deployed.ids_in_state(STACK) == deployed.ids_in_clouds()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("machine", "The VM size of Standard_NC4as_T4_v3 is not allowed"),
        ("namespace", 'namespaces "missing" not found'),
    ],
)
def test_a_refusal_is_one_message_and_leaves_what_was(deployed: Program, change: str, words: str) -> None:
    before = deployed.ids_in_clouds()
    refused = deployed.do("up", CHANGE=change)
    assert refused.status != 0
    assert words in refused.output
    assert "Traceback" not in refused.output
    assert deployed.do("up").status == 0
    assert deployed.ids_in_clouds() == before


def test_secrets_are_in_clear_nowhere(deployed: Program) -> None:
    files = deployed.kept_files()
    assert {"inventory.db", f"{STACK}.json"} <= set(files)
    assert [name for name, content in files.items() if b"correct-horse" in content] == []
