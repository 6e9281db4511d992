"""Five hundred damaged traces of every form are read, or refused with one sentence; never a traceback."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.thorough import many
from tests.unit.simulation.spoiled_traces import check_is_read_or_refused, spoiled


@settings(max_examples=many(500), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trace=spoiled(), is_named=st.booleans(), is_month=st.booleans())
def test_a_trace_is_read_or_refused(trace: tuple[str, bytes], is_named: bool, is_month: bool) -> None:
    assert "\n" not in check_is_read_or_refused(*trace, is_named, is_month)
