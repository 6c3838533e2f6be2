"""Tables that stand beside deals in many exports and have no place here: known by the words in their headers."""

from pipeline.ingest.formats import Format


def _table(name: str, label: str, reason: str, *hints: str) -> Format:
    return Format(name=f"other_{name}", label=label, system="", needs=(), hints=hints, skip_reason=reason)


FORMATS = (
    _table(
        "invoices", "Invoices", "Invoices are not kept here.",
        "invoice", "invoice number", "invoice no", "invoice id", "invoice date", "invoice status", "invoice total",
        "due amount",
        "rechnungsnummer", "rechnungsdatum",
    ),
    _table("quotes", "Quotes", "Quotes are not kept here.", "quote", "quote id", "quote number", "quote stage",
    "valid till"),
    _table(
        "orders", "Orders", "Orders are not kept here.",
        "order", "order id", "order number", "order date", "order status", "sales order", "purchase order", "ship date",
    ),
    _table(
        "products", "Products", "Products are not kept here.",
        "product", "product id", "product name", "product code", "sku", "unit price", "sales price", "list price",
        "series",
        "product category", "stock",
    ),
    _table(
        "cases", "Support cases", "Support cases are not kept here.",
        "case", "case id", "case number", "case owner", "case origin", "case status", "ticket", "ticket id",
        "ticket number",
        "ticket status",
    ),
    _table(
        "campaigns", "Campaigns", "Campaigns are not kept here.",
        "campaign", "campaign id", "campaign name", "campaign status", "budgeted cost", "expected response",
    ),
)  # fmt: skip
