"""Contexts: who lives around a place, among its nearest people or within a distance, whatever borders lie between."""
