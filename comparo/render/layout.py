"""Which pages a site has, and what each of them may know."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

from comparo.compare.matching import MatchGraph
from comparo.compare.pairing import Pair
from comparo.model import Content, Editorial
from comparo.render import feeds
from comparo.render.answers import search_data
from comparo.render.cells import title_case
from comparo.render.entries import Entry, Link, category_link
from comparo.render.frame import Page
from comparo.render.links import Links, Pairs
from comparo.render.listings import (
    AlternativesPage,
    CategoryPage,
    ProductPage,
    ProductsPage,
    best_first,
)
from comparo.render.metadata import SiteView
from comparo.render.needs import Need, gather
from comparo.render.overviews import (
    Counts,
    HomePage,
    Listed,
    MethodologyPage,
    NotFoundPage,
    WrittenPage,
    featured,
    newest,
)
from comparo.render.pages import (
    ComparisonPage,
    TurnedPage,
    pair_url,
)
from comparo.render.searches import ProductSearches, pair_searches, product_searches
from comparo.render.shelves import Pages, Shelf
from comparo.render.theme import Theme
from comparo.render.topics import search_pages

COLUMNS = 6
"""How many products a category's matrix sets side by side: as many as a screen has room for."""

LISTED = 24
"""How many comparisons a category's page shows, which leads to all of them."""


