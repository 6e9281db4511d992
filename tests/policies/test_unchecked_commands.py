"""Messages about commands that verify nobody (FJ-ENC-425) show no password, and take no time to find."""

import pytest
from guardrails.encryption.transit.unchecked_commands import unchecked_command, unchecked_lists
from guardrails.readers.texts import Leaf

from tests.processor_time import within

from .attacks.reviewed_fifteenth_commands import MARKER, WITH_PASSWORDS, job
from .harness import Pack

PACK = Pack()


@pytest.mark.parametrize("command", WITH_PASSWORDS)
@pytest.mark.parametrize("as_list", [False, True])
def test_a_message_shows_no_password(command: str, *, as_list: bool) -> None:
    given = job(*command.split()) if as_list else job("sh", "-c", command)
    reports = [item for item in PACK.evaluate_resource(given) if "FJ-ENC-425" in item.text and item.mandatory]
    assert reports or (as_list and "'" in command)
    assert all(MARKER not in item.text for item in reports)


@pytest.mark.parametrize("unit", ["curl ", "curl -s ", "git -c ", "ssh -o ", "mysql --ssl ", "$(", "-H '", "# ",
                                  "curl -k http://localhost "])  # fmt: skip
def test_a_hostile_text_is_read_in_a_second(unit: str) -> None:
    with within(2):
        unchecked_command(f"ssl {unit * (20_000 // len(unit))}")


@pytest.mark.parametrize(("words", "is_found"), [
    (["curl", "-k", "https://x.team-b.svc"], True),
    (["grep", "curl", "-k", "/scripts/run.sh"], False),
    (["grep", "-r", "curl", "--insecure"], False),
])  # fmt: skip
def test_words_that_are_looked_for_are_no_command(words: list[str], *, is_found: bool) -> None:
    leaves = [Leaf(f"spec.command[{index}]", "command", word, False) for index, word in enumerate(words)]
    assert bool(list(unchecked_lists(leaves))) is is_found


@pytest.mark.parametrize("begin", ["", " ", "\n\t"])
def test_an_option_alone_is_read_wherever_its_line_begins(begin: str) -> None:
    assert unchecked_command(f"{begin}--skip-ssl -h db.team-b.svc") == unchecked_command("--skip-ssl -h db.team-b.svc")
    assert unchecked_command(f"{begin}--skip-ssl -h db.team-b.svc")
