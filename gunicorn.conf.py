"""How gunicorn runs the pages, in both ways to run. It finds this file by itself.

Read by gunicorn's first process, which never loads the program: on a reload the pages run new code.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import environ

from core.logs import logging_of

environ.Env.read_env(Path(__file__).parent / ".env")

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
timeout = 120
keepalive = 30
# Nobody steers it by a socket, and its folder may be read-only.
control_socket_disable = True
logconfig_dict = logging_of(
    form=os.environ.get("LOG_FORMAT", "line"), level=os.environ.get("LOG_LEVEL", "WARNING")
)

# The workers count requests in files they share, in a folder for each first process.
if os.getenv("METRICS_OF") != str(os.getpid()):
    os.environ["METRICS_OF"] = str(os.getpid())
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="salesforce-metrics-")


def post_worker_init(worker: Any) -> None:
    """The worker has loaded the program and takes requests from now on."""
    from core.heartbeats import beating

    beating(kind="web")


def child_exit(server: Any, worker: Any) -> None:
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)


def on_exit(server: Any) -> None:
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
