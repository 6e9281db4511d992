"""Costs before and after a change by site, tenant, workload profile and business unit, computed by hand."""

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
from falaj.finops.report.terminal import show
from tests.unit.finops.plans import TAGS, agent_pool, plan, priced
from tests.unit.finops.reports import GPU, MONTH, UNPRICED, reported

CPU = agent_pool("cpu", "Standard_D16as_v5", 1, 1)
"""730 h x 0.848 USD = 619.04 USD = 2,273.4244 AED; no tenant, business unit retail, profile inference-gpu."""
TRAINING = agent_pool("train", "Standard_D16as_v5", 2, 2, tags=TAGS | {"tenant": "lab", "business-unit": "research"})
TRAINING[2]["nodeLabels"] = {"falaj/pool": "train", "falaj/profile": "training"}
"""1,238.08 USD = 4,546.8488 AED; tenant lab, business unit research, profile training."""

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


def compare(base: Figures, after: Plan, usage: str = "") -> ChangeReport:
    return report(priced(after, usage), MONTH, base)


def test_the_markdown_comment_matches_exactly() -> None:
    assert GOLDEN in markdown(reported(GPU, TRAINING, before=(CPU,)))


def test_comment_and_terminal_show_only_changes() -> None:
    result = reported(CPU, TRAINING, before=(CPU,))
    table = compared.changed_groups(result)
    assert table is not None
    assert {row[:2] for row in table.rows} == {
        ("uae", "site"),
        ("lab", "tenant"),
        ("training", "workload profile"),
        ("research", "business unit"),
    }
    all_groups = compared.groups(result)
    assert all_groups is not None
    assert len(all_groups.rows) == len(all_groups.bars) == 7
    assert ("retail", "business unit", "2,273.42", "2,273.42", "0.00") in all_groups.rows
    console = Console(width=160, record=True)
    show(console, result)
    text = console.export_text()
    assert "Before and after by site" in text
    assert "research" in text
    assert "retail" not in text.partition("Before and after by site")[2].partition("Cost by site")[0]


def test_the_largest_changes_are_shown_and_the_rest_counted() -> None:
    pools = [
        agent_pool(f"p{n:02}", "Standard_D16as_v5", n, n, tags=TAGS | {"tenant": f"t{n:02}"}) for n in range(1, 12)
    ]
    table = compared.changed_groups(reported(*pools, before=()))
    assert table is not None
    assert [row[0] for row in table.rows if row[1] == "tenant"] == [f"t{n:02}" for n in range(11, 3, -1)]
    assert table.note.endswith("3 smaller changes more in the JSON.")


def test_without_changes_there_is_no_table() -> None:
    assert compared.changed_groups(reported(CPU, before=(CPU,))) is None
    assert "Before and after by" not in markdown(reported(CPU, before=(CPU,)))
    assert compared.groups(reported(CPU)) is compared.changed_groups(reported(CPU)) is None


def test_every_grouping_adds_up_to_the_total() -> None:
    result = figures(priced(plan(CPU, GPU, TRAINING)))
    assert list(result.groups) == ["site", "tenant", "workload profile", "business unit"]
    assert set(result.groups) == {*VIEWS, "tenant"}
    for groups in result.groups.values():
        assert sum(group.usd for group in groups.values()) == result.usd


def test_a_group_with_a_missing_price_is_shown_as_a_minimum() -> None:
    result = reported(CPU, UNPRICED, before=(CPU,))
    table = compared.changed_groups(result)
    assert table is not None
    assert ("(shared)", "tenant", "2,273.42", "at least 2,273.42", "0.00") in table.rows
    assert ("(none)", "site", "-", "at least 0.00", "0.00") in table.rows
    assert "Changes cover priced resources only." in table.note
    shared = figures(priced(plan(CPU, GPU, UNPRICED), "shared: {by: even}"))
    assert shared.groups["tenant"]["bank"].open


def test_the_document_includes_the_groups_for_the_next_comparison() -> None:
    text = json.dumps(document(priced(plan(CPU, TRAINING)), MONTH))
    assert read_figures(text, "base") == figures(priced(plan(CPU, TRAINING)))
    next_document = document(priced(plan(CPU)), MONTH, read_figures(text, "base"))
    (lab,) = [change for change in next_document["before_and_after"] if change["name"] == "lab"]
    assert lab == {
        "by": "tenant",
        "name": "lab",
        "before": {"usd": "1238.08000", "aed": "4546.85", "aed_with_vat": "4774.19", "open": False},
        "after": None,
        "change": {"usd": "-1238.08000", "aed": "-4546.85", "aed_with_vat": "-4774.19"},
    }


def test_a_base_of_an_older_version_has_only_totals() -> None:
    old_document = document(priced(plan(CPU)), MONTH)
    del old_document["groups"]
    base = read_figures(json.dumps(old_document), "base")
    assert base is not None
    assert (base.usd, base.groups) == (Decimal("619.04"), {})
    result = compare(base, plan(CPU, TRAINING))
    assert compared.changed_groups(result) is compared.groups(result) is None
    totals = compared.compared(result)
    assert totals is not None
    assert totals.rows[1] == ("after", "6,820.27", "1,857.12", "7,161.29", "+200 %")
    assert totals.rows[2] == ("change", "+4,546.85", "+1,238.08", "+4,774.19", "")
    assert "older report" in page(result)
    assert "Cost changes" in markdown(result)


@pytest.mark.parametrize("groups", [[], {"site": []}, {"site": {"uae": {"usd": "NaN", "open": False}}}, {"site": 1}])
def test_malformed_groups_are_refused(groups: object) -> None:
    text = json.dumps(document(priced(plan(CPU)), MONTH) | {"groups": groups})
    with pytest.raises(BadInput, match="base: is not a complete estimate"):
        read_figures(text, "base")


def test_tenants_are_not_compared_if_the_weights_do_not_fit_the_base() -> None:
    usage = "shared: {by: weights, weights: {bank: 2, lab: 1}}"
    base = figures(priced(plan(CPU, GPU), usage))
    assert "tenant" not in base.groups
    assert {change.by for change in group_changes(base, figures(priced(plan(CPU, GPU, TRAINING), usage)))} == set(VIEWS)
    assert "Before and after by" in page(compare(base, plan(CPU, GPU, TRAINING), usage))


def test_a_bar_marks_the_former_value() -> None:
    (change, _) = group_changes(
        Figures(
            Decimal(4), {}, False, {"site": {"a": GroupTotal(Decimal(4), False), "b": GroupTotal(Decimal(1), False)}}
        ),
        Figures(
            Decimal(3), {}, False, {"site": {"a": GroupTotal(Decimal(2), False), "b": GroupTotal(Decimal(1), False)}}
        ),
    )
    assert (change.name, change.usd) == ("a", Decimal(-2))
    table = compared.groups(reported(CPU, TRAINING, before=(CPU,)))
    assert table is not None
    assert (table.bars[0].parts[0].length, table.bars[0].mark) == (100, 33.33)
