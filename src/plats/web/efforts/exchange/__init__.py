"""Efforts out to a spreadsheet and back in: the same rows, cell for cell; told before anything is written."""
