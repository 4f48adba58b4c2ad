"""What people and documents may write, for hypothesis: any characters, and those that networks take for something."""

from hypothesis import strategies as st

from bot.core.markup import Markup, Paragraph, Run, paragraph

HOSTILE = st.sampled_from(
    [
        "<b>",
        "</p>",
        "&amp;",
        "<script>alert(1)</script>",
        "@room",
        "@anna",
        "@anna:example.org",
        "/start",
        "!help",
        "> ",
        "• ",
        "\n",
        "\r\n",
        "\u202e",
        "\u2066",
        "\ue000",
        "\x00",
        "\ud800",
        "💬",
        "2️⃣",
        "ą\u0328\u0328\u0328\u0328\u0328",
        "https://example.org/?a=1&b=<2>",
    ]
)
WORDS = st.lists(st.one_of(st.text(max_size=20), HOSTILE), max_size=8).map("".join)
LINKS = st.one_of(st.none(), st.just('https://example.org/?a=1&b="2"'))
RUNS = st.builds(Run, WORDS, bold=st.booleans(), italic=st.booleans(), code=st.booleans(), link=LINKS)
PARAGRAPHS: st.SearchStrategy[Paragraph] = st.builds(
    paragraph, st.sampled_from(["para", "quote", "item"]), st.lists(RUNS, max_size=4)
)
MARKUPS: st.SearchStrategy[Markup] = st.lists(PARAGRAPHS, max_size=6).map(tuple)
