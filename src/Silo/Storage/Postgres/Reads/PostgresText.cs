using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Marketing.Storage.Postgres;

/// <summary>Statements with the server's own parameters, <c>$1</c> … No statement that engines share has a question mark for anything else.</summary>
internal static partial class PostgresText
{
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    /// <summary>The same statement for the server. Statements are composed from fixed pieces, so there are some hundred at most.</summary>
    public static string Of(string text) => Known.GetOrAdd(text, static text =>
    {
        var count = 0;
        return Parameter().Replace(text, match => "$" + (match.Length > 1 ? match.Value[1..] : (++count).ToString(System.Globalization.CultureInfo.InvariantCulture)));
    });

    [GeneratedRegex(@"\?[0-9]*")]
    private static partial Regex Parameter();
}
