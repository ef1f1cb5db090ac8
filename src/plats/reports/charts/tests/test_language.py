"""A drawing is written in its reader's language: decimal sign, thousands, and the few words it says itself."""

from __future__ import annotations

from plats.reports.charts.axis import axis_for
from plats.reports.charts.classes import Breaks, class_breaks
from plats.reports.charts.legend import draw_legend, legend_words
from plats.reports.charts.model import Line, Ranking, Row, Series, Year
from plats.reports.charts.paint import FOR_PAGE, Paint, document_paint, page_paint
from plats.reports.charts.ranking import ranked_list
from plats.reports.charts.series import draw_series
from plats.reports.charts.svg import render
from plats.vocabulary.units import Unit

ENGLISH = {"Intervall {low}–{high}": "Interval {low}–{high}", "saknas": "missing"}


def _english() -> Paint:
    return page_paint("en", lambda text: ENGLISH.get(text, text))


def _ranking() -> Ranking:
    return Ranking("x", Unit.SHARE, (Row("Vårby", 0.665, "", "", low=0.651, high=0.68),))


def test_an_interval_is_said_with_the_readers_decimal_sign() -> None:
    assert 'aria-label="Intervall 65,1–68,0"' in render(ranked_list(_ranking(), FOR_PAGE))
    assert 'aria-label="Interval 65.1–68.0"' in render(ranked_list(_ranking(), _english()))


def test_an_axis_is_written_as_the_reader_writes_numbers() -> None:
    # 22 500 to 25 000 in steps of 500, and 0.5 to 1.5 per cent in steps of 0.2.
    swedish, english = (axis_for([22_500, 25_000], Unit.COUNT, language=code) for code in ("sv", "en"))
    assert (swedish.write(23_000), english.write(23_000)) == ("23\u00a0000", "23,000")
    swedish, english = (axis_for([0.005, 0.015], Unit.SHARE, language=code) for code in ("sv", "en"))
    assert (swedish.write(0.006), english.write(0.006)) == ("0,6", "0.6")


def test_a_line_without_figures_says_so_in_the_readers_language() -> None:
    series = Series("x", Unit.SHARE, (Line("Vårby", (Year(2022, None),)),))
    assert "Vårby: saknas" in render(draw_series(series, FOR_PAGE))
    assert "Vårby: missing" in render(draw_series(series, _english()))


def test_a_legend_names_its_breaks_and_its_unit() -> None:
    breaks = Breaks(Unit.SHARE, (65.5, 70), 60.0, 80.0)
    assert legend_words(breaks) == "Färgskala i 3 klasser med gränserna 65,5 och 70\u00a0%"
    english = {
        "Färgskala i {classes} klasser med gränserna {edges} och {last}{unit}": "{classes}: {edges}, {last}{unit}"
    }
    paint = document_paint("en", lambda text: english.get(text, text))
    assert legend_words(breaks, paint) == "3: 65.5, 70\u00a0%"
    assert ">65.5<" in render(draw_legend(breaks, paint=paint))


def test_a_scale_of_one_class_has_no_breaks_to_name() -> None:
    assert legend_words(class_breaks([0.5], Unit.SHARE), _english()) == "Färgskala i en klass"
