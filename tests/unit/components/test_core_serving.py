"""Cold starts, the cheapest site to serve from, and the contract of a server, computed by hand."""

import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from falaj.components.core.charts.charts import CHARTS
from falaj.components.core.charts.images import PinnedImage
from falaj.components.core.node_pools.cheapest_pool import cheapest_pool
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.serving.cold_start import (
    ColdStartSpec,
    ModelTransfer,
    budget_problems,
    budget_warnings,
    cold_start,
)
from falaj.components.core.serving.contract import fetch_command, fetch_environment
from falaj.components.core.serving.experiments import SplitSpec, Variant
from falaj.components.core.serving.inference_args import InferenceServiceArgs
from falaj.components.core.serving.server_command import server_of
from falaj.components.core.serving.specs import ServingSpec
from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.facts.regions import Cloud
from tests.unit.components.serving_samples import AWAKE, EXPERIMENT, LARGE, SERVICE, SLEEPING

COPIED = ModelTransfer(2, is_copied=True)
WAY = {"first_answer_seconds": 300, "image_gib": 0.5, "load_seconds": 10}
CPU = Profile.INFERENCE_CPU
GRAVITON = NodePoolSpec(profile=CPU, capacity=Capacity.ON_DEMAND, machines=["c6g.xlarge", "c6g.2xlarge"], max=4)
X86 = NodePoolSpec(profile=CPU, capacity=Capacity.ON_DEMAND, machines=["c6in.xlarge"], max=4)
BOTH = ("amd64", "arm64")


def way(**changed: Any) -> ColdStartSpec:
    return ColdStartSpec.model_validate(WAY | changed)


def test_a_cold_start_is_the_sum_of_its_parts() -> None:
    expected = cold_start(way(), COPIED, Cloud.AWS)
    # 5 for the scaler, 90 for a node of AWS, 0.5 GiB at 38 s, 2 GiB at 10 s, 10 to load.
    assert (expected.scaler, expected.node, expected.image, expected.model, expected.load) == (5, 90, 19, 20, 10)
    assert expected.total == 144
    assert str(expected) == "144 s (node 90, image 19, model 20, start 10)"


def test_where_nodes_are_kept_and_models_are_mounted_that_time_is_not_spent() -> None:
    assert cold_start(way(), ModelTransfer(2), Cloud.AWS).model == 0
    assert cold_start(way(node_seconds=0), COPIED, Cloud.AZURE).node == 0
    assert cold_start(way(), COPIED, Cloud.AZURE).node == 180
    assert cold_start(way(), COPIED, None).node == 0


def test_a_model_in_an_image_is_pulled_once_a_node_and_not_at_all_where_its_images_are_kept() -> None:
    in_image = ModelTransfer(2, is_image=True)
    assert cold_start(way(), in_image, Cloud.AWS).model == 76  # 2 GiB at 38 s
    kept = cold_start(way(node_seconds=0, images_on_nodes=True), in_image, Cloud.AWS)
    assert (kept.node, kept.image, kept.model, kept.total) == (0, 0, 0, 15)
    # The images are there, the files of a vault are not.
    assert cold_start(way(node_seconds=0, images_on_nodes=True), COPIED, Cloud.AWS).model == 20


@pytest.mark.parametrize("node_seconds", [None, 90])
def test_images_are_kept_only_on_nodes_that_are_always_there(node_seconds: int | None) -> None:
    with pytest.raises(ValidationError, match="a new node has no images"):
        way(images_on_nodes=True, node_seconds=node_seconds)


@pytest.mark.parametrize(
    ("changed", "paths"),
    [
        ({}, []),
        ({"first_answer_seconds": 143}, ["cold_start.first_answer_seconds"]),
        ({"first_answer_seconds": 144}, []),
        ({"idle_seconds": 144}, ["cold_start.idle_seconds"]),
        ({"idle_seconds": 145}, []),
        (
            {"first_answer_seconds": 10, "idle_seconds": 30},
            ["cold_start.first_answer_seconds", "cold_start.idle_seconds"],
        ),
    ],
)
def test_an_unattainable_cold_start_limit_is_a_problem(changed: dict[str, Any], paths: list[str]) -> None:
    specification = way(**changed)
    assert [
        problem.path for problem in budget_problems(specification, cold_start(specification, COPIED, Cloud.AWS))
    ] == paths


