"""Every row's config over every row's past: what has to happen, written out by hand.

Reasoned from the design's table and its three rules, one line after the other; nothing here is
computed by the program.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """What deploying a config over a past comes to, and why that is right.

    Attributes:
        why: For a reader of the table.
        comes: A label enters the stack, so its table has to exist: else `does not exist`.
        goes: A label leaves the stack; its table stays in AWS.
        moves: The pointer changes.
        refused: The keys that are refused; where there are any, nothing happens.
    """

    why: str
    comes: bool = False
    goes: bool = False
    moves: bool = False
    refused: tuple[str, ...] = ()


FORWARD = "goes forward: clients move to a label that was never active before"
BACK = "back on purpose: rollbackFrom names the label that is active"
OUTCOMES: Mapping[str, Outcome] = {
    "new": Outcome("the very first update, the only one that creates a table", comes=True),
    "same": Outcome("harmless: no table comes or goes, clients stay"),
    "in": Outcome("harmless: takes an existing table in, clients stay", comes=True),
    "out": Outcome("harmless: a table leaves the stack and stays in AWS, clients stay", goes=True),
    "swap": Outcome("harmless: one table in, one out, clients stay", comes=True, goes=True),
    ">": Outcome(FORWARD, moves=True),
    ">in": Outcome(FORWARD, moves=True, comes=True),
    ">out": Outcome(FORWARD, moves=True, goes=True),
    ">swap": Outcome(FORWARD, moves=True, comes=True, goes=True),
    "<": Outcome(BACK, moves=True),
    "<in": Outcome(BACK, moves=True, comes=True),
    "<out": Outcome(BACK, moves=True, goes=True),
    "<swap": Outcome(BACK, moves=True, comes=True, goes=True),
    "BACK": Outcome("an older commit would move clients back", refused=("activeTable",)),
    "BASE": Outcome("a label would lose its settings", refused=("adoptTables",)),
    "BOTH": Outcome("both of these", refused=("adoptTables", "activeTable")),
}

# Columns are configs, lines are pasts; for the names of the columns see COLUMNS.
_TABLE = """
                  SE   AD   PR   SW   DR    RB    SA   RA   A2    P2    S2    D2    R2    BE   SB
nothing           new  in   in   in   in    in    in   in   in    in    in    in    in    in   in
begun             same in   in   in   swap  in    in   in   swap  swap  swap  swap  swap  in   in
serving           same in   in   >in  >swap in    >in  in   >swap >swap >swap >swap >swap in   >in
adopted           out  same same >    >out  same  >    same >swap >swap >swap >swap >swap in   >in
prepared          out  BASE same >    >out  same  >    same >swap >swap >swap >swap >swap in   >in
switched          BACK BOTH BACK same out   <     same BACK swap  swap  >swap >swap swap  BACK >in
dropped           BACK BOTH BACK in   same  <in   in   BACK in    in    >in   >swap in    BACK >in
rolled-back       out  BASE same BACK BACK  same  <    same BACK  BACK  >swap >swap BACK  in   >in
switched-again    BACK BOTH BACK same out   BACK  same <    swap  swap  >swap >swap swap  BACK >in
rolled-back-again out  BASE same BACK BACK  same  BACK same BACK  BACK  >swap >swap BACK  in   >in
adopted-2         BACK BOTH BACK swap out   <swap swap BACK same  same  >     >out  same  BACK >in
prepared-2        BACK BOTH BACK swap out   <swap swap BACK BASE  same  >     >out  same  BOTH >in
switched-2        BACK BOTH BACK BACK BACK  BACK  BACK BACK BOTH  BACK  same  out   <     BOTH in
dropped-2         BACK BOTH BACK BACK BACK  BACK  BACK BACK BOTH  BACK  in    same  <in   BOTH in
rolled-back-2     BACK BOTH BACK swap out   <swap swap BACK BASE  same  BACK  BACK  same  BOTH BACK
beside            out  BASE out  >out >out  out   >out out  >out  >out  >out  >out  >out  same >
switched-beside   BACK BOTH BACK >out >out  BACK  >out BACK BASE  >out  out   out   >out  BOTH same
"""

COLUMNS: Mapping[str, str] = {
    "SE": "serving",
    "AD": "adopted",
    "PR": "prepared",
    "SW": "switched",
    "DR": "dropped",
    "RB": "rolled-back",
    "SA": "switched-again",
    "RA": "rolled-back-again",
    "A2": "adopted-2",
    "P2": "prepared-2",
    "S2": "switched-2",
    "D2": "dropped-2",
    "R2": "rolled-back-2",
    "BE": "beside",
    "SB": "switched-beside",
}


def _read(table: str) -> dict[tuple[str, str], Outcome]:
    heading, *lines = table.strip().splitlines()
    return {
        (COLUMNS[column], line.split()[0]): OUTCOMES[cell]
        for line in lines
        for column, cell in zip(heading.split(), line.split()[1:], strict=True)
    }


PAIRS: Mapping[tuple[str, str], Outcome] = _read(_TABLE)
"""(the row whose config is deployed, the line of the past) → what has to happen."""
