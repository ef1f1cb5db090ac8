"""`python -m plats.cli`: the command, for a program that starts it by its own interpreter."""

from __future__ import annotations

from plats.cli.main import main

main(prog_name="plats")
