"""`falaj tour`: the demonstration behind `./try`, from preview to deployed platform."""

import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from falaj.cli.common import (
    EXIT_FAILED,
    HERE,
    CommandError,
    ProjectOption,
    open_session,
    out,
    run_after_preview,
    run_operation,
)
from falaj.cli.pack import PackFolderOption, chosen_pack, pack_of
from falaj.cli.progress import status

if TYPE_CHECKING:
    from falaj.finops.estimate import Estimate
    from falaj.finops.gate import GateResult
    from falaj.sandbox.session import Session

Stack = Annotated[str, typer.Option("--stack", "-s", help="Name of the stack.")]


def tour(stack: Stack = "prod-uae", policy_pack: PackFolderOption = None, project: ProjectOption = HERE) -> None:
    """Preview a stack, evaluate the policy pack, deploy to the emulated clouds, and print a summary."""
    from falaj.sandbox import checkpoints

    started = time.time()
    session = open_session(project, stack, runs_program=True)
    pack = chosen_pack(session.paths.project, policy_pack)
    out.rule(f"Pulumi {session.engine.version} ({session.engine.how}) deploys {stack}, without a cloud account")
    done = "Found nothing to change" if _needs_no_change(session, stack, pack) else _deploy(session, stack, pack)
    out.rule(f"{done} in {time.time() - started:.0f} seconds")
    resources = checkpoints.resources(session.checkpoint(stack))
    _sites(_outputs(resources))
    _kinds(session)
    _verdicts(session, started)
    _bill(session, stack, resources, started)
    _next(session.paths.project, stack)


def _needs_no_change(session: "Session", stack: str, pack: Path | None) -> bool:
    """Previews a stack that was deployed from the same files, and returns whether it has no changes.

    An `up` is a preview and then an update, which would run the program, the clouds and the policy pack a second time.
    """
    from falaj.sandbox.last_deployment import is_as_deployed
    from falaj.sandbox.session import operation

    extra = ["--suppress-outputs", "--expect-no-changes"]
    return is_as_deployed(session, stack) and run_operation(
        session, *operation("preview", stack, pack=pack, extra=extra)
    )


def _deploy(session: "Session", stack: str, pack: Path | None) -> str:
    """Deploys a stack, and returns what was done. Raises `CommandError` if it fails."""
    from falaj.sandbox.deferred_checkpoints import defer_checkpoints_if_empty
    from falaj.sandbox.last_deployment import remember_deployment, sources

    deployed_from = sources(session, stack)
    with defer_checkpoints_if_empty(session) as deferred:
        if not run_after_preview(deferred, "up", stack, pack, ["--suppress-outputs"]):
            # Within the block: the engine may have been killed before it wrote the state.
            raise CommandError(f"the deployment of {stack} failed: see the errors above", EXIT_FAILED)
    remember_deployment(session, stack, deployed_from)
    return "Deployed"


def _outputs(resources: list[dict[str, Any]]) -> dict[str, Any]:
    """Returns the outputs in the state of a stack, without their secrets; none of a stack without resources."""
    outputs = next((each.get("outputs") for each in resources if each.get("type") == "pulumi:pulumi:Stack"), None)
    return _without_secrets(outputs or {})


