"""Before and after by site, tenant, workload profile and business unit, computed by hand."""

import json
from decimal import Decimal

import pytest
from rich.console import Console

from falaj.finops.document import document, read_figures
from falaj.finops.errors import BadInput
from falaj.finops.figures import VIEWS, Figures, GroupTotal, figures, group_changes
from falaj.finops.plan import Plan
from falaj.finops.report import compared
from falaj.finops.report.markdown import markdown
from falaj.finops.report.model import ChangeReport, report
from falaj.finops.report.page import page
from falaj.finops.report.sections import tables_of_change
from falaj.finops.report.terminal import show
from tests.unit.finops.plans import TAGS, agent_pool, plan, priced
from tests.unit.finops.reports import GPU, MONTH, UNPRICED, reported

ONE = agent_pool("cpu", "Standard_D16as_v5", 1, 1)
"""730 h x 0.848 USD = 619.04 USD = 2,273.4244 AED; no tenant, retail, inference-gpu."""
TRAINING = agent_pool("train", "Standard_D16as_v5", 2, 2, tags=TAGS | {"tenant": "lab", "business-unit": "research"})
TRAINING[2]["nodeLabels"] = {"falaj/pool": "train", "falaj/profile": "training"}
"""Twice as much: 1,238.08 USD = 4,546.8488 AED; of the tenant lab, research, training."""

GOLDEN = """\
**Before and after by site, tenant, workload profile and business unit**

| name | grouping | before | after | change |
| --- | --- | ---: | ---: | ---: |
| `uae` | site | 2,273.42 | 31,302.48 | +29,029.06 |
| `bank` | tenant | - | 26,755.63 | +26,755.63 |
| `lab` | tenant | - | 4,546.85 | +4,546.85 |
| `(shared)` | tenant | 2,273.42 | 0.00 | -2,273.42 |
| `inference-gpu` | workload profile | 2,273.42 | 26,755.63 | +24,482.21 |
| `training` | workload profile | - | 4,546.85 | +4,546.85 |
| `retail` | business unit | 2,273.42 | 26,755.63 | +24,482.21 |
| `research` | business unit | - | 4,546.85 | +4,546.85 |
"""


def against(base: Figures, after: Plan, usage: str = "") -> ChangeReport:
    return report(priced(after, usage), MONTH, base)


def test_the_exact_text_of_a_comment() -> None:
    assert GOLDEN in markdown(reported(GPU, TRAINING, before=(ONE,)))


def test_a_comment_and_a_terminal_show_what_changed_only() -> None:
    result = reported(ONE, TRAINING, before=(ONE,))
    table = compared.changed_groups(result)
    assert table is not None
    assert {row[:2] for row in table.rows} == {
        ("uae", "site"),
        ("lab", "tenant"),
        ("training", "workload profile"),
        ("research", "business unit"),
    }
    full = compared.groups(result)
    assert full is not None
    assert len(full.rows) == len(full.bars) == 7
    assert ("retail", "business unit", "2,273.42", "2,273.42", "0.00") in full.rows
    out = Console(width=160, record=True)
    show(out, result, tables_of_change(result))
    text = out.export_text()
    assert "Before and after by site" in text
    assert "research" in text
    assert "retail" not in text.partition("Before and after by site")[2].partition("Cost by site")[0]


def test_of_many_the_greatest_changes_are_shown_and_the_rest_counted() -> None:
    several = [
        agent_pool(f"p{at:02}", "Standard_D16as_v5", at, at, tags=TAGS | {"tenant": f"t{at:02}"}) for at in range(1, 12)
    ]
    table = compared.changed_groups(reported(*several, before=()))
    assert table is not None
    assert [row[0] for row in table.rows if row[1] == "tenant"] == [f"t{at:02}" for at in range(11, 3, -1)]
    assert table.note.endswith("3 smaller changes more in the JSON.")


def test_without_changes_there_is_no_table() -> None:
    assert compared.changed_groups(reported(ONE, before=(ONE,))) is None
    assert "Before and after by" not in markdown(reported(ONE, before=(ONE,)))
    assert compared.groups(reported(ONE)) is compared.changed_groups(reported(ONE)) is None


