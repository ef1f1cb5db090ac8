"""Partners that work together: their pages, agreements, commitments, promises and duties in law."""
