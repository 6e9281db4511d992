"""Which policy pack judges a project."""

from pathlib import Path

import falaj

BROUGHT = Path(falaj.__file__).parent / "policy_pack"
"""The one that comes with Falaj: in the checkout a link to `policy_pack/`."""


def pack_of(project: Path) -> Path:
    """The project's own policy pack, else the one that comes with Falaj."""
    own = project / "policy_pack"
    return own if (own / "PulumiPolicy.yaml").is_file() else BROUGHT
