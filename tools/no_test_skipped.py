"""Ends with 1 when a test run, told by its JUnit file, skipped a test or ran none."""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path


def main(file: Path) -> int:
    """Return the exit code for the run that the file tells of."""
    cases = list(ET.parse(file).iter("testcase"))
    skipped = [f"{case.get('classname')}.{case.get('name')}" for case in cases if case.find("skipped") is not None]
    for name in skipped:
        print(f"skipped: {name}")
    if not cases:
        print("no test was run")
    return 1 if skipped or not cases else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
