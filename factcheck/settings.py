"""All settings in one file; every value typed, from the environment.

docs/settings.md documents the variables and a test holds it to this file.
Without DATABASE_URL and REDIS_URL this is the embedded default: SQLite and a
broker made of files, both under DATA_DIR.
"""

import ipaddress
import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from factcheck.env import Env
from factcheck.logs import configure_structlog, logging_dict
from factcheck.mail_server import mail_server
from factcheck.secret_key import made_secret_key

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
ENV = Env(os.environ)

# --- Where things are -------------------------------------------------------
PORT = ENV.whole("PORT", 8000, "Port the web server listens on.", least=1, most=65535)
HOST = ENV.text("HOST", "127.0.0.1", "Address the web server listens on.")
DATA_DIR = ENV.path(
    "DATA_DIR", BASE_DIR / "var", "Folder of everything that is kept outside the database.", shown="var/"
)
DATABASE_URL = ENV.secret("DATABASE_URL", "PostgreSQL: `postgres://user:password@host:5432/name`. Unset: SQLite.")
DATABASE_PASSWORD = ENV.secret(
    "DATABASE_PASSWORD", "Password of DATABASE_URL, apart from it: any characters, written as they are."
)
DATABASE_POOLED = ENV.flag(
    "DATABASE_POOLED",
    default=False,
    meaning="1 when DATABASE_URL leads to a pooler that hands connections on after each transaction: "
    "no prepared statements, no server-side cursors.",
)
REDIS_URL = ENV.secret("REDIS_URL", "Redis as the broker: `redis://host:6379/0`. Unset: files under DATA_DIR.")
BASE_URL = ENV.text(
    "BASE_URL", f"http://{HOST}:{PORT}", "Public address of the desk, as it stands in published reports."
).rstrip("/")
_base = urlsplit(BASE_URL)
if _base.scheme not in {"http", "https"} or not _base.hostname or _base.path or _base.query:
    raise ImproperlyConfigured(f"BASE_URL={BASE_URL!r} must be scheme and host, such as https://desk.example.org")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


BASE_URL_IS_LOOPBACK = _is_loopback(_base.hostname)

# --- The desk ---------------------------------------------------------------
DESK_NAME = ENV.text("DESK_NAME", "Fact-check desk", "Publisher named in every report.")
REQUIRED_APPROVALS = ENV.whole(
    "REQUIRED_APPROVALS", 1, "Approvals a verdict needs, never counting its contributors.", least=1, most=20
)
MIN_INDEPENDENT_SOURCES = ENV.whole(
    "MIN_INDEPENDENT_SOURCES", 2, "Independent sources a verdict needs.", least=0, most=20
)
LEASE = timedelta(
    minutes=ENV.whole("LEASE_MINUTES", 30, "How long a taken review is held without activity.", least=1, most=1440)
)
QUEUE_THRESHOLD = ENV.fraction(
    "QUEUE_THRESHOLD", 0.35, "Check-worthiness from which a claim is queued without a person's choice."
)
MAX_ARTICLE_BYTES = ENV.whole(
    "MAX_ARTICLE_BYTES", 1_048_576, "Largest article text taken, in UTF-8 bytes.", least=1000, most=16_777_216
)

# --- Secrets and hosts ------------------------------------------------------
_secret_key = ENV.secret(
    "SECRET_KEY", "Signs sessions; at least 50 random characters. Made in DATA_DIR on the embedded default."
)
DEBUG = ENV.flag("DEBUG", default=False, meaning="Django's debug pages. Never on a desk that others reach.")
if _secret_key is None:
    if DATABASE_URL is not None:
        raise ImproperlyConfigured("SECRET_KEY is required with DATABASE_URL: set at least 50 random characters")
    _secret_key = made_secret_key(DATA_DIR / "secret_key")
elif len(_secret_key) < 50 or len(set(_secret_key)) < 10:
    raise ImproperlyConfigured("SECRET_KEY is too weak: use at least 50 random characters")
SECRET_KEY = _secret_key

