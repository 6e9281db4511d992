"""Options of the cost commands that state a number, a day, a currency or a schedule, and what follows from them."""

import json
from collections.abc import Callable
from pathlib import Path

from falaj.cli.bill_options import rates_of
from falaj.cli.fx_options import exchange_of
from falaj.facts.prices import catalogue
from falaj.finops.document import document
from falaj.finops.estimate import estimate
from falaj.finops.money import Rates
from falaj.finops.plan import read as read_plan
from falaj.finops.timetable import cron_moments
from falaj.finops.usage import load as load_usage
from tests.unit.finops.input_contents import PLAN
from tests.unit.finops.spoiled_inputs import MONTH, check


def _options(text: str) -> dict[str, Callable[[], object]]:
    return {
        "--rate": lambda: _aed(rates_of({}, text, "0", confirm_rate=True)),
        "--rate with a day": lambda: _aed(rates_of({}, f"{text}@2026-11-24", "0", confirm_rate=True)),
        "day of --rate": lambda: _aed(rates_of({}, f"3.67@{text}", "0")),
        "--spread": lambda: _aed(rates_of({}, None, text, confirm_percent=True)),
        "--invoice": lambda: _aed(rates_of({}, None, "0", invoice=f"EUR={text}")),
        "currency of --invoice": lambda: _aed(rates_of({}, None, "0", invoice=f"{text}=0.92")),
        "currency.aed_per_usd": lambda: _aed(rates_of({"currency": {"aed_per_usd": text}}, None, "0")),
        "--rate of showback": lambda: exchange_of([f"{text}@2026-11-01"], None, confirmed=True).aed,
        "--invoice of showback": lambda: exchange_of(None, [f"EUR={text}"]).per_usd,
        "--fx": lambda: exchange_of(None, None, text),
        "--hedge": lambda: exchange_of(None, None, "hedged", Path("rates.csv"), f"3.67:{text}"),
        "schedule": lambda: cron_moments(f"0 7/{text} * * 1-5", "UTC"),
    }


OPTIONS = tuple(_options(""))


def _aed(rates: Rates) -> object:
    """Returns the bill at these rates."""
    return document(estimate(read_plan(json.dumps(PLAN)), load_usage(None), catalogue(), rates), MONTH)


def check_option(name: str, text: str) -> str:
    """Checks that an option refuses a text in one sentence, or gives plausible figures."""
    return check(_options(text)[name])
