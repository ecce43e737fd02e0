"""What pasted HTML does not show is no part of a description."""

import pytest

from portfolio.ai.jobs.cleaning import clean_description

BODY = "Requirements:\n- Python and SQL\n{}\n- Terraform and Scala"


@pytest.mark.parametrize(
    "hidden",
    [
        *["<p hidden>{}</p>", '<P HIDDEN="">{}</P>', "<div style='display:none'>{}</div>"],
        *['<span style="font-size:0">{}</span>', "<p style='visibility: hidden'>{}</p>"],
        *["<p style='opacity:0'>{}</p>", "<p style='color:white'>{}</p>", "<!--\n{}\n-->"],
        *["<p style='color: #FFF; background: #fff'>{}</p>", "<p style='font-size:1px'>{}</p>"],
        *["<p style='position:absolute;left:-9999px'>{}</p>", "<template>{}</template>"],
        *["<div style='height:0;overflow:hidden'><b>x</b>{}</div>", "<noscript>{}</noscript>"],
        *["<p style='color:rgb(255, 255, 255)'>{}</p>", "<p style=display:none>{}</p>"],
        *["<ul hidden><li>a<ul><li>{}</li></ul></ul>", "<p hidden><i>x</i> {}</p>"],
    ],
)
def test_what_is_hidden_is_gone(hidden: str) -> None:
    text = clean_description(BODY.format(hidden.format("Nice to have:")))
    assert text.replace("\n\n", "\n") == BODY.format("").replace("\n\n", "\n")


@pytest.mark.parametrize(
    "shown",
    [
        *[
            "<p hidden>x<p>{}",
            "<ul><li hidden>x<li>{}</ul>",
            "<p style='font: 12px/0 Arial'>{}</p>",
        ],
        *["<p style='font-size:1em;opacity:0.9;margin-left:-5px'>{}</p>", "<p>{}</p><p hidden>"],
        *["<div style='background:#036'><h2 style='color:white'>{}</h2></div>", "<p hidden></p>{}"],
        *["<br hidden>{}<p></p>", "</div>{}<p class='hidden-xs'></p>", "5 <!-- 6 {}"],
    ],
)
def test_what_is_shown_stays(shown: str) -> None:
    assert "Nice to have:" in clean_description(BODY.format(shown.format("Nice to have:")))
