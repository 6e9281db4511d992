"""Images and charts that commands load (FJ-ESC-120): which words are images, and whose they are."""

import base64
import json

import pytest
from guardrails.engine.enforcement import Enforcement
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .blind import ME, aws, az, k8s, meta
from .harness import UNKNOWN, Given, Pack, blocking

RULE = "FJ-ESC-120"
OWN = f"{ME}.dkr.ecr.me-central-1.amazonaws.com"
PACK = Pack(
    Enforcement.model_validate(
        {
            "default": {"all": "mandatory"},
            "escape": {
                "image_publishers": {"ghcr.io/example": "the bank's own organisation"},
                "helm_sources": {"https://charts.example.ae": "the bank's own charts"},
            },
            "identity": {"trusted": {ME: "the bank's own account"}},
        }
    )
)


def machine(script: str) -> Given:
    return aws("ec2/LaunchTemplate", {"userData": base64.b64encode(script.encode()).decode()})


def is_refused(*plan: Given) -> bool:
    return RULE in blocking(PACK.evaluate_plan(*plan))


BAD = (
    "docker run someone/agent",
    "docker run --name nginx --restart always someone/agent",
    "docker run -dit -p 80:80 -v data:/data -e A=1 someone/agent sh -c true",
    "docker run --unknown-flag someone/agent nginx",
    "docker -H tcp://10.0.0.1:2375 --log-level warn run someone/agent",
    "sudo -E /usr/bin/docker container run quay.io/someone/agent@sha256:" + "a" * 64,
    "IMAGE=someone/agent\ndocker run $IMAGE",
    'export TAG=1.0 IMAGE="someone/agent"\ndocker run "${IMAGE}:${TAG}"',
    "docker run ${IMAGE:-someone/agent}",
    "docker run someone/$NAME:1",
    "for i in a b; do docker pull someone/$i; done",
    "for i in kyverno/kyverno someone/agent\ndo crane copy ghcr.io/$i x\ndone",
    "docker pull registry.somebody.example/${APP}",
    "podman pull docker.io/library/nginx someone/agent",
    "nerdctl --namespace k8s.io run -d someone/agent",
    "ctr -a /run/containerd.sock -n k8s.io i pull --platform linux/amd64 docker.io/someone/agent:1",
    "k3s ctr images pull ghcr.io/someone/agent:1",
    "crictl --runtime-endpoint unix:///run/c.sock pull someone/agent",
    f"skopeo copy --src-tls-verify=false docker://someone/agent docker://{OWN}/agent",
    f"skopeo copy docker://{OWN}/agent docker://docker.io/someone/agent",
    f"crane cp someone/agent {OWN}/agent",
    "oras pull ghcr.io/someone/data:1",
    "buildah from --name base someone/base",
    "apptainer exec --nv docker://someone/agent python",
    "apptainer run library://someone/agent",
    "apptainer run library://kyverno/kyverno",
    "apptainer run library://alpine",
    "singularity pull shub://kyverno/kyverno",
    "apptainer exec ipfs://bafybeice667c6gxovimsb6gnk6vex7vhzluhkl5hjv4ac4lhilxn52c43m true",
    "apptainer instance run docker://someone/agent a",
    "apptainer test docker://someone/agent",
    "crictl pull --username bank/reader someone/agent",
    "kubectl run x --image=someone/agent",
    "docker build --build-arg BASE_IMAGE=someone/base -t app .",
    "buildah bud --from=someone/base -t app .",
    "echo someone/agent | xargs -n1 docker pull",
    "docker run 'someone'/\"agent\"",
    "curl --unix-socket /run/docker.sock -X POST 'http://localhost/images/create?fromImage=someone/agent&tag=1'",
    "kubectl -n team-a set image deployment/x x=someone/agent:1",
    "docker tag someone/agent someone/agent\ndocker run someone/agent",
    "cat > Dockerfile <<EOF\nFROM someone/base:1\nEOF\ndocker build -t app .",
    "cat > c.yaml <<EOF\nservices:\n  a:\n    image: someone/agent\nEOF\ndocker compose up -d",
    "helm pull oci://ghcr.io/someone/charts/agent",
    "helm template x agent --repo=https://charts.somebody.example",
    "helm repo add tools https://charts.somebody.example",
)
GOOD = (
    "docker run nginx",
    "docker run --name agent/x --volume org/name:/data nginx",
    f"docker run -d --gpus all {OWN}/agent:1",
    "docker run ghcr.io/example/agent",
    "docker build --build-arg SOURCE_DIR=src/app -t app .",
    "docker run $IMAGE someone/else",
    "docker pull ghcr.io/$APP",
    "for i in kyverno/kyverno kedacore/keda; do docker pull ghcr.io/${i}; done",
    "docker run ${REGISTRY}/agent:1 someone/else",
    "docker run nginx cp someone/a someone/b",
    "docker build -t bank/app:1 . && docker run bank/app:1",
    f"docker pull {OWN}/a:1 && docker tag {OWN}/a:1 bank/a:1 && docker run bank/a:1",
    "# docker run someone/agent",
    "systemctl restart docker someone/agent",
    "apt-get install -y docker podman",
    "docker exec someone/agent true",
    "docker load -i /opt/agent.tar",
    "ctr -n k8s.io images ls name==docker.io/someone/agent",
    f"skopeo copy docker-archive:/opt/agent.tar docker://{OWN}/agent",
    "apptainer exec /opt/someone/agent.sif python",
    "apptainer instance run /opt/someone/agent.sif agent",
    f"apptainer instance run docker://{OWN}/agent:1 agent",
    f"crictl pull -u bank/reader {OWN}/agent:1",
    f"crictl --max-retries 3 pull --pull-timeout 30s --username bank/reader {OWN}/agent:1",
    "kubectl run x --image=nginx -- cp someone/a b",
    "kubectl get pods --image someone/agent",
    "crane digest someone/agent",
    "helm pull x --repo https://charts.example.ae --version 1.0.0",
    "helm lint ./charts/x",
    "echo FROM someone/base",
)


