"""The emulated Azure and Kubernetes on the real engine: a cluster, objects on it, and two errors."""

import pytest

from tests.engine.program import STACK, BringUp, Program

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def deployed(bring_up: BringUp) -> Program:
    """The deployed program, which the tests leave unchanged."""
    return bring_up("azure_program", pack=False)


def test_it_stays_as_it_is(deployed: Program) -> None:
    deployed.assert_stable()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("machine", "The VM size of Standard_NC4as_T4_v3 is not allowed"),
        ("namespace", 'namespaces "missing" not found'),
    ],
)
def test_a_refusal_is_one_message_and_leaves_what_was(deployed: Program, change: str, words: str) -> None:
    deployed.assert_refused(words, CHANGE=change)


def test_secrets_are_in_clear_nowhere(deployed: Program) -> None:
    files = deployed.sandbox_files()
    assert {"inventory.db", f"{STACK}.json"} <= set(files)
    assert [name for name, content in files.items() if b"correct-horse" in content] == []
