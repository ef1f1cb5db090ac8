"""Copy a wheel so that all of it installs and migrates, but the site does not start: for trying how one goes back.

python broken_wheel.py WHEEL FOLDER
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

_BROKEN = "plats/web/config/wsgi.py"


def main(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(folder / wheel.name, "w") as target:
        for one in source.infolist():
            content = source.read(one)
            if one.filename == _BROKEN:
                content += b'\nraise RuntimeError("a release that does not start")\n'
            target.writestr(one, content)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
