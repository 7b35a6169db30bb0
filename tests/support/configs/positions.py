"""The places where a stack can stand: after each row, and after each update that was killed."""

from collections.abc import Mapping
from dataclasses import dataclass

TO_PREPARED = "serving adopted prepared"
TO_SWITCHED = f"{TO_PREPARED} switched"
TO_DROPPED = f"{TO_SWITCHED} dropped"
TO_ROLLED_BACK = f"{TO_SWITCHED} rolled-back"
TO_AGAIN = f"{TO_ROLLED_BACK} switched-again"
TO_PREPARED_2 = f"{TO_DROPPED} adopted-2 prepared-2"


@dataclass(frozen=True)
class Stand:
    """A place where a stack can stand.

    Attributes:
        way: The rows deployed one after the other, see `rows.past_by`.
        line: The line of the table in `pairs` that holds for it.
        history: The labels that were active, in order; the last one is active now.
        token: What `rollbackFrom` has to say to leave it for a label that was active before.
    """

    way: str
    line: str
    history: tuple[str, ...] = ()
    token: str = ""

    @property
    def now(self) -> str | None:
        return self.history[-1] if self.history else None


O, R, R2 = "original", "restored", "restored-2"  # noqa: E741

AFTER_EACH_ROW: Mapping[str, Stand] = {
    "nothing": Stand("", "nothing"),
    "serving": Stand("serving", "serving", (O,), O),
    "adopted": Stand("serving adopted", "adopted", (O,), O),
    "prepared": Stand(TO_PREPARED, "prepared", (O,), O),
    "switched": Stand(TO_SWITCHED, "switched", (O, R), R),
    "dropped": Stand(TO_DROPPED, "dropped", (O, R), R),
    "dropped-the-short-way": Stand("serving dropped", "dropped", (O, R), R),
    "dropped-from-adopted": Stand("serving adopted dropped", "dropped", (O, R), R),
    "rolled-back": Stand(TO_ROLLED_BACK, "rolled-back", (O, R, O), O),
    "brought-back": Stand(f"{TO_DROPPED} switched", "switched", (O, R), R),
    "rolled-back-from-dropped": Stand(
        f"{TO_DROPPED} switched rolled-back", "rolled-back", (O, R, O), O
    ),
    "switched-again": Stand(TO_AGAIN, "switched-again", (O, R, O, R), "restored:2"),
    "rolled-back-again": Stand(
        f"{TO_AGAIN} rolled-back-again", "rolled-back-again", (O, R, O, R, O), "original:2"
    ),
    "adopted-2": Stand(f"{TO_DROPPED} adopted-2", "adopted-2", (O, R), R),
    "prepared-2": Stand(TO_PREPARED_2, "prepared-2", (O, R), R),
    "switched-2": Stand(f"{TO_PREPARED_2} switched-2", "switched-2", (O, R, R2), R2),
    "dropped-2": Stand(f"{TO_PREPARED_2} switched-2 dropped-2", "dropped-2", (O, R, R2), R2),
    "rolled-back-2": Stand(
        f"{TO_PREPARED_2} switched-2 rolled-back-2", "rolled-back-2", (O, R, R2, R), R
    ),
    "beside": Stand(f"{TO_PREPARED} beside", "beside", (O,), O),
    "switched-beside": Stand(
        f"{TO_PREPARED} beside switched-beside", "switched-beside", (O, R2), R2
    ),
}

KILLED: Mapping[str, Stand] = {
    # The first update: what is there is not made again.
    "first-update-killed-after-the-table": Stand("serving!tables", "begun"),
    "first-update-killed-after-the-grant": Stand("serving!grant", "begun"),
    "first-update-killed-after-the-pointer": Stand("serving!pointer", "serving", (O,), O),
    # Before the flip: clients are where they were, whatever the tables and the grant are like.
    "prepare-killed-after-the-tables": Stand("serving adopted prepared!tables", "adopted", (O,), O),
    "prepare-killed-after-the-grant": Stand("serving adopted prepared!grant", "prepared", (O,), O),
    "short-way-killed-after-the-grant": Stand("serving dropped!grant", "prepared", (O,), O),
    # After it, outputs still say the old label. The table that was to be dropped is still there.
    "switch-killed-after-the-flip": Stand(f"{TO_PREPARED} switched!pointer", "switched", (O, R), R),
    "short-way-killed-after-the-flip": Stand("serving dropped!pointer", "switched", (O, R), R),
    "rollback-killed-after-the-flip": Stand(
        f"{TO_SWITCHED} rolled-back!pointer", "rolled-back", (O, R, O), O
    ),
    "rollback-from-dropped-killed-after-the-flip": Stand(
        f"{TO_DROPPED} rolled-back!pointer", "rolled-back", (O, R, O), O
    ),
    "switch-again-killed-after-the-flip": Stand(
        f"{TO_ROLLED_BACK} switched-again!pointer", "switched-again", (O, R, O, R), "restored:2"
    ),
    "rollback-again-killed-after-the-flip": Stand(
        f"{TO_AGAIN} rolled-back-again!pointer",
        "rolled-back-again",
        (O, R, O, R, O),
        "original:2",
    ),
    "switch-2-killed-after-the-flip": Stand(
        f"{TO_PREPARED_2} switched-2!pointer", "switched-2", (O, R, R2), R2
    ),
    "short-way-2-killed-after-the-flip": Stand(
        f"{TO_DROPPED} dropped-2!pointer", "switched-2", (O, R, R2), R2
    ),
    "rollback-2-killed-after-the-flip": Stand(
        f"{TO_PREPARED_2} switched-2 rolled-back-2!pointer", "rolled-back-2", (O, R, R2, R), R
    ),
    "switch-beside-killed-after-the-flip": Stand(
        f"{TO_PREPARED} beside switched-beside!pointer", "switched-beside", (O, R2), R2
    ),
}

STANDS: Mapping[str, Stand] = {**AFTER_EACH_ROW, **KILLED}
