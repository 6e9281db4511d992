"""Settings whose sources were read after the rules were written: each refused value passed before, and each good one
next to it was refused or comes close."""

import pytest

from .harness import Pack, rules
from .idioms.held_against_sources_known import VERIFIED
from .test_held_against_sources_servers import passes

PACK = Pack()
LISTS = (
    ("elasticsearch", "transport.profiles.a.xpack.security.ssl.client_authentication", "none", "required"),
    ("flink", "execution.job-status-changed-listeners", "ae.bank.Listeners",
     "io.openlineage.flink.listener.OpenLineageJobStatusChangedListenerFactory"),
    ("flink", "execution.checkpointing.storage", "ae.bank.Storage", "filesystem"),
    ("flink", "state.checkpoint-storage", "ae.bank.Storage", "jobmanager"),
    ("spark", "spark.sql.hive.metastore.jars.path", "file:///opt/a.jar, https://files.bank.ae/b.jar",
     "file:///opt/hive/*.jar,s3a://code/hive/*.jar"),
    ("spark", "spark.kubernetes.driver.pod.featureSteps", "ae.bank.Step",
     "org.apache.spark.deploy.k8s.features.VolcanoFeatureStep"),
    ("spark", "spark.sql.catalog.lake.catalog-impl", "ae.bank.Catalog", "org.apache.iceberg.aws.glue.GlueCatalog"),
    ("spark", "spark.sql.catalog.lake.io-impl", "ae.bank.Files", "org.apache.iceberg.aws.s3.S3FileIO"),
)  # fmt: skip


@pytest.mark.parametrize(("product", "name", "thrown", "good"), LISTS)
def test_a_setting_is_refused_by_what_its_source_says(product: str, name: str, thrown: str, good: str) -> None:
    """The sources are those of the rows of `data/parameters.csv`."""
    assert not passes(product, name, thrown)
    assert passes(product, name, good)


@pytest.mark.parametrize("given", VERIFIED)
def test_what_aws_has_verified_confines(given: object) -> None:
    assert "FJ-EXP-127" not in rules(PACK.evaluate_resource(given))  # type: ignore[arg-type]
