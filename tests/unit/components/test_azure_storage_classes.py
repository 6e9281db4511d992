"""Storage classes on Azure: encrypted with the site's key, performance by profile, one default class."""

from typing import Any

import pytest

from falaj.components import azure
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Profile
from tests.samples import COST_TAGS
from tests.unit.components.azure_samples import STORAGE_CLASSES, id_of
from tests.unit.components.mocks import Recording, RegisteredResource
from tests.unit.components.samples import program, recorded

CLASS = "kubernetes:storage.k8s.io/v1:StorageClass"
MARK = "storageclass.kubernetes.io/is-default-class"
SHARE = {"resource_group_name": "uae-group", "account_name": "uaefiles", "share_name": "models"}


def classes(**changed: Any) -> Recording:
    return recorded(azure.StorageClasses, {**STORAGE_CLASSES, **changed})


def by_name(**changed: Any) -> dict[str, RegisteredResource]:
    return {child.inputs["metadata"]["name"]: child for child in classes(**changed).of(CLASS)}


def test_there_is_a_class_for_each_profile_and_aks_s_own_default_is_none_any_more() -> None:
    assert {name for _, name in classes().names()} == {
        "uae-system", "uae-training", "uae-batch", "uae-inference-cpu", "uae-inference-gpu", "uae-born-default",
    }  # fmt: skip
    assert set(by_name()) == {f"falaj-{profile.value}" for profile in Profile}
    born = classes().one("kubernetes:storage.k8s.io/v1:StorageClassPatch").inputs["metadata"]
    assert (born["name"], born["annotations"][MARK]) == ("default", "false")


@pytest.mark.parametrize(
    ("inputs", "default"), [({}, "falaj-batch"), ({"default": Profile.TRAINING}, "falaj-training")]
)
def test_exactly_one_class_is_the_default(inputs: dict[str, Any], default: str) -> None:
    marked = {name: child.inputs["metadata"]["annotations"][MARK] for name, child in by_name(**inputs).items()}
    assert marked == {**dict.fromkeys(marked, "false"), default: "true"}


def test_every_disk_is_under_the_site_s_key_tagged_and_not_to_be_carried_away() -> None:
    for name, child in by_name().items():
        parameters = child.inputs["parameters"]
        assert child.inputs["provisioner"] == "disk.csi.azure.com", name
        assert parameters["diskEncryptionSetID"] == id_of("des/disks"), name
        assert (parameters["networkAccessPolicy"], parameters["publicNetworkAccess"]) == ("DenyAll", "Disabled"), name
        assert dict(pair.split("=") for pair in parameters["tags"].split(",")) == COST_TAGS, name
        assert child.inputs["volumeBindingMode"] == "WaitForFirstConsumer", name


@pytest.mark.parametrize(
    ("profile", "iops", "throughput"), [("system", "3000", "125"), ("training", "3000", "500"),
                                        ("inference-gpu", "4000", "500")]
)  # fmt: skip
def test_disks_are_as_fast_as_the_profile_asks_where_speed_can_be_bought(
    profile: str, iops: str, throughput: str
) -> None:
    parameters = by_name()[f"falaj-{profile}"].inputs["parameters"]
    assert (parameters["skuName"], parameters["cachingMode"]) == ("PremiumV2_LRS", "None")
    assert (parameters["DiskIOPSReadWrite"], parameters["DiskMBpsReadWrite"]) == (iops, throughput)
    elsewhere = by_name(region="uaecentral")[f"falaj-{profile}"].inputs["parameters"]
    assert elsewhere["skuName"] == "Premium_LRS"
    assert not {"DiskIOPSReadWrite", "DiskMBpsReadWrite", "cachingMode"} & set(elsewhere)


def test_volumes_of_nodes_without_a_zone_are_disks_that_need_none() -> None:
    changed, plain = by_name(regional_profiles=["training"]), by_name()
    assert changed["falaj-training"].inputs["parameters"]["skuName"] == "Premium_LRS"
    assert changed["falaj-batch"].inputs == plain["falaj-batch"].inputs


def test_the_class_of_shared_files_is_there_if_asked_and_changes_no_other() -> None:
    plain, more = by_name(), by_name(shared_files=SHARE)
    assert set(more) - set(plain) == {"falaj-shared"}
    assert {name: more[name].inputs for name in plain} == {name: child.inputs for name, child in plain.items()}
    inputs = more["falaj-shared"].inputs
    assert (inputs["provisioner"], inputs["reclaimPolicy"]) == ("file.csi.azure.com", "Retain")
    assert inputs["parameters"] == {
        "protocol": "nfs",
        "encryptInTransit": "true",
        "resourceGroup": "uae-group",
        "storageAccount": "uaefiles",
        "shareName": "models",
        "server": "uaefiles.file.core.windows.net",
        "networkEndpointType": "privateEndpoint",
        "mountPermissions": "0777",
        "fsGroupChangePolicy": "None",
    }


def test_names_of_classes_are_told() -> None:
    recording = classes(shared_files=SHARE)
    outputs = recording.outputs[recording.one("falaj:azure:StorageClasses").urn]
    assert outputs["class_names"] == {profile.value: f"falaj-{profile.value}" for profile in Profile} | {
        "shared": "falaj-shared"
    }
    assert outputs["default_class"] == "falaj-batch"


def test_a_share_without_an_account_is_refused() -> None:
    with pytest.raises(BadArguments, match=r"shared_files\.account_name: required field is missing"):
        program(azure.StorageClasses, {**STORAGE_CLASSES, "shared_files": {k: SHARE[k] for k in list(SHARE)[::2]}})()
