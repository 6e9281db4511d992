"""Promotion of an experiment's winner in the model registry: one job per decision."""

from typing import Any

import pytest

from falaj.components.core.charts.charts import MLFLOW
from falaj.components.core.serving.experiments import Variant
from falaj.components.core.serving.promotion import promotion
from falaj.components.core.validation.args import BadArguments
from falaj.components.kubernetes import ModelPromotion
from tests.samples import COST_TAGS
from tests.unit.components.kubernetes_samples import MODEL_PROMOTION
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded

JOB = "kubernetes:batch/v1:Job"
MODELS = {Variant.A: "models:/sentiment/3", Variant.B: "models:/sentiment/4"}


def made(**changed: Any) -> Recording:
    return recorded(ModelPromotion, {**MODEL_PROMOTION, **changed})


def without_winner() -> Recording:
    return recorded(ModelPromotion, {key: value for key, value in MODEL_PROMOTION.items() if key != "winner"})


def variables_of(of: Recording) -> dict[str, str]:
    (container,) = of.one(JOB).inputs["spec"]["template"]["spec"]["containers"]
    return {variable["name"]: variable["value"] for variable in container["env"]}


def promoted(of: Recording) -> Any:
    return of.outputs[of.one("falaj:kubernetes:ModelPromotion").urn]


def test_nothing_is_promoted_while_nothing_has_won() -> None:
    of = without_winner()
    assert of.names() == set()
    assert promoted(of) == {"promoted": "nothing"}
    assert promotion(None, MODELS, "champion") is None


@pytest.mark.parametrize(("winner", "version"), [(Variant.A, "3"), (Variant.B, "4")])
def test_the_alias_points_to_the_version_of_the_winner(winner: Variant, version: str) -> None:
    of = made(winner=winner)
    assert promoted(of) == {"promoted": f"sentiment@champion is version {version}"}
    variables = variables_of(of)
    assert variables["MLFLOW_TRACKING_URI"] == "http://tracking.tenant-retail.svc:5000"
    assert (variables["FALAJ_MODEL"], variables["FALAJ_VERSION"]) == ("sentiment", version)
    assert variables["FALAJ_ALIAS"] == "champion"


def test_each_decision_is_a_job_of_its_own_and_the_same_one_is_the_same() -> None:
    def name(**changed: Any) -> str:
        return made(**changed).one(JOB).inputs["metadata"]["name"]

    newer = {"a": "models:/sentiment/3", "b": "models:/sentiment/5"}
    names = [name(), name(winner=Variant.A), name(alias="challenger"), name(models=newer)]
    assert len(set(names)) == 4
    assert name(tags={**COST_TAGS, "owner": "another-team"}) == names[0]
    assert name(models={**newer, "b": "models:/sentiment/4"}) == names[0]


def test_the_job_has_no_privileges_no_token_and_the_tenants_labels() -> None:
    job = made().one(JOB).inputs
    template = job["spec"]["template"]
    spec = template["spec"]
    (container,) = spec["containers"]
    # The server's service selects by the name, and must not select the job.
    labels = {"falaj/tenant": "retail", "app.kubernetes.io/name": "promotion"}
    assert template["metadata"]["labels"] == labels
    assert job["metadata"]["labels"] == {**COST_TAGS, **labels}
    assert spec["automountServiceAccountToken"] is False
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["image"] == MLFLOW
    assert job["metadata"]["namespace"] == "tenant-retail"
    assert "ttlSecondsAfterFinished" not in job["spec"]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"models": {"a": "models:/sentiment/3"}}, "models"),
        ({"models": {"a": "models:/sentiment/3", "b": "models:/other/4"}}, "models"),
        ({"models": {"a": "models:/sentiment/3", "b": "models:/sentiment@champion"}}, r"models\.b"),
        ({"models": {"a": "models:/sentiment/3", "b": "s3://models/sentiment"}}, r"models\.b"),
        ({"alias": "v3"}, "alias"),
        ({"alias": "latest"}, "alias"),
        ({"winner": "c"}, "winner"),
    ],
)
def test_invalid_arguments_are_rejected(changed: dict[str, Any], problem: str) -> None:
    with pytest.raises(BadArguments, match=problem):
        made(**changed)
