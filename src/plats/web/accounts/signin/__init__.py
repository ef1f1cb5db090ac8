"""How someone shows who they are: passwords, second factors, the municipality's identity provider, sessions.

A new way to sign in ends in `entering.sign_in` with the user, the method and the level it proves; nothing else opens a
session. See docs/adr on sign-in.
"""
