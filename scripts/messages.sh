#!/bin/sh
# Collect every text of code and templates into the catalogues. Needs GNU gettext.
set -eu
command -v xgettext >/dev/null || { echo "GNU gettext is needed (Debian: gettext)" >&2; exit 1; }
.venv/bin/python manage.py makemessages --locale zh_Hans --no-obsolete --no-wrap \
  --add-location file --ignore .venv --ignore node_modules --ignore var --ignore static
