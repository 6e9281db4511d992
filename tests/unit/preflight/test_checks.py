"""Checks run in parallel and in bounded time; what fails is a row; the exit status."""

import json
import threading
import time
from collections.abc import Iterator

import pytest

from falaj.preflight import tables
from falaj.preflight.checks import AccountCheck, run_checks
from falaj.preflight.reach import Network, reach_rows
from falaj.preflight.rows import NoAnswer, NotAllowed, PreflightRow, Verdict, exit_status

OK = PreflightRow(site="uae", subject="quota | vCPUs", found="8", needed="4")
REFUSED = PreflightRow(
    site="uae",
    subject="region",
    found="disabled",
    needed="enabled",
    verdict=Verdict.REFUSED,
    fix="enable it",
    setting="sites.uae.region",
    commands=("aws account enable-region --region-name me-central-1",),
)


def silent(done: int, total: int, finished: str) -> None:
    """Shows nothing."""


def check(run: object, subject: str = "quota") -> AccountCheck:
    return AccountCheck("uae", subject, run)  # type: ignore[arg-type]


def failing(error: Exception) -> AccountCheck:
    def run() -> Iterator[PreflightRow]:
        yield OK
        raise error

    return check(run)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (NotAllowed("GetServiceQuota"), "not allowed to ask"),
        (NoAnswer("timeout"), "did not answer: timeout"),
        (KeyError("Quota"), "did not answer: KeyError: 'Quota'"),
    ],
)
def test_a_check_that_fails_is_a_row_after_those_that_it_has(error: Exception, says: str) -> None:
    first, second = run_checks([failing(error)], 5, silent)
    assert first == OK
    assert (second.found, second.verdict, second.answered) == (says, Verdict.UNKNOWN, False)


def test_a_service_that_never_answers_does_not_hold_up_the_others() -> None:
    never = threading.Event()
    started = time.monotonic()
    rows = run_checks([check(never.wait, "slow"), check(lambda: [OK])], 2, silent)
    assert time.monotonic() - started < 30
    assert [row.found for row in rows] == ["did not answer within 2 s", "8"]
    never.set()


def test_checks_run_beside_each_other_and_their_order_stays() -> None:
    both = threading.Barrier(2, timeout=60)

    def meet(found: str) -> list[PreflightRow]:
        both.wait()
        return [PreflightRow(site="uae", subject="s", found=found)]

    rows = run_checks([check(lambda: meet("a")), check(lambda: meet("b"))], 10, silent)
    assert [row.found for row in rows] == ["a", "b"]


def test_progress_is_shown_before_the_first_answer() -> None:
    seen: list[tuple[int, int, str]] = []
    run_checks([check(lambda: [OK])], 5, lambda *step: seen.append(step))
    assert seen == [(0, 1, ""), (1, 1, "uae: quota")]


def test_the_exit_status() -> None:
    unanswered = check(lambda: []).unknown("not allowed to ask")
    assert exit_status([OK, unanswered]) == 0
    assert exit_status([OK, REFUSED, unanswered]) == 1
    assert exit_status([unanswered, unanswered]) == 3


def test_markdown_escapes_and_summarises() -> None:
    lines = tables.markdown([OK, REFUSED]).splitlines()
    assert lines[2] == "| uae | quota \\| vCPUs | 8 | 4 | ok |  |"
    assert lines[3].endswith("| will be refused | enable it; or set sites.uae.region |")
    assert lines[-1] == "1 will be refused, 1 ok"


def test_checks_without_an_answer_for_one_reason_are_one_line() -> None:
    rows = [check(lambda: [], subject).unknown("did not answer: no credentials") for subject in ("region", "quota")]
    lines = tables.markdown([*rows, OK]).splitlines()
    assert lines[2].startswith("| uae | region, quota | did not answer: no credentials |")
    assert lines[-1] == "2 unknown, 1 ok"


def test_commands_stand_below_their_reason_and_once() -> None:
    assert list(tables.commands([OK, REFUSED, REFUSED])) == [
        "# uae: region: disabled, needed: enabled",
        "aws account enable-region --region-name me-central-1",
    ]


def test_a_row_is_json() -> None:
    document = json.loads(json.dumps(REFUSED.document()))
    assert (document["verdict"], document["commands"]) == ("will be refused", [*REFUSED.commands])


def _refuse(host: str) -> list[str]:
    raise OSError("Name or service not known")


def _time_out(host: str, port: int) -> None:
    raise TimeoutError("timed out")


@pytest.mark.parametrize(
    ("network", "verdicts"),
    [
        (Network(lambda host: ["10.0.0.1"], lambda host, port: None), [Verdict.OK, Verdict.OK]),
        (Network(_refuse, lambda host, port: None), [Verdict.REFUSED]),
        (Network(lambda host: ["10.0.0.1"], _time_out), [Verdict.OK, Verdict.REFUSED]),
    ],
)
def test_reach_of_an_api_server(network: Network, verdicts: list[Verdict]) -> None:
    assert [
        row.verdict for row in reach_rows("uae", "https://abc.gr7.me-central-1.eks.amazonaws.com", network)
    ] == verdicts
