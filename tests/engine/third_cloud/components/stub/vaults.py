"""Addresses of vaults on the stub: `stub://store/purpose`."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from falaj.components.core.storage.vault_notation import VaultNotation, with_folder
from falaj.components.core.validation.args import Input


def _path(model: str) -> str:
    parts = urlsplit(model)
    return f"{parts.netloc}{parts.path}"


def _rclone_options(_model: Input[str], region: str | None) -> Mapping[str, Input[str]]:
    return {"TYPE": "memory", "LOCATION": region or ""}


VAULTS = VaultNotation(
    scheme="stub",
    example="stub://store/vault",
    model_scheme="stub",
    model_format="stub://store/vault/folder",
    model_pattern=r"stub://[a-z]+/[a-z]+",
    for_training=with_folder,
    for_serving=with_folder,
    for_tracking=with_folder,
    rclone_path=_path,
    rclone_options=_rclone_options,
    needs_region=True,
    region_variables=("STUB_LOCATION",),
    identity_variables={"STUB_NODE_IDENTITY": "off"},
)
