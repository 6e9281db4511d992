"""Spoiled files of the controller: each is read, or refused with one sentence."""

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from falaj.finops.controlling import budgets, invoice
from falaj.finops.controlling import settings as controlling_settings
from falaj.finops.errors import BadInput
from falaj.finops.prices import azure_price_sheet
from falaj.finops.showback import rate_file
from tests.thorough import many
from tests.unit.finops.controlling_files import controlling
from tests.unit.finops.price_sheets import CSP_COLUMNS, csp, sheet

INVOICE = {
    "provider": "AWS", "number": "1", "date": "2026-11-03", "month": "2026-10", "currency": "USD", "net": "1",
    "tax": "0", "total": "1", "lines": [{"service": "EC2", "net": "1"}],
}  # fmt: skip
BUDGETS = {"all": 5, "cost_centre": {"CC-7": {"2026-10": 5}}, "project": {"llm": 6}}
VALUES = st.one_of(
    st.sampled_from(["1e999999999", "-1e308", "nan", "inf", "", "NULL", "0x10", "1,5", "٣", "2026-13-45", "\x00"]),
    st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.floats(), st.text(max_size=8),
    st.lists(st.integers(), max_size=2), st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)  # fmt: skip
READERS: dict[str, tuple[Callable[[Path], object], dict[str, Any]]] = {
    "controlling": (controlling_settings.read, controlling()),
    "invoice": (invoice.read, INVOICE),
    "budgets": (budgets.read, BUDGETS),
}


def reads(reader: Callable[[Path], object], raw: bytes) -> bool:
    """Returns whether a file is read; it must be, or be refused with one sentence that names it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(raw)
        try:
            reader(path)
        except BadInput as error:
            sentence = str(error)
        else:
            return True
    assert sentence.startswith(str(path))
    assert "\n" not in sentence
    return False


def places(content: Any) -> list[list[Any]]:
    """Returns the path of every value in a nested structure."""
    items = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return [[key, *rest] for key, value in items for rest in ([], *places(value))]


@settings(max_examples=many(60), deadline=None)
@given(st.sampled_from(sorted(READERS)), st.data(), VALUES)
def test_a_spoiled_value(name: str, data: st.DataObject, value: Any) -> None:
    reader, content = READERS[name]
    assert reads(reader, json.dumps(content).encode())
    spoiled = json.loads(json.dumps(content))
    *path, last = data.draw(st.sampled_from(places(content)))
    target = spoiled
    for step in path:
        target = target[step]
    target[last] = value
    reads(reader, yaml.safe_dump(spoiled, allow_unicode=True).encode("utf-8", "replace"))


@settings(max_examples=many(40), deadline=None)
@given(st.sampled_from(sorted(READERS)), st.binary(max_size=60))
def test_any_bytes(name: str, raw: bytes) -> None:
    reads(READERS[name][0], raw)
    reads(rate_file.read, raw)
    reads(rate_file.read, b"date,aed_per_usd\n" + raw)
    reads(azure_price_sheet.read, raw)


@settings(max_examples=many(40), deadline=None)
@given(st.sampled_from(CSP_COLUMNS), st.text(max_size=12))
def test_a_spoiled_cell_of_a_price_sheet(column: str, value: str) -> None:
    with TemporaryDirectory() as folder, contextlib.suppress(UnicodeEncodeError):
        raw = sheet(Path(folder), CSP_COLUMNS, [csp("X", "Y", "1") | {column: value}]).read_bytes()
        reads(azure_price_sheet.read, raw)


@pytest.mark.parametrize("name", READERS)
def test_deep_nesting_and_impossible_dates(name: str) -> None:
    assert not reads(READERS[name][0], b"[" * 100_000)
    assert not reads(READERS[name][0], b"ledger: 2026-13-45")
