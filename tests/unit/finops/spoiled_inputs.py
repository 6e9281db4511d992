"""All readers of the cost commands apart from cost exports, and random values that spoil what they read."""

import csv
import io
import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from falaj.cli.bill_options import base_of, ceilings_of, prices_of, rates_of, settings_of, text_of
from falaj.facts.prices import Prices, catalogue
from falaj.finops.controlling import budgets, invoice
from falaj.finops.controlling import settings as controlling_settings
from falaj.finops.document import document
from falaj.finops.errors import BadInput
from falaj.finops.estimate import estimate
from falaj.finops.experiment import assumptions, reading, rules, trace, verdict
from falaj.finops.experiment import document as experiment_document
from falaj.finops.experiment.forecast import document as forecast_document
from falaj.finops.experiment.forecast import forecast_variants
from falaj.finops.gate import judge
from falaj.finops.money import Rates
from falaj.finops.plan import read as read_plan
from falaj.finops.prices import azure_price_sheet, azure_sheet_book
from falaj.finops.rightsize import document as rightsize_document
from falaj.finops.rightsize import exports, inventory, profile_file, sites
from falaj.finops.rightsize.advice import advise
from falaj.finops.rightsize.choose import answer
from falaj.finops.rightsize.evidence import gather
from falaj.finops.rightsize.lengths import of_trace
from falaj.finops.showback import rate_file, utilisation
from falaj.finops.usage import load as load_usage
from tests.processor_time import within
from tests.unit.finops.controlling_files import controlling
from tests.unit.finops.input_contents import (
    ASSUMPTIONS,
    BOOK,
    BUDGETS,
    CEILINGS,
    INVENTORY,
    INVOICE,
    OWN,
    PLAN,
    PROFILE,
    RULES,
    TRACE,
    USAGE,
)
from tests.unit.finops.measurements import rows as measured
from tests.unit.finops.price_sheets import csp
from tests.unit.finops.utilisation import cloudwatch, dcgm, flat, opencost, prometheus

MONTH = date(2026, 12, 1)
MAX_SECONDS = 6.0
"""Processor time within which every input is answered."""
PLACE = "the spoiled value stands here"
PROMETHEUS = prometheus(*dcgm("a", weeks=1, tensor=flat(0.1), fb=flat(5)))
POINTS = exports.prometheus(PROMETHEUS, "prometheus")


def _bill(
    plan: Path | None = None, usage: Path | None = None, limits: Path | None = None, book: Path | None = None
) -> object:
    """Returns what `falaj bill --json` prints."""
    prices: Prices = prices_of(book)
    planned = read_plan(json.dumps(PLAN) if plan is None else text_of(plan), str(plan))
    rates = rates_of(settings_of(planned), None, "0")
    result = estimate(planned, load_usage(usage), prices, rates)
    return document(result, MONTH, None, judge(result, ceilings_of(limits, settings_of(planned)), allow_missing=True))


def _replayed(trace_file: Path | None, assumed: Path | None, folder: Path) -> object:
    given = trace_file or _written(folder / "trace.csv", _table(TRACE))
    stated = assumed or _written(folder / "assumptions.yaml", json.dumps(ASSUMPTIONS))
    result = forecast_variants(trace.load(given), assumptions.load(stated), search=True)
    return forecast_document(result, Decimal("3.6725"))


def _judged(file: Path, stated: Path | None = None) -> object:
    result = verdict.judge(*reading.load(file, None if stated is None else rules.load(stated)))
    return experiment_document.document(result)


def _sized(file: Path, own: Path | None = None) -> object:
    candidates, prices = sites.regions(), catalogue()
    if own is not None:
        on_prem, prices = sites.own_sites(own, prices)
        candidates = (*candidates, *on_prem)
    return rightsize_document.document(answer(profile_file.load(file), candidates, prices), Rates())


def _advised(kind: str) -> Callable[[Path], object]:
    def use(file: Path) -> object:
        points = getattr(exports, kind)(text_of(file), str(file))
        return str(
            advise(inventory.with_inventory(gather(points), inventory.MachineInventory()), catalogue()).usd_month
        )

    return use


def _inventoried(file: Path) -> object:
    items = inventory.with_inventory(gather(POINTS), inventory.load(file))
    return str(advise(items, catalogue()).usd_month)


