"""Addresses of a folder in a vault, in the format that each program expects. Pure.

The address of a vault is `s3://bucket` on AWS and `https://account.blob.core.windows.net/container` on Azure.
"""

from falaj.components.core.storage.vault_notation import of_vault


def for_training(vault: str, folder: str) -> str:
    """Returns the address for training programs, in the format of fsspec.

    `s3://bucket/folder` or `abfss://container@account.dfs.core.windows.net/folder`.
    """
    return of_vault(vault).for_training(vault, folder)


def for_serving(vault: str, folder: str) -> str:
    """Returns the address in the format of a model's `uri`: `s3://bucket/folder` or
    `azblob://account/container/folder`."""
    return of_vault(vault).for_serving(vault, folder)


def for_tracking(vault: str, folder: str) -> str:
    """Returns the address in MLflow's format.

    `s3://bucket/folder` or `wasbs://container@account.blob.core.windows.net/folder`.
    """
    return of_vault(vault).for_tracking(vault, folder)
