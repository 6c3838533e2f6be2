"""Every layout of a lead list that is recognised, one file per system."""

from leads.imports.formats import hubspot, pipedrive, salesforce, zoho
from pipeline.ingest.formats import Format

FORMATS: tuple[Format, ...] = (*hubspot.FORMATS, *salesforce.FORMATS, *pipedrive.FORMATS, *zoho.FORMATS)
