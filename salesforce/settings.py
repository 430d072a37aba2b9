"""Settings: one code for both ways to run. What differs comes from the environment alone.

Without any variable set the program runs embedded: SQLite, and a broker in the folder `var/`.
"""

import secrets
from ipaddress import ip_network
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.logs import logging_of

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _embedded_secret() -> str:
    """A secret of this installation's own, made once; production sets SECRET_KEY."""
    kept = VAR_DIR / "secret_key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or _embedded_secret()
# This machine itself may always ask: health checks and the metrics come from it.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=[]), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "core",
    "accounts",
    "notices",
    "policy",
    "payroll",
    "customers",
    "orders",
    "receivables",
    "claims",
    "attendance",
    "reports",
    "conduct",
    "performance",
    "salesforce",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "crispy_forms",
    "crispy_bootstrap5",
    "lucide",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
]

MIDDLEWARE = [
    "core.observing.ObservingMiddleware",
    # What every answer says of itself, also one that a middleware below gives: a redirect to HTTPS,
    # a file of the front end, a request that cannot be read.
    "core.middleware.PrivateMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.LoginRequiredMiddleware",
    "accounts.logins.middleware.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "salesforce.urls"
WSGI_APPLICATION = "salesforce.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.navigation.navigation",
                "notices.bell.bell",
            ],
        },
    },
]
COTTON_DIR = "components"

# --- Data -------------------------------------------------------------------------------------

DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'salesforce.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue instead of failing, and REPLACE meets the append-only triggers.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON;"
        ),
    }
else:
    # A page asks for a few rows of large tables: to compile, to start helpers for it or to shun an
    # index for a disk whose head would have to move takes longer than the answer.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
        "-c lock_timeout=20s -c statement_timeout=300s -c jit=off"
        " -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"
    )
    DATABASES["default"]["OPTIONS"]["connect_timeout"] = 10
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Who may come in --------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
# What is read together with whoever is signed in (accounts/backends.py): an expression each.
LOGIN_EXTRAS = {
    "unread_notices": "notices.bell.unread",
    "failed_jobs": "payroll.navigation.failed_jobs",
}
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # asks first whether there may be one more guess
    "accounts.backends.LoginBackend",
]
# One limiter for passwords, codes and letters, in the database that all processes share
# (accounts/logins/limiter.py). django-axes asks it before any password is looked at; allauth's own,
# which counts in the cache, is off.
AXES_HANDLER = "accounts.logins.limiter.SignInHandler"
AXES_CLIENT_IP_CALLABLE = "core.addresses.client_address"
AXES_VERBOSE = False
# The page itself says how long to wait; axes' own answer is not used.
SILENCED_SYSTEM_CHECKS = ["axes.W002"]
ACCOUNT_RATE_LIMITS = False
ACCOUNT_ADAPTER = "accounts.logins.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {"authenticate": "accounts.logins.forms.SecondFactorForm"}
MFA_ADAPTER = "accounts.logins.adapter.SecondFactorAdapter"
MFA_TOTP_TOLERANCE = 1  # phones whose clock is half a minute off
# Whose X-Forwarded-For is believed: addresses and networks of our own proxies.
TRUSTED_PROXIES = [ip_network(it) for it in env.list("TRUSTED_PROXIES", default=[])]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- E-mail -----------------------------------------------------------------------------------

