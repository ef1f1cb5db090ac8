"""The store: frozen snapshots, immutable versions of figures, and queries that return typed cells."""
