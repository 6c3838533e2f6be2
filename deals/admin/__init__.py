from . import accounts, activities, changes, colleagues, contacts, deals, rates  # noqa: F401  (each registers itself)
