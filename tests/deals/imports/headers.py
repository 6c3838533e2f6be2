"""Headers as the systems write them (custom columns left out): the name of the format, then the cells."""

HEADERS = {
    "salesforce_account": (
        "Id,IsDeleted,MasterRecordId,Name,Type,RecordTypeId,ParentId,BillingStreet,BillingCity,BillingState,"
        "BillingPostalCode,BillingCountry,BillingStateCode,BillingCountryCode,BillingLatitude,BillingLongitude,"
        "BillingGeocodeAccuracy,ShippingStreet,ShippingCity,ShippingState,ShippingPostalCode,ShippingCountry,"
        "ShippingStateCode,ShippingCountryCode,ShippingLatitude,ShippingLongitude,ShippingGeocodeAccuracy,Phone,Fax,"
        "AccountNumber,Website,Sic,Industry,AnnualRevenue,NumberOfEmployees,Ownership,TickerSymbol,Description,"
        "Rating,Site,CurrencyIsoCode,OwnerId,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,"
        "SystemModstamp,LastActivityDate,IsExcludedFromRealign,Jigsaw,JigsawCompanyId,AccountSource,SicDesc,"
        "OperatingHoursId"
    ),
    "salesforce_contact": (
        "Id,IsDeleted,MasterRecordId,AccountId,Salutation,FirstName,LastName,MiddleName,Suffix,RecordTypeId,"
        "OtherStreet,OtherCity,OtherState,OtherPostalCode,OtherCountry,OtherStateCode,OtherCountryCode,OtherLatitude,"
        "OtherLongitude,OtherGeocodeAccuracy,MailingStreet,MailingCity,MailingState,MailingPostalCode,MailingCountry,"
        "MailingStateCode,MailingCountryCode,MailingLatitude,MailingLongitude,MailingGeocodeAccuracy,Phone,Fax,"
        "MobilePhone,HomePhone,OtherPhone,AssistantPhone,ReportsToId,Email,Title,Department,AssistantName,LeadSource,"
        "Birthdate,Description,CurrencyIsoCode,OwnerId,HasOptedOutOfEmail,HasOptedOutOfFax,DoNotCall,CreatedDate,"
        "CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,LastActivityDate,LastCURequestDate,"
        "LastCUUpdateDate,EmailBouncedReason,EmailBouncedDate,Jigsaw,JigsawContactId,Pronouns,GenderIdentity"
    ),
    "salesforce_opportunity": (
        "Id,IsDeleted,AccountId,IsPrivate,Name,Description,StageName,StageSortOrder,Amount,Probability,"
        "ExpectedRevenue,TotalOpportunityQuantity,CloseDate,Type,NextStep,LeadSource,IsClosed,IsWon,ForecastCategory,"
        "ForecastCategoryName,CurrencyIsoCode,CampaignId,HasOpportunityLineItem,Pricebook2Id,OwnerId,Territory2Id,"
        "IsExcludedFromTerritory2Filter,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,"
        "LastActivityDate,LastStageChangeDate,FiscalYear,FiscalQuarter,ContactId,PrimaryPartnerAccountId,"
        "SyncedQuoteId,ContractId,LastAmountChangedHistoryId,LastCloseDateChangedHistoryId"
    ),
    "salesforce_opportunityhistory": (
        "Id,OpportunityId,CreatedById,CreatedDate,CreatedDateForInsert,StageName,Amount,ExpectedRevenue,CloseDate,"
        "Probability,FromForecastCategory,ForecastCategory,PrevForecastUpdate,FromOpportunityStageName,"
        "PrevOpportunityStageUpdate,CurrencyIsoCode,ValidThroughDate,SystemModstamp,IsDeleted,PrevAmount,"
        "PrevCloseDate"
    ),
    "salesforce_task": (
        "Id,WhoId,WhatId,WhoCount,WhatCount,Subject,ActivityDate,Status,Priority,OwnerId,Description,CurrencyIsoCode,"
        "Type,IsDeleted,AccountId,IsClosed,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,"
        "IsArchived,EmailMessageId,ActivityOriginType,CallDurationInSeconds,CallType,CallDisposition,CallObject,"
        "ReminderDateTime,IsReminderSet,RecurrenceActivityId,IsRecurrence,RecurrenceStartDateOnly,"
        "RecurrenceEndDateOnly,RecurrenceTimeZoneSidKey,RecurrenceType,RecurrenceInterval,RecurrenceDayOfWeekMask,"
        "RecurrenceDayOfMonth,RecurrenceInstance,RecurrenceMonthOfYear,RecurrenceRegeneratedType,CompletedDateTime"
    ),
    "salesforce_event": (
        "Id,WhoId,WhatId,WhoCount,WhatCount,Subject,Location,IsAllDayEvent,ActivityDateTime,ActivityDate,"
        "DurationInMinutes,Description,AccountId,OwnerId,CurrencyIsoCode,Type,IsPrivate,ShowAs,IsDeleted,IsChild,"
        "IsGroupEvent,GroupEventType,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,"
        "IsArchived,RecurrenceActivityId,IsRecurrence,RecurrenceStartDateTime,RecurrenceEndDateOnly,"
        "RecurrenceTimeZoneSidKey,RecurrenceType,RecurrenceInterval,RecurrenceDayOfWeekMask,RecurrenceDayOfMonth,"
        "RecurrenceInstance,RecurrenceMonthOfYear,ReminderDateTime,IsReminderSet,ProposedEventTimeframe"
    ),
    "salesforce_user": (
        "Id,Username,FirstName,LastName,MiddleName,Suffix,CompanyName,Division,Department,Title,Street,City,State,"
        "PostalCode,Country,StateCode,CountryCode,Latitude,Longitude,GeocodeAccuracy,Email,SenderEmail,SenderName,"
        "Signature,StayInTouchSubject,StayInTouchSignature,StayInTouchNote,Phone,Fax,MobilePhone,Alias,"
        "CommunityNickname,IsActive,IsSystemControlled,TimeZoneSidKey,UserRoleId,LocaleSidKey,ReceivesInfoEmails,"
        "ReceivesAdminInfoEmails,EmailEncodingKey,DefaultCurrencyIsoCode,CurrencyIsoCode,ProfileId,UserType,"
        "UserSubtype,StartDay,EndDay,LanguageLocaleKey,EmployeeNumber,DelegatedApproverId,ManagerId,LastLoginDate,"
        "LastPasswordChangeDate,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,"
        "NumberOfFailedLogins,SuAccessExpirationDate,SuOrgAdminExpirationDate,OfflineTrialExpirationDate,"
        "WirelessTrialExpirationDate,OfflinePdaTrialExpirationDate,ForecastEnabled,ContactId,AccountId,CallCenterId,"
        "Extension,FederationIdentifier,AboutMe,LoginLimit,ProfilePhotoId,DigestFrequency,"
        "DefaultGroupNotificationFrequency,WorkspaceId,SharingType,ChatterAdoptionStage,"
        "ChatterAdoptionStageModifiedDate,BannerPhotoId,IsProfilePhotoActive,GlobalIdentity"
    ),
    "salesforce_emailmessage": (
        "Id,ParentId,ActivityId,CreatedById,CreatedDate,LastModifiedDate,LastModifiedById,SystemModstamp,TextBody,"
        "HtmlBody,Headers,Subject,FromName,FromAddress,ToAddress,CcAddress,BccAddress,Incoming,HasAttachment,Status,"
        "MessageDate,IsDeleted,MessageSize,ReplyToEmailMessageId,IsPrivateDraft,IsExternallyVisible,"
        "MessageIdentifier,ThreadIdentifier,ClientThreadIdentifier,IsClientManaged,RelatedToId,IsTracked,"
        "FirstOpenedDate,LastOpenedDate,IsBounced,EmailTemplateId"
    ),
    "salesforce_campaign": (
        "Id,IsDeleted,Name,ParentId,Type,Status,StartDate,EndDate,CurrencyIsoCode,ExpectedRevenue,BudgetedCost,"
        "ActualCost,ExpectedResponse,NumberSent,IsActive,Description,NumberOfLeads,NumberOfConvertedLeads,"
        "NumberOfContacts,NumberOfResponses,NumberOfOpportunities,NumberOfWonOpportunities,AmountAllOpportunities,"
        "AmountWonOpportunities,HierarchyNumberOfLeads,HierarchyNumberOfConvertedLeads,HierarchyNumberOfContacts,"
        "HierarchyNumberOfResponses,HierarchyNumberOfOpportunities,HierarchyNumberOfWonOpportunities,"
        "HierarchyAmountAllOpportunities,HierarchyAmountWonOpportunities,HierarchyNumberSent,"
        "HierarchyExpectedRevenue,HierarchyBudgetedCost,HierarchyActualCost,OwnerId,CreatedDate,CreatedById,"
        "LastModifiedDate,LastModifiedById,SystemModstamp,LastActivityDate,CampaignMemberRecordTypeId"
    ),
    "salesforce_eventrelation": (
        "Id,RelationId,EventId,ChildEventId,IsWhat,IsParent,IsInvitee,AccountId,Status,RespondedDate,Response,"
        "CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,IsDeleted"
    ),
    "salesforce_taskrelation": (
        "Id,RelationId,TaskId,IsWhat,AccountId,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,"
        "SystemModstamp,IsDeleted"
    ),
    "linkedin_connections": "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
    "linkedin_messages": (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,"
        "FOLDER,IS MESSAGE DRAFT"
    ),
    "linkedin_invitations": "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl",
    "apollo_contacts": (
        "First Name,Last Name,Title,Company,Company Name for Emails,Email,Email Status,Email Confidence,"
        "Catch-all Status,Email Last Verified At,Seniority,Departments,Contact Owner,First Phone,Work Direct Phone,"
        "Home Phone,Mobile Phone,Corporate Phone,Other Phone,Stage,Lists,Last Contacted,Account Owner,# Employees,"
        "Industry,Keywords,Person Linkedin Url,Website,Company Linkedin Url,Facebook Url,Twitter Url,City,State,"
        "Country,Company Address,Company City,Company State,Company Country,Company Phone,SEO Description,"
        "Technologies,Annual Revenue,Total Funding,Latest Funding,Latest Funding Amount,Last Raised At,Email Sent,"
        "Email Open,Email Bounced,Replied,Demoed,Number of Retail Locations,Apollo Contact Id,Apollo Account Id,"
        "User Managed,Primary Intent Topic,Primary Intent Score,Secondary Intent Topic,Secondary Intent Score"
    ),
    "google_contacts_2018": (
        "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,"
        "Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,"
        "Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,"
        "Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,E-mail 3 - Type,"
        "E-mail 3 - Value,IM 1 - Type,IM 1 - Service,IM 1 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,"
        "Phone 2 - Value,Phone 3 - Type,Phone 3 - Value,Phone 4 - Type,Phone 4 - Value,Phone 5 - Type,"
        "Phone 5 - Value,Phone 6 - Type,Phone 6 - Value,Address 1 - Type,Address 1 - Formatted,Address 1 - Street,"
        "Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,"
        "Address 1 - Extended Address,Organization 1 - Type,Organization 1 - Name,Organization 1 - Yomi Name,"
        "Organization 1 - Title,Organization 1 - Department,Organization 1 - Symbol,Organization 1 - Location,"
        "Organization 1 - Job Description,Organization 2 - Type,Organization 2 - Name,Organization 2 - Yomi Name,"
        "Organization 2 - Title,Organization 2 - Department,Organization 2 - Symbol,Organization 2 - Location,"
        "Organization 2 - Job Description,Website 1 - Type,Website 1 - Value"
    ),
    "bitrix24_deals": (
        "ID,STAGE_ID,ASSIGNED_BY_ID,OPPORTUNITY,BEGINDATE,CLOSEDATE,CLOSED,SOURCE_ID,SOURCE_DESCRIPTION,UTM_SOURCE,"
        "TITLE,DATE_CREATE,URL"
    ),
    "bitrix24_contacts": "DATE_CREATE,NAME,LAST_NAME,ID,DEAL_ID",
    "hubspot_contacts": (
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Primary Associated Company ID,"
        "Last Activity Date,Lead Status,Marketing contact status,Create Date,Associated Company"
    ),
    "hubspot_companies": (
        "Record ID,Company name,Company Domain Name,Company owner,Create Date,Phone Number,Last Activity Date,City,"
        "Country/Region,Industry,Number of Employees,Annual Revenue"
    ),
    "hubspot_deals": (
        "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Deal owner,Associated Company IDs (Primary),"
        "Associated Contact IDs"
    ),
    "hubspot_api_deals": "amount,closedate,createdate,dealname,dealstage,hs_lastmodifieddate,hs_object_id,pipeline",
    "hubspot_api_contacts": "createdate,email,firstname,hs_object_id,lastmodifieddate,lastname",
    "hubspot_api_companies": "createdate,domain,hs_lastmodifieddate,hs_object_id,name",
    "hubspot_calls": (
        "Record ID,Call Title,Activity date,Activity assigned to,Call direction,Call duration (HH:mm:ss),Call notes,"
        "Call outcome,Associated Contact IDs"
    ),
    "hubspot_e-mails": (
        "Record ID,Email subject,Activity date,Activity assigned to,Email Direction,Email body,Email send status,"
        "Associated Contact IDs"
    ),
    "hubspot_meetings": (
        "Record ID,Meeting name,Meeting start time,Meeting end time,Meeting outcome,Activity assigned to,"
        "Associated Deal IDs"
    ),
    "hubspot_notes": "Record ID,Note body,Activity date,Activity assigned to,Associated Company IDs",
    "hubspot_tasks": "Record ID,Task Title,Task status,Task Type,Due date,Assigned to,Associated Contact IDs",
    "salesforce_report_opportunities": "Opportunity Name,Account Name,Stage,Amount,Close Date,Opportunity Owner",
    "salesforce_report_contacts": (
        "Salutation,First Name,Last Name,Title,Account Name,Mailing City,Phone,Email,Account Owner"
    ),
    "salesforce_report_accounts": (
        "Account Owner,Account Name,Billing State/Province,Type,Rating,Last Activity,Last Modified Date"
    ),
    "pipedrive_deals": (
        "Deal - Title,Deal - Value,Deal - Currency,Deal - Stage,Deal - Status,Deal - Won time,Deal - Lost reason,"
        "Deal - Organization,Deal - Contact person"
    ),
    "pipedrive_people": (
        "Person - Name,Person - Organization,Person - Email - Work,Person - Phone - Work,Person - Owner"
    ),
    "pipedrive_organizations": (
        "Organization - Name,Organization - Website ,Organization - Address,Organization - Owner"
    ),
    "pipedrive_activities": "Activity - Subject,Activity - Type,Activity - Due date,Activity - Done,Activity - Deal",
    "zoho_accounts": (
        "ACCOUNTID,Account Name,Account Owner Id,Account Owner,Account Type,Industry,Website,Tasks Involved"
    ),
    "zoho_contacts": (
        "CONTACTID,Last Name,Contact Owner Id,Contact Owner,Account Id,Email,Lead Source,Mobile,Created Time"
    ),
    "zoho_potentials": (
        "Potential Name,Potential Owner,Created Time,Closing Date,Amount,Expected Revenue,Stage,Forecast Type,Type,"
        "Lead Source,Probability,LEADID,Campaign Id"
    ),
    "zoho_deals": "Record Id,Deal Name,Deal Owner,Account Name,Amount,Closing Date,Stage,Probability (%),Contact Name",
    "zoho_calls": (
        "TASKID,Call Start Time,Call Duration (in seconds),Call Owner,Call Owner Id,Subject,Call Type,Created Time,"
        "CONTACTID,ACCOUNTID,POTENTIALID"
    ),
    "zoho_events": (
        "EVENTID,Event Owner,Event Owner Id,Subject,Start DateTime,End DateTime,Created Time,CONTACTID,ACCOUNTID,"
        "POTENTIALID"
    ),
    "zoho_tasks": "Task Owner,Subject,Created Time,Due Date,Status,Modified Time",
    "zoho_users": "USER_ID,First Name,Last Name,Email",
    "zoho_cases": "Case Owner,Status,Case Origin,Created Time,Modified Time,Days to Closed,Age in Days,Age Tier",
    "zoho_campaigns": (
        "CAMPAIGNID,Campaign Name,Type,Status,Created Time,Start Date,End Date,Expected Revenue,Budgeted Cost"
    ),
    "zoho_campaign_members": "Campaign Name,Lead First Name,Lead Last Name,Status,Last Modified Time,Is Lead Active?",
    "zoho_invoices": (
        "INVOICEID,Subject,Invoice Number,Sales Order Id,Invoice Owner,Invoice Status,Account Id,Sub Total,Grand Total"
    ),
    "zoho_quotes": "QUOTEID,Subject,Created Time,Quote Owner,Quote Stage,Valid Till,Sub Total,Grand Total",
    "google_contacts": (
        "First Name,Middle Name,Last Name,Organization Name,Organization Title,Labels,E-mail 1 - Label,"
        "E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value"
    ),
}

