"""What is wrong with a talk, in sentences that say what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lessons.talks.talk import MOST_SCENES, Scene, Talk

Says = Callable[[Mapping[str, str]], tuple[str, ...]]
"""Opens a page's link and returns the sentences that it says."""


def faults(
    talk: Talk, pages: Mapping[str, Says], controls: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    """Everything that is wrong.

    pages : how each page's link is opened; controls : the names of each page's boxes
    """
    if not talk.about:
        yield f"{talk.title}: say in a sentence what it is about."
    if not 0 < len(talk.scenes) <= MOST_SCENES:
        yield f"{talk.title}: it has {len(talk.scenes)} scenes; give it 1 to {MOST_SCENES}."
    for number, scene in enumerate(talk.scenes, 1):
        for fault in scene_faults(scene, pages, controls):
            yield f"{talk.title}, scene {number}: {fault}"


def scene_faults(
    scene: Scene, pages: Mapping[str, Says], controls: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    """What is wrong with one scene."""
    if not scene.title:
        yield "has no title; give it a few words."
    if not scene.note:
        yield "has no note; write what is to be said or asked."
    if scene.page not in pages:
        yield f"shows the page {scene.page!r}; use one of {', '.join(pages)}."
        return
    for sentence in pages[scene.page](scene.settings):
        yield f"is not what its link says: {sentence}"
    if unknown := set(scene.hidden) - controls.get(scene.page, frozenset()):
        yield f"hides {', '.join(sorted(unknown))}, which its page does not have."
