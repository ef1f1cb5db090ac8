"""Django's settings: one module for every installation; what differs comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from plats.engine.kernels import keep_kernels
from plats.web.config.environment import read_environment
from plats.web.config.security import CONTENT_SECURITY_POLICY, EXTRA_HEADERS, https_settings
from plats.web.config.sign_in import ALLAUTH_APPS, ALLAUTH_MIDDLEWARE, ALLAUTH_SETTINGS
from plats.web.operations.logs import logging_settings

__all__ = ["CONTENT_SECURITY_POLICY"]

_environment = read_environment(os.environ)
_web = Path(__file__).resolve().parent.parent

PLATS_HOME = _environment.home
keep_kernels(PLATS_HOME)
PLATS_MUNICIPALITY = _environment.municipality
PLATS_KEEP_PAGES = _environment.keep_pages
PLATS_MUNICIPALITY_NAME = _environment.municipality_name
PLATS_EXTRA_HEADERS = EXTRA_HEADERS
PLATS_AUDIT_KEY = _environment.audit_key
PLATS_PRODUCTION = _environment.production
PLATS_FACTOR_KEY = _environment.factor_key
PLATS_IDLE_MINUTES = _environment.idle_minutes
PLATS_OIDC = _environment.oidc
PLATS_BEHIND_PROXY = _environment.behind_proxy
PLATS_METRICS_TOKEN = _environment.metrics_token

SECRET_KEY = _environment.secret_key
DEBUG = _environment.debug
ALLOWED_HOSTS = _environment.allowed_hosts

# Django's admin is not installed: it would go past actions, their audit and the access decisions.
INSTALLED_APPS = [
    "plats.web.operations",
    "plats.web.api",
    "plats.web.efforts",
    "plats.web.goals",
    "plats.web.partners",
    "plats.web.indicators",
    "plats.web.registers",
    "plats.web.documents",
    "plats.web.places",
    "plats.web.jobs",
    "plats.web.notices",
    "plats.web.retention",
    "plats.web.accounts",
    "plats.web.audit",
    "plats.web.common",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    *ALLAUTH_APPS,
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "plats.web.common.request_id.RequestIdMiddleware",
    "plats.web.operations.observing.ObservingMiddleware",
    "plats.web.common.middleware.ExtraHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before the first that reads a form.
    "plats.web.documents.uploads.receiving.RequestSizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    ALLAUTH_MIDDLEWARE,
    "plats.web.accounts.signin.middleware.LivingSessionMiddleware",
    "plats.web.accounts.assurance.AssuranceMiddleware",
    "plats.web.accounts.signin.middleware.StrongSignInMiddleware",
    "plats.web.audit.middleware.DeniedMiddleware",
    "plats.web.common.middleware.AccessMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "plats.web.config.urls"
WSGI_APPLICATION = "plats.web.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "plats.web.common.context.site",
                "plats.web.notices.context.mine",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "plats.web.common.templatetags.plats",
                "plats.web.indicators.templatetags.figures",
            ],
        },
    }
]

DATABASES = {"default": _environment.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "plats.web.accounts.context_words.ContextWordsValidator"},
]
globals().update(ALLAUTH_SETTINGS)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
SESSION_COOKIE_NAME = "plats_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Longer than a sign-in lives (twelve hours, in accounts.signin.sessions), so that one is told why one was signed out.
SESSION_COOKIE_AGE = 13 * 60 * 60
CSRF_COOKIE_NAME = "plats_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "plats.web.common.errors.csrf_failure"

# Browsers
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
globals().update(https_settings(https=_environment.https, behind_proxy=_environment.behind_proxy))
# Asked by programs on this machine, which come past the server that holds the certificate.
SECURE_REDIRECT_EXEMPT = [r"^halsa/", r"^matt/$"]

# What is sent to us: the limits of a file are in catalog/parameters/uploads.
FILE_UPLOAD_HANDLERS = [
    "plats.web.documents.uploads.receiving.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# Languages and time. The address says the language: Swedish at /, English at /en/.
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("Engelska"))]
LOCALE_PATHS = [_web / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

# Static files. Fonts are put in the home folder's assets when the site is set up.
STATIC_URL = "/statisk/"
STATIC_ROOT = PLATS_HOME / "static"
STATICFILES_DIRS = [path for path in [PLATS_HOME / "assets"] if path.is_dir()]
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = _environment.plain_static
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if _environment.plain_static
        else "plats.web.config.static_files.HashedFiles"
    },
}

# Letters and background work
globals().update(_environment.mail)
PLATS_MAIL_READY = bool(_environment.mail["PLATS_MAIL_READY"])
PLATS_SITE_URL = _environment.site_url
# One queue: nothing waits in another that no worker of ours reads.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["jobs"]}}

# Errors are in the log, with a number the reader is told; nothing is mailed.
ADMINS: list[tuple[str, str]] = []
LOGGING = logging_settings(as_json=_environment.log_as_json)
