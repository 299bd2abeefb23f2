namespace Marketing.Channels.Email;

/// <summary>What an email looks like where its blocks say nothing else.</summary>
internal sealed record MailStyle
{
    /// <summary>Room on the left and right of blocks.</summary>
    public const int Side = 24;

    /// <summary>The same in columns.</summary>
    public const int ColumnSide = 8;

    public const int Padding = 12;

    public const int LetterSize = 16;

    private MailStyle()
    {
    }

    public int Width { get; private init; }

    public string Background { get; private init; } = "";

    public string Surface { get; private init; } = "";

    public string Text { get; private init; } = "";

    public string Link { get; private init; } = "";

    public string Font { get; private init; } = "";

    public static MailStyle Of(MailSettings? settings) => new()
    {
        Width = settings?.Width ?? 600,
        Background = settings?.Background ?? "#f4f4f5",
        Surface = settings?.Surface ?? "#ffffff",
        Text = settings?.TextColor ?? "#1f2937",
        Link = settings?.LinkColor ?? "#1d4ed8",
        Font = settings?.Font switch
        {
            "serif" => "Georgia,Times,serif",
            "mono" => "Courier,monospace",
            _ => "Arial,Helvetica,sans-serif",
        },
    };

    /// <summary>Size of the letters of a heading.</summary>
    public static int SizeOf(int level) => level switch { 1 => 28, 2 => 22, _ => 18 };
}