# Other editions of the same tables.
VARIANTS = (
    (
        "salesforce_account",
        (
            "Id,IsDeleted,MasterRecordId,Name,Type,ParentId,BillingStreet,BillingCity,BillingState,BillingPostalCode,"
            "BillingCountry,BillingStateCode,BillingCountryCode,BillingLatitude,BillingLongitude,"
            "BillingGeocodeAccuracy,"
            "ShippingStreet,ShippingCity,ShippingState,ShippingPostalCode,ShippingCountry,ShippingStateCode,"
            "ShippingCountryCode,ShippingLatitude,ShippingLongitude,ShippingGeocodeAccuracy,Phone,Fax,AccountNumber,"
            "Website,Sic,Industry,AnnualRevenue,NumberOfEmployees,Ownership,TickerSymbol,Description,Rating,"
            "Site,OwnerId,"
            "CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,LastActivityDate,Jigsaw,"
            "JigsawCompanyId,AccountSource,SicDesc"
        ),
    ),
    (
        "salesforce_contact",
        (
            "Id,IsDeleted,MasterRecordId,AccountId,Salutation,FirstName,LastName,OtherStreet,OtherCity,OtherState,"
            "OtherPostalCode,OtherCountry,OtherStateCode,OtherCountryCode,OtherLatitude,OtherLongitude,"
            "OtherGeocodeAccuracy,MailingStreet,MailingCity,MailingState,MailingPostalCode,MailingCountry,"
            "MailingStateCode,MailingCountryCode,MailingLatitude,MailingLongitude,MailingGeocodeAccuracy,Phone,Fax,"
            "MobilePhone,HomePhone,OtherPhone,AssistantPhone,ReportsToId,Email,Title,Department,AssistantName,"
            "LeadSource,"
            "Birthdate,Description,OwnerId,HasOptedOutOfEmail,HasOptedOutOfFax,DoNotCall,CreatedDate,CreatedById,"
            "LastModifiedDate,LastModifiedById,SystemModstamp,LastActivityDate,LastCURequestDate,LastCUUpdateDate,"
            "EmailBouncedReason,EmailBouncedDate,Jigsaw,JigsawContactId,IndividualId,Pronouns,GenderIdentity,"
            "ContactSource"
        ),
    ),
    (
        "salesforce_opportunity",
        (
            "Id,IsDeleted,AccountId,IsPrivate,Name,Description,StageName,StageSortOrder,Amount,Probability,"
            "ExpectedRevenue,TotalOpportunityQuantity,CloseDate,Type,NextStep,LeadSource,IsClosed,IsWon,"
            "ForecastCategory,"
            "ForecastCategoryName,CampaignId,HasOpportunityLineItem,Pricebook2Id,OwnerId,CreatedDate,CreatedById,"
            "LastModifiedDate,LastModifiedById,SystemModstamp,LastActivityDate,LastStageChangeDate,FiscalYear,"
            "FiscalQuarter,ContactId,PrimaryPartnerAccountId,LastAmountChangedHistoryId,LastCloseDateChangedHistoryId"
        ),
    ),
    (
        "apollo_contacts",
        (
            "First Name,Last Name,Title,Company,Company Name for Emails,Email,Email Status,Email Confidence,"
            "Contact Owner,First Phone,Work Direct Phone,Home Phone,Mobile Phone,Corporate Phone,Other Phone,Stage,"
            "Lists,Last Contacted,Account Owner,# Employees,Industry,Keywords,Person Linkedin Url,Website,"
            "Company Linkedin Url,"
            "Facebook Url,Twitter Url,City,State,Country,Company Address,Company City,Company State,Company Country,"
            "Company Phone,SEO Description,Technologies,Annual Revenue,Total Funding,Latest Funding,"
            "Latest Funding Amount,Last Raised At,Email Sent,Email Open,Email Bounced,Replied,Demoed,"
            "Number of Retail Locations,Apollo Contact Id,Apollo Account Id"
        ),
    ),
    ("linkedin_connections", "First Name,Last Name,Email Address,Company,Position,Connected On"),
    ("linkedin_connections", "First Name,Company,Position,Connected on"),
    (
        "salesforce_report_opportunities",
        "Opportunity Owner,Opportunity Name,Stage,Amount Currency,Amount,Probability (%),Close Date",
    ),
)
