"""Which pages a site has, and what each of them may know."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from comparo.compare.matching import MatchGraph
from comparo.compare.pairing import Pair
from comparo.model import Content
from comparo.render import feeds, wording
from comparo.render.answers import search_data
from comparo.render.cells import title_case
from comparo.render.entries import Entry, Link, category_link
from comparo.render.frame import Page
from comparo.render.listings import (
    AlternativesPage,
    CategoryPage,
    ProductPage,
    ProductsPage,
    best_first,
)
from comparo.render.metadata import SiteView, rules_in_force
from comparo.render.needs import Need, gather
from comparo.render.overviews import (
    Counts,
    HomePage,
    Listed,
    MethodologyPage,
    NotFoundPage,
    WrittenPage,
)
from comparo.render.pages import Card, ComparisonPage, PairLink, TurnedPage, pair_url
from comparo.render.searches import pair_searches, product_searches
from comparo.render.theme import Theme
from comparo.render.topics import search_pages

RELATED = 3
"""How many more comparisons of each product a pair's page leads to."""

COLUMNS = 6
"""How many products a category's matrix sets side by side: as many as a screen has room for."""

FEATURED = 12
"""How many of a long list a page shows that leads to all of it."""


def lay_out(
    content: Content,
    pairs: Sequence[Pair],
    graph: MatchGraph,
    entries: Mapping[str, Entry],
    theme: Theme,
    as_of: dt.date | None,
) -> Iterator[Page]:
    """Give every page of a site, each with all that it may know."""
    settings = content.settings
    site = SiteView(
        title=settings.title,
        description=settings.description,
        language=settings.language,
        rank_label=settings.rank.label,
        base_url=settings.base_url,
        rules=rules_in_force(settings, as_of, evidence=graph.has_evidence),
        pages=tuple(Link(page.title, f"/{page.slug}/") for page in content.pages),
    )
    ranked = best_first(tuple(entries.values()))
    links = _links(pairs, ranked, entries, theme)
    wanted = {slug: _asked_first(own) for slug, own in links.items()}
    needs = gather(ranked, content.topics, graph)
    categories = _categories(ranked)
    searches = {p.slug: product_searches(graph, p) for p in content.products}
    counts = Counts(
        products=len(entries),
        pairs=len(pairs),
        capabilities=sum(entry.capability_count for entry in ranked),
        searches=sum(graph.times_matched(slug) or 0 for slug in entries),
    )

    html: list[Page] = [
        *_comparisons(content, site, pairs, graph, entries, wanted),
        *_turned(site, pairs, entries, links, theme),
        *(ProductPage(site, entry, wanted[entry.slug], searches[entry.slug]) for entry in ranked),
        *(AlternativesPage(site, entry, tuple(links[entry.slug].values())) for entry in ranked),
        *_category_pages(site, categories, pairs, needs, links),
        ProductsPage(site, ranked),
        *search_pages(site, needs),
        MethodologyPage(
            site,
            settings.rank,
            settings.pairs,
            frozenset(s.name for entry in ranked for s in entry.rank.scores),
            tuple((name, title_case(name)) for name in settings.rank.weights),
            counts,
            graph.has_evidence,
            settings.evidence,
        ),
        HomePage(
            site,
            counts,
            tuple(Listed(c.label, c.url, len(es), es[:3]) for c, es in categories),
            tuple(e for e in ranked if e.rank.rated)[:10],
            _newest(ranked),
            tuple(_featured(pairs, entries, links)),
        ),
        *(WrittenPage(site, page) for page in content.pages),
        NotFoundPage(site),
    ]
    yield from html
    yield from feeds.sitemaps(
        site, sorted(page.url for page in html if not getattr(page, "noindex", False))
    )
    for entry in ranked:
        yield feeds.ProductData(entry, searches[entry.slug], site.rules)
        if entry.product.logo:
            yield feeds.Raw(entry.logo, entry.product.logo.data)
    yield feeds.ProductsData(ranked)
    yield from search_data(needs, graph, ranked, pairs)
    yield feeds.Robots(site)
    yield feeds.LlmsText(site, ranked)
    yield feeds.Raw("/.nojekyll", b"")
    yield from map(feeds.Asset, theme.assets)


def _links(
    pairs: Iterable[Pair], ranked: Iterable[Entry], entries: Mapping[str, Entry], theme: Theme
) -> dict[str, dict[Pair, PairLink]]:
    """Give each product's pairs as links, those with the best ranked products first."""
    cards = {slug: Card(e.name, e.url, e.rank_text, e.summary) for slug, e in entries.items()}
    found: dict[str, list[tuple[Entry, Pair, PairLink]]] = {slug: [] for slug in entries}
    for pair in pairs:
        label = theme.say("title.comparison", a=entries[pair.a].name, b=entries[pair.b].name)
        reason = wording.reason(pair, theme)
        for slug, other in (pair.slugs, pair.slugs[::-1]):
            link = PairLink(label, pair_url(pair), reason, cards[other])
            found[slug].append((entries[other], pair, link))
    places = {entry.slug: place for place, entry in enumerate(ranked)}
    return {
        slug: {
            pair: link for _, pair, link in sorted(met, key=lambda triple: places[triple[0].slug])
        }
        for slug, met in found.items()
    }


