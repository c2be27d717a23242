"""What the tests of the API of reviews send, and how a refusal is read."""

URL = "/api/v1/reviews"
EVIDENCE = [
    {"url": "https://port.example/log", "title": "Port log", "stance": "refutes"},
    {"url": "https://daily.example/a", "title": "Detours", "stance": "context"},
]
VERDICT = {"rating": "false", "summary": "s", "explanation": "e", "evidence": EVIDENCE}


def match(version):
    return {"If-Match": f'"v{version}"'}


def problem(answer, status, code):
    body = answer.json()
    assert (answer.status_code, body["code"]) == (status, code), body
    assert answer["Content-Type"] == "application/problem+json"
    assert body["request_id"]
    return body
