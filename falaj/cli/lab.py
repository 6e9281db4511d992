"""`falaj lab`: a local Kubernetes control plane with simulated nodes, real Kueue and real Karpenter."""

import json as json_format
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from falaj.cli.common import (
    EXIT_FAILED,
    EXIT_UNAVAILABLE,
    HERE,
    CommandError,
    JsonOption,
    ProjectOption,
    err,
    out,
    paths_of,
)
from falaj.cli.progress import status

if TYPE_CHECKING:
    from falaj.sandbox.lab.cluster import Lab, LabStatus

app = typer.Typer(no_args_is_help=True, help="Run a local Kubernetes control plane with simulated nodes.")


@app.command()
def build() -> None:
    """Build the laboratory's binaries once (about half an hour on two cores)."""
    from falaj.sandbox.lab import definitions, programs, upstream_files

    try:
        definitions.ensure(programs.ensure(_log), upstream_files.ensure(_log), _log)
    except programs.ProgramsUnavailable as reason:
        raise CommandError(str(reason), EXIT_UNAVAILABLE) from None
    out.print("The laboratory's programs are built.")


@app.command()
def up(json: JsonOption = False, project: ProjectOption = HERE) -> None:
    """Start the laboratory and print the path of its kubeconfig. The first start builds its binaries."""
    from falaj.sandbox.lab.cluster import LabFailed
    from falaj.sandbox.lab.programs import ProgramsUnavailable

    lab = _lab(project)
    try:
        with status("Starting the laboratory"):
            state = lab.up(_log)
    except (LabFailed, ProgramsUnavailable) as reason:
        raise CommandError(str(reason), EXIT_UNAVAILABLE) from None
    _print(state, json)


@app.command()
def down(json: JsonOption = False, project: ProjectOption = HERE) -> None:
    """Stop the laboratory and delete its data."""
    from falaj.sandbox.lab.cluster import LabFailed

    lab = _lab(project)
    try:
        with status("Stopping the laboratory"):
            lab.down()
    except LabFailed as reason:
        raise CommandError(str(reason), EXIT_UNAVAILABLE) from None
    _print(lab.status(), json)


@app.command("status")
def show(json: JsonOption = False, project: ProjectOption = HERE) -> None:
    """Print the status of the laboratory. Ends with exit status 1 unless it is ready."""
    state = _lab(project).status()
    _print(state, json)
    if state.phase != "ready":
        raise typer.Exit(EXIT_FAILED)


def _log(sentence: str) -> None:
    err.print(sentence, style="dim", highlight=False, soft_wrap=True)


def _lab(project: Path) -> "Lab":
    from falaj.sandbox.lab.cluster import Lab

    return Lab(paths_of(project).lab)


def _print(state: "LabStatus", json: bool) -> None:
    if json:
        document = {
            "phase": state.phase,
            "kubeconfig": str(state.kubeconfig) if state.kubeconfig else None,
            "sentence": state.sentence,
            "programs": list(state.programs),
            "interceptor": state.interceptor,
        }
        out.print_json(json_format.dumps(document))
    elif state.kubeconfig:
        # On a separate line and not wrapped, so that a shell can read it.
        print(state.kubeconfig)
    else:
        out.print(f"The laboratory is {state.phase}. {state.sentence}".strip(), soft_wrap=True)
