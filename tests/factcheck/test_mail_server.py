"""The mail server, as one address names it."""

import smtplib

import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck.mail_server import mail_server


def test_mail_server_is_read_from_one_address():
    server = mail_server("smtp://us%40er:p%3Aw@mail.example:2525")
    assert (server.host, server.port, server.user, server.password) == ("mail.example", 2525, "us@er", "p:w")
    assert (server.tls, server.ssl) == (True, False)
    assert mail_server("smtps://mail.example").port == smtplib.SMTP_SSL_PORT
    with pytest.raises(ImproperlyConfigured):
        mail_server("mail.example:25")
