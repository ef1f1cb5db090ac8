"""`plats demo`: an example world to try, with one login for each role."""

from __future__ import annotations

import click

from plats.cli.output import Printer, json_option, told
from plats.cli.site import set_up_site


@click.command()
@json_option
@told
def demo(as_json: bool) -> None:
    """Gör exempelorganisationer och ett konto för varje roll, och skriv ut inloggningarna. Aldrig i produktion."""
    set_up_site()
    from plats.web.accounts.demo import DemoError, make_demo

    printer = Printer(as_json)
    try:
        people = make_demo()
    except DemoError as error:
        raise click.ClickException(str(error)) from error
    printer.line("Exempelvärlden är klar. Logga in på /logga-in/ med någon av dessa:")
    organisation = None
    for person in people:
        if person.organisation is not organisation:
            organisation = person.organisation
            printer.line(f"\n{organisation.name}")
        printer.line(f"  {person.role.display_name!s:<20}{person.email:<46}{person.password}")
    printer.result(
        {
            "logins": [
                {
                    "email": one.email,
                    "password": one.password,
                    "role": one.role.id,
                    "organisation": one.organisation.name,
                }
                for one in people
            ]
        }
    )
