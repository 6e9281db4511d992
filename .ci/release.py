"""Steps of .github/workflows/release.yml: `check TAG`, `notes TAG`, `sbom PYTHON FILE`.

`check` refuses a tag that is not the version of the package and of its policy pack, or that CHANGELOG.md does not date.
`notes` prints the section of the changelog. `sbom` lists what is installed beside an interpreter, as CycloneDX.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
VERSIONS = {
    "falaj/__init__.py": r'^__version__ = "(.+)"$',
    "policy_pack/PulumiPolicy.yaml": r"^version: (.+)$",
}
"""File -> pattern of the version that it states."""


def check(tag: str) -> None:
    """Ends the program with a sentence for each place that states another version than the tag."""
    version = tag.removeprefix("v")
    wrong = [] if re.fullmatch(r"v\d+\.\d+\.\d+((a|b|rc)\d+)?", tag) else [f"tag {tag!r} is not such as v0.2.0"]
    for file, pattern in VERSIONS.items():
        stated = re.findall(pattern, (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
        wrong += [] if stated == [version] else [f"{file} states {', '.join(stated) or 'no version'}, not {version}"]
    if not _section(version):
        wrong.append(f"CHANGELOG.md has no section `## [{version}] - <date>` with entries")
    if wrong:
        sys.exit("\n".join(f"release: {sentence}" for sentence in wrong))


def notes(tag: str) -> None:
    """Prints what the changelog says of the version."""
    print(_section(tag.removeprefix("v")))


def sbom(python: str, file: str) -> None:
    """Writes the packages of an environment that has the release installed, with the version of the release."""
    tool = [str(Path(sys.executable).with_name("cyclonedx-py")), "environment", python, "--pyproject", "pyproject.toml"]
    subprocess.run([*tool, "--output-reproducible", "--output-format", "JSON", "--output-file", file], check=True)
    [version] = re.findall(VERSIONS["falaj/__init__.py"], (ROOT / "falaj/__init__.py").read_text(), re.MULTILINE)
    document = json.loads(Path(file).read_text(encoding="utf-8"))
    # The project's version is dynamic, so the tool does not find it.
    document["metadata"]["component"] |= {"version": version, "purl": f"pkg:pypi/falaj@{version}"}
    Path(file).write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def _section(version: str) -> str:
    """Returns the entries of a dated version in the changelog, or ""."""
    head = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d{{2}}-\d{{2}}$"
    _, _, rest = re.sub(head, "\0", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE).partition(
        "\0"
    )
    return re.split(r"^(?:## |\[[^\]]+\]: )", rest, maxsplit=1, flags=re.MULTILINE)[0].strip()


COMMANDS: dict[str, Callable[..., None]] = {"check": check, "notes": notes, "sbom": sbom}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]](*sys.argv[2:])
