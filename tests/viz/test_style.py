import re
from pathlib import Path

import viz
from dyadgraph.model import KINDS, STATUSES
from dyadgraph.ontology import QUADS
from viz.style import KIND_STYLES, QUAD_STYLES, STATUS_STYLES, THEMES, to_css

HERE = Path(viz.__file__).parent
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\(|\b(?:red|blue|green|white|black|gr[ae]y)\b(?=\s*[;'\"])")


def luminance(colour):
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_class_kind_and_status_has_a_style():
    assert tuple(QUAD_STYLES) == QUADS
    assert set(KIND_STYLES) == set(KINDS)
    assert tuple(STATUS_STYLES) == STATUSES


def test_classes_and_kinds_do_not_differ_by_colour_alone():
    assert all(bool(style.dash) == quad.startswith(("verbal", "structural")) for quad, style in QUAD_STYLES.items())
    assert len({style.shape for style in KIND_STYLES.values()}) == len(KINDS)


def test_lines_stand_out_from_the_page():
    for style in QUAD_STYLES.values():
        assert contrast(style.light, THEMES["light"]["page"]) >= 2.8
        assert contrast(style.dark, THEMES["dark"]["page"]) >= 2.8


def test_themes_have_the_same_colours_and_all_reach_the_page():
    assert THEMES["light"].keys() == THEMES["dark"].keys()
    assert all(f"--{name}:" in to_css() for name in THEMES["light"])


def test_colours_are_written_in_style_alone():
    for path in (path for path in HERE.rglob("*") if path.suffix in {".py", ".js", ".css", ".html"}):
        if path.name != "style.py":
            assert not COLOUR.findall(path.read_text(encoding="utf8")), path
