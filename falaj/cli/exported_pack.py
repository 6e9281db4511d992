"""Copies of the policy pack for other repositories: complete in themselves, with neutral settings."""

import re
import shutil
from pathlib import Path

import falaj
from falaj.cli.pack import REVIEWS_FILE, rules_folder

_SETTINGS = ("enforcement.yaml", "exemptions.yaml")
_PACKAGES = ("facts", "finops")
"""Packages of `falaj` that the policy pack imports, exported with it."""
_IGNORED = shutil.ignore_patterns("__pycache__", "falaj", "venv")
"""Names that are not copied, also those of a pack that is itself an export."""
_EXAMPLE = "replace it with your own"
"""Mark of the lines in enforcement.yaml that name a place or an account of an example."""
_OWN_SETTINGS = {
    "stacks": "{}",
    "allowed_clusters": "[]",
    "privileged_namespaces": "{}",
    "authenticated_gateways": "{}",
    "code_sources": "{}",
    "image_publishers": "{}",
    "repositories": "{}",
    "known": "{}",
    "trusted": "{}",
    "environments": "{}",
    "ceilings": "{}",
    "unpriced": "{}",
    "on_demand": "{}",
    "kept_elsewhere": "{}",
}
"""Settings whose entries name stacks, resources or places of Falaj's own repository -> their neutral value."""


def export_pack(pack: Path, folder: Path, is_own: bool) -> None:
    """Copies a pack to a new folder, with the data that its rules need.

    `is_own`: it is the pack of Falaj, whose settings are replaced by neutral ones. Those of a project's pack are kept.
    """
    rules = rules_folder(pack)
    shutil.copytree(rules, folder, ignore=_IGNORED)
    if rules != pack:
        for name in _SETTINGS:
            shutil.copy(pack / name, folder)
        reviews = pack / REVIEWS_FILE  # a pack that was exported before there were reviews has none
        (folder / REVIEWS_FILE).write_text(reviews.read_text("utf-8") if reviews.exists() else NO_REVIEWS, "utf-8")
    (folder / "falaj").mkdir()
    shutil.copy(Path(falaj.__file__), folder / "falaj")
    for package in _PACKAGES:
        shutil.copytree(Path(falaj.__file__).parent / package, folder / "falaj" / package, ignore=_IGNORED)
    runtime = folder / "PulumiPolicy.yaml"
    runtime.write_text(re.sub("virtualenv: .*", "virtualenv: venv", runtime.read_text()))
    if is_own:
        settings = folder / "enforcement.yaml"
        settings.write_text(neutral_settings(settings.read_text(encoding="utf-8")), encoding="utf-8")
        (folder / "exemptions.yaml").write_text(NO_EXEMPTIONS, encoding="utf-8")
        (folder / REVIEWS_FILE).write_text(NO_REVIEWS, encoding="utf-8")


NO_EXEMPTIONS = """\
# Fields: rule, urn (pattern), owner, ticket, reason, approved_by, created, expires (90 days at most, UTC).
exemptions: []
"""

NO_REVIEWS = """\
# Programs of the plan that somebody has reviewed (FJ-ESC-127, which enforcement.yaml switches on).
# Fields of an entry: digest, where, reason, reviewed_by, date; `falaj guardrails review` adds and removes them.
reviewed_programs: []
"""


def neutral_settings(text: str) -> str:
    """Returns enforcement.yaml without what names stacks, resources, accounts or hosts of its repository."""
    text = "".join(line for line in text.splitlines(keepends=True) if _EXAMPLE not in line)
    for key, value in _OWN_SETTINGS.items():
        text = re.sub(rf"(?m)^( *){key}:(?: *[^\n]*)\n(?:\1 +[^\n]*\n)*", rf"\g<1>{key}: {value}\n", text)
    return text
