from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "opendoor.accounts"
    label = "accounts"
