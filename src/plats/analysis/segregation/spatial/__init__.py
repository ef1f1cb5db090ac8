"""Segregation in space: measures that know which areas lie beside each other, how far apart, and how large."""