def test_a_tight_cold_start_limit_causes_a_warning() -> None:
    def warned(**changed: Any) -> int:
        specification = way(**changed)
        return len(list(budget_warnings(specification, cold_start(specification, COPIED, Cloud.AWS))))

    assert (warned(), warned(first_answer_seconds=160), warned(first_answer_seconds=173)) == (0, 1, 0)
    assert warned(idle_seconds=150) == 1


@given(st.floats(0.1, 50), st.floats(0.1, 50), st.integers(0, 600))
def test_more_never_starts_sooner(image: float, model: float, load: int) -> None:
    less = cold_start(way(image_gib=image, load_seconds=load), ModelTransfer(model, is_copied=True), Cloud.AWS)
    more = cold_start(
        way(image_gib=image + 1, load_seconds=load + 1), ModelTransfer(model + 1, is_copied=True), Cloud.AWS
    )
    assert more.total > less.total


def test_the_cheapest_vcpu_is_chosen_among_machines_on_which_a_replica_fits() -> None:
    result = cheapest_pool("me-central-1", {"x86": X86, "graviton": GRAVITON}, 2, 2, BOTH, False)
    assert result is not None
    # c6g.2xlarge 0.321 / 8 and c6g.xlarge 0.1605 / 4 are equal: the first one is chosen; c6in.xlarge is 0.2816 / 4.
    assert (result.pool, result.machine.name, result.usd_per_vcpu_hour) == (
        "graviton",
        "c6g.xlarge",
        Decimal("0.040125"),
    )
    larger = cheapest_pool("me-central-1", {"graviton": GRAVITON}, 6, 2, BOTH, False)
    assert larger is not None
    assert larger.machine.name == "c6g.2xlarge"


def test_an_image_for_x86_alone_never_goes_to_graviton() -> None:
    result = cheapest_pool("me-central-1", {"x86": X86, "graviton": GRAVITON}, 2, 2, ("amd64",), False)
    assert result is not None
    assert result.pool == "x86"


def test_spot_counts_only_where_replicas_may_be_interrupted() -> None:
    spot = NodePoolSpec(profile=CPU, capacity=Capacity.SPOT, machines=["c6in.xlarge"], max=4)
    pools = {"spot": spot, "graviton": GRAVITON}
    stays = cheapest_pool("me-central-1", pools, 2, 2, BOTH, False)
    moves = cheapest_pool("me-central-1", pools, 2, 2, BOTH, True)
    assert stays is not None
    assert moves is not None
    # 0.107008 / 4 on spot against 0.1605 / 4.
    assert (stays.pool, moves.pool, moves.usd_per_vcpu_hour) == ("graviton", "spot", Decimal("0.026752"))


@pytest.mark.parametrize(
    ("pool", "cpu", "memory"),
    [
        (NodePoolSpec(profile=Profile.BATCH, capacity=Capacity.ON_DEMAND, machines=["c6g.xlarge"], max=4), 1, 1),
        (GRAVITON, 7.7, 1),
        (GRAVITON, 1, 13.6),
        (NodePoolSpec(profile=CPU, capacity=Capacity.ON_DEMAND, machines=["no-such-machine"], max=4), 1, 1),
        (NodePoolSpec(profile=CPU, capacity=Capacity.SPOT, machines=["c7i.xlarge"], max=4), 1, 1),
    ],
    ids=["other profile", "too many processors", "too much memory", "unknown machine", "spot of no known price"],
)
def test_unsuitable_pools_are_skipped(pool: NodePoolSpec, cpu: float, memory: float) -> None:
    assert cheapest_pool("me-central-1", {"only": pool}, cpu, memory, BOTH, True) is None


