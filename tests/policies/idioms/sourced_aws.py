"""Good programs on AWS next to what the vendor's documents say of statements in the pack (2026-12-02)."""

from ..attacks.after_twenty_sixth_aws import TO_ROLE, rule
from ..attacks.sourced_aws import run
from ..attacks.twenty_sixth_aws import R
from ..blind import ME, TAGS, aws
from . import Idiom, unpriced

DOCS = "docs.aws.amazon.com"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("what a device measures is kept under its own name, with values from its message", (rule(
        "SELECT * FROM 'devices/+/state'",
        dynamodbs=[{**TO_ROLE, "tableName": "meters", "hashKeyField": "meter", "hashKeyValue": "${topic(2)}",
                    "rangeKeyField": "at", "rangeKeyValue": "${timestamp()}", "payloadField": "state"}],
        cloudwatchMetrics=[{**TO_ROLE, "metricName": "power", "metricNamespace": "Meters", "metricUnit": "None",
                            "metricValue": "${power}", "metricTimestamp": "${floor(at / 1000)}"}],
        kineses=[{**TO_ROLE, "streamName": "meters", "partitionKey": "${meter}"}],
        s3=[{**TO_ROLE, "bucketName": "bank-meters", "key": "${topic(2)}/${timestamp()}.json"}],
        iotEvents=[{**TO_ROLE, "inputName": "meters", "messageId": "${id}"}],
        lambdas=[{"functionArn": f"arn:aws:lambda:{R}:{ME}:function:meters"}],
        sqs=[{**TO_ROLE, "queueUrl": f"https://sqs.{R}.amazonaws.com/{ME}/meters", "useBase64": False}],
        errorAction={"s3": {**TO_ROLE, "bucketName": "bank-meters-errors", "key": "${topic(2)}/${newuuid()}"}}),),
        f"{DOCS}/iot/latest/developerguide/iot-substitution-templates.html",
        {"residency": {"known": {"bank-meters": "the bank's own, in me-central-1",
                                 "bank-meters-errors": "the bank's own, in me-central-1"}},
         **unpriced("aws:iot/topicRule:TopicRule::x")}),
    Idiom("a machine of states gives a program a file as a word of its own", (run(
        ["import", "--file", "{% $states.input.file %}"]),), f"{DOCS}/step-functions/latest/dg/transforming-data.html"),
    Idiom("copies of a function are added before seven of ten are busy", (
        aws("appautoscaling/Target", {
            "serviceNamespace": "lambda", "scalableDimension": "lambda:function:ProvisionedConcurrency",
            "resourceId": "function:limits:live", "minCapacity": 1, "maxCapacity": 8, "tags": TAGS}, "ready"),
        aws("appautoscaling/Policy", {
            "name": "busy", "serviceNamespace": "lambda", "policyType": "TargetTrackingScaling",
            "scalableDimension": "lambda:function:ProvisionedConcurrency", "resourceId": "function:limits:live",
            "targetTrackingScalingPolicyConfiguration": {"targetValue": 0.7, "predefinedMetricSpecification": {
                "predefinedMetricType": "LambdaProvisionedConcurrencyUtilization"}}}, "busy",
            links={"resourceId": ("ready",)})),
        f"{DOCS}/lambda/latest/dg/provisioned-concurrency.html"),
)  # fmt: skip
