"""`falaj verdict`: cost and guardrail report of a pull request."""

import json as json_format
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from falaj.cli.bill_options import commitments_of, next_month, prices_of, settings_of, text_of
from falaj.cli.common import (
    EXIT_FAILED,
    EXIT_INVALID,
    EXIT_OK,
    EXIT_UNAVAILABLE,
    HERE,
    CommandError,
    JsonOption,
    ProjectOption,
    StackOption,
    err,
    open_session,
    out,
    paths_of,
    require_writable,
)
from falaj.cli.cost_command import cost_command
from falaj.cli.estimate_options import EstimateOptions, check_options, estimated
from falaj.cli.pack import PackFolderOption, PackOption, chosen_pack
from falaj.cli.progress import status
from falaj.cli.rules import Ref, judged_by_both, own_verdict, packs_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from falaj.finops.estimate import Estimate
    from falaj.finops.figures import Figures
    from falaj.finops.gate import Ceilings, GateResult
    from falaj.finops.plan import Plan
    from falaj.finops.report.model import ChangeReport
    from falaj.finops.report.rule_changes import RuleChanges
    from falaj.sandbox.previews import PolicyPreview

RulesOption = Annotated[
    str | None,
    typer.Option("--rules", help="Commit whose policy pack evaluates the change; default: that of --base."),
]
OutOption = Annotated[Path, typer.Option("--out", "-o", help="Output folder for report.md, .html, .json and .sarif.")]
AgainstOption = Annotated[
    str | None,
    typer.Option(
        "--base",
        help="Baseline of the comparison: a commit such as origin/main, a plan, or a report.json; default: none.",
    ),
]


@dataclass(frozen=True)
class _Base:
    """The baseline. `text` is a plan or an estimate, None if there is none; `broken` is why it cannot be previewed."""

    location: str
    text: str | None = None
    broken: str = ""


@cost_command
def verdict(
    stack: StackOption,
    options: EstimateOptions,
    base: AgainstOption = None,
    rules: RulesOption = None,
    folder: OutOption = Path("report"),
    pack: PackOption = True,
    policy_pack: PackFolderOption = None,
    json: JsonOption = False,
    project: ProjectOption = HERE,
) -> None:
    """Report what a change deploys, costs and violates, before it is deployed.

    Previews the stack, estimates its cost, evaluates the policy pack and the cost thresholds, and writes the report. No
    cloud account or network is needed. If the change alters the policy pack, that of the base decides. Ends with exit
    status 1 if a guardrail or a cost threshold fails.
    """
    from falaj.finops.estimate import estimate
    from falaj.finops.gate import judge
    from falaj.finops.plan import read
    from falaj.finops.usage import load

    require_writable(folder, "--out")
    with status("Reading the price list"):
        expected_use, prices = load(options.usage), prices_of(options.price_book)
        check_options(options)
    preview, baseline, rule_changes = _plans(project, stack, (base, rules), folder, (pack, policy_pack))
    with ThreadPoolExecutor(max_workers=1) as background:
        sarif_runs = background.submit(_sarif_runs, preview, project)  # another process, beside the estimate
        planned = read(preview.text)
        result, limits = estimated(planned, expected_use, prices, options)
    figures, old_plan = _figures(
        baseline,
        lambda plan: estimate(plan, expected_use, prices, result.rates, commitments=commitments_of(settings_of(plan))),
    )
    verdicts = judge(result, limits, figures, allow_missing=options.allow_missing)
    verdicts = (*verdicts, *own_verdict(preview), *_not_comparable(baseline, limits))
    warnings = _warnings(baseline, old_plan, settings_of(planned), preview)
    result = replace(result, warnings=(*result.warnings, *warnings))
    change_report = _change_report(result, figures, verdicts, planned, old_plan, preview)
    change_report = replace(change_report, rule_changes=rule_changes)
    _write(change_report, result, figures, folder, sarif_runs.result())
    _print(change_report, folder, json)
    raise typer.Exit(EXIT_OK if change_report.passed else EXIT_FAILED)


def _plans(
    project: Path, stack: str, refs: tuple[str | None, str | None], folder: Path, pack: tuple[bool, Path | None]
) -> "tuple[PolicyPreview, _Base | None, RuleChanges | None]":
    """Previews the stack and computes its baseline, in parallel; `refs` name the baseline and the rules that judge.

    `pack` says whether to evaluate a policy pack, and names its folder if it was given. Raises `CommandError` if the
    preview fails.
    """
    from falaj.finops.report.files import write_failed
    from falaj.sandbox.previews import PreviewFailed, preview_with_policies

    base = Ref(refs[0], _commit(project, refs[0], "--base"))
    rules = Ref(refs[1], _commit(project, refs[1], "--rules")) if refs[1] else base
    session = open_session(project, stack, runs_program=True)
    own = chosen_pack(session.paths.project, pack[1], pack[0])
    judges = packs_of(session.paths.project, stack, base, rules, own if pack[1] else None)
    with (
        status(f"Previewing {stack} and evaluating the policy pack" if own else f"Previewing {stack}"),
        judges as packs,
        ThreadPoolExecutor(max_workers=1) as background,
    ):
        baseline = background.submit(_baseline, project, stack, base.name, base.commit)
        try:
            preview = preview_with_policies(session, stack, own and packs.judge, own and packs.own)
        except PreviewFailed as error:
            write_failed(folder, stack, str(error))
            hint = f"`falaj preview --stack {stack}` and {folder / 'report.md'} show why"
            raise CommandError(f"the preview of {stack} failed; {hint}", EXIT_FAILED) from None
        return preview, baseline.result(), judged_by_both(packs.changes, preview, stack)


