"""Numbers of machines in the reasons of right-sizing."""

import pytest

from falaj.finops.rightsize.work import machine_count


@pytest.mark.parametrize(("machines", "text"), [(1, "1 machine"), (2, "2 machines"), (0, "0 machines")])
def test_a_number_of_machines_is_a_text(machines: int, text: str) -> None:
    assert machine_count(machines) == text
