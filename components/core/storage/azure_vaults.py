"""Addresses of vaults on Azure: `https://account.blob.core.windows.net/container`. Pure."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from falaj.components.core.storage.vault_notation import VaultNotation, with_folder
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.inputs import map_inputs


def _for_training(vault: str, folder: str) -> str:
    parts = urlsplit(vault)
    host = parts.netloc.replace(".blob.", ".dfs.", 1)
    return with_folder(f"abfss://{parts.path.strip('/')}@{host}", folder)


def _for_serving(vault: str, folder: str) -> str:
    parts = urlsplit(vault)
    return with_folder(f"azblob://{parts.netloc.split('.')[0]}/{parts.path.strip('/')}", folder)


def _for_tracking(vault: str, folder: str) -> str:
    # MLflow's other Azure scheme uses the Data Lake endpoint, which a vault does not have.
    parts = urlsplit(vault)
    return with_folder(f"wasbs://{parts.path.strip('/')}@{parts.netloc}", folder)


def _rclone_path(model: str) -> str:
    return urlsplit(model).path.lstrip("/")


def _rclone_options(model: Input[str], _region: str | None) -> Mapping[str, Input[str]]:
    return {"TYPE": "azureblob", "ACCOUNT": map_inputs(_account, model)}


def _account(model: str) -> str:
    return urlsplit(model).netloc


VAULTS = VaultNotation(
    scheme="https",
    example="https://account.blob.core.windows.net/container",
    model_scheme="azblob",
    model_format="azblob://account/container/folder",
    model_pattern=r"azblob://[a-z0-9]{3,24}/[a-z0-9-]+",
    for_training=_for_training,
    for_serving=_for_serving,
    for_tracking=_for_tracking,
    rclone_path=_rclone_path,
    rclone_options=_rclone_options,
    identity_variables={"AZURE_TOKEN_CREDENTIALS": "WorkloadIdentityCredential"},
)
