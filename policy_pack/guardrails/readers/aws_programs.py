"""The resources of AWS that carry settings of programs that a service runs."""

from ..engine.rows import aws

CARRIERS = aws(
    "amp/AlertManagerDefinition", "amp/Scraper", "appconfig/HostedConfigurationVersion", "athena/NamedQuery",
    "athena/PreparedStatement", "batch/JobDefinition", "cloudwatch/EventTarget",
    "elasticache/ParameterGroup", "emr/Cluster", "emr/InstanceGroup", "emrcontainers/JobTemplate",
    "emrserverless/Application", "glue/Job", "iot/TopicRule", "kinesisanalyticsv2/Application", "lambda/Function",
    "memorydb/ParameterGroup", "mq/Configuration", "mskconnect/Connector", "mskconnect/WorkerConfiguration",
    "mwaa/Environment", "opensearchingest/Pipeline", "pipes/Pipe", "rds/ClusterParameterGroup", "rds/OptionGroup",
    "rds/ParameterGroup", "redshift/ParameterGroup", "sagemaker/Model", "sagemaker/TrainingJob", "ssm/Document",
)  # fmt: skip
"""The types of AWS that carry settings, texts or statements of the programs that a service runs: a list,
since the properties of other types have rows of their own (pulumi-aws 7.51.1, read 2026-11-29)."""
