"""Domains, mail domains, forges and registries in which everyone has names: no setting lists them as a whole.

An entry for such a domain looks like one for a partner, and lets everybody in.
"""

from functools import cache
from typing import TypeVar

from pydantic import AfterValidator

from falaj.facts.domains import top_level_domains

from .data_folder import DATA
from .lazy_regex import lazy_regex

Names = TypeVar("Names", bound=dict[str, str])

_ENDS = lazy_regex(r"(?:com?\.)?[a-z]{2}|com|net")
"""What follows the name of a vendor of mailboxes."""
SHARED_SOURCES = lazy_regex(
    r"(?:(?:https|oci|ssh|git)://)?(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|dev\.azure\.com"
    r"|gitea\.com|git\.sr\.ht|sourceforge\.net(?:/projects)?|cdn\.jsdelivr\.net(?:/gh)?"
    r"|(?:raw|gist)\.githubusercontent\.com|gist\.github\.com|huggingface\.co|ghcr\.io|quay\.io|public\.ecr\.aws"
    r"|(?:(?:index|registry-1|registry|hub)\.)?docker\.io|(?:registry\.)?hub\.docker\.com|(?:[a-z]{2,4}\.)?gcr\.io"
    r"|[a-z0-9-]{2,40}-docker\.pkg\.dev|registry\.gitlab\.com|storage\.googleapis\.com|xpkg\.upbound\.io|ttl\.sh)/?"
)
"""Forges, registries and what serves their files, without an organisation: as addresses with one behind them in public
programs (ttl.sh: an anonymous registry, in guides that use it), found as strings; read 2026-12-02."""


@cache
def _listed(file: str) -> frozenset[str]:
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def is_mail_of_everybody(domain: str) -> bool:
    """Returns whether everybody may have an address in a mail domain."""
    listed, (vendor, _, end) = _listed("mail_domains.txt"), domain.lower().partition(".")
    return domain.lower() in listed or (f"{vendor}.*" in listed and _ENDS.fullmatch(end) is not None)


def harm_of(name: str) -> str:
    """Returns why a host, a domain or a mail domain is everyone's, as the end of a sentence; empty if it is not."""
    host = name.lower().removeprefix("@").strip(".")
    if name.startswith("@") and is_mail_of_everybody(name[1:]):
        return "is a mail domain in which everybody has an address; list the domain of an organisation"
    if not _listed("shared_domains.txt").isdisjoint((host, f"*.{host.partition('.')[2]}")):
        return "is a domain in which every customer of a vendor has hosts; list the host's whole name"
    if host in top_level_domains():
        return "is a top-level domain; list the domain of an organisation in it"
    return ""


def _of_somebody(listed: Names) -> Names:
    if wrong := [f"'{name}' {harm}" for name in listed if (harm := harm_of(name))]:
        raise ValueError("; ".join(wrong))
    return listed


OF_SOMEBODY = AfterValidator(_of_somebody)
"""Validator of a field whose names are hosts, domains or mail domains."""
EVERYONES_SOURCE = "has programs of everyone; list one organisation in it, such as {name}/example"
