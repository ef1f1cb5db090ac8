"""Indicators: the start page, each indicator's page, comparison, downloads, and how we know."""
