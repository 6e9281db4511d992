"""Writes what the templates have in common: `python -m tests.project.templates`.

A template's own files are its README, its settings and its program. All others are written once: in `templates/vault`,
the program of a platform in `templates/site`, the prompts in this file. The version of the package and the settings of
the policy pack come from the package.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from falaj import __version__
from falaj.cli.exported_pack import NO_EXEMPTIONS, neutral_settings

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
STACK = "dev"

Prompt = Mapping[str, str]
"""`description` of a configuration key, and its `default`."""

TAGS: Mapping[str, Prompt] = {
    "business-unit": {"description": "Cost tag: the business unit that pays, such as retail-banking"},
    "cost-centre": {"description": "Cost tag: cc- and 3 to 8 digits, such as cc-4711"},
    "data-classification": {
        "description": "Cost tag: open, confidential, sensitive or secret",
        "default": "confidential",
    },
    "environment": {"description": "Cost tag: dev, test, staging or prod", "default": "dev"},
    "owner": {"description": "Cost tag: the team that answers for the resources, such as ml-platform-team"},
}
BUDGET: Mapping[str, Prompt] = {
    "budget": {"description": "Budget in AED a month, for each site"},
    "budget-start": {"description": "First month of the budget, by its first day, such as 2026-12-01"},
    "notify": {"description": "E-mail address that receives the alarms of the budget"},
}
AWS: Mapping[str, Prompt] = {"region": {"description": "AWS region in the UAE", "default": "me-central-1"}}
AWS_SITE = AWS | {
    "administrator": {
        "description": "IAM role that administers the cluster, such as arn:aws:iam::123456789012:role/falaj-admin"
    },
    "deployer": {"description": "IAM role that runs Pulumi, such as arn:aws:iam::123456789012:role/falaj-dev"},
}
AZURE_SITE: Mapping[str, Prompt] = {
    "azure-administrator": {"description": "Object ID of the Entra group that administers the cluster on Azure"},
    "azure-region": {"description": "Azure region in the UAE: uaenorth or uaecentral", "default": "uaenorth"},
}
TENANT: Mapping[str, Prompt] = {
    "platform-stack": {"description": "Stack of the platform, such as organization/ai-platform/dev"},
}


GPU_AGENTS = {
    "privileged_namespaces": "{gpu-operator: Its agents load drivers on the nodes; no other pods belong there}"
}
ISSUER = {"trusted": "{login.example.ae/realms/platform: The issuer in Pulumi.dev.yaml; replace it in both files}"}
IMAGES = {"image_publishers": "{registry.example.ae: The registry in Pulumi.dev.yaml; replace it in both files}"}


PLATFORM_FIRST = """**The platform comes first.** This stack reads the outputs of the platform's stack, and a preview
without them is refused. [README.md](README.md) shows what the platform's stack file needs. With these lines, deploy the
platform from its own folder (`falaj up --stack dev`), then go on here:

```sh
export FALAJ_SANDBOX=$HOME/falaj-sandbox    # for both projects
export FALAJ_RUNNER_ROLE=arn:aws:iam::123456789012:role/falaj-insurance    # in this project only: the DEPLOYER
```

