"""Doctor: what is wrong with an installation, and what to do about it. Each check is a small class with an id."""
