"""The environment variables that a training run gives its program."""

import json
from typing import Any

import pulumi

from falaj.components.core.training.contract import Learning, Precision, Strategy
from falaj.components.core.training.training_args import TrainingRunArgs
from falaj.components.kubernetes.training.training_run import TrainingRun
from tests.unit.components.mocks import build
from tests.unit.components.training_sample import (
    ARGS,
    FILE,
    JOB,
    SEVERAL,
    container,
    job,
    outputs,
    run,
    started,
    variables,
)


def test_the_program_is_told_everything() -> None:
    assert variables(gpus=1) == {
        "FALAJ_CONTRACT": "/etc/falaj/run.json",
        "FALAJ_VERSION": "1",
        "FALAJ_RUN": "uae",
        "FALAJ_DATASET_URI": "s3://datasets/arabic",
        "FALAJ_CHECKPOINT_URI": "s3://checkpoints/uae",
        "FALAJ_PRECISION": "bf16",
        "FALAJ_GRADIENT_CHECKPOINTING": "false",
        "FALAJ_STRATEGY": "none",
        "FALAJ_CHECKPOINT_INTERVAL_SECONDS": "1450",
        "FALAJ_CHECKPOINTS_KEPT": "3",
        "FALAJ_GRACE_SECONDS": "100",
        "FALAJ_NODES": "1",
        "FALAJ_NODE_RANK": "0",
        "FALAJ_PROCESSES_PER_NODE": "1",
        "FALAJ_THREADS": "8",
        "FALAJ_MASTER_ADDRESS": "127.0.0.1",
        "FALAJ_MASTER_PORT": "29500",
        "FALAJ_SCRATCH": "/scratch",
        "HOME": "/scratch",
        "PET_NNODES": "1",
        "PET_NODE_RANK": "0",
        "PET_NPROC_PER_NODE": "1",
        "PET_MASTER_ADDR": "127.0.0.1",
        "PET_MASTER_PORT": "29500",
        "PET_RDZV_ENDPOINT": "127.0.0.1:29500",
        "PET_RDZV_ID": "uae",
    }


def test_machines_find_each_other_by_the_name_that_jobset_gives() -> None:
    environment = variables(**SEVERAL)
    assert environment["FALAJ_MASTER_ADDRESS"] == "uae-workers-0-0.uae"
    assert (environment["FALAJ_NODES"], environment["FALAJ_PROCESSES_PER_NODE"], environment["FALAJ_STRATEGY"]) == (
        "2",
        "4",
        "ddp",
    )
    assert environment["FALAJ_THREADS"] == "2"
    assert (environment["PET_MASTER_ADDR"], environment["PET_NNODES"]) == ("uae-workers-0-0.uae", "2")
    assert environment["PET_RDZV_ENDPOINT"] == "uae-workers-0-0.uae:29500"
    for name in ("FALAJ_NODE_RANK", "PET_NODE_RANK"):
        [rank] = [item for item in container(**SEVERAL)["env"] if item["name"] == name]
        assert rank["valueFrom"]["fieldRef"]["fieldPath"].endswith("['batch.kubernetes.io/job-completion-index']")
    assert started(**SEVERAL).inputs["spec"]["network"]["enableDNSHostnames"] is True


def test_efficiency_is_the_programs_to_do() -> None:
    environment = variables(
        gpus=2,
        efficiency={
            "precision": Precision.FP16,
            "gradient_checkpointing": True,
            "strategy": Strategy.FSDP,
            "checkpoint_interval_seconds": 60,
            "checkpoints_kept": 5,
            "base_model_uri": "s3://models/base",
            "learning": Learning.TRANSFER,
        },
        model_uri="s3://models/new",
        efa_interfaces=0,
    )
    expected = {
        "FALAJ_PRECISION": "fp16",
        "FALAJ_GRADIENT_CHECKPOINTING": "true",
        "FALAJ_STRATEGY": "fsdp",
        "FALAJ_CHECKPOINT_INTERVAL_SECONDS": "60",
        "FALAJ_CHECKPOINTS_KEPT": "5",
        "FALAJ_BASE_MODEL_URI": "s3://models/base",
        "FALAJ_LEARNING": "transfer",
        "FALAJ_MODEL_URI": "s3://models/new",
    }
    assert expected.items() <= environment.items()
    assert variables(efficiency={"base_model_uri": "s3://b"})["FALAJ_LEARNING"] == "incremental"
    assert variables()["FALAJ_PRECISION"] == "off"  # most CPUs are not faster at lower precision


def test_the_interval_follows_from_what_was_measured() -> None:
    def interval(**how: Any) -> int:
        return outputs(efficiency=how)["checkpoint_interval_seconds"]

    assert interval(checkpoint_seconds=120) > interval(checkpoint_seconds=30) > interval(interruptions_per_hour=1)
    assert interval(interruptions_with_notice=0.9) > interval()
    assert outputs(interruptible=False)["checkpoint_interval_seconds"] == 3600
    assert outputs(**SEVERAL)["checkpoint_interval_seconds"] < interval()


def test_file_and_variables_say_the_same() -> None:
    changed = {"parameters": {"learning_rate": "3e-4"}, "gpus": 1}
    text = run(**changed).one(FILE).inputs["data"]["run.json"]
    file, environment = json.loads(text), variables(**changed)
    assert file.pop("parameters") == {"learning_rate": "3e-4"}
    for key, value in file.items():
        value_given = environment.get(f"FALAJ_{key.upper()}")
        assert value_given == (
            None if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        ), key
    others = {name for name in environment if not name.startswith("PET_")} - {f"FALAJ_{key.upper()}" for key in file}
    assert others == {"FALAJ_CONTRACT", "FALAJ_NODE_RANK", "HOME"}


def test_another_contract_is_another_run() -> None:
    def mark(**changed: Any) -> str:
        return job(**changed)["template"]["metadata"]["annotations"]["falaj/contract"]

    assert mark() == mark()
    assert mark(parameters={"epochs": "2"}) != mark()


def test_places_may_be_known_later() -> None:
    def later() -> None:
        args = {**ARGS, "checkpoint_uri": pulumi.Output.from_input("s3://later")}
        TrainingRun("uae", TrainingRunArgs.of("uae", args))

    recording = build(later)
    [containers] = recording.one(JOB).inputs["spec"]["template"]["spec"]["containers"]
    assert {"name": "FALAJ_CHECKPOINT_URI", "value": "s3://later/uae"} in containers["env"]


def test_a_parameter_of_the_program_may_be_known_later() -> None:
    def later() -> None:
        args = {**ARGS, "parameters": {"tokenizer": pulumi.Output.from_input("s3://later")}}
        TrainingRun("uae", TrainingRunArgs.of("uae", args))

    document = build(later).one(FILE).inputs["data"]["run.json"]
    assert json.loads(document)["parameters"] == {"tokenizer": "s3://later"}
