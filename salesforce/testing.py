"""Settings of the tests: the same program, with what only costs time left out."""

import os

from salesforce.settings import *  # noqa: F403
from salesforce.settings import STORAGES, VAR_DIR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Every test client loads the middleware, which would look through all static files each time.
WHITENOISE_AUTOREFRESH = True
LANGUAGE_CODE = "en"
MEDIA_ROOT = VAR_DIR / "test-files"

# The browser tests keep an event loop running in their process, which Django would take for async
# code calling the database. No code of ours is async.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
