"""What is the same wherever Open Door runs. See https://docs.djangoproject.com/en/5.2/ref/settings/."""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from opendoor.settings.environment import BASE_DIR, crisis_line, data_dir, env, secret_key

DATA_DIR = data_dir()
SECRET_KEY = secret_key(DATA_DIR)
DEBUG = False
ALLOWED_HOSTS = env.list("OPENDOOR_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "opendoor",
    "opendoor.accounts",
    "opendoor.pages",
    "opendoor.events",
    "opendoor.demo",
    "directory",
    "transparency",
    "leaflet",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "opendoor.middleware.ContentPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "opendoor.middleware.DemonstrationMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "opendoor.middleware.StrangersMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "opendoor.urls"
WSGI_APPLICATION = "opendoor.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "opendoor.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    },
]

# Rollback journal, not WAL: SQLite before 3.51.3 can corrupt a WAL that several processes
# checkpoint (docs/decisions/0003-sqlite-rollback-journal.md). IMMEDIATE avoids lock upgrades.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'opendoor.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
LOGIN_URL = "wagtailadmin_login"

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["opendoor.formats"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = env.str("OPENDOOR_TIME_ZONE", default="America/Denver")

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": True}}

# Wagtail
WAGTAIL_SITE_NAME = "Open Door"
WAGTAILADMIN_BASE_URL = env.str("OPENDOOR_BASE_URL", default="http://localhost:8000")
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # a third party
WAGTAIL_ENABLE_UPDATE_CHECK = False  # a third party
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # an event's time is the county's, whoever types it in
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []  # an embed loads a third party's page
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# A page or a document for some is for people who sign in; a shared password sets cookies.
WAGTAIL_FRONTEND_LOGIN_URL = "wagtailadmin_login"
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "docx", "odt", "xlsx", "txt"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Security
CSRF_FAILURE_VIEW = "opendoor.errors.foreign_form"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Wagtail's editor writes inline scripts and styles and frames its own previews.
CMS_CONTENT_SECURITY_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
}

# Open Door
OPENDOOR_SEARCH = env.str("OPENDOOR_SEARCH", default="sqlite")
OPENDOOR_INDEX_DIR = DATA_DIR / "index"
OPENDOOR_UPLOAD_DIR = DATA_DIR / "uploads"  # files on their way in; never served
OPENDOOR_GAZETTEER_DIR = DATA_DIR / "gazetteer"
OPENDOOR_GEOCODER = env.str("OPENDOOR_GEOCODER", default="embedded")
OPENDOOR_BASEMAP = env.str("OPENDOOR_BASEMAP", default="embedded")
# The site's own area: of several places of one name, one in it is meant; when a place is not
# understood, it is what is searched. Latitude, longitude, radius in kilometres.
OPENDOOR_AREA = env.str("OPENDOOR_AREA", default="39.7392,-104.9847,80")
# "Name|number" of the local crisis line, shown on every page even when the database is down.
OPENDOOR_CRISIS_LINE = crisis_line(DATA_DIR)
# How many of our own proxies stand in front; the visitor's address, for the limit on how often a
# form may be sent, is then the nth from the right in X-Forwarded-For. It is never kept.
OPENDOOR_TRUSTED_PROXIES = env.int("OPENDOOR_TRUSTED_PROXIES", default=0)
# For how many days a check of a field of a listing holds, where it differs: "phone=90,hours=60".
OPENDOOR_LIFETIMES = env.str("OPENDOOR_LIFETIMES", default="")
# 0: no job asks the websites of listings whether they still answer.
OPENDOOR_CONTACT_CHECKS = env.bool("OPENDOOR_CONTACT_CHECKS", default=True)
# 0: no reminder is sent to providers whose listings grow stale.
OPENDOOR_REMINDERS = env.bool("OPENDOOR_REMINDERS", default=True)
# Where e-mail goes out: "smtp+tls://user:password@host:587". Without it: port 25 of this machine.
OPENDOOR_MAIL_SET_UP = bool(env.str("OPENDOOR_EMAIL_URL", default=""))
if OPENDOOR_MAIL_SET_UP:
    globals().update(env.email_url("OPENDOOR_EMAIL_URL"))
DEFAULT_FROM_EMAIL = env.str("OPENDOOR_FROM_EMAIL", default="Open Door <webmaster@localhost>")

# No tile address: the map draws our own outlines, so no third party sees a visitor.
LEAFLET_CONFIG: dict[str, Any] = {
    "TILES": [],
    "ATTRIBUTION_PREFIX": "",
    "RESET_VIEW": False,
    "NO_GLOBALS": False,
    "SCALE": "both",
}

# The address of a request can hold a need or a place: log lines carry the path alone.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"private": {"()": "opendoor.logs.DropQuery"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["private"]},
        "failures": {"class": "logging.StreamHandler", "filters": ["private"], "level": "ERROR"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Two lines a task, several tasks a page; the worker sets the levels of its loggers itself.
        "django_tasks": {"handlers": ["failures"], "propagate": False},
        "django_tasks_db": {"handlers": ["failures"], "propagate": False},
        "wagtail": {"level": "WARNING"},  # the CMS keeps a history of its own
    },
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "opendoor.logs.PrivateReporterFilter"
