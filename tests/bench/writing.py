"""The least that any program must do: write the same bytes, with plain calls, and nothing else.

Run by itself this is one writer: it reads its part of a tree into memory, says that it is ready,
waits for a line, and writes the tree anew.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

# ruff: noqa: PTH103, PTH120


def time_writing(source: Path, target: Path, writers: int) -> float:
    """Give the seconds that so many processes take to write all files of a folder anew."""
    started = [
        subprocess.Popen(
            [sys.executable, __file__, source, target, str(part), str(writers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for part in range(writers)
    ]
    for writer in started:
        writer.stdout.readline()
    start = time.perf_counter()
    for writer in started:
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in started:
        writer.stdout.readline()
    seconds = time.perf_counter() - start
    for writer in started:
        writer.communicate()
    return seconds


def _write(source: Path, target: Path, part: int, writers: int) -> None:
    files = sorted(path for path in source.rglob("*") if path.is_file())
    share = len(files) // writers + 1
    mine = files[part * share : (part + 1) * share]
    tree = {str(target / path.relative_to(source)): path.read_bytes() for path in mine}
    print("ready", flush=True)
    sys.stdin.readline()
    made = set()
    for path, data in tree.items():
        folder = os.path.dirname(path)
        if folder not in made:
            os.makedirs(folder, exist_ok=True)
            made.add(folder)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        os.write(file, data)
        os.close(file)
    print("done", flush=True)


if __name__ == "__main__":
    _write(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
