"""What has changed between two editions, word by word."""

from samverka.knowledge.comparing import changes, word_changes


def _document(**body: object) -> dict[str, object]:
    return {"title": "Rubrik", "summary": "", "owner": None, "kind": "article", "body": body}


def test_words_are_told_apart() -> None:
    pieces = word_changes("Sök senast i mars.", "Sök senast i april.")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "Sök senast i "), ("removed", "mars."), ("added", "april."),
    ]  # fmt: skip


def test_pieces_make_both_texts_again() -> None:
    old, new = "Ett två tre\nfyra fem", "Noll ett två\nfyra sex fem"
    pieces = word_changes(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new


def test_only_what_differs_is_told_and_form_is_not_words() -> None:
    before = _document(html="<p>Samma <strong>ord</strong></p><p>Gammalt</p>", key_points=["a"])
    after = _document(html="<p>Samma ord</p><p>Nytt</p>", key_points=["a"]) | {"title": "Ny rubrik"}
    assert [one.label for one in changes(before, after)] == ["Rubrik", "Text"]
    assert not changes(before, before)
