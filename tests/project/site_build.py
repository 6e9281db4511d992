"""Builds the site of the documentation, and knows the page of each document."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.project.pages import ROOT

CONFIG = ROOT / "mkdocs.yml"


def build(site: Path, config: Path = CONFIG) -> subprocess.CompletedProcess[str]:
    """Builds the site into a folder. A broken link or anchor, or a page that the navigation lacks, is an error."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", config, "--site-dir", site]
    # The theme's advertisement of its successor is no message of the build.
    variables = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)


def page_of(document: str) -> str:
    """Path of the page of a document in the site."""
    path = document.removeprefix("docs/") if document.startswith("docs/") else f"project/{document}"
    return re.sub(r"(^|/)README\.md$", r"\1index.md", path).removesuffix(".md") + ".html"
