"""`python -m guardrails`, in the pack's folder, prints every guardrail as JSON with its level for `PULUMI_STACK`."""

import json
import os
import sys
from pathlib import Path

from .enforcement import SetupError, load_enforcement
from .registry import ALL, IDS


def catalogue(stack: str) -> list[dict[str, object]]:
    """Every guardrail as plain data: id, concern, severity, level, what, why, remedy, controls, types."""
    enforcement = load_enforcement(Path(__file__).parents[1] / "enforcement.yaml", IDS)
    return [
        {
            "id": row.id,
            "concern": row.concern,
            "severity": row.severity,
            "level": enforcement.level(stack, row),
            "what": row.what,
            "why": row.why,
            "remedy": row.remedy,
            "controls": row.all_controls,
            "types": sorted({token for check in row.checks for token in check.tokens}),
        }
        for row in ALL
    ]


if __name__ == "__main__":
    try:
        json.dump(catalogue(os.environ.get("PULUMI_STACK", "")), sys.stdout, indent=2)
    except SetupError as error:
        sys.exit(str(error))
