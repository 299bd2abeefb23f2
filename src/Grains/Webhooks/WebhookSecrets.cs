using System.Security.Cryptography;
using System.Text.Json;

namespace Marketing.Webhooks;

/// <summary>A secret of a webhook, in the form that libraries for Standard Webhooks take: <c>whsec_</c> and the base64 of its bytes.</summary>
/// <param name="Text">The secret.</param>
/// <param name="CreatedAt">Since when it holds.</param>
/// <param name="EndsAt">Until when; null for as long as there is no other.</param>
/// <param name="RequestId">Which request made it: made again it makes no other, and is told this one.</param>
internal sealed record WebhookSecret(string Text, DateTimeOffset CreatedAt, DateTimeOffset? EndsAt, string RequestId)
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    public static WebhookSecret New(DateTimeOffset now, string requestId) => new(Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)), now, null, requestId);

    public bool HoldsAt(DateTimeOffset now) => EndsAt is null || now < EndsAt;
}

/// <summary>The secrets of a webhook, the newest first: one, or two while one takes the place of the other. Pure.</summary>
internal static class WebhookSecrets
{
    /// <summary>As it is stored, before it is protected.</summary>
    public static string Write(IReadOnlyList<WebhookSecret> secrets) => JsonSerializer.Serialize(secrets);

    /// <inheritdoc cref="Write"/>
    public static IReadOnlyList<WebhookSecret> Read(string stored) => JsonSerializer.Deserialize<WebhookSecret[]>(stored)!;

    /// <summary>With a new one in front. The newest before holds until the overlap is over, and those before it no more.</summary>
    public static IReadOnlyList<WebhookSecret> Rotated(IReadOnlyList<WebhookSecret> present, WebhookSecret made, TimeSpan overlap) =>
        overlap > TimeSpan.Zero && present is [var newest, ..] ? [made, newest with { EndsAt = made.CreatedAt + overlap }] : [made];

    /// <summary>Those that hold.</summary>
    public static IReadOnlyList<WebhookSecret> At(IReadOnlyList<WebhookSecret> secrets, DateTimeOffset now) => [.. secrets.Where(secret => secret.HoldsAt(now))];
}
