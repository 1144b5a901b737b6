"""What all products of a site are shown with: partials that are drawn once, to be filled."""

from functools import cached_property

from comparo.model import Settings
from comparo.render.cells import Cell
from comparo.render.skeleton import Skeleton
from comparo.render.theme import Theme


class Forms:
    """How a site's products are shown: its theme's partials with places to fill, and its settings.

    Each partial is drawn when it is first wanted.
    """

    def __init__(self, theme: Theme, settings: Settings) -> None:
        self.theme = theme
        self.settings = settings

    @cached_property
    def settled(self) -> tuple[object, ...]:
        """Give the settings that what is shown of a product depends on."""
        return self.settings.rank.label, self.settings.attributes, self.settings.evidence

    @cached_property
    def nothing(self) -> Cell:
        """Give the cell of a table that says nothing."""
        return Cell(self.theme.say("cell.none"), known=False)

    @cached_property
    def empty(self) -> str:
        """Give that cell, drawn."""
        return self.theme.draw("_cell.html", cell=self.nothing, slug="", better=False)

    @cached_property
    def row(self) -> Skeleton:
        """Give a row of a table in which two products differ."""
        return self.theme.skeleton("_row.html", "label", "a", "b", same=False)

    @cached_property
    def same_row(self) -> Skeleton:
        """Give a row of a table in which two products say the same."""
        return self.theme.skeleton("_row.html", "label", "a", "b", same=True)

    @cached_property
    def link(self) -> Skeleton:
        """Give the link to a capability."""
        return self.theme.skeleton("_capability_link.html", "url", "anchor", "name")

    @cached_property
    def item(self) -> Skeleton:
        """Give the mention of a capability in a lane."""
        return self.theme.skeleton("_lane_item.html", "link", called=False)

    @cached_property
    def called_item(self) -> Skeleton:
        """Give the mention of one that the other product calls otherwise."""
        return self.theme.skeleton("_lane_item.html", "link", "name", "other", called=True)

    @cached_property
    def matched_card(self) -> Skeleton:
        """Give the card of a capability that the other product has too."""
        return self.theme.skeleton("_card.html", "card", "other", "partner", matched=True)

    @cached_property
    def lonely_card(self) -> Skeleton:
        """Give the card of one that nothing of the other product comes near."""
        return self.theme.skeleton("_card.html", "card", "other", matched=False, alone=True)

    @cached_property
    def spare_card(self) -> Skeleton:
        """Give the card of one whose like in the other product is matched already."""
        return self.theme.skeleton("_card.html", "card", "other", matched=False, alone=False)
