"""What somebody does in a component, as its browser would send it, for `AppTest`."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def commit(at: AppTest, key: str, *acts: tuple[str, Any]) -> AppTest:
    """Run the page with commits of the component with this key: the name and value of each."""
    protos = [part.proto for part in at.get("bidi_component")]
    proto = next(proto for proto in protos if proto.id.endswith(f"-{key}"))
    taken = json.loads(proto.json)["commits"]
    numbered = [[taken["seen"] + 1 + n, *act] for n, act in enumerate(acts)]
    states = at._tree.get_widget_states()
    sent = {"commits": {"session": taken["session"], "list": numbered}}
    states.widgets.add(id=proto.id).json_value = json.dumps(sent)
    at._run(states)
    assert not at.exception
    return at
