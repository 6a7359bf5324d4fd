"""Addresses of the record; the site mounts them at /transparency/."""

from django.urls import path

from transparency import views

app_name = "transparency"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.dataset, name="dataset"),
    path("<slug:slug>/data.csv", views.data_csv, name="dataset-csv"),
    path("<slug:slug>/data.json", views.data_json, name="dataset-json"),
    path("<slug:slug>/chart.svg", views.chart_svg, name="dataset-chart"),
    path("<slug:slug>/v/<int:number>/", views.dataset, name="version"),
    path("<slug:slug>/v/<int:number>/data.csv", views.data_csv, name="version-csv"),
    path("<slug:slug>/v/<int:number>/data.json", views.data_json, name="version-json"),
    path("<slug:slug>/v/<int:number>/chart.svg", views.chart_svg, name="version-chart"),
]
