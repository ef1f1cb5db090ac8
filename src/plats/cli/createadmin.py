"""`plats createadmin`: the first account, which lets the others in."""

from __future__ import annotations

import sys

import click

from plats.cli.output import Printer, json_option, told
from plats.cli.site import set_up_site


@click.command()
@click.option("--email", prompt="E-postadress", help="Adressen i tjänsten; den loggar man in med.")
@click.option("--name", prompt="Namn", help="Namnet som andra ser.")
@click.option(
    "--organisation", default="", help="Nämnd eller förvaltning; läggs upp som nämnd om den inte finns."
)
@click.option(
    "--password-stdin", is_flag=True, help="Läs lösenordet från standard in i stället för att fråga."
)
@json_option
@told
def createadmin(email: str, name: str, organisation: str, password_stdin: bool, as_json: bool) -> None:
    """Gör ett konto för en systemförvaltare, och kommunens organisation om den inte finns."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else asked_for_password()
    set_up_site()
    from django.core.exceptions import ValidationError

    from plats.web.accounts.first import create_administrator

    try:
        membership = create_administrator(
            email=email, name=name, password=password, organisation_name=organisation
        )
    except ValidationError as error:
        raise click.ClickException("\n".join(error.messages)) from error
    printer = Printer(as_json)
    printer.line(f"{membership.user.email} är nu systemförvaltare i {membership.organisation}.")
    printer.line("Logga in på /logga-in/ och bjud in de andra därifrån.")
    printer.result({"email": membership.user.email, "organisation": membership.organisation.name})


def asked_for_password() -> str:
    """The password, typed twice alike and shown to nobody."""
    return str(
        click.prompt("Lösenord", hide_input=True, confirmation_prompt="Lösenordet en gång till", err=True)
    )
