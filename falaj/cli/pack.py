"""Selects the policy pack of a project."""

from pathlib import Path

import falaj

PROJECT_PACK = Path("policy_pack")
"""Folder of a project's own policy pack, relative to the project."""

BUNDLED_PACK = Path(falaj.__file__).parent / "policy_pack"
"""Folder of the policy pack that comes with Falaj; in the checkout a link to `policy_pack/`."""


def pack_of(project: Path) -> Path:
    """Returns the project's own policy pack, relative to the project; otherwise the bundled one."""
    return PROJECT_PACK if (project / PROJECT_PACK / "PulumiPolicy.yaml").is_file() else BUNDLED_PACK
