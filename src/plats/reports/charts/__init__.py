"""Charts: drawn once, as SVG, by pure functions; the same drawing serves page, PDF, PNG and SVG download.

Each drawing function takes a small frozen dataclass of `model` and a *paint* (`paint.FOR_PAGE` or
`paint.FOR_DOCUMENT`). The page's paint writes classes and links and no colours, so that a drawing follows the
reader's light or dark setting and a strict content security policy. The document's paint writes every colour
as a presentation attribute and no links.

What binds every drawing: nothing is coloured by good or bad; an unstable value is hollow; what is missing or
hidden is hatched or left out with a word, and is never drawn as zero or as the lowest class.
"""
