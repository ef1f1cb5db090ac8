"""Long work beside the site: progress, cancelling, and nothing that stays stuck."""
