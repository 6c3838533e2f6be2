"""The columns of Salesforce's data export, in its order; `__c` columns are the vendor's own."""


def _columns(names: str) -> list[str]:
    return names.split()


USER = _columns(
    "Id Username FirstName LastName MiddleName Suffix CompanyName Division Department Title Street City State "
    "PostalCode "
    "Country StateCode CountryCode Email SenderEmail SenderName Phone Fax MobilePhone Alias CommunityNickname IsActive "
    "IsSystemControlled TimeZoneSidKey UserRoleId LocaleSidKey ReceivesInfoEmails EmailEncodingKey "
    "DefaultCurrencyIsoCode "
    "CurrencyIsoCode ProfileId UserType LanguageLocaleKey EmployeeNumber ManagerId LastLoginDate CreatedDate "
    "CreatedById "
    "LastModifiedDate LastModifiedById SystemModstamp ForecastEnabled ContactId AccountId"
)
ACCOUNT = _columns(
    "Id IsDeleted MasterRecordId Name Type RecordTypeId ParentId BillingStreet BillingCity BillingState "
    "BillingPostalCode "
    "BillingCountry BillingStateCode BillingCountryCode BillingLatitude BillingLongitude BillingGeocodeAccuracy "
    "ShippingStreet ShippingCity ShippingState ShippingPostalCode ShippingCountry ShippingStateCode "
    "ShippingCountryCode "
    "ShippingLatitude ShippingLongitude ShippingGeocodeAccuracy Phone Fax AccountNumber Website Sic Industry "
    "AnnualRevenue "
    "NumberOfEmployees Ownership TickerSymbol Description Rating Site CurrencyIsoCode OwnerId CreatedDate CreatedById "
    "LastModifiedDate LastModifiedById SystemModstamp LastActivityDate IsExcludedFromRealign Jigsaw JigsawCompanyId "
    "AccountSource SicDesc OperatingHoursId Support_Level__c"
)
CONTACT = _columns(
    "Id IsDeleted MasterRecordId AccountId Salutation FirstName LastName MiddleName Suffix RecordTypeId OtherStreet "
    "OtherCity OtherState OtherPostalCode OtherCountry OtherStateCode OtherCountryCode OtherLatitude OtherLongitude "
    "OtherGeocodeAccuracy MailingStreet MailingCity MailingState MailingPostalCode MailingCountry MailingStateCode "
    "MailingCountryCode MailingLatitude MailingLongitude MailingGeocodeAccuracy Phone Fax MobilePhone HomePhone "
    "OtherPhone "
    "AssistantPhone ReportsToId Email Title Department AssistantName LeadSource Birthdate Description CurrencyIsoCode "
    "OwnerId HasOptedOutOfEmail HasOptedOutOfFax DoNotCall CreatedDate CreatedById LastModifiedDate LastModifiedById "
    "SystemModstamp LastActivityDate LastCURequestDate LastCUUpdateDate EmailBouncedReason EmailBouncedDate Jigsaw "
    "JigsawContactId Pronouns GenderIdentity LinkedIn__c"
)
OPPORTUNITY = _columns(
    "Id IsDeleted AccountId IsPrivate Name Description StageName StageSortOrder Amount Probability ExpectedRevenue "
    "TotalOpportunityQuantity CloseDate Type NextStep LeadSource IsClosed IsWon ForecastCategory ForecastCategoryName "
    "CurrencyIsoCode CampaignId HasOpportunityLineItem Pricebook2Id OwnerId Territory2Id "
    "IsExcludedFromTerritory2Filter "
    "CreatedDate CreatedById LastModifiedDate LastModifiedById SystemModstamp LastActivityDate LastStageChangeDate "
    "FiscalYear FiscalQuarter ContactId PrimaryPartnerAccountId SyncedQuoteId ContractId LastAmountChangedHistoryId "
    "LastCloseDateChangedHistoryId Loss_Reason__c"
)
HISTORY = _columns(
    "Id OpportunityId CreatedById CreatedDate CreatedDateForInsert StageName Amount ExpectedRevenue CloseDate "
    "Probability "
    "FromForecastCategory ForecastCategory PrevForecastUpdate FromOpportunityStageName PrevOpportunityStageUpdate "
    "CurrencyIsoCode ValidThroughDate SystemModstamp IsDeleted PrevAmount PrevCloseDate"
)
TASK = _columns(
    "Id WhoId WhatId WhoCount WhatCount Subject ActivityDate Status Priority OwnerId Description CurrencyIsoCode Type "
    "IsDeleted AccountId IsClosed CreatedDate CreatedById LastModifiedDate LastModifiedById SystemModstamp IsArchived "
    "EmailMessageId ActivityOriginType CallDurationInSeconds CallType CallDisposition CallObject ReminderDateTime "
    "IsReminderSet RecurrenceActivityId IsRecurrence RecurrenceStartDateOnly RecurrenceEndDateOnly "
    "RecurrenceTimeZoneSidKey RecurrenceType RecurrenceInterval RecurrenceDayOfWeekMask RecurrenceDayOfMonth "
    "RecurrenceInstance RecurrenceMonthOfYear RecurrenceRegeneratedType CompletedDateTime"
)
EVENT = _columns(
    "Id WhoId WhatId WhoCount WhatCount Subject Location IsAllDayEvent ActivityDateTime ActivityDate DurationInMinutes "
    "Description AccountId OwnerId CurrencyIsoCode Type IsPrivate ShowAs IsDeleted IsChild IsGroupEvent GroupEventType "
    "CreatedDate CreatedById LastModifiedDate LastModifiedById SystemModstamp IsArchived RecurrenceActivityId "
    "IsRecurrence "
    "RecurrenceStartDateTime RecurrenceEndDateOnly RecurrenceTimeZoneSidKey RecurrenceType RecurrenceInterval "
    "RecurrenceDayOfWeekMask RecurrenceDayOfMonth RecurrenceInstance RecurrenceMonthOfYear ReminderDateTime "
    "IsReminderSet "
    "ProposedEventTimeframe"
)
