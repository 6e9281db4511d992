"""Addresses of a folder in a vault, in the notation of each program that reads it. Pure.

The address of a vault is `s3://bucket` on AWS and `https://account.blob.core.windows.net/container` on Azure.
"""

from urllib.parse import urlsplit


def for_training(vault: str, folder: str) -> str:
    """In the notation of fsspec and the reference training program: `s3://bucket/folder`,
    `abfss://container@account.dfs.core.windows.net/folder`."""
    parts = urlsplit(vault)
    if parts.scheme != "https":
        return _below(vault, folder)
    host = parts.netloc.replace(".blob.", ".dfs.", 1)
    return _below(f"abfss://{parts.path.strip('/')}@{host}", folder)


def for_serving(vault: str, folder: str) -> str:
    """In the notation of a model's `uri`: `s3://bucket/folder`, `azblob://account/container/folder`."""
    parts = urlsplit(vault)
    if parts.scheme != "https":
        return _below(vault, folder)
    return _below(f"azblob://{parts.netloc.split('.')[0]}/{parts.path.strip('/')}", folder)


def for_tracking(vault: str, folder: str) -> str:
    """In MLflow's notation: `s3://bucket/folder`, `wasbs://container@account.blob.core.windows.net/folder` (its other
    scheme for Azure uses the data lake's endpoint, which a vault does not have)."""
    parts = urlsplit(vault)
    if parts.scheme != "https":
        return _below(vault, folder)
    return _below(f"wasbs://{parts.path.strip('/')}@{parts.netloc}", folder)


def _below(vault: str, folder: str) -> str:
    return f"{vault.rstrip('/')}/{folder}" if folder else vault.rstrip("/")
