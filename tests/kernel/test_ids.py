from samverka.kernel.ids import ALPHABET, LENGTH, public_id, secret_token


def test_public_ids_are_short_and_cannot_be_misread():
    made = {public_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(one) == LENGTH and set(one) <= set(ALPHABET) for one in made)
    assert not set(ALPHABET) & set("aeiouyåäö01l")


def test_secret_tokens_are_long_and_fit_an_address():
    token = secret_token()
    assert len(token) == 32
    assert token.replace("-", "").replace("_", "").isalnum()
