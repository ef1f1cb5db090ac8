"""The municipality report: the differences between a municipality's areas, and a page per place.

`content.build` reads, `pdf`, `docx` and `xlsx` write; none of them decides anything
that the pages decide otherwise, since readings and sentences come from `derive`.
"""
