# SPDX-License-Identifier: Apache-2.0
"""Types of pysqlite3.dbapi2: the standard library's module with a newer SQLite inside."""

from sqlite3.dbapi2 import *
