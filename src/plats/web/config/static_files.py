"""How static files are named when the site is served."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Each file under a name with its hash, so that browsers may keep it for ever; modules' imports follow along."""

    support_js_module_import_aggregation = True
