"""What every room of the site shares: frame, menu, language, errors, access, and how figures are written."""
