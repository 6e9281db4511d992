"""The summary that begins every form of the estimate, computed by hand, and the output for a pipe."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest

from falaj.cli.console import Output
from falaj.facts.prices import catalogue
from falaj.finops.document import document, read_figures
from falaj.finops.estimate import estimate
from falaj.finops.figures import Figures, Machines, add_machines, figures
from falaj.finops.gate import judge, read_ceilings
from falaj.finops.lines import fixed
from falaj.finops.money import Rates
from falaj.finops.plan import Plan
from falaj.finops.price_age import PriceAge
from falaj.finops.report.data import with_summary
from falaj.finops.report.markdown import escaped, markdown
from falaj.finops.report.model import ChangeReport, report
from falaj.finops.report.sections import every_table
from falaj.finops.report.summary import MAX_DRIVERS, Money
from falaj.finops.report.summary_rows import MAX_REFUSED, headline, rows
from falaj.finops.report.tables import totals
from falaj.finops.report.terminal import show
from falaj.finops.usage import parse
from tests.unit.finops.plans import AWS_NETWORK, TAGS, agent_pool, plan, preview, priced, step
from tests.unit.finops.reports import BUDGET, GPU, MONTH, SMALL, UNPRICED, evidence, nothing, reported, rich
from tests.unit.finops.test_price_age import NAT, SPOT
from tests.unit.finops.test_report_page import read
from tests.unit.finops.work_plans import deployment, pod, scaled_object

LONG = "a-node-pool-with-a-name-that-no-terminal-of-eighty-columns-can-show-on-one-line-with-its-figures"
POOL = agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1, tags=TAGS | {"tenant": "bank"})
ROOT = Path(__file__).parents[3]


def piped(folder: Path, **variables: str) -> str:
    """Returns what `falaj bill` writes to a pipe."""
    (folder / "plan.json").write_text(preview(step(POOL[0], LONG, POOL[2])))
    process = subprocess.run(
        [sys.executable, "-m", "falaj", "bill", "--stack", "prod", "--plan", str(folder / "plan.json")],
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    return process.stdout


def test_a_pipe_gets_whole_names_and_figures_whatever_the_width_of_the_terminal(tmp_path: Path) -> None:
    texts = {piped(tmp_path, COLUMNS=columns, TERM="xterm-256color") for columns in ("20", "80", "400")}
    assert len(texts) == 1
    (text,) = texts
    assert f"{LONG}, machine Standard_NC40ads_H100_v5 on-demand: 1 node" in text
    (row,) = [line for line in text.partition("Highest cost")[2].splitlines() if line.startswith(LONG)][:1]
    assert row.split("  ")[1] == "machine Standard_NC40ads_H100_v5 on-demand"
    assert row.count("26,755.63") == 3
    assert "…" not in text
    assert "\x1b" not in text


class Terminal(StringIO):
    """Says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def assistant(replicas: int) -> Plan:
    """Returns a plan in which each replica of a model needs a machine of its own, and a second model has one."""
    pool = agent_pool("gpu", "Standard_NC40ads_H100_v5", 0, 6)
    gpu_pod = pod("16", "96Gi", 1)
    scaling = (deployment("assistant", 1, gpu_pod), scaled_object("assistant", replicas, 4))
    return plan(AWS_NETWORK, pool, *scaling, deployment("intents", 1, gpu_pod))


def test_the_drivers_and_the_other_lines_add_up_to_the_month() -> None:
    """Lines of less than a cent are no drivers, and are in the amount of the others."""
    result = priced(assistant(4))
    line = result.lines[0]
    tiny = replace(
        line, price=replace(line.price, usd=Decimal("0.0049")), charge=replace(line.charge, quantity=fixed(1))
    )
    result = replace(result, lines=(*result.lines, *(replace(tiny, name=f"tiny-{number}") for number in range(40))))
    found = report(result, MONTH).summary
    named = sum((driver.money.usd for driver in found.drivers), found.others.usd)
    assert abs(named - found.expected.usd) <= Decimal("0.03")


def against(base: Figures) -> ChangeReport:
    result = priced(assistant(4))
    return report(result, MONTH, base, judge(result, read_ceilings("increase_aed: 50000", "limits"), base))


def items(summarised: ChangeReport, label: str) -> tuple[str, ...]:
    (found,) = [row.items for row in rows(summarised.summary) if row.label == label]
    return found


def text(summarised: ChangeReport, label: str) -> str:
    (found,) = [f"{row.figure} {row.text}" for row in rows(summarised.summary) if row.label == label]
    return found


