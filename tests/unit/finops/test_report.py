"""The report as a comment, SARIF and JSON, and what it counts."""

import json
from decimal import Decimal
from typing import Any

from falaj.finops.document import document, read_figures
from falaj.finops.plan import UNKNOWN
from falaj.finops.report.changes import changes
from falaj.finops.report.data import data
from falaj.finops.report.formatting import amount, percent, rise, signed
from falaj.finops.report.guardrails import guardrails
from falaj.finops.report.markdown import MAX_CHARACTERS, failed, markdown, marker, placement
from falaj.finops.report.sarif import sarif
from tests.unit.finops.plans import plan, priced
from tests.unit.finops.reports import GPU, MONTH, SMALL, UGLY, UNPRICED, evidence, nothing, reported, rich

GOLDEN = """\
<!-- falaj verdict: prod -->

## prod: refused, AED 26,755.63 a month

- **cost thresholds**: 1 of 1 refused
  - stack: AED 26,755.63 a month without VAT, 6,755.63 above the ceiling of 20,000.00
- **expected**: AED 26,755.63 (USD 7,285.40) a month, without VAT
- **with VAT**: AED 28,093.41 (USD 7,649.67), VAT 5 %, recoverable
- **range**: AED 26,755.63 to 26,755.63 (USD 7,285.40 to 7,285.40): at minimum and at maximum
- **change**: AED +24,482.21 (USD +6,666.36), +1,077 % against the base's AED 2,273.42
- **change driven by**:
  - AED +26,755.63 (USD +7,285.40) uae-pool-gpu, machine Standard\\_NC40ads\\_H100\\_v5 on-demand: new, 1 node
  - AED -2,273.42 (USD -619.04) uae-pool-cpu, machine Standard\\_D16as\\_v5 on-demand: gone
- **exchange rate**: 1 USD is 3.6725 AED (official peg of the dirham to the US dollar since 1997, 2026-11-24).
- **prices**: 100.0 % observed; none is older than its limit
- **warnings**: none

**Cost thresholds**

| result | scope | reason |
| --- | --- | --- |
| refused | `stack` | AED 26,755.63 a month without VAT, 6,755.63 above the ceiling of 20,000.00 |

**Resource changes**

| type | new | gone | changed |
| --- | ---: | ---: | ---: |
| `azure-native:containerservice:AgentPool` | 1 | 1 | - |

0 resources as before.

**Cost changes**

| resource | item | before | after | difference |
| --- | --- | ---: | ---: | ---: |
| `uae-pool-gpu` | `machine Standard_NC40ads_H100_v5 on-demand` | - | 26,755.63 | +26,755.63 |
| `uae-pool-cpu` | `machine Standard_D16as_v5 on-demand` | 2,273.42 | - | -2,273.42 |

AED a month, without VAT.
"""


def test_the_exact_text_of_a_comment() -> None:
    small = (SMALL[0], SMALL[1], SMALL[2] | {"maxCount": 1})
    text = markdown(reported(GPU, before=(small,), limits="aed_per_month: 20000"))
    assert text.startswith(GOLDEN)
    assert "| with VAT | 28,093.41 | 7,649.67 |" in text
    assert "<details><summary>By site, tenant, workload profile and business unit</summary>" in text
    assert "| `bank` | 26,755.63 | 0.00 | 26,755.63 |" in text
    assert text.endswith("Override it with a usage file.\n\n</details>\n")


def test_the_results_of_guardrails_say_what_later_means_and_which_file_they_are_of() -> None:
    text = markdown(reported(GPU, verdicts=(evidence(),)))
    assert (
        "Later: evaluated before creation, when the value is known. Evidence: guardrails-1.jsonl, SHA-256 00ff."
    ) in text.replace("\\", "")


def test_a_plan_without_resources_has_a_comment() -> None:
    text = markdown(nothing())
    assert "passed, AED 0.00 a month" in text
    assert "**cost thresholds**: none is set, and no price is missing" in text


def test_what_has_no_price_is_named_and_the_total_is_a_least() -> None:
    text = markdown(reported(UNPRICED))
    assert "refused, at least AED 0.00 a month" in text
    assert "**Missing prices**" in text
    assert "| all pools at maximum | unknown | unknown |" in text
    assert "| - | no price | unknown |" in markdown(reported(UNPRICED, before=()))


def test_nothing_in_a_name_is_read_as_markdown_or_html() -> None:
    verdicts = (evidence("fail", urn=f"urn:pulumi:prod::p::t::{UGLY}", says=UGLY),)
    text = markdown(reported((GPU[0], UGLY, GPU[2]), (UNPRICED[0], UGLY, {}), verdicts=verdicts))
    outside = "".join(text.replace("\\|", "").split("`")[::2])
    assert "<script>" not in outside
    assert "@everybody" not in outside
    assert "\n# x" not in text
    rows = [line.replace("\\|", "") for line in text.splitlines() if line.startswith("| `<script>")]
    assert rows
    assert {line.count("|") for line in rows} <= {4, 5, 7}


def test_a_comment_fits_where_it_is_written() -> None:
    many = [evidence("fail", urn=f"urn:pulumi:prod::p::t::{'n' * 900}{number}", says="s" * 900) for number in range(90)]
    assert len(markdown(reported(GPU, verdicts=tuple(many)))) < MAX_CHARACTERS


