"""Ways to change what is written in the chain's rows. Each changes the database; none knows the key."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import F

from plats.web.audit.chain import canonical, digest_of, hash_of
from plats.web.audit.models import AuditEntry, AuditHead, AuditValues
from plats.web.audit.recording import parts_of
from plats.web.audit.verify import ERASING_ACT

GUESSED_KEY = b"hemligt"
Tampering = Callable[[random.Random, dict[int, tuple[str, str, str]]], None]
COLUMNS = [one.attname for one in AuditEntry._meta.concrete_fields if not one.primary_key]
SIDE_COLUMNS = ["salt", "reason", "values"]
# While numbers are moved, no two rows may have the same.
_ASIDE = 1_000_000


def change_a_column(draw: random.Random, _: Any) -> None:
    entry = _any(draw)
    name = draw.choice(COLUMNS)
    _set(entry, **{name: _another(draw, entry, name)})


def change_a_value(draw: random.Random, _: Any) -> None:
    side = AuditValues.objects.get(pk=draw.choice(_numbers(AuditValues.objects.exclude(values=""))))
    name = draw.choice(SIDE_COLUMNS)
    AuditValues.objects.filter(pk=side.pk).update(**{name: _mangled(draw, getattr(side, name))})


def change_a_value_and_its_digest(draw: random.Random, _: Any) -> None:
    side = AuditValues.objects.get(pk=draw.choice(_numbers(AuditValues.objects.exclude(values=""))))
    side.values = _mangled(draw, side.values)
    side.save()
    AuditEntry.objects.filter(pk=side.pk).update(digest=digest_of(side.salt, side.reason, side.values))


def delete_an_entry(draw: random.Random, _: Any) -> None:
    number = _any(draw).pk
    AuditValues.objects.filter(pk=number).delete()
    AuditEntry.objects.filter(pk=number).delete()


def delete_an_entry_and_leave_its_values(draw: random.Random, _: Any) -> None:
    AuditEntry.objects.filter(pk=_any(draw).pk).delete()


def delete_an_entry_and_close_the_gap(draw: random.Random, _: Any) -> None:
    number = _any(draw).pk
    AuditValues.objects.filter(pk=number).delete()
    AuditEntry.objects.filter(pk=number).delete()
    _shift(number + 1, -1)
    AuditHead.objects.update(sequence=F("sequence") - 1)


def delete_values(draw: random.Random, _: Any) -> None:
    AuditValues.objects.filter(pk=_any(draw).pk).delete()


def empty_values_without_a_decision(draw: random.Random, _: Any) -> None:
    number = draw.choice(_numbers(AuditValues.objects.exclude(salt="")))
    AuditValues.objects.filter(pk=number).update(salt="", reason="", values="")


def empty_values_and_widen_a_decision(draw: random.Random, _: Any) -> None:
    number = draw.choice(_numbers(AuditValues.objects.exclude(salt="")))
    AuditValues.objects.filter(pk=number).update(salt="", reason="", values="")
    erasing = AuditEntry.objects.filter(act=ERASING_ACT).order_by("sequence")[0]
    note = canonical({"decision": "KS-2026/5", "entries": [[1, number]]})
    _set(erasing, note=note)


def bring_back_erased_values(draw: random.Random, erased: dict[int, tuple[str, str, str]]) -> None:
    number = draw.choice(sorted(erased))
    AuditValues.objects.filter(pk=number).update(**dict(zip(SIDE_COLUMNS, erased[number], strict=True)))


def write_new_values_where_they_were_erased(draw: random.Random, erased: Any) -> None:
    AuditValues.objects.filter(pk=draw.choice(sorted(erased))).update(
        **{draw.choice(["reason", "values"]): "nytt"}
    )


def swap_two_entries(draw: random.Random, _: Any) -> None:
    one, other = _two(draw)
    kept = {name: getattr(one, name) for name in COLUMNS}
    _set(one, **{name: getattr(other, name) for name in COLUMNS})
    _set(other, **kept)


def swap_two_numbers(draw: random.Random, _: Any) -> None:
    one, other = _two(draw)
    for model in (AuditEntry, AuditValues):
        model.objects.filter(pk=one.pk).update(sequence=_ASIDE)
        model.objects.filter(pk=other.pk).update(sequence=one.pk)
        model.objects.filter(pk=_ASIDE).update(sequence=other.pk)


def swap_the_values_of_two(draw: random.Random, _: Any) -> None:
    one, other = draw.sample(list(AuditValues.objects.exclude(values="").order_by("sequence")), 2)
    for row, given in ((one.pk, other), (other.pk, one)):
        AuditValues.objects.filter(pk=row).update(salt=given.salt, reason=given.reason, values=given.values)


def renumber_from_somewhere(draw: random.Random, _: Any) -> None:
    start = _any(draw).pk
    _shift(start, 1)
    AuditHead.objects.update(sequence=F("sequence") + 1)


def insert_a_copy_at_the_end(draw: random.Random, _: Any) -> None:
    _copy(_any(draw).pk, _last().pk + 1)
    AuditHead.objects.update(sequence=_last().pk, hash=_last().hash)


def insert_a_copy_in_the_middle(draw: random.Random, _: Any) -> None:
    source, at = _any(draw).pk, _any(draw).pk
    _shift(at, 1)
    _copy(source if source < at else source + 1, at)
    AuditHead.objects.update(sequence=F("sequence") + 1)


def put_values_where_there_is_no_entry(draw: random.Random, _: Any) -> None:
    number = draw.choice([0, -3, _last().pk + 1, _last().pk + 1000])
    AuditValues.objects.create(sequence=number, salt="a" * 32, reason="", values='{"name":["a","b"]}')


def cut_the_end(draw: random.Random, _: Any) -> None:
    """And set the note of the end, in the database, to where it now ends."""
    kept = _last().pk - draw.randint(1, 5)
    AuditValues.objects.filter(pk__gt=kept).delete()
    AuditEntry.objects.filter(pk__gt=kept).delete()
    AuditHead.objects.update(sequence=kept, hash=_last().hash)


def cut_the_beginning(draw: random.Random, _: Any) -> None:
    """And number the rest from one, the first chained to nothing."""
    cut = draw.randint(1, 5)
    AuditValues.objects.filter(pk__lte=cut).delete()
    AuditEntry.objects.filter(pk__lte=cut).delete()
    _shift(cut + 1, -cut)
    AuditEntry.objects.filter(pk=1).update(previous="0" * 64)
    AuditHead.objects.update(sequence=F("sequence") - cut)


def remove_everything(draw: random.Random, _: Any) -> None:
    for model in (AuditEntry, AuditValues, AuditHead):
        model.objects.all().delete()


def change_the_end(draw: random.Random, _: Any) -> None:
    head = AuditHead.objects.get()
    if draw.random() < 0.5:
        AuditHead.objects.update(sequence=head.sequence + draw.choice([-1, 1, 7]))
    else:
        AuditHead.objects.update(hash=_mangled(draw, head.hash))


def remove_the_end(draw: random.Random, _: Any) -> None:
    AuditHead.objects.all().delete()


def chain_anew_with_a_guessed_key(draw: random.Random, _: Any) -> None:
    """Change an entry, and make every hash from there on right by another key."""
    entry = _any(draw)
    _set(entry, actor="någon annan")
    _rechain(entry.pk)


def forge_a_decision_with_a_guessed_key(draw: random.Random, _: Any) -> None:
    number = draw.choice(_numbers(AuditValues.objects.exclude(salt="")))
    AuditValues.objects.filter(pk=number).update(salt="", reason="", values="")
    last = _last()
    _copy(last.pk, last.pk + 1)
    forged = {"act": ERASING_ACT, "note": canonical({"decision": "KS-2026/9", "entries": [[number, number]]})}
    AuditEntry.objects.filter(pk=last.pk + 1).update(previous=last.hash, **forged)
    _rechain(last.pk + 1)


TAMPERINGS: list[Tampering] = [
    change_a_column,
    change_a_value,
    change_a_value_and_its_digest,
    delete_an_entry,
    delete_an_entry_and_leave_its_values,
    delete_an_entry_and_close_the_gap,
    delete_values,
    empty_values_without_a_decision,
    empty_values_and_widen_a_decision,
    bring_back_erased_values,
    write_new_values_where_they_were_erased,
    swap_two_entries,
    swap_two_numbers,
    swap_the_values_of_two,
    renumber_from_somewhere,
    insert_a_copy_at_the_end,
    insert_a_copy_in_the_middle,
    put_values_where_there_is_no_entry,
    cut_the_end,
    cut_the_beginning,
    remove_everything,
    change_the_end,
    remove_the_end,
    chain_anew_with_a_guessed_key,
    forge_a_decision_with_a_guessed_key,
]


def everything() -> list[Any]:
    """The chain's rows as they stand, to see that a tampering changed them."""
    rows = (model.objects.order_by("pk").values_list() for model in (AuditEntry, AuditValues, AuditHead))
    return [list(one) for one in rows]


