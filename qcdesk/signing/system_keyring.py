# SPDX-License-Identifier: Apache-2.0
"""The port ``Keyring`` over the keyring of the system: Windows, macOS, or the Secret Service of a desktop."""

from __future__ import annotations

from contextlib import suppress

from qcdesk.services.trouble import Trouble

SERVICE = "qcdesk"


class SystemKeyring:
    """See the port; its library is loaded at the first need."""

    def get(self, name: str) -> str | None:
        """See the port."""
        import keyring
        from keyring.errors import KeyringError

        try:
            return keyring.get_password(SERVICE, name)
        except KeyringError:
            return None

    def put(self, name: str, secret: str) -> None:
        """See the port."""
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(SERVICE, name, secret)
        except KeyringError as failed:
            raise Trouble("keyring") from failed

    def drop(self, name: str) -> None:
        """See the port."""
        import keyring
        from keyring.errors import KeyringError

        with suppress(KeyringError):
            keyring.delete_password(SERVICE, name)
