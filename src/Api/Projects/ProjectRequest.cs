using Marketing.Http;

namespace Marketing.Projects;

/// <summary>The settings of a project.</summary>
[AnsweredAs(typeof(ProjectResponse))]
internal sealed record ProjectRequest
{
    /// <summary>Required for a new project.</summary>
    public string? Name { get; init; }

    /// <summary>IANA time zone, for example <c>Europe/Warsaw</c>; <c>UTC</c> when absent.</summary>
    public string? Timezone { get; init; }

    /// <summary>ISO 4217 code; <c>USD</c> when absent.</summary>
    public string? Currency { get; init; }

    /// <summary>
    /// Where a client-side key may be used from: an origin (<c>https://shop.example</c>), a host of http and https pages, <c>*.</c> and a host for those below it, or
    /// <c>*</c> for anybody, also without an origin.
    /// </summary>
    public IReadOnlyList<string>? ClientTrustedDomains { get; init; }

    /// <summary>Whether client-side calls may create customers.</summary>
    public bool? ClientCreateCustomerEnabled { get; init; }

    /// <summary>Whether client-side calls may redeem.</summary>
    public bool? ClientRedeemEnabled { get; init; }

    /// <summary>Whether client-side calls may publish codes.</summary>
    public bool? ClientPublishEnabled { get; init; }

    /// <summary>The country calling code of phone numbers that have none, for example <c>48</c>; empty for none.</summary>
    public string? DialCode { get; init; }

    /// <summary>When nobody is written to, by the customer's own clock; what is due meanwhile waits for the end. Null for never.</summary>
    public QuietHoursBody? QuietHours { get; init; }

    /// <summary>How many messages a customer gets in a time that moves along, up to ten of them; empty for no limit. What would be too many is skipped as <c>frequency_cap</c>.</summary>
    public IReadOnlyList<FrequencyCapBody>? FrequencyCaps { get; init; }

    /// <summary>
    /// How many messages the account may send, for the operator to say: <c>trial</c> (10 in all), <c>verified_trial</c> (10 a day and 100 a month, of UTC) or <c>paid</c> (no limit), which it is when
    /// absent. What would be too many is skipped as <c>account_limit</c>.
    /// </summary>
    public string? MessagePlan { get; init; }

    /// <summary>Whether codes tell A from a. Fixed when the project is created.</summary>
    public bool? CaseSensitiveCodes { get; init; }
}
