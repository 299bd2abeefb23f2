namespace Marketing.CampaignTemplates;

/// <summary>Bodies for the description of the API.</summary>
internal static class CampaignTemplateExamples
{
    public const string Template = """{"name":"Every October","description":"A tenth off for a fortnight","campaign_id":"Spring"}""";

    public const string Change = """{"name":"Every autumn","description":"A tenth off"}""";

    public const string Campaign = """{"name":"October 2030","description":"Made of a template","join_once":true,"expiration_date":"2030-10-14","vouchers_count":10,"metadata":{"season":"autumn"}}""";

    public const string Tier = """{"campaign_id":"Cart","name":"October","banner":"A tenth off","hierarchy":1,"active":true,"metadata":{"season":"autumn"}}""";
}
