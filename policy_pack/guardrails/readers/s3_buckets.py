"""The resource types of S3 buckets in both generations of the AWS provider."""

from ..engine.rows import aws

BUCKETS = aws("s3/Bucket", "s3/BucketV2")
BUCKET_ENCRYPTION = aws("s3/BucketServerSideEncryptionConfiguration", "s3/BucketServerSideEncryptionConfigurationV2")
