"""An invalid cell of the price lists is rejected with file, line, column, value, allowed values and fix."""

from collections.abc import Iterator

import pytest

from falaj.facts import commitments, prices
from falaj.facts.commitments import Commitment
from falaj.facts.rows import BadRow, parsed


@pytest.fixture(autouse=True)
def own_rows() -> Iterator[None]:
    """Clears the caches, so that no test leaves its rows there."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    for cached in (prices._services, commitments._rows):
        cached.cache_clear()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("month,x,observed,a list,2026", "usd: 'x' is not allowed; allowed: USD, empty if the kind is missing"),
        ("month,1,seen,a list,2026", "kind: 'seen' is not allowed; allowed: observed, estimated, missing, "),
        (",1,observed,a list,2026", "unit: required value is missing; allowed: the unit of the price"),
        ("month,,observed,a list,2026", "usd: required value is missing; allowed: .*observed needs a figure"),
        ("month,-1,observed,a list,2026", "usd: '-1' is not allowed; allowed: .*zero or more"),
        ("month,1,observed,a list,2999", "usd: '1' is not allowed; allowed: .*in the future"),
    ],
)
def test_services(monkeypatch: pytest.MonkeyPatch, row: str, message: str) -> None:
    lines = ["region,service,sku,unit,usd,kind,source,date", f"me-central-1,kms,key,{row}"]
    monkeypatch.setattr(prices, "rows", lambda *of: parsed(lines, *of))
    with pytest.raises(BadRow, match=rf"^services\.csv, line 2 \(me-central-1 kms key\), {message}"):
        prices.service_rows()


def test_commitments(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = ["region", "name", *(f"{way}_usd" for way in Commitment), "source", "date"]
    lines = [",".join(columns), "me-central-1,m7g.large,a,,,,,,a list,2026"]
    monkeypatch.setattr(commitments, "rows", lambda *of: parsed(lines, *of))
    message = (
        r"^commitments\.csv, line 2 \(me-central-1 m7g\.large\), reserved_1y_usd: 'a' is not allowed; allowed: USD"
    )
    with pytest.raises(BadRow, match=message):
        commitments.commitment("me-central-1", "m7g.large", Commitment.RESERVED_1Y)
    assert commitments.commitment("me-central-1", "m7g.large", Commitment.RESERVED_3Y).usd_hour is None
