"""Every page's view: text and link bring the same view back, and it is settled without an app."""

from functools import partial

import pytest

from lessons.views.channels import ChannelsView, open_channels, settle_channels
from lessons.views.picture import PictureView, settle_view
from lessons.views.pictures import BLANK_PICTURES, UPLOADED, blank_picture
from lessons.views.pooling import PoolingView, open_pooling, settle_pooling
from lessons.views.sliding_looks import SlidingView, flat_of_look, open_looks, settle_looks
from tests.random_links import random_link

CAMERA = BLANK_PICTURES["camera"]


def settle_picture(flat):
    return settle_view(flat, tuple(BLANK_PICTURES), CAMERA)


VIEWS = {
    "/": (settle_looks, open_looks, flat_of_look, SlidingView.link),
    "/pooling": (
        partial(settle_pooling, pictures=BLANK_PICTURES),
        partial(open_pooling, pictures=BLANK_PICTURES),
        PoolingView.to_flat,
        PoolingView.link,
    ),
    "/channels": (
        partial(settle_channels, pictures=BLANK_PICTURES),
        partial(open_channels, pictures=BLANK_PICTURES),
        ChannelsView.to_flat,
        ChannelsView.link,
    ),
    "/picture": (settle_picture, settle_picture, PictureView.to_flat, PictureView.link),
}


@pytest.mark.parametrize("page", VIEWS)
def test_without_settings_it_is_the_view_of_the_empty_link(page):
    settle, open_link, _, link = VIEWS[page]
    view, notes = settle({})
    assert (notes, link(view)) == ((), {})
    assert open_link({}) == (view, ())


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("page", VIEWS)
def test_text_and_link_bring_the_same_view_back(page, seed):
    settle, open_link, flat, link = VIEWS[page]
    view, _ = open_link(dict(random_link(page, seed)))
    assert settle(flat(view)) == (view, ())
    assert open_link(link(view)) == (view, ())


def test_a_photograph_of_ones_own_is_shown_where_there_is_one_and_told_of_where_there_is_none():
    view, (note,) = settle_pooling({"picture": UPLOADED}, BLANK_PICTURES)
    assert view.picture == CAMERA and "A link never carries an uploaded photograph" in note
    own = blank_picture(UPLOADED, (3, 5))
    view, notes = settle_pooling({"picture": UPLOADED}, {UPLOADED: own, **BLANK_PICTURES})
    assert view.picture == own and notes == () and view.link() == {"picture": UPLOADED}


def test_a_grey_photograph_is_of_no_use_where_colours_are_looked_at():
    own = blank_picture(UPLOADED, (30, 50))
    view, (note,) = settle_channels({"picture": UPLOADED}, {UPLOADED: own, **BLANK_PICTURES})
    assert view.picture == BLANK_PICTURES["coffee"] and "is grey" in note