ALLOWED_HOSTS = [
    *ENV.words("ALLOWED_HOSTS", (), "Further host names the web server answers to."),
    _base.hostname,
    "localhost",
    "127.0.0.1",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
BEHIND_PROXY = ENV.flag(
    "BEHIND_PROXY",
    default=False,
    meaning="Trust X-Forwarded-Proto and X-Forwarded-For of the proxy in front.",
)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
_https = _base.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
HSTS_PRELOAD = ENV.flag(
    "HSTS_PRELOAD",
    default=False,
    meaning="Promise HTTPS for all subdomains too, for browsers' preload lists. Hard to take back.",
)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https and HSTS_PRELOAD
SECURE_SSL_REDIRECT = _https and BEHIND_PROXY
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Applications -----------------------------------------------------------
INSTALLED_APPS = [
    "factcheck.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "factcheck.apps.FactcheckConfig",
    "factcheck.accounts",
    "factcheck.audit",
    "factcheck.jobs",
    "factcheck.events",
    "factcheck.api",
    "claims",
    "reviews",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "factcheck.requests.RequestIdMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "factcheck.requests.RefuseBadInputMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"
ASGI_APPLICATION = "factcheck.asgi.application"
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
                "factcheck.context.desk",
                "reviews.desk.navigation.offered",
            ],
        },
    }
]

# --- Database ---------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]]
if DATABASE_URL is not None:
    try:
        _database: dict[str, Any] = {**dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)}
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError) as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}") from None
    if "postgresql" not in str(_database["ENGINE"]):
        raise ImproperlyConfigured("DATABASE_URL must name PostgreSQL; unset it for the embedded SQLite")
    if DATABASE_PASSWORD is not None:
        _database["PASSWORD"] = DATABASE_PASSWORD
    _prepare = None if DATABASE_POOLED else 0
    _database["OPTIONS"] = {"connect_timeout": 5, "prepare_threshold": _prepare, **_database.get("OPTIONS", {})}
    _database["DISABLE_SERVER_SIDE_CURSORS"] = DATABASE_POOLED
    DATABASES = {"default": _database}
else:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "desk.sqlite3",
            "OPTIONS": {
                # WAL, IMMEDIATE and the timeout belong together: any two of the three gave "database is locked".
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: a commit that was acknowledged survives a power cut.
                # recursive_triggers: REPLACE fires triggers too. secure_delete: what was erased is overwritten.
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON; "
                    "PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
                ),
            },
            "TEST": {"NAME": DATA_DIR / "test.sqlite3"},
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

# --- Accounts ---------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
CSRF_FAILURE_VIEW = "factcheck.failures.csrf_failed"
LOGIN_URL = "/admin/login/"
LOGIN_REDIRECT_URL = "/admin/"

# --- Broker (docs/architecture.md: the Job table is the truth, the broker only wakes) ---------------
if REDIS_URL is not None:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "visibility_timeout": 120,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 10,
        "socket_connect_timeout": 5,
        "socket_keepalive": True,
    }
else:
    _broker_dir = DATA_DIR / "broker"
    for _name in ("queue", "done", "control"):
        (_broker_dir / _name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "folder://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_broker_dir / "queue"),
        "data_folder_out": str(_broker_dir / "queue"),
        "processed_folder": str(_broker_dir / "done"),
        "control_folder": str(_broker_dir / "control"),
        "store_processed": True,
        "polling_interval": 0.02,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_BACKEND = None
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_SOFT_TIME_LIMIT = 40
CELERY_TASK_TIME_LIMIT = 45
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 2000
CELERY_TASK_DEFAULT_QUEUE = "desk"
CELERY_TIMEZONE = "UTC"
WORKER_PROCESSES = ENV.whole("WORKER_PROCESSES", 2, "Jobs one worker runs at the same time.", least=1, most=256)
WORKER_MEMORY_MB = ENV.whole(
    "WORKER_MEMORY_MB", 1536, "Memory one job may take before it fails.", least=512, most=65536
)
WEB_THREADS = ENV.whole("WEB_THREADS", 4, "Requests one web process answers at the same time.", least=1, most=256)
WEB_PROCESSES = ENV.whole("WEB_PROCESSES", 1, "Processes of the web server.", least=1, most=256)
SWEEP_SECONDS = 3
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

# --- REST -------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_ARTICLE_BYTES * 4 + 65_536
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "factcheck.api.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["factcheck.api.permissions.Scoped"],
    "DEFAULT_PARSER_CLASSES": ["factcheck.api.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "factcheck.api.negotiation.JsonAlways",
    "DEFAULT_SCHEMA_CLASS": "factcheck.api.schema.DeskSchema",
    "EXCEPTION_HANDLER": "factcheck.api.problems.handle",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "DATETIME_FORMAT": "iso-8601",
    "COERCE_DECIMAL_TO_STRING": True,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Fact-check desk",
    "DESCRIPTION": "Articles in, claims out, verdicts that two people stand behind.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "ArticleStatus": "claims.api.serializers.ARTICLE_STATUS",
        "ClaimKind": "claims.api.serializers.CLAIM_KIND",
        "ClaimantType": "claims.api.serializers.CLAIMANT_TYPE",
        "ReviewStatus": "reviews.api.serializers.REVIEW_STATUS",
        "ReportStatus": "reviews.api.serializers.REPORT_STATUS",
        "CorrectionType": "reviews.api.serializers.CORRECTION_TYPE",
        "VersionKind": "reviews.api.serializers.VERSION_KIND",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "factcheck.api.schema.add_problem",
    ],
}

