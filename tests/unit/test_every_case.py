"""A test of many small cases names all that fail, whatever they fail by."""

import pytest

from tests.every_case import check_every


def check(case: int) -> None:
    if case == 1:
        pytest.fail("one")
    if case == 2:
        pytest.skip("two")
    assert case != 3


def test_all_cases_that_fail_are_named() -> None:
    with pytest.raises(pytest.fail.Exception) as failure:
        check_every([1, 2, 3, 4], check)
    assert [line.partition(":")[0] for line in str(failure.value).splitlines()][:4] == [
        "3 of 4 cases fail",
        "1",
        "2",
        "3",
    ]


def test_no_case_is_a_failure() -> None:
    with pytest.raises(pytest.fail.Exception, match="0 of 0 cases"):
        check_every([], check)
    check_every([4], check)