# Without a server letters are written to the output of the process that would send them.
vars().update(env.email_url_config(env.str("EMAIL_URL", default="") or "consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="salesforce@localhost")
EMAIL_TIMEOUT = 20

# --- Language and time ------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Pages ------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "assets" / "dist"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR_DIR / "files"
# The main menu: each app hands in its items.
NAVIGATION = [
    "core.navigation.desk",
    "receivables.navigation.evening",
    "receivables.navigation.road",
    "customers.navigation.calls.every_day",
    "customers.navigation.visits.items",
    "attendance.navigation.boards.items",
    "payroll.navigation.items",
    "receivables.navigation.items",
    "receivables.navigation.reserve_items",
    "salesforce.navigation.items",
    "customers.navigation.calls.items",
    "customers.navigation.files.items",
    "customers.navigation.projects.items",
    "customers.navigation.support.items",
    "orders.navigation.items",
    "customers.navigation.complaints.items",
    "claims.navigation.items",
    "reports.navigation.items",
    "conduct.suspicions.navigation.items",
    "performance.navigation.items",
    "conduct.navigation.items",
    "attendance.navigation.leave.items",
    "attendance.navigation.explaining.items",
    "attendance.navigation.trips.items",
    "receivables.bank.navigation.items",
    "policy.navigation.items",
    "receivables.navigation.invoice_items",
    "accounts.navigation.items",
    "notices.navigation.items",
    "accounts.auditing.navigation.items",
    "accounts.logins.navigation.items",
]
# The pages about what is due, in this order.
DUE_PAGES = ["receivables.navigation.due_pages", "claims.navigation.due_pages"]
# What the apps hand in to pages of lower floors (core/panels.py), in the order it is shown.
PANELS: dict[str, list[str]] = {
    "desk": [
        "attendance.desk.punching.desk",
        "notices.desk.desk",
        "accounts.desk.desk",
        "payroll.desk_appeals.desk",
        "payroll.desk.desk",
        "payroll.desk_pay.desk",
        "receivables.desk.slips.desk",
        "receivables.desk.counter.desk",
        "receivables.desk.money.desk",
        "orders.desk.desk",
        "conduct.cases.desk.desk",
        "conduct.rewards.desk.desk",
        "conduct.suspicions.desk.desk",
        "receivables.desk.due.desk",
        "receivables.bank.desk.desk",
        "receivables.desk.cases.desk",
        "customers.desk.files.desk",
        "customers.desk.points.desk",
        "customers.desk.calls.desk",
        "customers.desk.steps.desk",
        "customers.desk.voided.desk",
        "customers.desk.spot_checks.desk",
        "customers.desk.returns.desk",
        "customers.desk.projects.desk",
        "customers.desk.complaints.desk",
        "customers.desk.support.desk",
        "attendance.desk.explaining.desk",
        "attendance.desk.fines.desk",
        "claims.desk.claims.desk",
        "claims.desk.loans.desk",
        "reports.desk.meetings.desk",
        "reports.desk.days.desk",
        "reports.desk.weekly.desk",
        "reports.desk.suggestions.desk",
        "reports.desk.cleaning.desk",
        "reports.desk.trainings.desk",
        "reports.desk.information.desk",
        "performance.desk.desk",
        "attendance.desk.leave.desk",
        "attendance.desk.trips.desk",
        "policy.desk.desk",
    ],
    "policy_draft": ["payroll.simulation.panels.draft"],
    "person": [
        "accounts.panels.person",
        "attendance.panels.person",
        "attendance.leave_panels.person",
        "attendance.trip_panels.person",
        "payroll.panels.person",
        "orders.panels.person",
        "receivables.panels.person",
        "claims.panels.person",
        "conduct.panels.person",
        "reports.panels.person",
        "performance.panels.person",
    ],
    "customer": ["customers.panels.customer", "orders.panels.customer"],
    "project": ["orders.panels.project"],
    "order": ["receivables.panels.order", "receivables.bank.panels.order"],
    "settlement": ["accounts.panels.settlement", "receivables.panels.settlement"],
    "handover": ["payroll.panels.handover"],
    "charge": ["attendance.charge_panels.charge"],
}
# What gives orders the money that counts for them (orders/money.py).
ORDER_MONEY = "receivables.querysets.counted.with_counted"
# All that happened with a customer: who hands in what (customers/timeline.py).
CUSTOMER_TIMELINE = [
    "customers.timeline.changes",
    "customers.timeline.owners",
    "customers.timeline.comments",
    "customers.timeline.visits",
    "customers.timeline.calls",
    "customers.timeline.matters",
    "orders.timeline.customer",
    "receivables.timeline.customer",
    "reports.timeline.customer",
]
# What the program knows of somebody's week, as a weekly report opens with it
# (reports/reads/weekly_facts.py), in the order it is shown.
WEEKLY_FACTS = [
    "reports.reads.weekly_facts.visits",
    "reports.reads.weekly_facts.customers",
    "reports.reads.weekly_facts.orders",
    "reports.reads.weekly_facts.money",
    "performance.weekly.target",
    "reports.reads.weekly_facts.slips",
    "reports.reads.weekly_facts.away",
    "reports.reads.weekly_facts.complaints",
]
# Who is away on a day, as the team tree shows it.
AWAY = ["attendance.panels.away"]
# Each kind of private file (core/files): what says whether somebody may open one,
# `(user, stored_file) -> bool`. A kind that stands here alone is opened by nobody else's word.
FILE_KINDS: dict[str, str] = {
    "appeal": "payroll.permissions.can_open_evidence",
    "notice": "notices.permissions.can_open_attachment",
    "payment": "receivables.permissions.can_open_payment_photo",
    "customer": "customers.permissions.files.can_open_attachment",
    "order": "orders.permissions.can_open_scan",
    "visit": "customers.permissions.visits.can_open_visit_photo",
    "iou": "receivables.permissions.can_open_iou",
    "project_claim": "customers.permissions.projects.can_open_evidence",
    "expense": "claims.permissions.can_open_receipt",
    "loan": "claims.permissions.can_open_loan_photo",
    "damage": "claims.permissions.can_open_damage_photo",
    "bad_debt": "receivables.permissions.cases.can_open_case_file",
    "complaint": "customers.permissions.complaints.can_open_photo",
    "training": "reports.permissions.can_open_certificate",
    "information": "reports.permissions.can_open_information_photo",
    "leave": "attendance.permissions.leave.can_open_evidence",
    "excuse": "attendance.permissions.explaining.can_open_excuse_photo",
    "conduct": "conduct.cases.permissions.can_open_evidence",
    "hearing": "conduct.cases.permissions.can_open_reply",
}
# What the search box looks through (core/search.py), in the order it is shown.
SEARCH = [
    "accounts.search.people",
    "customers.search.customers",
    "customers.search.projects",
    "customers.search.agents",
    "customers.search.complaints",
    "orders.search.orders",
    "receivables.search.slips",
    "receivables.search.invoices",
    "receivables.search.cases",
    "claims.search.expenses",
    "claims.search.goods",
    "claims.search.loans",
    "reports.search.meetings",
    "reports.search.trainings",
    "reports.search.information",
    "reports.search.weekly_reports",
    "reports.search.suggestions",
    "performance.search.activities",
    "conduct.search.cases",
    "conduct.search.rewards",
    "policy.search.clauses",
]
# The names that are found by pinyin too: app, model, field.
SPELLED = [
    "accounts.Person.name",
    "customers.Customer.name",
    "reports.Information.title",
    "reports.InformationTag.word",
    "customers.Project.name",
    "customers.Complaint.customer_name",
]
# Kinds of which every opening is written down (core/confidential.py), with what says whom a file
# concerns, `(stored_file) -> employee number`; empty: nobody alone. They have no thumbnails.
CONFIDENTIAL_FILE_KINDS: dict[str, str] = {
    # Medical records among them.
    "leave": "attendance.permissions.leave.evidence_concerns",
    # Customers are trade secrets.
    "customer": "customers.permissions.files.attachment_concerns",
    # What speaks for who found a project first.
    "project_claim": "customers.permissions.projects.evidence_concerns",
    # What speaks for and against somebody in a case.
    "conduct": "conduct.cases.permissions.evidence_concerns",
    "hearing": "conduct.cases.permissions.reply_concerns",
}
# What a leaver has to hand over (PAY-6): who says what is still with them.
HANDOVER = [
    "customers.handover.items",
    "receivables.handover.items",
    "claims.handover.items",
]
# What a tick on it hands to the colleague by itself: the first part of an item's key, and
# `(*, actor, key, to)`, which refuses whoever may not.
HANDING_OVER = {
    "project": "customers.handover.project_to",
    "complaint": "customers.handover.complaint_to",
}
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "tables/list.html"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 60
FILE_UPLOAD_HANDLERS = [
    "core.uploads.BoundedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

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
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True  # forms carry the token themselves; no script reads it
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
HTTPS = env.bool("HTTPS", default=False)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

# Watched from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]

# --- What is watched --------------------------------------------------------------------------

LOGGING = logging_of(
    form=env.str("LOG_FORMAT", default="line"), level=env.str("LOG_LEVEL", default="WARNING")
)
# Who may read the metrics: these addresses, and whoever knows the token (empty: nobody does).
METRICS_ALLOW = [ip_network(it) for it in env.list("METRICS_ALLOW", default=["127.0.0.1", "::1"])]
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS = ["core.metrics.jobs", "core.metrics.heartbeats", "payroll.metrics.months"]

# --- What leaves the house --------------------------------------------------------------------

# Where it is not set, no e-mail leaves: it would only fill the log.
EMAIL_URL = env.str("EMAIL_URL", default="")
EMAIL_LEAVES = bool(EMAIL_URL)
# Where people find the program, for links in what leaves the house: https://sales.example.com
PUBLIC_URL = env.str("PUBLIC_URL", default="http://localhost:8000").rstrip("/")
# What the company calls itself to customers (COM-1); empty: nothing is said.
COMPANY_NAME = env.str("COMPANY_NAME", default="")
# Networks of one's own that a web hook may lead to, besides the public ones: 10.1.2.0/24
HOOKS_ALLOW = [ip_network(it) for it in env.list("HOOKS_ALLOW", default=[])]

# --- Jobs -------------------------------------------------------------------------------------

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://")
if CELERY_BROKER_URL == "filesystem://":
    QUEUE_DIR = VAR_DIR / "queue"
    for folder in ("messages", "processed", "control"):
        (QUEUE_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, str | int] = {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "processed_folder": str(QUEUE_DIR / "processed"),
        "control_folder": str(QUEUE_DIR / "control"),
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
    CELERY_REDBEAT_REDIS_URL = CELERY_BROKER_URL
    CELERY_BEAT_SCHEDULER = "redbeat.RedBeatScheduler"
    # The second beat takes over within half a minute of the first one's death.
    CELERY_BEAT_MAX_LOOP_INTERVAL = 5
    CELERY_REDBEAT_LOCK_TIMEOUT = 25
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    # One tick a minute finds what is due and unfinished; a tick nobody took in time is dropped.
    "tick": {"task": "core.tasks.tick", "schedule": 60.0, "options": {"expires": 60}},
}
# Each kind of job: its task, what people call it, and what says when it is due (none: on request,
# or as a part of another).
JOBS = {
    "close": ("payroll.tasks.close_run", gettext_noop("close asked for"), ""),
    "attendance": (
        "payroll.tasks.close_run",
        gettext_noop("yesterday's attendance and all else due"),
        "payroll.schedule.days",
    ),
    "cutoff": (
        "payroll.tasks.close_run",
        gettext_noop("cutoff of collections"),
        "payroll.schedule.cutoffs",
    ),
    "month_end": (
        "payroll.tasks.close_run",
        gettext_noop("close of the month"),
        "payroll.schedule.month_ends",
    ),
    "final": (
        "payroll.tasks.final_run",
        gettext_noop("month made final by the program"),
        "payroll.schedule.finals",
    ),
    "unpaid": (
        "receivables.tasks.unpaid_run",
        gettext_noop("unpaid deliveries and escalations"),
        "receivables.schedule.days",
    ),
    "loans": (
        "claims.tasks.loans_run",
        gettext_noop("overdue loans"),
        "claims.schedule.days",
    ),
    "coming": (
        "reports.tasks.coming_run",
        gettext_noop("meetings, cleaning and trainings of the coming days"),
        "reports.schedule.days",
    ),
    "appraisal": (
        "performance.tasks.appraisal_run",
        gettext_noop("appraisals of a quarter"),
        "performance.schedule.quarters",
    ),
    "suspicions": (
        "conduct.tasks.suspicions_run",
        gettext_noop("suspicions of poaching and shifting"),
        "conduct.suspicions.schedule.days",
    ),
    "bank": (
        "receivables.tasks.bank_run",
        gettext_noop("bank statement taken and matched"),
        "receivables.bank.schedule.left",
    ),
    "import": (
        "core.tasks.import_run",
        gettext_noop("files sent"),
        "core.imports.schedule.left",
    ),
    "reminders": (
        "notices.tasks.reminders_run",
        gettext_noop("reminders"),
        "notices.schedule.reminders",
    ),
    "outgoing": (
        "notices.tasks.outgoing_run",
        gettext_noop("e-mail and group messages"),
        "notices.schedule.outgoing",
    ),
    "files": (
        "core.tasks.files_sweep",
        gettext_noop("files without a record taken away"),
        "core.files.schedule.days",
    ),
    "pushes": (
        "attendance.tasks.pushes_run",
        gettext_noop("old messages of attendance machines taken away"),
        "attendance.schedule.days",
    ),
    "spelling": (
        "core.tasks.spelling_run",
        gettext_noop("pinyin of new names"),
        "core.spelling.schedule",
    ),
    "likeness": (
        "customers.tasks.likeness_run",
        gettext_noop("look-alikes of new firms"),
        "customers.schedule.likeness",
    ),
    "positions": (
        "accounts.tasks.positions_run",
        gettext_noop("changes of position"),
        "accounts.schedule.days",
    ),
    "simulation": (
        "payroll.tasks.simulation_run",
        gettext_noop("simulation of a draft policy"),
        "",
    ),
    "shadow": ("payroll.tasks.shadow_run", gettext_noop("month in the shadow"), ""),
    "close_group": (
        "payroll.tasks.close_group_run",
        gettext_noop("one group of salespeople"),
        "",
    ),
}
# What people are told of the outcome of a kind of job, where it is no close.
JOB_WORDS = {
    "import": "core.imports.job_words.outcome",
    "simulation": "payroll.simulation.job_words.outcome",
    "final": "payroll.job_words.final_outcome",
    "unpaid": "receivables.job_words.outcome",
    "bank": "receivables.bank.job_words.outcome",
    "loans": "claims.job_words.outcome",
    "coming": "reports.job_words.outcome",
    "suspicions": "conduct.suspicions.job_words.outcome",
    "appraisal": "performance.job_words.outcome",
    "positions": "accounts.job_words.outcome",
    "reminders": "notices.job_words.reminders",
    "outgoing": "notices.job_words.outgoing",
    "spelling": "notices.job_words.spelling",
    "likeness": "customers.job_words.likeness",
}
# What people are reminded of: each app hands in its own (notices/reminders.py).
REMINDERS = [
    "payroll.reminders.appeals",
    "payroll.reminders.drafts",
    "payroll.reminders.bank_accounts",
    "notices.own.positions",
    "customers.reminders.files.files_to_complete",
    "customers.reminders.projects.projects_stale",
    "receivables.reminders.unpaid",
    "receivables.reminders.cutoff",
    "receivables.reminders.escalated",
    "receivables.reminders.promises",
    "receivables.reminders.case_steps",
    "claims.reminders.loans_due",
    "claims.reminders.loans_overdue",
    "claims.reminders.claims_waiting",
    "customers.reminders.complaints.due_today",
    "customers.reminders.complaints.overdue",
    "reports.reminders.decisions_due",
    "reports.reminders.decisions_overdue",
    "reports.reminders.cleaning_tomorrow",
    "reports.reminders.trainings_tomorrow",
    "reports.reminders.weekly_due",
    "conduct.cases.reminders.replies_due",
    "conduct.cases.reminders.hearings_over",
    "performance.reminders.talks_waiting",
    "performance.reminders.answers_waiting",
    "performance.reminders.objections_waiting",
    "performance.reminders.plans_waiting",
    "performance.reminders.results_missing",
    "customers.reminders.visits.returns_due",
    "customers.reminders.visits.steps_due",
    "customers.reminders.calls.call_backs",
    "customers.reminders.calls.calls_open",
    "customers.reminders.visits.checks_to_judge",
    "attendance.reminders.leave.leaves_waiting",
    "attendance.reminders.leave.rewards_lapsing",
    "attendance.reminders.explaining.asked_waiting",
    "attendance.reminders.trips.trips_waiting",
    "attendance.reminders.trips.reports_due",
]

# --- The audit trail --------------------------------------------------------------------------

# What people call the actions of audit rows, and what is said in them that is no field of a table.
AUDIT_WORDS = {
    "replace": gettext_noop("changed by a file"),
    "policy values": gettext_noop("values brought"),
    "final": gettext_noop("made final"),
    "ask for final": gettext_noop("asked that it be final"),
    "final not asked": gettext_noop("request for final taken back"),
    "waive": gettext_noop("forgiven"),
    "unwaive": gettext_noop("forgiveness taken back"),
    "acknowledge": gettext_noop("acknowledged"),
    "appeal": gettext_noop("objected"),
    "appeal says": gettext_noop("said something"),
    "appeal granted": gettext_noop("appeal granted"),
    "appeal refused": gettext_noop("appeal refused"),
    "appeal withdrawn": gettext_noop("appeal withdrawn"),
    "tie added": gettext_noop("tie added"),
    "tie removed": gettext_noop("tie taken back"),
    "tie": gettext_noop("tie"),
    "export right given": gettext_noop("right to export given"),
    "export right taken back": gettext_noop("right to export taken back"),
    "merge": gettext_noop("another file merged into it"),
    "merged": gettext_noop("merged into another file"),
    "moved": gettext_noop("moved along"),
    "stayed": gettext_noop("stayed behind, for there was one already"),
    "owner changed": gettext_noop("passed to another owner"),
    "contact added": gettext_noop("contact added"),
    "contact changed": gettext_noop("contact changed"),
    "comment": gettext_noop("comment"),
    "contact": gettext_noop("contact"),
    "tags": gettext_noop("tags"),
    "told": gettext_noop("told"),
    "sign": gettext_noop("signed"),
    "scan": gettext_noop("scan added"),
    "deliver": gettext_noop("delivery recorded"),
    "correct": gettext_noop("corrected"),
    "dispute": gettext_noop("dispute opened"),
    "dispute settled": gettext_noop("dispute settled"),
    "transfer asked": gettext_noop("transfer asked for"),
    "transfer approved": gettext_noop("transfer approved"),
    "transfer refused": gettext_noop("transfer refused"),
    "transfer withdrawn": gettext_noop("transfer withdrawn"),
    "margin asked": gettext_noop("approval of the margin asked for"),
    "margin approved": gettext_noop("margin approved"),
    "margin refused": gettext_noop("margin refused"),
    "margin withdrawn": gettext_noop("request for the margin withdrawn"),
    "issue": gettext_noop("issued"),
    "record": gettext_noop("recorded"),
    "hand in": gettext_noop("handed in"),
    "return": gettext_noop("returned"),
    "refuse to pay": gettext_noop("did not pay"),
    "promised_on": gettext_noop("promised for"),
    "lift": gettext_noop("block lifted"),
    "cancel": gettext_noop("cancelled"),
    "original": gettext_noop("original received"),
    "plan": gettext_noop("plan written"),
    "agree": gettext_noop("plan agreed"),
    "step done": gettext_noop("step done"),
    "steps": gettext_noop("steps"),
    "declare": gettext_noop("declared"),
    "claim": gettext_noop("claimed"),
    "claim withdrawn": gettext_noop("claim withdrawn"),
    "claim approved": gettext_noop("claim approved"),
    "claim refused": gettext_noop("claim refused"),
    "approval taken back": gettext_noop("approval taken back"),
    "machine added": gettext_noop("attendance machine added"),
    "machine retired": gettext_noop("attendance machine retired"),
    "retire": gettext_noop("lent no more"),
    "lend again": gettext_noop("lent again"),
    "ask to borrow": gettext_noop("asked to borrow"),
    "request withdrawn": gettext_noop("request withdrawn"),
    "request refused": gettext_noop("request refused"),
    "request lent": gettext_noop("request fulfilled"),
    "lend": gettext_noop("lent"),
    "condition corrected": gettext_noop("condition corrected"),
    "series begun": gettext_noop("series begun"),
    "series changed": gettext_noop("series changed"),
    "series ended": gettext_noop("series ended"),
    "meeting planned": gettext_noop("meeting planned"),
    "meeting changed": gettext_noop("meeting changed"),
    "meeting called off": gettext_noop("meeting called off"),
    "meeting closed": gettext_noop("meeting closed"),
    "point added": gettext_noop("point added"),
    "minutes written": gettext_noop("minutes written"),
    "presence ticked": gettext_noop("presence ticked"),
    "decided": gettext_noop("decided"),
    "decision changed": gettext_noop("decision changed"),
    "decision done": gettext_noop("decision done"),
    "praised": gettext_noop("praised"),
    "praise taken back": gettext_noop("praise taken back"),
    "appraisal": gettext_noop("appraisal"),
    "appraisal adjusted": gettext_noop("points of an appraisal changed"),
    "appraisal told": gettext_noop("appraisal talked over"),
    "appraisal acknowledged": gettext_noop("appraisal acknowledged"),
    "appraisal objected": gettext_noop("objected to an appraisal"),
    "appraisal decided": gettext_noop("objection to an appraisal decided"),
    "target set": gettext_noop("target set"),
    "activity planned": gettext_noop("activity planned"),
    "activity changed": gettext_noop("activity changed"),
    "activity decided": gettext_noop("activity decided"),
    "activity carried out": gettext_noop("activity carried out"),
    "activity called off": gettext_noop("activity called off"),
    "came": gettext_noop("came"),
    "training planned": gettext_noop("training planned"),
    "training changed": gettext_noop("training changed"),
    "training called off": gettext_noop("training called off"),
    "training closed": gettext_noop("training closed"),
    "enrolled": gettext_noop("enrolled"),
    "enrolment withdrawn": gettext_noop("enrolment withdrawn"),
    "result written": gettext_noop("result written"),
    "certificate added": gettext_noop("certificate added"),
    "plan of the day written": gettext_noop("plan of the day written"),
    "problem written": gettext_noop("problem written"),
    "problem changed": gettext_noop("problem changed"),
    "suspicion decided": gettext_noop("suspicion decided on"),
    "suspicion case": gettext_noop("case linked to a suspicion"),
    "case reported": gettext_noop("case reported"),
    "case dismissed": gettext_noop("case ended: nothing in it"),
    "case heard": gettext_noop("hearing in a case begun"),
    "case reply": gettext_noop("replied in a case"),
    "case decided": gettext_noop("case decided"),
    "case proposal decided": gettext_noop("proposal in a case decided"),
    "case objection": gettext_noop("objected in a case"),
    "case objection decided": gettext_noop("objection in a case decided"),
    "case annulled": gettext_noop("decision annulled"),
    "reward proposed": gettext_noop("reward proposed"),
    "reward decided": gettext_noop("reward decided"),
    "reward withdrawn": gettext_noop("proposed reward withdrawn"),
    "case": gettext_noop("case"),
    "weekly report handed in": gettext_noop("weekly report handed in"),
    "weekly report accepted": gettext_noop("weekly report accepted"),
    "weekly report returned": gettext_noop("weekly report returned"),
    "weekly report commented": gettext_noop("weekly report commented"),
    "line": gettext_noop("line"),
    "oral report ticked": gettext_noop("oral report ticked"),
    "oral report corrected": gettext_noop("oral report corrected"),
    "oral report taken back": gettext_noop("tick of an oral report taken back"),
    "suggested": gettext_noop("suggested"),
    "suggestion answered": gettext_noop("suggestion answered"),
    "information filed": gettext_noop("information filed"),
    "information corrected": gettext_noop("information corrected"),
    "information read": gettext_noop("read"),
    "information answered": gettext_noop("answered"),
    "cleaned": gettext_noop("cleaned"),
    "cleaning confirmed": gettext_noop("cleaning confirmed"),
    "cleaning given to another": gettext_noop("cleaning given to another"),
    "problem answered": gettext_noop("problem answered"),
    "decision": gettext_noop("decision"),
    "owner": gettext_noop("who does it"),
    "due_on": gettext_noop("until"),
    "bank lines": gettext_noop("bank statement taken"),
    "bank columns": gettext_noop("columns of a bank's table named"),
    "bank match": gettext_noop("bank line matched"),
    "bank aside": gettext_noop("bank line set aside"),
    "bank undo": gettext_noop("bank line taken back"),
    "reconcile": gettext_noop("day reconciled"),
    "reopen day": gettext_noop("day open again"),
    "correct by bank": gettext_noop("corrected by the bank's date"),
    "mismatch": gettext_noop("payment undone"),
    "bounced": gettext_noop("cheque bounced"),
    "refund": gettext_noop("refunded"),
    "goods back": gettext_noop("goods came back"),
    "count money": gettext_noop("money counted"),
    "differ": gettext_noop("difference found"),
    "explain": gettext_noop("explained"),
    "settle": gettext_noop("difference settled"),
    "bring": gettext_noop("missing cash counted"),
    "close sheet": gettext_noop("day closed"),
    "sign off": gettext_noop("signed off"),
    "count slips": gettext_noop("slips counted"),
    "confirm slips": gettext_noop("slips confirmed"),
    "payments": gettext_noop("payments"),
    "handovers": gettext_noop("handovers"),
    "not_shown": gettext_noop("slips not shown"),
    "open case": gettext_noop("case opened"),
    "case step": gettext_noop("step recorded"),
    "court": gettext_noop("brought to court or back"),
    "legal cost": gettext_noop("legal cost recorded"),
    "legal cost corrected": gettext_noop("legal cost corrected"),
    "propose outcome": gettext_noop("outcome proposed"),
    "outcome accepted": gettext_noop("outcome accepted"),
    "outcome refused": gettext_noop("outcome refused"),
    "outcome withdrawn": gettext_noop("proposed outcome withdrawn"),
    "ask leave": gettext_noop("leave asked for"),
    "leave evidence": gettext_noop("evidence handed in"),
    "leave withdrawn": gettext_noop("request withdrawn"),
    "leave handed on": gettext_noop("approved, and handed on"),
    "leave approved": gettext_noop("leave approved"),
    "leave refused": gettext_noop("leave refused"),
    "leave cancelled": gettext_noop("leave cancelled"),
    "leave special": gettext_noop("made a special case"),
    "leave type retired": gettext_noop("retired"),
    "leave type again": gettext_noop("taken up again"),
    "reward given": gettext_noop("reward leave given"),
    "reward taken back": gettext_noop("reward leave taken back"),
    "ask trip": gettext_noop("trip applied for"),
    "correct trip": gettext_noop("application changed"),
    "trip withdrawn": gettext_noop("application withdrawn"),
    "trip approved": gettext_noop("trip approved"),
    "trip refused": gettext_noop("trip refused"),
    "trip cancelled": gettext_noop("trip cancelled"),
    "trip shortened": gettext_noop("trip shortened"),
    "trip report": gettext_noop("report of a trip day"),
    "trip report taken": gettext_noop("report taken by telephone"),
    "trip report read": gettext_noop("report ticked as read"),
    "record visit": gettext_noop("visit recorded"),
    "next step done": gettext_noop("next step done"),
    "visit voided": gettext_noop("visit voided"),
    "void answered": gettext_noop("answered to it"),
    "visit restored": gettext_noop("visit restored"),
    "visit stays void": gettext_noop("left void"),
    "call begun": gettext_noop("call begun"),
    "call finished": gettext_noop("call finished"),
    "not to be disturbed": gettext_noop("marked as not to be disturbed"),
    "may be disturbed again": gettext_noop("do-not-disturb mark lifted"),
    "script written": gettext_noop("telephone script written"),
    "visit planned": gettext_noop("visit planned"),
    "planned visit changed": gettext_noop("plan changed"),
    "planned visit dropped": gettext_noop("plan dropped"),
    "check drawn": gettext_noop("sample drawn"),
    "check judged": gettext_noop("verdict given"),
    "check replied": gettext_noop("replied to the spot check"),
    "check answered": gettext_noop("reply decided on"),
    "project registered": gettext_noop("registered"),
    "requirements listed": gettext_noop("requirement list kept"),
    "lines": gettext_noop("lines"),
    "project assigned": gettext_noop("assigned"),
    "project moved": gettext_noop("brought to another stage"),
    "project note": gettext_noop("noted what happened"),
    "project lost": gettext_noop("given up as lost"),
    "project handed over": gettext_noop("handed to a colleague"),
    "project reopened": gettext_noop("taken up again"),
    "project ruled away": gettext_noop("ended by a ruling"),
    "conflict": gettext_noop("conflict"),
    "conflict opened": gettext_noop("conflict opened"),
    "claim said": gettext_noop("side said"),
    "conflict ruled": gettext_noop("ruled"),
    "delegated": gettext_noop("delegated"),
    "delegation withdrawn": gettext_noop("delegation withdrawn"),
    "complaint taken": gettext_noop("complaint taken in"),
    "complaint assigned": gettext_noop("complaint assigned"),
    "hearing begun": gettext_noop("hearing begun"),
    "complaint tied": gettext_noop("put to a customer's file"),
    "complaint handled": gettext_noop("step written down"),
    "complaint answered": gettext_noop("complaint answered"),
    "complaint confirmed": gettext_noop("confirmed by the customer"),
    "complaint opened again": gettext_noop("complaint opened again"),
    "customer's link": gettext_noop("link made for the customer"),
    "prefecture added": gettext_noop("put on the list"),
    "agent in talks": gettext_noop("in talks about a prefecture"),
    "agent begins": gettext_noop("agent of a prefecture"),
    "agent ended": gettext_noop("agency ended"),
    "support asked": gettext_noop("support asked for"),
    "support taken": gettext_noop("helper named"),
    "support refused": gettext_noop("support refused"),
    "support done": gettext_noop("what came of it told"),
    "support withdrawn": gettext_noop("request withdrawn"),
    "reply": gettext_noop("reason of the decision"),
    "day asked": gettext_noop("asked for"),
    "day approved": gettext_noop("approved"),
    "day refused": gettext_noop("refused"),
    "day withdrawn": gettext_noop("withdrawn"),
    "fine ticked": gettext_noop("fine paid in cash"),
    "fine unticked": gettext_noop("tick of a fine taken back"),
    "fine given back": gettext_noop("cash of a fine given back"),
    "absence decided": gettext_noop("decided on absence"),
    "add": gettext_noop("put on file"),
    "edit": gettext_noop("facts changed"),
    "qualification": gettext_noop("qualification"),
    "position planned": gettext_noop("change of position decided"),
    "position withdrawn": gettext_noop("change of position withdrawn"),
    "position": gettext_noop("position changed"),
    "last day": gettext_noop("last day set"),
    "handed over": gettext_noop("handed over"),
    "stand in": gettext_noop("stand-in named"),
    "end stand-in": gettext_noop("stand-in ended"),
    "login": gettext_noop("login given or password set"),
    "login link": gettext_noop("link to sign in made"),
    "password": gettext_noop("password changed"),
    "password by link": gettext_noop("password set with a link"),
    "e-mail": gettext_noop("e-mail address changed"),
    "sessions ended": gettext_noop("other sessions ended"),
    "recovery code": gettext_noop("recovery code used"),
    "recovery codes": gettext_noop("new recovery codes"),
    "second factor on": gettext_noop("second factor set up"),
    "second factor off": gettext_noop("second factor turned off"),
    "second factor reset": gettext_noop("second factor reset"),
    "second factor rule": gettext_noop("rule of second factors"),
    "bank account entered": gettext_noop("account entered"),
    "bank account confirmed": gettext_noop("account confirmed"),
    "bank account refused": gettext_noop("account not confirmed"),
    "bank account revealed": gettext_noop("whole number shown"),
    "payout batch": gettext_noop("batch made"),
    "payout file": gettext_noop("file for the bank taken"),
    "payout file again": gettext_noop("file for the bank taken again"),
    "payout paid": gettext_noop("said to be paid"),
    "payout returned": gettext_noop("returned by the bank"),
    "draft": gettext_noop("draft begun"),
    "change draft": gettext_noop("draft changed"),
    "discard draft": gettext_noop("draft discarded"),
    "put in force": gettext_noop("put in force"),
    "simulate": gettext_noop("simulated"),
    "calendar": gettext_noop("calendar changed"),
    "board post": gettext_noop("hung on the board"),
    "board change": gettext_noop("notice changed"),
    "board withdraw": gettext_noop("notice withdrawn"),
    "tell": gettext_noop("told"),
    "group add": gettext_noop("group set up"),
    "group on": gettext_noop("group switched on"),
    "group off": gettext_noop("group switched off"),
    "group test": gettext_noop("group tried out"),
    "ask": gettext_noop("asked for"),
    "run again": gettext_noop("run again"),
    "import": gettext_noop("files loaded"),
    "export": gettext_noop("file of a month"),
    "reason": gettext_noop("reason"),
    "lifted": gettext_noop("lifted, because"),
    "withdrawal_reason": gettext_noop("why it was taken back"),
    "early_reason": gettext_noop("why before time"),
    "stands_in_for": gettext_noop("stands in for"),
    "stand_in": gettext_noop("stand-in"),
    "slips": gettext_noop("slips"),
    "count": gettext_noop("number of payments"),
    "downloads": gettext_noop("downloads"),
    "from_on": gettext_noop("from"),
    "until_on": gettext_noop("until"),
    "for": gettext_noop("for"),
    "teams": gettext_noop("teams"),
    "roles": gettext_noop("roles"),
    "kind": gettext_noop("kind"),
    "month": gettext_noop("month"),
    "devices": gettext_noop("devices"),
    "email": gettext_noop("e-mail"),
    "number": gettext_noop("number"),
    "person": gettext_noop("person"),
    "rows": gettext_noop("rows"),
    "columns": gettext_noop("columns"),
    "query": gettext_noop("what is asked for"),
    "ending": gettext_noop("kind of file"),
    "files": gettext_noop("files"),
    "outcome": gettext_noop("outcome"),
    "people": gettext_noop("people"),
    "text": gettext_noop("text"),
    "sent": gettext_noop("with the bank"),
    "paid": gettext_noop("paid"),
    "returned": gettext_noop("returned by the bank"),
    "medical": gettext_noop("medical record"),
    "conduct": gettext_noop("conduct file"),
    "customer": gettext_noop("customer file"),
    "bankaccount": gettext_noop("bank account"),
    "statements": gettext_noop("statements"),
    "statement": gettext_noop("statement"),
    "payout": gettext_noop("payouts"),
    "shadow": gettext_noop("month in the shadow"),
    "audit": gettext_noop("list of changes"),
    "list": gettext_noop("list as a file"),
    "simulation": gettext_noop("simulation"),
}
# The kinds of subjects that are not called as a table is: what people call them, and whose fields
# their changes are (empty: no table's).
AUDIT_SUBJECTS = {
    "month": (gettext_noop("month"), "payroll.PayMonth"),
    "charge": (gettext_noop("charge"), ""),
    "job": (gettext_noop("job"), "core.JobRun"),
    "login": (gettext_noop("sign-in"), "accounts.User"),
    "handover": (gettext_noop("hand-over"), ""),
    "moneyhandover": (gettext_noop("handover"), "receivables.Handover"),
    "statement": (gettext_noop("statement"), "payroll.StatementReview"),
    "policyversion": (gettext_noop("policy version"), ""),
    "files": (gettext_noop("files sent"), ""),
    "audit": (gettext_noop("list of changes"), ""),
    "list": (gettext_noop("list"), ""),
}
# The kinds of subjects that are about people: personnel reads their changes.
AUDIT_OF_PEOPLE = ("person", "login", "bankaccount", "handover")
# Kinds of subjects whose changes are read by whoever sees the record alone, not by everybody who
# reads the list of changes: `(user) -> QuerySet` of the subjects they read.
AUDIT_CLOSED = {"proceeding": "conduct.cases.querysets.subjects_read_by"}
# Fields that not everybody who sees the record may see: `(user) -> bool` says who may.
AUDIT_CONFIDENTIAL = {
    "leave.reason": "attendance.permissions.leave.sees_reasons",
    "leave.evidence": "attendance.permissions.leave.sees_reasons",
    "person.base_salary": "payroll.querysets.sees_all_pay",
    "spotcheck.spoken_with": "customers.permissions.visits.leads_sellers",
    "bankaccount.number": "payroll.payouts.sees_accounts",
    "bankaccount.bank": "payroll.payouts.sees_accounts",
    "bankaccount.holder": "payroll.payouts.sees_accounts",
    # What the guard of the telephone hides on a file's page is not told by its history either.
    "customer.telephone": "customers.permissions.calls.sees_numbers_of_before",
    "contact.telephone": "customers.permissions.calls.sees_numbers_of_before",
}

# --- The company's tables and the month's close -----------------------------------------------

FACT_TABLES = [
    "policy.imports.policy",
    "policy.imports.calendar",
    "accounts.imports.people",
    "customers.imports.customers",
    "attendance.imports.punches",
    "attendance.imports.excuses",
    "attendance.imports.fine_payments",
    "attendance.imports.leave_types",  # before leave, which names them
    "attendance.imports.leave",
    "attendance.imports.trips",
    "attendance.imports.trip_reports",
    "attendance.imports.outings",
    "attendance.imports.pool_opening",
    "orders.imports.orders",
    "orders.imports.deliveries",
    "receivables.imports.slips",
    "receivables.imports.payments",
    "receivables.imports.late_handovers",
    "claims.imports.expenses",
    "claims.imports.goods",
    "claims.imports.loans",
    "receivables.imports.reserve_opening",
    "receivables.imports.bad_debts",
    "receivables.imports.legal_costs",
    "claims.imports.damages",
    "customers.imports.visits",
    "customers.imports.spot_checks",
    "conduct.imports.rewards",
    "conduct.imports.conduct",
    "performance.imports.targets",
]

# Who may load which of them in the browser: `(user, table) -> Decision`.
MAY_LOAD_TABLE = "payroll.permissions.can_load_table"
# Where the rows of each table lie, and the date by which they fall in a month (empty: in none).
FACT_ROWS = {
    "policy": ("policy.PolicyParameter", ""),
    "calendar": ("policy.CalendarDay", "date"),
    "people": ("accounts.Person", ""),
    "customers": ("customers.Customer", ""),
    "punches": ("attendance.Punch", "at"),
    "excuses": ("attendance.Excuse", "date"),
    "fine_payments": ("attendance.FinePayment", "date"),
    "leave_types": ("attendance.LeaveType", ""),
    "leave": ("attendance.Leave", "start_on"),
    "trips": ("attendance.Trip", "start_on"),
    "trip_reports": ("attendance.TripReport", "date"),
    "outings": ("attendance.Outing", "start_at"),
    "pool_opening": ("attendance.PoolOpening", "month"),
    "orders": ("orders.Order", ""),
    "deliveries": ("orders.Delivery", "delivered_on"),
    "slips": ("receivables.Slip", "issued_at"),
    "payments": ("receivables.Payment", "received_at"),
    "late_handovers": ("receivables.LateHandover", "date"),
    "expenses": ("claims.Expense", "spent_on"),
    "goods": ("claims.Goods", ""),
    "loans": ("claims.Loan", "lent_at"),
    "reserve_opening": ("receivables.ReserveOpening", ""),
    "bad_debts": ("receivables.BadDebt", ""),
    "legal_costs": ("receivables.LegalCost", "incurred_on"),
    "damages": ("claims.Damage", "on"),
    "visits": ("customers.Visit", "at"),
    "spot_checks": ("customers.SpotCheck", "checked_on"),
    "rewards": ("conduct.Reward", "decided_on"),
    "conduct": ("conduct.ConductCase", "decided_on"),
    "targets": ("performance.Target", ""),
}

# What the audit trail calls the rows that evidence names, where it is not by the row's own name.
EVIDENCE_SUBJECTS = {"spot_checks": "customers.evidence.spot_check_subject"}

EXPORTS = [
    "payroll.exports.statements",
    "attendance.exports.pool",
    "receivables.exports.collections",
    "payroll.exports.duties",
    "payroll.exports.findings",
    "receivables.exports.reserve",
]
# What apps above the books add to the monthly book: `(month, user) -> core.tables.writing.Sheet`.
MONTH_BOOK_SHEETS = ["performance.book.appraisals"]

# The steps of a month's close, in order, each with what people are told while it runs. They are
# taken for one group of salespeople at a time; each sees the group's charges of those before it.
MONTH_CLOSE_STEPS = [
    ("payroll.charges.base_salary", gettext_noop("base salary")),
    ("attendance.charges.days.attendance", gettext_noop("attendance and leave")),
    ("customers.charges.visits.visits", gettext_noop("visits and spot checks")),
    ("customers.charges.files.files", gettext_noop("files of new customers")),
    ("claims.charges.claims", gettext_noop("expenses and goods")),
    ("receivables.charges.cutoff.cutoff", gettext_noop("cutoff")),
    ("receivables.charges.reserve.reserve", gettext_noop("reserve and bad debts")),
    ("performance.charges.commission", gettext_noop("commission")),
    ("conduct.charges.bonuses", gettext_noop("bonuses")),
    ("conduct.charges.forfeits", gettext_noop("forfeits")),
    ("conduct.charges.fines", gettext_noop("fines of cases")),
    ("payroll.charges.limits", gettext_noop("lawful limits")),
    ("payroll.charges.brought_forward", gettext_noop("brought forward")),
]

# Those of them that bring what a month's end is foretold to bring (payroll/preview.py), with those
# they build on.
MONTH_END_STEPS = (
    "payroll.charges.base_salary",
    "receivables.charges.reserve.reserve",
    "performance.charges.commission",
    "conduct.charges.bonuses",
    "conduct.charges.forfeits",
    "conduct.charges.fines",
)

# What concerns everybody at once, when all groups are done: the same, and the rules whose entries
# belong to it.
DEPARTMENT_CLOSE_STEPS = [
    ("attendance.charges.pool.pool", gettext_noop("pool of fines"), ("ATT-3",)),
]

# What a finding of a rule says, `n` its number, and whether somebody has to decide on each of them:
# all others are counted together.
FINDINGS = {
    "ATT-5": (gettext_noop("%(n)s days absent: the company may end the contract"), True),
    "CUS-1": (gettext_noop("Files of new customers that are not complete: %(n)s"), False),
}

# What a close takes down of a group besides charges, duties and findings.
MONTH_CLOSE_RECORDS = ["receivables.services.cutoff_snapshot"]

# Tables that `migrate` itself puts rows into: a database with nothing else in it is empty.
FILLED_BY_MIGRATE = ["customers.Prefecture"]

# What the database itself keeps, `(vendor) -> triggers` (core/append_only.py).
KEPT_BY_TRIGGERS = ["receivables.models.covering.triggers"]

# The invariants of the books (PAY-5).
VERIFICATIONS = [
    "payroll.verification.guards",
    "payroll.verification.entries",
    "payroll.verification.control_totals",
    "payroll.verification.months",
    "payroll.verification.statements",
    "payroll.verification.payouts",
    "attendance.verification.pool",
    "attendance.verification.fine_handovers",
    "orders.verification.transfers",
    "receivables.verification.reserves",
    "receivables.verification.slips",
    "receivables.verification.covering",
    "receivables.verification.cutoffs",
    "receivables.verification_counter.handovers",
    "receivables.verification_counter.sheets",
    "receivables.verification_counter.undone",
    "receivables.verification_invoices.invoices",
    "receivables.bank.verification.bank",
    "receivables.verification_cases.reserve_books",
    "receivables.verification_cases.cases",
    "core.files.verification.files",
]
# What takes long to look at: `verify --deep`.
DEEP_VERIFICATIONS = ["core.files.verification.contents"]
