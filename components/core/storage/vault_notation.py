"""How programs address the vaults of each cloud, and how they authenticate there. Pure.

Each cloud registers its own notation (`falaj/facts/clouds.py`). An address with an unregistered scheme is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from urllib.parse import urlsplit

from falaj.components.core.validation.args import Input
from falaj.facts.clouds import CLOUDS, Cloud

FolderAddress = Callable[[str, str], str]
"""Address of a vault and a folder in it -> address of the folder in the format of one program."""


@dataclass(frozen=True, kw_only=True)
class VaultNotation:
    """Addresses of a cloud's vaults in the format of each program, and the options with which programs read them."""

    scheme: str
    """Scheme of a vault's address."""
    example: str
    """An address of a vault, for checks before the vault exists."""
    model_scheme: str
    """Scheme of the address of a model in a vault."""
    model_format: str
    """Description of that address for messages."""
    model_pattern: str
    """Regular expression of that address, without the part of the folder."""
    for_training: FolderAddress
    """Address for training programs, in the format of fsspec."""
    for_serving: FolderAddress
    """Address of a model."""
    for_tracking: FolderAddress
    """Address in MLflow's format."""
    rclone_path: Callable[[str], str]
    """Address of a model -> its path in rclone's remote."""
    rclone_options: Callable[[Input[str], str | None], Mapping[str, Input[str]]]
    """Address of a model and region -> options of rclone's remote, without credentials."""
    needs_region: bool = False
    """Whether programs need the region to find a vault."""
    region_variables: tuple[str, ...] = ()
    """Environment variables by which programs learn the region."""
    identity_variables: Mapping[str, str] = field(default_factory=dict[str, str])
    """Environment variables that limit programs to the identity of the pod's service account, never that of the node.
    """


@cache
def vault_notation(cloud: Cloud) -> VaultNotation:
    """Returns the notation of a registered cloud; raises KeyError for an unregistered one."""
    notation = import_module(CLOUDS[cloud].vaults).VAULTS
    assert isinstance(notation, VaultNotation)  # noqa: S101 - guaranteed by the registry
    return notation


def notations() -> list[VaultNotation]:
    """Returns the notations of all registered clouds."""
    return [vault_notation(cloud) for cloud in CLOUDS]


def of_vault(address: str) -> VaultNotation:
    """Returns the notation of a vault's address. Raises ValueError for an unregistered scheme."""
    return _by_scheme(address, {notation.scheme: notation for notation in notations()})


def of_model(address: str) -> VaultNotation:
    """Returns the notation of a model's address. Raises ValueError for an unregistered scheme."""
    return _by_scheme(address, {notation.model_scheme: notation for notation in notations()})


def model_formats() -> str:
    """Returns the formats of models' addresses, for messages."""
    return " or ".join(f"`{notation.model_format}`" for notation in notations())


def identity_variables() -> dict[str, str]:
    """Returns the environment variables of all clouds that limit programs to the identity of the pod."""
    return {name: value for notation in notations() for name, value in notation.identity_variables.items()}


def with_folder(address: str, folder: str) -> str:
    """Appends a folder to an address that ends in the vault."""
    return f"{address.rstrip('/')}/{folder}" if folder else address.rstrip("/")


def _by_scheme(address: str, registered: Mapping[str, VaultNotation]) -> VaultNotation:
    scheme = urlsplit(address).scheme
    if scheme not in registered:
        schemes = ", ".join(f"{name}://" for name in registered)
        raise ValueError(
            f"address of a vault: {address!r} is not allowed; allowed: an address that begins with {schemes}. "
            "Fix: correct the address, or register the scheme with its cloud"
        )
    return registered[scheme]
