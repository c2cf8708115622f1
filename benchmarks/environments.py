"""Two fresh environments: kpicheck as it is installed, and its peers, which bring numpy and more."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PEERS = (
    "frictionless[excel]==5.*",
    "pandas==3.*",
    "python-calamine==0.9.*",
    "openpyxl==3.1.*",
    "matplotlib==3.*",
)
_VERSIONS = (
    "import importlib.metadata as m, sys; print('\\n'.join(f'{n} {m.version(n)}' for n in sys.argv[1:]))"
)


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment."""

    folder: Path

    @property
    def python(self) -> str:
        """Its interpreter."""
        return str(self.folder / "bin" / "python")

    @property
    def kpicheck(self) -> str:
        """The command as installed in it."""
        return str(self.folder / "bin" / "kpicheck")

    def versions(self, *names: str) -> dict[str, str]:
        """The versions of packages in it."""
        call = [self.python, "-c", _VERSIONS, *names]
        said = subprocess.run(call, capture_output=True, check=True, text=True).stdout
        return dict(line.split() for line in said.splitlines())


def made(folder: Path) -> tuple[Environment, Environment]:
    """Make both, or bring the one with kpicheck up to date."""
    own, peers = Environment(folder / "kpicheck"), Environment(folder / "peers")
    for one, what in ((own, [str(ROOT)]), (peers, list(PEERS))):
        if not Path(one.python).exists():
            subprocess.run([sys.executable, "-m", "venv", str(one.folder)], check=True)
            subprocess.run([one.python, "-m", "pip", "-q", "install", *what], check=True)
    again = [own.python, "-m", "pip", "-q", "install", "--force-reinstall", "--no-deps", str(ROOT)]
    subprocess.run(again, check=True)
    return own, peers
