"""Addresses of vaults: those of a scheme that no cloud has registered are refused."""

import asyncio

import pulumi
import pytest

from falaj.components.core.serving.contract import fetch_command, fetch_environment
from falaj.components.core.storage.vault_addresses import for_serving, for_tracking, for_training
from falaj.components.core.storage.vault_notation import identity_variables, model_formats, notations

AZURE = "https://uaemodels.blob.core.windows.net/models"


def test_each_program_has_its_own_format() -> None:
    addresses = [
        (notation(vault, "v3")) for notation in (for_training, for_serving, for_tracking) for vault in ("s3://b", AZURE)
    ]
    assert addresses == [
        "s3://b/v3",
        "abfss://models@uaemodels.dfs.core.windows.net/v3",
        "s3://b/v3",
        "azblob://uaemodels/models/v3",
        "s3://b/v3",
        "wasbs://models@uaemodels.blob.core.windows.net/v3",
    ]


@pytest.mark.parametrize("notation", [for_training, for_serving, for_tracking])
def test_a_vault_of_an_unknown_cloud_is_refused(notation) -> None:
    with pytest.raises(ValueError, match=r"'gs://b' is not allowed; allowed: .* s3://, https://\. Fix: "):
        notation("gs://b", "folder")


def test_a_model_of_an_unknown_cloud_is_not_fetched() -> None:
    for fetch in (lambda: fetch_environment("gs://b/x", "uaenorth"), lambda: fetch_command("gs://b/x")):
        with pytest.raises(ValueError, match=r"'gs://b/x' is not allowed; allowed: .* s3://, azblob://\. Fix: "):
            fetch()


def test_an_address_that_is_not_known_yet_needs_a_region() -> None:
    async def fetch() -> None:
        fetch_environment(pulumi.Output.from_input("s3://b/x"), None)

    with pytest.raises(ValueError, match="region of the model: required"):
        asyncio.run(fetch())


def test_every_cloud_is_listed() -> None:
    assert model_formats() == "`s3://bucket/folder` or `azblob://account/container/folder`"
    assert list(identity_variables()) == ["AWS_EC2_METADATA_DISABLED", "AZURE_TOKEN_CREDENTIALS"]


@pytest.mark.parametrize("notation", notations(), ids=lambda notation: notation.scheme)
def test_the_example_is_an_address_of_the_cloud(notation) -> None:
    assert notation.example.startswith(f"{notation.scheme}://")
    assert notation.for_serving(notation.example, "folder").startswith(f"{notation.model_scheme}://")