# Internals


def _numbers(rows: Any) -> list[int]:
    return list(rows.order_by("sequence").values_list("sequence", flat=True))


def _any(draw: random.Random) -> AuditEntry:
    return AuditEntry.objects.get(pk=draw.choice(_numbers(AuditEntry.objects.all())))


def _two(draw: random.Random) -> list[AuditEntry]:
    return draw.sample(list(AuditEntry.objects.order_by("sequence")), 2)


def _last() -> AuditEntry:
    return AuditEntry.objects.order_by("-sequence")[0]


def _set(entry: AuditEntry, **values: Any) -> None:
    AuditEntry.objects.filter(pk=entry.pk).update(**values)


def _another(draw: random.Random, entry: AuditEntry, name: str) -> Any:
    """Another value for the column: another entry's, or a slightly changed one."""
    now = getattr(entry, name)
    if name == "at":
        return now + timedelta(microseconds=draw.choice([1, -1, 1_000_000, 86_400_000_000]))
    others = sorted({getattr(one, name) for one in AuditEntry.objects.all()} - {now})
    return draw.choice(others) if others and draw.random() < 0.5 else _mangled(draw, now)


def _mangled(draw: random.Random, text: str) -> str:
    """The text with one letter changed, added or taken away."""
    at = draw.randrange(len(text) + 1)
    letter = draw.choice([one for one in "0123456789abcdef" if one != text[at : at + 1]])
    if len(text) < 30 and draw.random() < 0.5:
        return text[:at] + letter + text[at:]
    return text[:at] + letter + text[at + 1 :] if at < len(text) else text[:-1] or letter


def _shift(start: int, by: int) -> None:
    for model in (AuditEntry, AuditValues):
        model.objects.filter(pk__gte=start).update(sequence=F("sequence") + _ASIDE)
        model.objects.filter(pk__gte=_ASIDE).update(sequence=F("sequence") - _ASIDE + by)


def _copy(source: int, target: int) -> None:
    for model in (AuditEntry, AuditValues):
        row = model.objects.get(pk=source)
        row.pk = target
        row.save(force_insert=True)


def _rechain(start: int) -> None:
    before = AuditEntry.objects.filter(pk=start - 1).first()
    previous = before.hash if before else "0" * 64
    for entry in AuditEntry.objects.filter(pk__gte=start).order_by("sequence"):
        entry.previous = previous
        entry.hash = previous = hash_of(GUESSED_KEY, previous, parts_of(entry))
        entry.save()
    AuditHead.objects.update(sequence=_last().pk, hash=previous)
