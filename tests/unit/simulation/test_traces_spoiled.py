"""Traces that are damaged anyhow are read, or refused with one sentence; never a traceback. `tests/exhaustive` tries
more of them.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from falaj.simulation.traces import SPOT_FORMS, WORK_FORMS
from tests.thorough import many
from tests.unit.simulation.spoiled_traces import TRACES, check_is_read_or_refused, spoiled


@settings(max_examples=many(60), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(trace=spoiled(), is_named=st.booleans(), is_month=st.booleans())
def test_a_trace_is_read_or_refused(trace: tuple[str, bytes], is_named: bool, is_month: bool) -> None:
    assert "\n" not in check_is_read_or_refused(*trace, is_named, is_month)


def test_every_form_has_a_trace() -> None:
    assert set(TRACES) == {*WORK_FORMS, *SPOT_FORMS}


@pytest.mark.parametrize("is_named", [False, True])
@pytest.mark.parametrize("form", TRACES)
def test_a_trace_that_is_right_is_read(form: str, is_named: bool) -> None:
    assert check_is_read_or_refused(form, TRACES[form], is_named, is_named) == ""
