"""What the interpellation answer of 2023-02-13 says, as rows."""

from __future__ import annotations

from datetime import date

from plats.web.accounts.models import Organisation
from plats.web.accounts.tests.world import World
from plats.web.audit.models import AuditEntry
from plats.web.partners import embedded
from plats.web.partners.models import Agreement, Commitment, PartnerPage
from plats.web.partners.tests.promising import rows_of


def test_the_agreement_has_the_six_parties_and_the_four_areas_of_the_answer(loaded: World) -> None:
    one = Agreement.objects.get(slug="samverkansoverenskommelse-2023-2024")
    assert {party.organisation.name for party in one.parties.all()} == {
        "Kommunstyrelsen",
        "Polismyndigheten",
        "Huddinge Samhällsfastigheter AB",
        "Huge Bostäder AB",
        "Kriminalvården",
        "Södertörns brandförsvarsförbund",
    }
    topics = [area.topic for area in one.focus_areas.all()]
    assert topics == ["gang_crime", "public_space", "close_relationships", "andts"]
    assert one.as_of == date(2023, 2, 13)
    assert one.decided_on is None, "the answer does not say when it was decided"


def test_every_commitment_says_when_where_and_by_whom_and_shows_what_it_claims(loaded: World) -> None:
    rows = list(Commitment.objects.order_by("pk"))
    assert len(rows) == len(rows_of("commitments")) >= 20
    for one in rows:
        assert one.made_on == one.as_of == date(2023, 2, 13)
        assert one.who is not None
        assert one.source_title == embedded.SOURCE
        assert one.is_public
        assert not one.is_example
        assert bool(one.evidence) == (one.state != "unknown"), one.title


def test_what_came_later_is_later(loaded: World) -> None:
    teachers = Commitment.objects.get(title="Satsa på fler lärare")
    assert teachers.state_on == date(2023, 6, 30)
    assert "30 nya lärare" in teachers.evidence
    assert Commitment.objects.get(title__startswith="Införa GVI").state_on == date(2024, 5, 16)


def test_loading_again_changes_nothing(loaded: World) -> None:
    before = AuditEntry.objects.count()
    counts = [model.objects.count() for model in (Organisation, PartnerPage, Agreement, Commitment)]
    assert embedded.load_organisations(rows_of("organisations")) == 0
    assert embedded.load_agreements(rows_of("agreements")) == 0
    assert embedded.load_commitments(rows_of("commitments")) == 0
    assert [m.objects.count() for m in (Organisation, PartnerPage, Agreement, Commitment)] == counts
    assert AuditEntry.objects.count() == before
