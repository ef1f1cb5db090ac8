"""What the job that reads a file is called."""

from __future__ import annotations

KIND = "effort_file"
