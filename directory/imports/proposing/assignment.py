"""The best one-to-one assignment of columns to targets (Hungarian method)."""

from collections.abc import Sequence

NOTHING = float("inf")


def assign(gains: Sequence[Sequence[float]]) -> list[int | None]:
    """For each row, the column it gets, so that the sum of the gains is the greatest. A row gets
    none where nothing is gained by it. `gains[row][column]`; rows at most as many as columns.
    """
    rows = len(gains)
    if not rows:
        return []
    free = [[*row, *([0.0] * rows)] for row in gains]  # each row may stay without
    found = _cheapest([[-gain for gain in row] for row in free])
    width = len(gains[0])
    return [
        column if column < width and gains[row][column] > 0 else None
        for row, column in enumerate(found)
    ]


def _cheapest(costs: list[list[float]]) -> list[int]:
    """The column of each row at the least total cost, by shortest augmenting paths."""
    rows, columns = len(costs), len(costs[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)  # column → row, both counted from 1; column 0 holds the newcomer
    for newcomer in range(1, rows + 1):
        owner[0] = newcomer
        way = _path(costs, row_price, column_price, owner)
        column = way[-1]
        for previous in reversed(way[:-1]):
            owner[column] = owner[previous]
            column = previous
    found = [0] * rows
    for column in range(1, columns + 1):
        if owner[column]:
            found[owner[column] - 1] = column - 1
    return found


def _path(
    costs: list[list[float]], row_price: list[float], column_price: list[float], owner: list[int]
) -> list[int]:
    """The cheapest way from the newcomer to a column that nobody owns; prices follow."""
    columns = len(costs[0])
    least, before = [NOTHING] * (columns + 1), [0] * (columns + 1)
    done = [False] * (columns + 1)
    here = 0
    while owner[here]:
        done[here] = True
        row = owner[here]
        nearest, step = 0, NOTHING
        for column in range(1, columns + 1):
            if done[column]:
                continue
            cost = costs[row - 1][column - 1] - row_price[row] - column_price[column]
            if cost < least[column]:
                least[column], before[column] = cost, here
            if least[column] < step:
                nearest, step = column, least[column]
        for column in range(columns + 1):
            if done[column]:
                row_price[owner[column]] += step
                column_price[column] -= step
            else:
                least[column] -= step
        here = nearest
    way = [here]
    while here:
        here = before[here]
        way.append(here)
    return way[::-1]
