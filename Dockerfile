# syntax=docker/dockerfile:1
# One image for web, worker, beat and migrate; compose.yaml says which command each runs.

# --- pages: the front end, bundled; Node stays behind -----------------------------------------
FROM node:24-slim AS pages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --loglevel=error
COPY assets ./assets
RUN npm run --silent build

# --- packages: pinned and hashed; pip stays behind --------------------------------------------
FROM python:3.12-slim-trixie AS packages
RUN python -m venv /app/.venv
COPY requirements/base.txt /tmp/base.txt
RUN /app/.venv/bin/pip install --no-cache-dir --disable-pip-version-check \
      --no-deps --require-hashes -r /tmp/base.txt

# --- the program ------------------------------------------------------------------------------
FROM python:3.12-slim-trixie
# pg_dump, pg_restore and psql, for `backup` and `restore`.
RUN apt-get update \
 && apt-get install -y --no-install-recommends postgresql-client \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /app --no-create-home salesforce \
 && install -d -o salesforce -g salesforce -m 700 /var/lib/salesforce
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    VAR_DIR=/var/lib/salesforce LOG_FORMAT=json
COPY --from=packages /app/.venv /app/.venv
COPY . .
COPY --from=pages /app/assets/dist ./assets/dist
# What is built needs no secret and no database; the folder it leaves is not part of the image.
RUN pybabel --quiet compile -D django -d locale \
 && VAR_DIR=/tmp/build python manage.py collectstatic --noinput -v 0 \
 && rm -rf /tmp/build
USER salesforce
VOLUME /var/lib/salesforce
EXPOSE 8000
CMD ["gunicorn", "salesforce.wsgi", "--bind", "0.0.0.0:8000"]
