"""The lowest version of every dependency that pyproject.toml allows, as pins for pip."""

import re
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]
print(*(re.sub(r">=([\w.]+).*", r"==\1", dependency) for dependency in project["dependencies"]))
