"""1,000 random and damaged files and 2,000 options: refused with one sentence, or plausible figures.

They are the same in every run, as are 200 others of each in the fast tests.
"""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.thorough import many
from tests.unit.finops.spoiled_inputs import JUNK, check_is_right_or_refused, inputs
from tests.unit.finops.spoiled_options import OPTIONS, check_option


@settings(max_examples=many(1000), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(file=inputs())
def test_a_file_is_read_right_or_refused(file: tuple[str, bytes]) -> None:
    check_is_right_or_refused(*file)


@settings(max_examples=many(2000), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(OPTIONS), JUNK)
def test_an_option_is_read_right_or_refused(name: str, junk: str) -> None:
    check_option(name, junk.strip('"'))
