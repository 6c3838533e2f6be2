"""Environment to constants. Nothing else: wrong values are reported by system checks (`config/checks.py`)."""

import os
from pathlib import Path
from typing import Any

import dj_database_url

from config.secret import read_or_create

BASE_DIR = Path(__file__).resolve().parent.parent
# Everything the program writes on its own (database, generated key) stands here.
VAR_DIR = Path(os.environ.get("WINNOW_VAR_DIR") or BASE_DIR / "var")


# Names of variables that should hold a whole number and don't, for config/checks.py.
WRONG_NUMBERS: list[str] = []


def _flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    return value in {"1", "true", "yes", "on"} if value else default


def _number(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    if value and not value.isdecimal():
        WRONG_NUMBERS.append(name)
    return int(value) if value.isdecimal() else default


def _names(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


DEBUG = _flag("WINNOW_DEBUG")
ALLOWED_HOSTS = _names("WINNOW_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _names("WINNOW_TRUSTED_ORIGINS")
# Served to this machine only: a generated key and plain HTTP are right; anything else must be configured.
IS_LOCAL = set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]", "testserver"}
SECRET_KEY = os.environ.get("WINNOW_SECRET_KEY", "") or (read_or_create(VAR_DIR / "secret-key") if IS_LOCAL else "")

# HTTPS ends at a proxy that sets X-Forwarded-Proto itself (docs/deployment.md).
IS_HTTPS = _flag("WINNOW_HTTPS", default=not IS_LOCAL)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
# Preloading is for the owner of a whole domain to decide, not for one program on it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if IS_LOCAL and not IS_HTTPS:
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W008", "security.W012", "security.W016"]
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 12 * 3600
# Two installations on one host (a demo and the real one) would end each other's sessions without names of their own.
SESSION_COOKIE_NAME = os.environ.get("WINNOW_SESSION_COOKIE", "winnow_session")

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "config.apps.ConfigConfig",
    "config.admin_pages.AdminPagesConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_q",
    "django_tables2",
    "governance.apps.GovernanceConfig",
    "pipeline.apps.PipelineConfig",
    "deals.apps.DealsConfig",
    "leads.apps.LeadsConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "admin:login"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.home.practice",
            ]
        },
    }
]
DJANGO_TABLES2_TEMPLATE = "_table.html"

# Measured: without these SQLite reports "locked" under four writers; an idle connection kept open avoids a WAL
# checkpoint at every enqueue.
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=30000; PRAGMA cache_size=-64000; "
    "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON"
)
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'winnow.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 30,
        "transaction_mode": "IMMEDIATE",
        "init_command": _SQLITE_PRAGMAS,
    }
else:
    # The ledger's statements are planned once per connection, which halves their time. ?prepare_threshold=none is for a
    # pooler that cannot keep plans.
    _OPTIONS = DATABASES["default"].setdefault("OPTIONS", {})
    _THRESHOLD = _OPTIONS.get("prepare_threshold", 5)
    _OPTIONS["prepare_threshold"] = _THRESHOLD if isinstance(_THRESHOLD, int) else None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The queue is a wake-up call; our own chunk rows decide what is done, so it never retries a task by itself.
Q_CLUSTER: dict[str, Any] = {
    "name": "winnow",
    "label": "Background jobs",
    "orm": "default",
    "workers": _number("WINNOW_WORKERS", 2) or 1,
    "queue_limit": 2,
    "bulk": 1,
    "poll": 0.2,
    "timeout": 300,  # one bounded slice of a run, never a whole run
    "retry": 1200,  # > timeout * (1 + ceil((queue_limit + 1) / workers)), with a margin
    "max_attempts": 1,
    "ack_failures": True,
    "save_limit": 0,  # pruning at every task costs a fifth of the throughput; a daily job does it
    "recycle": 200,
    "catch_up": False,
}
# A task that waits longer than this means that no worker runs.
QUEUE_LATE_S = _number("WINNOW_QUEUE_LATE_S", 120)
# Money held for a model call whose worker has died is booked as an estimate after this many seconds.
CALL_LEASE_S = _number("WINNOW_CALL_LEASE_S", 30)

# A chunk of work is held this long and renewed while it goes on; a worker drains chunks for DRAIN_S, then makes room.
CHUNK_LEASE_S = _number("WINNOW_CHUNK_LEASE_S", 30)
CHUNK_RENEW_S = _number("WINNOW_CHUNK_RENEW_S", 10)
CHUNK_RETRY_S = _number("WINNOW_CHUNK_RETRY_S", 2)
DRAIN_S = _number("WINNOW_DRAIN_S", 120)
# Between batches on SQLite, so that other writers get their turn.
SQLITE_PAUSE_S = 0.02
MAX_UPLOAD_MB = _number("WINNOW_MAX_UPLOAD_MB", 100)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en-us"
# One: the frame of every page looks each of Django's hundred up.
LANGUAGES = [("en-us", "English")]
TIME_ZONE = "UTC"  # storage and workers; screens and months use the organisation's own zone
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG or IS_LOCAL  # a local start needs no collectstatic
MESSAGE_TAGS = {10: "debug", 20: "info", 25: "success", 30: "warning", 40: "error"}

# Uploads are read in parts from a temporary file; everything else in a form stays small.
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 50

EMAIL_HOST = os.environ.get("WINNOW_EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = _number("WINNOW_EMAIL_PORT", 587)
EMAIL_HOST_USER = os.environ.get("WINNOW_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("WINNOW_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = _flag("WINNOW_EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("WINNOW_EMAIL_FROM", "winnow@localhost")

LOG_LEVEL = os.environ.get("WINNOW_LOG_LEVEL", "INFO").upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "governance.logs.TextFormatter"},
        "json": {"()": "governance.logs.JsonFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json" if _flag("WINNOW_LOG_JSON") else "text",
        }
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # Django's own handlers would print each line twice.
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "django.server": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        # At INFO each task is three lines; deaths and time-outs come as CRITICAL.
        "django-q": {"level": "WARNING"},
        "httpx2": {"level": "WARNING"},
        "openai": {"level": "WARNING"},
    },
}

UNFOLD = {
    "SITE_TITLE": "Winnow",
    "SITE_HEADER": "Winnow",
    "SITE_SUBHEADER": "Clean records, deals, leads",
    "SITE_SYMBOL": "filter_alt",
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SIDEBAR": {"navigation": "config.sidebar.navigation"},
    "DASHBOARD_CALLBACK": "config.home.dashboard",
}

# What deals and leads plug into the machinery, in flow order.
PIPELINES = [
    "deals.accounts.pipeline.match_accounts",
    "deals.contacts.pipeline.match_contacts",
    "deals.signals.pipeline.assess_deals",
    "deals.briefs.pipeline.brief_deals",
    "leads.qualification.pipeline.qualify_leads",
]
# Who objected: a callable (values of records) → whether nothing of each may go to a model.
OBJECTIONS = "leads.suppression.objected"
IMPORT_TARGETS = ["deals.imports.targets.TARGETS", "leads.imports.targets.TARGETS"]
IMPORT_FORMATS = ["deals.imports.formats.FORMATS", "leads.imports.formats.FORMATS"]
# What the import page offers to try it with: a callable (as_of=day) whose result holds `files`, name → bytes.
SAMPLE_FILES = "deals.sample.company.build_second"
