"""Attacks on settings that published templates of Azure have (Azure/azureml-examples, read 2026-11-30)."""

from ..blind import HERE, OURS, az
from ..harness import Given
from . import Attack

ESC = ("FJ-ESC-115",)
ROOT = "whoever may write to the files of the workspace is root of the machines of others"


def notebook(script: str) -> Given:
    """Returns a machine for notebooks that runs a file of its workspace, when it is made or when it starts."""
    source = {"scriptSource": "workspaceStorage", "scriptData": "Users/intern/setup.sh", "timeout": "10m"}
    subnet = f"{OURS}.Network/virtualNetworks/v/subnets/ml"
    return az("machinelearningservices:Compute", {
        **HERE, "workspaceName": "mlw-bank", "computeName": "ci-risk", "properties": {
            "computeType": "ComputeInstance", "disableLocalAuth": True, "properties": {
                "vmSize": "Standard_DS3_v2", "applicationSharingPolicy": "Personal", "enableNodePublicIp": False,
                "idleTimeBeforeShutdown": "PT1H", "sshSettings": {"sshPublicAccess": "Disabled"},
                "subnet": {"id": subnet}, "setupScripts": {"scripts": {script: source}}}}}, "notebook")  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    Attack("a file of a colleague sets a notebook up", ESC, (notebook("creationScript"),), "major", ROOT),
    Attack("a file of a colleague runs whenever a notebook starts", ESC, (notebook("startupScript"),), "major", ROOT),
)
