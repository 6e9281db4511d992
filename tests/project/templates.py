"""Writes the files that all templates share: `python -m tests.project.templates`.

They are written once, in `templates/vault`. The version of the package, and the settings of the policy pack, come from
the package.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from falaj import __version__
from falaj.cli.exported_pack import NO_EXEMPTIONS, neutral_settings

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
SOURCE = TEMPLATES / "vault"

CEILINGS = {
    "vault": 100,
}
"""Template -> most that a plan of its stack `dev` may cost, in AED a month without VAT: a fifth above its estimate."""

OWN = ("Pulumi.yaml", "Pulumi.dev.yaml", "README.md", "__main__.py")
"""Files that a template writes itself."""

_VERSIONS = re.compile(r"(?<=falaj\[sandbox\]==)[\w.]+|(?<=/pipelines/github/check@v)[\w.]+")


def shared_files(template: str) -> Iterator[tuple[Path, str]]:
    """Yields path and text of each shared file of a template."""
    for file in sorted(SOURCE.rglob("*")):
        name = file.relative_to(SOURCE)
        if file.is_file() and str(name) not in OWN and "__pycache__" not in name.parts:
            yield TEMPLATES / template / name, _VERSIONS.sub(__version__, file.read_text(encoding="utf-8"))
    pack = TEMPLATES / template / "policy_pack"
    yield pack / "enforcement.yaml", _enforcement(template)
    yield pack / "exemptions.yaml", NO_EXEMPTIONS


def _enforcement(template: str) -> str:
    """Returns the neutral settings of the policy pack, with levels and a ceiling for the stack `dev`."""
    text = neutral_settings((ROOT / "policy_pack" / "enforcement.yaml").read_text(encoding="utf-8"))
    text = text.replace("\nstacks: {}\n", "\nstacks:\n  dev:\n    all: mandatory\n    cost: advisory\n")
    return text.replace("\n  ceilings: {}\n", f"\n  ceilings: {{dev: {CEILINGS[template]}}}\n")


def prompts(template: str) -> dict[str, dict[str, str]]:
    """Returns the configuration keys that `pulumi new` prompts for, with description and default."""
    return yaml.safe_load((TEMPLATES / template / "Pulumi.yaml").read_text(encoding="utf-8"))["template"]["config"]


def main() -> None:
    for template in CEILINGS:
        for path, text in shared_files(template):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
