"""Invented leads with an outcome: what was known beforehand, and what somebody wrote down afterwards."""

from random import Random

import numpy as np

from leads.learning.table import Table

CHANCES = {"Referral": 0.8, "Fair": 0.4, "Web form": 0.15}


def leads(number=600, seed=3, chances=CHANCES, **more):
    """Columns Source, Region and Visits beside an outcome that only Source bears on; `more` maps a name to a function
    of (random, won, place) that gives the cell."""
    random = Random(seed)
    columns = {name: [] for name in ("Source", "Region", "Visits", *more)}
    won = []
    for place in range(number):
        source = random.choice(list(chances))
        won.append(random.random() < chances[source])
        columns["Source"].append(source)
        columns["Region"].append(random.choice(("North", "South", "East", "West")))
        columns["Visits"].append(str(random.randrange(30)))
        for name, cell in more.items():
            columns[name].append(cell(random, won[-1], place))
    return Table(columns=columns, won=np.array(won), ordered_by="date")


def as_csv(table, start=1):
    """The rows of a list that says so, an id each."""
    names = list(table.columns)
    rows = [",".join(("Lead ID", *names, "Converted"))]
    for place in range(len(table)):
        cells = (table.columns[name][place] or "" for name in names)
        rows.append(",".join((f"L{start + place}", *cells, "1" if table.won[place] else "0")))
    return "\n".join(rows) + "\n"
