"""The documents for machines have the fields of their formats, which consumers read by name.

A field that is renamed or removed needs another number in `format` (docs/upgrading.md); one that is added is a row of
`document_fields.csv`.
"""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from falaj.facts.prices import catalogue
from falaj.finops.document import document as estimate_document
from falaj.finops.experiment.document import document as experiment_document
from falaj.finops.figures import figures
from falaj.finops.gate import judge, read_ceilings
from falaj.finops.money import Rates
from falaj.finops.rightsize import exports
from falaj.finops.rightsize.advice import advise
from falaj.finops.rightsize.advice_report import advice_document
from falaj.finops.rightsize.choose import answer
from falaj.finops.rightsize.document import document as choice_document
from falaj.finops.rightsize.evidence import gather
from falaj.finops.rightsize.inventory import MachineInventory, Terms, with_inventory
from falaj.finops.rightsize.profile_file import parse
from falaj.finops.rightsize.sites import regions
from falaj.finops.showback.document import document as showback_document
from tests.unit.finops.exports import charge
from tests.unit.finops.measurements import rows
from tests.unit.finops.plans import AWS_NETWORK, plan, priced
from tests.unit.finops.reports import BUDGET, GPU, MONTH, SMALL, UNPRICED
from tests.unit.finops.test_experiment_verdict import FORTNIGHT, verdict
from tests.unit.finops.test_showback_report import made, of, whole
from tests.unit.finops.utilisation import dcgm, flat, office, prometheus

VIEWS = {"business_units", "cost_centres", "projects", "sites", "tenants"}
NAMED: dict[str, set[str]] = {
    "showback": {*VIEWS, "services", "rates", "outlooks", "outlooks.*.days", "effects"},
    "estimate": {
        *VIEWS,
        *("environments", "profiles", "price_kinds", "assumed", "assumed.*"),
        *("groups.business unit", "groups.site", "groups.tenant", "groups.workload profile"),
    },
    "experiment": set(),
    "advice": set(),
    "choice": set(),
}
"""Document -> paths whose keys are names that users give, or days."""

with (Path(__file__).parent / "document_fields.csv").open(newline="", encoding="utf-8") as file:
    FIELDS = {(row["document"], row["path"]): row["type"] for row in csv.DictReader(file)}


def fields(value: Any, named: set[str], path: str = "") -> Iterator[tuple[str, str]]:
    """Yields the path and the type of every value that holds no others."""
    if isinstance(value, dict):
        for key, item in value.items():
            name = "*" if path in named else key
            yield from fields(item, named, f"{path}.{name}" if path else name)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from fields(item, named, f"{path}[]")
    else:
        yield path, type(value).__name__


def showback() -> dict[str, Any]:
    days = [*whole(month=date(2026, 9, 1), number=61), *whole(number=20), *whole("lending", number=20)]
    days.append(charge(date(2026, 11, 5), **of("retail", EffectiveCost="500")))
    return showback_document(made(days, budgets={"all": Decimal(6000)}))


def estimate() -> dict[str, Any]:
    result, base = priced(plan(GPU, SMALL, AWS_NETWORK, UNPRICED, BUDGET)), figures(priced(plan(SMALL)))
    limits = read_ceilings("{aed_per_month: 20000, increase_percent: 10}", "limits")
    return estimate_document(result, MONTH, base, judge(result, limits, base))


def experiment() -> dict[str, Any]:
    return experiment_document(verdict(rows(FORTNIGHT, 2, cost=0.8)))


def advice() -> dict[str, Any]:
    text = prometheus(*dcgm("a", tensor=office(0.6), dram=office(0.6), fb=flat(20_000)))
    terms = Terms.model_validate({"machine": "g5.xlarge", "region": "me-central-1"})
    evidence = gather(exports.prometheus(text, "export"))
    inventory = MachineInventory(subjects={"*": terms})
    return advice_document(advise(with_inventory(evidence, inventory), catalogue()), Rates())


def choice() -> dict[str, Any]:
    profile = (
        "{kind: training, parameters_billion: 8, method: lora, context_tokens: 4096, samples: 20000, micro_batch: 1, "
        "gradient_checkpointing: true, deadline_hours: 24}"
    )
    return choice_document(answer(parse(profile), regions()[:1], catalogue()), Rates())


DOCUMENTS: dict[str, Callable[[], dict[str, Any]]] = {
    "showback": showback,
    "estimate": estimate,
    "experiment": experiment,
    "advice": advice,
    "choice": choice,
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_has_the_fields_of_its_format(name: str) -> None:
    found: dict[str, set[str]] = {}
    for path, kind in fields(DOCUMENTS[name](), NAMED[name]):
        found.setdefault(path, set()).add(kind)
    shown = {path: " ".join(sorted(kinds)) for path, kinds in found.items()}
    assert shown == {path: kind for (document, path), kind in FIELDS.items() if document == name}
