"""Reads from the text of the installed SDKs which resource types have tags, a region or a location, and earlier names.

`python tests/policies/sdk.py` writes the pack's lists anew after an SDK has been upgraded.
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
    """Folder of an installed package, found without importing it."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def texts(package: str) -> Iterator[tuple[str, str]]:
    """(token, the text of its module) of every resource of an SDK."""
    for file in package_folder(package).glob("*/*.py"):
        if file.name.startswith(("get_", "list_", "_", "outputs")):
            continue
        text = file.read_text(encoding="utf-8")
        if match := _TOKEN.search(text):
            yield match[1], text


def _resources(package: str) -> Iterator[tuple[str, str]]:
    """(token, the parameters of its arguments class as text) of every resource of an SDK."""
    for token, text in texts(package):
        yield token, text[: text.find("@property")]


def _aliases() -> list[str]:
    """`old=new` for each name that a type had before, unless it is alive or stands for several types now."""
    found: dict[str, set[str]] = {}
    alive = set[str]()
    for package in ("pulumi_aws", "pulumi_azure_native"):
        for token, text in texts(package):
            alive.add(token)
            for alias in _ALIAS.findall(text):
                found.setdefault(_VERSION.sub(":", alias), set()).add(token)
    return [f"{old}={min(new)}" for old, new in found.items() if len(new) == 1 and old not in alive]


def _has(parameters: str, name: str) -> bool:
    """The SDKs are a hundred megabytes of text, in which a plain search is several times faster than a pattern."""
    return f"\n{' ' * 17}{name}: " in parameters


def lists() -> dict[str, list[str]]:
    """The pack's lists by file name, sorted."""
    found: dict[str, list[str]] = {"aws_taggable": [], "aws_regionless": [], "azure_taggable": [], "azure_located": []}
    for token, parameters in _resources("pulumi_aws"):
        if _has(parameters, "tags"):
            found["aws_taggable"].append(token)
        if not _has(parameters, "region"):
            found["aws_regionless"].append(token)
    for token, parameters in _resources("pulumi_azure_native"):
        if _has(parameters, "tags"):
            found["azure_taggable"].append(token)
        if _has(parameters, "location"):
            found["azure_located"].append(token)
    found["aliases"] = _aliases()
    return {name: sorted(tokens) for name, tokens in found.items()}


if __name__ == "__main__":
    for name, tokens in lists().items():
        (DATA / f"{name}.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
