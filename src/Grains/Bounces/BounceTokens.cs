using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Marketing.Customers;
using Marketing.Projects;

namespace Marketing.Bounces;

/// <summary>
/// How a mail says which message it is where it comes back from: the id of the message and a signature of it and of the address. It stands in the address that bounces go to and in the Message-ID, so it
/// is of small letters, digits and what both allow.
/// </summary>
internal sealed partial class BounceTokens(SignedLinks links)
{
    private const string Kind = "bounce";
    private const int Digits = 20;

    // Allowed in addresses and in ids of mail, and in no id of ours.
    private const char Between = '-';

    /// <summary>Loads the secret; asked for before anything is signed or read.</summary>
    public ValueTask PrepareAsync() => links.PrepareAsync();

    /// <summary>The token of a message to an address.</summary>
    public string Of(int project, string message, string address) => $"{message}{Between}{Sign(project, message, EmailAddress.KeyOf(address))}";

    /// <summary>All that looks like a token in a text.</summary>
    public static IEnumerable<string> In(string? text) => text is null ? [] : Token().Matches(text.ToLowerInvariant()).Select(static match => match.Value);

    /// <summary>The message of a token, and which of some addresses it was sent to; null where the token is not ours, or is of a message to somebody else.</summary>
    public (string Message, string Address)? Read(int project, string token, IEnumerable<string> addresses)
    {
        var message = token[..token.IndexOf(Between, StringComparison.Ordinal)];
        var given = Encoding.ASCII.GetBytes(token.AsSpan(message.Length + 1).ToString());
        foreach (var address in addresses.Select(EmailAddress.KeyOf))
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(Sign(project, message, address))))
            {
                return (message, address);
            }
        }

        return null;
    }

    private string Sign(int project, string message, string address) =>
        Convert.ToHexStringLower(links.Sign(project, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Kind}\n{message}\n{address}\n"))))[..Digits];

    [GeneratedRegex(@"msg_[0-9a-f]{24}-[0-9a-f]{20}(?![0-9a-f])")]
    private static partial Regex Token();
}
