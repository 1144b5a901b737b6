"""``comparo explain``: the same figures as the site, for any product and any two of them."""

import datetime as dt
import json
import re
from itertools import combinations

import pytest

from comparo.errors import UsageError
from comparo.explain import explain_pair, explain_product
from comparo.scaffold import new_site
from comparo.site import open_site
from tests.test_cli import run


@pytest.fixture(scope="module")
def sites(own_site, hard_site):
    """Give both sites, read and compared."""
    return [open_site(own_site), open_site(hard_site)]


@pytest.fixture
def root(tmp_path):
    """Give a folder with the site that ``comparo init`` makes."""
    new_site(tmp_path)
    return tmp_path


def add(root, slug, text):
    """Write a product."""
    path = root / "content/products" / slug / "product.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")


def plain(data):
    """Give data as JSON has it: its tuples are lists."""
    return json.loads(json.dumps(data))


def test_a_product_is_the_one_of_the_site(sites):
    """What a program gets of a product is what stands beside its page."""
    for site in sites:
        for slug in site.entries:
            said = plain(explain_product(site, slug).data())

            assert said["product"] == json.loads(site.render(f"/products/{slug}/index.json"))


def test_a_pair_is_the_one_of_the_site(sites):
    """What a program gets of a pair is what its page holds, with both products beside it."""
    for site in sites:
        for pair in site.pairs:
            url = f"/compare/{pair.a}-vs-{pair.b}/"
            html = site.render(url).decode()

            said = plain(explain_pair(site, pair.a, pair.b).data())

            assert said["comparison"] == json.loads(re.search(r'"comparison">(.*?)</s', html)[1])
            assert said["a"] == json.loads(site.render(f"/products/{pair.a}/index.json"))
            assert said["b"] == json.loads(site.render(f"/products/{pair.b}/index.json"))
            assert said["page"] == url


def test_the_terms_add_up_to_the_rank(sites):
    """The points of the components are the rank, but for one that is declared."""
    for site in sites:
        for slug in site.entries:
            working = explain_product(site, slug)
            rank = working.entry.rank

            if working.computed is not None and not rank.declared:
                assert working.computed == pytest.approx(rank.value)
                assert working.known / working.whole == pytest.approx(rank.coverage)


def test_any_two_can_be_compared_in_either_order(sites):
    """Swapping two products swaps what is said of them, on the site or not."""
    for site in sites:
        for a, b in combinations(site.entries, 2):
            forth, back = explain_pair(site, a, b), explain_pair(site, b, a)

            swapped = {"a": "b", "b": "a", None: None}
            assert back.verdict.kind == forth.verdict.kind
            assert back.verdict.winner == swapped[forth.verdict.winner]
            assert back.verdict.margin == forth.verdict.margin
            assert back.verdict.choose_a == forth.verdict.choose_b
            assert (back.a, back.page, back.absence) == (forth.b, forth.page, forth.absence)
            assert back.turned != forth.turned or not forth.page
            assert back.pair.reasons == forth.pair.reasons


def test_a_pair_is_on_the_site_or_said_why_not(sites):
    """A pair has a page that is there, or a reason why it has none."""
    for site in sites:
        for a, b in combinations(site.entries, 2):
            working = explain_pair(site, a, b)

            assert (working.page in site.pages) != (working.absence is not None)


@pytest.mark.parametrize(
    ("pairs", "product", "absence"),
    [
        ("exclude: [example-notes-vs-sample-notes]", "sample-notes", "excluded"),
        ("strategy: listed", "sample-notes", "listed"),
        ("strategy: all", "other", "types"),
        ("strategy: category", "apart", "category"),
        ("strategy: related", "apart", "far"),
    ],
)
def test_why_a_pair_is_not_on_the_site(root, pairs, product, absence):
    """Settings, types and distance are told apart."""
    add(root, "other", "name: Other\ntype: model\ncategory: note-apps\n")
    add(root, "apart", "name: Apart\ntype: web-app\ncategory: elsewhere\n")
    settings = root / "content/site.yaml"
    settings.write_text(f"{settings.read_text()}\npairs: {{{pairs}}}\n")

    working = explain_pair(open_site(root), "example-notes", product)

    assert (working.page, working.absence) == ("", absence)


def test_a_product_goes_by_its_name_too(root):
    """A name counts in any case; a slug comes first, and two of one name are told apart."""
    add(root, "one", "name: Café 笔记\n")
    add(root, "two", "name: Example Notes\n")
    site = open_site(root)

    assert explain_product(site, "café 笔记").entry.slug == "one"
    assert explain_product(site, "two").entry.slug == "two"
    with pytest.raises(UsageError, match=r'called "Example Notes": example-notes, two'):
        explain_product(site, "Example Notes")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("exampel-notes",), 'no product "exampel-notes" (did you mean "example-notes"?)'),
        (("Sample Note",), 'no product "Sample Note" (did you mean "Sample Notes"?)'),
        (("x\x1b[31m",), 'no product "x\\x1b[31m"'),
        (("sample-notes", "Sample Notes"), '"sample-notes" is one product; name two'),
    ],
)
def test_what_is_no_product_is_told(root, words, said):
    """A mistake ends with 2, and with the word that was probably meant."""
    done = run("explain", *words, "--site", root)

    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr


def test_words_go_to_stdout_as_plain_text(root):
    """What is not read in a terminal has no colours, and each sentence is one line of it."""
    name = " ".join(["Wide 笔记 [/bold]"] * 9)
    add(root, "wide", f'name: "{name}"\ncategory: note-apps\ntype: web-app\nrank: 40\n')

    done = run("explain", "wide", "sample-notes", "--site", root)

    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert f"  ·  {name}: the rank was declared by" in done.stdout


def test_json_has_the_same_keys_when_it_fails(root):
    """Programs find each key whatever happened, for one product and for two."""
    for words in (["example-notes"], ["example-notes", "sample-notes"]):
        good = run("explain", *words, "--site", root, "--json")
        bad = run("explain", *words[:-1], "nothing", "--site", root, "--json")

        assert (good.returncode, bad.returncode) == (0, 2)
        assert json.loads(good.stdout).keys() == json.loads(bad.stdout).keys()


def test_broken_content_is_told_as_by_a_build(root):
    """All mistakes come out, each with its place; the exit status is 1."""
    (root / "content/products/example-notes/product.yaml").write_text("rank: 101\nname: [A]\n")

    done = run("explain", "sample-notes", "--site", root)

    assert done.returncode == 1
    assert done.stdout == ""
    assert "product.yaml:1:7: rank: " in done.stderr
    assert "product.yaml:2:7: name: " in done.stderr


def test_ages_are_measured_on_the_day_asked_for(root):
    """With --as-of, freshness is what it will be on that day."""
    later = open_site(root, as_of=dt.date(2031, 1, 1))

    done = run("explain", "example-notes", "--site", root, "--as-of", "2031-01-01", "--json")

    expected = json.loads(later.render("/products/example-notes/index.json"))
    assert json.loads(done.stdout)["product"] == expected
    assert expected["rules"]["as_of"] == "2031-01-01"
