"""The `plats` command: each verb parses, calls and prints; the work is done in the packages below."""
