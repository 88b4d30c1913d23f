"""What the Picture page shows: a sample or somebody's own file, at display size or in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from app.page.box import Settings
from app.pictures.own_file import AtWork, named_sample, own_file, picture_at_work
from app.pictures.samples import SAMPLES, sample_picture
from app.pictures.uploads import Picture
from kernels.reading.link_names import open_link, own_names
from lessons.views.kernel_choice import OWN
from lessons.views.picture import DEFAULTS, MEANT_HERE, PictureView, settle_view
from lessons.views.pictures import UPLOADED, PictureFacts


class PictureShown(NamedTuple):
    """The Picture page's view, with the very picture that it shows.

    Parameters
    ----------
    view : the settled screen
    picture : the picture as it is worked on
    content : that picture's name in a cache
    whole : (height, width) of the picture as it was given
    asked : the padding that was asked for, where the picture is too small for it and has 'same'
    """

    view: PictureView
    picture: Picture
    content: str
    whole: tuple[int, int]
    asked: str = ""

    def to_flat(self) -> dict[str, str]:
        """Every setting as text; `settle_picture` reads it back."""
        return {**self.view.to_flat(), "asked": self.asked}


def open_picture(link: Mapping[str, str]) -> tuple[PictureShown, tuple[str, ...]]:
    """The view of a link, with a sentence on each of its wishes that came to nothing."""
    settings, moved = _on_a_picture_at_hand(link)
    shown, said = open_link(settings, own_names(DEFAULTS), MEANT_HERE, settle_picture)
    return shown, (*moved, *said)


def settle_picture(flat: Mapping[str, Any]) -> tuple[PictureShown, tuple[str, ...]]:
    """The view of these settings with its picture, and what had to be moved."""
    flat, notes = _on_a_picture_at_hand(flat)
    full = flat.get("full") == "1" and flat.get("look", "compare") == "compare"
    own, sample = flat.get("own") == "1", named_sample(flat)
    work = picture_at_work(own, sample, full)
    padding = flat.get("padding", DEFAULTS["padding"])
    if _is_same(padding):
        padding = flat.get("asked") or padding
    view, moved = settle_view(
        {**flat, "padding": padding}, tuple(SAMPLES), _facts(own, sample, work)
    )
    view = replace(view, full=work.full)
    stood_in = _is_same(view.to_flat()["padding"]) and not _is_same(padding)
    asked = padding if stood_in else ""
    return PictureShown(view, work.picture, work.content, work.whole, asked), (*notes, *moved)


def _facts(own: bool, sample: str, work: AtWork) -> PictureFacts:
    """What the view knows of the picture that is worked on."""
    picture, known = work.picture, SAMPLES[sample]
    name, title, place = known.name, known.title, known.place
    if own:
        name, title, place = UPLOADED, own_file().name, None
    return PictureFacts(
        name, title, picture.size, picture.is_grey, place, pixels=lambda: picture.pixels
    )


def _on_a_picture_at_hand(flat: Mapping[str, Any]) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """Settings for a photograph that nobody has given here, on a sample."""
    if flat.get("own") != "1" or own_file() is not None:
        return flat, ()
    flat = on_a_sample(flat)
    return flat, (
        "A link never carries an uploaded photograph: here are its settings on a sample, "
        f"“{SAMPLES[flat['picture']].title}”. Upload the photograph again to see it.",
    )


def _is_same(padding: str) -> bool:
    return padding.startswith("same")


def on_a_sample(flat: Mapping[str, Any]) -> Settings:
    """Settings made on an uploaded photograph, for a sample: one with colours if they ask for it.

    The place of the loupe meant a place in the photograph, so it is left out.
    """
    name = named_sample(flat)
    if flat.get("colour", "grey") != "grey" and sample_picture(name).is_grey:
        name = next(name for name in SAMPLES if not sample_picture(name).is_grey)
    return {**flat, "own": "0", "full": "0", "picture": name, "row": "", "column": ""}


def chosen_picture(
    values: Mapping[str, Any], _shown: PictureShown, _settings: Settings
) -> Settings:
    """The picture chosen in the list, with its middle under the loupe."""
    name = values["sample"]
    place = {"full": "0", "row": "", "column": "", "upload_error": ""}
    if name == OWN:
        return {"own": "1", **place}
    # Else it is the name of a file that is gone.
    return {"own": "0", "picture": name, **place} if name in SAMPLES else {}


def resized(shown: PictureShown, full: bool) -> Settings:
    """Every pixel of the picture, or display size; the loupe stays on its place."""
    view = shown.view
    small = picture_at_work(view.own, view.sample, full=False)
    sides = small.whole if full else small.picture.size
    place = {}
    for key, at, side in zip(("row", "column"), (view.row, view.column), sides, strict=True):
        at = at * small.factor + small.factor // 2 if full else at // small.factor
        place[key] = str(min(at, side - 1))
    return {"full": str(int(full)), **place}


def chosen_look(values: Mapping[str, Any], shown: PictureShown, _settings: Settings) -> Settings:
    """Another part of the page; all but the first work at display size."""
    look = {"look": values["look"]}
    leaves = values["look"] != "compare" and shown.view.full
    return {**look, **resized(shown, full=False)} if leaves else look