def _asked_first(links: Mapping[Pair, PairLink]) -> tuple[PairLink, ...]:
    """Put the pairs that searches ask for before the others, which stay in their order."""
    return tuple(links[pair] for pair in sorted(links, key=lambda pair: -pair.reasons.asked))


def _comparisons(
    content: Content,
    site: SiteView,
    pairs: Iterable[Pair],
    graph: MatchGraph,
    entries: Mapping[str, Entry],
    wanted: Mapping[str, Sequence[PairLink]],
) -> Iterator[ComparisonPage]:
    words = content.words()
    for pair in pairs:
        others = (
            islice((link for link in wanted[slug] if link.url != pair_url(pair)), RELATED)
            for slug in pair.slugs
        )
        yield ComparisonPage(
            site=site,
            a=entries[pair.a],
            b=entries[pair.b],
            pair=pair,
            searches=pair_searches(graph, pair.a, pair.b),
            related=tuple(chain.from_iterable(others)),
            capabilities_shown=content.settings.capabilities_shown,
            editorial=words.get(pair.slugs),
        )


def _turned(
    site: SiteView,
    pairs: Iterable[Pair],
    entries: Mapping[str, Entry],
    links: Mapping[str, Mapping[Pair, PairLink]],
    theme: Theme,
) -> Iterator[TurnedPage]:
    for pair in pairs:
        a, b = entries[pair.a].name, entries[pair.b].name
        turned = theme.say("title.comparison", a=b, b=a)
        yield TurnedPage(site, pair, links[pair.a][pair].label, turned)


def _categories(ranked: Iterable[Entry]) -> list[tuple[Link, tuple[Entry, ...]]]:
    members: dict[str, list[Entry]] = defaultdict(list)
    for entry in ranked:
        for slug in entry.product.categories:
            members[slug].append(entry)
    return [(category_link(slug), tuple(members[slug])) for slug in sorted(members)]


def _category_pages(
    site: SiteView,
    categories: Iterable[tuple[Link, tuple[Entry, ...]]],
    pairs: Iterable[Pair],
    needs: Sequence[Need],
    links: Mapping[str, Mapping[Pair, PairLink]],
) -> Iterator[CategoryPage]:
    meeting: dict[str, list[PairLink]] = defaultdict(list)
    for pair in pairs:
        for slug in pair.reasons.categories:
            meeting[category_link(slug).url].append(links[pair.a][pair])
    met_by: dict[str, list[Need]] = defaultdict(list)
    for need in needs:
        for slug in {member.entry.slug for member in need.members}:
            met_by[slug].append(need)
    for link, members in categories:
        columns = members[:COLUMNS]
        often: dict[str, list[Need]] = defaultdict(list)
        for entry in columns:
            for need in met_by[entry.slug]:
                often[need.slug].append(need)
        shared = [found for found in often.values() if len(found) > 1]
        yield CategoryPage(
            site,
            link,
            members,
            columns,
            tuple(found[0] for found in sorted(shared, key=lambda f: (-len(f), f[0].label))),
            tuple(meeting[link.url][: 2 * FEATURED]),
        )


def _newest(ranked: Iterable[Entry]) -> tuple[tuple[Entry, dt.date], ...]:
    dated = [(entry, entry.product.released.value) for entry in ranked if entry.product.released]
    return tuple(sorted(dated, key=lambda pair: pair[1], reverse=True)[:10])


def _featured(
    pairs: Iterable[Pair],
    entries: Mapping[str, Entry],
    links: Mapping[str, Mapping[Pair, PairLink]],
) -> Iterator[PairLink]:
    """Choose pairs for the home page: those asked for, like with like, the best ranked first."""

    def standing(pair: Pair) -> tuple[int, bool, float]:
        ranks = [entries[slug].rank for slug in pair.slugs]
        worth = sum(r.value or 0 for r in ranks if r.rated)
        return -pair.reasons.asked, not pair.reasons.categories, -worth

    seen: dict[str, int] = defaultdict(int)
    chosen = 0
    for pair in sorted(pairs, key=standing):
        if chosen < FEATURED and max(seen[pair.a], seen[pair.b]) < 2:
            chosen += 1
            seen[pair.a] += 1
            seen[pair.b] += 1
            yield links[pair.a][pair]
