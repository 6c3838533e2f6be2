"""Labels and reasons in words, for templates."""

from django import template

from pipeline import registry, wording

register = template.Library()


@register.filter
def label_words(label: str) -> str:
    return wording.label_words(label)


@register.filter
def reason_words(code: str, pipeline_name: str) -> str:
    """`code|reason_words:"match-contacts"`."""
    return wording.reason_words(code, registry.pipelines().get(pipeline_name))


@register.filter
def layer_words(name: str, pipeline_name: str) -> str:
    """`layer|layer_words:"match-contacts"`."""
    return wording.layer_words(name, registry.pipelines().get(pipeline_name))


@register.filter
def pipeline_title(name: str) -> str:
    return wording.pipeline_title(name)


@register.filter
def spoken(name: str) -> str:
    """ "job_title" as "Job title"."""
    return label_words(str(name))
