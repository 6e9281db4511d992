"""Which policy pack judges a project."""

from pathlib import Path

import falaj

OWN = Path("policy_pack")
"""Where a project has one of its own."""

BROUGHT = Path(falaj.__file__).parent / "policy_pack"
"""The one that comes with Falaj: in the checkout a link to `policy_pack/`."""


def pack_of(project: Path) -> Path:
    """The project's own policy pack, as a path in the project; else the one that comes with Falaj."""
    return OWN if (project / OWN / "PulumiPolicy.yaml").is_file() else BROUGHT
