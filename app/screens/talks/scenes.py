"""A scene on the screen: any page's view, a step of the course or a question, before a class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from zlib import crc32

import streamlit as st

from app.page.page import Page
from app.page.plain import show_error
from app.page.styled import styled
from app.page.workbench import draw
from app.screens.course.live import LIVE, draw_live, page_of, screen_of
from app.screens.quiz.feedback_panel import render_solution
from app.screens.quiz.question_panel import places, render_question, render_style
from app.screens.talks import state
from kernels.scene.flat import FlatScene
from lessons.quiz.practice_link import read_practice_link
from lessons.quiz.question import Question
from lessons.talks.talk import Scene
from lessons.views.course import CourseView, open_course
from lessons.views.steppers import layer_steppers

STAGES: Mapping[str, Callable[[Any], FlatScene]] = {
    "sliding_window": lambda view: view,
    "pooling": lambda view: view.scene,
}
"""The pages whose picture has a strip of its own, and the layer that this changes."""


def says_of(scene: Scene) -> tuple[str, ...]:
    """The sentences with which the scene's page answers its link; none if all went well."""
    if scene.page == "course":
        return tuple(open_course(scene.settings)[1])
    if scene.page == "quiz":
        link, notes = read_practice_link(scene.settings)
        return (*notes, *(() if link.question else ("No question is named in the link.",)))
    return tuple(page_of(scene.page).opened(scene.settings)[2])


def has_answer(scene: Scene) -> bool:
    """Whether a scene holds something back that a clicker shows first."""
    if scene.page == "quiz":
        return question_of(scene) is not None
    return scene.page == "course" and open_course(scene.settings)[0].step.prediction is not None


def question_of(scene: Scene) -> Question | None:
    """The question of a scene of the quiz."""
    return read_practice_link(scene.settings)[0].question


def draw_scene(scene: Scene, place: int, revealed: bool) -> None:
    """Draw a scene large.

    place : its number in the talk; each has a place of its own
    revealed : whether the answer to its question is shown
    """
    if scene.page in LIVE:
        draw(screen_of(scene.page), _placed(scene, place), present=True)
    elif scene.page == "course":
        _draw_step(open_course(scene.settings)[0], revealed)
    else:
        _draw_question(scene, revealed)


@cache
def boxes_of(page: str) -> tuple[str, ...]:
    """Names of the boxes that a scene of a page can hide."""
    return tuple(box.name for box in page_of(page).boxes) if page in LIVE else ()


def hideable(scene: Scene) -> tuple[str, ...]:
    """Names of the boxes that can be changed before a class while the scene is presented."""
    if scene.page not in LIVE:
        return ()
    page, screen = page_of(scene.page), screen_of(scene.page)
    view = page.opened(scene.settings)[0]
    live = screen.shown(view).live
    seen = set(live)
    if scene.page in STAGES and "example" in live:
        steppers = layer_steppers(STAGES[scene.page](view))
        seen |= {stepper.setting for stepper in steppers if stepper.in_sight}
    return tuple(name for name in boxes_of(scene.page) if name in seen)


def _placed(scene: Scene, place: int) -> Page:
    page = page_of(scene.page)
    view, switches, _ = page.opened(scene.settings)
    offered = [name for name in boxes_of(scene.page) if name not in scene.hidden]
    mark = crc32(scene.link.encode())
    return page.at(f"talk{place}s{mark}", view, controls=offered, **switches)


def _draw_step(view: CourseView, revealed: bool) -> None:
    step = view.step
    asked = step.prediction.question if step.prediction else step.do or step.text
    with styled("spoken"):
        st.markdown(f"### {step.title}\n\n{asked}")
        if revealed and step.prediction:
            st.markdown(f"**{step.prediction.then}**")
    draw_live(view.lesson, step, revealed=revealed, present=True)


def _draw_question(scene: Scene, revealed: bool) -> None:
    question = question_of(scene)
    render_style()
    if question is None:
        show_error("This scene names no question; add one from the quiz.")
        return
    left, right = places(revealed)
    with left:
        render_question(question, present=True)
        if not revealed:
            place = state.PAGE.view().scene
            asking = state.PAGE.callback(lambda _page: state.reveal(place))
            st.button("Show the answer", key="talks_reveal", on_click=asking)
    if revealed:
        with right:
            render_solution(question, present=True)
