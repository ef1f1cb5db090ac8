"""Documents that an organisation owns, with files, case number and place."""