# --- Uploads ----------------------------------------------------------------
MAX_UPLOAD_BYTES = ENV.whole(
    "MAX_UPLOAD_BYTES",
    16_777_216,
    "Largest request with a file that is taken, in bytes.",
    least=65_536,
    most=67_108_864,
)
FILE_UPLOAD_HANDLERS = [
    "factcheck.uploads.Limited",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 1

# --- Outbound requests (factcheck/net is the only place that makes any) ------
_outbound_ports = ENV.words("OUTBOUND_PORTS", ("80", "443"), "Ports of other sites that articles are fetched from.")
if not all(port.isdigit() and 0 < int(port) < 65536 for port in _outbound_ports):
    raise ImproperlyConfigured(f"OUTBOUND_PORTS={','.join(_outbound_ports)!r} must be port numbers, such as 80,443")
OUTBOUND_PORTS = frozenset(int(port) for port in _outbound_ports)
OUTBOUND_PRIVATE = frozenset(
    ENV.words("OUTBOUND_PRIVATE", (), "`address:port` pairs of your own network that may be fetched all the same.")
)
ARCHIVE_SOURCES = ENV.flag(
    "ARCHIVE_SOURCES", default=True, meaning="Keep a copy of every cited source and look whether its link works."
)
WEB_ARCHIVE_URL = ENV.text(
    "WEB_ARCHIVE_URL",
    "",
    "Public web archive that is asked for a copy too; `{url}` stands for the source. Unset: none.",
)
if WEB_ARCHIVE_URL and ("{url}" not in WEB_ARCHIVE_URL or not WEB_ARCHIVE_URL.startswith("https://")):
    raise ImproperlyConfigured("WEB_ARCHIVE_URL must be an https address with {url} in it")

# --- Mail -------------------------------------------------------------------
EMAIL_URL = ENV.secret("EMAIL_URL", "Mail server: `smtp://user:password@host:587`, `smtps://` for TLS from the start.")
DEFAULT_FROM_EMAIL = ENV.text("EMAIL_FROM", f"desk@{_base.hostname}", "Sender of the desk's mail.")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_URL else 'console'}.EmailBackend"
if EMAIL_URL is not None:
    _mail = mail_server(EMAIL_URL)
    EMAIL_HOST, EMAIL_PORT, EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.host, _mail.port, _mail.ssl, _mail.tls
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_TIMEOUT = _mail.user, _mail.password, 20

# --- Files, language, time --------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "factcheck" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "archive"
LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = None
# W005 and W021 ask for HSTS on subdomains and preloading: a promise for addresses that are not the desk's to give.
SILENCED_SYSTEM_CHECKS = [] if HSTS_PRELOAD else ["security.W005", "security.W021"]

# --- Logs -------------------------------------------------------------------
LOG_FORMAT = ENV.text("LOG_FORMAT", "console", "`console` for people, `json` for machines.")
if LOG_FORMAT not in {"console", "json"}:
    raise ImproperlyConfigured(f"LOG_FORMAT={LOG_FORMAT!r} must be console or json")
LOGGING = logging_dict(LOG_FORMAT)
configure_structlog()
