"""The site put together: settings from the environment, addresses, and the server's entry point."""
