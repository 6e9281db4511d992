"""Hooks of mkdocs.yml: publish documents beside docs/ under project/, and lead links to other files to the source.

A link in a document is relative to the checkout, as code hosts read it. A page of the site has the same link.
"""

import posixpath
import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("*.md", "examples/**/*.md", "templates/**/*.md")
"""Documents outside docs/ that are pages of the site too."""
SOURCE = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]["Source"]
COMMENT = re.compile(r"\A<!--.*?-->\s*", re.DOTALL)
LINK = re.compile(r"\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Sets the address of the repository, and expands patterns in the navigation."""
    config.repo_url, config.repo_name = SOURCE, "Source"
    pages = sorted(_uri(path) for path in (*_outside(), *_paths("docs/**/*.md")))
    config.nav = _expanded(config.nav or [], pages)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the documents outside docs/."""
    for path in _outside():
        files.append(File.generated(config, _uri(path), abs_src_path=str(ROOT / path)))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Shows the menu of the rules' index on the page of each rule, which no menu lists."""
    index = files.get_file_from_path("rules/README.md")
    for file in files.documentation_pages():
        if index and index.page and file.page and file.page.parent is None and file.src_uri.startswith("rules/"):
            file.page.parent = index.page.parent
    return nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Rewrites the links that lead out of the page's folder of the site. Without the comment of a generated page, the
    page's heading is its title in menus."""
    here = page.file.src_uri

    def rewritten(match: re.Match[str]) -> str:
        path, anchor = match.groups(default="")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(_path(here)), path))
        uri = _uri(target)
        if files.get_file_from_path(uri):
            return f"]({posixpath.relpath(uri, posixpath.dirname(here) or '.')}{anchor})"
        return f"]({SOURCE}/blob/main/{target}{anchor})" if (ROOT / target).exists() else match[0]

    return LINK.sub(rewritten, COMMENT.sub("", markdown))


def _paths(pattern: str) -> list[str]:
    return [file.relative_to(ROOT).as_posix() for file in ROOT.glob(pattern)]


def _outside() -> list[str]:
    return sorted(path for pattern in DOCUMENTS for path in _paths(pattern))


def _uri(path: str) -> str:
    """Path in the checkout -> path of the page in the site."""
    return path.removeprefix("docs/") if path.startswith("docs/") else f"project/{path}"


def _path(uri: str) -> str:
    """Path of the page in the site -> path in the checkout."""
    return uri.removeprefix("project/") if uri.startswith("project/") else f"docs/{uri}"


def _expanded(nav: list[Any], pages: list[str]) -> list[Any]:
    """Replaces each pattern of the navigation by the pages that match it."""
    items: list[Any] = []
    for item in nav:
        if isinstance(item, dict):
            [(name, value)] = item.items()
            items.append({name: _expanded(value, pages) if isinstance(value, list) else value})
        else:
            items += [page for page in pages if fnmatch(page, item)] if "*" in item else [item]
    return items
