"""Every layout of a file that is recognised, one file per system."""

from deals.imports.formats import (
    apollo,
    bitrix,
    google,
    hubspot,
    hubspot_activities,
    linkedin,
    other_tables,
    pipedrive,
    salesforce,
    salesforce_reports,
    zoho,
)
from pipeline.ingest.formats import Format

FORMATS: tuple[Format, ...] = (
    *hubspot.FORMATS,
    *hubspot_activities.FORMATS,
    *salesforce.FORMATS,
    *salesforce_reports.FORMATS,
    *linkedin.FORMATS,
    *pipedrive.FORMATS,
    *zoho.FORMATS,
    *apollo.FORMATS,
    *google.FORMATS,
    *bitrix.FORMATS,
    *other_tables.FORMATS,
)