def test_every_grouping_adds_up_to_the_whole() -> None:
    result = figures(priced(plan(ONE, GPU, TRAINING)))
    assert list(result.groups) == ["site", "tenant", "workload profile", "business unit"]
    assert set(result.groups) == {*VIEWS, "tenant"}
    for groups in result.groups.values():
        assert sum(group.usd for group in groups.values()) == result.usd


def test_a_group_with_a_missing_price_is_at_least() -> None:
    result = reported(ONE, UNPRICED, before=(ONE,))
    table = compared.changed_groups(result)
    assert table is not None
    assert ("(shared)", "tenant", "2,273.42", "at least 2,273.42", "0.00") in table.rows
    assert ("(none)", "site", "-", "at least 0.00", "0.00") in table.rows
    assert "Changes cover priced resources only." in table.note
    shared = figures(priced(plan(ONE, GPU, UNPRICED), "shared: {by: even}"))
    assert shared.groups["tenant"]["bank"].open


def test_the_document_states_no_cost_of_a_line_without_a_price() -> None:
    lines = document(priced(plan(ONE, UNPRICED)), MONTH)["lines"]
    assert {line["usd"] for line in lines if line["name"] == "db"} == {None}
    assert sum(Decimal(line["usd"]) for line in lines if line["name"] != "db") == Decimal("619.04")


def test_the_document_carries_the_groups_to_the_next_comparison() -> None:
    text = json.dumps(document(priced(plan(ONE, TRAINING)), MONTH))
    assert read_figures(text, "base") == figures(priced(plan(ONE, TRAINING)))
    again = document(priced(plan(ONE)), MONTH, read_figures(text, "base"))
    (lab,) = [item for item in again["before_and_after"] if item["name"] == "lab"]
    assert lab == {
        "by": "tenant",
        "name": "lab",
        "before": {"usd": "1238.080", "aed": "4546.85", "aed_with_vat": "4774.19", "open": False},
        "after": None,
        "change": {"usd": "-1238.080", "aed": "-4546.85", "aed_with_vat": "-4774.19"},
    }


def test_an_older_base_has_totals_only() -> None:
    old = document(priced(plan(ONE)), MONTH)
    del old["groups"]
    base = read_figures(json.dumps(old), "base")
    assert base is not None
    assert (base.usd, base.groups) == (Decimal("619.04"), {})
    result = against(base, plan(ONE, TRAINING))
    assert compared.changed_groups(result) is compared.groups(result) is None
    full = compared.compared(result)
    assert full is not None
    assert full.rows[1] == ("after", "6,820.27", "1,857.12", "7,161.29", "+200 %")
    assert full.rows[2] == ("change", "+4,546.85", "+1,238.08", "+4,774.19", "")
    assert "older report" in page(result)
    assert "Cost changes" in markdown(result)


@pytest.mark.parametrize("groups", [[], {"site": []}, {"site": {"uae": {"usd": "NaN", "open": False}}}, {"site": 1}])
def test_invalid_groups_are_rejected_in_one_sentence(groups: object) -> None:
    text = json.dumps(document(priced(plan(ONE)), MONTH) | {"groups": groups})
    with pytest.raises(BadInput, match="base: is not a complete estimate"):
        read_figures(text, "base")


def test_weights_that_name_a_new_tenant_do_not_fit_the_base() -> None:
    usage = "shared: {by: weights, weights: {bank: 2, lab: 1}}"
    base = figures(priced(plan(ONE, GPU), usage))
    assert "tenant" not in base.groups
    assert {one.by for one in group_changes(base, figures(priced(plan(ONE, GPU, TRAINING), usage)))} == set(VIEWS)
    assert "Before and after by" in page(against(base, plan(ONE, GPU, TRAINING), usage))


def test_a_bar_marks_what_it_was() -> None:
    (cpu, _) = group_changes(
        Figures(
            Decimal(4), {}, False, {"site": {"a": GroupTotal(Decimal(4), False), "b": GroupTotal(Decimal(1), False)}}
        ),
        Figures(
            Decimal(3), {}, False, {"site": {"a": GroupTotal(Decimal(2), False), "b": GroupTotal(Decimal(1), False)}}
        ),
    )
    assert (cpu.name, cpu.usd) == ("a", Decimal(-2))
    table = compared.groups(reported(ONE, TRAINING, before=(ONE,)))
    assert table is not None
    assert (table.bars[0].parts[0].length, table.bars[0].mark) == (100, 33.33)
