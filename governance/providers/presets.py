"""Providers as they are: where they are reached, how the key is sent, what their requests take.

As each provider documents it at the time of writing; “Test connection” finds out for itself. OpenAI and Azure take
`max_completion_tokens` (reasoning models refuse `max_tokens`); Ollama and LM Studio document `max_tokens` only; vLLM
and OpenRouter take both.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from governance.service_tiers import ServiceTier


@dataclass(frozen=True, kw_only=True)
class Preset:
    """`base_url` holds a word in capitals where the user's own name belongs; `is_local`: no price is charged."""

    key: str
    title: str
    base_url: str
    hint: str
    variable: str = ""
    key_header: str = "bearer"
    length_parameter: str = "max_completion_tokens"
    has_schema: bool = True
    is_local: bool = False
    example: str = ""


PRESETS = (
    Preset(
        key="openai",
        title="OpenAI",
        base_url="https://api.openai.com/v1",
        variable="OPENAI_API_KEY",
        example="gpt-5-mini",
        hint="The model's name as on OpenAI's model page.",
    ),
    Preset(
        key="azure",
        title="Azure OpenAI",
        base_url="https://YOUR-RESOURCE.openai.azure.com/openai/v1",
        variable="AZURE_OPENAI_API_KEY",
        key_header="api-key",
        example="my-deployment",
        hint="Put your resource's name into the address; the model is the name of your deployment.",
    ),
    Preset(
        key="openrouter",
        title="OpenRouter",
        base_url="https://openrouter.ai/api/v1",
        variable="OPENROUTER_API_KEY",
        length_parameter="max_tokens",
        example="openai/gpt-5-mini",
        hint="The model's name with its maker, as OpenRouter lists it; not every model there takes a JSON schema.",
    ),
    Preset(
        key="vllm",
        title="vLLM",
        base_url="http://localhost:8000/v1",
        is_local=True,
        example="Qwen/Qwen3-8B",
        hint="The name the server was started with. Name a variable only if it was started with --api-key.",
    ),
    Preset(
        key="ollama",
        title="Ollama",
        base_url="http://localhost:11434/v1",
        length_parameter="max_tokens",
        is_local=True,
        example="qwen3:8b",
        hint="The name as “ollama list” shows it. No key is needed.",
    ),
    Preset(
        key="lmstudio",
        title="LM Studio",
        base_url="http://localhost:1234/v1",
        length_parameter="max_tokens",
        is_local=True,
        example="qwen3-8b",
        hint="Start the server under Developer; the name is the loaded model's identifier. No key is needed.",
    ),
    Preset(
        key="other",
        title="Another server",
        base_url="https://",
        example="",
        hint="Any server that speaks OpenAI's Chat Completions.",
    ),
)
BY_KEY = {preset.key: preset for preset in PRESETS}

# There a call that names no tier is served at whatever the project is set to, also at a dearer one.
_NAME_THE_STANDARD = ("api.openai.com", ".openai.azure.com")


def sent_tier(service_tier: str, base_url: str) -> str:
    """How a tier is asked for at a server; empty where it goes without saying."""
    if service_tier != ServiceTier.STANDARD:
        return service_tier
    return "default" if (urlsplit(base_url).hostname or "").endswith(_NAME_THE_STANDARD) else ""
