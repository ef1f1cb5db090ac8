"""Run the guide's notebook anew and keep what it prints: `python scripts/notebook.py` after a change to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).parents[1] / "docs" / "guides" / "engine.ipynb"


def run() -> Any:
    """The notebook with what it prints now, and nothing that differs from one run to the next."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = NotebookClient(notebook, timeout=120, kernel_name="python3")
    client.create_kernel_manager().transport = (
        "ipc"  # files of one's own, not ports that others may listen to
    )
    client.execute()
    for cell in notebook.cells:
        cell.metadata.clear()
        if cell.cell_type == "code":
            cell.execution_count = None
            for output in cell.outputs:
                output.pop("execution_count", None)
    return notebook


def printed(notebook: Any) -> list[str]:
    """What each cell of code prints."""
    return [
        "".join(output.get("text", "") for output in cell.outputs)
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


if __name__ == "__main__":
    import nbformat

    nbformat.write(run(), NOTEBOOK)