def test_more_replicas_are_named_with_their_money_and_machines() -> None:
    """Two more machines: 2 x 730 h x USD 9.98 = 14,570.80, times 3.6725 = AED 53,511.263."""
    changed = against(figures(priced(assistant(2))))
    assert items(changed, "change driven by") == (
        "AED +53,511.26 (USD +14,570.80) uae-pool-gpu, machine Standard_NC40ads_H100_v5 on-demand: "
        "5 nodes instead of 3 for assistant (4)",
    )
    assert text(changed, "change") == ("AED +53,511.26 (USD +14,570.80), +67 % against the base's AED 80,266.89")
    assert items(changed, "cost thresholds")[0].startswith("increase: AED 80,266.89 a month rises by 53,511.26")
    assert not changed.passed


def test_the_document_carries_machines_and_their_work_to_the_next_comparison() -> None:
    written = json.dumps(document(priced(assistant(2)), MONTH))
    base = read_figures(written, "base")
    assert base is not None
    assert base == figures(priced(assistant(2)))
    assert against(base).summary == against(figures(priced(assistant(2)))).summary


def test_a_base_of_an_older_version_has_amounts_only() -> None:
    data = document(priced(assistant(2)), MONTH)
    for line in data["lines"]:
        line.pop("nodes", None)
    base = read_figures(json.dumps(data), "base")
    assert base is not None
    assert items(against(base), "change driven by") == (
        "AED +53,511.26 (USD +14,570.80) uae-pool-gpu, machine Standard_NC40ads_H100_v5 on-demand",
    )


def test_without_a_base_the_largest_costs_are_named_and_the_rest_is_counted() -> None:
    pools = [agent_pool(f"p{at}", "Standard_D16as_v5", at, at) for at in range(1, MAX_DRIVERS + 3)]
    found = items(reported(*pools), "driven by")
    assert len(found) == MAX_DRIVERS + 1
    assert found[0] == "AED 15,913.97 (USD 4,333.28) uae-pool-p7, machine Standard_D16as_v5 on-demand: 7 nodes"
    assert found[-1] == "AED 6,820.27 (USD 1,857.12) 2 other lines"  # 1 + 2 machines of 730 h x USD 0.848


def test_a_missing_price_opens_the_range() -> None:
    result = reported(GPU, UNPRICED, before=(GPU,))
    assert result.summary.maximum is None
    assert text(result, "expected").startswith("at least AED 26,755.63 (USD 7,285.40)")
    assert text(result, "range").startswith("AED 26,755.63 to unknown (USD 7,285.40 to unknown)")
    assert text(result, "change").endswith("; priced resources only")
    assert items(result, "change driven by") == ()
    assert "no price for 1 line" in items(result, "cost thresholds")[0]


def test_the_money_of_a_month() -> None:
    found = reported(GPU).summary
    assert found.expected == Money(Decimal("26755.63"), Decimal("7285.40"))
    assert found.with_vat == Money(Decimal("28093.41"), Decimal("7649.67"))
    assert (found.minimum, found.maximum) == (found.expected, found.expected)
    assert (found.passed, found.change, found.warnings) == (True, None, 0)
    ranging = reported(SMALL).summary  # 1.75 of one to four machines: 1,277.5 h x USD 0.848
    assert ranging.with_vat == Money(Decimal("4177.42"), Decimal("1137.49"))
    assert (ranging.minimum.usd, ranging.maximum and ranging.maximum.usd) == (Decimal("619.04"), Decimal("2476.16"))


def test_vat_and_the_exchange_rate_are_named() -> None:
    rates = Rates(reverse_charged=("azure",), aed_per_usd=Decimal("3.7"), source="hedged rate, bank")
    result = report(priced(plan(GPU), rates=rates), MONTH)
    assert text(result, "with VAT").endswith("VAT 5 %, recoverable; reverse charge: azure")
    assert text(result, "exchange rate").strip() == f"1 USD is 3.7 AED (hedged rate, bank, {rates.as_of})."
    assert ("of it accounted for by reverse charge", "1,347.80", "364.27") in totals(result).rows


def test_prices_are_summed_up_in_one_sentence() -> None:
    """The smaller machine is 3,978.49 of AED 30,734.12, and its price is of 2025-05-28."""
    expected = "100.0 % observed; 12.9 % is older than its limit (list 180 days), the oldest of 2025-05-28"
    assert text(reported(GPU, SMALL), "prices").strip() == expected
    assert text(reported(GPU), "prices").strip() == "100.0 % observed; none is older than its limit"
    assert text(nothing(), "prices").strip() == "none; none is older than its limit"


