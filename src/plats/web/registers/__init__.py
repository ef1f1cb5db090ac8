"""What the data protection officer and the registrar print: processings, flows, extracts, handing out."""
