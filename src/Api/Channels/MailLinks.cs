using Marketing.Http;

namespace Marketing.Channels;

/// <summary>Values that only blocks have: colours, places, addresses.</summary>
internal static class MailLinks
{
    /// <summary>Where links may lead.</summary>
    public static readonly string[] Any = ["https://", "http://", "mailto:", "tel:"];

    /// <summary>Where pictures may come from.</summary>
    public static readonly string[] Pictures = ["https://", "http://"];

    public static string? Align(this Payload block) => block.OneOf("align", "left", "center", "right");

    public static int? LetterSize(this Payload block) => (int?)block.Integer("size", 8, 72);

    public static string? Color(this Payload block, string name)
    {
        var color = block.Line(name, 7);
        return color is null || (color.Length is 4 or 7 && color[0] == '#' && color.Skip(1).All(char.IsAsciiHexDigit)) ? color
            : throw block.Refuse($".{name}", "must be a colour such as #1d4ed8");
    }

    /// <summary>An address, which may have Liquid in it, or be nothing else.</summary>
    public static string? Link(this Payload block, string name, string[] schemes)
    {
        var link = block.Line(name, TextLimits.Url);
        return link is null || link.StartsWith("{{", StringComparison.Ordinal) || schemes.Any(scheme => link.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && link.Length > scheme.Length) ? link
            : throw block.Refuse($".{name}", $"must be an address that begins with {string.Join(", ", schemes)}, or with a variable");
    }
}
