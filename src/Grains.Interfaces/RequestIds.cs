using System.Globalization;

namespace Marketing;

/// <summary>Names requests. The name goes into logs, the answer, and <c>group_id</c> of the events the request causes.</summary>
public static class RequestIds
{
    /// <summary>A new one: <c>v-</c> and 18 hexadecimal digits. Not a secret, so the fast generator is good enough.</summary>
    public static string New() => string.Create(20, Random.Shared, static (text, random) =>
    {
        "v-".CopyTo(text);
        random.NextInt64().TryFormat(text[2..], out _, "x16", CultureInfo.InvariantCulture);
        random.Next(256).TryFormat(text[18..], out _, "x2", CultureInfo.InvariantCulture);
    });
}
