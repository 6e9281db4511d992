"""Served models: descriptions that are rejected, and sites that cannot serve them."""

from typing import Any

import pytest

from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Profile
from falaj.components.kubernetes.serving.inference_service import InferenceService
from tests.unit.components.samples import program
from tests.unit.components.serving_samples import AWAKE, LARGE, POOLS, SERVICE, SLEEPING


def refused(serving: Any = SLEEPING, **changed: Any) -> Any:
    args = {**SERVICE, "serving": serving, **changed}
    return program(InferenceService, {key: value for key, value in args.items() if value is not None})


@pytest.mark.parametrize(
    ("serving", "message"),
    [
        ({**SLEEPING, "gpu": {}}, r"serving\.gpu.*only for tier enterprise"),
        ({**SLEEPING, "load": LARGE.get("load")}, r"serving\.load.*only for tier enterprise"),
        ({**SLEEPING, "min": 7}, r"serving\.min: 7 .*at most max \(6\)"),
        ({key: value for key, value in SLEEPING.items() if key != "cold_start"}, r"serving\.cold_start"),
        ({**AWAKE, "cold_start": SLEEPING.get("cold_start")}, r"serving\.cold_start.*only where min is 0"),
        ({**LARGE, "min": 0}, r"serving\.min: 0 .*1 or more for tier enterprise"),
        ({key: value for key, value in LARGE.items() if key != "gpu"}, r"serving\.gpu: required where tier is enter"),
        (
            {key: value for key, value in LARGE.items() if key != "load"},
            r"serving\.load: required where max is greater",
        ),
        ({**LARGE, "gpu": {"mig_profile": "1g.5gb"}}, r"serving\.gpu\.mig_profile: \"1g\.5gb\""),
        ({**LARGE, "gpu": {"mig_profile": "1g.10gb", "time_sliced": True}}, r"serving\.gpu\.mig_profile"),
        ({**LARGE, "gpu": {"count": 2, "time_sliced": True}}, r"serving\.gpu\.count: 2"),
        ({**LARGE, "load": {**(LARGE.get("load") or {}), "replicas_blind": 5}}, r"serving\.load\.replicas_blind: 5"),
        ({**SLEEPING, "image": "registry.example/server:latest"}, r"serving\.image"),
        ({**SLEEPING, "model": {"gib": 1}}, r"serving\.model\.uri"),
        ({**SLEEPING, "model": {"gib": 1, "claim": "models", "uri": "s3://b/m"}}, r"serving\.model\.uri"),
        ({**SLEEPING, "model": {"gib": 1, "uri": "https://example.com/model"}}, r"serving\.model\.uri"),
        ({**SLEEPING, "environment": {"FALAJ_PORT": "1"}}, r"serving\.environment\.FALAJ_PORT"),
        ({**SLEEPING, "architectures": ["x86_64"]}, r"serving\.architectures\.0"),
        (
            {**SLEEPING, "cold_start": {"first_answer_seconds": 30, "image_gib": 0.4, "load_seconds": 5}},
            r"serving\.cold_start\.first_answer_seconds: 30 .*120 or more: 120 s \(node 90, image 15, model 5, start 5",
        ),
        (
            {
                **SLEEPING,
                "cold_start": {
                    "first_answer_seconds": 180,
                    "image_gib": 0.4,
                    "load_seconds": 5,
                    "idle_seconds": 60,
                },
            },
            r"serving\.cold_start\.idle_seconds: 60",
        ),
    ],
)
def test_invalid_services_are_rejected(serving: Any, message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        refused(serving)()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"host": None}, r"host: required where serving\.min is 0: requests for this name scale"),
        ({"gateway": None}, r"gateway: required where `host` is given"),
        (
            {"region": None, "pools": None},
            r"region: required where the model is in a vault that is found by its region",
        ),
        ({"region": "eu-west-1"}, r"region: \"eu-west-1\""),
        ({"pools": {"train": {**POOLS["x86"], "profile": Profile.TRAINING}}}, r"pools: \[\"train\"\]"),
        ({"client_id": "id"}, r"client_id: \"given\" is not allowed; allowed: only on Azure"),
        ({"service": "Sentiment"}, "service"),
        ({"colour": "red"}, "colour"),
        ({"tags": {}}, r"tags\.project"),
    ],
)
def test_sites_that_cannot_serve_the_model(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        refused(**changed)()