@pytest.mark.parametrize("script", BAD)
def test_a_stranger_s_image_is_refused(script: str) -> None:
    assert is_refused(machine(f"#!/bin/bash\n{script}\n"))


@pytest.mark.parametrize("script", GOOD)
def test_known_images_and_other_commands_pass(script: str) -> None:
    assert not is_refused(machine(f"#!/bin/bash\n{script}\n"))


WORDS = ["docker", "run", "-d", "someone/agent"]
CARRIERS = (
    aws("ecs/TaskDefinition", {"containerDefinitions": json.dumps([{"command": WORDS}])}),
    aws("ssm/Document", {"content": json.dumps({"mainSteps": [{"inputs": {"runCommand": [" ".join(WORDS)]}}]})}),
    aws("codebuild/Project", {"source": {"buildspec": f"phases:\n  build:\n    commands:\n    - {' '.join(WORDS)}\n"}}),
    az("compute:VirtualMachine", {"osProfile": {"customData": " ".join(WORDS)}}),
    k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"a.py": f"subprocess.run({json.dumps(WORDS)})"}}),
    k8s("batch/v1:Job", {"spec": {"template": {"spec": {"containers": [{"name": "x", "args": WORDS}]}}}}),
    machine(f"#cloud-config\nruncmd:\n- [{', '.join(WORDS)}]\n"),
)


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda item: item.type)
def test_every_text_is_read(carrier: Given) -> None:
    assert is_refused(carrier)


def test_what_is_not_known_or_of_the_plan_passes() -> None:
    assert not is_refused(aws("ec2/LaunchTemplate", {"userData": UNKNOWN}))
    assert not is_refused(aws("sqs/Queue", {"name": "docker-run"}))
    registry = az("containerregistry:Registry", {"registryName": "bankapps"}, "registry")
    job = machine("docker run bankapps.azurecr.io/agent:1")
    assert not is_refused(registry, job)
    assert is_refused(job)


PIECES = (
    *(
        "docker",
        "podman",
        "ctr",
        "crane",
        "kubectl",
        "helm",
        "oras",
        "git",
        "aws",
        "az",
        "xargs",
        "run",
        "pull",
        "push",
    ),
    *("copy", "images", "tag", "build", "set", "image", "storage", "s3api", "put-object", "remote", "add", "for", "in"),
    *("-t", "--tag", "--image", "--tag=", "--bucket", "--account-name", "--build-arg", "--from", "-", "--", "=", "a="),
    *("$A", "${A", "A=", "|", ";", "\n", "do", "docker://", "oci://", "x/y", "[", "'", '"'),
)


@settings(max_examples=many(150), deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_words_are_read(words: list[str]) -> None:
    found = blocking(PACK.evaluate_resource(machine("#!/bin/sh\n" + " ".join(words))))
    assert not any(rule.startswith("FJ-PACK-") for rule in found)


@pytest.mark.parametrize("command", [
    "podman run --timeout 60 --uidmap 0:1:1 {}", "podman --module ghcr.io/example/a run {}",
    "podman run --hosts-file ghcr.io/example/hosts {}", "nerdctl --hosts-dir /etc/certs.d run --verify none {}",
    "ctr run --cwd /srv --memory-limit 9 {} a", "skopeo sync --src docker --dest dir {} /srv",
    "skopeo copy --sign-by ops docker://{} docker-archive:/a.tar", "buildah from --memory 1g -v /a:/a {}",
    "oras pull --header a:b --oci-layout-path ghcr.io/example/a {}", "crane mutate --env A=b {}",
])  # fmt: skip
def test_the_value_of_an_option_is_no_image(command: str) -> None:
    """The options with a value, by the programs' sources: an image that may be loaded in its place hides no other."""
    assert is_refused(machine(command.format("someone/agent")))
    assert not is_refused(machine(command.format("ghcr.io/example/agent")))
