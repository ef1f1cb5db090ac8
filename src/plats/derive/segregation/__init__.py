"""Segregation measures of municipalities, from the catalog's definitions and the store's observations."""
