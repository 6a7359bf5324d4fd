"""Proposes what the columns of an unknown file are for."""

from directory.imports.proposing.building import mapping_from_choices
from directory.imports.proposing.proposal import ColumnProposal, Proposal, propose
from directory.imports.proposing.targets import TARGETS, UNUSED, Target

__all__ = [
    "TARGETS",
    "UNUSED",
    "ColumnProposal",
    "Proposal",
    "Target",
    "mapping_from_choices",
    "propose",
]