class Layout:
    """What the pages of a site may know, worked out when the first of them asks for it."""

    def __init__(
        self,
        content: Content,
        pairs: Pairs,
        graph: MatchGraph,
        entries: Mapping[str, Entry],
        theme: Theme,
        site: SiteView,
    ) -> None:
        self.content = content
        self.pairs = pairs
        self.graph = graph
        self.entries = entries
        self.theme = theme
        self.site = site

    def pages(self) -> Pages:
        """Give every page of the site by its address."""
        return Pages(
            Shelf(lambda: self.pairs.by_url, self.comparison),
            Shelf(lambda: self.pairs.by_turned_url, self.turned),
            Shelf(self._by("/products/{}/"), self.product),
            Shelf(self._by("/alternatives/{}/"), self.alternatives),
            Shelf(self._by("/products/{}/index.json"), self.product_data),
            _shelf(self.lists),
            _shelf(lambda: search_pages(self.site, self.needs)),
            _shelf(self.files),
            _shelf(lambda: search_data(self.needs, self.graph, self.ranked, self.pairs)),
            _shelf(self.sitemaps),
        )

    # Pages of pairs ----------------------------------------------------------------------------

    def comparison(self, pair: Pair) -> ComparisonPage:
        """Lay out the page of a pair."""
        return ComparisonPage(
            site=self.site,
            a=self.entries[pair.a],
            b=self.entries[pair.b],
            pair=pair,
            searches=pair_searches(self.graph, pair.a, pair.b),
            related=tuple(
                chain.from_iterable(self.links.related(slug, pair) for slug in pair.slugs)
            ),
            capabilities_shown=self.content.settings.capabilities_shown,
            editorial=self._words.get(pair.slugs),
        )

    def turned(self, pair: Pair) -> TurnedPage:
        """Lay out the page of a pair in the other order."""
        return TurnedPage(self.site, pair, self.entries[pair.a].name, self.entries[pair.b].name)

    # Pages of products -------------------------------------------------------------------------

    def product(self, slug: str) -> ProductPage:
        """Lay out the page of a product."""
        links = tuple(self.links.link(pair, slug) for pair in self.links.asked_first(slug))
        return ProductPage(self.site, self.entries[slug], links, self.searches(slug))

    def alternatives(self, slug: str) -> AlternativesPage:
        """Lay out the alternatives of a product."""
        links = tuple(self.links.link(pair, slug) for pair in self.links.met(slug))
        return AlternativesPage(self.site, self.entries[slug], links)

    def product_data(self, slug: str) -> feeds.ProductData:
        """Lay out the data of a product."""
        return feeds.ProductData(self.entries[slug], self.searches(slug), self.site.rules)

    def searches(self, slug: str) -> ProductSearches:
        """Gather the searches of a product."""
        return product_searches(self.graph, self.entries[slug].product)

    # All other pages ---------------------------------------------------------------------------

    def lists(self) -> Iterator[Page]:
        """Lay out the pages that lead to others."""
        settings = self.content.settings
        site, ranked, counts = self.site, self.ranked, self.counts
        yield from self.categories()
        yield ProductsPage(site, ranked)
        yield MethodologyPage(
            site,
            settings.rank,
            settings.pairs,
            frozenset(s.name for entry in ranked for s in entry.rank.scores),
            tuple((name, title_case(name)) for name in settings.rank.weights),
            counts,
            self.graph.has_evidence,
            settings.evidence,
        )
        yield HomePage(
            site,
            counts,
            tuple(Listed(c.label, c.url, len(es), es[:3]) for c, es in self.members),
            tuple(e for e in ranked if e.rank.rated)[:10],
            newest(ranked),
            tuple(self.links.link(pair, pair.a) for pair in featured(self.pairs, self.entries)),
        )
        yield from (WrittenPage(site, page) for page in self.content.pages)
        yield NotFoundPage(site)

    def categories(self) -> Iterator[CategoryPage]:
        """Lay out the page of each category."""
        meeting: dict[str, list[Pair]] = defaultdict(list)
        for pair in self.pairs:
            for slug in pair.reasons.categories:
                meeting[category_link(slug).url].append(pair)
        met_by: dict[str, list[Need]] = defaultdict(list)
        for need in self.needs:
            for slug in {member.entry.slug for member in need.members}:
                met_by[slug].append(need)
        for link, members in self.members:
            columns = members[:COLUMNS]
            often: dict[str, list[Need]] = defaultdict(list)
            for entry in columns:
                for need in met_by[entry.slug]:
                    often[need.slug].append(need)
            shared = [found for found in often.values() if len(found) > 1]
            yield CategoryPage(
                self.site,
                link,
                members,
                columns,
                tuple(found[0] for found in sorted(shared, key=lambda f: (-len(f), f[0].label))),
                tuple(self.links.link(pair, pair.a) for pair in meeting[link.url][:LISTED]),
            )

    def files(self) -> Iterator[Page]:
        """Lay out what is for programs, and the files of the theme and the products."""
        for entry in self.ranked:
            if entry.product.logo:
                yield feeds.Raw(entry.logo, entry.product.logo.data)
        yield feeds.ProductsData(self.ranked)
        yield feeds.Robots(self.site)
        yield feeds.LlmsText(self.site, self.ranked)
        yield feeds.Raw("/.nojekyll", b"")
        yield from map(feeds.Asset, self.theme.assets)

    def sitemaps(self) -> Iterator[Page]:
        """Lay out the sitemap: all pages that search engines shall know."""
        listed = chain(self.lists(), search_pages(self.site, self.needs))
        yield from feeds.sitemaps(
            self.site,
            sorted(
                [
                    *(pair_url(pair) for pair in self.pairs if pair.like and not pair.thin),
                    *(entry.url for entry in self.ranked),
                    *(f"/alternatives/{slug}/" for slug in self.pairs.of_product),
                    *(page.url for page in listed if not getattr(page, "noindex", False)),
                ]
            ),
        )

    # What they know ----------------------------------------------------------------------------

    @cached_property
    def ranked(self) -> tuple[Entry, ...]:
        """Give the products, the best ranked first."""
        return best_first(tuple(self.entries.values()))

    @cached_property
    def links(self) -> Links:
        """Give the ways to the pages of pairs."""
        return Links(self.pairs, self.ranked, self.theme)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """Give what the products' capabilities are for."""
        return gather(self.ranked, self.content.topics, self.graph)

    @cached_property
    def members(self) -> list[tuple[Link, tuple[Entry, ...]]]:
        """Give the categories with their products."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.ranked:
            for slug in entry.product.categories:
                found[slug].append(entry)
        return [(category_link(slug), tuple(found[slug])) for slug in sorted(found)]

    @cached_property
    def counts(self) -> Counts:
        """Count what the site holds."""
        return Counts(
            products=len(self.entries),
            pairs=len(self.pairs),
            capabilities=sum(entry.capability_count for entry in self.ranked),
            searches=sum(self.graph.times_matched(slug) or 0 for slug in self.entries),
        )

    @cached_property
    def _words(self) -> Mapping[tuple[str, str], Editorial]:
        return self.content.words()

    def _by(self, address: str) -> Callable[[], dict[str, str]]:
        return lambda: {address.format(entry.slug): entry.slug for entry in self.ranked}


def _shelf(pages: Callable[[], Iterable[Page]]) -> Shelf[Page]:
    """Put pages that are made already on a shelf."""
    return Shelf(lambda: {page.url: page for page in pages()}, lambda page: page)
