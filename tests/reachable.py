"""Print the address of the PostgreSQL or Redis that answers: `python -m tests.reachable redis`.

`DATABASE_URL` and `REDIS_URL` come first; then the machine's own at their usual places.
"""

import os
import sys

import environ
import psycopg
import redis

POSTGRES = (
    "postgres://postgres@127.0.0.1:5432/postgres",
    "postgres:///postgres?host=/var/run/postgresql",
)
REDIS = ("redis://127.0.0.1:6379/9",)


def postgres_answers(url: str) -> bool:
    found = environ.Env.db_url_config(url)
    if "postgresql" not in found["ENGINE"]:
        return False
    try:
        psycopg.connect(
            dbname=found["NAME"] or "postgres",
            user=found["USER"] or None,
            password=found["PASSWORD"] or None,
            host=found["HOST"] or found.get("OPTIONS", {}).get("host"),
            port=found["PORT"] or None,
            connect_timeout=3,
        ).close()
    except psycopg.Error:
        return False
    return True


def redis_answers(url: str) -> bool:
    try:
        return bool(redis.Redis.from_url(url, socket_connect_timeout=3).ping())
    except redis.RedisError:
        return False


def main(what: str) -> None:
    answers, usual, named = {
        "postgres": (postgres_answers, POSTGRES, os.environ.get("DATABASE_URL")),
        "redis": (redis_answers, REDIS, os.environ.get("REDIS_URL")),
    }[what]
    for url in filter(None, (named, *usual)):
        if answers(url):
            print(url)
            return


if __name__ == "__main__":
    main(sys.argv[1])
