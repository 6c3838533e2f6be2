"""System checks: wrong dotted paths, and a pipeline that would pay before it has tried what is free."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from . import registry


@register()
def pipelines_are_sound(**kwargs: Any) -> list[CheckMessage]:
    try:
        found = registry.pipelines()
    except ImportError as error:
        return [Error(f"PIPELINES: {error}", hint="Name each pipeline by its dotted path.", id="pipeline.E001")]
    return [
        Error(
            f"{pipeline.name}: the free layer “{layer.name}” stands behind a model layer.",
            hint="Free layers come first: what rules can decide is never paid for.",
            id="pipeline.E002",
        )
        for pipeline in found.values()
        for before, layer in zip(pipeline.layers, pipeline.layers[1:], strict=False)
        if before.is_model and not layer.is_model
    ]


@register()
def import_targets_are_sound(**kwargs: Any) -> list[CheckMessage]:
    try:
        kinds = registry.targets()
        formats = registry.formats()
    except ImportError as error:
        return [Error(f"IMPORT_TARGETS or IMPORT_FORMATS: {error}", hint="Check the paths.", id="pipeline.E003")]
    return [
        Error(f"Format {known.name} emits “{emit.kind}”, which no import target takes.", id="pipeline.E004")
        for known in formats
        for emit in known.emits
        if emit.kind not in kinds
    ]
