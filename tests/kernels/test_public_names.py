"""What `import kernels` offers: few names, each where it says, none hiding a module."""

import importlib.util
import types

import kernels


def test_the_names_are_there_once_each_and_are_few():
    assert len(set(kernels.__all__)) == len(kernels.__all__) <= 65
    assert all(hasattr(kernels, name) for name in kernels.__all__)


def test_nothing_else_is_offered_but_the_subpackages():
    others = {name for name in vars(kernels) if not name.startswith("_")} - set(kernels.__all__)
    assert all(isinstance(getattr(kernels, name), types.ModuleType) for name in others)


def test_no_name_hides_a_module():
    for name in kernels.__all__:
        assert importlib.util.find_spec(f"kernels.{name}") is None, name
        assert not isinstance(getattr(kernels, name), types.ModuleType)


def test_every_name_says_what_it_is():
    for name in kernels.__all__:
        thing = getattr(kernels, name)
        if callable(thing):
            assert thing.__doc__ and thing.__module__.startswith("kernels."), name
