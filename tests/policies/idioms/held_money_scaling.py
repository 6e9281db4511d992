"""Scaling, warm pools and services whose least capacity is small, near the attacks on the ceiling (2026-12-03)."""

from dataclasses import replace

from ..attacks.cost_services import AWS, TASK
from ..attacks.held_money_scaling import (
    FARGATE,
    OF_SERVICE,
    TASKS,
    bounds,
    defaults,
    group,
    managed,
    nights,
    of_size,
    service,
    setting,
)
from ..blind import aws
from ..harness import UNKNOWN
from . import Idiom

DOCS = "docs.aws.amazon.com"
SMALL = replace(TASK, props={
    **TASK.props, "cpu": "256", "memory": "512", "requiresCompatibilities": ["EC2", "FARGATE"],
    "runtimePlatform": {"operatingSystemFamily": "LINUX"}, "ephemeralStorage": {"sizeInGib": 30}})  # fmt: skip
BY_FAMILY = replace(service(**FARGATE, taskDefinition="t:3"), links={})

IDIOMS = (
    Idiom("a schedule keeps eight small tasks on Fargate", (
        AWS, SMALL, service(**FARGATE), bounds("Target", OF_SERVICE, TASKS, 2),
        bounds("ScheduledAction", UNKNOWN, TASKS, 8, ("target",))), f"{DOCS}/autoscaling/application"),
    Idiom("another service of the plan has many tasks, on machines", (
        AWS, SMALL, service(launchType="FARGATE"), replace(service(name="batch", launchType="EC2"), name="batch"),
        bounds("ScheduledAction", "service/claims/batch", TASKS, 300)), f"{DOCS}/AmazonECS"),
    Idiom("a service finds its small tasks by their family", (AWS, SMALL, BY_FAMILY), f"{DOCS}/AmazonECS"),
    Idiom("tasks that may run on machines run in a cluster of another stack", (
        AWS, SMALL, service(desiredCount=200)), f"{DOCS}/AmazonECS"),
    Idiom("tasks run on machines though another cluster has Fargate by default", (
        AWS, SMALL, service(desiredCount=200), defaults("FARGATE", clusterName="batch")), f"{DOCS}/AmazonECS"),
    Idiom("machines that ECS starts itself have no service yet", (AWS, managed()), f"{DOCS}/AmazonECS"),
    Idiom("two machines of a warm pool rest with small disks", (AWS, *group(of_size(80), warmPool={
        "poolState": "Stopped", "minSize": 2})), f"{DOCS}/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html"),
    Idiom("a small machine of a warm pool runs", (AWS, *group(of_size(80), warmPool={
        "poolState": "Running", "minSize": 1, "maxGroupPreparedCapacity": 1})),
        f"{DOCS}/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html"),
    Idiom("a schedule ends two machines of a group of another stack", (
        AWS, nights(minSize=0, maxSize=2, desiredCapacity=0)), f"{DOCS}/autoscaling/ec2"),
    Idiom("copies of a model share the machines of their endpoint", (AWS, bounds(
        "Target", "inference-component/llm", "sagemaker:inference-component:DesiredCopyCount", 8)),
        f"{DOCS}/sagemaker"),
    Idiom("an autoscale setting keeps two units of a resource of another stack", (setting(
        "Microsoft.ServiceBus/namespaces/orders", "2"),), "learn.microsoft.com/azure/azure-monitor/autoscale"),
    Idiom("a further subnet of an endpoint", (AWS, aws("ec2/VpcEndpointSubnetAssociation", {
        "vpcEndpointId": "vpce-1", "subnetId": "subnet-1"})), f"{DOCS}/vpc/latest/privatelink"),
)  # fmt: skip
