"""Tables of results and changes: cost thresholds, guardrails, resources and prices."""

from collections import Counter

from falaj.finops.figures import LineChange
from falaj.finops.report.bars import Bar, BarSegment
from falaj.finops.report.formatting import amount, counted, signed
from falaj.finops.report.guardrails import Tally
from falaj.finops.report.model import ChangeReport
from falaj.finops.report.tables import Table

MAX_CHANGES = 15
MAX_FINDINGS = 40
"""Maximum rows of changes and of guardrail findings; the JSON and the evidence have all."""


def rule_changes(report: ChangeReport) -> Table | None:
    """Returns how the change alters the rules that judge it, weaker ones first; None if it does not."""
    found = report.rule_changes
    if found is None:
        return None
    rows = tuple((one.effect, one.kind, one.where, one.before, one.after) for one in found.changes[:MAX_FINDINGS])
    note = f"The rules of {found.base} decide on this change. An owner of the rules must approve it."
    if (rest := len(found.changes) - MAX_FINDINGS) > 0:
        note += f" {counted(rest, 'change')} more in the JSON."
    columns = ("effect", "kind", "where", "before", "after")
    return Table("Changes of the rules", columns, rows, words=5, note=note, prose=(0, 1))


def gate(report: ChangeReport) -> Table:
    """Returns the results of all cost thresholds."""
    rows = tuple(
        ("passed" if verdict.passed else "refused", verdict.scope, verdict.sentence) for verdict in report.verdicts
    )
    return Table("Cost thresholds", ("result", "scope", "reason"), rows, words=3, prose=(0, 2))


def price_changes(report: ChangeReport) -> Table | None:
    """Returns lines whose cost changed, the largest changes first; None without a base."""
    if report.before is None:
        return None
    changes = report.before.differences
    unpriced = {(line.name, line.what) for line in report.unpriced}
    rows = tuple(_change(report, change, (change.name, change.what) in unpriced) for change in changes[:MAX_CHANGES])
    note = "AED a month, without VAT." if rows else "No cost changes."
    if len(changes) > MAX_CHANGES:
        note += f" {counted(len(changes) - MAX_CHANGES, 'smaller change')} more in the JSON."
    return Table("Cost changes", ("resource", "item", "before", "after", "difference"), rows, words=2, note=note)


def _change(report: ChangeReport, change: LineChange, unpriced: bool) -> tuple[str, ...]:
    before, after = ("-" if usd is None else amount(report.aed(usd)) for usd in (change.before, change.after))
    if unpriced:
        return change.name, change.what, before, "no price", "unknown"
    return change.name, change.what, before, after, signed(report.aed(change.usd))


def resource_changes(report: ChangeReport) -> Table | None:
    """Returns how many resources of each type are new, gone or changed; None if they were not compared."""
    changes = report.changes
    if changes is None:
        return None
    counts = {
        change: Counter(kind for kind, _ in resources)
        for change, resources in (("new", changes.new), ("gone", changes.gone), ("changed", changes.changed))
    }
    kinds = sorted({kind for counter in counts.values() for kind in counter})
    rows = tuple((kind, *(str(counts[change][kind] or "-") for change in ("new", "gone", "changed"))) for kind in kinds)
    note = f"{counted(changes.same, 'resource')} as before."
    return Table("Resource changes", ("type", "new", "gone", "changed"), rows, note=note)


def concerns(report: ChangeReport) -> Table | None:
    """Returns the results of guardrails by concern; None if no evidence was read."""
    guardrails = report.guardrails
    if guardrails is None:
        return None
    rows = tuple(
        (concern, *(str(number) for number in _counts(tally))) for concern, tally in guardrails.tallies.items()
    )
    bars = tuple(_result_bar(tally) for tally in guardrails.tallies.values())
    note = "Later: evaluated before creation, when the value is known."
    if guardrails.evidence:
        note += f" Evidence: {guardrails.evidence}, SHA-256 {guardrails.digest}."
    columns = ("concern", "guardrails", "evaluations", "passed", "later", "advice", "exempt", "refused")
    return Table("Guardrails", columns, rows, bars=bars, note=note)


def _counts(tally: Tally) -> tuple[int, ...]:
    return len(tally.rules), tally.judgements, tally.passed, tally.later, tally.advice, tally.exempt, tally.refused


def _result_bar(tally: Tally) -> Bar:
    segments: list[BarSegment] = []
    position = 0.0
    waiting = tally.later + tally.exempt
    for number, tone in ((tally.passed, "main"), (waiting, "range"), (tally.advice, "idle"), (tally.refused, "over")):
        length = number / tally.judgements * 100
        if length:
            segments.append(BarSegment(round(position, 2), round(length, 2), tone))
        position += length
    return Bar(tuple(segments), f"{tally.passed} of {tally.judgements} evaluations passed, {tally.refused} refused")


def findings(report: ChangeReport) -> Table | None:
    """Returns refusals, then advice and exemptions; None if there are none."""
    guardrails = report.guardrails
    if guardrails is None or not guardrails.findings:
        return None
    rows = tuple(
        (
            "refused" if finding.refuses else "exempt" if finding.verdict == "exempt" else "advice",
            finding.rule,
            finding.name,
            finding.says,
        )
        for finding in guardrails.findings[:MAX_FINDINGS]
    )
    rest = len(guardrails.findings) - MAX_FINDINGS
    note = f"{counted(rest, 'finding')} more in the evidence." if rest > 0 else ""
    return Table("Guardrail findings", ("result", "rule", "resource", "finding"), rows, words=4, note=note)
