"""`plats serve`: the site."""

from __future__ import annotations

import logging
import os
from typing import Any

import click

from plats.cli.beside import WorkerBeside
from plats.cli.output import Printer, home, set_up_django, store, told
from plats.web.operations.sharing import Kind, share_counts


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Adress att lyssna på.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Antal processer.")
@click.option("--no-worker", is_flag=True, help="Kör inga jobb härifrån; plats work gör det för sig.")
@told
def serve(host: str, port: int, workers: int, no_worker: bool) -> None:
    """Visa webbplatsen, och kör jobben bredvid den, tills du avbryter med Ctrl-C."""
    # Before the server starts: without figures there is nothing to show, and this says what to do.
    store().current()
    share_counts(home(), Kind.WEB)
    # For letters and calendars that the site and its worker write while one tries it out on a port of one's own.
    if not any(
        os.environ.get(name) for name in ("PLATS_SITE_URL", "PLATS_ALLOWED_HOSTS", "PLATS_PRODUCTION")
    ):
        os.environ["PLATS_SITE_URL"] = f"http://{host}:{port}"
    set_up_django()
    from gunicorn.app.base import BaseApplication

    beside = None if no_worker else WorkerBeside()

    class Site(BaseApplication):  # type: ignore[misc]
        """gunicorn with our settings and no file of its own."""

        def load_config(self) -> None:
            for name, value in _options(host, port, workers, beside).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from plats.web.config.wsgi import application

            return application

    Site().run()


# Internals


def _options(host: str, port: int, workers: int, beside: WorkerBeside | None = None) -> dict[str, Any]:
    def say_address(_: Any) -> None:
        from django.conf import settings

        if beside is not None:
            beside.start()

        # In production nobody stands at the terminal: every line is one of the log's.
        if settings.PLATS_PRODUCTION:
            logging.getLogger(__name__).info("Listening on port %s", port)
        else:
            Printer(as_json=False).line(
                f"Platsperspektiv visas på http://{host}:{port}/  (avbryt med Ctrl-C)"
            )

    return {
        "bind": f"{host}:{port}",
        "workers": workers,
        "threads": 4,
        "worker_class": "gthread",
        # Seconds a server in front may keep a connection to us; deploy/nginx/plats.conf lets go before that.
        "keepalive": 15,
        "control_socket_disable": True,
        "loglevel": "warning",
        "logger_class": _server_log(),
        "when_ready": say_address,
        "on_exit": beside.stop if beside is not None else lambda _server: None,
        "post_worker_init": _warm_up,
    }


def _server_log() -> type[Any]:
    """The server's own log, written as all others are. Requests are in the access log that the site writes itself."""
    from gunicorn.glogging import Logger

    class ServerLog(Logger):  # type: ignore[misc]
        def setup(self, cfg: Any) -> None:
            super().setup(cfg)
            self.error_log.handlers.clear()
            self.error_log.propagate = True

    return ServerLog


def _warm_up(_: Any) -> None:
    """Read the figures and prepare the maps beside the first readers, so that few of them wait for it."""
    from threading import Thread

    from plats.web.indicators.queries import prepare_maps
    from plats.web.operations.metrics import begin_counting

    begin_counting()

    Thread(target=prepare_maps, daemon=True).start()
