using Marketing.Branding;

namespace Marketing.Channels.Email;

/// <summary>What the bottom of a mail says of who writes, line by line; the same in HTML and in text.</summary>
internal static class BrandParts
{
    public const string Unsubscribe = "{{ unsubscribe_url }}";

    /// <summary>The lines. A part with an address is a link.</summary>
    public static IReadOnlyList<IReadOnlyList<(string Text, string? Url)>> Of(MailBottom footer, BrandDetails? brand)
    {
        List<IReadOnlyList<(string, string?)>> lines = [];
        if (brand is not null)
        {
            lines.Add([(Plain(brand.Name), Address(brand.WebsiteUrl))]);
            lines.Add([(Plain(string.Join(", ", new[] { brand.Street, $"{brand.Postal} {brand.City}".Trim(), brand.State, brand.Country }.Where(static part => !string.IsNullOrWhiteSpace(part)))), null)]);
            lines.Add([(Plain(brand.Email), $"mailto:{Plain(brand.Email)}"), .. string.IsNullOrEmpty(brand.Phone) ? Array.Empty<(string, string?)>() : [(Plain(brand.Phone), null)]]);
            List<(string, string?)> policies = [];
            if (Address(brand.PrivacyPolicyUrl) is { } privacy)
            {
                policies.Add(("Privacy policy", privacy));
            }

            if (Address(brand.TermsOfUseUrl) is { } terms)
            {
                policies.Add(("Terms of use", terms));
            }

            if (policies.Count > 0)
            {
                lines.Add(policies);
            }

            lines.Add([(Plain(brand.PermissionReminder), null)]);
        }

        lines.Add([(footer.UnsubscribeText ?? "Unsubscribe", Unsubscribe)]);
        return lines;
    }

    /// <summary>An address that may have been given without a scheme.</summary>
    public static string? Address(string? url) => string.IsNullOrWhiteSpace(url) ? null : Plain(url.Contains("://", StringComparison.Ordinal) ? url : $"https://{url}");

    /// <summary>Brand details are no templates: braces in them are letters.</summary>
    public static string Plain(string? text) => (text ?? "").Replace("{{", "{{ '{{' }}", StringComparison.Ordinal).Replace("{%", "{{ '{%' }}", StringComparison.Ordinal);
}
