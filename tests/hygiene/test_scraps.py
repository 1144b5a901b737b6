"""What was scraped with a page is found, and what an author may well write is not."""

import pytest

from comparo.hygiene.scraps import scraps

SCRAPED = [
    "Loading...",
    "Loading…",
    "Tidemark Docs Loading... Harbours Boats",
    "LOADING...",
    "Loading, please wait",
    "Menu Close",
    "Products Solutions Resources Pricing Docs",
    "Log in Sign up",
    "Enable JavaScript and cookies to continue",
    "Star 21k Fork 3k",
    "Ask Devin about this repo",
    "Refresh this wiki",
    "Overview Relevant source files The following files",
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
    "As an AI language model, I cannot look at boats.",
    "Last indexed: 3 March 2026 ( 77aa01 )",
    "Last indexed 3 March",
    "Last updated on 3 March",
    "Index your code with Beaver Wiki",
    "Skip to content\n\nTide tables for harbours.",
    "Skip to main content",
    "Toggle navigation Tidemark",
    "Was this page helpful?",
    "Learn how tides are computed. Was this page helpful? Yes No",
    "© 2026 Tidemark Ltd. All rights reserved.",
    "All Rights Reserved",
    "We use cookies to improve your experience.",
    "Accept all cookies",
    "You need to enable JavaScript to run this app.",
    "Checking your browser before you reach the site",
    "Just a moment...",
    "Home > Docs > Tide tables",
    "Home / Products / Boats",
    "Back to top",
    "Learn more",
    "Edit Wiki",
    "Privacy Policy",
    "Home Docs Pricing",
    "Sign in Sign up Get started",
    "Docs\nBlog\nChangelog",
    "Home | Pricing | Log in",
    "Quick Start Installation Guide Harbour Setup Boat Registry Tide Tables Weather Feeds Alerts",
    "Overview Harbour Map and Legend Boat Registry and Owners Tide Tables and Alerts Weather Feeds",
    "Tide tables for harbours Tide tables for harbours",
    "It warns of storms. It warns of storms. It warns of storms.",
]

HONEST = [
    "Loads data while you scroll.",
    "Data Loading",
    "Loading, please wait signs that a theme can change",
    "API Documentation Search",
    "Product Search Features",
    "Enterprise Search Integrations",
    "Sign in, sign up and log out",
    "Star and fork buttons",
    "Generates lorem ipsum for a draft",
    "Relevant source files are shown beside an answer",
    "Works with Google Cloud Platform and Amazon Web Services and Microsoft Azure and Oracle Cloud",
    "New York & Los Angeles & San Francisco & Hong Kong & Buenos Aires & Cape Town",
    "Harbours: New York, Los Angeles, San Francisco, Hong Kong, Buenos Aires, Cape Town, Tel Aviv",
    "Lazy loading of images",
    'Shows "Loading..." while it waits',
    "Skip to content links help readers who use a keyboard",
    "Adds a “Was this page helpful?” question to every article",
    "Table of contents",
    "Generates a table of contents",
    "Sign in",
    "Sign in with Google, sign up by mail",
    "Sign In and Sign Up Forms",
    "Cookie banners",
    "Accept all cookies can be made a button",
    "Share",
    "Share a page by a link that ends",
    "Search",
    "Search Docs",
    "Blog, documentation and changelog from one repository",
    "Works in Home Assistant",
    "Home and Away",
    "Leads from Settings > Users > Roles to one page",
    "Last modified files come first",
    "Shows when a page was last indexed",
    "Last indexed pages come first",
    "Integrates with Slack, Discord, Microsoft Teams, GitHub, GitLab, Jira, Linear and Asana",
    "- Slack\n- Discord\n- Microsoft Teams\n- GitHub\n- GitLab\n- Jira\n- Linear\n- Asana",
    "Scaling Autoregressive Multi-Modal Models: Pretraining and Instruction Tuning (CM3Leon)",
    "Open-Source Low-Latency Remote Desktop for Linux with WebRTC and HTML5",
    "Die Software verwaltet Bücher, Zeitschriften, Karten und Noten einer Bibliothek.",
    "支持 全文 检索 和 标签 以及 共享 链接 以及 评论 以及 导出 以及 导入 以及 备份 以及 恢复",
    "Turns JSON, YAML | TOML | XML into tables",
    "From left to right and from right to left",
    "Step by step by step",
    "`read` and `write` and `read` and `write` are rights",
    "| a | b |\n|---|---|\n| 1 | 2 |\n| 1 | 2 |",
    "",
]


@pytest.mark.parametrize("text", SCRAPED)
def test_scraped_text_is_found(text):
    """Placeholders, notices, buttons, menus, paths and repetitions are no author's words."""
    assert scraps(text) != ()


@pytest.mark.parametrize("text", HONEST)
def test_honest_text_is_not(text):
    """The same words in a sentence, a list or a title are left alone."""
    assert scraps(text) == ()


def test_what_was_scraped_is_quoted_short():
    """A menu of any length is quoted by its first words, and each quotation stands once."""
    menu = (
        "Harbour Map Boat Registry Tide Tables Weather Feeds Storm Alerts Crew Lists Loading... Map"
    )

    assert scraps(menu) == ("Loading...", "Harbour Map Boat Registry Tide Tables …")


def test_a_long_paragraph_that_stands_twice_is_found():
    """What is too long for a phrase is compared as a sentence."""
    text = "The harbour master enters boats with their owners, berths and fees once in a season."

    assert scraps(f"{text} {text}") == ("The harbour master enters boats with …",)