def _booked(file: Path) -> object:
    terms = azure_sheet_book.SheetTerms("EA 1", MONTH, Decimal(5), None)
    return azure_sheet_book.book_of(azure_price_sheet.read(file), terms).text


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    return path


def _table(records: Iterable[dict[str, Any]]) -> str:
    records = list(records)
    opened = io.StringIO()
    writer = csv.DictWriter(opened, list(records[0]))
    writer.writeheader()
    writer.writerows(records)
    return opened.getvalue()


@dataclass(frozen=True)
class Reader:
    """A reader, valid content for it, and what a command computes from that content."""

    content: Any
    use: Callable[[Path], object]
    table: bool = False
    """Whether the content is written as CSV; otherwise as JSON, which is YAML too."""

    def text(self, content: Any) -> str:
        """Returns the text of a file with this content."""
        return _table(content) if self.table else json.dumps(content)


READERS: dict[str, Reader] = {
    "plan": Reader(PLAN, lambda path: _bill(plan=path)),
    "usage": Reader(USAGE, lambda path: _bill(usage=path)),
    "ceilings": Reader(CEILINGS, lambda path: _bill(limits=path)),
    "price book": Reader(BOOK, lambda path: _bill(book=path)),
    "estimate": Reader(_bill(), lambda path: base_of(path, load_usage(None), catalogue(), Rates())),
    "price sheet": Reader(
        [csp("Virtual Machines NCads H100 v5 Series", "NC40ads H100 v5", "7")], _booked, table=True
    ),
    "rate file": Reader([{"date": "2026-11-24", "aed_per_usd": "3.6725"}], rate_file.read, table=True),
    "utilisation": Reader([{"site": "uae", "busy": "0.5"}], utilisation.load, table=True),
    "controlling": Reader(controlling(), controlling_settings.read),
    "invoice": Reader(INVOICE, invoice.read),
    "budgets": Reader(BUDGETS, budgets.read),
    "rules": Reader(RULES, lambda path: _judged(_written(path.with_name("m.csv"), _table(measured(24 * 8))), path)),
    "measurements": Reader(measured(24 * 8), _judged, table=True),
    "measurements in JSON": Reader({"rules": RULES, "windows": measured(24 * 8)}, _judged),
    "assumptions": Reader(ASSUMPTIONS, lambda path: _replayed(None, path, path.parent)),
    "trace": Reader(TRACE, lambda path: _replayed(path, None, path.parent), table=True),
    "trace of lengths": Reader(TRACE, lambda path: of_trace(path, 4096), table=True),
    "profile": Reader(PROFILE, _sized),
    "on-premises machines": Reader(
        OWN, lambda path: _sized(_written(path.with_name("p.yaml"), json.dumps(PROFILE)), path)
    ),
    "inventory": Reader(INVENTORY, _inventoried),
    "Prometheus": Reader(json.loads(PROMETHEUS), _advised("prometheus")),
    "OpenCost": Reader(
        json.loads(opencost("a", weeks=1, cpuCost=1, cpuCoreRequestAverage=2, cpuCoreUsageAverage=1)),
        _advised("opencost"),
    ),
    "CloudWatch": Reader(json.loads(cloudwatch("i", weeks=1, CPUUtilization=flat(5))), _advised("cloudwatch")),
}  # fmt: skip


RAW = (
    "1e30", "1e308", "1e400", "1e999999", "1e-999999", '"1e30"', '"1e999999"', '"1e999999999"', '"1e-999999"', '"nan"',
    '"-inf"', '"sNaN"', "NaN", "Infinity", "-Infinity", ".nan", ".inf", "-1", "-0", "0", '"-1e-9"', "9" * 5000,
    "1" + "0" * 400, "0x" + "f" * 5000, "0." + "1" * 5000, "1:60:60", "2026-13-45", "0001-01-01", "9999-12-31",
    "2026-02-30T10:00:00Z", '"\\u0000"', '"\\ud800"', '"1\\n2"', '"٣"', '"1_000"', '" 5 "', "[]", "{}", "null", "true",
    '""', "[[1]]", '{"a": {"b": 1}}', "[" * 20_000, "[" * 5_000 + "]" * 5_000, '{"a":' * 5_000 + "1" + "}" * 5_000,
    "[" * 100_000 + "]" * 100_000, "*x", "&x [*x]", "!!python/name:os.system x", "{1: 2}", "? [a] : 1", "x: y: z",
    "false", "yes", '"\\u200b"', '"\\u202e5"', '"\u2066a"', '"2126-11-30"', '"1926-11-30"',
)  # fmt: skip
"""Text that stands in the place of a value, in JSON or YAML."""

