"""How static files are named when the site is served."""

from __future__ import annotations

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Each file under a name with its hash, so that browsers may keep it for ever.

    Imports between our own modules follow along. Those of other packages are left alone: htmx's files hold
    text that looks like imports and is none.
    """

    patterns: Any = CompressedManifestStaticFilesStorage.patterns

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _every_script, import_patterns = self._js_module_import_aggregation_patterns
        self.patterns = (*self.patterns, ("plats/js/*.js", import_patterns))
        super().__init__(*args, **kwargs)
