"""Good programs next to the attacks by numbers and sizes of machines (2026-12-03): scale sets that mix sizes of one
kind, AKS pools of single machines, and deployments and pools whose highest numbers are moderate.
"""

from dataclasses import replace

from ..blind import az
from ..harness import UNKNOWN, Given
from . import Idiom
from .azure_network import AT, NETWORK
from .azure_platform import AKS, BUDGET, DISKS, IN, POOL, USER_ASSIGNED, lock

LEARN = "learn.microsoft.com/azure"
SINGLE = {key: value for key, value in POOL.items()
          if key not in ("vmSize", "count", "enableAutoScaling", "minCount", "maxCount")}  # fmt: skip
PROFILES = {"scale": {"manual": [{"size": "Standard_D4s_v5", "count": 2}, {"size": "Standard_D8s_v5", "count": 1}]}}


def mix(strategy: str) -> Given:
    """Returns a scale set of two sizes of the same kind."""
    return az("compute:VirtualMachineScaleSet", {
        **AT, "vmScaleSetName": "mix", "orchestrationMode": "Flexible", "sku": {"name": "Mix", "capacity": 2},
        "skuProfile": {"allocationStrategy": strategy, "vmSizes": [
            {"name": "Standard_D4s_v5", "rank": 1}, {"name": "Standard_D2s_v5", "rank": 0}]},
        "zones": ["1", "2"], "identity": USER_ASSIGNED, "virtualMachineProfile": {
            "securityProfile": {"encryptionAtHost": True, "securityType": "TrustedLaunch"},
            "osProfile": {"computerNamePrefix": "app", "adminUsername": "ops", "linuxConfiguration": {
                "disablePasswordAuthentication": True, "ssh": {"publicKeys": [
                    {"path": "/home/ops/.ssh/authorized_keys", "keyData": "ssh-ed25519 AAAAC3Nza ops"}]}}},
            "storageProfile": {
                "imageReference": {"publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server",
                                   "version": "24.04.202511010"},
                "osDisk": {"createOption": "FromImage", "managedDisk": {
                    "storageAccountType": "Premium_LRS", "diskEncryptionSet": {"id": DISKS}}}},
            "networkProfile": {"networkApiVersion": "2022-11-01", "networkInterfaceConfigurations": [{
                "name": "nic", "primary": True, "networkSecurityGroup": {
                    "id": f"{NETWORK}/networkSecurityGroups/nsg"}, "ipConfigurations": [{
                        "name": "ip", "subnet": {"id": f"{NETWORK}/virtualNetworks/v/subnets/apps"}}]}]}}},
        "mix")  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    *(Idiom(f"a scale set mixes two sizes of one kind, {how}", (BUDGET, mix(strategy)),
            f"{LEARN}/virtual-machine-scale-sets/instance-mix-overview")
      for how, strategy in (("the cheapest first", "LowestPrice"), ("by their rank", "Prioritized"),
                            ("whichever there is", "CapacityOptimized"))),
    Idiom("a pool of AKS of single machines of two sizes", (
        BUDGET, AKS, lock(UNKNOWN, "aks"), az("containerservice:AgentPool", {
            **IN, "resourceName": "aks", "agentPoolName": "single", **SINGLE, "mode": "User",
            "type": "VirtualMachines", "virtualMachinesProfile": PROFILES}, "single",
            links={"resourceName": ("aks",)})), f"{LEARN}/aks/virtual-machines-node-pools"),
    Idiom("a cluster of AKS of single machines of two sizes", (
        BUDGET, replace(AKS, props={**AKS.props, "agentPoolProfiles": [{
            **SINGLE, "name": "system", "type": "VirtualMachines", "virtualMachinesProfile": PROFILES}]}),
        lock(UNKNOWN, "aks")), f"{LEARN}/aks/virtual-machines-node-pools"),
)  # fmt: skip
