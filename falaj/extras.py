"""Checks for optional dependencies, so that a missing one gives a clear message instead of a nested import error."""

from importlib.util import find_spec

DISTRIBUTIONS = {
    "aws": ("pulumi-aws", "pulumi-kubernetes"),
    "azure": ("pulumi-azure-native", "pulumi-kubernetes"),
    "kubernetes": ("pulumi-kubernetes",),
    "policy": ("pulumi-policy", "cryptography"),
    "sandbox": ("pulumi-aws", "pulumi-azure-native", "pulumi-kubernetes", "pulumi-policy", "cryptography"),
    "preflight": ("boto3", "azure-identity", "urllib3"),
}
"""Extra in pyproject.toml -> the distributions that it installs. A distribution's module has underscores for hyphens,
or is in `MODULES`."""

MODULES = {"azure-identity": "azure.identity"}
"""Distribution -> its module, if the name differs."""


class MissingExtra(ImportError):
    """An optional dependency of Falaj is not installed. The message contains the `pip install` command."""


def require(part: str, extra: str) -> None:
    """Raises `MissingExtra` if a distribution of the extra is not installed. `part`: what needs it, for the message."""
    missing = [
        name
        for name in DISTRIBUTIONS[extra]
        if not _installed(MODULES[name] if name in MODULES else name.replace("-", "_"))
    ]
    if missing:
        raise MissingExtra(f'{part} needs {", ".join(missing)}: pip install "falaj[{extra}]"')


def _installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # the package around a module is missing too
        return False