@pytest.mark.parametrize(("cpu", "threads"), [(0.5, "1"), (1, "1"), (2.5, "2"), (4, "4")])
def test_as_many_threads_calculate_as_there_are_whole_processors(cpu: float, threads: str) -> None:
    environment = server_of(ServingSpec.model_validate({**SLEEPING, "cpu": cpu}), "sentiment").environment
    assert (environment["FALAJ_THREADS"], environment["OMP_NUM_THREADS"], environment["FALAJ_WEIGHTS"]) == (
        threads,
        threads,
        "int8",
    )
    large = ServingSpec.model_validate({**LARGE, "runtime": "onnx", "image": "registry.example/own:1.0.0"})
    assert server_of(large, "large").environment["FALAJ_WEIGHTS"] == "bf16"


def test_a_model_is_copied_from_either_cloud_without_a_secret() -> None:
    assert fetch_command("s3://uae-models/sentiment/v3")[:3] == ["copy", "vault:uae-models/sentiment/v3", "/models"]
    assert fetch_command("azblob://uaemodels/models/sentiment")[1] == "vault:models/sentiment"
    s3 = fetch_environment("s3://uae-models/sentiment/v3", "me-central-1")
    blob = fetch_environment("azblob://uaemodels/models/sentiment", "uaenorth")
    assert (s3["RCLONE_CONFIG_VAULT_TYPE"], s3["RCLONE_CONFIG_VAULT_REGION"]) == ("s3", "me-central-1")
    assert (blob["RCLONE_CONFIG_VAULT_TYPE"], blob["RCLONE_CONFIG_VAULT_ACCOUNT"]) == ("azureblob", "uaemodels")
    for environment in (s3, blob):
        assert environment["AWS_EC2_METADATA_DISABLED"] == "true"
        assert not [key for key in environment if "SECRET" in key or "KEY" in key]


@pytest.mark.parametrize(
    ("winner", "shares"), [(None, (90, 10)), (Variant.A, (100, 0)), (Variant.B, (0, 100))], ids=str
)
def test_a_winner_gets_everything(winner: Variant | None, shares: tuple[int, int]) -> None:
    window = {key: value for key, value in EXPERIMENT.items() if key in ("starts", "ends", "measure", "weights")}
    split = SplitSpec.model_validate(window | {"winner": winner})
    assert tuple(split.share(variant) for variant in Variant) == shares
    assert ("falaj/experiment-winner" in split.annotations) == (winner is not None)


class _Image(Spec):
    image: PinnedImage


def test_charts_and_their_images_are_pinned_from_named_sources() -> None:
    assert len({chart.name for chart in CHARTS}) == len(CHARTS)
    for chart in CHARTS:
        assert chart.version[0].isdigit() or chart.version.startswith("v")
        assert chart.repository.startswith(("https://", "oci://"))
        assert chart.source
        assert chart.date
        for image in chart.images.values():
            _Image(image=image)


def test_samples_are_of_their_tiers() -> None:
    assert [ServingSpec.model_validate(spec).scales_to_zero for spec in (SLEEPING, AWAKE, LARGE)] == [
        True,
        False,
        False,
    ]


def with_limit(seconds: int) -> dict[str, Any]:
    return {**SLEEPING, "cold_start": {**SLEEPING["cold_start"], "first_answer_seconds": seconds}}


def test_a_service_warns_of_a_cold_start_near_its_limit() -> None:
    expected = InferenceServiceArgs.model_validate({**SERVICE, "serving": with_limit(900)}).expected
    assert expected is not None
    near = InferenceServiceArgs.model_validate({**SERVICE, "serving": with_limit(math.ceil(expected.total))})
    assert [text for text in near.warnings if "close to the expected cold start" in text]
    far = InferenceServiceArgs.model_validate({**SERVICE, "serving": with_limit(900)})
    assert not [text for text in far.warnings if "close to the expected cold start" in text]
