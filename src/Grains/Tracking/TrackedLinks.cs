using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Marketing.Projects;

namespace Marketing.Tracking;

/// <summary>
/// Links of tracked mail: message, when it was handed over and where it leads, signed. They need no row and do not expire, because a mail may be read years later; and nobody makes one that leads elsewhere.
/// </summary>
internal sealed class TrackedLinks(SignedLinks links)
{
    private const string Kind = "visit";

    /// <summary>Loads the secret; asked for before the first message.</summary>
    public ValueTask PrepareAsync() => links.PrepareAsync();

    /// <summary>Address of the picture that tells of an opening.</summary>
    public string PictureOf(int project, string message, DateTimeOffset at) => links.Url($"/t/o/{Write(project, message, at, "")}.gif");

    /// <summary>Address that leads to another one by way of here.</summary>
    public string By(int project, string message, DateTimeOffset at, string url) => links.Url($"/t/c/{Write(project, message, at, url)}");

    /// <summary>What a token says; null where it is not one of the project's.</summary>
    public TrackedLink? Read(int project, string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || parts[0] != project.ToString(CultureInfo.InvariantCulture) || !Base64Url.IsValid(parts[1]) || !Base64Url.IsValid(parts[2]))
        {
            return null;
        }

        var payload = Base64Url.DecodeFromChars(parts[1]);
        if (!CryptographicOperations.FixedTimeEquals(links.Sign(project, payload), Base64Url.DecodeFromChars(parts[2])))
        {
            return null;
        }

        return Encoding.UTF8.GetString(payload).Split('\n') is [Kind, var message, var at, var url] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? new TrackedLink(message, DateTimeOffset.FromUnixTimeSeconds(seconds), url)
            : null;
    }

    private string Write(int project, string message, DateTimeOffset at, string url)
    {
        var payload = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Kind}\n{message}\n{at.ToUnixTimeSeconds()}\n{url}"));
        return string.Create(CultureInfo.InvariantCulture, $"{project}.{Base64Url.EncodeToString(payload)}.{Base64Url.EncodeToString(links.Sign(project, payload))}");
    }
}

/// <summary>A link of a tracked message.</summary>
/// <param name="Message">Message id.</param>
/// <param name="SentAt">When it was handed over.</param>
/// <param name="Url">Where it leads; empty for the picture.</param>
internal sealed record TrackedLink(string Message, DateTimeOffset SentAt, string Url);
