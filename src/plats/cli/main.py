"""The command and its verbs."""

from __future__ import annotations

import os

import click

from plats import __version__
from plats.cli.access import access
from plats.cli.audit import audit
from plats.cli.backup import backup
from plats.cli.check import check
from plats.cli.contexts import contexts
from plats.cli.createadmin import createadmin
from plats.cli.demo import demo
from plats.cli.derive import derive
from plats.cli.doctor import doctor
from plats.cli.efforts import efforts
from plats.cli.imports import import_file
from plats.cli.init import init
from plats.cli.local import local
from plats.cli.messages import messages
from plats.cli.output import home, told
from plats.cli.report import report
from plats.cli.restore import restore
from plats.cli.retain import retain
from plats.cli.segregation import segregation
from plats.cli.serve import serve
from plats.cli.status import status
from plats.cli.warmup import warmup
from plats.cli.work import work
from plats.engine.kernels import keep_kernels
from plats.web.config.recovery import finish_restore


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="plats %(version)s")
@told
def main() -> None:
    """Platsperspektiv: se skillnader mellan platser, med källa bakom varje siffra.

    Allt sparas under PLATS_HOME (annars ./var). PLATS_MUNICIPALITY väljer kommun (annars 0126 Huddinge).
    """
    keep_kernels(home())
    finish_restore(home(), os.environ.get("DATABASE_URL", ""))


for command in (
    init,
    import_file,
    derive,
    check,
    report,
    serve,
    work,
    status,
    messages,
    createadmin,
    demo,
    audit,
    retain,
    efforts,
    backup,
    restore,
    doctor,
    contexts,
    segregation,
    warmup,
    local,
    access,
):
    main.add_command(command)
