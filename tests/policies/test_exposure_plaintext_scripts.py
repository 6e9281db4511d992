"""Plaintext secrets in startup scripts of machines."""

import pytest

from .exposure_cases import refused
from .harness import UNKNOWN

SCRIPT = "#!/bin/sh\nexport DB_PASSWORD={0}\n"


@pytest.mark.parametrize(
    ("token", "path"),
    [
        ("aws:ec2/spotFleetRequest:SpotFleetRequest", ("launchSpecifications", "[]", "userData")),
        ("aws:imagebuilder/imageRecipe:ImageRecipe", ("userDataBase64",)),
        ("aws:imagebuilder/component:Component", ("data",)),
        ("aws:lightsail/instance:Instance", ("userData",)),
        ("aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration", ("onStart",)),
        ("aws:ssm/document:Document", ("content",)),
        ("aws:appconfig/hostedConfigurationVersion:HostedConfigurationVersion", ("content",)),
        ("azure-native:compute:VirtualMachineScaleSet", ("virtualMachineProfile", "userData")),
        ("azure-native:compute:VirtualMachineScaleSetVM", ("osProfile", "customData")),
        ("azure-native:azurefleet:Fleet", ("computeProfile", "baseVirtualMachineProfile", "userData")),
        ("azure-native:batch:Pool", ("startTask", "commandLine")),
        ("azure-native:compute:VirtualMachineScaleSetExtension", ("settings", "commandToExecute")),
    ],
)
def test_startup_scripts_of_every_machine_type_are_read(token: str, path: tuple[str, ...]) -> None:
    def props(script: object) -> dict[str, object]:
        value = script
        for key in reversed(path):
            value = [value] if key == "[]" else {key: value}
        assert isinstance(value, dict)
        return value

    assert "FJ-EXP-114" in refused(token, props(SCRIPT.format("hunter2")))
    for harmless in (SCRIPT.format("$(cat /run/db)"), UNKNOWN):
        assert "FJ-EXP-114" not in refused(token, props(harmless))
    assert "FJ-EXP-114" not in refused(token, {})
