"""Encryption at rest of AWS queues, topics, streams and workflows.

Property names checked against pulumi-aws 7.51.1 on 2026-11-24 (a test repeats it).
"""

from ....engine.conditions import CUSTOMER_KEY, FALSE, TRUE, one_of
from ....engine.families import encryption_rule
from ....engine.rows import Check, Guardrail, Severity, aws
from ..reasons import AWS_KEY, OWN_KEY

_SOURCES = ("kinesisSourceConfiguration", "mskSourceConfiguration")
"""Properties of a delivery stream that reads another stream. It stores no data, and Firehose rejects a key for it."""

MESSAGE_ROWS = (
    Check(aws("kinesis/Stream"), "encryptionType", one_of("KMS")),
    Check(aws("kinesis/Stream", "kinesis/VideoStream"), "kmsKeyId", CUSTOMER_KEY),
    Check(aws("kinesis/FirehoseDeliveryStream"), "serverSideEncryption.enabled", TRUE, unless=_SOURCES),
    Check(aws("kinesis/FirehoseDeliveryStream"), "serverSideEncryption.keyType", one_of("CUSTOMER_MANAGED_CMK"),
          unless=_SOURCES),
    Check(aws("kinesis/FirehoseDeliveryStream"), "serverSideEncryption.keyArn", CUSTOMER_KEY, unless=_SOURCES),
    Check(aws("sqs/Queue", "sns/Topic"), "kmsMasterKeyId", CUSTOMER_KEY),
    Check(aws("msk/Cluster"), "encryptionInfo.encryptionAtRestKmsKeyArn", CUSTOMER_KEY),
    Check(aws("mq/Broker"), "encryptionOptions.useAwsOwnedKey", FALSE),
    Check(aws("mq/Broker"), "encryptionOptions.kmsKeyId", CUSTOMER_KEY),
    Check(aws("cloudwatch/EventBus"), "kmsKeyIdentifier", CUSTOMER_KEY),
    Check(aws("sfn/StateMachine", "sfn/Activity"), "encryptionConfiguration.kmsKeyId", CUSTOMER_KEY),
)  # fmt: skip

AWS_MESSAGING: tuple[Guardrail, ...] = (
    encryption_rule(105, Severity.HIGH, "AWS queues, topics and streams are encrypted with a customer-managed key",
                    OWN_KEY, AWS_KEY,
                    checks=MESSAGE_ROWS),
)  # fmt: skip
