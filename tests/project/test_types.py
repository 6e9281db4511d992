"""Every Python module is checked for types, the components and the facts strictly."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pyright"]


def test_no_module_of_the_package_is_left_out() -> None:
    """Pyright does not follow links: an include of `falaj` alone leaves all of `falaj/components` unchecked."""
    tracked = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True)
    # Links are resolved to where git keeps their modules.
    checked = [(ROOT / name).resolve().relative_to(ROOT) for name in CONFIG["include"]]
    modules = [Path(line) for line in tracked.stdout.splitlines()]
    left_out = [path for path in modules if not any(path == folder or folder in path.parents for folder in checked)]
    assert {path.parts[0] for path in left_out} <= {"examples", "hatch_build.py"}


def test_an_untyped_function_of_a_component_is_an_error(tmp_path: Path) -> None:
    """The configuration's strict folders apply to the names by which pyright lists the modules."""
    for folder in CONFIG["strict"]:
        module = tmp_path / folder / "module.py"
        module.parent.mkdir(parents=True)
        module.write_text("def double(number): return number * 2\n")
    settings = {"include": CONFIG["strict"], "strict": CONFIG["strict"], "typeCheckingMode": CONFIG["typeCheckingMode"]}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [Path(sys.executable).with_name("pyright"), "--project", tmp_path, "--outputjson"]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    assert {"falaj/components", "falaj/facts"} == {
        str(Path(item["file"]).parent.relative_to(tmp_path)) for item in found["generalDiagnostics"]
    }
