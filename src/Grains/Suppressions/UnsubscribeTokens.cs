using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Marketing.Projects;

namespace Marketing.Suppressions;

/// <summary>
/// Tokens of unsubscribe links and of preference pages: project, channel, address and what is written about, signed. They need no row and do not expire, because a mail may be
/// read years later and the law does not care.
/// </summary>
internal sealed class UnsubscribeTokens(SignedLinks links)
{
    /// <summary>Loads the secret; asked for before the first message.</summary>
    public ValueTask PrepareAsync() => links.PrepareAsync();

    public string UrlFor(int project, string channel, string address, string? topic = null) =>
        links.Url($"/u/{Write(new UnsubscribeTarget(project, channel, address, topic))}");

    public string Write(UnsubscribeTarget target)
    {
        var payload = Encoding.UTF8.GetBytes(target.Topic is null ? $"{target.Channel}\n{target.Address}" : $"{target.Channel}\n{target.Address}\n{target.Topic}");
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

        return Encoding.UTF8.GetString(payload).Split('\n') switch
        {
            [var channel, var address] => new UnsubscribeTarget(project, channel, address),
            [var channel, var address, var topic] => new UnsubscribeTarget(project, channel, address, topic),
            _ => null,
        };
    }
}
