"""Backup and restore: the whole installation in one archive that says of itself whether it is whole.

making     database, figures, files and keys into an archive, while people work
restoring  an archive into place, in one step
drilling   the same into a folder of its own, to know that it works and how long it takes
"""