def _without_secrets(value: Any) -> Any:
    from falaj.sandbox.checkpoints import SECRET, SIGNATURE_KEY

    if isinstance(value, list):
        return [_without_secrets(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get(SIGNATURE_KEY) == SECRET:
        return "[secret]"
    return {key: _without_secrets(item) for key, item in value.items()}


def _sites(outputs: dict[str, Any]) -> None:
    from rich.table import Column, Table

    for name, site in outputs.get("sites", {}).items():
        table = Table(
            Column(),
            Column(overflow="fold"),
            show_header=False,
            box=None,
            title=f"Site {name} in {site['region']}",
            title_justify="left",
        )
        table.add_row("cluster", site["clusterName"])
        table.add_row("API server", site["endpoint"])
        table.add_row("node pools", ", ".join(sorted(site["poolNames"])))
        table.add_row("vaults", "\n".join(site["vaultUris"][purpose] for purpose in sorted(site["vaultUris"])))
        out.print(table, "")


def _kinds(session: "Session") -> None:
    from rich.table import Column, Table

    from falaj.sandbox.clouds.inventory import Inventory

    with Inventory(session.paths.inventory).transaction() as ledger:
        counts = Counter(_service_and_kind(resource.type) for resource in ledger.all_items())
    services: dict[str, list[str]] = {}
    for (service, kind), count in sorted(counts.items()):
        services.setdefault(service, []).append(f"{count} {kind}")
    title = f"{counts.total()} resources in the emulated clouds, by service"
    table = Table(Column(), Column(overflow="fold"), show_header=False, box=None, title=title, title_justify="left")
    for service, kinds in services.items():
        table.add_row(service, ", ".join(kinds))
    out.print(table, "")


def _service_and_kind(kind: str) -> tuple[str, str]:
    """Splits a type token: `aws:s3/bucket:Bucket` -> `("aws s3", "Bucket")`."""
    cloud, module, name = kind.split(":")
    return f"{cloud.removesuffix('-native')} {module.split('/')[0]}", name


def _verdicts(session: "Session", since: float) -> None:
    from rich.table import Table

    from falaj.sandbox.evidence import tallies_since

    tallies = tallies_since(session.paths.evidence, since)
    table = Table("concern", "guardrails", "evaluations", "pass", "advice", "refused", title="Guardrails")
    for concern, tally in sorted(tallies.items()):
        table.add_row(
            concern,
            str(len(tally.rules)),
            str(tally.judgements),
            str(tally.passed),
            str(tally.advice),
            str(tally.refused),
        )
    out.print(table)


def _bill(session: "Session", stack: str, resources: list[dict[str, Any]], since: float) -> None:
    """Prints the estimated cost, and writes the report page in HTML."""
    from falaj.cli.bill_options import next_month
    from falaj.finops.report.files import write
    from falaj.finops.report.model import report
    from falaj.finops.report.page import page
    from falaj.finops.report.sections import tables_of_month
    from falaj.finops.report.terminal import show
    from falaj.sandbox.evidence import newest_evidence, read_evidence

    with status("Estimating the cost"):
        result, verdicts = _estimated(session, stack, resources)
    evidence = newest_evidence(session.paths.evidence, since)
    cost_report = report(
        result, next_month(), verdicts=verdicts, guardrails=None if evidence is None else read_evidence(evidence)
    )
    file = session.paths.sandbox / "report" / f"{stack}.html"
    file.parent.mkdir(mode=0o700, exist_ok=True)
    write(file, page(cost_report))
    out.rule(f"Estimated monthly cost of {stack}")
    show(out, cost_report, tables_of_month(cost_report))
    out.print(f"The full estimate with charts: {file.as_uri()}", highlight=False, soft_wrap=True)


def _estimated(
    session: "Session", stack: str, resources: list[dict[str, Any]]
) -> "tuple[Estimate, tuple[GateResult, ...]]":
    """Estimates the state of a stack with the rates and cost thresholds of its settings."""
    from falaj.cli.bill_options import KEY, ceilings_of, commitments_of, prices_of, rates_of, settings_of
    from falaj.finops.estimate import estimate
    from falaj.finops.gate import judge
    from falaj.finops.plan import from_state
    from falaj.finops.usage import load
    from falaj.sandbox.project_file import read_stack_file

    config = read_stack_file(session.paths.stack_file(stack))["config"]
    plan = replace(from_state(resources, stack), config={KEY: config.get(KEY)})
    settings = settings_of(plan)
    limits = ceilings_of(None, settings)
    rates = rates_of(settings, None, "0", False, None)
    result = estimate(plan, load(None), prices_of(None), rates, limits.price_age, commitments_of(settings))
    return result, judge(result, limits, allow_missing=True)


def _next(project: Path, stack: str) -> None:
    """Prints what to try next: commands of the project, and those of the checkout of Falaj if it is one."""
    preview = f"opens a shell for plain `pulumi preview --stack {stack} --policy-pack {pack_of(project)}`"
    rows = [
        ("falaj shell", preview),
        (f"edit Pulumi.{stack}.yaml", "delete a tag or use a p4d: the preview is refused"),
        ("falaj inventory --kinds", "count the resources in the emulated clouds"),
    ]
    if (project / "test").is_file():
        rows = [("./test", "run the tests"), *((row[0].replace("falaj ", ".venv/bin/falaj "), row[1]) for row in rows)]
        rows.append(("README.md", "how to deploy to real clouds"))
    width = max(len(command) for command, _ in rows)
    lines = "\n".join(f"  {command:<{width}}  {what}" for command, what in rows)
    out.print(f"\nNext:\n{lines}", highlight=False, soft_wrap=True)
