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

    /// <summary>Whether codes tell A from a. Fixed when the project is created.</summary>
    public bool? CaseSensitiveCodes { get; init; }
}
