"""Markup that our own code has drawn, told apart from text that someone else has written."""

from __future__ import annotations


class Svg(str):
    """An SVG picture from our own charts, its texts already escaped. No other type is shown as markup."""

    __slots__ = ()