JUNK = st.one_of(
    st.sampled_from(RAW),
    st.integers(-(10**40), 10**40).map(str),
    st.floats().map(str),
    st.text(max_size=8).map(json.dumps),
)


def places(content: Any) -> list[tuple[Any, ...]]:
    """Returns the path of every value in a nested structure."""
    items = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return [(key, *rest) for key, value in items for rest in ((), *places(value))]


def spoiled(name: str, path: tuple[Any, ...], junk: str) -> bytes:
    """Returns the content of a reader with junk in the place of one value."""
    reader = READERS[name]
    content = json.loads(json.dumps(reader.content))
    target = content
    for part in path[:-1]:
        target = target[part]
    if reader.table and len(path) == 1:
        path, target = (next(iter(target[path[0]])),), target[path[0]]
    target[path[-1]] = junk.strip('"') if reader.table else PLACE
    return reader.text(content).replace(json.dumps(PLACE), junk).encode("utf-8", "surrogatepass")


DAMAGES: dict[str, Callable[[bytes, int], bytes]] = {
    "cut": lambda data, at: data[:at],
    "byte": lambda data, at: data[:at] + b"\xff" + data[at + 1 :],
    "nul": lambda data, at: data[:at] + b"\x00" + data[at:],
    "quote": lambda data, at: data[:at] + b'"' + data[at:],
    "digits": lambda data, at: data[:at] + b"9" * 400 + data[at:],
    "cr": lambda data, _: data.replace(b"\r\n", b"\r").replace(b",", b",\r"),
    "bom": lambda data, _: b"\xef\xbb\xbf" + data,
    "nested": lambda data, at: data[:at] + b"[" * 20_000 + data[at:],
}


@st.composite
def inputs(draw: Callable[[Any], Any], names: tuple[str, ...] = tuple(READERS)) -> tuple[str, bytes]:
    """Draws the name of a reader and a file for it: with a spoiled value, or damaged, or both."""
    name = draw(st.sampled_from(names))
    data = READERS[name].text(READERS[name].content).encode()
    if draw(st.integers(0, 4)):
        data = spoiled(name, draw(st.sampled_from(places(READERS[name].content))), draw(JUNK))
    if draw(st.integers(0, 3)) == 0:
        at = int(draw(st.floats(0, 1, exclude_max=True)) * len(data))
        data = DAMAGES[draw(st.sampled_from(sorted(DAMAGES)))](data, at)
    return name, data


def check_is_right_or_refused(name: str, data: bytes) -> str:
    """Checks that a reader refuses a file in one sentence, or gives plausible figures. Returns the sentence, or ``."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(data)
        return check(lambda: READERS[name].use(path))


def check(use: Callable[[], object]) -> str:
    """Checks what a reader does: a sentence, which is returned, or plausible figures, both in a short time."""
    with within(MAX_SECONDS):
        sentence = ""
        try:
            _check_figures(use())
        except BadInput as error:
            sentence = str(error)
            assert sentence
            assert "\n" not in sentence
            assert len(sentence) < 3000
    return sentence


_MONEY = ("usd", "aed", "min", "expected", "max", "total", "aed_with_vat")


def _check_figures(value: object, key: str = "") -> None:
    """Checks that figures are finite, and that money is not negative."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name != "change":
                _check_figures(item, str(name))
    elif isinstance(value, list | tuple):
        for item in value:
            _check_figures(item, key)
    elif isinstance(value, float | int | Decimal):
        assert math.isfinite(value), key
        assert value >= 0 or not key.startswith(("usd", "aed")), key
    elif isinstance(value, str):
        amount = Decimal(value) if key in _MONEY else Decimal(0)
        assert amount.is_finite(), key
        assert amount >= 0, key
