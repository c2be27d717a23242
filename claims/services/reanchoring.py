"""Re-anchoring: what becomes of an article's claims when its text changes.

Only what is unchanged and unique is carried over by itself. Anything else is
proposed to a person, who confirms; what is nowhere is an orphan, shown as one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from claims.models import Claim, ClaimAnchor


@dataclass(frozen=True, slots=True)
class Carried:
    """What a new revision did to the claims of the one before."""

    anchors: Sequence[ClaimAnchor] = ()
    kept: Sequence[Claim] = ()
    moved: Sequence[Claim] = ()
    needs_confirmation: Sequence[Claim] = ()
    orphaned: Sequence[Claim] = ()
    proposals: dict[int, tuple[int, int]] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Ids by outcome."""
        return {
            "kept": [claim.pk for claim in self.kept],
            "moved": [claim.pk for claim in self.moved],
            "needs_confirmation": [claim.pk for claim in self.needs_confirmation],
            "orphaned": [claim.pk for claim in self.orphaned],
        }
