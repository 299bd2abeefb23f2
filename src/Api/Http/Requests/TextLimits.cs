namespace Marketing.Http;

/// <summary>How long texts of callers may be, in UTF-16 characters. Generous for people, small for a row.</summary>
internal static class TextLimits
{
    /// <summary>Ids given by callers and source ids.</summary>
    public const int Id = 300;

    /// <summary>Names of anything.</summary>
    public const int Name = 300;

    /// <summary>The longest address mail allows.</summary>
    public const int Email = 320;

    public const int Phone = 50;

    public const int AddressPart = 300;

    public const int Description = 4_000;

    /// <summary>HTML and text templates.</summary>
    public const int Template = 512 * 1024;

    public const int Url = 2_048;

    /// <summary>Bytes of a metadata object, filter or other carried piece of JSON.</summary>
    public const int RawBytes = 64 * 1024;
}
