"""The screens of governance that are plain changelists and forms; the money page stands in pipeline/admin/money.py."""

from governance.admin import budgets, language_models, organisation, plans  # noqa: F401  (register themselves)
