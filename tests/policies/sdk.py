"""Reads from the text of the installed SDKs which resource types have tags, a region or a location.

`python tests/policies/sdk.py` writes the pack's lists anew after an SDK has been upgraded.
"""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

DATA = Path(__file__).parents[2] / "policy_pack" / "guardrails" / "data"
_TOKEN = re.compile(r"super\([^)]*\)\.__init__\(\s*'((?:aws|azure-native):[^']+)'")


def package_folder(package: str) -> Path:
    """Folder of an installed package, found without importing it."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _resources(package: str) -> Iterator[tuple[str, str]]:
    """(token, the parameters of its arguments class as text) of every resource of an SDK."""
    for file in package_folder(package).glob("*/*.py"):
        if file.name.startswith(("get_", "list_", "_", "outputs")):
            continue
        text = file.read_text(encoding="utf-8")
        if match := _TOKEN.search(text):
            yield match[1], text[: text.find("@property")]


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
    return {name: sorted(tokens) for name, tokens in found.items()}


if __name__ == "__main__":
    for name, tokens in lists().items():
        (DATA / f"{name}.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
