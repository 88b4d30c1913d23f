"""What every page is made of: its state, its address, its layout and the parts that pages share.

The life of one run. Somebody moves a control, clicks, follows a link: the browser sends a message
that holds every control's value and the address, and Streamlit runs main.py once, or, where a
control of the page was changed, what stands below its heading (`alone`). (1) `start_run`
counts the run and learns from a hidden text box which earlier run the browser had taken in when it
sent the message: that tells a person's act from the echo of something written here (`browser`).
(2) The page arrives (`Page.arrive`): it takes in a link that was followed, then each control that
somebody moved, then what components have committed, then what buttons have asked for (`acts`).
After each it settles its view: the nearest one that can be shown, with a sentence for whatever had
to give way. (3) It sets every control to the view; from here on nothing changes it. (4) The page is
drawn from its view alone: heading and notes (`frame`), controls and picture (`workbench`). (5) It
leaves (`Page.leave`): the view goes to the address. (6) `end_run` sends this run's number along. A
newer message may end the run anywhere; what has been taken in stays, what has not comes again.

Drawn in another place (`Page.at`), a page does the same but for the address.
"""
