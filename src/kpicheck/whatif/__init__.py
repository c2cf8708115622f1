"""What somebody would change in a plan: which cells that means, and what would be typed there. Pure."""

from __future__ import annotations

from kpicheck.whatif.asking import Move, Setting, read_move, read_settings
from kpicheck.whatif.moving import in_total, over_parties
from kpicheck.whatif.naming import same_row

__all__ = ["Move", "Setting", "in_total", "over_parties", "read_move", "read_settings", "same_row"]
