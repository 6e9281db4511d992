"""The optional dependencies: what is missing is said in one sentence, before an import deep inside fails."""

from importlib.util import find_spec

DISTRIBUTIONS = {
    "aws": ("pulumi-aws", "pulumi-kubernetes"),
    "azure": ("pulumi-azure-native", "pulumi-kubernetes"),
    "kubernetes": ("pulumi-kubernetes",),
    "policy": ("pulumi-policy",),
    "sandbox": ("pulumi-aws", "pulumi-azure-native", "pulumi-kubernetes", "pulumi-policy", "cryptography"),
}
"""What an extra of pyproject.toml brings; the module of each is its name with underscores."""


class MissingExtra(ImportError):
    """A part of Falaj without what it needs; the message says what to install."""


def require(part: str, extra: str) -> None:
    """Raises `MissingExtra` where a distribution of an extra is not installed, which the part imports."""
    missing = [name for name in DISTRIBUTIONS[extra] if find_spec(name.replace("-", "_")) is None]
    if missing:
        raise MissingExtra(f'{part} needs {", ".join(missing)}: pip install "falaj[{extra}]"')
