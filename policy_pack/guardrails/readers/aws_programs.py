"""The resources of AWS that carry settings of programs that a service runs."""

CARRIERS = tuple(
    f"aws:{name}:"
    for name in (
        "amp/alertManagerDefinition", "amp/scraper", "appconfig/hostedConfigurationVersion", "athena/namedQuery",
        "athena/preparedStatement", "batch/jobDefinition", "cloudwatch/eventTarget", "codebuild/project",
        "elasticache/parameterGroup", "emr/cluster", "emr/instanceGroup", "emrcontainers/jobTemplate",
        "emrserverless/application", "glue/job", "iot/topicRule", "kinesisanalyticsv2/application", "lambda/function",
        "memorydb/parameterGroup", "mq/configuration", "mskconnect/connector", "mskconnect/workerConfiguration",
        "mwaa/environment", "opensearchingest/pipeline", "pipes/pipe", "rds/clusterParameterGroup", "rds/optionGroup",
        "rds/parameterGroup", "redshift/parameterGroup", "sagemaker/model", "sagemaker/trainingJob", "ssm/document",
    )
)  # fmt: skip
"""Beginnings of the types of AWS that carry settings, texts or statements of the programs that a service runs: a list,
since the properties of other types have rows of their own (pulumi-aws 7.51.1, read 2026-11-29)."""
