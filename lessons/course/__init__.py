"""The course as data: lessons of steps, each a short text beside a live view, with something to do.

>>> from lessons.course.loader import course
>>> course()[0].title
'The sliding window'
"""
