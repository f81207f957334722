import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverka.organisations.importing.readers import Line, read_lines


def _read(content: bytes, name: str = "") -> list[Line]:
    return list(read_lines(io.BytesIO(content), name=name))


def _values(content: bytes, name: str = "") -> list[dict[str, str]]:
    return [line.values for line in _read(content, name) if not line.fault]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_csv_with_any_delimiter(delimiter: str) -> None:
    content = f"Namn{delimiter}Ort\nNorrby IF{delimiter}Åmål\n".encode()
    assert _values(content, "x.csv") == [{"Namn": "Norrby IF", "Ort": "Åmål"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_csv_in_any_encoding(encoding: str, ending: str) -> None:
    content = ending.join(["Namn;Ort", "Ängö IF;Växjö", "Öja BK;Åre", ""]).encode(encoding)
    assert _values(content, "x.csv") == [{"Namn": "Ängö IF", "Ort": "Växjö"}, {"Namn": "Öja BK", "Ort": "Åre"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_json_lines_in_any_encoding(encoding: str) -> None:
    content = '{"name": "Ängö IF"}\n\n{"name": "Öja BK"}'.encode(encoding)
    assert _values(content) == [{"name": "Ängö IF"}, {"name": "Öja BK"}]


def test_what_is_no_row_is_told_with_its_line() -> None:
    content = b'{"name": "A"}\n{"name": \n\n{"name": "\xe5"}\n[1]\n"x"\nnull\n{"name": "B"}\n' + b"[" * 100_000 + b"\n"
    found = _read(content, "x.jsonl")
    assert [(line.number, bool(line.fault)) for line in found] == [
        (1, False), (2, True), (4, True), (5, True), (6, True), (7, True), (8, False), (9, True),
    ]  # fmt: skip


def test_a_line_in_another_encoding_spoils_only_itself() -> None:
    content = "Namn;Ort\nÄngö IF;Växjö\n".encode() + "Öja BK;Åre\n".encode("latin-1") + b"Norrby IF;Kil\n"
    found = _read(content, "x.csv")
    assert [(line.number, bool(line.fault)) for line in found] == [(2, False), (3, True), (4, False)]


def test_quoted_cells_go_on_over_lines() -> None:
    content = b'Namn;Ort\n"Norrby ""Bollen"" IF";"Kil\nsocken"\nBio 24";Kil\nSist;Kil\n'
    assert [(line.number, line.values["Namn"]) for line in _read(content, "x.csv")] == [
        (2, 'Norrby "Bollen" IF'), (4, 'Bio 24"'), (5, "Sist"),
    ]  # fmt: skip


def test_a_quote_that_never_closes_spoils_only_its_line() -> None:
    content = b'Namn;Ort\n"Norrby;Kil\n' + b"".join(b"Klubb %d;Kil\n" % n for n in range(100))
    found = _read(content, "x.csv")
    assert [line.number for line in found if line.fault] == [2]
    assert len(found) == 101


def test_a_file_without_a_name_column_refuses_its_rows_and_says_so() -> None:
    (line,) = _read(b"Ort;Postnummer\nKil;665 30\n", "x.csv")
    assert "Namn" in str(line.fault)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b"\xff\xfe", b"Namn;Ort\n", b"   \n"])
def test_a_file_without_rows(content: bytes) -> None:
    assert _read(content, "x.csv") == []
    assert _read(b"\n  \n", "x.jsonl") == []


def test_boxes_are_opened_but_not_those_of_persons() -> None:
    content = (
        b'{"organisation": {"name": "A", "orgnr": "1"}, "address": {"ort": "Kil"}, "contact": {"name": "Folke"}}\n'
    )
    assert _values(content) == [{"name": "A", "orgnr": "1", "ort": "Kil"}]


def test_a_line_of_ten_megabytes() -> None:
    content = b'{"name": "A", "x": "' + b"y" * 10_000_000 + b'"}\n{"name": "B"}\n'
    assert len(_values(content)) == 2


@given(st.binary(max_size=400), st.sampled_from(["x.csv", "x.jsonl", "x"]))
def test_any_bytes_are_read_to_the_end(content: bytes, name: str) -> None:
    numbers = [line.number for line in _read(content, name)]
    assert numbers == sorted(set(numbers))


@given(
    st.lists(
        st.text(
            alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x00\x85\u2028\u2029"),
            max_size=20,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_a_csv_writer_writes_is_read_back(cells: list[str]) -> None:
    import csv

    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["Namn", *(f"k{n}" for n in range(len(cells)))])
    writer.writerow(["Alltid ett namn", *cells])
    (values,) = _values(out.getvalue().encode(), "x.csv")
    assert {key: cell for key, cell in values.items() if key != "Namn"} == {
        f"k{n}": c for n, c in enumerate(cells) if c.strip()
    }
