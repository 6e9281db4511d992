"""Addresses of a folder in a vault, in the format that each program expects. Pure.

The address of a vault is `s3://bucket` on AWS and `https://account.blob.core.windows.net/container` on Azure.
"""

from urllib.parse import urlsplit


def for_training(vault: str, folder: str) -> str:
    """Returns the address for training programs, in the format of fsspec.

    `s3://bucket/folder` or `abfss://container@account.dfs.core.windows.net/folder`.
    """
    parts = urlsplit(vault)
    if parts.scheme != "https":
        return _with_folder(vault, folder)
    host = parts.netloc.replace(".blob.", ".dfs.", 1)
    return _with_folder(f"abfss://{parts.path.strip('/')}@{host}", folder)


def for_serving(vault: str, folder: str) -> str:
    """Returns the address in the format of a model's `uri`: `s3://bucket/folder` or
    `azblob://account/container/folder`."""
    parts = urlsplit(vault)
    if parts.scheme != "https":
        return _with_folder(vault, folder)
    return _with_folder(f"azblob://{parts.netloc.split('.')[0]}/{parts.path.strip('/')}", folder)


def for_tracking(vault: str, folder: str) -> str:
    """Returns the address in MLflow's format.

    `s3://bucket/folder` or `wasbs://container@account.blob.core.windows.net/folder`. MLflow's other Azure scheme uses
    the Data Lake endpoint, which a vault does not have.
    """
    parts = urlsplit(vault)
    if parts.scheme != "https":
        return _with_folder(vault, folder)
    return _with_folder(f"wasbs://{parts.path.strip('/')}@{parts.netloc}", folder)


def _with_folder(vault: str, folder: str) -> str:
    return f"{vault.rstrip('/')}/{folder}" if folder else vault.rstrip("/")
