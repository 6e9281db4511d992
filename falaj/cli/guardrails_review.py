"""`falaj guardrails review`: the reviews of programs, which FJ-ESC-127 of the policy pack requires."""

import json as json_format
from pathlib import Path
from typing import Annotated, Any

import typer

from falaj.cli.common import EXIT_FAILED, EXIT_INVALID, HERE, CommandError, JsonOption, ProjectOption, out, paths_of
from falaj.cli.guardrails import newest_evidence_of, run_pack
from falaj.cli.pack import BUNDLED_PACK, REVIEWS_FILE, pack_folder


def review(
    evidence: Annotated[
        list[Path] | None, typer.Argument(help="Evidence files, of each stack one; default: the newest one.")
    ] = None,
    by: Annotated[
        str, typer.Option("--by", help="Who has read the programs; adds a review of each; default: add none.")
    ] = "",
    reason: Annotated[
        str, typer.Option("--reason", help="With --by: why they may run, in at least ten characters.")
    ] = "",
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove the reviews of the stacks of the evidence that no program has.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; 1 if a program of the evidence has no review.")
    ] = False,
    json: JsonOption = False,
    project: ProjectOption = HERE,
) -> None:
    """List the programs that a run found without a review, and add reviews of them to the project's policy pack."""
    if check and (by or reason or prune):
        raise CommandError("--check writes nothing: leave --by, --reason and --prune out", EXIT_INVALID)
    if bool(by) != bool(reason):
        raise CommandError("--by and --reason belong together: give both", EXIT_INVALID)
    pack = pack_folder(project)
    writes = bool(by) or prune
    if writes and pack.resolve() == BUNDLED_PACK and not _is_own(project):
        sentence = "the project has no policy pack of its own to write to: `falaj guardrails export policy_pack` first"
        raise CommandError(sentence, EXIT_INVALID)
    files = [file.resolve() for file in evidence or [newest_evidence_of(project)]]
    options = ("--by", by, "--reason", reason) if by else ()
    result = json_format.loads(run_pack(pack, "review", *map(str, files), *options, *(("--prune",) if prune else ())))
    if json:
        out.print_json(json_format.dumps(result))
    else:
        _show(result, pack / REVIEWS_FILE, writes)
    if check and result["unreviewed"]:
        raise typer.Exit(EXIT_FAILED)


def _is_own(project: Path) -> bool:
    """Returns whether the bundled pack is that of the project, which is a checkout of Falaj."""
    return paths_of(project).project.resolve() == BUNDLED_PACK.parent


def _show(result: dict[str, Any], file: Path, writes: bool) -> None:
    for kind in ("unreviewed", "unused"):
        for place in result[kind]:
            urn, _, path = place["where"].partition("#")
            name = f"{kind}: {urn.rpartition('::')[2]} {path}".rstrip()
            out.print(f"{name} ({place['digest'][:12]}, {urn})", highlight=False, soft_wrap=True)
    for where in result["unknown"]:
        out.print(f"not known before deployment: {where}", highlight=False, soft_wrap=True)
    if writes:
        out.print(f"{file}: {result['added']} added, {result['removed']} removed", highlight=False, soft_wrap=True)
    elif not any(result[kind] for kind in ("unreviewed", "unused", "unknown")):
        out.print("every program of the evidence has a review", highlight=False)
