"""Paint for charts in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext

from plats.reports.charts.paint import Paint, document_paint, page_paint
from plats.web.common.language import language


def paint_for_page() -> Paint:
    """For a drawing on the page: numbers and words as this reader writes them."""
    return page_paint(language(), gettext)


def paint_for_file() -> Paint:
    """For a drawing that this reader downloads."""
    return document_paint(language(), gettext)
