using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Marketing.Campaigns;

/// <summary>How random codes look: a text in which each <c>#</c> is a character of a set. Immutable.</summary>
internal sealed class CodePattern
{
    public const int DefaultLength = 8;
    public const string DefaultCharset = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>The most characters of a code.</summary>
    public const int Longest = 200;

    private readonly string _pattern;

    private CodePattern(string prefix, string pattern, string postfix, string charset)
    {
        (Middle, Charset) = (pattern, charset);
        _pattern = prefix + pattern + postfix;
        Places = _pattern.Count(static letter => letter == '#');
    }

    /// <summary>The pattern without its prefix and postfix.</summary>
    public string Middle { get; }

    /// <summary>What random characters are taken from.</summary>
    public string Charset { get; }

    /// <summary>How many characters are random.</summary>
    public int Places { get; }

    /// <summary>What is wrong with it; null when codes can be made.</summary>
    public string? Problem =>
        Charset.Length == 0 ? "must have a charset with at least one character"
        : Places == 0 ? "must have at least one random character: a # in the pattern, or a length of at least 1"
        : _pattern.Length > Longest ? $"must make codes of at most {Longest} characters"
        : null;

    public static CodePattern Of(JsonObject? config) => Of(config is null ? default : JsonSerializer.SerializeToElement(config));

    public static CodePattern Of(JsonElement config)
    {
        var charset = new string([.. (Text(config, "charset") ?? DefaultCharset).Distinct()]);
        var length = config.ValueKind == JsonValueKind.Object && config.TryGetProperty("length", out var given) && given.ValueKind == JsonValueKind.Number ? given.GetInt32() : DefaultLength;
        var pattern = Text(config, "pattern") ?? new string('#', length);
        return new CodePattern(Text(config, "prefix") ?? "", pattern, Text(config, "postfix") ?? "", charset);
    }

    /// <summary>How many different codes it can make.</summary>
    public double Room(bool caseSensitive) =>
        Math.Pow(caseSensitive ? Charset.Length : Charset.Select(static letter => CodeKeys.Of(letter.ToString(), caseSensitive: false)).Distinct().Count(), Places);

    /// <summary>A code that nobody can guess.</summary>
    public string Next()
    {
        Span<char> random = stackalloc char[Places];
        RandomNumberGenerator.GetItems(Charset, random);
        var at = 0;
        Span<char> code = stackalloc char[_pattern.Length];
        for (var i = 0; i < code.Length; i++)
        {
            code[i] = _pattern[i] == '#' ? random[at++] : _pattern[i];
        }

        return new string(code);
    }

    private static string? Text(JsonElement config, string name) =>
        config.ValueKind == JsonValueKind.Object && config.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>By what a code is found, and what no two codes of a project share.</summary>
internal static class CodeKeys
{
    public static string Of(string code, bool caseSensitive) => caseSensitive ? code : code.Normalize().ToUpperInvariant();
}
