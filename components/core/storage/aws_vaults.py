"""Addresses of vaults on AWS, and of buckets in S3-compatible object stores on premises: `s3://bucket`. Pure."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from falaj.components.core.storage.vault_notation import VaultNotation, with_folder
from falaj.components.core.validation.args import Input


def _rclone_path(model: str) -> str:
    parts = urlsplit(model)
    return f"{parts.netloc}{parts.path}"


def _rclone_options(_model: Input[str], region: str | None) -> Mapping[str, Input[str]]:
    return {"TYPE": "s3", "PROVIDER": "AWS", "REGION": region or ""}


VAULTS = VaultNotation(
    scheme="s3",
    example="s3://vault",
    model_scheme="s3",
    model_format="s3://bucket/folder",
    model_pattern=r"s3://[a-z0-9.-]+",
    for_training=with_folder,
    for_serving=with_folder,
    for_tracking=with_folder,
    rclone_path=_rclone_path,
    rclone_options=_rclone_options,
    needs_region=True,
    region_variables=("AWS_REGION", "AWS_DEFAULT_REGION"),
    identity_variables={"AWS_EC2_METADATA_DISABLED": "true"},
)
