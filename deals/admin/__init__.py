from . import accounts, activities, changes, colleagues, contacts, deals  # noqa: F401  (each registers itself)
