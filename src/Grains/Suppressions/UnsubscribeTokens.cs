using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Marketing.Projects;

namespace Marketing.Suppressions;

/// <summary>
/// Tokens of unsubscribe links: project, channel and address, signed. They need no row and do not expire, because a mail may be
/// read years later and the law does not care.
/// </summary>
internal sealed class UnsubscribeTokens(SignedLinks links)
{
    /// <summary>Loads the secret; asked for before the first message.</summary>
    public ValueTask PrepareAsync() => links.PrepareAsync();

    public string UrlFor(int project, string channel, string address) =>
        links.Url($"/u/{Write(new UnsubscribeTarget(project, channel, address))}");

    public string Write(UnsubscribeTarget target)
    {
        var payload = Encoding.UTF8.GetBytes($"{target.Channel}\n{target.Address}");
        return $"{target.Project}.{Base64Url.EncodeToString(payload)}.{Base64Url.EncodeToString(links.Sign(target.Project, payload))}";
    }

    public UnsubscribeTarget? Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !int.TryParse(parts[0], System.Globalization.CultureInfo.InvariantCulture, out var project)
            || !Base64Url.IsValid(parts[1]) || !Base64Url.IsValid(parts[2]))
        {
            return null;
        }

        var payload = Base64Url.DecodeFromChars(parts[1]);
        if (!CryptographicOperations.FixedTimeEquals(links.Sign(project, payload), Base64Url.DecodeFromChars(parts[2])))
        {
            return null;
        }

        var fields = Encoding.UTF8.GetString(payload).Split('\n');
        return fields.Length == 2 ? new UnsubscribeTarget(project, fields[0], fields[1]) : null;
    }
}
