"""Addresses of simulations."""

from django.urls import path

from payroll.simulation.views import simulate, simulation, simulation_file, simulation_person

urlpatterns = [
    path("policy/drafts/<int:pk>/simulate/", simulate, name="simulate"),
    path("simulations/<int:pk>/", simulation, name="simulation"),
    path("simulations/<int:pk>/result.<ending:ending>", simulation_file, name="simulation_file"),
    path("simulations/<int:pk>/<code:employee_no>/", simulation_person, name="simulation_person"),
]