"""


@dataclass(frozen=True)
class Template:
    """What a template says in its Pulumi.yaml, and the most that its plan may cost."""

    title: str
    description: str
    ceiling: int
    """In AED a month without VAT: a good fifth above the estimate. Also the default of the budget."""
    prompts: Mapping[str, Prompt]
    pack: Mapping[str, str] = field(default_factory=dict)
    """Settings of the policy pack, by their last key, in YAML."""
    is_platform: bool = True
    """Whether its program is that of a platform: the settings `falaj:platform` say what it makes."""
    first: str = ""
    """What GETTING-STARTED.md says before its first command."""


ALL: Mapping[str, Template] = {
    "vault": Template(
        "Vault",
        "An encrypted bucket for models and a budget with alarms, on AWS in the UAE",
        100,
        TAGS | BUDGET | AWS,
        is_platform=False,
    ),
    "site": Template(
        "Site",
        "A Kubernetes cluster on AWS in the UAE with spot node pools for CPUs and GPUs, vaults and a budget",
        3500,
        TAGS | BUDGET | AWS_SITE,
        GPU_AGENTS,
    ),
    "smb-inference": Template(
        "Inference for small business units",
        "Models served on CPUs of spot machines that scale to zero, on AWS in the UAE",
        3100,
        TAGS | BUDGET | AWS_SITE,
        {**ISSUER, **IMAGES},
    ),
    "spot-training": Template(
        "Training on spot machines",
        "Training on spot GPUs with a queue, checkpoints and a budget, on AWS in the UAE",
        7000,
        TAGS | BUDGET | AWS_SITE,
        {**GPU_AGENTS, **IMAGES},
    ),
    "two-clouds": Template(
        "Two clouds",
        "Training on AWS and serving on Azure in the UAE, with models copied inside the country",
        12500,
        TAGS | BUDGET | AWS_SITE | AZURE_SITE,
        {**GPU_AGENTS, **IMAGES},
    ),
    "tenant": Template(
        "Tenant",
        "A training run of one business unit on a platform that another stack has deployed",
        5000,
        TAGS | AWS | TENANT,
        pack={
            **IMAGES,
            "known": "{main-*: Buckets of the platform's site main; replace it by the beginning of yours}",
        },
        is_platform=False,
        first=PLATFORM_FIRST,
    ),
}

_CHECK = ".github/workflows/falaj.yml"
"""The check of a pull request, as every repository may have it."""
_GENERATED = ("Pulumi.yaml", "policy_pack/enforcement.yaml", "policy_pack/exemptions.yaml", _CHECK)
_OWN = ("Pulumi.dev.yaml", "README.md", "__main__.py")
_VERSIONS = re.compile(r"(?<=falaj\[sandbox\]==)[\w.]+|(?m:(?<=^version: )\d+\.\d+\.\d+)")
"""Versions of the package: what a project installs, and the version under which the engine shows its pack."""


def shared_files(name: str) -> Iterator[tuple[str, str]]:
    """Yields the path in a template, and the text, of each file that it does not write itself."""
    for file in sorted((TEMPLATES / "vault").rglob("*")):
        path = file.relative_to(TEMPLATES / "vault").as_posix()
        if file.is_file() and path not in (*_OWN, *_GENERATED) and "__pycache__" not in path:
            text = _VERSIONS.sub(__version__, file.read_text(encoding="utf-8"))
            yield path, _with_first(text, ALL[name].first) if path == "GETTING-STARTED.md" else text
    if ALL[name].is_platform:
        yield "__main__.py", (TEMPLATES / "site" / "__main__.py").read_text(encoding="utf-8")
    check = (ROOT / "pipelines" / "github" / "callers" / "falaj.yml").read_text(encoding="utf-8")
    yield from zip(_GENERATED, (_project(ALL[name]), _enforcement(ALL[name]), NO_EXEMPTIONS, check), strict=True)


def _with_first(text: str, first: str) -> str:
    """Returns the instructions with a paragraph of their own before the first command."""
    return text.replace("```sh\n", f"{first}```sh\n", 1)


def _project(template: Template) -> str:
    """Returns the text of Pulumi.yaml, with the section from which `pulumi new` prompts."""
    prompts = {f"falaj:{key}": dict(prompt) for key, prompt in sorted(template.prompts.items())}
    if "falaj:budget" in prompts:
        prompts["falaj:budget"]["default"] = str(template.ceiling)
    document = {
        "name": "${PROJECT}",
        "description": "${DESCRIPTION}",
        "runtime": {"name": "python", "options": {"toolchain": "pip", "virtualenv": ".venv"}},
        "template": {
            "displayName": f"Falaj: {template.title}",
            "description": template.description,
            "quickstart": "Go on with GETTING-STARTED.md in the new folder.",
            "config": prompts,
        },
    }
    return yaml.safe_dump(document, sort_keys=False, width=120)


def _enforcement(template: Template) -> str:
    """Returns the neutral settings of the policy pack, with the levels and the ceiling of the template's stack."""
    text = neutral_settings((ROOT / "policy_pack" / "enforcement.yaml").read_text(encoding="utf-8"))
    levels = f"{{{STACK}: {{all: mandatory, cost: advisory}}}}"
    for key, value in {"stacks": levels, "ceilings": f"{{{STACK}: {template.ceiling}}}", **template.pack}.items():
        text, count = re.subn(rf"(?m)^( *{key}:) {{}}$", rf"\1 {value}", text)
        if count != 1:
            raise ValueError(f"enforcement.yaml has {count} neutral settings {key}")
    return text


def main() -> None:
    """Writes the files of every template."""
    for name in ALL:
        for path, text in shared_files(name):
            file = TEMPLATES / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
