"""Names of files: whatever people write, what comes out is a name and nothing else."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.core.files import file_name


@given(st.text(max_size=300))
def test_a_name_is_only_a_name(words: str) -> None:
    name = file_name(words)
    assert 1 <= len(name) <= 80
    assert not set(name) & set('\\/:*?"<>|;%\r\n\t\0')
    assert not {unicodedata.category(char) for char in name} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert name[0] not in ".- "
    assert name[-1] not in ".- "
    assert file_name(name) == name


def test_what_people_write_is_still_to_be_recognised() -> None:
    assert file_name("Protokół 3/2026.odt") == "Protokół-3-2026.odt"
    assert file_name("../../etc/passwd") == "etc-passwd"
    assert file_name("зустріч\u202e.ics") == "зустріч.ics"
    assert file_name("a" * 200 + ".json") == "a" * 75 + ".json"
    assert file_name("") == file_name("..") == "file"
