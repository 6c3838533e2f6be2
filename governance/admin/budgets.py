"""Budgets of all months, as a ledger; limits are set on the money page."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from config.theme import ReadOnlyAdmin, display
from governance.models import Budget
from governance.money import dollars


@admin.register(Budget)
class BudgetAdmin(ReadOnlyAdmin):
    list_display = ("shown_month", "shown_model", "limit", "spent", "held", "left")
    list_select_related = ("model",)
    ordering = ("-month", "pk")
    sortable_by = ()

    def change_view(self, request: HttpRequest, object_id: str, *args: object, **kwargs: object) -> HttpResponse:
        budget = self.get_object(request, object_id)
        return redirect(f"{reverse('money')}?month={budget.month:%Y-%m}" if budget else "money")

    @display(description="month")
    def shown_month(self, budget: Budget) -> str:
        return f"{budget.month:%B %Y}"

    @display(description="model")
    def shown_model(self, budget: Budget) -> str:
        return str(budget.model or "Everything together")

    @display(description="limit")
    def limit(self, budget: Budget) -> str:
        return dollars(budget.limit_microusd)

    @display(description="spent")
    def spent(self, budget: Budget) -> str:
        return dollars(budget.spent_microusd)

    @display(description="held")
    def held(self, budget: Budget) -> str:
        return dollars(budget.reserved_microusd)

    @display(description="left")
    def left(self, budget: Budget) -> str:
        return dollars(budget.left_microusd)
