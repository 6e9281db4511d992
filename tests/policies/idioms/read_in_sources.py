"""Good idioms that come close to the attacks by forms that the sources of the facts have (2026-11-30)."""

from ..attacks.read_in_sources import (
    environment,
    group,
    job,
    parameter,
    pipeline,
    route,
    runner,
    schedule,
    tuning,
    variants,
)
from ..blind import HERE, ME, aws, az
from . import Idiom

IDIOMS: tuple[Idiom, ...] = (
    *(Idiom(f"an environment has a package of a known channel as {package}", environment(package),
            "conda, 'Package match specifications'") for package in (
        "conda-forge::numpy=2.3", "'numpy[channel=conda-forge]'", "'numpy[version=\">=2\", build=py312*]'")),
    *(Idiom(f"a server of PostgreSQL 18 says who came by {value}", plan, "PostgreSQL 18, log_connections")
      for value, plan in (
        ("authentication,authorization", parameter("dbforpostgresql", "log_connections",
                                                   "authentication, authorization")),
        ("all", parameter("dbforpostgresql", "log_connections", "all")),
        ("yes", parameter("dbforpostgresql", "log_connections", "yes")),
        ("a list of AWS", group("log_connections", "receipt,authentication,authorization")))),
    Idiom("an audit leaves out what is said about sessions", group("pgaudit.log", "all, -misc"), "pgAudit, README"),
    Idiom("an audit of MySQL has connections and grants", parameter("dbformysql", "audit_log_events",
                                                                  "CONNECTION_V2,DCL,DDL"),
          "Azure Database for MySQL, 'Audit logs'"),
    Idiom("a tuning has eight trials of a machine at once", pipeline(tuning(8, 1)), "SageMaker, pipeline definition"),
    Idiom("a pipeline gives an endpoint two machines, and four at most", pipeline(variants(
        InitialInstanceCount=2, MinInstanceCount=2, MaxInstanceCount=4)), "SageMaker, pipeline definition"),
    Idiom("a training starts each hour in a minute that a range of one has", schedule(
        "cron(5-5 * * * ? *)", f"arn:aws:sagemaker:me-central-1:{ME}:pipeline/retrain"),
        "EventBridge, cron expressions"),
    Idiom("a runner keeps machines for two hundred jobs, twenty each", runner(
        "  [runners.autoscaler]\n    capacity_per_instance = 20\n"
        "  [[runners.autoscaler.policy]]\n    idle_count = 200\n"),
        "GitLab Runner, 'Advanced configuration'", charts=("gitlab-runner",)),
    Idiom("a route leads past the firewall to the images of Microsoft", route("MicrosoftContainerRegistry"),
          "Azure, 'Service tags': the registry of Microsoft's own images"),
    *(Idiom(f"a model is deployed from the vendor's registry {name}", (
        az("machinelearningservices:ServerlessEndpoint", {
            **HERE, "workspaceName": "ml", "name": "e", "properties": {
                "authMode": "AAD", "modelSettings": {"modelId": f"azureml://registries/{name}/models/{model}"}}}),),
        "Azure AI Foundry, list of models") for name, model in (
        ("azureml-core42", "jais-30b-chat"), ("azureml-cohere", "Cohere-command-a"))),
    *(Idiom(f"a job runs `{command}`", job(command), "manuals of the programs (conda, pip, AWS CLI)") for command in (
        "conda install -y -n base numpy=1.26.4", "conda create -y --name work python=3.12.4 numpy=1.26.4",
        "micromamba install -y -n base -f env.yaml", "pip install --timeout 60 --retries 5 numpy==1.26.4",
        "pip install --upgrade-strategy eager --only-binary :all: numpy==1.26.4",
        "az rest --method post --url https://management.azure.com/providers/Microsoft.ResourceGraph/resources -b @q",
        "az rest --method get --url https://management.azure.com/subscriptions?api-version=2022-12-01",
        "az aks get-credentials -n aks -g rg --file /tmp/kubeconfig", "az vm start --ids $IDS",
        "node -e \"const r = require('@aws-sdk/client-rds'); c.send(new r.AddTagsToResourceCommand(tags))\"",
        "aws rds add-tags-to-resource --resource-name a --tags Key=a,Value=b",
        "aws elbv2 register-targets --target-group-arn a --targets Id=i-1",
        "python -c \"import argparse, boto3; argparse.ArgumentParser().add_argument('--day')\"")),
    Idiom("an account has more stacks of CloudFormation than by default, and no more machines", (aws(
        "servicequotas/ServiceQuota", {"serviceCode": "cloudformation", "quotaCode": "L-0485CB21", "value": 3000}),),
        "AWS, Service Quotas, Stack count"),
    Idiom("a job has graphs of Spark by their new coordinates", job(
        "spark-submit --packages io.graphframes:graphframes-spark3_2.12:0.9.0 local:///app/run.py"),
        "graphframes/graphframes, README"),
)  # fmt: skip
