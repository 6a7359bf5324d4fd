"""For the public. OPENDOOR_HTTPS=0 is for `make run` on localhost alone."""

from opendoor.settings.base import *  # noqa: F403  # settings modules extend each other, Django's way
from opendoor.settings.environment import env

HTTPS = env.bool("OPENDOOR_HTTPS", default=True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
