"""Which pages a site has, and what each of them may know."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from comparo.compare.matching import MatchGraph
from comparo.compare.pairing import Pair
from comparo.model import Content, Editorial
from comparo.render import feeds
from comparo.render.answers import Named, met_by, named, search_data
from comparo.render.cells import title_case
from comparo.render.entries import Entry, category_link
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
from comparo.render.needs import Member, Need, gather
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
from comparo.render.pages import ComparisonPage, TurnedPage
from comparo.render.searches import ProductSearches, pair_searches, product_searches
from comparo.render.shelves import Pages, Shelf
from comparo.render.theme import Theme
from comparo.render.topics import search_pages
from comparo.render.ways import pair_url, turned_url
from comparo.stages import Stages

COLUMNS = 6
"""How many products a category's matrix sets side by side: so many a screen has room for."""

MISSING = "/404.html"
"""The page for what is not there."""

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
        stages: Stages,
    ) -> None:
        self.content = content
        self.pairs = pairs
        self.graph = graph
        self.entries = entries
        self.theme = theme
        self.site = site
        self.stages = stages

    def pages(self) -> Pages:
        """Give every page of the site by its address.

        Pairs come last: whoever draws the first run of pages prepares the many other templates.
        """
        return Pages(
            self._of_products("/products/{}/", self.product),
            self._of_products("/alternatives/{}/", self.alternatives),
            self._of_products("/products/{}/index.json", self.product_data),
            Shelf(lambda: self.members, lambda slug: category_link(slug).url, self.category),
            Shelf(lambda: self._single, str, lambda url: self._single[url]()),
            _shelf(lambda: self._written),
            _shelf(lambda: self._searching),
            _shelf(self.files),
            _shelf(lambda: search_data(self.needs, self.graph, self.ranked)),
            Shelf(lambda: enumerate(self.ranked, 1), lambda item: Named.at(item[0]), self.named),
            _shelf(self.sitemaps),
            Shelf(lambda: self.pairs, pair_url, self.comparison),
            Shelf(lambda: self.pairs, turned_url, self.turned),
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
            related_a=self.links.related(pair.a),
            related_b=self.links.related(pair.b),
            capabilities_shown=self.content.settings.capabilities_shown,
            editorial=self._words.get(pair.slugs),
        )

    def turned(self, pair: Pair) -> TurnedPage:
        """Lay out the page of a pair in the other order."""
        return TurnedPage(self.site, pair, self.entries[pair.a].name, self.entries[pair.b].name)

    # Pages of products -------------------------------------------------------------------------

    def product(self, slug: str) -> ProductPage:
        """Lay out the page of a product."""
        links = self.links.of(slug)
        return ProductPage(self.site, self.entries[slug], links, self.searches(slug))

    def alternatives(self, slug: str) -> AlternativesPage:
        """Lay out the alternatives of a product."""
        return AlternativesPage(self.site, self.entries[slug], self.links.of(slug))

    def product_data(self, slug: str) -> feeds.ProductData:
        """Lay out the data of a product."""
        return feeds.ProductData(self.entries[slug], self.searches(slug), self.site.rules)

    def named(self, numbered: tuple[int, Entry]) -> Named:
        """Lay out what the search page says of a product that is named."""
        return named(*numbered, self._meets, self.pairs)

    def searches(self, slug: str) -> ProductSearches:
        """Gather the searches of a product."""
        return product_searches(self.graph, self.entries[slug].product)

    # All other pages ---------------------------------------------------------------------------

    def category(self, slug: str) -> CategoryPage:
        """Lay out the page of a category."""
        members = self.members[slug]
        columns = members[:COLUMNS]
        often: dict[str, list[Need]] = defaultdict(list)
        for entry in columns:
            for need in self._needs_of[entry.slug]:
                often[need.slug].append(need)
        shared = [found for found in often.values() if len(found) > 1]
        meeting = self.pairs.of_category.get(slug, ())
        return CategoryPage(
            self.site,
            category_link(slug),
            members,
            columns,
            tuple(found[0] for found in sorted(shared, key=lambda f: (-len(f), f[0].label))),
            tuple(self.links.link(pair) for pair in meeting[:LISTED]),
        )

    def products(self) -> ProductsPage:
        """Lay out the list of all products."""
        return ProductsPage(self.site, self.ranked)

    def methodology(self) -> MethodologyPage:
        """Lay out how figures are made."""
        settings = self.content.settings
        return MethodologyPage(
            self.site,
            settings.rank,
            settings.pairs,
            frozenset(s.name for entry in self.ranked for s in entry.rank.scores),
            tuple((name, title_case(name)) for name in settings.rank.weights),
            self.counts,
            self.graph.has_evidence,
            settings.evidence,
        )

    def home(self) -> HomePage:
        """Lay out the home page."""
        links = [(category_link(slug), entries) for slug, entries in self.members.items()]
        return HomePage(
            self.site,
            self.counts,
            tuple(Listed(link.label, link.url, len(es), es[:3]) for link, es in links),
            tuple(e for e in self.ranked if e.rank.rated)[:10],
            newest(self.ranked),
            tuple(self.links.link(pair) for pair in self._featured),
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
        if not self.site.base_url:  # there can be none
            return
        listed = [
            *(pair_url(pair) for pair in self.pairs if pair.like and not pair.thin),
            *(entry.url for entry in self.ranked),
            *(f"/alternatives/{slug}/" for slug in self.pairs.of_product),
            *(category_link(slug).url for slug in self.members),
            *(url for url in self._single if url != MISSING),
            *(page.url for page in (*self._written, *self._searching)),
        ]
        yield from feeds.sitemaps(self.site, sorted(listed))

    # What they know ----------------------------------------------------------------------------

    @cached_property
    def ranked(self) -> tuple[Entry, ...]:
        """Give the products, the best ranked first."""
        return best_first(tuple(self.entries.values()))

    @cached_property
    def links(self) -> Links:
        """Give the ways to the pages of pairs."""
        return Links(self.pairs, self.ranked, self.theme, self.stages)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """Give what the products' capabilities are for."""
        return gather(self.ranked, self.content.topics, self.graph)

    @cached_property
    def members(self) -> Mapping[str, tuple[Entry, ...]]:
        """Give the products of each category."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.ranked:
            for slug in entry.product.categories:
                found[slug].append(entry)
        return {slug: tuple(found[slug]) for slug in sorted(found)}

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
    def _single(self) -> Mapping[str, Callable[[], Page]]:
        return {
            "/products/": self.products,
            "/methodology/": self.methodology,
            "/": self.home,
            MISSING: lambda: NotFoundPage(self.site),
        }

    @cached_property
    def _featured(self) -> tuple[Pair, ...]:
        ranks = {entry.slug: entry.rank for entry in self.ranked}
        return self.stages.made(
            "featured", (self.pairs, ranks), lambda: tuple(featured(self.pairs, ranks))
        )

    @cached_property
    def _written(self) -> list[Page]:
        return [WrittenPage(self.site, page) for page in self.content.pages]

    @cached_property
    def _searching(self) -> list[Page]:
        return list(search_pages(self.site, self.needs))

    @cached_property
    def _needs_of(self) -> Mapping[str, list[Need]]:
        """Give the needs that each product meets."""
        found: dict[str, list[Need]] = defaultdict(list)
        for need in self.needs:
            for slug in {member.entry.slug for member in need.members}:
                found[slug].append(need)
        return found

    @cached_property
    def _meets(self) -> Mapping[str, Mapping[int, Member]]:
        return met_by(self.needs)

    @cached_property
    def _words(self) -> Mapping[tuple[str, str], Editorial]:
        return self.content.words()

    def _of_products(self, address: str, make: Callable[[str], Page]) -> Shelf[str]:
        return Shelf(lambda: [entry.slug for entry in self.ranked], address.format, make)


def _shelf(pages: Callable[[], Iterable[Page]]) -> Shelf[Page]:
    """Put pages that are made already on a shelf."""
    return Shelf(pages, lambda page: page.url, lambda page: page)
