"""`python -m falaj.pipelines STEP ARGUMENTS...` runs a step of a pipeline in the current folder, a Pulumi project.

Each step is the shell script of that name in this folder, and its head has the arguments and exit statuses. It runs
with this interpreter as `PYTHON` and this folder as `STEPS`.
"""

import os
import sys
from pathlib import Path

STEPS = Path(__file__).parent
SOURCED = ("accounts", "settings")
"""Scripts that steps source."""

EXIT_INVALID = 2


def main(arguments: list[str]) -> None:
    """Replaces this process by the step; exit status 2 if there is no such step."""
    names = sorted(file.stem for file in STEPS.glob("*.sh") if file.stem not in SOURCED)
    if not arguments or arguments[0] not in names:
        given = arguments[0] if arguments else "nothing"
        print(f"falaj.pipelines: no step {given!r}. Fix: give one of {', '.join(names)}", file=sys.stderr)
        sys.exit(EXIT_INVALID)
    name, *rest = arguments
    environment = os.environ | {"PYTHON": sys.executable, "STEPS": str(STEPS)}
    os.execvpe("sh", ["sh", str(STEPS / f"{name}.sh"), *rest], environment)  # noqa: S606 (an argument list)


if __name__ == "__main__":
    main(sys.argv[1:])
