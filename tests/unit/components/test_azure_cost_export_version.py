"""What the SDK's version of Azure's export cannot do."""

import inspect

from pulumi_azure_native import costmanagement


def test_the_sdk_cannot_overwrite_exports_yet() -> None:
    """If this fails, `CostExport` can overwrite: set `data_overwrite_behavior` to `OverwritePreviousReport`."""
    assert "data_overwrite_behavior" not in inspect.signature(costmanagement.Export._internal_init).parameters
    assert "data_overwrite_behavior" not in costmanagement.ExportArgs.__init__.__annotations__
