from django.test import RequestFactory

from acutake.lib.origin import comes_from_this_site


def test_the_scheme_and_port_belong_to_the_origin():
    headers = {"Host": "localhost:8000", "Origin": "http://localhost:8000"}
    assert comes_from_this_site(RequestFactory().post("/", headers=headers))
    assert not comes_from_this_site(RequestFactory().post("/", headers=headers, secure=True))
    other_port = {**headers, "Origin": "http://localhost:8001"}
    assert not comes_from_this_site(RequestFactory().post("/", headers=other_port))
