"""`falaj guardrails cloud-policies`: what AWS Organizations and Azure Policy can enforce of the policy pack."""

import json as json_format
from pathlib import Path
from typing import Annotated

import typer

from falaj.cli.bill_options import text_of
from falaj.cli.common import (
    EXIT_FAILED,
    EXIT_INVALID,
    HERE,
    CommandError,
    JsonOption,
    ProjectOption,
    err,
    out,
)
from falaj.cli.pack import pack_folder
from falaj.cli.progress import status
from falaj.cli.rules import rules_of


def cloud_policies(
    folder: Annotated[Path, typer.Argument(help="Folder of the documents.")],
    check: Annotated[
        bool, typer.Option("--check", help="Compare the documents of the folder with the settings; 1 if they differ.")
    ] = False,
    json: JsonOption = False,
    project: ProjectOption = HERE,
) -> None:
    """Write SCPs, an RCP and Azure Policy assignments that refuse what the pack refuses, or show how they differ."""
    from falaj.rights.organisation_policies import PackSettings, differences, files, left_out

    pack = pack_folder(project)
    with status("Running the policy pack"):
        rules = rules_of(pack)
    if not rules.levels:
        raise CommandError("the policy pack lists no rule: run `falaj guardrails` to see why", EXIT_INVALID)
    settings = PackSettings(
        mandatory=frozenset(rule for rule, level in rules.levels.items() if level == "mandatory"),
        global_services=tuple((rules.settings.get("residency") or {}).get("global_services") or ()),
        trusted=tuple((rules.settings.get("identity") or {}).get("trusted") or ()),
    )
    expected, skipped = files(settings), left_out(settings)
    for sentence in skipped:
        err.print(f"left out: {sentence}", style="yellow", highlight=False, soft_wrap=True)
    drifted = differences(expected, _documents(folder)) if check else []
    if not check:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in expected.items():
            (folder / name).write_text(text, encoding="utf-8")
    if json:
        result = {"folder": str(folder), "documents": list(expected), "left_out": skipped, "differences": drifted}
        out.file.write(json_format.dumps(result, indent=1) + "\n")
    else:
        same = "the documents say what the settings of the pack say" if check else ", ".join(expected)
        for sentence in drifted or [f"{folder}: {same}"]:
            out.print(sentence, highlight=False, soft_wrap=True, markup=False)
    if drifted:
        raise typer.Exit(EXIT_FAILED)


def _documents(folder: Path) -> dict[str, str]:
    """Reads the documents that are in the folder. Raises `CommandError` if there is none, or one cannot be read."""
    from falaj.finops.errors import BadInput
    from falaj.rights.organisation_policies import NAMES

    if not folder.is_dir():
        raise CommandError(f"no folder {str(folder)!r}: run the command without --check first", EXIT_INVALID)
    try:
        return {file.name: text_of(file) for name in NAMES for file in folder.glob(name)}
    except BadInput as error:
        raise CommandError(str(error), EXIT_INVALID) from None
