# SPDX-License-Identifier: Apache-2.0
"""What a person may choose as a secret: long rather than odd, and none that everybody tries first."""

from __future__ import annotations

import re
from itertools import pairwise
from unicodedata import category, normalize

from qcdesk.domain.inputs import BadInput

MIN_CHARACTERS = 10
MIN_WORDS = 4
MAX_CHARACTERS = 1_000
MIN_DIGITS = 16  # nothing but digits is a date or a telephone number
MIN_DIFFERENT = 4  # fewer different characters than this are a pattern

# Ten characters or more, without the digits and signs that people add at the ends: those are stripped first.
_COMMON_WORDS = """
password passwort motdepasse contraseña senha wachtwoord parola matkhau mima administrator
administrateur letmein welcome welcometo iloveyou ilovemom football baseball basketball superman batman
starwars pokemon princess sunshine monkey dragon master shadow trustno changeme default secret topsecret
mysecret temp qwerty qwertyuiop qwertz qwertzuiop azerty azertyuiop asdfghjkl asdfasdf zxcvbnm qazwsx
qazwsxedc passwordpassword adminadmin admin root guest user test testtest login quality qualitycontrol
inspector inspection company factory summer winter spring autumn january february october november
december monday friday computer internet michael jennifer jessica charlie liverpool chelsea arsenal
barcelona abcdefgh abcdefghij abcd abc onetwothree blahblah whatever nothing thequickbrown
correcthorsebatterystaple correct horse battery staple qcdesk qcdeskqcdesk
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_RUNS = (
    "0123456789012345678901234567890",
    "abcdefghijklmnopqrstuvwxyzabcdefghijklm",
    "qwertyuiopasdfghjklzxcvbnm",
)
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_LEET = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"}
)


def prepared(secret: str) -> bytes:
    """Return the bytes that are stretched into a key: NFC, so that every keyboard spells it alike.

    Nothing is trimmed or folded. A lone surrogate, which no keyboard types, is kept: it opens nothing.
    """
    return normalize("NFC", secret).encode("utf-8", "surrogatepass")


def check_new_secret(secret: str, *, about: tuple[str, ...] = ()) -> None:
    """Refuse a secret that is too easy to guess; ``about``: login and name, which it must not be.

    Ten characters, or four different words (a word has two characters, or one that is not Latin).

    Raises: BadInput: ``secret_short``, ``secret_long``, ``secret_common``, ``secret_characters`` (a control
        character or a lone surrogate). The secret is in none of the facts.
    """
    normal = normalize("NFC", secret)
    where: dict[str, object] = {"field": "secret"}
    if any(category(c) in ("Cc", "Cs") for c in normal):
        raise BadInput("secret_characters", where=where)
    words = {w for w in normal.casefold().split() if len(w) > 1 or not w.isascii()}
    if len(normal.strip()) < MIN_CHARACTERS and len(words) < MIN_WORDS:
        raise BadInput("secret_short", facts={"characters": MIN_CHARACTERS, "words": MIN_WORDS}, where=where)
    if len(normal) > MAX_CHARACTERS:
        raise BadInput("secret_long", facts={"characters": MAX_CHARACTERS}, where=where)
    if _guessed_first(normal, about):
        raise BadInput("secret_common", where=where)


PIN_DIGITS = 6
MAX_PIN_DIGITS = 12
_COMMON_PIN_DIGITS = """
112233 223344 332211 445566 778899 998877 121212 131313 141414 151515 202020 212121 232323 252525
696969 123321 321123 456654 654456 123123 321321 456456 789789 147258 258369 159753 357159 159357
147369 963852 852741 741852 520520 521521 314159 271828 007007 010203 102030 246810 135790 135791
142536 159263 789456 456123 147852 963741
"""
_COMMON_PINS = frozenset(_COMMON_PIN_DIGITS.split())


def check_new_pin(pin: str, *, exactly: bool = True) -> None:
    """Refuse a PIN that is not of 6 digits (with ``exactly`` off: 6 to 12), or that is tried first.

    Refused are few different digits (fewer than three), runs up and down (also around from 9 to 0), halves and thirds
    that repeat, and a short list. Birthdays of people we do not know cannot be told from others.

    Raises: BadInput: ``pin_form``, ``pin_common``. The PIN is in none of the facts.
    """
    where: dict[str, object] = {"field": "pin"}
    longest = PIN_DIGITS if exactly else MAX_PIN_DIGITS
    if not (pin.isascii() and pin.isdigit() and PIN_DIGITS <= len(pin) <= longest):
        raise BadInput("pin_form", facts={"digits": PIN_DIGITS, "longest": longest}, where=where)
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    parts = [pin[:n] * (len(pin) // n) == pin for n in (1, 2, 3) if len(pin) % n == 0]
    if len(set(pin)) < 3 or (len(steps) == 1 and steps <= {1, 2, 8, 9}) or any(parts) or pin in _COMMON_PINS:
        raise BadInput("pin_common", where=where)


def _guessed_first(secret: str, about: tuple[str, ...]) -> bool:
    """Tell whether it is a common secret, a run of keys, few characters repeated, or the person's name."""
    plain = "".join(secret.casefold().split())
    if len(set(plain)) < MIN_DIFFERENT:
        return True
    if any(plain in run or plain[::-1] in run for run in _RUNS):
        return True
    own = {"".join(name.casefold().split()) for name in about if name.strip()}
    core = _ENDS.sub("", plain)
    if plain.isdigit() and len(plain) < MIN_DIGITS:
        return True
    guesses = {guess * times for guess in _COMMON | own for times in (1, 2, 3)}
    return not guesses.isdisjoint({plain, core, core.translate(_LEET), plain.translate(_LEET)})
