"""Storage classes on AWS: encrypted volumes for each profile, and shared files."""

from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.validation.enums import Profile
from falaj.sandbox.clouds.kubernetes.csi_parameters import drivers
from tests.samples import COST_TAGS
from tests.unit.components.aws_samples import STORAGE_CLASSES
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded

CLASS = "kubernetes:storage.k8s.io/v1:StorageClass"
MARK = "storageclass.kubernetes.io/is-default-class"
BARE = {key: value for key, value in STORAGE_CLASSES.items() if key != "shared_file_system_id"}


def classes(**changed: Any) -> dict[str, dict[str, Any]]:
    return by_name(recorded(aws.StorageClasses, {**STORAGE_CLASSES, **changed}))


def by_name(seen: Recording) -> dict[str, dict[str, Any]]:
    assert {created.typ for created in seen.custom()} == {CLASS}
    return {resource.inputs["metadata"]["name"]: resource.inputs for resource in seen.of(CLASS)}


def test_each_profile_has_a_class_and_shared_files_where_there_are_any() -> None:
    profiles = {f"falaj-{profile.value}" for profile in Profile}
    assert set(classes()) == profiles | {"falaj-shared"}
    assert set(by_name(recorded(aws.StorageClasses, BARE))) == profiles


@pytest.mark.parametrize("profile", list(Profile))
def test_volumes_are_encrypted_and_follow_their_pod(profile: Profile) -> None:
    resource = classes()[f"falaj-{profile.value}"]
    assert resource["provisioner"] == "ebs.csi.aws.com"
    assert resource["parameters"]["encrypted"] == "true"
    assert resource["parameters"]["kmsKeyId"] == STORAGE_CLASSES["disk_key"]
    assert resource["parameters"]["type"] == "gp3"
    assert (resource["volumeBindingMode"], resource["allowVolumeExpansion"]) == ("WaitForFirstConsumer", True)
    assert resource["reclaimPolicy"] == "Delete"


def test_only_speed_that_is_not_free_is_bought() -> None:
    speeds = {
        name: tuple(resource["parameters"].get(key) for key in ("iops", "throughput"))
        for name, resource in classes().items()
    }
    assert speeds == {
        "falaj-system": (None, None),
        "falaj-training": (None, "500"),
        "falaj-batch": (None, "250"),
        "falaj-inference-cpu": (None, "250"),
        "falaj-inference-gpu": ("4000", "500"),
        "falaj-shared": (None, None),
    }


@pytest.mark.parametrize("profile", [None, Profile.TRAINING])
def test_one_class_is_the_default(profile: Profile | None) -> None:
    storage_classes = classes(**({} if profile is None else {"default": profile}))
    marked = [
        name for name, arguments in storage_classes.items() if arguments["metadata"]["annotations"][MARK] == "true"
    ]
    assert marked == [f"falaj-{(profile or Profile.BATCH).value}"]


def test_classes_have_the_cost_tags_as_labels_and_volumes_the_mark_of_their_backup() -> None:
    """Parameters are immutable: tags in them would replace all classes when a tag changes."""

    def tags(made: dict[str, Any]) -> list[str]:
        return [value for key, value in made["parameters"].items() if key.startswith("tagSpecification_")]

    assert tags(classes()["falaj-batch"]) == []
    assert classes()["falaj-batch"]["metadata"]["labels"] == COST_TAGS
    assert tags(classes(backed_up_by="uae-test")["falaj-batch"]) == ["falaj-backup=uae-test"]
    assert not tags(classes()["falaj-shared"])


def test_the_drivers_read_all_parameters() -> None:
    known = {driver.provisioner: driver for driver in drivers()}
    for made in classes().values():
        names = {name for name in made["parameters"] if not name.startswith("csi.storage.k8s.io/")}
        assert {name for name in names if not known[made["provisioner"]].reads(name)} == set()


def test_claims_of_a_namespace_see_the_same_shared_files_over_tls() -> None:
    """Without `ensureUniqueDirectory: false` the driver appends an ID to each claim's directory
    (aws-efs-csi-driver a4fc676, pkg/driver/controller.go, 2026-07)."""
    resource = classes()["falaj-shared"]
    assert resource["provisioner"] == "efs.csi.aws.com"
    assert resource["mountOptions"] == ["tls", "iam"]
    assert resource["reclaimPolicy"] == "Retain"
    assert resource["parameters"] == {
        "provisioningMode": "efs-ap", "fileSystemId": "fs-1", "basePath": "/tenants",
        "subPathPattern": "${.PVC.namespace}", "ensureUniqueDirectory": "false",
        "directoryPerms": "0750", "uid": "1000", "gid": "1000",
    }  # fmt: skip
