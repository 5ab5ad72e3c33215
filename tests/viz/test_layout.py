from itertools import combinations
from math import hypot

import pytest
from map_samples import crowd, edge, one_article

from dyadgraph.model import Actor, Subgraph
from viz.layout import Disc, Tie, place_actors
from viz.payload import label_width, place_subgraph
from viz.spacing import LABEL_HEIGHT


@pytest.mark.parametrize(("actors", "relations"), [(10, 20), (61, 100), (200, 300), (200, 1000)])
def test_no_two_discs_overlap(actors, relations):
    for one, other in combinations(place_subgraph(crowd(actors, relations)), 2):
        assert hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius


@pytest.mark.parametrize("subgraph", [one_article(), crowd(20, 30), crowd(30, 80)], ids=["article", "20", "30"])
def test_no_name_lies_on_a_disc_of_a_small_map(subgraph):
    placed = place_subgraph(subgraph)
    for one in placed:
        half = label_width(one.actor.name, len(placed)) / 2
        for other in placed:
            beside = max(abs(other.x - one.x) - half, 0)
            below = max(one.y + one.radius - other.y, other.y - one.y - one.radius - LABEL_HEIGHT, 0)
            assert one is other or hypot(beside, below) >= other.radius - 1


def test_small_map_lies_flat():
    placed = place_subgraph(one_article())
    width, height = (max(values) - min(values) for values in ([p.x for p in placed], [p.y for p in placed]))
    assert width > height


def test_same_ties_give_same_places():
    assert place_subgraph(one_article()) == place_subgraph(one_article())


def test_nobody_somebody_and_two_strangers_find_a_place():
    assert place_actors([], {}) == {}
    assert place_actors([Disc("a", 20, 50)], {("a", "a"): Tie(1, 1)}) == {"a": (0, 0)}
    places = place_actors([Disc("a", 20, 50), Disc("b", 20, 50)], {})
    assert abs(places["a"][0] - places["b"][0]) >= 50 or abs(places["a"][1] - places["b"][1]) >= 40


def test_persons_of_a_state_stand_beside_it_on_the_world():
    france, paris = Actor("FRA", "France", "country", "FRA"), Actor("q1", "A Minister", "person", "FRA")
    state, person = place_subgraph(Subgraph.of((edge(paris, "leads", france),)))[::-1]
    assert state.actor == france
    assert 0 < hypot(state.world[0] - person.world[0], state.world[1] - person.world[1]) < 60


def test_actor_of_no_country_has_no_place_on_the_world():
    nobody = Actor("q2", "A Council", "organization", None)
    placed = place_subgraph(Subgraph.of((edge(nobody, "request", Actor("FRA", "France", "country", "FRA")),)))
    assert [each.world is None for each in placed] == [True, False]
