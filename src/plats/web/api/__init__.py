"""The read API: the apps' own endpoints under one address, one description, one way to say no."""
