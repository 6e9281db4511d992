"""Selects the policy pack of a command: the one that is given, that of the project, or that of Falaj."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

import falaj
from falaj.cli.common import EXIT_INVALID, HERE, CommandError, err, paths_of

PROJECT_PACK = Path("policy_pack")
"""Folder of a project's own policy pack, relative to the project."""

REVIEWS_FILE = "reviewed_programs.yaml"
"""Name of the settings file of a pack that lists programs that somebody has reviewed."""

BUNDLED_PACK = (Path(falaj.__file__).parent / "policy_pack").resolve()
"""Folder of the policy pack that comes with Falaj, in the checkout `policy_pack/`.

The engine does not follow a link to a pack: `virtualenv` of its `PulumiPolicy.yaml` would start from the link.
"""

PackOption = Annotated[bool, typer.Option("--pack/--no-pack", help="Evaluate the policy pack (default) or skip it.")]
PackFolderOption = Annotated[
    Path | None,
    typer.Option("--policy-pack", help="Folder of the policy pack; default: policy_pack/, else that of Falaj."),
]


def pack_of(project: Path) -> Path:
    """Returns the project's own policy pack, relative to the project; otherwise the bundled one."""
    return PROJECT_PACK if (project / PROJECT_PACK / "PulumiPolicy.yaml").is_file() else BUNDLED_PACK


def pack_folder(project: Path) -> Path:
    """Returns the policy pack of a project, whole. In a folder outside of projects: the pack that the folder is or has,
    otherwise the bundled one; standard error says which. Raises `CommandError` if the named folder is no project.
    """
    from falaj.sandbox.paths import ProjectNotFound, find_project
    from falaj.sandbox.project_file import PACK_FILE, InvalidProject

    if project == HERE:
        try:
            find_project(project)
        except ProjectNotFound:
            pack = Path() if Path(PACK_FILE).is_file() else pack_of(Path())
            origin = f"that of Falaj {falaj.__version__}" if pack == BUNDLED_PACK else str(pack.resolve())
            err.print(f"policy pack: {origin}; there is no Pulumi project here", style="dim", soft_wrap=True)
            return pack.resolve()
        except InvalidProject:
            pass  # told below
    folder = paths_of(project).project
    return folder / pack_of(folder)


def rules_folder(pack: Path) -> Path:
    """Returns the pack that holds the rules: itself, or the bundled one for settings only, as templates have them."""
    return pack if (pack / "guardrails").is_dir() else BUNDLED_PACK


def run_guardrails(pack: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the command line of a pack's rules with its settings, and returns its result."""
    rules = rules_folder(pack)
    options = () if rules == pack else ("--settings", str(pack.resolve()))
    command = [sys.executable, "-m", "guardrails", *options, *arguments]
    return subprocess.run(command, cwd=rules, check=False, capture_output=True, text=True)


def chosen_pack(project: Path, given: Path | None, evaluate: bool = True) -> Path | None:
    """Returns the policy pack of a command, and prints which one it is on standard error; None without `evaluate`.

    `given` is relative to the working directory. Raises `CommandError` for a folder that is no policy pack, for one
    whose environment cannot run it, and for `given` together with `--no-pack`.
    """
    if not evaluate:
        if given is not None:
            raise CommandError("--policy-pack and --no-pack exclude each other: give one of them", EXIT_INVALID)
        return None
    own = project / PROJECT_PACK
    if given is not None:
        folder, origin = given.resolve(), "--policy-pack"
    elif own.exists():
        folder, origin = own.resolve(), f"the project's {PROJECT_PACK}/"
    else:
        folder, origin = BUNDLED_PACK, f"that of Falaj {falaj.__version__}"
    note = _environment_note(folder)
    err.print(f"policy pack: {folder} ({origin}{note})", style="dim", highlight=False, soft_wrap=True)
    return folder


def _environment_note(folder: Path) -> str:
    """Returns what to say about the environment of a pack. Raises `CommandError` if the pack cannot run."""
    from falaj.sandbox.project_file import PACK_FILE, InvalidProject, read_pack
    from falaj.sandbox.python_environment import PACK_NEEDS, EnvironmentMissing, environment_of, plugin_interpreter

    if not (folder / PACK_FILE).is_file():
        what = f"{PACK_FILE} is missing" if folder.is_dir() else "there is no such folder"
        raise CommandError(
            f"{folder} is no policy pack: {what}; `falaj guardrails export FOLDER` makes a pack", EXIT_INVALID
        )
    try:
        pack = read_pack(folder / PACK_FILE)
        if pack.runtime != "python":
            return ""
        plugin_interpreter(folder, pack.options, PACK_NEEDS)
        environment = environment_of(folder, folder, pack.options)
    except (InvalidProject, EnvironmentMissing) as error:
        raise CommandError(f"the policy pack cannot run: {error}", EXIT_INVALID) from None
    if environment is None or environment.exists():
        return ""
    return f"; its environment {environment} does not exist, so it runs in that of Falaj"
