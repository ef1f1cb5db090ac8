"""Where the need is greatest: indices built from several indicators, and how far they can be trusted."""
