"""The shop's tables, declared once: the DDL, the journal's triggers and the merge's field lists come from
here.

Importing this package imports SQLModel (0.3 s), so only the making, migrating and checking of files does.
"""

from __future__ import annotations

from wotui.store.tables.base import Record
from wotui.store.tables.calendar import Availability, AvailabilityException, Holiday
from wotui.store.tables.checklists import (
    Checklist,
    ChecklistItem,
    ChecklistTemplate,
    ItemResult,
    ItemTemplate,
)
from wotui.store.tables.contractors import Contractor, ContractorContact, ContractorDocument, ContractorJob
from wotui.store.tables.events import DowntimeInterval, EventRule, MachineEvent
from wotui.store.tables.labor import TimeAmount, TimeBreak, TimeSpan
from wotui.store.tables.materials import OrderMaterial, Part
from wotui.store.tables.payroll import EmployeeRef, ExportBatch, ExportLine, PayPeriod
from wotui.store.tables.people import Customer, Membership, Person
from wotui.store.tables.places import Asset, Meter, Place, Reading
from wotui.store.tables.plans import MaintenancePlan, Occurrence, PlanVersion
from wotui.store.tables.requests import Request, RequestOrder, RequestStep
from wotui.store.tables.shop import Device, Setting
from wotui.store.tables.templates import (
    Code,
    FieldDefinition,
    OrderTemplate,
    RoutingRule,
    TemplateChecklist,
    TemplateField,
    TemplateMaterial,
    TemplateStep,
)
from wotui.store.tables.work_orders import (
    Assignment,
    Attachment,
    CustomValue,
    LogEntry,
    Relation,
    StatusChange,
    WorkOrder,
)

SYNCED: tuple[type[Record], ...] = (
    Setting,
    Device,
    Place,
    Asset,
    Meter,
    Reading,
    Person,
    Membership,
    Customer,
    Part,
    Contractor,
    ContractorContact,
    ContractorDocument,
    ContractorJob,
    WorkOrder,
    Assignment,
    Relation,
    StatusChange,
    LogEntry,
    CustomValue,
    Attachment,
    ChecklistTemplate,
    ItemTemplate,
    Checklist,
    ChecklistItem,
    ItemResult,
    TimeSpan,
    TimeBreak,
    TimeAmount,
    EmployeeRef,
    PayPeriod,
    ExportBatch,
    ExportLine,
    Holiday,
    Availability,
    AvailabilityException,
    Code,
    OrderTemplate,
    TemplateField,
    FieldDefinition,
    TemplateChecklist,
    TemplateMaterial,
    TemplateStep,
    OrderMaterial,
    RoutingRule,
    Request,
    RequestStep,
    RequestOrder,
    EventRule,
    MachineEvent,
    DowntimeInterval,
    MaintenancePlan,
    PlanVersion,
    Occurrence,
)
"""Every table that merges with other files, parents before children."""

__all__ = ["SYNCED", "Record"]
