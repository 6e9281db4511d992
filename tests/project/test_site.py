"""The site is built without a warning, loads nothing from elsewhere, and shows what the documents say in CommonMark."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from tests.project.pages import DOCUMENTS, ROOT, text_of
from tests.project.site_build import build, page_of

REGISTRY = {"docs/_index.md", "docs/installation-configuration.md"}
"""Pages of the Pulumi Registry, which names them (its guide to publishing packages, read on 2026-11-28)."""
PUBLISHED = [document for document in DOCUMENTS if document not in REGISTRY]
STRUCTURE = ("li", "ol", "ul", "table", "tr", "td", "pre", "code", "h1", "h2", "h3", "h4", "strong", "em", "a", "img")
COMMONMARK = MarkdownIt("commonmark").enable("table")
"""What code hosts show: CommonMark 0.31.2 with the tables of GitHub. The site's own Markdown differs: it wants lists
indented by four spaces, and an empty line before each list and table."""
LOADED = re.compile(
    r'<(?:script|img|iframe|source|link(?! rel="canonical"))\b[^>]*?(?:src|href)="((?:https?:)?//[^"]+)'
)
STYLED = re.compile(r"(?:url\(|@import )[\"']?((?:https?:)?//[^\"')]+)")


class Structure(HTMLParser):
    """Counts the elements of a page's content, without the permanent links that the site adds to headings."""

    def __init__(self, is_content: bool) -> None:
        super().__init__()
        self.is_content, self.count = is_content, Counter[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_content |= tag == "article"
        if self.is_content and tag in STRUCTURE and "headerlink" not in (dict(attrs).get("class") or ""):
            self.count[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        self.is_content &= tag != "article"


def structure(html: str, is_content: bool = False) -> Counter[str]:
    parser = Structure(is_content)
    parser.feed(html)
    return parser.count


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the built site."""
    folder = tmp_path_factory.mktemp("site")
    built = build(folder)
    assert built.returncode == 0, built.stderr[-4000:]
    return folder


def test_every_document_is_a_page(site: Path) -> None:
    assert [document for document in PUBLISHED if not (site / page_of(document)).is_file()] == []


def test_the_site_shows_what_code_hosts_show(site: Path) -> None:
    different = {}
    for document in PUBLISHED:
        expected = structure(COMMONMARK.render(text_of(document)), is_content=True)
        shown = structure((site / page_of(document)).read_text(encoding="utf-8"))
        if difference := {tag: (expected[tag], shown[tag]) for tag in STRUCTURE if expected[tag] != shown[tag]}:
            different[document] = difference
    assert different == {}, "(elements in CommonMark, on the site)"


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    pages = {file: LOADED.findall(file.read_text(encoding="utf-8")) for file in site.rglob("*.html")}
    styles = {file: STYLED.findall(file.read_text(encoding="utf-8")) for file in site.rglob("*.css")}
    assert len(pages) > len(PUBLISHED)
    assert styles
    assert {file.name: found for file, found in (pages | styles).items() if found} == {}


def test_links_to_sources_lead_to_the_repository(site: Path) -> None:
    rule = (site / "rules" / "FJ-ENC-101.html").read_text(encoding="utf-8")
    path = "policy_pack/guardrails/encryption/at_rest/aws/storage.py"
    assert f'href="https://git.example.ae/falaj/falaj/blob/main/{path}"' in rule
    assert 'href="project/examples/hybrid/index.html"' in (site / "index.html").read_text(encoding="utf-8")


def test_menus_have_the_headings_of_generated_pages_and_that_of_rules(site: Path) -> None:
    component = (site / "components" / "aws" / "vault.html").read_text(encoding="utf-8")
    assert re.search(r'href="vault-access\.html"[^>]*>\s*<span class="md-ellipsis">\s*aws\.VaultAccess', component)
    rule = (site / "rules" / "FJ-ENC-101.html").read_text(encoding="utf-8")
    assert re.search(r'md-tabs__item--active">\s*<a href="[^"]*" class="md-tabs__link">\s*Guardrails', rule)


def test_broken_links_and_missing_pages_fail_the_build(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for name in ("README.md", "hooks.py"):
        (docs / name).write_bytes((ROOT / "docs" / name).read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (docs / "README.md").write_text("# Index\n\n[a](none.md) [b](#none) [c](../README.md#none) [d](../LICENSE)\n")
    (docs / "forgotten.md").write_text("# Forgotten\n")
    (tmp_path / "README.md").write_text("# Project\n")
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[0]
    (tmp_path / "mkdocs.yml").write_text(f"{text}\nnav: [README.md, project/README.md]\n")
    built = build(tmp_path / "site", tmp_path / "mkdocs.yml")
    assert built.returncode == 1
    warnings = "".join(line for line in built.stderr.splitlines() if line.startswith("WARNING"))
    for link in ("'none.md'", "'#none'", "'project/README.md#none'", "'../LICENSE'"):
        assert link in warnings, built.stderr
    assert 'not included in the "nav"' in warnings
    assert "- forgotten.md" in built.stderr


def test_the_pages_of_the_registry_have_its_header(site: Path) -> None:
    for document in REGISTRY:
        header = yaml.safe_load(text_of(document).split("---\n")[1])
        assert header.keys() == {"title", "meta_desc", "layout"}, document
        assert header["layout"] == "package", document
        assert not (site / page_of(document)).exists()
