"""Previews mutants of the stack files that `falaj check` calls good, with the real engine and the emulated clouds.

`python -m tests.engine.accepted_settings COUNT [SEED]` prints each that the engine does not plan. Exit status 1 if
there is one. A preview takes a few seconds.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from falaj.components.settings.config_references import in_config, resolve
from falaj.components.settings.stackfile import KEY, check
from falaj.facts.strict_yaml import load
from falaj.sandbox.toolchain import find_engine
from tests.engine.harness import ROOT, CommandResult, Project, new_project
from tests.exhaustive.built_settings import write_kubeconfigs
from tests.unit.settings.mutants import Mutant, mutant

SEED = 23


def accepted(seed: int) -> Iterator[Mutant]:
    """Yields the mutants of a seed that are platforms and called good. A tenant's stack needs one that is deployed."""
    number = 0
    with TemporaryDirectory() as folder:
        file = Path(folder) / "Pulumi.mutant.yaml"
        while True:
            made = mutant(seed, number)
            number += 1
            file.write_bytes(made.data)
            if not check(file).problems and KEY in (load(file).get("config") or {}):
                yield made


def previewed(project: Project, made: Mutant, stack: str) -> CommandResult:
    """Previews a mutant as a stack of a project."""
    file = project.session.paths.stack_file(stack)
    file.write_bytes(made.data)
    config = load(file)["config"]
    write_kubeconfigs(resolve(config[KEY], in_config(config)), project.folder)
    return project.run("preview", stack)


def main(arguments: list[str]) -> int:
    """Previews mutants until COUNT are done."""
    count, seed = int(arguments[0]), int(arguments[1]) if len(arguments) > 1 else SEED
    failed = 0
    with TemporaryDirectory(prefix="falaj-accepted-") as folder:
        project = new_project(Path(folder), find_engine(print), ROOT / "__main__.py")
        for number, made in zip(range(count), accepted(seed), strict=False):
            done = previewed(project, made, f"mutant{number}")
            is_wrong = done.status != 0 or "Traceback" in done.output
            failed += is_wrong
            last = "\n".join(done.output.splitlines()[-12:]) if is_wrong else ""
            print(
                f"{number}: {'failed' if is_wrong else 'planned'}: {made.base}: {made.change}\n{last}".strip(),
                flush=True,
            )
    print(f"{count - failed} of {count} planned")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
