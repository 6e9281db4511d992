"""Tables of results and changes: cost thresholds, guardrails, resources and prices."""

from collections import Counter

from falaj.finops.figures import LineChange
from falaj.finops.report.bars import Bar, BarSegment
from falaj.finops.report.formatting import amount, counted, signed
from falaj.finops.report.guardrails import Tally
from falaj.finops.report.model import ChangeReport
from falaj.finops.report.tables import Table

MOST_CHANGES = 15
MOST_FINDINGS = 40
"""Rows shown of what changes and of what guardrails found; JSON and evidence have all."""


def gate(report: ChangeReport) -> Table:
    """Results of all cost thresholds."""
    rows = tuple(("passed" if one.passed else "refused", one.scope, one.sentence) for one in report.verdicts)
    note = "" if rows else "No cost threshold is set and no price is missing."
    return Table("Cost thresholds", ("result", "scope", "reason"), rows, words=3, note=note)


def price_changes(report: ChangeReport) -> Table | None:
    """What costs another amount than before, the greatest change first; None without a base."""
    if report.before is None:
        return None
    result = report.before.differences
    unpriced = {(line.name, line.what) for line in report.unpriced}
    rows = tuple(_change(report, one, (one.name, one.what) in unpriced) for one in result[:MOST_CHANGES])
    note = "AED a month, without VAT." if rows else "No cost changes."
    if len(result) > MOST_CHANGES:
        note += f" {counted(len(result) - MOST_CHANGES, 'smaller change')} more in the JSON."
    return Table("Cost changes", ("resource", "item", "before", "after", "difference"), rows, words=2, note=note)


def _change(report: ChangeReport, one: LineChange, unpriced: bool) -> tuple[str, ...]:
    before, after = ("-" if usd is None else amount(report.aed(usd)) for usd in (one.before, one.after))
    if unpriced:
        return one.name, one.what, before, "no price", "unknown"
    return one.name, one.what, before, after, signed(report.aed(one.usd))


def resource_changes(report: ChangeReport) -> Table | None:
    """How many resources of each type are new, gone or changed; None where nobody has looked."""
    changes = report.changes
    if changes is None:
        return None
    counts = {
        word: Counter(kind for kind, _ in result)
        for word, result in (("new", changes.new), ("gone", changes.gone), ("changed", changes.changed))
    }
    kinds = sorted({kind for counter in counts.values() for kind in counter})
    rows = tuple((kind, *(str(counts[word][kind] or "-") for word in ("new", "gone", "changed"))) for kind in kinds)
    note = f"{counted(changes.same, 'resource')} as before."
    return Table("Resource changes", ("type", "new", "gone", "changed"), rows, note=note)


def concerns(report: ChangeReport) -> Table | None:
    """What the guardrails said, by concern; None where none has spoken."""
    result = report.guardrails
    if result is None:
        return None
    rows = tuple(
        (
            concern,
            *(str(number) for number in _counts(one)),
        )
        for concern, one in result.tallies.items()
    )
    bars = tuple(_judged(one) for one in result.tallies.values())
    note = "Later: evaluated before creation, when the value is known."
    if result.evidence:
        note += f" Evidence: {result.evidence}, SHA-256 {result.digest}."
    columns = ("concern", "guardrails", "evaluations", "passed", "later", "advice", "exempt", "refused")
    return Table("Guardrails", columns, rows, bars=bars, note=note)


def _counts(one: Tally) -> tuple[int, ...]:
    return len(one.rules), one.judgements, one.passed, one.later, one.advice, one.exempt, one.refused


def _judged(one: Tally) -> Bar:
    parts: list[BarSegment] = []
    done = 0.0
    waiting = one.later + one.exempt
    for number, tone in ((one.passed, "main"), (waiting, "range"), (one.advice, "idle"), (one.refused, "over")):
        length = number / one.judgements * 100
        if length:
            parts.append(BarSegment(round(done, 2), round(length, 2), tone))
        done += length
    return Bar(tuple(parts), f"{one.passed} of {one.judgements} evaluations passed, {one.refused} refused")


def findings(report: ChangeReport) -> Table | None:
    """Refusals, then advice and exemptions; None where there are none."""
    result = report.guardrails
    if result is None or not result.findings:
        return None
    rows = tuple(
        ("refused" if one.refuses else "exempt" if one.verdict == "exempt" else "advice", one.rule, one.name, one.says)
        for one in result.findings[:MOST_FINDINGS]
    )
    rest = len(result.findings) - MOST_FINDINGS
    note = f"{counted(rest, 'finding')} more in the evidence." if rest > 0 else ""
    return Table("Guardrail findings", ("result", "rule", "resource", "finding"), rows, words=4, note=note)
