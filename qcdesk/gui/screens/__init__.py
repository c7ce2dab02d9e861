# SPDX-License-Identifier: Apache-2.0
"""One package per screen: view.py (widgets), model.py, presenter.py (plain Python). Screens do not know each other."""
