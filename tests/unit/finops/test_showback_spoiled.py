"""Random and damaged exports are read right, or refused with one sentence; `tests/exhaustive` tries more of them."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings

from tests.thorough import many
from tests.unit.finops.spoiled_exports import check_is_right_or_refused, files


@settings(max_examples=many(200), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(file=files())
def test_an_export_is_read_right_or_refused(file: tuple[str, bytes]) -> None:
    with TemporaryDirectory() as folder:
        check_is_right_or_refused(Path(folder), *file)
