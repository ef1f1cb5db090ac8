"""Measures over files: columns in, columns out, in bounded memory, over one machine or several.

Knows files and progress, and neither the store nor the site. What is measured stands in `plats.analysis`.
"""
