using Marketing.Http;

namespace Marketing.Branding;

/// <summary>Reads brand details out of a body.</summary>
internal static class BrandReader
{
    private const int MaxReminder = 1_000;

    /// <summary>All of them; what is required has to be there.</summary>
    public static BrandDetails New(Payload body)
    {
        foreach (var (part, fields) in new (string, string[])[] { ("brand", ["name"]), ("address", ["street", "city", "country"]), ("contact", ["email"]) })
        {
            var given = body.RequiredObject(part);
            foreach (var field in fields)
            {
                given.RequiredText(field, TextLimits.Name);
            }
        }

        return Change(body, new BrandDetails { Id = ObjectIds.New("brd_"), Name = "", Street = "", City = "", Country = "", Email = "" });
    }

    /// <summary>Those that are given; null takes away what is not required.</summary>
    public static BrandDetails Change(Payload body, BrandDetails present)
    {
        if (body.Object("brand") is { } brand)
        {
            present = present with
            {
                Name = Required(brand, "name", TextLimits.Name, present.Name),
                PrivacyPolicyUrl = Address(brand, "privacy_policy_url", present.PrivacyPolicyUrl),
                TermsOfUseUrl = Address(brand, "terms_of_use_url", present.TermsOfUseUrl),
                PermissionReminder = Optional(brand, "permission_reminder", MaxReminder, present.PermissionReminder) is { Length: > 0 } reminder ? reminder : BrandDetails.DefaultReminder,
                WebsiteUrl = Address(brand, "website_url", present.WebsiteUrl),
                LogoUrl = Address(brand, "logo_url", present.LogoUrl),
            };
        }

        if (body.Object("address") is { } address)
        {
            present = present with
            {
                Street = Required(address, "street", TextLimits.AddressPart, present.Street),
                City = Required(address, "city", TextLimits.AddressPart, present.City),
                Postal = Optional(address, "postal", TextLimits.AddressPart, present.Postal),
                State = Optional(address, "state", TextLimits.AddressPart, present.State),
                Country = Required(address, "country", TextLimits.AddressPart, present.Country),
            };
        }

        if (body.Object("contact") is { } contact)
        {
            var email = Required(contact, "email", TextLimits.Email, present.Email);
            present = present with
            {
                Email = email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < email.Length - 1 && email.AsSpan().IndexOfAny(" <>\"") < 0 ? email
                    : throw contact.Refuse(".email", "must be an email address"),
                Phone = Optional(contact, "phone", TextLimits.Phone, present.Phone),
            };
        }

        return present;
    }

    private static string Required(Payload part, string name, int max, string present) =>
        !part.Has(name) ? present : part.Line(name, max) is { } text && text.Trim().Length > 0 ? text : throw part.Refuse($".{name}", "must NOT be blank");

    private static string? Optional(Payload part, string name, int max, string? present) => part.Has(name) ? part.Line(name, max) : present;

    // The product's own example has one without a scheme.
    private static string? Address(Payload part, string name, string? present)
    {
        var url = Optional(part, name, TextLimits.Url, present);
        return string.IsNullOrEmpty(url) ? null
            : Uri.TryCreate(url.Contains("://", StringComparison.Ordinal) ? url : $"https://{url}", UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0 ? url
            : throw part.Refuse($".{name}", "must be the address of a page");
    }
}