def _commit(project: Path, name: str | None, option: str) -> str | None:
    """Returns the commit that an option names; None if it names a JSON file or is not given."""
    from falaj.sandbox.previews import CommitNotFound, commit_of

    if name is None or Path(name).suffix == ".json":
        return None
    try:
        return commit_of(project, name)
    except CommitNotFound as error:
        raise CommandError(f"{option}: {error}", EXIT_INVALID) from None


def _baseline(project: Path, stack: str, base: str | None, commit: str | None) -> _Base | None:
    """Returns the baseline: from a file, or from a preview at a commit. Raises `BadInput`, `CommandError`."""
    from falaj.sandbox.previews import CommitNotFound, PreviewFailed, preview_at
    from falaj.sandbox.session import EngineFailed
    from falaj.sandbox.toolchain import EngineNotFound

    if base is None:
        return None
    if commit is None:
        return _Base(base, text_of(Path(base)))
    try:
        return _Base(base, preview_at(paths_of(project), stack, commit, _log))
    except (CommitNotFound, EngineNotFound, EngineFailed) as error:
        raise CommandError(f"--base: {error}", EXIT_UNAVAILABLE) from None
    except PreviewFailed as error:
        lines = str(error).strip().splitlines() or ["the engine printed no message"]
        return _Base(base, broken=lines[-1][:200])


def _log(sentence: str) -> None:
    err.print(sentence, style="dim", highlight=False, soft_wrap=True)


def _figures(baseline: _Base | None, priced: "Callable[[Plan], Estimate]") -> "tuple[Figures | None, Plan | None]":
    """Returns the cost figures of the baseline, and its plan if the baseline is a plan. `priced` estimates a plan."""
    from falaj.finops.document import read_figures
    from falaj.finops.figures import figures
    from falaj.finops.plan import Plan, read

    if baseline is None or baseline.broken:
        return None, None
    if baseline.text is None:
        old_plan = Plan("", ())
    else:
        result = read_figures(baseline.text, baseline.location)
        if result is not None:
            return result, None
        old_plan = read(baseline.text, baseline.location)
    return figures(priced(old_plan)), old_plan


def _not_comparable(baseline: _Base | None, limits: "Ceilings") -> "tuple[GateResult, ...]":
    """Returns a failed result if an increase is limited but the baseline could not be previewed."""
    from falaj.finops.gate import GateResult

    limited = limits.increase_aed is not None or limits.increase_percent is not None
    if baseline is None or not baseline.broken or not limited:
        return ()
    reason = f"cannot be judged: the preview of {baseline.location} failed ({baseline.broken})"
    return (GateResult("increase", False, reason),)


def _warnings(
    baseline: _Base | None, old_plan: "Plan | None", settings: dict[str, Any], preview: "PolicyPreview"
) -> tuple[str, ...]:
    """Returns the warnings that a reviewer needs to interpret the report."""
    result: list[str] = []
    if baseline is not None and baseline.broken:
        result.append(f"not compared with {baseline.location}, whose preview failed ({baseline.broken})")
    elif baseline is not None and baseline.text is None:
        result.append(f"{baseline.location} has no such stack: all resources are new")
    elif old_plan is not None and old_plan.config and settings_of(old_plan).get("ceilings") != settings.get("ceilings"):
        result.append("this change sets other cost thresholds than the base: the new ones are evaluated")
    if preview.refused:
        result.append("the policy pack stopped the preview at its first violation: there may be more")
    return tuple(result)


def _change_report(
    result: "Estimate",
    base: "Figures | None",
    verdicts: "tuple[GateResult, ...]",
    plan: "Plan",
    old_plan: "Plan | None",
    preview: "PolicyPreview",
) -> "ChangeReport":
    """Builds the report of a change, with a failed verdict if the policy pack stopped the preview."""
    from falaj.finops.gate import GateResult
    from falaj.finops.report.changes import changes
    from falaj.finops.report.model import report
    from falaj.sandbox.evidence import read_evidence

    evidence = None if preview.evidence is None else read_evidence(preview.evidence)
    if preview.refused and not (evidence and evidence.refused):
        # The engine was stopped, whatever the evidence file contains.
        verdicts = (
            *verdicts,
            GateResult("policy pack", False, "it failed or stopped the preview; run `falaj preview` to see why"),
        )
    return report(result, next_month(), base, verdicts, None if old_plan is None else changes(old_plan, plan), evidence)


def _write(
    change_report: "ChangeReport",
    result: "Estimate",
    base: "Figures | None",
    folder: Path,
    sarif_runs: list[dict[str, Any]],
) -> None:
    """Writes all formats."""
    from falaj.finops.document import document
    from falaj.finops.report.files import write_all

    write_all(folder, change_report, document(result, next_month(), base, change_report.verdicts), sarif_runs)


def _print(change_report: "ChangeReport", folder: Path, json: bool) -> None:
    """Prints the tables, or the JSON file of the report."""
    from falaj.finops.report import sections, terminal
    from falaj.finops.report.files import NAMES

    if json:
        out.file.write((folder / "report.json").read_text(encoding="utf-8"))
        return
    terminal.show(out, change_report, sections.tables_of_change(change_report))
    out.print(f"{folder}: {', '.join(NAMES)}", highlight=False, soft_wrap=True)


def _sarif_runs(preview: "PolicyPreview", project: Path) -> list[dict[str, Any]]:
    """Returns the SARIF runs of the evidence file of a preview; none without a policy pack."""
    from falaj.cli import guardrails

    if preview.evidence is None:
        return []
    with tempfile.TemporaryDirectory(prefix="falaj-") as folder:
        file = Path(folder) / "guardrails.sarif"
        guardrails.report([preview.evidence], "sarif", file, project)
        return json_format.loads(file.read_text(encoding="utf-8"))["runs"]