def test_the_oldest_price_of_all_kinds_is_named_with_the_limits_of_the_stack() -> None:
    """The spot price is of 2025-05-28; the NAT gateway's is of 2024."""
    age = PriceAge(spot_days=20, list_days=200)
    result = estimate(plan(SPOT, AWS_NETWORK, NAT), parse(""), catalogue(), Rates(), age)
    sentence = text(report(result, MONTH), "prices")
    assert sentence.endswith(" % is older than its limit (spot 20 days, list 200 days), the oldest of 2024")


def test_machines_of_lines_with_the_same_key_are_added() -> None:
    assert add_machines(Machines(Decimal(2), ("a (2)",)), Machines(Decimal(1))) == Machines(Decimal(3), ("a (2)",))


def test_guardrails_that_refuse_are_named_with_their_resource() -> None:
    findings = [evidence("fail", says=f"reason {at}") for at in range(MAX_REFUSED + 2)]
    result = reported(GPU, verdicts=(*findings, evidence("fail", level="advisory"), evidence()))
    assert text(result, "guardrails").strip() == "14 evaluations, 12 refused, 1 advice"
    assert items(result, "guardrails")[0] == "FJ-TAG-001 pool: reason 0"
    assert items(result, "guardrails")[-1] == "2 more in the tables"
    assert headline(result.summary) == "prod, December 2026: refused"


def test_a_ceiling_of_the_policy_pack_is_named_where_it_only_advises() -> None:
    """A month at 246 % of the pack's ceiling had "none is set" in its summary, and the sentence among the advice."""
    above = evidence("fail", rule="FJ-COST-004", says="AED 245 a month, above the ceiling of AED 100", level="advisory")
    other = evidence("fail", says="another advice", level="advisory")
    exempt = evidence("exempt", rule="FJ-COST-004", says="approved")
    result = reported(GPU, verdicts=(above, other, exempt))
    assert text(result, "cost thresholds").strip() == "none is set, and no price is missing; the policy pack advises"
    assert items(result, "cost thresholds") == ("AED 245 a month, above the ceiling of AED 100",)
    assert result.passed
    refusing = reported(GPU, verdicts=(evidence("fail", rule="FJ-COST-004", says="above"),))
    assert items(refusing, "cost thresholds") == ()


@pytest.mark.parametrize("made", [rich, nothing, lambda: reported(GPU, BUDGET, before=(SMALL,))])
def test_every_form_begins_with_the_same_rows(made: Callable[[], ChangeReport]) -> None:
    result = made()
    words = [word for row in rows(result.summary) for word in (row.label, row.figure, row.text, *row.items) if word]
    out = Output(file=StringIO())
    show(out, result, every_table(result))
    printed = out.file.getvalue()  # type: ignore[attr-defined]
    assert printed.startswith(headline(result.summary))
    forms = (printed.partition("\n\n")[0], " ".join(read(result).text).partition("Cost by site")[0])
    for form in forms:
        flat, at = " ".join(form.split()), 0
        for word in words:
            at = flat.index(" ".join(word.split()), at) + 1
    comment, at = markdown(result), 0
    for word in words:
        at = comment.index(escaped(word), at) + 1
    assert at < comment.index("**The month**")


def test_the_json_has_the_summary() -> None:
    result = against(figures(priced(assistant(2))))
    data = json.loads(json.dumps(with_summary(result, document(priced(assistant(4)), MONTH))))
    assert next(iter(data)) == "summary"
    found = data["summary"]
    assert found["change"]["by"] == {"aed": "53511.26", "usd": "14570.80"}
    assert found["drivers"][0]["why"] == "5 nodes instead of 3 for assistant (4)"
    assert (found["passed"], found["maximum"]["usd"], found["thresholds"]["count"]) == (False, "43712.40", 1)


def test_a_terminal_folds_lines_and_shortens_nothing() -> None:
    out = Output(file=Terminal(), width=80, color_system=None)
    show(out, result := reported((GPU[0], LONG, GPU[2])), every_table(result))
    printed = out.file.getvalue()  # type: ignore[attr-defined]
    assert max(map(len, printed.splitlines())) <= 80
    assert "…" not in printed
    assert "26,755.63" in printed.partition("Highest cost")[2]
    assert "pools.gpu.load 0.25" in printed.partition("Assumptions")[2]
