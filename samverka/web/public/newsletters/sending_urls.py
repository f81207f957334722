"""Addresses of subscribing, and of what one does from a mail."""

from django.urls import path

from . import opening, receipts, subscribing, unsubscribing

urlpatterns = [
    path("prenumerera/", subscribing.subscribe, name="subscribe"),
    path("prenumerera/mejl-pa-vag/", subscribing.subscribe_asked, name="subscribe_asked"),
    path("prenumerera/<str:key>/", subscribing.subscription, name="subscription"),
    path("prenumerera/<str:key>/bekrafta/", subscribing.subscription_confirm, name="subscription_confirm"),
    path("prenumerera/<str:key>/sluta/", subscribing.subscription_end, name="subscription_end"),
    path("utskick/avregistrera/<str:key>/", unsubscribing.unsubscribe, name="unsubscribe"),
    path("utskick/installningar/<str:key>/", unsubscribing.preferences, name="preferences"),
    path("utskick/kvitto/<str:key>/", receipts.receipt, name="receipt"),
    path("utskick/kvitto/<str:key>/skicka-vidare/", receipts.pass_on, name="pass_on"),
    path("utskick/vem-hos-er/<str:key>/", receipts.routing_by_mail, name="routing_by_mail"),
    path("utskick/lank/<pid:issue>/<int:number>/", opening.open_link, name="open_link"),
]
