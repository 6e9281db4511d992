"""Conversions of the inputs of billing services to CloudFormation's: one function a type."""

from __future__ import annotations

import json
from typing import Any

Inputs = dict[str, Any]


def _tagged(inputs: Inputs, **shaped: Any) -> Inputs:
    """Adds the tags, which are named `resourceTags` in these types."""
    return {**shaped, "resourceTags": inputs["tags"]}


def action(inputs: Inputs) -> Inputs:
    """Fields of the threshold and the subscribers of a budget action have shorter names."""
    threshold = inputs["actionThreshold"]
    unchanged = {key: value for key, value in inputs.items() if key not in ("tags", "subscribers", "actionThreshold")}
    return _tagged(
        inputs,
        **unchanged,
        actionThreshold={"type": threshold["actionThresholdType"], "value": threshold["actionThresholdValue"]},
        subscribers=[
            {"address": subscriber["address"], "type": subscriber["subscriptionType"]}
            for subscriber in inputs["subscribers"]
        ],
    )


def anomaly_monitor(inputs: Inputs) -> Inputs:
    """The name of a Cost Anomaly Detection monitor is `monitorName`."""
    unchanged = {key: value for key, value in inputs.items() if key not in ("tags", "name")}
    return _tagged(inputs, **unchanged, monitorName=inputs["name"])


def anomaly_subscription(inputs: Inputs) -> Inputs:
    """The threshold of an anomaly subscription is JSON in CloudFormation."""
    return _tagged(
        inputs,
        subscriptionName=inputs["name"],
        frequency=inputs["frequency"],
        monitorArnList=inputs["monitorArnLists"],
        subscribers=inputs["subscribers"],
        thresholdExpression=json.dumps(inputs["thresholdExpression"]),
    )


def cost_category(inputs: Inputs) -> Inputs:
    """Both kinds of rules of a cost category are JSON in CloudFormation."""
    rules = {key: json.dumps(inputs[key]) for key in ("rules", "splitChargeRules")}
    return {**inputs, **rules}


def data_export(inputs: Inputs) -> Inputs:
    """Terraform's lists of one item in a data export are objects in CloudFormation."""
    export = inputs["export"]
    [destination] = export["destinationConfigurations"][0]["s3Destinations"]
    shaped = {
        "name": export["name"],
        "dataQuery": export["dataQueries"][0],
        "destinationConfigurations": {
            "s3Destination": {**destination, "s3OutputConfigurations": destination["s3OutputConfigurations"][0]}
        },
        "refreshCadence": export["refreshCadences"][0],
    }
    return {"export": shaped, "tags": inputs["tags"]}


def metric_alarm(inputs: Inputs) -> Inputs:
    """The dimensions of an alarm are a list of names and values."""
    return {**inputs, "dimensions": [{"name": key, "value": value} for key, value in inputs["dimensions"].items()]}
