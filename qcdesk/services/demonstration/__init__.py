# SPDX-License-Identifier: Apache-2.0
"""The demonstration: a works that is played through the use cases, with real signatures and no faked state."""

from qcdesk.services.demonstration.play import Played, PlayedPerson, Stage, play
from qcdesk.services.demonstration.story_time import StoryClock

__all__ = ["Played", "PlayedPerson", "Stage", "StoryClock", "play"]