def test_where_the_preview_failed_the_comment_says_why() -> None:
    text = failed("prod", "error: ~~~~ <b>boom</b>")
    assert text.startswith(marker("prod") + "\n")
    assert text.count("~~~~") == 2
    assert "error:  <b>boom</b>" in text


def test_the_existing_comment_is_updated() -> None:
    ours = marker("prod")
    comments: list[dict[str, Any]] = [
        {"id": 1, "body": "a word", "user": {"login": "reviewer"}},
        {"id": 2, "body": f"quoting:\n{ours}", "user": {"login": "bot"}},
        {"id": 3, "body": f"{ours}\r\nforged", "user": {"login": "stranger"}},
        {"id": 4, "body": f"{ours}\r\nfirst", "user": {"login": "bot"}},
        {"id": 5, "body": f"{ours}\nagain", "user": {"login": "bot"}},
        {"id": 6, "body": None, "user": None},
    ]
    assert placement(comments, "prod", "bot").update == "4"
    assert placement(comments, "prod", "bot").surplus == ("5",)
    assert placement(comments, "prod").update == "3"
    assert placement(comments, "dev").update is None
    assert marker("--><b>") == "<!-- falaj verdict: --b -->"


def test_sarif_has_what_is_wrong_with_the_cost() -> None:
    other = {"tool": {"driver": {"name": "another"}}, "results": []}
    result = json.loads(sarif(rich(), [other]))
    ours, theirs = result["runs"]
    assert result["version"] == "2.1.0"
    assert theirs == other
    assert {(item["ruleId"], item["level"]) for item in ours["results"]} == {
        ("price-missing", "error"),
        ("cost-ceiling", "error"),
        ("cost-increase", "error"),
        ("budget-exceeded", "warning"),
        ("cheaper", "note"),
    }
    rules = [rule["id"] for rule in ours["tool"]["driver"]["rules"]]
    assert all(rules[entry["ruleIndex"]] == entry["ruleId"] for entry in ours["results"])
    assert {element["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for element in ours["results"]} == {
        "Pulumi.prod.yaml"
    }
    assert json.loads(sarif(nothing()))["runs"][0]["results"] == []


def test_the_json_is_an_estimate_to_compare_with() -> None:
    text = data(rich(), document(priced(plan(GPU)), MONTH))
    result, figures = json.loads(text), read_figures(text, "report.json")
    assert figures is not None
    assert figures.usd == priced(plan(GPU)).usd.expected
    assert (result["passed"], result["resources"]["same"]) == (False, 1)
    assert result["guardrails"]["concerns"]["tags"]["refused"] == 1
    assert json.loads(data(nothing(), document(priced(plan()), MONTH)))["guardrails"] is None


def test_guardrails_are_counted_by_what_they_mean() -> None:
    result = rich().guardrails
    assert result is not None
    tags = result.tallies["tags"]
    assert (tags.judgements, tags.passed, tags.advice, tags.exempt, tags.refused) == (4, 1, 1, 1, 1)
    assert result.tallies["identity"].later == 1
    assert [item.verdict for item in result.findings if item.refuses] == ["fail"]
    assert not guardrails([evidence("exempt"), evidence("fail", level="advisory")]).refused
    assert not reported(GPU, verdicts=(evidence("fail"),)).passed
    assert reported(GPU, verdicts=(evidence(),)).passed


def test_what_only_the_engine_has_made_up_is_no_change() -> None:
    def role(name: str, **more: Any) -> tuple:
        return ("aws:iam/role:Role", "node", {"name": name, "list": [UNKNOWN, {"a": 1}]} | more)

    base = plan(role("node-0a1b2c3", rule="arn:role/node-0a1b2c3/x", contract="0" * 64))
    alike = plan(role("node-9f8e7d6", rule="arn:role/node-9f8e7d6/x", contract="1" * 64))
    assert changes(base, alike).changed == ()
    listed, renamed = (plan(role(name, list=[f"arn:role/{name}", 1])) for name in ("node-0a1b2c3", "node-9f8e7d6"))
    assert changes(listed, renamed).changed == ()
    assert changes(listed, plan(role("node-0a1b2c3", list=["arn:role/node-0a1b2c3", 2]))).changed
    assert changes(base, plan(role("edge-9f8e7d6", rule="arn:role/node-0a1b2c3/x", contract="0" * 64))).changed
    assert changes(plan(role("node", image="app:0a1b2c3")), plan(role("node", image="app:9f8e7d6"))).changed
    assert changes(plan(role("node", size=1)), plan(role("node", size=2))).changed == (("aws:iam/role:Role", "node"),)
    assert changes(plan(), base).new == changes(base, plan()).gone == (("aws:iam/role:Role", "node"),)


def test_figures_read_as_people_write_them() -> None:
    assert amount(Decimal("1234.565")) == "1,234.57"
    assert (signed(Decimal("-0.004")), signed(Decimal(5)), signed(Decimal(-1200))) == ("0.00", "+5.00", "-1,200.00")
    assert (percent(Decimal("9.54")), percent(Decimal("12.4")), percent(Decimal(5))) == ("9.5 %", "12 %", "5 %")
    assert (rise(Decimal(0), Decimal(5)), rise(Decimal(0), Decimal(0))) == ("new", "0 %")
    assert (rise(Decimal(100), Decimal(90)), rise(Decimal(100), Decimal(137))) == ("-10 %", "+37 %")
