"""Extracts from the source text of the installed SDKs which types have tags, a region or a location, and their aliases.

Run `python tests/policies/sdk.py` after an SDK upgrade to regenerate the pack's lists.
"""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

DATA = Path(__file__).parents[2] / "policy_pack" / "guardrails" / "data"
_ALIAS = re.compile(r"pulumi\.Alias\(type_=\"([^\"]+)\"\)")
_VERSION = re.compile(r"/v\d{8}\w*:")
_TOKEN = re.compile(r"super\([^)]*\)\.__init__\(\s*'((?:aws|azure-native):[^']+)'")


def package_folder(package: str) -> Path:
    """Returns the folder of an installed package without importing it."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def texts(package: str) -> Iterator[tuple[str, str]]:
    """Yields (token, source text of its module) for every resource of an SDK."""
    for file in package_folder(package).glob("*/*.py"):
        if file.name.startswith(("get_", "list_", "_", "outputs")):
            continue
        text = file.read_text(encoding="utf-8")
        if match := _TOKEN.search(text):
            yield match[1], text


def _resources(package: str) -> Iterator[tuple[str, str]]:
    """Yields (token, source text of the arguments class's constructor) for every resource of an SDK."""
    for token, text in texts(package):
        yield token, text[: text.find("@property")]


def _aliases() -> list[str]:
    """Returns `old=new` for each former token, unless it is still in use or maps to several types."""
    new_tokens: dict[str, set[str]] = {}
    current = set[str]()
    for package in ("pulumi_aws", "pulumi_azure_native"):
        for token, text in texts(package):
            current.add(token)
            for alias in _ALIAS.findall(text):
                new_tokens.setdefault(_VERSION.sub(":", alias), set()).add(token)
    return [f"{old}={min(new)}" for old, new in new_tokens.items() if len(new) == 1 and old not in current]


def _has(parameters: str, name: str) -> bool:
    """Whether the parameter exists; a plain search is several times faster than a regex in about 100 MB of text."""
    return f"\n{' ' * 17}{name}: " in parameters


def lists() -> dict[str, list[str]]:
    """Returns the pack's sorted lists by file name."""
    tokens_by_file: dict[str, list[str]] = {
        "aws_taggable": [],
        "aws_regionless": [],
        "azure_taggable": [],
        "azure_located": [],
    }
    for token, parameters in _resources("pulumi_aws"):
        if _has(parameters, "tags"):
            tokens_by_file["aws_taggable"].append(token)
        if not _has(parameters, "region"):
            tokens_by_file["aws_regionless"].append(token)
    for token, parameters in _resources("pulumi_azure_native"):
        if _has(parameters, "tags"):
            tokens_by_file["azure_taggable"].append(token)
        if _has(parameters, "location"):
            tokens_by_file["azure_located"].append(token)
    tokens_by_file["aliases"] = _aliases()
    return {name: sorted(tokens) for name, tokens in tokens_by_file.items()}


if __name__ == "__main__":
    for name, tokens in lists().items():
        (DATA / f"{name}.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
