"""What the read API's answers have in common, whichever app they come from: parts, pages, problems, descriptions."""
