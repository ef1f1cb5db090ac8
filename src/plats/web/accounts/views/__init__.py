"""Pages about people, organisations and releases. Signing in has its own, in `signin`."""
