from . import leads, seats  # noqa: F401  (each registers itself)
