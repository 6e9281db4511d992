"""The interface of GitHub, through `gh`, which reads the token from GH_TOKEN."""

import json
import subprocess
from typing import Any

AUTHOR = "github-actions[bot]"
"""Who writes with the token of a workflow. What others wrote is left alone, even where it begins like ours."""


def gh(*arguments: str, body: dict[str, Any] | None = None) -> Any:
    """What the interface answers. Values are arguments of their own: nothing is put into a shell."""
    command = ["gh", "api", *arguments, *(["--input", "-"] if body is not None else [])]
    given = json.dumps(body) if body is not None else None
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    return json.loads(done.stdout) if done.stdout.strip() else None


def listed(where: str, **parameters: str) -> list[dict[str, Any]]:
    """All entries of a list, of all pages."""
    options = [word for key, value in parameters.items() for word in ("-f", f"{key}={value}")]
    pages = gh("--method", "GET", "--paginate", "--slurp", where, "-f", "per_page=100", *options)
    return [entry for page in pages for entry in page]
